"""Workbooks of cases (XLSX): bytes in, records out; the door to openpyxl for them."""

import warnings
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from assistant.errors import CaseFileError
from assistant.evaluation.loading.case_columns import (
    TableCell,
    TableRow,
    has_header,
    read_table_rows,
)
from assistant.evaluation.loading.case_records import PlacedRecord
from corpus.errors import UnreadableSourceError
from corpus.number_format import show
from corpus.zip_archive import check_archive

_DAMAGE = (
    SyntaxError,  # of XML
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    NotImplementedError,
    RecursionError,
)


def read_workbook(path: Path) -> Iterator[PlacedRecord]:
    """Yield the records of an XLSX workbook (`case_columns` says how cells are written).

    They are those of the first sheet that names a column `question`, or of its only filled one.
    Numbers and dates are text as the sheet shows them. Raises CaseFileError with sheet and row for
    what cannot be read: in the columns used also merged cells, errors, and formulas that were
    never calculated.
    """
    data = path.read_bytes()
    try:
        check_archive(data, str(path))
    except UnreadableSourceError as error:
        raise CaseFileError(str(error)) from error
    try:
        sheets = _sheets(data)
    except _DAMAGE as error:
        raise CaseFileError(
            f"{path}: the workbook is damaged ({type(error).__name__}); open and save it in a "
            "spreadsheet program"
        ) from error
    filled = {name: rows for name, rows in sheets.items() if rows}
    named = [name for name, rows in filled.items() if has_header(rows)]
    if not named and len(filled) > 1:
        raise CaseFileError(
            f"{path}: no sheet has a row that names the columns; write one with at least `question`"
        )
    for name in (named or list(filled))[:1]:
        for item in read_table_rows(filled[name], f"{path}, sheet {name!r}"):
            yield PlacedRecord(f"sheet {name!r}, {item.place}", item.record)


def _sheets(data: bytes) -> dict[str, tuple[TableRow, ...]]:
    """Return the rows that hold anything, by the name of their sheet."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = load_workbook(BytesIO(data), data_only=True)
        formulas = load_workbook(BytesIO(data))
    return {sheet.title: tuple(_rows(sheet, formulas[sheet.title])) for sheet in values.worksheets}


def _rows(sheet: Any, formulas: Any) -> Iterator[TableRow]:
    """Yield the rows with any words; the library's own go as far as the sheet claims to."""
    from openpyxl.cell.cell import MergedCell

    anchors = {(merged.min_row, merged.min_col) for merged in sheet.merged_cells.ranges}
    rows: dict[int, dict[int, TableCell]] = defaultdict(dict)
    for place, cell in sorted(sheet._cells.items()):
        row, column = place
        is_merged = place in anchors or isinstance(cell, MergedCell)
        rows[row][column] = _table_cell(cell, formulas.cell(row, column), is_merged)
    for number, cells in rows.items():
        columns = range(1, max(cells) + 1)
        row_cells = tuple(cells.get(column, TableCell("")) for column in columns)
        if any(cell.text for cell in row_cells):
            yield TableRow(number, f"row {number}", row_cells)


def _table_cell(cell: Any, formula: Any, is_merged: bool) -> TableCell:
    text = show(cell.value, cell.number_format).strip()
    if is_merged:
        return TableCell(text, "is merged with other cells; unmerge them")
    if cell.data_type == "e":
        return TableCell(text, f"holds the error {text}")
    if cell.value is None and formula.data_type == "f":
        fault = "holds a formula without its value; open and save it in a spreadsheet program"
        return TableCell("=", fault)
    return TableCell(text)
