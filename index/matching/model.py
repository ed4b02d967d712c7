"""Whether a fact answers a question, as a small model has learned to tell.

It is the packaged encoder with what `bench.train_matching` learned beside it. It reads question and
fact apart and compares their words (late interaction, ColBERT: Khattab and Zaharia 2020): each word
of the question with the nearest of the fact's, and the question as a whole with the fact's value.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.embedding import checked_folder
from index.matching.batches import Batch, batches, on_all_cores, token_inputs
from index.matching.encoder_graph import TOLD, encoder_graph
from index.matching.fact_text import Encoded, FactText, TextEncoder
from index.matching.openvino_engine import Session
from index.packaged_embedder import load_weights, open_tokenizer, unit_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("weights.npz")
SCALE = 2.0  # of what was learned, beside a matrix of the encoder
_REMEMBERED = 2_000  # facts, some 50 kB each


@dataclass(frozen=True, slots=True)
class _Vectors:
    """A text as the model reads it.

    `words` has a row of length one for each token, of a fact times how far it is its value's;
    `weights` tells how much a word of a question counts; `whole` is the vector of all of it.
    """

    words: "NDArray[np.float16]"
    weights: "NDArray[np.float32]"
    whole: "NDArray[np.float32]"


class MatchingModel:
    """The encoder with what was learned, for any number of threads. It remembers facts it read."""

    def __init__(self, folder: Path, weights: Path = WEIGHTS) -> None:
        """Take the folder of the packaged encoder and the file of what was learned."""
        import numpy as np

        with np.load(weights) as held:
            learned = {name: held[name] for name in held.files}
        self._heads = merged_weights(load_weights(folder), learned)
        self._session = Session(encoder_graph(self._heads, TOLD))
        self.encoder = TextEncoder(open_tokenizer(folder))
        self._facts: OrderedDict[FactText, _Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def judge(self, asked: str, facts: Sequence[FactText]) -> list[float]:
        """Return for each fact how likely it answers, from 0 to 1."""
        import numpy as np

        if not facts:
            return []
        question = self._question(asked)
        read = self._read_facts(facts)
        of_words, of_whole, least = (float(one) for one in self._heads["alike"])
        found = []
        for fact in read:
            best = (question.words.astype(np.float32) @ fact.words.astype(np.float32).T).max(axis=1)
            words = float(best @ question.weights)
            whole = float(question.whole @ fact.whole)
            found.append(float(1 / (1 + np.exp(-(of_words * words + of_whole * whole + least)))))
        return found

    def _question(self, text: str) -> _Vectors:
        import numpy as np

        [read] = self._read([self.encoder.question(text)])
        weights: NDArray[np.float32] = np.log1p(np.exp(self._weight(read)[:, 0]))
        weights /= weights.sum()
        whole = self._whole(read.mean(axis=0))
        return _Vectors(unit_rows(read).astype(np.float16), weights, whole)

    def _read_facts(self, facts: Sequence[FactText]) -> list[_Vectors]:
        """Return facts as the model reads them, those that it does not remember read together."""
        with self._lock:
            known = {one: held for one in facts if (held := self._facts.get(one))}
            for one in known:
                self._facts.move_to_end(one)
        new = [one for one in dict.fromkeys(facts) if one not in known]
        encoded = [self.encoder.fact(one) for one in new]
        for one, told, read in zip(new, encoded, self._read(encoded), strict=True):
            known[one] = self._fact(told, read)
        with self._lock:
            self._facts |= {one: known[one] for one in new}
            while len(self._facts) > _REMEMBERED:
                self._facts.popitem(last=False)
        return [known[one] for one in facts]

    def _fact(self, encoded: Encoded, read: "NDArray[np.float32]") -> _Vectors:
        import numpy as np

        weights = (1 / (1 + np.exp(-self._weight(read)[:, 1]))).astype(np.float32)
        whole = self._whole(read[np.array(encoded.marks) > 0].mean(axis=0))
        words = (unit_rows(read) * weights[:, None]).astype(np.float16)
        return _Vectors(words, weights, whole)

    def _read(self, encoded: Sequence[Encoded]) -> "list[NDArray[np.float32]]":
        """Return for each text what the model says of its tokens."""
        found: dict[int, NDArray[np.float32]] = {}

        def read(batch: Batch) -> None:
            held = [encoded[place] for place in batch.places]
            told = {name: [getattr(one, name) for one in held] for name in ("ids", *TOLD)}
            [length] = batch.lengths
            [said] = self._session.run(["read"], token_inputs(length, **told))
            for place, one, vectors in zip(batch.places, held, said, strict=True):
                found[place] = vectors[: len(one.ids)]

        on_all_cores(read, batches([len(one.ids) for one in encoded]))
        return [found[place] for place in range(len(encoded))]

    def _weight(self, read: "NDArray[np.float32]") -> "NDArray[np.float32]":
        weights: NDArray[np.float32] = read @ self._heads["weight.weight"].T
        weights += self._heads["weight.bias"]
        return weights

    def _whole(self, mean: "NDArray[np.float32]") -> "NDArray[np.float32]":
        whole: NDArray[np.float32] = self._heads["whole.weight"] @ mean
        return unit_rows(whole + self._heads["whole.bias"])


@cache
def load_matching_model() -> MatchingModel:
    """Return the model with the shipped weights.

    Raises EmbeddingModelError where the packaged encoder is missing or is not the pinned one.
    """
    return MatchingModel(checked_folder())


def merged_weights(base: Mapping[str, Any], learned: Mapping[str, Any]) -> dict[str, Any]:
    """Return the encoder's weights with what was learned added to them, and the learned heads.

    What was learned of a matrix is of low rank: `up` times `down` (LoRA).
    """
    import numpy as np

    found = {name: held for name, held in base.items() if held.dtype.kind == "f"}
    for name, held in learned.items():
        if name.endswith(".up"):
            stem = name.removesuffix(".up")
            change = held.astype(np.float32) @ learned[f"{stem}.down"].astype(np.float32)
            matrix = f"{stem.removeprefix('bert.')}.weight"
            found[matrix] = found[matrix] + SCALE * change
        elif not name.endswith(".down"):
            found[name] = held.astype(np.float32)
    return found
