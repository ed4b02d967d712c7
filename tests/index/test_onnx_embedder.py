"""The packaged model in ONNX Runtime: the vectors of torch, converted once, kept and checked."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from processes import start

from index.embedding import (
    PACKAGED_MODEL,
    Embedder,
    SentenceEmbedder,
    embedder_name,
    load_embedder,
    packaged_folder,
)
from index.onnx_embedder import OnnxEmbedder, by_length, cached_model

WEIGHTS = "53aa51172d14"  # what the files of the packaged model begin with
DIGEST = WEIGHTS + "0" * 52  # of weights that are kept in the same place
TEXTS = (
    "",
    " \n\t ",
    "Nigeria mined 1,500 tons of rare earths in 2025.",
    "Dysprosium oxide | 382 | 330 | 257",
    "US$ 1,234.50/kg, −3.5 % (2023–24)",
    "中国的稀土配额为二十七万吨。",
    "ผลผลิตของไทย",
    "Naïve façade: e\u0301, ﬁ, ½, Nd₂Fe₁₄B",
    "[CLS] [SEP] [MASK] [PAD] [UNK]",
    "\x00 a\x01b \ufffd 🧲",
    "yttrium " * 1000,
    "x" * 5000,
    "a",
)


@pytest.fixture(scope="module")
def original() -> SentenceEmbedder:
    """Load the packaged model as torch runs it."""
    return SentenceEmbedder(str(packaged_folder()), embedder_name(PACKAGED_MODEL))


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load the packaged model over an empty cache folder and return what is in it afterwards."""
    folder = tmp_path_factory.mktemp("converted")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
        assert isinstance(load_embedder(PACKAGED_MODEL), OnnxEmbedder)
    return models(folder)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the user another cache folder and return where models are kept in it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    yield models(tmp_path)
    shutil.rmtree(models(tmp_path), ignore_errors=True)  # 90 MB a model


def models(cache_home: Path) -> Path:
    """Return where models are kept in a cache folder."""
    return cache_home / "rare-earth-assistant" / "models"


def kept(folder: Path) -> dict[str, str]:
    """Return the digest of the kept model and the one beside it, by the names of their files."""
    model, known = sorted(folder.iterdir())
    return {
        model.name: hashlib.sha256(model.read_bytes()).hexdigest(),
        known.name: known.read_text(encoding="utf-8"),
    }


def keep(folder: Path, model: bytes, known: bytes) -> None:
    """Write a model as if it had been converted, with the digest that is known of it."""
    folder.mkdir(parents=True)
    (folder / f"{WEIGHTS}-3.onnx").write_bytes(model)
    (folder / f"{WEIGHTS}-3.sha256").write_bytes(known)


@pytest.mark.slow
def test_vectors_are_those_of_torch(embedder: Embedder, original: SentenceEmbedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((len(TEXTS), 384), np.float32)
    np.testing.assert_allclose(vectors, original.embed(TEXTS), rtol=0, atol=1e-5)


@pytest.mark.slow
def test_measures_are_those_of_torch(embedder: Embedder, original: SentenceEmbedder) -> None:
    assert (embedder.dimension, embedder.max_tokens) == (384, 254)
    assert (original.dimension, original.max_tokens) == (384, 254)


@pytest.mark.slow
def test_tokens_are_those_of_torch(embedder: Embedder, original: SentenceEmbedder) -> None:
    assert [embedder.tokens(text) for text in TEXTS] == [original.tokens(text) for text in TEXTS]


@pytest.mark.slow
def test_vectors_of_words_are_those_of_torch(
    embedder: Embedder, original: SentenceEmbedder
) -> None:
    for ours, theirs in zip(
        embedder.token_vectors(TEXTS), original.token_vectors(TEXTS), strict=True
    ):
        assert np.array_equal(ours.spans, theirs.spans)
        np.testing.assert_allclose(ours.tokens, theirs.tokens, rtol=0, atol=1e-4)
        np.testing.assert_allclose(ours.whole, theirs.whole, rtol=0, atol=1e-5)


@pytest.mark.slow
def test_vectors_of_words_are_the_same_alone_and_beside_others(embedder: Embedder) -> None:
    for text, together in zip(TEXTS, embedder.token_vectors(TEXTS), strict=True):
        (alone,) = embedder.token_vectors([text])
        assert np.array_equal(alone.tokens, together.tokens)
        assert np.array_equal(alone.spans, together.spans)


@pytest.mark.slow
def test_of_a_long_text_only_the_words_at_the_beginning_have_vectors(embedder: Embedder) -> None:
    (read,) = embedder.token_vectors(["ore " * 1000])
    assert len(read.tokens) == embedder.max_tokens
    assert read.spans[-1].tolist() == [4 * 253, 4 * 253 + 3]


@pytest.mark.slow
def test_tokens_of_a_long_text_are_all_counted(embedder: Embedder) -> None:
    assert len(embedder.tokens("ore " * 1000)) == 1000


@pytest.mark.slow
def test_vector_of_a_text_is_the_same_alone_and_beside_others(embedder: Embedder) -> None:
    together = embedder.embed(TEXTS)
    alone = [embedder.embed([text])[0] for text in TEXTS]
    assert np.array_equal(together, alone)


@pytest.mark.slow
def test_texts_of_one_length_are_read_together_as_each_is_alone(embedder: Embedder) -> None:
    texts = [f"Mine {number} made oxide." for number in range(9)]
    assert len({len(embedder.tokens(text)) for text in texts}) == 1
    alone = [embedder.embed([text])[0] for text in texts]
    assert np.array_equal(embedder.embed(texts), alone)
    for text, read in zip(texts, embedder.token_vectors(texts), strict=True):
        (beside_none,) = embedder.token_vectors([text])
        assert np.array_equal(read.whole, beside_none.whole)
        assert np.array_equal(read.tokens, beside_none.tokens)


@pytest.mark.parametrize(
    ("lengths", "places"),
    [
        ([], []),
        ([3, 400, 3], [[0, 2], [1]]),
        ([200] * 5, [[0, 1], [2, 3], [4]]),
        ([600, 600], [[0], [1]]),
        ([0, 0], [[0, 1]]),
    ],
)
def test_texts_go_together_by_their_length(lengths: list[int], places: list[list[int]]) -> None:
    assert by_length(lengths) == places


@pytest.mark.slow
def test_vectors_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    assert np.array_equal(embedder.embed(TEXTS[::-1]), embedder.embed(TEXTS)[::-1])


@pytest.mark.slow
def test_vectors_are_the_same_from_several_threads(embedder: Embedder) -> None:
    expected = embedder.embed(TEXTS)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(embedder.embed, [TEXTS] * 4))
    assert all(np.array_equal(vectors, expected) for vectors in found)


@pytest.mark.slow
def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    vectors = embedder.embed([])
    assert (vectors.shape, vectors.dtype) == ((0, 384), np.float32)


@pytest.mark.slow
def test_of_a_long_text_only_the_beginning_is_read(embedder: Embedder) -> None:
    cut, whole, shorter = embedder.embed(["ore " * 254, "ore " * 1000, "ore " * 253])
    assert np.array_equal(cut, whole)
    assert not np.array_equal(cut, shorter)


@pytest.mark.slow
def test_converted_model_is_kept_with_its_digest(converted: Path) -> None:
    digest = hashlib.sha256((converted / f"{WEIGHTS}-3.onnx").read_bytes()).hexdigest()
    assert kept(converted) == {f"{WEIGHTS}-3.onnx": digest, f"{WEIGHTS}-3.sha256": digest}


@pytest.mark.slow
def test_kept_model_is_loaded_without_torch(converted: Path, embedder: Embedder) -> None:
    script = """
        import json, os, sys

        os.environ["XDG_CACHE_HOME"] = sys.argv[1]
        from index.embedding import PACKAGED_MODEL, load_embedder

        loaded = load_embedder(PACKAGED_MODEL)
        vectors = loaded.embed(json.loads(sys.argv[2])).tolist()
        heavy = {"torch", "transformers", "sentence_transformers"} & set(sys.modules)
        print(json.dumps([type(loaded).__name__, sorted(heavy), vectors]))
    """
    texts = [text for text in TEXTS if "\x00" not in text]
    before = kept(converted)
    out, _ = start(script, converted.parents[1], json.dumps(texts)).communicate(timeout=120)
    assert json.loads(out) == ["OnnxEmbedder", [], embedder.embed(texts).tolist()]
    assert kept(converted) == before


def change_model(model: Path, _: Path) -> None:
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)


def lose_model(model: Path, _: Path) -> None:
    model.unlink()


def lose_digest(_: Path, known: Path) -> None:
    known.unlink()


def spoil_digest(_: Path, known: Path) -> None:
    known.write_bytes(b"\xff")


@pytest.mark.slow
@pytest.mark.parametrize("damage", [change_model, lose_model, lose_digest, spoil_digest])
def test_damaged_copy_is_made_anew(
    converted: Path, cache: Path, damage: Callable[[Path, Path], None]
) -> None:
    shutil.copytree(converted, cache)
    damage(cache / f"{WEIGHTS}-3.onnx", cache / f"{WEIGHTS}-3.sha256")
    assert isinstance(load_embedder(PACKAGED_MODEL), OnnxEmbedder)
    assert kept(cache) == kept(converted)


@pytest.mark.slow
def test_cache_folder_that_cannot_be_written_to_keeps_nothing_but_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: Embedder
) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file, no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    loaded = load_embedder(PACKAGED_MODEL)
    assert isinstance(loaded, OnnxEmbedder)
    assert np.array_equal(loaded.embed(TEXTS), embedder.embed(TEXTS))
    assert list(tmp_path.iterdir()) == [blocked]


@pytest.mark.slow
@pytest.mark.parametrize("error", [RuntimeError("unsupported"), ImportError("no onnx")])
def test_model_that_cannot_be_converted_is_run_by_torch(
    cache: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, original: SentenceEmbedder
) -> None:
    def fail(*_: object) -> bytes:
        raise error

    monkeypatch.setattr("index.embedding.convert", fail)
    loaded = load_embedder(PACKAGED_MODEL)
    assert isinstance(loaded, SentenceEmbedder)
    assert (loaded.name, loaded.dimension, loaded.max_tokens) == (
        "all-MiniLM-L6-v2@53aa51172d14",
        384,
        254,
    )
    assert np.array_equal(loaded.embed(TEXTS[2:5]), original.embed(TEXTS[2:5]))
    assert not cache.exists()


def test_kept_model_of_the_known_digest_is_returned(cache: Path) -> None:
    keep(cache, b"model", hashlib.sha256(b"model").hexdigest().encode())
    assert cached_model(DIGEST) == b"model"


@pytest.mark.parametrize("known", [b"", b"\xff", hashlib.sha256(b"another").hexdigest().encode()])
def test_kept_model_of_another_digest_is_none(cache: Path, known: bytes) -> None:
    keep(cache, b"model", known)
    assert cached_model(DIGEST) is None


def test_kept_model_of_other_weights_is_none(cache: Path) -> None:
    keep(cache, b"model", hashlib.sha256(b"model").hexdigest().encode())
    assert cached_model("1" * 64) is None


@pytest.mark.usefixtures("cache")
def test_empty_cache_has_no_model() -> None:
    assert cached_model(DIGEST) is None
