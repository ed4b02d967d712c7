"""The packaged encoder with what was learned of pairs of texts.

Both texts are read apart by the lower layers, once for all models; what was read of a statement is
remembered. In the upper layers the words of the claim or question attend to those of the statement
as well, and what was learned of that is a model of its own.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.pair_model.pair_graph import LEVELS, pair_graph, text_graph
from assistant.pair_model.pair_text import PairEncoder, Tokens, counts_of, kinds_of
from index.embedding import checked_folder
from index.matching.model import merged_weights
from index.onnx_embedder import cores, open_session, open_tokenizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_REMEMBERED = 3_000  # texts, some 100 kB each


class TextReader:
    """The lower layers of the packaged encoder, for any number of threads."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the packaged encoder."""
        from safetensors.numpy import load_file

        self.weights: dict[str, Any] = load_file(folder / "model.safetensors")
        self.encoder = PairEncoder(open_tokenizer(folder))
        self._session = open_session(text_graph(self.weights))
        self._read_before: OrderedDict[tuple[int, ...], list[NDArray[np.float16]]] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, tokens: Tokens) -> "list[NDArray[np.float16]]":
        """Return what the lower layers say of a text, for each of `LEVELS`."""
        import numpy as np

        with self._lock:
            if held := self._read_before.get(tokens.ids):
                self._read_before.move_to_end(tokens.ids)
                return held
        given = {"ids": np.array([tokens.ids], np.int64), "places": np.arange(len(tokens.ids))}
        found = [one.astype(np.float16) for one in self._session.run(list(LEVELS), given)]
        with self._lock:
            self._read_before[tokens.ids] = found
            if len(self._read_before) > _REMEMBERED:
                self._read_before.popitem(last=False)
        return found


class PairModel:
    """What was learned of pairs of texts, for any number of threads."""

    def __init__(self, reader: TextReader, weights: Path) -> None:
        """Take what reads the texts and the file of what was learned."""
        import numpy as np

        with np.load(weights) as held:
            learned = {name: held[name] for name in held.files}
        self._reader = reader
        self._session = open_session(pair_graph(merged_weights(reader.weights, learned)))

    def judge(self, text: str, statements: Sequence[str]) -> "list[NDArray[np.float32]]":
        """Return for each statement the log-odds of what was learned, judged by itself."""
        if not statements:
            return []
        own = self._reader.encoder.claim(text)
        first = self._reader.read(own)[0]
        told = [self._reader.encoder.evidence(one) for one in statements]

        def judge(said: Tokens) -> "NDArray[np.float32]":
            return self._judge(own, first, said)

        if len(told) == 1:
            return [judge(told[0])]
        with ThreadPoolExecutor(cores()) as threads:
            return list(threads.map(judge, told))

    def _judge(
        self, own: Tokens, read: "NDArray[np.float16]", said: Tokens
    ) -> "NDArray[np.float32]":
        import numpy as np

        levels = zip(LEVELS, self._reader.read(said), strict=True)
        given: dict[str, Any] = {name: one.astype(np.float32) for name, one in levels}
        given["claim"] = read.astype(np.float32)
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
