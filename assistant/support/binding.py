"""Which year, country or company a figure of a sentence belongs to.

"A made 5 in 2023 and B 7 in 2024": the marks of one kind stand before their figures or after
them, and the sentence as a whole shows which.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Something named at `text[start:end]`."""

    start: int
    end: int
    value: str


def bind(figures: Sequence[tuple[int, int]], marks: Sequence[Place]) -> list[frozenset[str]]:
    """Return for each figure, given by its span, the values of the marks that belong to it.

    All of them where there is only one value, or one figure; none where there are no marks.
    """
    distinct = frozenset(mark.value for mark in marks)
    if len(distinct) <= 1 or not figures:
        return [distinct] * len(figures)
    before, after = _neighbours(figures, marks)
    if len(figures) == 1:
        return [distinct]
    follows = _marks_follow(figures, before, after)
    bound: list[frozenset[str]] = []
    for at in range(len(figures)):
        # Marks stand on one side; a figure without one belongs to what the last one belonged to.
        group = after[at] if follows else before[at]
        if not group and not bound:
            group = before[at] or after[at]
        if group:
            bound.append(frozenset(mark.value for mark in group))
        else:
            bound.append(bound[-1] if bound else distinct)
    return bound


def _neighbours(
    figures: Sequence[tuple[int, int]], marks: Sequence[Place]
) -> tuple[list[list[Place]], list[list[Place]]]:
    """Return the marks between each figure and the one before it, and the one after it."""
    starts = [start for start, _ in figures]
    before: list[list[Place]] = []
    after: list[list[Place]] = []
    for at, (start, _) in enumerate(figures):
        low = starts[at - 1] if at else -1
        high = starts[at + 1] if at + 1 < len(starts) else 1 << 30
        before.append([mark for mark in marks if low < mark.start < start])
        after.append([mark for mark in marks if start < mark.start < high])
    return before, after


def _marks_follow(
    figures: Sequence[tuple[int, int]], before: list[list[Place]], after: list[list[Place]]
) -> bool:
    count_before, count_after = sum(map(bool, before)), sum(map(bool, after))
    if count_before != count_after:
        return count_after > count_before
    gap_before = sum(
        figure[0] - group[-1].end for figure, group in zip(figures, before, strict=True) if group
    )
    gap_after = sum(
        group[0].start - figure[1] for figure, group in zip(figures, after, strict=True) if group
    )
    return gap_after < gap_before
