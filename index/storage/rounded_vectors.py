"""Vectors rounded to 8 bits, each with a bound of what that leaves out.

A quarter of the bytes tells which vectors may be among the nearest; these alone are compared as
they are (scalar quantization with exact reranking). As the bound holds of every vector, none is
missed.
Products of whole numbers are the same on every processor.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST = 127  # of a number of 8 bits
_TAIL = 8  # bytes behind the numbers of a vector: its step and its bound, of four bytes each
_SLACK = 1e-5  # by which sums of four bytes may be off


def rounded_size(dimension: int) -> int:
    """Return how many bytes a vector takes."""
    return dimension + _TAIL


def round_vectors(rows: "NDArray[np.float32]") -> "NDArray[np.int8]":
    """Return vectors, one in a row, as bytes: their rounded numbers, step and bound."""
    import numpy as np

    steps = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-30) / np.float32(_MOST)
    rounded = np.rint(rows / steps).astype(np.int8)
    errors = np.linalg.norm(rows - rounded * steps, axis=1, keepdims=True)
    tails = np.concatenate((steps, errors), axis=1, dtype=np.float32)
    return np.concatenate((rounded, tails.view(np.int8)), axis=1)


class RoundedVectors:
    """Vectors as `round_vectors` gives them, in memory or in a mapped file; never changes."""

    def __init__(self, rows: "NDArray[np.int8]") -> None:
        import numpy as np

        self._numbers = rows[:, : rows.shape[1] - _TAIL]
        tails = np.ascontiguousarray(rows[:, rows.shape[1] - _TAIL :]).view(np.float32)
        self._steps, self._errors = tails[:, 0].copy(), tails[:, 1].copy()

    def bounds(
        self, vector: "NDArray[np.float32]", slices: Sequence[tuple[int, int]]
    ) -> "tuple[NDArray[np.float32], NDArray[np.float32]]":
        """Return between which cosines those of the rows of slices with a unit vector lie."""
        import numpy as np
        from simsimd import cdist

        asked = round_vectors(vector[None])
        step, error = asked[0, -_TAIL:].view(np.float32)
        asked = asked[:, :-_TAIL]
        told = [np.empty(0, np.float32)]
        for start, stop in slices:
            products = np.asarray(cdist(asked, self._numbers[start:stop], "dot"))[0]
            told.append(products.astype(np.float32) * (self._steps[start:stop] * step))
        cosines = np.concatenate(told)
        errors = np.concatenate(
            [np.empty(0, np.float32), *(self._errors[start:stop] for start, stop in slices)]
        )
        errors = errors + (error * (1 + errors) + _SLACK)
        return cosines - errors, cosines + errors
