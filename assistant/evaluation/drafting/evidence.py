"""The place of gold evidence: the original's words of a row or sentence."""

import csv
import io
import re

from assistant.evaluation.case import ExpectedPlace
from assistant.evaluation.places import is_table
from corpus.document import Block, Cell, Page, Source, original_text

_BAR = " | "


def row_place(source: Source, page: Page, block: Block, cell: Cell) -> ExpectedPlace:
    """Return the place of a table's row; of a CSV file, the cells from its label to the figure."""
    if not is_table(source.path):
        return _place(source, page, original_text(page, block.start, block.end))
    cells = page.text[block.start : block.end].split(_BAR)
    last = max((n for n, text in enumerate(cells) if text.strip() == cell.text), default=None)
    last = len(cells) - 1 if last is None else last
    first = max(0, last - _CELLS_BEFORE)
    return _place(source, page, _csv_line(cells[first : last + 1]))


def prose_place(source: Source, page: Page, start: int, end: int) -> ExpectedPlace:
    """Return the place of a stretch of prose."""
    return _place(source, page, original_text(page, start, end).strip())


_CELLS_BEFORE = 7  # of a long row, enough to tell it from all others


def _place(source: Source, page: Page, quote: str) -> ExpectedPlace:
    return ExpectedPlace(source.path, page.number, page.label, re.sub(r"[ \t]+$", "", quote))


def _csv_line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
