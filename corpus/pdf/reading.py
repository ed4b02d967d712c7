"""Reading PDF: from the lines of its pages to pages with text, repairs and blocks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import mean

from corpus.description.filing_covers import find_registrant
from corpus.document import Doubt, Metadata, Page, Reading
from corpus.errors import UnreadableSourceError
from corpus.folios import page_labels
from corpus.pdf.furniture import running_lines
from corpus.pdf.layout import LaidOut, Place, lay_out, page_unit, title_lines
from corpus.pdf.lines import Line
from corpus.pdf.ocr import LOW_CONFIDENCE, lacks_for_scans
from corpus.pdf.pages import OnPage, PageLines, read_lines, unheard
from corpus.pdf.stored_text import StoredText, put_together, vocabulary
from corpus.pdf.tabular.notes import Notes, find_notes
from corpus.pdf.tabular.tables import Table, find_tables

_USELESS_TITLE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|indd|qxp|ai)\b|^microsoft word|^untitled|^[\d\W_]*$|^slide \d|^layout"
    r"|^[^\s]*_[^\s]*$",
    re.IGNORECASE,
)
_BOTTOM_LINES = 5  # of a page: what may stand below a table that goes on overleaf
_NOTES_AHEAD = 2  # pages on which the notes of a chapter's tables may follow


def read_pdf(data: bytes, name: str, on_page: OnPage = unheard) -> Reading:
    """Read a PDF, encrypted with an empty password or not; scans are recognised.

    `on_page` is told how many pages are read out of how many.

    Raises UnreadableSourceError where the file is damaged, needs a password, or no page of it can
    be read. A page that cannot be read among others has a `fault`.
    """
    read = read_lines(data, name, on_page=on_page)
    if not any(page.lines for page in read.pages):
        raise UnreadableSourceError(f"{name}: {_nothing_read(read.pages)}")
    pdf = build_pages([page.lines for page in read.pages], read.labels, read.about)
    pages = (
        replace(page, fault=_fault(lines))
        for page, lines in zip(pdf.pages, read.pages, strict=True)
    )
    return replace(pdf, pages=tuple(pages))


def build_pages(
    lines: Sequence[Sequence[Line]], own_labels: Sequence[str], about: Sequence[str]
) -> Reading:
    """Build the pages of a PDF from the lines of each, in reading order.

    `own_labels` are the page labels of the file, `about` its title, author and subject.
    """
    known = vocabulary(lines)
    stored = [put_together(page, known) for page in lines]
    labels = page_labels([page.text for page in stored], own_labels)
    running = running_lines(stored)
    tables = _tables(stored, running)
    notes = _notes(stored, tables)
    pages: list[Page] = []
    unit, above = "", LaidOut()
    for number, page in enumerate(stored):
        unit = page_unit(page.text) or unit
        place = Place(tables[number], notes[number], running[number], labels[number], above, unit)
        above = lay_out(page, place)
        words = [word for line in lines[number] for word in line]
        pages.append(
            Page(
                number=number + 1,
                label=labels[number],
                text=page.text,
                blocks=above.blocks,
                repairs=page.repairs,
                confidence=round(mean(word.confidence for word in words), 3) if words else 1.0,
                doubts=tuple(_doubts(page)),
            )
        )
    title = _title(stored, about)
    registrant = _registrant(stored[:3])
    if registrant and registrant.lower() not in title.lower():
        title = f"{registrant}, {title}"
    return Reading(tuple(pages), Metadata(title, about[2], registrant or about[1], about[1]))


def _registrant(pages: Sequence[StoredText]) -> str:
    """Return the company that the cover of a filing (Form 10-K, 10-Q, 20-F) names, or ""."""
    return next(filter(None, (find_registrant(page.text) for page in pages)), "")


def _doubts(page: StoredText) -> Iterator[Doubt]:
    for line in page.lines:
        for token in line.tokens:
            if token.confidence < LOW_CONFIDENCE:
                yield Doubt(token.start, token.end, round(token.confidence, 2))


def _title(pages: Sequence[StoredText], about: Sequence[str]) -> str:
    """Return the title: what the file says of itself, led by the heading of the first page."""
    named = (words for words in (about[0], about[2]) if words and not _USELESS_TITLE.search(words))
    title = next(named, "")
    heading = title_lines(pages[0])
    if title and heading and heading.lower() not in title.lower() and len(title) < 60:
        return f"{heading}, {title}"
    return title or heading


def _fault(page: PageLines) -> str:
    if page.kind == "scan":
        if lacks := lacks_for_scans():
            return f"is a scan; {lacks}"
        return "is a picture without words that can be recognised; remove it or scan it anew"
    return page.fault


def _nothing_read(pages: Sequence[PageLines]) -> str:
    """Say why no page of a file could be read, and what to do."""
    faults = list(dict.fromkeys(filter(None, map(_fault, pages))))
    if not faults:
        return f"has no text on its {len(pages)} pages; remove it or fetch it again"
    if len(pages) == 1:
        return f"its one page cannot be read: it {faults[0]}"
    return f"none of its {len(pages)} pages can be read: each {faults[0]}"


def _tables(pages: Sequence[StoredText], running: Sequence[frozenset[int]]) -> list[list[Table]]:
    """Return the tables of each page; one that goes on overleaf lends its heads."""
    tables: list[list[Table]] = []
    before: Table | None = None
    for page, apart in zip(pages, running, strict=True):
        found = find_tables(page.lines, before, apart)
        goes_on = found and found[-1].last >= len(page.lines) - _BOTTOM_LINES
        before = found[-1] if goes_on else None
        tables.append(found)
    return tables


def _notes(pages: Sequence[StoredText], tables: Sequence[Sequence[Table]]) -> list[Notes]:
    """Return the notes of each page, with those of the pages that follow for marks it lacks."""
    own = [find_notes(page.lines, found) for page, found in zip(pages, tables, strict=True)]
    full = []
    for number, notes in enumerate(own):
        shift = 0
        for ahead in range(number + 1, min(number + 1 + _NOTES_AHEAD, len(own))):
            shift += len(pages[ahead - 1].lines)
            notes = notes.and_then(own[ahead], shift)
        full.append(notes)
    return full
