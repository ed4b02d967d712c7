"""Texts that are read at once."""

import numpy as np
import pytest

from index.matching.batches import Batch, batches, filled_length, on_all_cores, token_inputs


@pytest.mark.parametrize(
    ("lengths", "found"),
    [
        ([], []),
        ([3, 400, 5], [Batch((0, 2), (16,)), Batch((1,), (400,))]),
        ([200] * 5, [Batch((0, 1), (208,)), Batch((2, 3), (208,)), Batch((4,), (208,))]),
        ([600, 600], [Batch((0,), (608,)), Batch((1,), (608,))]),
        ([0, 16, 17], [Batch((0, 1), (16,)), Batch((2,), (32,))]),
    ],
)
def test_texts_go_together_by_their_length(lengths: list[int], found: list[Batch]) -> None:
    assert batches(lengths) == found


def test_pairs_go_together_by_both_lengths() -> None:
    found = batches([3, 30, 5, 9], [40, 40, 48, 600])
    assert found == [Batch((0, 2), (16, 48)), Batch((1,), (32, 48)), Batch((3,), (16, 608))]


def test_a_text_is_filled_up_by_its_own_length() -> None:
    assert [filled_length(length) for length in (0, 1, 16, 17, 254)] == [16, 16, 16, 32, 256]


def test_what_is_filled_up_is_not_shown() -> None:
    given = token_inputs(4, ids=[(7, 9), (5, 6, 7, 8)], kinds=[(1, 2), (3, 3, 3, 3)])
    assert given["ids"].tolist() == [[7, 9, 0, 0], [5, 6, 7, 8]]
    assert given["kinds"].tolist() == [[1, 2, 0, 0], [3, 3, 3, 3]]
    assert given["shown"].tolist() == [[1, 1, 0, 0], [1, 1, 1, 1]]
    assert given["shown"].dtype == np.float32


def test_what_is_done_side_by_side_comes_in_its_order() -> None:
    assert on_all_cores(lambda number: number * number, range(50)) == [n * n for n in range(50)]
