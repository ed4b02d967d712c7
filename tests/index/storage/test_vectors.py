"""Real Chroma, in a folder, on a server and on two: exact cosines, batches, filters."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from chroma_servers import ChromaServer, chroma_servers, home_on
from fakes import HashingEmbedder
from numpy.typing import NDArray

from index.storage.vector_matrix import VectorHit
from index.storage.vector_places import VectorPlace
from index.storage.vectors import VectorStore, place_of

ROOT_HALF = 2**-0.5
VECTORS = np.array([[1, 0, 0], [ROOT_HALF, ROOT_HALF, 0], [0, 0, 1], [-1, 0, 0]], dtype=np.float32)
IDS = ["same", "half", "apart", "opposite"]
SOURCES = ["one", "one", "two", "two"]
QUESTION: NDArray[np.float32] = VECTORS[0]


WAYS = [0, *(pytest.param(count, marks=pytest.mark.slow) for count in (1, 2))]  # servers


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[ChromaServer]]:
    with chroma_servers(tmp_path_factory.mktemp("servers"), 2) as started:
        yield started


@pytest.fixture(params=WAYS, ids=["folder", "server", "two servers"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> VectorPlace:
    if not request.param:
        return VectorPlace(tmp_path)
    started = request.getfixturevalue("servers")[: request.param]
    return VectorPlace(tmp_path, home_on(*started))


@pytest.fixture
def vectors(place: VectorPlace) -> Iterator[VectorStore]:
    opened = place.open("1")
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
    filled.upsert(["opposite"], ["two"], VECTORS[:1])
    assert filled.ids() == set(IDS)
    assert filled.similarities(QUESTION, ["opposite"]) == pytest.approx({"opposite": 1.0})
    assert [hit.id for hit in filled.nearest(QUESTION, 1, ["two"])] == ["opposite"]


def test_deleted_vectors_are_gone_and_unknown_ids_passed_over(filled: VectorStore) -> None:
    filled.delete(["same", "unknown"])
    filled.delete([])
    assert filled.ids() == {"half", "apart", "opposite"}
    assert [hit.id for hit in filled.nearest(QUESTION, 10, None)] == ["half", "apart", "opposite"]


def test_vectors_are_there_when_they_are_opened_again(place: VectorPlace) -> None:
    first = place.open("1")
    first.upsert(IDS, SOURCES, VECTORS)
    first.close()
    second = place.open("1")
    assert second.ids() == set(IDS)
    assert rounded(second.nearest(QUESTION, 1, None)) == [("same", 1.0)]
    second.close()


def test_vectors_of_other_numbers_are_cleared(place: VectorPlace) -> None:
    for number in ("1", "2", "10"):
        opened = place.open(number)
        opened.upsert([number], ["one"], VECTORS[:1])
        opened.close()
    place.clear("2")
    held = {}
    for number in ("1", "2", "10"):
        opened = place.open(number)
        held[number] = opened.ids()
        opened.close()
    assert held == {"1": set(), "2": {"2"}, "10": set()}


@pytest.mark.slow
def test_more_vectors_than_the_client_takes_at_once_go_in_and_out(vectors: VectorStore) -> None:
    count = 6000  # the client's own limit is 5,461
    names = [f"v{number}" for number in range(count)]
    matrix = np.ones((count, 2), dtype=np.float32)
    vectors.upsert(names, ["one"] * count, matrix)
    assert vectors.ids() == set(names)
    vectors.delete(names[1:])
    assert vectors.ids() == {"v0"}


def test_sources_are_divided_over_places_and_one_more_takes_its_share_alone() -> None:
    sources = [f"source{number}" for number in range(3000)]
    two = {source: place_of(source, ["a", "b"]) for source in sources}
    three = {source: place_of(source, ["c", "b", "a"]) for source in sources}
    assert all(two[source] == three[source] or three[source] == "c" for source in sources)
    counts = Counter(three.values())
    assert sorted(counts) == ["a", "b", "c"]
    assert all(900 < count < 1100 for count in counts.values())


@pytest.mark.slow
def test_each_source_lies_on_one_server_and_all_are_asked(
    servers: list[ChromaServer], tmp_path: Path
) -> None:
    both = home_on(*servers)
    names = [f"v{number}" for number in range(40)]
    opened = VectorPlace(tmp_path, both).open("1")
    chance = np.random.default_rng(2).normal(size=(40, 8)).astype(np.float32)
    rows = chance / np.linalg.norm(chance, axis=1, keepdims=True)
    opened.upsert(names, [f"source{number // 2}" for number in range(40)], rows)
    nearest = [hit.id for hit in opened.nearest(rows[0], 10, None)]
    opened.close()
    assert nearest == [names[place] for place in np.argsort(-(rows @ rows[0]))[:10]]
    alone = [VectorPlace(tmp_path, home_on(server, name=both.name)).open("1") for server in servers]
    first, second = (one.ids() for one in alone)
    assert first
    assert second
    assert not first & second
    assert first | second == set(names)
    for one in alone:
        one.close()
