"""The packaged embedding model in ONNX Runtime: the same vectors as from torch, sooner.

It is converted once from its package and kept in the user's cache folder. One text is embedded at
a time, the texts of a call on all cores: so nothing is padded, and the vector of a text depends on
the text alone. Numbers stay 32 bits wide: with 8 bits passages were embedded up to twice as fast in
trials, but rankings by vectors lost half a point of nDCG@10 and more, and differ by processor.
"""

import hashlib
import json
import os
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from index.token_vectors import TokenVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

_T = TypeVar("_T")
_VECTORS, _TOKENS = "vectors", "tokens"  # outputs of the converted model
_FORM = 2  # raise it when a model would be converted another way
_OPSET = 17


class OnnxEmbedder:
    """A sentence-transformers model of the BERT kind, run by ONNX Runtime on the CPU.

    `model` is the content of the ONNX file that `convert` made of the model in `folder`.
    """

    def __init__(self, folder: Path, model: bytes, name: str) -> None:
        self._session = open_session(model)
        settings = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
        self._tokenizer = open_tokenizer(folder)
        self._tokenizer.enable_truncation(settings["max_seq_length"])
        self._measuring = open_tokenizer(folder)
        self.name = name
        self.dimension = int(self._session.get_outputs()[0].shape[-1])
        special = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        self.max_tokens: int = settings["max_seq_length"] - special

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return the unit vectors of the texts, one row each."""
        import numpy as np

        rows = self._each(self._vector, texts)
        return np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the texts and of their tokens."""
        return self._each(self._token_vectors, texts)

    def tokens(self, text: str) -> list[int]:
        """Return the model's tokens of a text, without the special ones."""
        ids: list[int] = self._measuring.encode(text, add_special_tokens=False).ids
        return ids

    def _each(self, run: "Callable[[Encoding], _T]", texts: Sequence[str]) -> "list[_T]":
        encoded = self._tokenizer.encode_batch(list(texts))
        if len(encoded) < 2:
            return [run(encoding) for encoding in encoded]
        with ThreadPoolExecutor(cores()) as threads:
            return list(threads.map(run, encoded))

    def _vector(self, encoding: "Encoding") -> "NDArray[np.float32]":
        vector: NDArray[np.float32] = self._session.run([_VECTORS], _inputs(encoding))[0][0]
        return vector

    def _token_vectors(self, encoding: "Encoding") -> TokenVectors:
        import numpy as np

        whole, tokens = self._session.run([_VECTORS, _TOKENS], _inputs(encoding))
        own = [i for i, special in enumerate(encoding.special_tokens_mask) if not special]
        spans = np.array([encoding.offsets[i] for i in own], np.int32).reshape(-1, 2)
        return TokenVectors(whole[0], tokens[0][own], spans)


def open_session(model: bytes) -> Any:
    """Return a session of ONNX Runtime that takes one core: texts go side by side instead."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def open_tokenizer(folder: Path) -> "Tokenizer":
    """Return the tokenizer of a model's folder, which fills up and cuts off nothing."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _inputs(encoding: "Encoding") -> dict[str, "NDArray[np.int64]"]:
    import numpy as np

    ids = np.array([encoding.ids])
    return {"input_ids": ids, "attention_mask": np.ones_like(ids)}


def cached_model(weights_digest: str) -> bytes | None:
    """Return the converted model of these weights, None where there is none or it was changed."""
    file = _cache_file(weights_digest)
    try:
        model = file.read_bytes()
        known = file.with_suffix(".sha256").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return model if hashlib.sha256(model).hexdigest() == known else None


def convert(model: Any, weights_digest: str) -> bytes:
    """Convert a loaded sentence-transformers model and keep the result where that is possible.

    Raises ImportError or RuntimeError where the installed versions of torch and onnx cannot.
    """
    import torch

    class UnitVectors(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor
        ) -> tuple[torch.Tensor, torch.Tensor]:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            read = self.model(features)
            unit = torch.nn.functional.normalize
            return unit(read["sentence_embedding"], dim=1), unit(read["token_embeddings"], dim=2)

    ids = torch.arange(1_000, 1_016).reshape(2, 8)
    lengths = {0: "texts", 1: "tokens"}
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter, about itself
        torch.onnx.export(
            UnitVectors(),
            (ids, torch.ones_like(ids)),
            Path(folder, "model.onnx"),
            input_names=["input_ids", "attention_mask"],
            output_names=[_VECTORS, _TOKENS],
            dynamic_axes={
                "input_ids": lengths,
                "attention_mask": lengths,
                _VECTORS: {0: "texts"},
                _TOKENS: lengths,
            },
            opset_version=_OPSET,
            dynamo=False,
        )
        content = Path(folder, "model.onnx").read_bytes()
    _keep(_cache_file(weights_digest), content)
    return content


def _cache_file(weights_digest: str) -> Path:
    from platformdirs import user_cache_path

    folder = user_cache_path("rare-earth-assistant") / "models"
    return folder / f"{weights_digest[:12]}-{_FORM}.onnx"


def _keep(file: Path, content: bytes) -> None:
    """Write a model and its digest; where the folder cannot be written to, the next start pays."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for place, data in ((file, content), (file.with_suffix(".sha256"), digest.encode())):
            partial = place.with_suffix(f"{place.suffix}.{os.getpid()}")
            partial.write_bytes(data)
            partial.replace(place)
    except OSError:
        return
