"""The versions of a page of the web in the catalog: one is searched, earlier ones can be opened.

A page is one source, whatever becomes of it. When its text changes, the source takes the new
version, and in the same change of the catalog what it held becomes a source of its own that is
retired. A page that is gone is retired itself, and lives again when it comes back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from corpus.description.describing import version_id
from corpus.document import Document, Page, Source
from corpus.workers.reading_apart import read_apart
from index.embedding import Embedder
from index.errors import UnknownSourceError
from index.ingestion.indexing import Indexing
from index.storage.catalog import Catalog, SourceRecord
from index.storage.store import PassageStore
from index.web.kept import KeptPage, drop_unnamed, web_root

Outcome = Literal["new", "changed", "unchanged", "moved", "back"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a page that is there, and how many passages were embedded for it."""

    outcome: Outcome
    embedded: int = 0


def take_page(
    store: PassageStore,
    embedder: Callable[[], Embedder],
    source_id: str,
    address: str,
    kept: KeptPage,
) -> Taken:
    """Make a kept page the version of its source that is searched, where its text is another.

    `address` is where the page is for good. Raises CorpusError for a page that cannot be read,
    HomeLockedError; what was known is then as before.
    """
    root = web_root(store.home)
    try:
        read = read_apart(root / kept.file, root, address=address)
        document = replace(read, source=_as_page(read.source, source_id, address, kept.fetched))
        with store.writing() as writer:
            writer.claim_settings()
            indexing = Indexing(writer, embedder, lambda *_: None)
            known = known_page(store.catalog, source_id)
            pages = store.catalog.pages(source_id) if known else ()
            if known and _words(pages) == _words(document.pages):
                return _stay(store, indexing, known, address)
            if known:
                indexing.take(Document(_earlier(known.source, kept.fetched), pages), known.root)
            indexing.take(document, root.as_posix())
            indexing.store()
            return Taken("changed" if known else "new", indexing.embedded)
    finally:
        _drop_unnamed(store, kept.file)


def keep_page_alive(
    store: PassageStore, embedder: Callable[[], Embedder], source_id: str, address: str
) -> Taken:
    """Record that a page is as it was: at another address, or back after it was gone."""
    known = store.catalog.source(source_id)
    if not known.source.retired and known.source.url == address:
        return Taken("unchanged")
    with store.writing() as writer:
        writer.claim_settings()
        return _stay(store, Indexing(writer, embedder, lambda *_: None), known, address)


def retire_page(store: PassageStore, source_id: str, reason: str) -> None:
    """Have a page no longer searched; what was cited from it can be opened."""
    with store.writing() as writer:
        known = store.catalog.source(source_id)
        retired = replace(known.source, retired=reason, copy_group="")
        indexing = Indexing(writer, _no_embedder, lambda *_: None)
        indexing.take(Document(retired, store.catalog.pages(source_id)), known.root)
        indexing.store()


def remove_page(store: PassageStore, source_id: str) -> None:
    """Remove a page with its versions and files, and keep it out. Raises UnknownSourceError."""
    with store.writing() as writer:
        record = store.catalog.source(source_id)
        every = _versions(store.catalog, record)
        vector_ids = {v for one in every for v in store.catalog.vector_ids(one.source.id)}
        with store.catalog.change() as change:
            for one in every:
                is_page = one.source.id == source_id
                change.remove(one.source, one.root, keep_out=is_page)
        writer.sweep(vector_ids)
    _drop_unnamed(store, record.source.path)


def known_page(catalog: Catalog, source_id: str) -> SourceRecord | None:
    """Return the record of a page that the catalog has pages of, None for another."""
    try:
        record = catalog.source(source_id)
    except UnknownSourceError:
        return None
    return record if record.pages else None


def _stay(store: PassageStore, indexing: Indexing, known: SourceRecord, address: str) -> Taken:
    """Have a page whose text is the same live on, at the address where it is now."""
    source = replace(known.source, url=address)
    if known.source.retired:
        alive = replace(source, retired="", copy_group="")
        indexing.take(Document(alive, store.catalog.pages(source.id)), known.root)
        indexing.store()
        return Taken("back", indexing.embedded)
    if source == known.source:
        return Taken("unchanged")
    with store.catalog.change() as change:
        change.put_place(source, known.root)
    return Taken("moved")


def _as_page(source: Source, source_id: str, address: str, fetched: str) -> Source:
    """Return what was read of a kept file as the page of an address."""
    title = source.title
    if title == Path(source.path).stem:  # which is a time and a digest
        parts = urlsplit(address)
        title = unquote(parts.path).strip("/").rpartition("/")[2] or parts.netloc
    return replace(source, id=source_id, title=title, url=address, fetched=fetched)


def _earlier(source: Source, fetched: str) -> Source:
    """Return a version that another one takes the place of."""
    reason = f"an earlier version; the page has been another since {fetched[:10]}"
    earlier = version_id(source.id, source.fetched)
    return replace(source, id=earlier, retired=reason, copy_group="")


def _words(pages: Sequence[Page]) -> list[list[str]]:
    return [page.text.split() for page in pages]


def _versions(catalog: Catalog, record: SourceRecord) -> list[SourceRecord]:
    """Return a page with its earlier versions; one of these by itself."""
    folder = PurePosixPath(record.source.path).parent
    if record.source.id != folder.name:
        return [record]
    return [
        one
        for one in catalog.sources()
        if one.source.fetched and PurePosixPath(one.source.path).parent == folder
    ]


def _drop_unnamed(store: PassageStore, path: str) -> None:
    """Delete what of a page's folder the catalog does not name: what was not taken, or left."""
    folder = PurePosixPath(path).parent
    drop_unnamed(web_root(store.home) / folder, store.catalog.paths_under(folder.as_posix()))


def _no_embedder() -> Embedder:
    raise AssertionError("nothing that is retired is embedded")
