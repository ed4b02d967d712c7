"""The packaged embedding model in ONNX Runtime: sentence-transformers' vectors without torch.

Its graph is made from the weights in its package (`encoder_graph`). Texts of one length go
together, on all cores: so nothing is padded, and the vector of a text depends on the text alone.
Numbers stay 32 bits wide: with 8 bits passages were embedded up to twice as fast in
trials, but rankings by vectors lost half a point of nDCG@10 and more, and differ by processor.
"""

import gc
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.workers.cores import core_count
from index.matching.encoder_graph import EncoderGraph, embedding_graph
from index.token_vectors import TokenVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

_Work = TypeVar("_Work")
_Done = TypeVar("_Done")
_VECTORS, _TOKENS = "vectors", "tokens"  # outputs of its graph
_SWITCH_SECONDS = 0.001
_GARBAGE = (20_000, 20, 20)  # gc.set_threshold
_TOGETHER = 512  # tokens: texts that are read at once have no more


class OnnxEmbedder:
    """A sentence-transformers model of the BERT kind, run by ONNX Runtime on the CPU.

    `folder` holds its weights, its tokenizer and its settings, as sentence-transformers keeps them.
    """

    def __init__(self, folder: Path, name: str) -> None:
        weights = load_weights(folder)
        self._session = Session(embedding_graph(weights))
        settings = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
        self._tokenizer = open_tokenizer(folder)
        self._tokenizer.enable_truncation(settings["max_seq_length"])
        self._measuring = open_tokenizer(folder)
        self.name = name
        self.dimension = int(weights["embeddings.LayerNorm.weight"].shape[0])
        special = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        self.max_tokens: int = settings["max_seq_length"] - special

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return the unit vectors of the texts, one row each."""
        import numpy as np

        vectors = np.empty((len(texts), self.dimension), np.float32)

        def read(places: Sequence[int], encoded: "Sequence[Encoding]") -> None:
            vectors[places] = self._session.run([_VECTORS], _inputs(encoded))[0]

        self._read_together(read, texts)
        return vectors

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the texts and of their tokens."""
        found: dict[int, TokenVectors] = {}

        def read(places: Sequence[int], encoded: "Sequence[Encoding]") -> None:
            wholes, tokens = self._session.run([_VECTORS, _TOKENS], _inputs(encoded))
            for place, *told in zip(places, encoded, wholes, tokens, strict=True):
                found[place] = _token_vectors(*told)

        self._read_together(read, texts)
        return [found[place] for place in range(len(texts))]

    def tokens(self, text: str) -> list[int]:
        """Return the model's own tokens of a text, without the special ones."""
        ids: list[int] = self._measuring.encode(text, add_special_tokens=False).ids
        return ids

    def _read_together(
        self, read: "Callable[[Sequence[int], Sequence[Encoding]], None]", texts: Sequence[str]
    ) -> None:
        """Have texts read on all cores, those of one length together, each told by its place."""
        encoded = self._tokenizer.encode_batch(list(texts))
        on_all_cores(
            lambda places: read(places, [encoded[place] for place in places]),
            by_length([len(one) for one in encoded]),
        )


def _token_vectors(
    encoding: "Encoding", whole: "NDArray[np.float32]", tokens: "NDArray[np.float32]"
) -> TokenVectors:
    import numpy as np

    own = [i for i, special in enumerate(encoding.special_tokens_mask) if not special]
    spans = np.array([encoding.offsets[i] for i in own], np.int32).reshape(-1, 2)
    return TokenVectors(whole.copy(), tokens[own], spans)


class Session:
    """A graph in ONNX Runtime, for any number of threads.

    A run takes one core: texts go side by side instead. Weights are read where they are, so that
    graphs made of the same share them.
    """

    def __init__(self, graph: EncoderGraph) -> None:
        import onnxruntime

        _share_the_process()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        from_numpy = onnxruntime.OrtValue.ortvalue_from_numpy
        self._weights = [from_numpy(held) for held in graph.weights.values()]  # nothing else does
        options.add_external_initializers(list(graph.weights), self._weights)
        self._session = onnxruntime.InferenceSession(
            graph.onnx,
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # on a CPU slower than its parts
        )

    def run(self, outputs: Sequence[str], given: "Mapping[str, NDArray[Any]]") -> Any:
        """Return what comes out by these names, an array each."""
        return self._session.run(outputs, given)


def by_length(lengths: Sequence[int]) -> list[list[int]]:
    """Return the places of texts that are read at once: of one length, not too many tokens.

    by_length([3, 400, 3]) -> [[0, 2], [1]]
    """
    places: dict[int, list[int]] = defaultdict(list)
    for place, length in enumerate(lengths):
        places[length].append(place)
    return [
        those[start : start + most]
        for length, those in places.items()
        if (most := max(1, _TOGETHER // max(length, 1)))
        for start in range(0, len(those), most)
    ]


def on_all_cores(work: "Callable[[_Work], _Done]", todo: "Sequence[_Work]") -> "list[_Done]":
    """Return what comes of each piece of work, in their order, done side by side.

    What calls it at once shares the cores; work that calls it itself would wait for ever.
    """
    if len(todo) < 2:
        return [work(one) for one in todo]
    return list(_threads().map(work, todo))


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(core_count(), "model")


@cache
def _share_the_process() -> None:
    """Have models, and what reads texts in Python, get on side by side.

    Products of numpy take one core: threads beside spin for work, and take it away. A thread that
    comes back from a model soon goes on. What readers remember of texts are many small objects
    that stay: they are not searched for garbage again and again.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.set_threshold(*_GARBAGE)


@lru_cache(maxsize=1)
def load_weights(folder: Path) -> "Mapping[str, NDArray[Any]]":
    """Return the weights of a model's folder, read once for all that is made of them."""
    from safetensors.numpy import load_file

    return load_file(folder / "model.safetensors")


def open_tokenizer(folder: Path) -> "Tokenizer":
    """Return the tokenizer of a model's folder, which fills up and cuts off nothing."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _inputs(encoded: "Sequence[Encoding]") -> "dict[str, NDArray[np.int64 | np.float32]]":
    import numpy as np

    ids = np.array([one.ids for one in encoded])
    count = ids.shape[1]
    shares = np.full((1, count), 1 / count, np.float32)
    return {"ids": ids, "places": np.arange(count), "shares": shares}
