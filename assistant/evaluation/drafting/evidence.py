"""The place of gold evidence: the original's words of a row or sentence."""

import csv
import io
import re

from assistant.evaluation.case import ExpectedPlace
from assistant.evaluation.places import is_table
from corpus.document import Page, Source, original_text
from index.facts import LedgerFact
from index.storage.catalog import Catalog

_BAR = " | "
_CELLS_BEFORE = 7  # of a long row, enough to tell it from all others


def fact_place(found: LedgerFact, catalog: Catalog) -> ExpectedPlace:
    """Return the place of a fact; of a row of a CSV file, the cells from its label to the value."""
    source, place = found.source, found.fact.place
    page = catalog.page(source.id, place.page)
    if not is_table(source.path):
        return prose_place(source, page, place.start, place.end)
    row = page.text[place.start : place.end]
    last = row[: place.value_start - place.start].count(_BAR)
    cells = row.split(_BAR)[max(0, last - _CELLS_BEFORE) : last + 1]
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return _place(source, page, line.getvalue())


def prose_place(source: Source, page: Page, start: int, end: int) -> ExpectedPlace:
    """Return the place of a stretch of a page."""
    return _place(source, page, original_text(page, start, end).strip())


def _place(source: Source, page: Page, quote: str) -> ExpectedPlace:
    return ExpectedPlace(source.path, page.number, page.label, re.sub(r"[ \t]+$", "", quote))
