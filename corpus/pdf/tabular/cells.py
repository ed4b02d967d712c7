"""From the rows of a table to blocks whose every cell says its column, year, unit and notes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Block, Cell, Context
from corpus.language.periods import find_years
from corpus.pdf.tabular.notes import Notes
from corpus.pdf.tabular.table_rows import Row, Value
from corpus.pdf.tabular.tables import Table
from corpus.tables.units import Around, Measure, currency_of, measure

_LED_BY_YEAR = re.compile(r"(?:FY\s?)?((?:19|20)\d\d)\b")
_SHORT_DATE = re.compile(r"\b\d{1,2}[–/-]\d{1,2}[–/-](\d\d)\b")  # "12–31–25", American order
_CAPTION_CHARS = 240
_LABEL_MARK = re.compile(r"\s?\((\d{1,2}|[a-z])\)$")


def row_blocks(
    table: Table, section: str, fallback_caption: str, page_unit: str, notes: Notes
) -> list[Block]:
    """Return a block for each row of a table.

    `fallback_caption` serves where the table names none; `page_unit` is what the page states for
    figures that name no unit themselves.
    """
    around = _Around(
        table, section, table.caption or fallback_caption, page_unit, notes, _signs(table)
    )
    return [_block(row, around) for row in table.rows]


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rows of a table have in common."""

    table: Table
    section: str
    caption: str
    page_unit: str
    notes: Notes
    signs: Mapping[int, str]

    def notes_of(self, marks: Iterable[str]) -> tuple[str, ...]:
        """Return the notes of marks in the table."""
        return self.notes.of(marks, self.table.last)


def _block(row: Row, around: _Around) -> Block:
    label, marks = _without_marks(row.label, row.label_marks, around.notes)
    groups = [_without_marks(group.text, group.marks, around.notes) for group in row.groups]
    row_marks = (*marks, *(mark for _, found in groups for mark in found))
    names = [text for text, _ in groups]
    first = row.lines[0].tokens[0]
    cells = [Cell(label, first.start, _label_end(row), notes=around.notes_of(row_marks))]
    cells += [_cell(value, (label, *names[::-1]), row_marks, around) for value in row.values]
    measures = dict.fromkeys(cell.measure for cell in cells[1:])
    context = Context(
        section=around.section,
        caption=": ".join(part for part in (_short(around.caption), *names) if part),
        header=("", *(cell.column for cell in cells[1:])),
        unit=next(iter(measures), "") if len(measures) == 1 else "",
        notes=tuple(dict.fromkeys(note for cell in cells for note in cell.notes)),
    )
    end = max(line.end for line in row.lines)
    return Block("row", first.start, end, context, tuple(cells))


def _short(caption: str) -> str:
    if len(caption) <= _CAPTION_CHARS:
        return caption.rstrip(" :")
    return f"{caption[: _CAPTION_CHARS - 1]}…"


def _label_end(row: Row) -> int:
    """Return where the label ends: before the first value of its line."""
    line = row.lines[0]
    first = min((value.segment.start for value in row.values), default=line.end)
    ends = [token.end for token in line.tokens if token.end <= first]
    return ends[-1] if ends else line.start


def _without_marks(label: str, marks: Sequence[str], notes: Notes) -> tuple[str, tuple[str, ...]]:
    """Take a mark set in ordinary type ("Products (1)") off a label where a note explains it."""
    found = list(marks)
    while (match := _LABEL_MARK.search(label)) and notes.explains(match[1]):
        label = label[: match.start()]
        found.append(match[1])
    return label, tuple(found)


def _cell(value: Value, labels: Sequence[str], row_marks: Sequence[str], around: _Around) -> Cell:
    segment = value.segment
    head = around.table.heads[value.column]
    column, head_marks = _without_marks(head.text, head.marks, around.notes)
    column = re.sub(r"\b((?:19|20)\d\d)[a-z]\b", r"\1", column)
    found = Measure()
    if segment.is_value or "%" in segment.text:
        found = measure(
            Around(
                printed=segment.text,
                column=column,
                labels=labels,
                caption=around.caption,
                table_unit=around.table.unit,
                page_unit=around.page_unit,
                sign=around.signs[value.column],
            )
        )
    marks = (*segment.marks, *row_marks, *head_marks, *around.table.caption_marks)
    meaning = around.notes.legend.get(segment.figure)
    return Cell(
        text=segment.figure,
        start=segment.start,
        end=segment.end,
        column=column,
        year=_year(column, labels, around.caption),
        unit=found.unit,
        basis=found.basis,
        notes=(*around.notes_of(marks), *([meaning] if meaning else ())),
    )


def _signs(table: Table) -> dict[int, str]:
    """Return the currency or % that a value of each column is printed with."""
    printed: dict[int, list[str]] = {}
    for row in table.rows:
        for value in row.values:
            printed.setdefault(value.column, []).append(value.segment.text)
    return {column: currency_of(cells) for column, cells in printed.items()}


def _year(column: str, labels: Sequence[str], caption: str) -> int:
    """Return the year of a cell: its column's, else its row's or group's, else its table's."""
    years = find_years(column)
    if years:
        return years[-1]
    if day := _SHORT_DATE.search(column):
        return 2000 + int(day[1])
    if led := _LED_BY_YEAR.match(labels[0]):
        return int(led[1])
    for words in (*labels, caption):
        years = tuple(dict.fromkeys(find_years(words)))
        if len(years) == 1:
            return years[0]
        if years:
            return 0
    return 0
