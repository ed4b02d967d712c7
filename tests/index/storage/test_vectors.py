"""Real Chroma in a folder: cosines are exact, batches of any size go in, filters narrow."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEmbedder
from numpy.typing import NDArray

from index.storage.vector_matrix import VectorHit
from index.storage.vectors import VectorStore

ROOT_HALF = 2**-0.5
VECTORS = np.array([[1, 0, 0], [ROOT_HALF, ROOT_HALF, 0], [0, 0, 1], [-1, 0, 0]], dtype=np.float32)
IDS = ["same", "half", "apart", "opposite"]
SOURCES = ["one", "one", "two", "two"]
QUESTION: NDArray[np.float32] = VECTORS[0]


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[VectorStore]:
    opened = VectorStore(tmp_path / "vectors")
    yield opened
    opened.close()


@pytest.fixture
def filled(vectors: VectorStore) -> VectorStore:
    vectors.upsert(IDS, SOURCES, VECTORS)
    return vectors


def rounded(hits: tuple[VectorHit, ...]) -> list[tuple[str, float]]:
    return [(hit.id, round(hit.similarity, 5) + 0.0) for hit in hits]


def test_hits_are_ordered_by_their_exact_cosine(filled: VectorStore) -> None:
    assert rounded(filled.nearest(QUESTION, 10, None)) == [
        ("same", 1.0),
        ("half", 0.70711),
        ("apart", 0.0),
        ("opposite", -1.0),
    ]


def test_cosines_are_those_that_numpy_works_out(vectors: VectorStore) -> None:
    chance = np.random.default_rng(1)
    matrix = chance.normal(size=(300, 16)).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    names = [f"v{number}" for number in range(300)]
    vectors.upsert(names, names, matrix)
    exact = dict(zip(names, (matrix @ matrix[7]).tolist(), strict=True))
    hits = vectors.nearest(matrix[7], 300, None)
    assert {hit.id: hit.similarity for hit in hits} == pytest.approx(exact, abs=1e-5)
    assert vectors.similarities(matrix[7], names) == pytest.approx(exact, abs=1e-5)


@pytest.mark.parametrize("among", [None, ["rows", "other"]])
def test_no_vector_is_missed_among_many_that_are_alike(
    vectors: VectorStore, among: list[str] | None
) -> None:
    texts = [*(f"Burma ore {number}" for number in range(300)), "Nigeria", "Dysprosium cost"]
    names = [f"v{number}" for number in range(len(texts))]
    sources = ["rows"] * 300 + ["other"] * 2
    embedder = HashingEmbedder()
    vectors.upsert(names, sources, embedder.embed(texts))
    hits = vectors.nearest(embedder.embed(["ore of Burma"])[0], len(names), among)
    assert sorted(hit.id for hit in hits) == sorted(names)
    assert [hit.similarity for hit in hits] == sorted((h.similarity for h in hits), reverse=True)


def test_hits_come_from_the_named_sources_up_to_the_limit(filled: VectorStore) -> None:
    assert [hit.id for hit in filled.nearest(QUESTION, 10, ["two"])] == ["apart", "opposite"]
    assert [hit.id for hit in filled.nearest(QUESTION, 1, ["two"])] == ["apart"]
    assert [hit.id for hit in filled.nearest(QUESTION, 3, ["one", "two", "three"])] == IDS[:3]


@pytest.mark.parametrize("sources", [[], ["unknown"]])
def test_sources_without_vectors_give_no_hits(filled: VectorStore, sources: list[str]) -> None:
    assert filled.nearest(QUESTION, 10, sources) == ()


def test_empty_store_gives_nothing(vectors: VectorStore) -> None:
    assert vectors.nearest(QUESTION, 10, None) == ()
    assert vectors.similarities(QUESTION, ["same"]) == {}
    assert vectors.ids() == set()


def test_what_is_stored_and_deleted_later_is_seen(filled: VectorStore) -> None:
    assert len(filled.nearest(QUESTION, 10, None)) == 4
    filled.upsert(["new"], ["one"], VECTORS[:1])
    filled.delete(["same"])
    assert [hit.id for hit in filled.nearest(QUESTION, 1, None)] == ["new"]


def test_similarities_are_given_for_stored_ids_only(filled: VectorStore) -> None:
    assert filled.similarities(QUESTION, []) == {}
    found = filled.similarities(QUESTION, ["half", "unknown", "same"])
    assert found == pytest.approx({"half": ROOT_HALF, "same": 1.0})


def test_upsert_takes_the_place_of_what_an_id_held(filled: VectorStore) -> None:
    filled.upsert(["opposite"], ["one"], VECTORS[:1])
    assert filled.ids() == set(IDS)
    assert filled.similarities(QUESTION, ["opposite"]) == pytest.approx({"opposite": 1.0})
    assert {hit.id for hit in filled.nearest(QUESTION, 10, ["two"])} == {"apart"}


def test_deleted_vectors_are_gone_and_unknown_ids_passed_over(filled: VectorStore) -> None:
    filled.delete(["same", "unknown"])
    filled.delete([])
    assert filled.ids() == {"half", "apart", "opposite"}
    assert [hit.id for hit in filled.nearest(QUESTION, 10, None)] == ["half", "apart", "opposite"]


def test_vectors_are_there_when_the_folder_is_opened_again(tmp_path: Path) -> None:
    first = VectorStore(tmp_path / "vectors")
    first.upsert(IDS, SOURCES, VECTORS)
    first.close()
    second = VectorStore(tmp_path / "vectors")
    assert second.ids() == set(IDS)
    assert rounded(second.nearest(QUESTION, 1, None)) == [("same", 1.0)]
    second.close()


@pytest.mark.slow
def test_more_vectors_than_the_client_takes_at_once_go_in_and_out(vectors: VectorStore) -> None:
    count = 6000  # the client's own limit is 5,461
    names = [f"v{number}" for number in range(count)]
    matrix = np.ones((count, 2), dtype=np.float32)
    vectors.upsert(names, ["one"] * count, matrix)
    assert vectors.ids() == set(names)
    vectors.delete(names[1:])
    assert vectors.ids() == {"v0"}
