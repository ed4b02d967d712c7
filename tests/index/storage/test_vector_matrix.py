"""All vectors compared: exact cosines of chosen passages, in a file that follows the store."""

from pathlib import Path

import numpy as np
import pytest

from index.storage.vector_matrix import (
    VectorMatrix,
    compact_matrix,
    extend_matrix,
    matrix_lock,
    open_matrix,
)

ROOT_HALF = 2**-0.5
VECTORS = np.array([[1, 0], [ROOT_HALF, ROOT_HALF], [0, 1], [-1, 0]], dtype=np.float32)
NUMBERS = [3, 4, 7, 8]  # 5 and 6 are gone
MATRIX = VectorMatrix(np.array(NUMBERS), VECTORS)
EMPTY = VectorMatrix(np.empty(0, np.int64), np.empty((0, 0), np.float32))
ALL = (range(3, 5), range(7, 9))


def near(matrix: VectorMatrix, limit: int, *passages: range) -> dict[int, float]:
    """Return the cosines of the nearest by their numbers, nearest first."""
    numbers, cosines = matrix.nearest(VECTORS[0], limit, passages)
    found = dict(zip(numbers.tolist(), cosines.tolist(), strict=True))
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def test_cosines_are_exact() -> None:
    found = near(MATRIX, 10, *ALL)
    assert list(found) == NUMBERS
    assert list(found.values()) == pytest.approx([1, ROOT_HALF, 0, -1])


@pytest.mark.parametrize("limit", range(1, 6))
def test_limit_leaves_the_nearest(limit: int) -> None:
    assert list(near(MATRIX, limit, *ALL)) == NUMBERS[:limit]


def test_all_that_are_as_near_as_the_last_are_given() -> None:
    same = VectorMatrix(np.array([1, 2, 3]), np.stack([VECTORS[0]] * 3))
    assert sorted(near(same, 2, range(1, 4))) == [1, 2, 3]


@pytest.mark.parametrize(
    ("passages", "found"),
    [
        ([range(7, 9)], [7, 8]),
        ([range(7, 9), range(3, 5)], [3, 4, 7, 8]),
        ([range(8, 9), range(3, 4)], [3, 8]),
        ([range(4, 8)], [4, 7]),
        ([range(5, 7)], []),
        ([], []),
    ],
)
def test_hits_come_from_the_named_passages(passages: list[range], found: list[int]) -> None:
    assert sorted(near(MATRIX, 10, *passages)) == found


@pytest.mark.parametrize("limit", [1, 7, 500])
@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_slices_of_many_give_what_comparing_each_gives(limit: int, share: float) -> None:
    chance = np.random.default_rng(0)
    rows = chance.normal(size=(1000, 8)).astype(np.float32)
    numbers = np.arange(0, 2000, 2)
    sources = [range(first, first + 20) for first in range(0, 2000, 20)]
    chosen = [one for one in sources if chance.random() < share] or sources[:1]
    admitted = {number for one in chosen for number in one}
    cosines = {n: float(c) for n, c in zip(numbers, rows @ rows[0], strict=True) if n in admitted}
    expected = sorted(cosines, key=lambda n: -cosines[n])[:limit]
    found, _ = VectorMatrix(numbers, rows).nearest(rows[0], limit, chosen[::-1])
    assert set(found.tolist()) == set(expected)


def test_similarities_are_given_for_vectors_that_are_here() -> None:
    found = MATRIX.similarities(VECTORS[0], [4, 5, 3, 99])
    assert found == pytest.approx({4: ROOT_HALF, 3: 1.0})
    assert MATRIX.similarities(VECTORS[0], []) == {}
    assert EMPTY.similarities(VECTORS[0], [3]) == {}
    assert near(EMPTY, 3, range(9)) == {}


def test_passages_without_a_vector_are_told() -> None:
    assert MATRIX.lacking(ALL) == []
    assert MATRIX.lacking([range(7, 11), range(3, 6)]) == [5, 9, 10]
    assert EMPTY.lacking([range(2)]) == [0, 1]


def test_file_grows_by_later_passages_and_who_has_it_open_keeps_what_he_has(tmp_path: Path) -> None:
    assert len(open_matrix(tmp_path).numbers) == 0
    extend_matrix(tmp_path, NUMBERS[1::-1], VECTORS[1::-1])
    first = open_matrix(tmp_path)
    extend_matrix(tmp_path, NUMBERS[2:], VECTORS[2:])
    assert first.numbers.tolist() == NUMBERS[:2]
    assert near(first, 10, *ALL) == near(VectorMatrix(np.array(NUMBERS[:2]), VECTORS[:2]), 10, *ALL)
    assert near(open_matrix(tmp_path), 10, *ALL) == near(MATRIX, 10, *ALL)


def test_vectors_that_were_lost_and_come_later_are_put_in_their_place(tmp_path: Path) -> None:
    extend_matrix(tmp_path, [3, 8], VECTORS[[0, 3]])
    before = open_matrix(tmp_path)
    extend_matrix(tmp_path, [7, 4], VECTORS[[2, 1]])
    assert open_matrix(tmp_path).numbers.tolist() == NUMBERS
    assert near(open_matrix(tmp_path), 10, *ALL) == near(MATRIX, 10, *ALL)
    assert list(near(before, 10, *ALL)) == [3, 8]


def test_what_a_kill_has_half_written_is_not_read_and_written_over(tmp_path: Path) -> None:
    extend_matrix(tmp_path, NUMBERS[:2], VECTORS[:2])
    (vectors,) = tmp_path.glob("compared-*.f32")
    with vectors.open("ab") as stream:
        stream.write(b"half a row")
    with (tmp_path / "compared.rows").open("ab") as stream:
        stream.write(b"half")
    assert open_matrix(tmp_path).numbers.tolist() == NUMBERS[:2]
    extend_matrix(tmp_path, NUMBERS[2:], VECTORS[2:])
    assert near(open_matrix(tmp_path), 10, *ALL) == near(MATRIX, 10, *ALL)


def test_compacting_leaves_what_is_named_and_takes_the_room_back(tmp_path: Path) -> None:
    extend_matrix(tmp_path, NUMBERS, VECTORS)
    before = open_matrix(tmp_path)
    compact_matrix(tmp_path, [range(7, 9), range(3, 4)])
    held = open_matrix(tmp_path)
    assert held.numbers.tolist() == [3, 7, 8]
    assert list(near(held, 10, *ALL)) == [3, 7, 8]
    (vectors,) = tmp_path.glob("compared-*.f32")
    assert vectors.stat().st_size == 3 * 2 * 4
    assert near(before, 10, *ALL) == near(MATRIX, 10, *ALL)  # as long as somebody has it open


def test_lock_of_a_folder_is_taken_again_by_who_holds_it(tmp_path: Path) -> None:
    with matrix_lock(tmp_path), matrix_lock(tmp_path):
        assert matrix_lock(tmp_path).is_locked
