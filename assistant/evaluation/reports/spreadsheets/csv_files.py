"""Tables as CSV that spreadsheets open as they are: UTF-8 with its mark, no cell a formula."""

import csv
from io import StringIO
from pathlib import Path

from assistant.evaluation.reports.spreadsheets.table import Cell, Table, cell_text, is_like_formula
from assistant.evaluation.whole_files import write_whole


def write_csv(table: Table, path: Path) -> Path:
    """Write a table with its titles, and return the path."""
    write_whole(path, csv_content(table))
    return path


def csv_content(table: Table) -> bytes:
    """Return a table with its titles as the content of a CSV file.

    Text that a spreadsheet would reckon stands behind an apostrophe; numbers stay as they are.
    """
    content = StringIO(newline="")
    writer = csv.writer(content)
    writer.writerow([column.title for column in table.columns])
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return content.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = cell_text(cell)
    return cell_text(f"'{text}") if is_like_formula(text) else text
