"""A grid as CSV and as a workbook, each cell with the citations it rests on."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from assistant.answer import Citation, page_place
from assistant.desk.grid import Grid, GridCell, asked_of
from assistant.evaluation.reports.spreadsheets.table import cell_text, is_like_formula

COLUMNS = (
    "row", "question", "status", "answer", "citation", "source", "publisher", "published", "page",
    "quote", "path", "url",
)  # fmt: skip
CELL_COLUMNS = ("row", "question", "status", "answer", "sources", "quotes", "paths", "urls")
_WIDE, _NARROW = 48, 18


def grid_csv(grid: Grid) -> str:
    """Return a grid as CSV, a line a cell; of several citations each has a line of its fields.

    Text that a spreadsheet would take for a formula stands behind an apostrophe.
    """
    content = StringIO(newline="")
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(CELL_COLUMNS)
    for line in _cells(grid):
        writer.writerow([f"'{cell}" if is_like_formula(cell) else cell for cell in line])
    return content.getvalue()


def grid_workbook(grid: Grid) -> bytes:
    """Return a grid as a workbook: the grid itself, and beside it all citations with quotes."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    table = (("", *grid.questions), *_table(grid))
    for name, lines in (("grid", table), ("citations", (COLUMNS, *_lines(grid)))):
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        for number in range(1, len(lines[0]) + 1):
            is_wide = name == "grid" or COLUMNS[number - 1] in ("answer", "quote", "question")
            letter = get_column_letter(number)
            sheet.column_dimensions[letter].width = _WIDE if is_wide else _NARROW
        for line in lines:
            cells = []
            for text in line:
                cell = WriteOnlyCell(sheet, cell_text(text))
                cell.data_type = "s"  # text is text, never a formula
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cells.append(cell)
            sheet.append(cells)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _table(grid: Grid) -> Iterator[tuple[str, ...]]:
    for at, row in enumerate(grid.rows):
        cells = (grid.cell(at, column) for column in range(len(grid.questions)))
        yield (row.head, *(_with_places(cell) if cell else "" for cell in cells))


def _with_places(cell: GridCell) -> str:
    """Return the text of a cell, and below it where it is cited from."""
    return "\n".join((cell.text, *(f"[{one.number}] {_place(one)}" for one in cell.citations)))


def _place(citation: Citation) -> str:
    place = page_place(citation.source, citation.page, citation.page_label)
    return ", ".join(filter(None, (citation.source.title, place)))


def _heads(grid: Grid) -> Iterator[tuple[GridCell, tuple[str, ...]]]:
    """Yield the cells in their order, each with its row, question, status and answer."""
    for cell in sorted(grid.cells, key=lambda one: (one.row, one.column)):
        status = cell.answer.status if cell.answer else "failed"
        row = grid.rows[cell.row]
        yield cell, (row.head, asked_of(row, grid.questions[cell.column]), status, cell.text)


def _cells(grid: Grid) -> Iterator[tuple[str, ...]]:
    for cell, head in _heads(grid):
        cited = cell.citations
        yield (
            *head,
            "\n".join(f"[{one.number}] {_place(one)}" for one in cited),
            "\n".join(" ".join(one.quote.split()) for one in cited),
            "\n".join(one.source.path for one in cited),
            "\n".join(one.source.url for one in cited).strip(),
        )


def _lines(grid: Grid) -> Iterator[tuple[str, ...]]:
    for cell, head in _heads(grid):
        if not cell.citations:
            yield (*head, *[""] * (len(COLUMNS) - len(head)))
        for one in cell.citations:
            source = one.source
            yield (
                *head,
                str(one.number),
                source.title,
                source.publisher,
                source.published,
                one.page_label or str(one.page),
                " ".join(one.quote.split()),
                source.path,
                source.url,
            )
