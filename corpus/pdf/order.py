"""The reading order of a page's lines: a page set in columns is read column by column.

A gutter is a strip that the lines of a stretch of the page leave free, with running text on both
of its sides; the gaps of a table are none, since its cells are short.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import mean

from corpus.pdf.lines import Line, Word

_LEAST_LINES = 4  # on each side of a gutter
_GUTTER = 0.9  # least width, in glyph sizes
_GAP = 1.5  # in glyph sizes: wider than justified text leaves between words
_LEAST_WORDS = 4.0  # a line on each side, on average


def reading_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines in the order in which they are read, cut at the gutters between columns."""
    if len(lines) < _LEAST_LINES:
        return list(lines)
    best, best_x = _best_cut(lines)
    if not best:
        return list(lines)
    ordered: list[Line] = []
    position = 0
    for start, end in best:
        ordered += lines[position:start]
        sides = [_side(line, best_x) for line in lines[start:end]]
        ordered += reading_order([one for one, _ in sides if one])
        ordered += reading_order([other for _, other in sides if other])
        position = end
    return [*ordered, *lines[position:]]


def _best_cut(lines: Sequence[Line]) -> tuple[list[tuple[int, int]], float]:
    """Return the stretches of lines that are set in columns, and the gutter that cuts most."""
    left = min(line[0].x0 for line in lines)
    right = max(line[-1].x1 for line in lines)
    gaps = {
        round((a.x1 + b.x0) / 2 / 3) * 3.0
        for line in lines
        for a, b in pairwise(line)
        if b.x0 - a.x1 >= _GUTTER * max(a.size, b.size)
    }
    edges = {round((line[0].x0 - 5) / 3) * 3.0 for line in lines}
    margin = 0.2 * (right - left)
    best: list[tuple[int, int]] = []
    best_x = 0.0
    for x in sorted(x for x in gaps | edges if left + margin < x < right - margin):
        zones = _zones(lines, x)
        if _covered(zones) > _covered(best):
            best, best_x = zones, x
    return best, best_x


def _covered(zones: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in zones)


def _side(line: Line, x: float) -> tuple[Line, Line]:
    return (
        tuple(word for word in line if word.x1 <= x),
        tuple(word for word in line if word.x1 > x),
    )


def _crosses(line: Line, x: float) -> bool:
    """Tell whether a line runs over x without leaving a gutter there."""
    before: Word | None = None
    for word in line:
        if word.x0 < x < word.x1:
            return True
        if before and before.x1 <= x <= word.x0:
            return word.x0 - before.x1 < _GUTTER * max(before.size, word.size)
        before = word
    return False


def _zones(lines: Sequence[Line], x: float) -> list[tuple[int, int]]:
    """Return the stretches of lines that are set in two columns with a gutter at x."""
    zones: list[tuple[int, int]] = []
    start = 0
    for position in range(len(lines) + 1):
        if position < len(lines) and not _crosses(lines[position], x):
            continue
        if _is_two_columns(lines[start:position], x):
            zones.append((start, position))
        start = position + 1
    return zones


def _is_two_columns(lines: Sequence[Line], x: float) -> bool:
    sides = [_side(line, x) for line in lines]
    return all(_is_running_text([side[n] for side in sides if side[n]]) for n in (0, 1))


def _is_running_text(lines: Sequence[Line]) -> bool:
    """Tell whether lines are prose, in one column or, if they are wide enough, in several."""
    if len(lines) < _LEAST_LINES:
        return False
    words = mean(len(line) for line in lines)
    text = "".join(word.text for line in lines for word in line)
    letters = sum(sign.isalpha() for sign in text)
    if words < _LEAST_WORDS or letters <= 0.6 * len(text):
        return False
    gaps = sum(any(b.x0 - a.x1 > _GAP * a.size for a, b in pairwise(line)) for line in lines)
    if gaps > 0.5 * len(lines) and words >= 2 * _LEAST_WORDS:
        return _covered(_best_cut(lines)[0]) >= 0.7 * len(lines)
    if gaps > 0.2 * len(lines):
        return False
    width = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
    full = sum(line[-1].x1 - line[0].x0 >= 0.6 * width for line in lines)
    starts = [round(line[0].x0) for line in lines]
    common = max(starts.count(start) for start in set(starts))
    return full >= 0.55 * len(lines) and common >= 0.4 * len(lines)
