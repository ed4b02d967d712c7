"""From a file to a Document: chooses the reader, and works out what the source is."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.dating import find_data_years, find_edition, find_published, normalize_date
from corpus.document import Document, Page, Source
from corpus.errors import UnreadableSourceError, UnsupportedFormatError
from corpus.html import read_html
from corpus.pdf import OnPage, read_pdf, unheard
from corpus.text import read_markdown, read_text

FILE_TYPES: Mapping[str, str] = {
    ".pdf": "pdf",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
_FIRST_PAGES = 2
_FIRST_CHARS = 12_000


def source_id(location: str) -> str:
    """Return the id of the source taken from a place; it survives the file's next version."""
    stem = re.sub(r"[^a-z0-9]+", "-", Path(location).stem.lower()).strip("-")[:40]
    return f"{stem}-{hashlib.sha256(location.encode()).hexdigest()[:8]}"


def read_document(file: Path, root: Path, on_page: OnPage = unheard) -> Document:
    """Read a file into a Document; `on_page` is told how many pages are read out of how many.

    `root` is the folder that was added; the source's path is relative to it. Raises
    UnsupportedFormatError for a file of a kind we do not read and UnreadableSourceError for one
    that is damaged, empty or not what its ending says.
    """
    name = file.relative_to(root).as_posix()
    file_type = FILE_TYPES.get(file.suffix.lower())
    if file_type is None:
        known = ", ".join(sorted(FILE_TYPES))
        kind = file.suffix or "no ending"
        raise UnsupportedFormatError(f"{name}: files with {kind} are not read; {known} are")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(
            f"{name}: cannot be opened ({error.strerror}); check that you may read it"
        ) from error
    if not data.strip():
        raise UnreadableSourceError(f"{name}: the file is empty; remove it or fetch it again")
    pages, title, fields = _read(data, name, file_type, on_page)
    if not any(page.text.strip() for page in pages):
        raise UnreadableSourceError(f"{name}: holds no text; remove it or fetch it again")
    first = "\n".join(page.text for page in pages[:_FIRST_PAGES])[:_FIRST_CHARS]
    location = file.resolve().as_posix()
    whole = "\n".join(page.text for page in pages)
    published = (
        normalize_date(str(fields.get("published") or ""))
        or find_published(f"{title}\n{_field(fields, 'subject')}")
        or find_published(first)
    )
    headers = (" ".join(block.context.header) for page in pages for block in page.blocks)
    stated_years = fields.get("data_years")
    data_years = (
        tuple(sorted(year for year in stated_years if isinstance(year, int)))
        if isinstance(stated_years, list)
        else find_data_years(headers, whole)
    )
    source = Source(
        id=source_id(location),
        location=location,
        path=name,
        title=_field(fields, "title") or title or file.stem,
        file_type=file_type,
        sha256=hashlib.sha256(data).hexdigest(),
        publisher=_field(fields, "publisher"),
        published=published,
        data_years=data_years,
        edition=_field(fields, "edition")
        or find_edition((_field(fields, "title"), title, _field(fields, "subject"))),
        version=_field(fields, "version"),
        url=_field(fields, "url"),
        licence=_field(fields, "licence"),
        language=_field(fields, "language"),
        copy_group=hashlib.sha256(" ".join(whole.split()).encode()).hexdigest()[:16],
        confidence=min(page.confidence for page in pages),
        faults=tuple(f"page {page.number} {page.fault}" for page in pages if page.fault),
    )
    return Document(source, pages)


def _read(
    data: bytes, name: str, file_type: str, on_page: OnPage
) -> tuple[tuple[Page, ...], str, dict[str, Any]]:
    if file_type == "pdf":
        pdf = read_pdf(data, name, on_page)
        return pdf.pages, pdf.title, {"publisher": pdf.author, "subject": pdf.subject}
    read = {"text": read_text, "markdown": read_markdown, "html": read_html}[file_type](data, name)
    return (read.page,), read.title, read.fields


def _field(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return re.sub(r"\s+", " ", str(value)).strip() if value not in (None, "") else ""
