"""From a file to a Document: chooses the reader of its format."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from corpus.articles import read_json, read_xml
from corpus.description.describing import describe
from corpus.document import Document, Reading
from corpus.errors import PluginError, UnreadableSourceError, UnsupportedFormatError
from corpus.html import read_html
from corpus.office import read_mail, read_slides, read_word
from corpus.pdf import OnPage, read_pdf, unheard
from corpus.plugins import Plugin, find_plugins, load_plugin, plugin_errors
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


class Reader(Protocol):
    """Reads files of one kind. A package adds one under `rare_earth.readers`, by an ending."""

    def __call__(self, data: bytes, name: str, /) -> Reading:
        """Return what a file of this content and name says: pages from 1 on, and metadata.

        The blocks of a page are stretches of its text in their order. Raises UnreadableSourceError
        for a file that cannot be read, NoFactsError for one that says nothing.
        """
        ...


_READERS: Mapping[str, Reader] = {
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


def reader_plugins() -> tuple[Plugin, ...]:
    """Return the readers that packages add, by the endings of their files without the dot."""
    return find_plugins("reader", [ending.removeprefix(".") for ending in FILE_TYPES])


def readable_endings() -> tuple[str, ...]:
    """Return the endings of the files that are read, with those that packages add."""
    added = (f".{plugin.name.lower()}" for plugin in reader_plugins())
    return tuple(dict.fromkeys((*FILE_TYPES, *added)))


def read_document(file: Path, root: Path, on_page: OnPage = unheard, address: str = "") -> Document:
    """Read a file into a Document; `on_page` is told how many pages are read out of how many.

    `root` is the folder that was added; the source's path is relative to it. The `address` of a
    page that was fetched stands in place of what the page says that it is. Raises
    UnsupportedFormatError for a file of a kind we do not read, UnreadableSourceError for one that
    is damaged, empty or not what its ending says, and NoFactsError for one that says nothing.
    """
    name = file.relative_to(root).as_posix()
    ending = file.suffix.lower()
    file_type = FILE_TYPES.get(ending, ending.removeprefix("."))
    if ending not in readable_endings():
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
    elif file_type in _READERS:
        reading = _READERS[file_type](data, name)
    else:
        reading = _read_by_plugin(file_type, data, name)
    if not any(page.text.strip() for page in reading.pages):
        raise UnreadableSourceError(f"{name}: holds no text; remove it or fetch it again")
    if address:
        reading = replace(reading, metadata=replace(reading.metadata, url=address))
    location = file.resolve().as_posix()
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(describe(reading, location, name, file_type, sha256), reading.pages)


def _read_by_plugin(file_type: str, data: bytes, name: str) -> Reading:
    """Read a file by what a package adds; whatever that does wrong, it is one file."""
    plugin = next(one for one in reader_plugins() if one.name.lower() == file_type)
    try:
        read: Reader = load_plugin(plugin)
        with plugin_errors(plugin):
            reading = read(data, name)
            _check(reading)
    except PluginError as error:
        raise UnreadableSourceError(f"{name}: {error}") from error
    return reading


def _check(reading: Reading) -> None:
    """Raise TypeError or ValueError for what is no reading, or has its pages or blocks wrong."""
    if not isinstance(reading, Reading):
        raise TypeError(f"it returned no Reading but {type(reading).__name__}")
    if [page.number for page in reading.pages] != list(range(1, len(reading.pages) + 1)):
        raise ValueError("the numbers of its pages do not count from 1")
    for page in reading.pages:
        places = [place for block in page.blocks for place in (block.start, block.end)]
        if places != sorted(places) or not all(0 <= one <= len(page.text) for one in places):
            raise ValueError(f"the blocks of page {page.number} are no stretches of its text")
