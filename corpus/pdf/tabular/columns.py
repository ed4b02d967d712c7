"""The columns of a table: where its values stand, and which words above them are whose head."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.pdf.tabular.segments import Segment

_SKIPPED = 1.0  # cost of a column left without a head, in glyph sizes
_NOT_OVER = 0.3  # cost of each column that a spanning head does not stand over
_STRAY = 6.0  # cost of a head that is given no column
_CENTRED = 1.5  # a spanning head stands so near to the middle of its columns, in glyph sizes
_FLUSH = 0.2  # the edge of a spanning head stands so near to that of its columns
_FAR = 2.5  # a head further from its columns than this, in glyph sizes, is not theirs


@dataclass(frozen=True, slots=True)
class Column:
    """From where to where, in points, the values of a column stand."""

    x0: float
    x1: float

    @property
    def centre(self) -> float:
        """The middle of it."""
        return (self.x0 + self.x1) / 2


def find_columns(rows: Sequence[Sequence[Segment]], size: float) -> tuple[Column, ...]:
    """Return the columns of a table, given the values of each of its rows."""
    most = _value_count(rows)
    rows = [row for row in rows if len(row) <= most]
    values = sorted((seg for row in rows for seg in row), key=lambda seg: seg.figure_x0)
    columns: list[list[float]] = []
    for seg in values:
        if columns and seg.figure_x0 < columns[-1][1] - 0.1 * size:
            columns[-1][1] = max(columns[-1][1], seg.x1)
        else:
            columns.append([seg.figure_x0, seg.x1])
    if len(columns) < most:
        fullest = [row for row in rows if len(row) == most]
        columns = [
            [min(row[n].figure_x0 for row in fullest), max(row[n].x1 for row in fullest)]
            for n in range(most)
        ]
        for one, other in pairwise(columns):
            if one[1] > other[0]:
                one[1] = other[0] = (one[1] + other[0]) / 2
    found = [Column(*column) for column in columns]
    return tuple(_join_split_columns(found, rows, most, size))


def _value_count(rows: Sequence[Sequence[Segment]]) -> int:
    """Return how many values the fullest rows have, a stray sign in one row of many aside."""
    counts = Counter(len(row) for row in rows)
    most = max(counts, default=0)
    usual = counts.most_common(1)[0][0] if counts else 0
    stray = counts[most] == 1 and counts[usual] >= 8
    return usual if stray else most


def _join_split_columns(
    columns: list[Column], rows: Sequence[Sequence[Segment]], most: int, size: float
) -> list[Column]:
    """Join neighbours that are never both filled, while there are more columns than values."""
    position = 0
    while len(columns) > most and position + 1 < len(columns):
        one, other = columns[position], columns[position + 1]
        both = any(
            any(column_of(seg, columns) == position for seg in row)
            and any(column_of(seg, columns) == position + 1 for seg in row)
            for row in rows
        )
        if both or other.x0 - one.x1 > 2 * size:
            position += 1
        else:
            columns[position : position + 2] = [Column(one.x0, other.x1)]
    return columns


def whole_cells(rows: Sequence[Sequence[Segment]], columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns with the currency signs that stand before their figures."""
    starts = [column.x0 for column in columns]
    for row in rows:
        for seg in row:
            number = column_of(seg, columns)
            starts[number] = min(starts[number], seg.x0)
    return tuple(Column(x0, column.x1) for x0, column in zip(starts, columns, strict=True))


def column_of(seg: Segment, columns: Sequence[Column]) -> int:
    """Return the number, from 0, of the column that a value stands in or nearest to."""

    def away(column: Column) -> tuple[float, float]:
        overlap = min(seg.x1, column.x1) - max(seg.figure_x0, column.x0)
        return -max(overlap, 0.0), max(column.x0 - seg.x1, seg.figure_x0 - column.x1)

    return min(range(len(columns)), key=lambda n: away(columns[n]))


@dataclass(slots=True)
class _Place:
    """Where a column may be said to stand: its figures, its cells whole, the heads over it."""

    figures: Column
    cells: Column
    heads: Column | None = None
    stack: list[Segment] = field(default_factory=list)

    def extents(self) -> tuple[Column, ...]:
        """Return the stretches it may be measured by."""
        return tuple(extent for extent in (self.figures, self.cells, self.heads) if extent)

    def covers(self, head: Segment) -> bool:
        """Tell whether a head stands over it, at least in part."""
        stretches = (self.figures, self.heads) if self.heads else (self.figures,)
        return any(min(head.x1, s.x1) > max(head.x0, s.x0) for s in stretches)


def stack_heads(
    lines: Sequence[Sequence[Segment]],
    columns: Sequence[Column],
    cells: Sequence[Column],
    size: float,
) -> tuple[tuple[Segment, ...], ...]:
    """Return the heads over each column from top to bottom, given the head lines likewise.

    `columns` are the stretches of the figures, `cells` those with currency signs. From the bottom
    up, a head over one column that follows closely on the head below it is a further line of it;
    others may span several columns and are assigned by place.
    """
    places = [_Place(one, other) for one, other in zip(columns, cells, strict=True)]
    for line in reversed(lines):
        open_heads = []
        taken: list[_Place] = []  # the columns that have a head of this line
        for head in line:
            over = [place for place in places if place.covers(head)]
            if len(over) == 1 and _continues(head, over[0]):
                below = over[0].stack[0]
                mine = [place for place in places if place.stack and place.stack[0] is below]
                taken += mine
                for place in mine:
                    _stack(place, head, widen=len(mine) == 1)
            else:
                open_heads.append(head)
        for place, chosen in zip(places, _assign(open_heads, places, taken, size), strict=True):
            if chosen is not None:
                place.stack.insert(0, chosen)
        for head in open_heads:
            mine = [place for place in places if place.stack[:1] == [head]]
            if len(mine) == 1:
                mine[0].stack.pop(0)
                _stack(mine[0], head, widen=True)
    return tuple(tuple(place.stack) for place in places)


def _continues(head: Segment, place: _Place) -> bool:
    if not place.stack:
        return False
    below = place.stack[0]
    near = min(abs(head.centre - below.centre), abs(head.x0 - below.x0), abs(head.x1 - below.x1))
    size = max(head.size, 0.1)
    return head.y - below.y <= 1.45 * size and near <= 0.8 * size


def _stack(place: _Place, head: Segment, *, widen: bool) -> None:
    place.stack.insert(0, head)
    if not widen:
        return
    own = place.heads or Column(head.x0, head.x1)
    place.heads = Column(min(own.x0, head.x0), max(own.x1, head.x1))


def _assign(
    heads: Sequence[Segment], columns: Sequence[_Place], taken: Sequence[_Place], size: float
) -> list[Segment | None]:
    """Return for each column the head that stands over it, or None; `taken` ones have theirs.

    A head may stand over a run of neighbouring columns, whose middle it shares. The cheapest
    assignment in order is found by dynamic programming.
    """
    size = max(size, 0.1)
    if len(heads) == len(columns) and all(
        columns[n].covers(head) or not any(column.covers(head) for column in columns)
        for n, head in enumerate(heads)
    ):
        return list(heads)
    best: list[list[tuple[float, list[Segment | None]]]] = [
        [(float("inf"), []) for _ in range(len(columns) + 1)] for _ in range(len(heads) + 1)
    ]
    best[0][0] = (0.0, [])
    for i in range(len(heads) + 1):
        for j in range(len(columns) + 1):
            cost, chosen = best[i][j]
            if cost == float("inf"):
                continue
            if j < len(columns) and columns[j] in taken:
                _improve(best, i, j + 1, cost, [*chosen, None])
            elif j < len(columns):
                covered = any(columns[j].covers(head) for head in heads)
                _improve(best, i, j + 1, cost + (4 if covered else 1) * _SKIPPED, [*chosen, None])
            if i < len(heads):
                _improve(best, i + 1, j, cost + _STRAY, chosen)
                for k in range(j + 1, len(columns) + 1):
                    if columns[k - 1] in taken:
                        break
                    run = _run_cost(heads[i], columns[j:k], size)
                    if run is None and k == j + 1 and _in_territory(heads[i], columns, j):
                        run = 1.5
                    if run is not None:
                        _improve(best, i + 1, k, cost + run, [*chosen, *[heads[i]] * (k - j)])
    return best[len(heads)][len(columns)][1] or [None] * len(columns)


def _improve(
    best: list[list[tuple[float, list[Segment | None]]]],
    i: int,
    j: int,
    cost: float,
    chosen: list[Segment | None],
) -> None:
    if cost < best[i][j][0]:
        best[i][j] = (cost, chosen)


def _in_territory(head: Segment, columns: Sequence[_Place], number: int) -> bool:
    """Tell whether a head stands between the columns before and behind this one."""
    after_left = number == 0 or head.x0 > columns[number - 1].figures.x1
    before_right = number + 1 == len(columns) or head.x1 < columns[number + 1].cells.x0
    inner = number > 0 or head.x1 > columns[0].cells.x0
    return after_left and before_right and inner


def _run_cost(head: Segment, run: Sequence[_Place], size: float) -> float | None:
    """Return what it costs to set a head over a run of columns, or None if it cannot be."""
    ends = [
        (first.x0, last.x1)
        for first, last in zip(run[0].extents(), run[-1].extents(), strict=False)
    ]
    centre = min(abs(head.centre - (x0 + x1) / 2) for x0, x1 in ends) / size
    edge = min(min(abs(head.x0 - x0), abs(head.x1 - x1)) for x0, x1 in ends) / size
    over = sum(place.covers(head) for place in run)
    if len(run) == 1:
        off = min(centre, edge)
        return 0.25 * min(off, 4.0) if over else (off + 1 if off <= _FAR else None)
    if over == len(run):
        return min(centre, edge, 4.0)
    if over <= 1 and edge <= _FLUSH and head.x1 - head.x0 >= 0.3 * min(x1 - x0 for x0, x1 in ends):
        return edge + _NOT_OVER * (len(run) - over)
    return centre + _NOT_OVER * (len(run) - over) if centre <= _CENTRED else None
