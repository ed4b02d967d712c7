"""What of the last question a follow-up is about, as a small model has learned to tell.

The packaged encoder with what `bench.train_carrying` learned from conversations of our own reads
the follow-up before the last question, each word with the kind of thing that it belongs to, and
tells of each stretch of the last question how likely the follow-up means it too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.conversation.mentions import KINDS, Utterance
from index.embedding import checked_folder
from index.matching.batches import filled_length, token_inputs
from index.matching.encoder_graph import TOLD, encoder_graph
from index.matching.model import merged_weights
from index.matching.openvino_engine import Session
from index.packaged_embedder import load_weights, open_tokenizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("carrying.npz")
_MOST_TOKENS = 60  # of a question
_LEANS = 3.0  # log-odds from which a question takes over anything: sure, for a stray name harms


@dataclass(frozen=True, slots=True)
class Read:
    """A follow-up before the last question, as numbers a token.

    `kinds` counts the kinds of mentions from 1, `marks` is 1 for the follow-up, `mentions` the
    number of the last question's mention that a token is of, -1 for none.
    """

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    marks: tuple[int, ...]
    mentions: tuple[int, ...]


class TurnEncoder:
    """Turns a follow-up and the last question to tokens; threads may share it."""

    def __init__(self, tokenizer: Any) -> None:
        """Take the tokenizer of the packaged encoder, as `open_tokenizer` returns it."""
        self._tokenizer = tokenizer
        self._first, self._last = tokenizer.encode("").ids  # [CLS] and [SEP]

    def read(self, asked: Utterance, before: Utterance) -> Read:
        """Return both as the model reads them."""
        own, own_places = self._tokens(asked)
        last, places = self._tokens(before)
        kinds = [self._kind(asked, place) for place in own_places]
        last_kinds = [self._kind(before, place) for place in places]
        return Read(
            (self._first, *own, self._last, *last, self._last),
            (0, *kinds, 0, *last_kinds, 0),
            (*(1,) * (len(own) + 2), *(0,) * (len(last) + 1)),
            (*(-1,) * (len(own) + 2), *places, -1),
        )

    def _tokens(self, said: Utterance) -> tuple[list[int], list[int]]:
        """Return the tokens of a question, and which of its mentions each is of."""
        read = self._tokenizer.encode(said.text, add_special_tokens=False)
        places = [
            next(
                (n for n, one in enumerate(said.mentions) if start < one.end and one.start < end),
                -1,
            )
            for start, end in read.offsets[:_MOST_TOKENS]
        ]
        return read.ids[:_MOST_TOKENS], places

    def _kind(self, said: Utterance, place: int) -> int:
        return KINDS.index(said.mentions[place].kind) + 1 if place >= 0 else 0


class Carrying:
    """The encoder with what was learned of follow-ups, for any number of threads."""

    def __init__(self, folder: Path, weights: Path = WEIGHTS) -> None:
        """Take the folder of the packaged encoder and the file of what was learned."""
        import numpy as np

        with np.load(weights) as held:
            learned = {name: held[name] for name in held.files}
        self._heads = merged_weights(load_weights(folder), learned)
        self._session = Session(encoder_graph(self._heads, TOLD))
        self._encoder = TurnEncoder(open_tokenizer(folder))

    def judge(self, asked: Utterance, before: Utterance) -> Sequence[float]:
        """Return for each mention of the last question how likely it is meant again, 0 to 1.

        0 for all of them where the question stands by itself.
        """
        import numpy as np

        if not before.mentions:
            return ()
        tokens = self._encoder.read(asked, before)
        count = len(tokens.ids)
        given = token_inputs(
            filled_length(count), ids=[tokens.ids], kinds=[tokens.kinds], marks=[tokens.marks]
        )
        read = self._session.run(["read"], given)[0][0][:count]
        of = np.array(tokens.mentions)
        if _odds(self._heads, "leaning", read[0]) < _LEANS:
            return (0.0,) * len(before.mentions)
        found = []
        for place in range(len(before.mentions)):
            own = read[of == place]
            found.append(self._likely(own.mean(0) if len(own) else read[0], read[0]))
        return found

    def _likely(self, mention: "NDArray[np.float32]", whole: "NDArray[np.float32]") -> float:
        import numpy as np

        heads = self._heads
        both = np.concatenate((mention, whole))
        hidden = np.maximum(heads["hidden.weight"] @ both + heads["hidden.bias"], 0.0)
        return float(1.0 / (1.0 + np.exp(-_odds(heads, "carried", hidden))))


def _odds(heads: Mapping[str, Any], name: str, read: "NDArray[np.float32]") -> float:
    return float(heads[f"{name}.weight"][0] @ read + heads[f"{name}.bias"][0])


@cache
def load_carrying() -> Carrying:
    """Return the shipped model.

    Raises EmbeddingModelError where the packaged encoder is missing or is not the pinned one.
    """
    return Carrying(checked_folder())
