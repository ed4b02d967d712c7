"""From a file to a Document: chooses the reader of its format."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.articles import read_json, read_xml
from corpus.description.describing import describe
from corpus.document import Document, Reading
from corpus.errors import UnreadableSourceError, UnsupportedFormatError
from corpus.html import read_html
from corpus.office import read_mail, read_slides, read_word
from corpus.pdf import OnPage, read_pdf, unheard
from corpus.sheets import read_csv, read_workbook
from corpus.text import read_markdown, read_text

FILE_TYPES: Mapping[str, str] = {
    ".pdf": "pdf",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "word",
    ".pptx": "slides",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".xml": "xml",
    ".rss": "xml",
    ".atom": "xml",
    ".eml": "mail",
}
_READERS: Mapping[str, Callable[[bytes, str], Reading]] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
    "word": read_word,
    "slides": read_slides,
    "workbook": read_workbook,
    "csv": read_csv,
    "json": read_json,
    "xml": read_xml,
    "mail": read_mail,
}


def read_document(file: Path, root: Path, on_page: OnPage = unheard) -> Document:
    """Read a file into a Document; `on_page` is told how many pages are read out of how many.

    `root` is the folder that was added; the source's path is relative to it. Raises
    UnsupportedFormatError for a file of a kind we do not read, UnreadableSourceError for one that
    is damaged, empty or not what its ending says, and NoFactsError for one that says nothing.
    """
    name = file.relative_to(root).as_posix()
    file_type = FILE_TYPES.get(file.suffix.lower())
    if file_type is None:
        kind = file.suffix or "no ending"
        raise UnsupportedFormatError(
            f"{name}: files with {kind} are not read; rare-earth add --help lists those that are"
        )
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(
            f"{name}: cannot be opened ({error.strerror}); check that you may read it"
        ) from error
    if not data.strip():
        raise UnreadableSourceError(f"{name}: the file is empty; remove it or fetch it again")
    if file_type == "pdf":
        reading = read_pdf(data, name, on_page)
    else:
        reading = _READERS[file_type](data, name)
    if not any(page.text.strip() for page in reading.pages):
        raise UnreadableSourceError(f"{name}: holds no text; remove it or fetch it again")
    location = file.resolve().as_posix()
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(describe(reading, location, name, file_type, sha256), reading.pages)
