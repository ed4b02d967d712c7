"""The packaged encoder with what was learned of pairs of texts.

Both texts are read apart by the lower layers, once for all models; what was read of a statement is
remembered. In the upper layers the words of the claim or question attend to those of the statement
as well, and what was learned of that is a model of its own.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.pair_model.pair_graph import LEVELS, pair_graph, text_graph
from assistant.pair_model.pair_text import PairEncoder, Tokens, counts_of, kinds_of
from index.embedding import checked_folder
from index.matching.model import merged_weights
from index.onnx_embedder import Session, by_length, load_weights, on_all_cores, open_tokenizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Levels = list[NDArray[np.float16]]

_REMEMBERED = 3_000  # texts, some 100 kB each


class TextReader:
    """The lower layers of the packaged encoder, for any number of threads."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the packaged encoder."""
        self.weights = load_weights(folder)
        self.encoder = PairEncoder(open_tokenizer(folder))
        self._session = Session(text_graph(self.weights))
        self._read_before: OrderedDict[tuple[int, ...], _Levels] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, texts: Sequence[Tokens]) -> "list[_Levels]":
        """Return what the lower layers say of texts: of each, an array for each of `LEVELS`."""
        with self._lock:
            known = {one.ids: self._read_before[one.ids] for one in texts if self._is_held(one)}
        new = [ids for ids in dict.fromkeys(one.ids for one in texts) if ids not in known]
        alike = [[new[place] for place in places] for places in by_length([*map(len, new)])]
        for read in on_all_cores(self._read, alike):
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

    def _read(self, texts: "Sequence[tuple[int, ...]]") -> "dict[tuple[int, ...], _Levels]":
        """Return what is said of texts of one length."""
        import numpy as np

        given = {"ids": np.array(texts, np.int64), "places": np.arange(len(texts[0]))}
        levels = [one.astype(np.float16) for one in self._session.run(list(LEVELS), given)]
        return {ids: [one[at].copy() for one in levels] for at, ids in enumerate(texts)}


class PairModel:
    """What was learned of pairs of texts, for any number of threads."""

    def __init__(self, reader: TextReader, weights: Path) -> None:
        """Take what reads the texts and the file of what was learned."""
        import numpy as np

        with np.load(weights) as held:
            learned = {name: held[name] for name in held.files}
        self._reader = reader
        self._session = Session(pair_graph(merged_weights(reader.weights, learned)))

    def judge(self, text: str, statements: Sequence[str]) -> "list[NDArray[np.float32]]":
        """Return for each statement the log-odds of what was learned, judged by itself."""
        if not statements:
            return []
        own = self._reader.encoder.claim(text)
        told = [self._reader.encoder.evidence(one) for one in statements]
        read_own, *read = self._reader.read([own, *told])
        first = read_own[0]
        return on_all_cores(
            lambda one: self._judge(own, first, *one), list(zip(told, read, strict=True))
        )

    def _judge(
        self, own: Tokens, first: "NDArray[np.float16]", said: Tokens, levels: "_Levels"
    ) -> "NDArray[np.float32]":
        import numpy as np

        given: dict[str, Any] = {
            name: one[None].astype(np.float32) for name, one in zip(LEVELS, levels, strict=True)
        }
        given["claim"] = first[None].astype(np.float32)
        given["claim_kinds"] = np.array([kinds_of(own, said)], np.int64)
        given["evidence_kinds"] = np.array([kinds_of(said, own)], np.int64)
        given["counts"] = np.array([counts_of(own, said)], np.float32)
        [judged] = self._session.run(["judgement"], given)[0]
        found: NDArray[np.float32] = judged
        return found


@cache
def load_reader() -> TextReader:
    """Return the lower layers of the packaged encoder, loaded once.

    Raises EmbeddingModelError where the packaged encoder is missing or is not the pinned one.
    """
    return TextReader(checked_folder())
