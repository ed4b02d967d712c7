"""Working out what a source is: from what its file says of itself, and from its text."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.dating import (
    find_data_years,
    find_edition,
    find_filed,
    find_published,
    find_series,
    find_version,
    read_date,
)
from corpus.description.filing_covers import find_form, find_registrant
from corpus.description.ranking import find_publisher, find_rank, publisher_name, registrant_name
from corpus.document import Document, Page, Reading, Source
from corpus.language import find_language
from corpus.lexicon import find_entities
from corpus.repair.spaced_words import WordsOf

_FIRST_PAGES = 2
_FIRST_CHARS = 12_000


def source_id(location: str) -> str:
    """Return the id of the source taken from a place; it survives the file's next version."""
    stem = re.sub(r"[^a-z0-9]+", "-", Path(location).stem.lower()).strip("-")[:40]
    return f"{stem}-{hashlib.sha256(location.encode()).hexdigest()[:8]}"


def version_id(source: str, fetched: str) -> str:
    """Return the id of an earlier version of a page of the web, by when it was fetched."""
    return f"{source}-v{re.sub(r'[^0-9]', '', fetched)[:17]}"


def describe(reading: Reading, location: str, path: str, file_type: str, sha256: str) -> Source:
    """Return the source that a reading is of; what its metadata leaves open is found in its text.

    `location` is the resolved place of its file, `path` that place from the folder added.
    """
    stated, pages = reading.metadata, reading.pages
    whole = _whole(pages)
    first = _with_registrant(_first(pages), whole)
    title = _title(reading, whole) or Path(path).stem
    publisher = (
        registrant_name(first, whole)
        or publisher_name(stated.publisher)
        or find_publisher(stated.url, stated.title, first)
    )
    about = f"{stated.title}\n{stated.subject}"
    published = read_date(stated.published)
    if find_form(first):
        published = find_filed(about, published, whole)
    else:
        published = published or find_published(about) or find_published(first)
    names = (stated.title, stated.subject)
    edition = stated.edition or find_edition(names, first, published, whole)
    return Source(
        id=source_id(location),
        location=location,
        path=path,
        title=title,
        file_type=file_type,
        sha256=sha256,
        publisher=publisher,
        author=stated.author,
        published=published,
        data_years=stated.data_years or find_data_years(_headers(pages), _prose(pages)),
        edition=edition,
        version=stated.version or find_version(first),
        series=find_series(edition, title, first),
        url=stated.url,
        licence=stated.licence,
        language=stated.language or find_language(whole[:_FIRST_CHARS]),
        rank=find_rank(publisher, stated.url, first),
        entities=find_entities(title, whole),
        confidence=min(page.confidence for page in pages),
        faults=tuple(f"page {page.number} {page.fault}" for page in pages if page.fault),
        remarks=reading.remarks,
    )


def relocate(document: Document, location: str, path: str) -> Document:
    """Return a document as one of another file with the same content.

    A title that was taken from the name of the file follows the new name. A file is no page of the
    web, even where it has the content of one.
    """
    source, pages = document.source, document.pages
    first, title = _first(pages), Path(path).stem
    placed = replace(
        source, id=source_id(location), location=location, path=path, fetched="", retired=""
    )
    is_stated = source.title in (line.strip("# \t") for line in first.splitlines())
    if source.title == Path(source.path).stem != title and not is_stated:
        placed = replace(
            placed,
            title=title,
            series=find_series(source.edition, title, first),
            entities=find_entities(title, _whole(pages)),
        )
    return Document(placed, pages)


def _title(reading: Reading, whole: str) -> str:
    """Return the title as the words of the text show that it is meant, "" where there is none.

    Where it is beyond mending, it is what else the file says, or the first heading, that is not.
    """
    stated = reading.metadata
    headings = [
        page.text[block.start : block.end]
        for page in reading.pages[:_FIRST_PAGES]
        for block in page.blocks
        if block.kind == "heading"
    ]
    for title in (stated.title, stated.subject, *headings) if stated.title else ():
        words = WordsOf(whole, title)
        mended = words.mend(title)
        if mended and not words.is_broken(mended):
            return mended
    return ""


def _with_registrant(first: str, whole: str) -> str:
    """Return the first pages with the registrant's name as the text shows that it is meant."""
    name = find_registrant(first)
    return first.replace(name, WordsOf(whole, name).mend(name)) if name else first


def _whole(pages: Sequence[Page]) -> str:
    return "\n".join(page.text for page in pages)


def _first(pages: Sequence[Page]) -> str:
    return _whole(pages[:_FIRST_PAGES])[:_FIRST_CHARS]


def _headers(pages: Sequence[Page]) -> set[str]:
    """Return the heads of all columns, and the years of all cells that have one."""
    rows = [block for page in pages for block in page.blocks if block.kind == "row"]
    heads = {" ".join(row.context.header) for row in rows}
    return heads | {str(cell.year) for row in rows for cell in row.cells if cell.year}


def _prose(pages: Sequence[Page]) -> str:
    """Return the text of all pages without the rows of their tables."""
    pieces: list[str] = []
    for page in pages:
        position = 0
        for block in page.blocks:
            if block.kind == "row":
                pieces.append(page.text[position : block.start])
                position = block.end
        pieces += [page.text[position:], "\n"]
    return "".join(pieces)
