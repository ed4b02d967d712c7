"""Tables as sheets of an Excel workbook: text is text, never a formula; numbers are numbers."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from assistant.evaluation.reports.spreadsheets.table import (
    Cell,
    Column,
    Table,
    Width,
    cell_text,
    is_like_formula,
)
from assistant.evaluation.whole_files import write_whole

_CHARS: dict[Width, int] = {"narrow": 12, "middle": 34, "wide": 64}
_HEAD, _TEXT = "table head", "table text"
_LINE_POINTS = 15.0
_MOST_LINES = 10  # of a row as it is shown; the cell holds all of its text


def write_workbook(tables: Sequence[Table], path: Path) -> Path:
    """Write a workbook with a sheet a table, and return its path."""
    write_whole(path, workbook_content(tables))
    return path


def workbook_content(tables: Sequence[Table]) -> bytes:
    """Return a workbook with a sheet a table as the content of a file.

    Each sheet has its titles frozen and a filter over its columns.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for style in _styles(tables):
        book.add_named_style(style)
    for table in tables:
        _write_sheet(book, table)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write_sheet(book: Any, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "B2" if table.rows else "A2"
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    for number, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(column)
    sheet.append(list(_head(sheet, table.columns)))
    for number, row in enumerate(table.rows, 2):
        sheet.row_dimensions[number].height = _LINE_POINTS * _lines(row, table.columns)
        sheet.append(list(_cells(sheet, row, table.columns)))


def _styles(tables: Sequence[Table]) -> Iterator[Any]:
    """Yield the named styles of heads, texts and numbers; set by name they cost little."""
    from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

    wrapped = Alignment(wrap_text=True, vertical="top")
    fill = PatternFill("solid", fgColor="E4EAED")
    yield NamedStyle(_HEAD, font=Font(bold=True), fill=fill, alignment=wrapped)
    yield NamedStyle(_TEXT, alignment=wrapped)
    for decimals in sorted({0, *(column.decimals for table in tables for column in table.columns)}):
        form = f"0.{'0' * decimals}" if decimals else "General"
        yield NamedStyle(
            _number_style(decimals), number_format=form, alignment=Alignment(vertical="top")
        )


def _number_style(decimals: int) -> str:
    return f"number with {decimals} decimals"


def _head(sheet: Any, columns: Sequence[Column]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for column in columns:
        cell = WriteOnlyCell(sheet, column.title)
        cell.style = _HEAD
        if isinstance(column.title, str):
            cell.data_type = "s"
        yield cell


def _cells(sheet: Any, row: Sequence[Cell], columns: Sequence[Column]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for value, column in zip(row, columns, strict=True):
        if value is None or value == "":
            yield None
        elif isinstance(value, str):
            cell = WriteOnlyCell(sheet, cell_text(value))
            cell.style = _TEXT
            cell.data_type = "s"  # openpyxl takes "=..." for a formula and "#N/A" for an error
            cell.quotePrefix = is_like_formula(value)  # and Excel would, once the cell is edited
            yield cell
        else:
            cell = WriteOnlyCell(sheet, value)
            cell.style = _number_style(column.decimals if isinstance(value, float) else 0)
            yield cell


def _width(column: Column) -> int:
    return max(_CHARS[column.width], min(len(str(column.title)) + 4, 20))


def _lines(row: Sequence[Cell], columns: Sequence[Column]) -> int:
    """Return how many lines a row takes with its texts wrapped, within reason."""
    most = 1
    for value, column in zip(row, columns, strict=True):
        if isinstance(value, str):
            width = _width(column)
            lines = value[: _MOST_LINES * width].split("\n")
            most = max(most, sum(max(1, ceil(len(line) / width)) for line in lines))
    return min(most, _MOST_LINES)
