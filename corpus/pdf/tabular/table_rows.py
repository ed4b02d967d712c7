"""The rows of a table: labels over one or more lines, the groups above them, and their values."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.pdf.stored_text import TextLine
from corpus.pdf.tabular.columns import Column, column_of
from corpus.pdf.tabular.groups import Group, close_groups, open_group
from corpus.pdf.tabular.segments import Segment
from corpus.pdf.tabular.table_lines import (
    TableLine,
    begins_label,
    ends_label,
    goes_on_below,
    has_label,
    is_wrapped_into_row,
    row_pitch,
    run_on,
    values_of,
)

_LEADERS = re.compile(r"\s*(?:[.·…_]\s?){3,}$")
_SUBTOTAL = re.compile(r"sub-?total\b", re.IGNORECASE)
_GRAND_TOTAL = re.compile(r"(?:grand )?total", re.IGNORECASE)
_CLOSING = re.compile(r"net cash\b.*\b(?:provided|used|from|generated)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a row and the number, from 0, of its column."""

    segment: Segment
    column: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the groups above it, its label (over one or more lines) and its values."""

    groups: tuple[Group, ...]
    label: str
    label_marks: tuple[str, ...]
    lines: tuple[TextLine, ...]
    values: tuple[Value, ...]

    @property
    def x0(self) -> float:
        """Where its label begins."""
        return self.lines[0].x0


def find_rows(
    body: Sequence[TableLine],
    columns: Sequence[Column],
    zone: float,
    left: float,
    size: float,
    groups: list[Group],
) -> tuple[Row, ...]:
    """Return the rows of a table's body, whose labels reach from `left` to `zone`.

    `groups` are those open before and, then, after it.
    """
    rows: list[Row] = []
    position = 0
    waiting: list[TableLine] = []  # the first lines of a label
    pitch = row_pitch(body)
    while position < len(body):
        item = body[position]
        if item.kind != "row":
            if is_wrapped_into_row(body, position) or begins_label(
                body, position, left, zone, pitch
            ):
                waiting.append(item)
            else:
                waiting = []
                following = body[position + 1] if position + 1 < len(body) else None
                if following and goes_on_below(item.line, following, zone):
                    position += 1
                    item = TableLine(run_on(item.line, following.line), (), "label")
                    following = body[position + 1] if position + 1 < len(body) else None
                open_group(groups, item, following, left, zone)
            position += 1
            continue
        lines = [item]
        while position + 1 < len(body) and ends_label(lines, body[position + 1]):
            position += 1
            lines.append(body[position])
        rows.append(_row(waiting, lines, columns, left, size, groups, rows))
        waiting = []
        position += 1
    return tuple(_with_parents(rows))


def _with_parents(rows: Sequence[Row]) -> list[Row]:
    """Put rows of one label, set below rows of their own, into groups named by those rows."""
    counts = Counter((row.groups, row.label) for row in rows)
    found: list[Row] = []
    above: Row | None = None
    for row in rows:
        repeated = counts[row.groups, row.label] > 1
        if repeated and above and row.x0 > above.x0 + 0.8 * row.lines[0].size:
            parent = Group(above.label, above.x0, above.label_marks)
            row = replace(row, groups=(*row.groups, parent))
        else:
            above = row
        found.append(row)
    return found


def _row(
    waiting: Sequence[TableLine],
    lines: Sequence[TableLine],
    columns: Sequence[Column],
    left: float,
    size: float,
    groups: list[Group],
    above: Sequence[Row],
) -> Row:
    item = lines[0]
    is_labelled = has_label(item, left, size)
    first = item.segments[0]
    parts = [part.line.text for part in waiting]
    marks = [m for part in waiting for token in part.line.tokens for m in token.marks]
    if is_labelled:
        parts.append(first.text)
        marks += first.marks
    for part in lines[1:]:
        parts.append(part.line.text)
        marks += [m for token in part.line.tokens for m in token.marks]
    label = _joined(parts)
    x0 = waiting[0].line.x0 if waiting else (first.x0 if is_labelled else left)
    if is_labelled or waiting:
        close_groups(groups, x0)
    values = tuple(Value(seg, column_of(seg, columns)) for seg in values_of(item, left, size))
    if _GRAND_TOTAL.fullmatch(label) and any(_SUBTOTAL.match(other.label) for other in above):
        groups.clear()
    row = Row(
        tuple(groups) if label else (),  # a figure without a label is the total of all
        label,
        tuple(marks),
        tuple(part.line for part in (*waiting, *lines)),
        values,
    )
    if _CLOSING.match(label):
        groups.clear()
    elif groups and label.lower().startswith("total") and groups[-1].members == "flat":
        groups.pop()
    return row


def _joined(parts: Sequence[str]) -> str:
    """Join the lines of a label; a hyphen at the end of one joins without a space."""
    label = ""
    for part in parts:
        label += part if not label or label.endswith("-") else f" {part}"
    return _LEADERS.sub("", label).rstrip(" :")
