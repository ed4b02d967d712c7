"""A pretrained encoder with what was learned of pairs of texts.

Both texts are read apart by the lower layers, once for all models; what was read of a statement is
remembered. In the upper layers the words of the claim or question attend to those of the statement
as well, and what was learned of that is a model of its own.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.pair_model.encoders import Encoder, load_e5_small
from assistant.pair_model.pair_graph import pair_graph, text_graph
from assistant.pair_model.pair_text import PairEncoder, Tokens, counts_of, kinds_of
from index.embedding import checked_folder
from index.matching.batches import (
    Batch,
    batches,
    filled,
    on_all_cores,
    shown,
    token_inputs,
)
from index.matching.model import merged_weights
from index.matching.openvino_engine import Session
from index.packaged_embedder import open_tokenizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Levels = list[NDArray[np.float16]]

_REMEMBERED = 3_000  # texts, some 120 kB each


class TextReader:
    """The lower layers of a pretrained encoder, for any number of threads."""

    def __init__(self, encoder: Encoder, tokenizer: Any) -> None:
        """Take the encoder and its tokenizer."""
        self.pretrained = encoder
        self.encoder = PairEncoder(tokenizer)
        self._session = Session(text_graph(encoder))
        self._read_before: OrderedDict[tuple[int, ...], _Levels] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, texts: Sequence[Tokens]) -> "list[_Levels]":
        """Return what the lower layers say of texts: of each, an array for each level."""
        with self._lock:
            known = {one.ids: self._read_before[one.ids] for one in texts if self._is_held(one)}
        new = [ids for ids in dict.fromkeys(one.ids for one in texts) if ids not in known]
        for read in on_all_cores(
            lambda batch: self._read([new[place] for place in batch.places], *batch.lengths),
            batches([*map(len, new)]),
        ):
            known |= read
        with self._lock:
            self._read_before |= {ids: known[ids] for ids in new}
            while len(self._read_before) > _REMEMBERED:
                self._read_before.popitem(last=False)
        return [known[one.ids] for one in texts]

    def _is_held(self, text: Tokens) -> bool:
        """Tell whether a text was read before; if so, it is the last to be forgotten."""
        if text.ids not in self._read_before:
            return False
        self._read_before.move_to_end(text.ids)
        return True

    def _read(
        self, texts: "Sequence[tuple[int, ...]]", length: int
    ) -> "dict[tuple[int, ...], _Levels]":
        """Return what is said of texts that are filled up to a length."""
        import numpy as np

        told = self._session.run(self.pretrained.levels, token_inputs(length, ids=texts))
        levels = [one.astype(np.float16) for one in told]
        return {ids: [one[at, : len(ids)].copy() for one in levels] for at, ids in enumerate(texts)}


class PairModel:
    """What was learned of pairs of texts, for any number of threads."""

    def __init__(self, reader: TextReader, weights: Path) -> None:
        """Take what reads the texts and the file of what was learned."""
        import numpy as np

        with np.load(weights) as held:
            learned = {name: held[name] for name in held.files}
        self._reader = reader
        encoder = reader.pretrained
        merged = merged_weights(encoder.weights, learned)
        self._levels = encoder.levels
        self._session = Session(pair_graph(replace(encoder, weights=merged)))

    def judge(self, pairs: Sequence[tuple[str, str]]) -> "list[NDArray[np.float32]]":
        """Return for each text with a statement the log-odds of what was learned of the two.

        Each pair is judged by itself; many are judged together for their pace.
        """
        own = [self._reader.encoder.claim(text) for text, _ in pairs]
        told = [self._reader.encoder.evidence(statement) for _, statement in pairs]
        read = self._reader.read([*own, *told])
        claims = [(one, levels[0]) for one, levels in zip(own, read, strict=False)]
        evidence = [*zip(told, read[len(own) :], strict=True)]
        judged: dict[int, NDArray[np.float32]] = {}

        def judge(batch: Batch) -> None:
            given = _pair_inputs(
                [claims[place] for place in batch.places],
                [evidence[place] for place in batch.places],
                self._levels,
                batch.lengths,
            )
            [found] = self._session.run(["judgement"], given)
            for place, odds in zip(batch.places, found, strict=True):
                judged[place] = odds

        on_all_cores(judge, batches([len(one.ids) for one in own], [len(one.ids) for one in told]))
        return [judged[place] for place in range(len(pairs))]


def _pair_inputs(
    claims: "Sequence[tuple[Tokens, NDArray[np.float16]]]",
    evidence: "Sequence[tuple[Tokens, _Levels]]",
    names: Sequence[str],
    lengths: Sequence[int],
) -> "dict[str, NDArray[Any]]":
    """Return what a graph is given of claims, each with evidence, filled up to two lengths."""
    import numpy as np

    own, read = zip(*claims, strict=True)
    said, levels = zip(*evidence, strict=True)
    pairs = [*zip(own, said, strict=True)]
    claimed, told = lengths
    return {
        "claim": _stacked(read, claimed),
        "claim_kinds": filled([kinds_of(one, other) for one, other in pairs], claimed),
        "claim_shown": shown([len(one.ids) for one in own], claimed),
        **{name: _stacked([one[at] for one in levels], told) for at, name in enumerate(names)},
        "evidence_kinds": filled([kinds_of(other, one) for one, other in pairs], told),
        "evidence_shown": shown([len(one.ids) for one in said], told),
        "counts": np.array([counts_of(one, other) for one, other in pairs], np.float32),
    }


def _stacked(texts: "Sequence[NDArray[np.float16]]", length: int) -> "NDArray[np.float32]":
    """Return the vectors of texts as one array, with zeros where they are filled up."""
    import numpy as np

    found = np.zeros((len(texts), length, texts[0].shape[1]), np.float32)
    for place, vectors in zip(found, texts, strict=True):
        place[: len(vectors)] = vectors
    return found


@cache
def load_text_reader() -> TextReader:
    """Return the lower layers of the encoder, loaded once.

    Raises EmbeddingModelError where a package with weights is missing or has others than pinned.
    """
    return TextReader(load_e5_small(), open_tokenizer(checked_folder()))  # BERT's words, as well
