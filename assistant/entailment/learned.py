"""The shipped entailment model: the packaged encoder with what `bench.train_entailment` learned.

Claim and evidence are read apart by the lower layers; what was read of evidence is remembered. In
the upper layers the words of the claim attend to those of the evidence as well.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.entailment.judgement import Judgement
from assistant.entailment.pair_graph import LEVELS, pair_graph, text_graph
from assistant.entailment.pair_text import PairEncoder, Tokens, counts_of, kinds_of
from index.embedding import checked_folder
from index.matching.model import merged_weights
from index.onnx_embedder import cores, open_session, open_tokenizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("weights.npz")
_REMEMBERED = 1_500  # texts, some 100 kB each


class LearnedEntailment:
    """The encoder with what was learned, for any number of threads."""

    def __init__(self, folder: Path, weights: Path = WEIGHTS) -> None:
        """Take the folder of the packaged encoder and the file of what was learned."""
        import numpy as np
        from safetensors.numpy import load_file

        with np.load(weights) as held:
            learned = {name: held[name] for name in held.files}
        plain = load_file(folder / "model.safetensors")
        self._texts = open_session(text_graph(plain))
        self._pairs = open_session(pair_graph(merged_weights(plain, learned)))
        self._encoder = PairEncoder(open_tokenizer(folder))
        self._read_before: OrderedDict[tuple[int, ...], list[NDArray[np.float16]]] = OrderedDict()
        self._lock = threading.Lock()

    def judge(self, claim: str, evidence: Sequence[str]) -> list[Judgement]:
        """Return for each piece of evidence how it stands to a claim, judged by itself."""
        if not evidence:
            return []
        claimed = self._encoder.claim(claim)
        first = self._read(claimed)[0]
        told = [self._encoder.evidence(text) for text in evidence]

        def judge(said: Tokens) -> Judgement:
            return self._judge(claimed, first, said)

        if len(told) == 1:
            return [judge(told[0])]
        with ThreadPoolExecutor(cores()) as threads:
            return list(threads.map(judge, told))

    def _judge(self, claim: Tokens, read: "NDArray[np.float16]", said: Tokens) -> Judgement:
        import numpy as np

        levels = zip(LEVELS, self._read(said), strict=True)
        given: dict[str, Any] = {name: one.astype(np.float32) for name, one in levels}
        given["claim"] = read.astype(np.float32)
        given["claim_kinds"] = np.array([kinds_of(claim, said)], np.int64)
        given["evidence_kinds"] = np.array([kinds_of(said, claim)], np.int64)
        given["counts"] = np.array([counts_of(claim, said)], np.float32)
        [judged] = self._pairs.run(["judgement"], given)[0]
        return Judgement(*(float(one) for one in judged))

    def _read(self, tokens: Tokens) -> "list[NDArray[np.float16]]":
        """Return what the lower layers say of a text, for each of `LEVELS`."""
        import numpy as np

        with self._lock:
            if held := self._read_before.get(tokens.ids):
                self._read_before.move_to_end(tokens.ids)
                return held
        given = {"ids": np.array([tokens.ids], np.int64), "places": np.arange(len(tokens.ids))}
        found = [one.astype(np.float16) for one in self._texts.run(list(LEVELS), given)]
        with self._lock:
            self._read_before[tokens.ids] = found
            if len(self._read_before) > _REMEMBERED:
                self._read_before.popitem(last=False)
        return found


@cache
def load_entailment() -> LearnedEntailment:
    """Return the shipped model.

    Raises EmbeddingModelError where the packaged encoder is missing or is not the pinned one.
    """
    return LearnedEntailment(checked_folder())
