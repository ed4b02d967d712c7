"""What the catalog of an earlier version holds: its sources, and their pages as far as kept."""

import json
import zlib
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Any, cast

from corpus.document import Document, Page, Source
from corpus.text.blocks import find_blocks
from index.storage.catalog import State
from index.storage.database import Database
from index.storage.records import PAGE_COLUMNS, page_of_row

_OTHER_FORM = (KeyError, TypeError, ValueError, zlib.error)
_PAGE_NAMES = frozenset(PAGE_COLUMNS.split(", "))


@dataclass(frozen=True, slots=True)
class OlderSource:
    """A source as an earlier version recorded it."""

    source: Source
    root: str
    state: State
    reason: str
    pages: int


def older_sources(catalog: Database) -> tuple[OlderSource, ...]:
    """Return all sources, removed ones too, in order of root and path."""
    rows = catalog.rows(
        "SELECT record, root, state, reason,"
        " (SELECT count(*) FROM pages WHERE source_id = sources.id) FROM sources"
    )
    found = (
        OlderSource(_source(json.loads(record)), root, cast(State, state), reason, pages)
        for record, root, state, reason, pages in rows
    )
    return tuple(sorted(found, key=lambda one: (one.root, one.source.path)))


def older_document(catalog: Database, source: Source) -> Document:
    """Return a source with its stored pages.

    Of a page in a form that is read no more the text is kept, and read as that of a text file.
    """
    columns = {name for _, name, *_ in catalog.rows("PRAGMA table_info(pages)")}
    names = PAGE_COLUMNS if columns >= _PAGE_NAMES else "number, label, text"
    query = f"SELECT {names} FROM pages WHERE source_id = ? ORDER BY number"
    return Document(source, tuple(_page(row) for row in catalog.rows(query, source.id)))


def _source(record: dict[str, Any]) -> Source:
    lists: dict[str, Any] = {n: tuple(v) for n, v in record.items() if isinstance(v, list)}
    names = {field.name for field in fields(Source)}
    return Source(**{name: v for name, v in (record | lists).items() if name in names})


def _page(row: tuple[Any, ...]) -> Page:
    number, label, text, *form = row
    if form:
        with suppress(*_OTHER_FORM):
            return page_of_row(row)
    return Page(number, label, text, find_blocks(text))
