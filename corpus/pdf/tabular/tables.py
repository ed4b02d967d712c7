"""The tables of a page, ruled or not: found by lines whose figures stand in columns.

A line with a label and figures apart from it is a row. The lines above the first row of a run of
rows are its heads; labels without figures between the rows are groups, or parts of a label that
runs over two lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.language.periods import find_periods
from corpus.pdf.stored_text import TextLine
from corpus.pdf.tabular.columns import Column, find_columns, whole_cells
from corpus.pdf.tabular.groups import Group
from corpus.pdf.tabular.heads import (
    CAPTION,
    MOST_COLUMNS,
    PARENTHESIS,
    Head,
    Heads,
    caption_of,
    name_columns,
    sort_heads,
)
from corpus.pdf.tabular.segments import Segment
from corpus.pdf.tabular.table_lines import (
    TIGHT,
    TableLine,
    classify,
    ends_label,
    is_group_with_unit,
    is_wrapped_into_row,
    values_of,
)
from corpus.pdf.tabular.table_rows import Row, find_rows

_HEAD_LINES = 12
_FEWEST_ROWS = 3  # of a table of dates
_FEWEST_COLUMNS = 3
_CAPTION_LINES = 3
_EDGE = 2  # lines at the top or bottom of a page
_TOP_LINES = 5  # of a page: what may stand above the continuation of a table
_ROW_GAP = 4.5  # between baselines of one table, in glyph sizes
_LEADERS = re.compile(r"(?:\.\s?){5,}|…")
_PAGES = re.compile(r"page(?:s| no\.?| number)?", re.IGNORECASE)
_CONTENTS = re.compile(r"\b(?:contents|index)\b", re.IGNORECASE)
_NOTE = re.compile(r"\((?:\d{1,2}|[a-z])\)\s[A-Z]")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `first` and `last` are the numbers of its lines on the page, heads included.

    The words of its caption stand above them, and are read with the text of the page too.
    """

    first: int
    last: int
    caption: str
    caption_marks: tuple[str, ...]
    unit: str
    columns: tuple[Column, ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]  # that are still open at its end
    goes_on: bool = False  # from the page before, whose heads it has


def find_tables(
    lines: Sequence[TextLine], before: Table | None, running: frozenset[int] = frozenset()
) -> list[Table]:
    """Return the tables of a page in order; `running` are the numbers of lines that are in none.

    `before` is the table that the page before ends with: rows at the top of this page without
    heads of their own, in the same columns, are its continuation and take its heads.
    """
    if not lines:
        return []
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    kinds = [
        TableLine(line, (), "running") if number in running else classify(line, width)
        for number, line in enumerate(lines)
    ]
    kinds = _with_rows_of_dates(kinds)
    tables: list[Table] = []
    position = 0
    while position < len(kinds):
        if kinds[position].kind != "row":
            position += 1
            continue
        first_free = tables[-1].last + 1 if tables else 0
        end = _end_of_rows(kinds, position)
        top = _top_of_heads(kinds, position, first_free)
        carried = tables[-1] if tables else before
        table = _table(kinds, top, position, end, carried, at_top=not tables)
        if table is not None:
            tables.append(table)
        position = end + 1
    return tables


def _with_rows_of_dates(kinds: Sequence[TableLine]) -> list[TableLine]:
    """Return the lines, those as rows that stand below a numbered caption and are parted alike.

    A table of dates and words has no figures; most of its lines hold a date in a part of its own.
    """
    told = list(kinds)
    for number, kind in enumerate(kinds):
        if not CAPTION.match(kind.line.text) or len(kind.segments) > 1:
            continue
        first = number + 1
        end = next((n for n in range(first, len(kinds)) if kinds[n].kind != "head"), len(kinds))
        head, body = kinds[first:end][:1], kinds[first + 1 : end]
        if len(body) < _FEWEST_ROWS or len(head[0].segments) < _FEWEST_COLUMNS:
            continue
        aligned = [line for line in body if _stands_below(line, head[0].segments)]
        dated = [line for line in body if any(_is_date(s.text) for s in line.segments[1:])]
        if len(aligned) == len(body) and len(dated) * 2 > len(body):
            told[first + 1 : end] = [replace(line, kind="row") for line in body]
    return told


def _stands_below(line: TableLine, heads: Sequence[Segment]) -> bool:
    """Tell whether each part of a line is set left, right or in the middle below a head."""
    size = line.line.size

    def is_below(part: Segment, head: Segment) -> bool:
        left, right = part.x0 - head.x0, part.x1 - head.x1
        return min(abs(left), abs(right), abs(left + right) / 2) <= size / 2

    return all(any(is_below(part, head) for head in heads) for part in line.segments)


def _is_date(text: str) -> bool:
    times = find_periods(text)
    return len(times) == 1 and times[0].end - times[0].start == len(text)


def _end_of_rows(kinds: Sequence[TableLine], start: int) -> int:
    """Return the number of the last line of the rows that begin at `start`."""
    end = start
    position = start + 1
    while position < len(kinds):
        here, above = kinds[position].line, kinds[position - 1].line
        gap = (above.y - here.y) / max(here.size, 0.1)
        if not 0 < gap <= _ROW_GAP:
            break
        kind = kinds[position].kind
        if kind == "running":
            break
        if kind == "row":
            end = position
        elif (
            (kind == "head" and not is_group_with_unit(kinds[position]))
            or (kind == "text" and not is_wrapped_into_row(kinds, position))
            or position - end > 5
        ):
            break
        position += 1
    tail = end + 1
    while tail < len(kinds) and ends_label(kinds[end:tail], kinds[tail]):
        tail += 1
    return tail - 1


def _top_of_heads(kinds: Sequence[TableLine], first_row: int, first_free: int) -> int:
    """Return the number of the first line that belongs to the heads of a table."""
    top = first_row
    position = first_row - 1
    while position >= first_free and first_row - position <= _HEAD_LINES:
        here, below = kinds[position].line, kinds[position + 1].line
        gap = (here.y - below.y) / max(below.size, 0.1)
        kind = kinds[position].kind
        if not 0 < gap <= _ROW_GAP or kind == "row" or here.mark or _NOTE.match(here.text):
            break
        if kind == "label" and _ends_prose(kinds, position):
            break
        if kind == "text" and (caption := _caption_above(kinds, position, first_free)) is not None:
            return caption
        if kind == "text":
            wrapped = position + 1 == first_row and is_wrapped_into_row(kinds, position)
            if not wrapped:
                break
        top = position
        if here.size > 1.15 * kinds[first_row].line.size or CAPTION.match(here.text):
            break
        position -= 1
    return top


def _caption_above(kinds: Sequence[TableLine], position: int, first_free: int) -> int | None:
    """Return where a numbered caption begins that ends on this line, or None if none does."""
    for number in range(position, max(first_free, position - _CAPTION_LINES) - 1, -1):
        here = kinds[number].line
        if number < position and here.y - kinds[number + 1].line.y > TIGHT * here.size:
            return None
        if CAPTION.match(here.text):
            return number
    return None


def _ends_prose(kinds: Sequence[TableLine], position: int) -> bool:
    """Tell whether a short line is the last one of a paragraph."""
    above = kinds[position - 1] if position else None
    here = kinds[position].line
    return (
        above is not None
        and above.kind == "text"
        and 0 < above.line.y - here.y <= TIGHT * here.size
        and abs(above.line.x0 - here.x0) < 4 * here.size
        and not here.bold
    )


def _table(
    kinds: Sequence[TableLine],
    top: int,
    first_row: int,
    end: int,
    carried: Table | None,
    *,
    at_top: bool,
) -> Table | None:
    body = kinds[first_row : end + 1]
    left = min(line.line.x0 for line in body)
    size = sorted(line.line.size for line in body)[len(body) // 2]
    values = [values_of(line, left, size) for line in body if line.kind == "row"]
    filled = [row for row in values if row]
    if not filled or max(map(len, filled)) > MOST_COLUMNS:
        return None
    columns = find_columns(filled, size)
    cells = whole_cells(filled, columns)
    heads = sort_heads(kinds[top:first_row], columns, cells, left, size)
    if not heads.over_columns and len(filled) < 2 and not _is_wide_apart(body, size):
        return None
    at_edge = first_row < _EDGE or end >= len(kinds) - _EDGE
    if at_edge and not heads.over_columns and [row[-1].text.isdigit() for row in filled] == [True]:
        return None  # a running head or foot with the number of the page
    if _is_list_of_pages(heads, body, filled):
        return None
    near = carried is not None and (top <= _TOP_LINES if at_top else top - carried.last <= 4)
    inherits = (
        not heads.over_columns
        and near
        and carried is not None
        and _same_columns(carried.columns, columns, size)
    )
    named = name_columns(heads, columns, cells, size)
    caption, caption_marks = caption_of(heads)
    unit = " ".join(dict.fromkeys(heads.units))
    open_groups: tuple[Group, ...] = ()
    if inherits and carried is not None:
        named = tuple(carried.heads[column_at(column, carried.columns)] for column in columns)
        caption, caption_marks = caption or carried.caption, caption_marks or carried.caption_marks
        unit = unit or carried.unit
        open_groups = carried.groups if at_top else ()
    start = first_row
    while start > top and _is_group_or_label(kinds[start - 1], heads):
        start -= 1
    groups = list(open_groups)
    rows = find_rows(kinds[start : end + 1], columns, cells[0].x0, left, size, groups)
    while top < start and kinds[top].line in heads.captions and not _in_brackets(kinds[top]):
        top += 1
    goes_on = inherits and at_top
    return Table(
        top, end, caption, caption_marks, unit, columns, named, rows, tuple(groups), goes_on
    )


def _in_brackets(line: TableLine) -> bool:
    return line.line.text.startswith("(")


def _is_list_of_pages(
    heads: Heads, body: Sequence[TableLine], rows: Sequence[Sequence[Segment]]
) -> bool:
    """Tell whether the rows are a table of contents: page numbers that do not fall."""
    pages = any(_PAGES.fullmatch(seg.text) for row in heads.over_columns for seg in row)
    led = sum(bool(_LEADERS.search(line.line.text)) for line in body)
    named = pages or any(_CONTENTS.search(line.text) for line in heads.captions)
    if not named and (led < 0.6 * len(body) or heads.over_columns):
        return False
    last = [row[-1].text for row in rows]
    numbers = [int(text) for text in last if text.isdigit()]
    return len(numbers) > max(1, 0.6 * len(last)) and numbers == sorted(numbers)


def column_at(column: Column, columns: Sequence[Column]) -> int:
    """Return the number of the column among others that stands nearest to this one."""
    return min(range(len(columns)), key=lambda n: abs(columns[n].x1 - column.x1))


def _same_columns(one: Sequence[Column], other: Sequence[Column], size: float) -> bool:
    return all(
        min(abs(a.x1 - b.x1) for a in one) <= 2 * size
        or any(min(a.x1, b.x1) - max(a.x0, b.x0) > 0 for a in one)
        for b in other
    ) and len(other) <= len(one)


def _is_wide_apart(body: Sequence[TableLine], size: float) -> bool:
    segs = body[0].segments
    return len(segs) > 2 or (len(segs) == 2 and segs[1].x0 - segs[0].x1 > 4 * size)


def _is_group_or_label(line: TableLine, heads: Heads) -> bool:
    if line.line in heads.lines or line.line in heads.captions:
        return False
    if PARENTHESIS.fullmatch(line.line.text):
        return False
    return line.kind in ("label", "text") or is_group_with_unit(line)
