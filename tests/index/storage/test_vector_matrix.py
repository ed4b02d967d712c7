"""All vectors compared: exact cosines, ties in order of id, and following what is stored."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index.storage.vector_matrix import VectorHit, VectorMatrix

ROOT_HALF = 2**-0.5
VECTORS = np.array([[1, 0], [ROOT_HALF, ROOT_HALF], [0, 1], [-1, 0]], dtype=np.float32)
IDS = ["a", "b", "c", "d"]
SOURCES = ["one", "one", "two", "two"]
MATRIX = VectorMatrix(IDS, SOURCES, list(VECTORS))
EMPTY = VectorMatrix((), (), ())


def ids(hits: tuple[VectorHit, ...]) -> list[str]:
    return [hit.id for hit in hits]


def test_hits_are_ordered_by_their_exact_cosine() -> None:
    hits = MATRIX.nearest(VECTORS[0], 10, {"one", "two"})
    assert ids(hits) == IDS
    assert [hit.similarity for hit in hits] == pytest.approx([1, ROOT_HALF, 0, -1])


@pytest.mark.parametrize("limit", range(1, 6))
def test_limit_cuts_the_same_order(limit: int) -> None:
    assert ids(MATRIX.nearest(VECTORS[0], limit, {"one", "two"})) == IDS[:limit]


@pytest.mark.parametrize(
    ("sources", "found"),
    [(["two"], ["c", "d"]), (["one", "other"], ["a", "b"]), (["other"], []), ([], [])],
)
def test_hits_come_from_the_named_sources(sources: list[str], found: list[str]) -> None:
    assert ids(MATRIX.nearest(VECTORS[0], 10, sources)) == found


def test_hits_as_near_as_one_another_come_in_order_of_id() -> None:
    same = VectorMatrix(["v1", "v2", "v3"], ["one"] * 3, [VECTORS[0]] * 3)
    assert ids(same.nearest(VECTORS[0], 2, ["one"])) == ["v1", "v2"]


def test_similarities_are_given_for_vectors_that_are_here() -> None:
    found = MATRIX.similarities(VECTORS[0], ["b", "unknown", "a"])
    assert found == pytest.approx({"b": ROOT_HALF, "a": 1.0})
    assert EMPTY.similarities(VECTORS[0], ["a"]) == {}
    assert EMPTY.nearest(VECTORS[0], 3, ["one"]) == ()


def test_only_new_vectors_are_fetched_and_those_that_are_gone_left_out() -> None:
    asked: list[str] = []

    def fetch(wanted: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        asked.extend(wanted)
        return {"aa": VECTORS[0]}  # "lost" is not stored yet

    known = {"b": "one", "d": "two", "aa": "three", "lost": "one"}
    following = MATRIX.following(known, fetch)
    assert sorted(asked) == ["aa", "lost"]
    assert ids(following.nearest(VECTORS[0], 10, known.values())) == ["aa", "b", "d"]
    assert ids(following.nearest(VECTORS[0], 10, ["three"])) == ["aa"]
    assert ids(MATRIX.nearest(VECTORS[0], 10, SOURCES)) == IDS  # which is what it was
