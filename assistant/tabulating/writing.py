"""A table of an answer as text for a terminal and as CSV for a spreadsheet."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO

from assistant.answer import Answer, Citation, page_place
from assistant.answer.answer_table import AnswerTable, TableCell

_MANY_COLUMNS = 12  # more are turned, so that they stand in rows
_FORMULA = re.compile(r"^\s*[=+@\t\r]|^-(?![\d.,]+$)")  # what a spreadsheet would reckon
CSV_COLUMNS = (
    "row", "column", "value", "unit", "basis", "notes", "citation", "source", "publisher",
    "edition", "published", "page", "quote", "path",
)  # fmt: skip


def table_text(table: AnswerTable) -> str:
    """Return a table in aligned columns, with marks of citations and of notes, and the notes below.

    "270,000 [3]a" is the figure of citation 3 with note a.
    """
    notes = note_marks(table)
    grid = [[table.row_title, *table.columns]]
    for row in table.rows:
        grid.append([row.head, *(_shown(cell, notes) for cell in row.cells)])
    if is_wide(table):
        grid = [list(column) for column in zip(*grid, strict=True)]
    widths = [max(len(line[at]) for line in grid) for at in range(len(grid[0]))]
    lines = ["  ".join(cell.ljust(widths[at]) for at, cell in enumerate(line)) for line in grid]
    lines.insert(1, "  ".join("-" * width for width in widths))
    unit = f" ({table.measure})" if table.measure else ""
    below = [f"{mark}  {note}" for note, mark in notes.items()]
    told = [f"{table.title}{unit}", "", *(line.rstrip() for line in lines)]
    return "\n".join([*told, *([""] if below or table.remarks else []), *below, *table.remarks])


def is_wide(table: AnswerTable) -> bool:
    """Tell whether a table is read more easily with its columns as rows."""
    return len(table.columns) > max(_MANY_COLUMNS, len(table.rows))


def note_marks(table: AnswerTable) -> dict[str, str]:
    """Return the notes of a table with the mark of each: a to z, then aa, ab and so on."""
    cells = (cell for row in table.rows for cell in row.cells)
    notes = dict.fromkeys(note for cell in cells for note in cell.notes)
    return {note: _mark(place) for place, note in enumerate(notes)}


def table_csv(answer: Answer) -> str:
    """Return the table of an answer as CSV, a line a cell, with the source and words that carry it.

    In this long form each figure has its own source, page, quote and notes beside it, and a pivot
    of `row` and `column` gives the table back. A cell that is not given has a line without value.
    Text that a spreadsheet would take for a formula stands behind an apostrophe.
    """
    table = answer.table
    content = StringIO(newline="")
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    if table is None:
        return content.getvalue()
    cited = {citation.number: citation for citation in answer.citations}
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            line = [row.head, column, cell.text if cell.is_given else ""]
            line += [table.unit, table.basis, " | ".join(cell.notes)]
            line += _source_columns([cited[number] for number in cell.citations])
            writer.writerow([_harmless(one) for one in line])
    return content.getvalue()


def _source_columns(citations: Sequence[Citation]) -> list[str]:
    if not citations:
        return [""] * 8
    first = citations[0]
    source = first.source
    edition = " ".join(part for part in (source.edition, source.version) if part)
    place = page_place(source, first.page, first.page_label)
    numbers = " ".join(str(citation.number) for citation in citations)
    quote = " ".join(first.quote.split())
    return [
        numbers, source.title, source.publisher, edition, source.published, place, quote,
        source.path,
    ]  # fmt: skip


def _shown(cell: TableCell, notes: Mapping[str, str]) -> str:
    if not cell.is_given:
        return cell.text
    numbers = "".join(f"[{number}]" for number in cell.citations)
    others = "".join(f"[{number}]" for number in cell.others)
    return f"{cell.text} {numbers}{','.join(notes[note] for note in cell.notes)}{others}"


def _mark(place: int) -> str:
    signs = "abcdefghijklmnopqrstuvwxyz"
    return signs[place] if place < 26 else signs[place // 26 - 1] + signs[place % 26]


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
