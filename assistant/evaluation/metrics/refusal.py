"""Whether confidence tells questions that the sources can answer from those they cannot, and
whether it says how often answers are right.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The answers whose confidence lies above `low`, up to and with `high`; the first has 0 too.

    `confidence` is their mean confidence, `right` the share of them that is right.
    """

    low: float
    high: float
    count: int
    confidence: float
    right: float


def auroc(answerable: Sequence[bool], confidence: Sequence[float]) -> float | None:
    """Return the area under the ROC curve of answering by confidence; None without both kinds.

    It is the probability that an answerable question has the higher confidence of a random pair,
    ties counting half: Mann and Whitney's U over the number of pairs (Hanley & McNeil 1982).
    """
    yes = sum(map(bool, answerable))
    no = len(answerable) - yes
    if not yes or not no:
        return None
    _, places, counts = np.unique(confidence, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]  # ties have the mean of their ranks
    return float(
        (ranks[np.asarray(answerable, dtype=bool)].sum() - yes * (yes + 1) / 2) / (yes * no)
    )


def calibration(
    confidence: Sequence[float], right: Sequence[bool | float], bins: int = 10
) -> tuple[CalibrationBin, ...]:
    """Return the reliability diagram: `bins` bins of equal width over 0 to 1, empty ones left out.

    `right` is how right each answer is, 0 to 1. Raises ValueError for a confidence outside 0 to 1.
    """
    edges = [number / bins for number in range(bins + 1)]
    members: list[list[tuple[float, float]]] = [[] for _ in range(bins)]
    for sure, truth in zip(confidence, right, strict=True):
        if not 0 <= sure <= 1:
            raise ValueError(f"a confidence of {sure} cannot be binned: it must lie in 0 to 1")
        members[bisect_left(edges, sure, 1, bins) - 1].append((sure, float(truth)))
    return tuple(
        CalibrationBin(
            low,
            high,
            len(inside),
            sum(sure for sure, _ in inside) / len(inside),
            sum(truth for _, truth in inside) / len(inside),
        )
        for low, high, inside in zip(edges, edges[1:], members, strict=False)
        if inside
    )


def expected_calibration_error(bins: Sequence[CalibrationBin]) -> float | None:
    """Return the mean distance of confidence from the share right, by count; None without bins.

    Naeini, Cooper & Hauskrecht 2015; Guo, Pleiss, Sun & Weinberger 2017.
    """
    if not bins:
        return None
    distances = (each.count * abs(each.right - each.confidence) for each in bins)
    return sum(distances) / sum(each.count for each in bins)
