"""The packaged model in OpenVINO: the vectors of sentence-transformers, without torch."""

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from processes import start

from index.embedding import (
    PACKAGED_MODEL,
    Embedder,
    SentenceEmbedder,
    embedder_name,
    packaged_folder,
)
from index.matching import openvino_engine
from index.packaged_embedder import PackagedEmbedder

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


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> PackagedEmbedder:
    """Load the packaged model as a processor runs it that multiplies 32 bits only."""
    monkeypatch.setattr(openvino_engine, "_precision", lambda: "f32")
    openvino_engine._options.cache_clear()
    embedder = PackagedEmbedder(packaged_folder(), embedder_name(PACKAGED_MODEL))
    openvino_engine._options.cache_clear()
    return embedder


@pytest.mark.slow
def test_in_32_bits_vectors_are_those_of_torch(
    exact: PackagedEmbedder, original: SentenceEmbedder
) -> None:
    vectors = exact.embed(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((len(TEXTS), 384), np.float32)
    np.testing.assert_allclose(vectors, original.embed(TEXTS), rtol=0, atol=1e-5)


@pytest.mark.slow
def test_in_16_bits_vectors_turn_by_less_than_a_degree_and_a_half(
    embedder: Embedder, original: SentenceEmbedder
) -> None:
    cosines = (embedder.embed(TEXTS) * original.embed(TEXTS)).sum(axis=1)
    assert cosines.min() > np.cos(np.radians(1.5))


@pytest.mark.slow
def test_measures_are_those_of_torch(embedder: Embedder, original: SentenceEmbedder) -> None:
    assert (embedder.dimension, embedder.max_tokens) == (384, 254)
    assert (original.dimension, original.max_tokens) == (384, 254)


@pytest.mark.slow
def test_tokens_are_those_of_torch(embedder: Embedder, original: SentenceEmbedder) -> None:
    assert [embedder.tokens(text) for text in TEXTS] == [original.tokens(text) for text in TEXTS]


@pytest.mark.slow
def test_in_32_bits_vectors_of_words_are_those_of_torch(
    exact: PackagedEmbedder, original: SentenceEmbedder
) -> None:
    for ours, theirs in zip(exact.token_vectors(TEXTS), original.token_vectors(TEXTS), strict=True):
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
def test_texts_of_nearly_one_length_are_read_together_as_each_is_alone(embedder: Embedder) -> None:
    texts = [f"Mine {number} made oxide" + " and ore" * (number % 3) for number in range(9)]
    alone = [embedder.embed([text])[0] for text in texts]
    assert np.array_equal(embedder.embed(texts), alone)
    for text, read in zip(texts, embedder.token_vectors(texts), strict=True):
        (beside_none,) = embedder.token_vectors([text])
        assert np.array_equal(read.whole, beside_none.whole)
        assert np.array_equal(read.tokens, beside_none.tokens)


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
def test_it_is_loaded_and_run_without_torch(embedder: Embedder) -> None:
    script = """
        import json, sys

        from index.embedding import PACKAGED_MODEL, load_embedder

        loaded = load_embedder(PACKAGED_MODEL)
        vectors = loaded.embed(json.loads(sys.argv[1])).tolist()
        heavy = {"torch", "transformers", "sentence_transformers"} & set(sys.modules)
        print(json.dumps([type(loaded).__name__, sorted(heavy), vectors]))
    """
    texts = [text for text in TEXTS if "\x00" not in text]
    out, _ = start(script, json.dumps(texts)).communicate(timeout=120)
    assert json.loads(out) == ["PackagedEmbedder", [], embedder.embed(texts).tolist()]
