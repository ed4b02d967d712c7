"""Vectors rounded to 8 bits: their cosines lie within the bounds that are told."""

import numpy as np
import pytest
from numpy.typing import NDArray

from index.storage.rounded_vectors import RoundedVectors, round_vectors, rounded_size

COUNT, LENGTH = 500, 384


def unit_vectors(seed: int, count: int, length: int = LENGTH) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((count, length))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def check_bounds(rows: NDArray[np.float32], asked: NDArray[np.float32]) -> float:
    """Check that the cosines lie within their bounds, and return how far these lie apart."""
    held = RoundedVectors(round_vectors(rows))
    for one in asked:
        least, most = held.bounds(one, [(0, len(rows))])
        exact = rows.astype(np.float64) @ one.astype(np.float64)
        assert (least <= exact).all()
        assert (exact <= most).all()
    return float((most - least).max())


def test_cosines_lie_within_near_bounds() -> None:
    assert check_bounds(unit_vectors(1, COUNT), unit_vectors(2, 20)) < 0.06


def test_bounds_hold_where_one_number_is_far_above_the_others() -> None:
    rows = unit_vectors(3, COUNT)
    rows[:, 0] = 30
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    check_bounds(rows, np.concatenate([rows[:5], unit_vectors(4, 5)]))
    check_bounds(np.eye(8, dtype=np.float32), np.eye(8, dtype=np.float32))


def test_slices_are_told_one_after_the_other() -> None:
    rows = unit_vectors(5, COUNT)
    held = RoundedVectors(round_vectors(rows))
    every = held.bounds(rows[7], [(0, COUNT)])
    parts = held.bounds(rows[7], [(3, 9), (100, 420)])
    for whole, some in zip(every, parts, strict=True):
        assert (np.concatenate((whole[3:9], whole[100:420])) == some).all()
    assert [len(one) for one in held.bounds(rows[7], [])] == [0, 0]


def test_vector_without_a_length_is_rounded_to_nothing() -> None:
    least, most = RoundedVectors(round_vectors(np.zeros((1, 4), np.float32))).bounds(
        np.array([1, 0, 0, 0], np.float32), [(0, 1)]
    )
    assert least[0] == pytest.approx(0, abs=0.01)
    assert most[0] == pytest.approx(0, abs=0.01)


def test_size_is_that_of_a_row() -> None:
    assert round_vectors(unit_vectors(6, 2)).shape == (2, rounded_size(LENGTH))
