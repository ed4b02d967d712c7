"""Adding files and folders to a store and keeping them in step: new, changed and removed files."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.document import Document, Source
from corpus.errors import CorpusError
from corpus.reading import FILE_TYPES, read_document, source_id
from index.catalog import SourceRecord, StoredPassage
from index.embedding import Embedder
from index.errors import IndexingError
from index.splitting import passage_context, split_document
from index.store import PassageStore, StoreWriter

_MANY_PAGES = 10  # from which on the pages of a file are counted while it is read


@dataclass(frozen=True, slots=True)
class Progress:
    """Files done out of so many, and what became of the last; or the pages of one being read."""

    done: int
    total: int
    path: str
    outcome: str  # "reading", "new", "changed", "unchanged", "unreadable", "removed"


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did. Paths are relative to the folder that was added."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()  # "path: reason", a line each
    faults: tuple[str, ...] = ()  # "path: page and reason" for each page that could not be read
    embedded: int = 0  # passages that were embedded


def add_paths(
    store: PassageStore,
    embedder: Callable[[], Embedder],
    paths: Sequence[Path],
    progress: Callable[[Progress], None],
) -> SyncReport:
    """Add files, and sync folders: read what is new or changed, remove what is gone.

    `embedder` is called only when there is something to embed. One file that cannot be read is
    reported and does not stop the rest. Raises IndexingError for a path that does not exist,
    HomeLockedError and StaleIndexError.
    """
    for path in paths:
        if not path.exists():
            raise IndexingError(f"{path} does not exist; give a file or a folder")
    store.check_settings()
    with store.writing() as writer:
        run = _Run(writer, embedder)
        if missing := writer.missing():
            raise IndexingError(
                f"{len(missing)} passages have lost their vectors; run: rare-earth rebuild"
            )
        writer.sweep()
        writer.claim_settings()
        wanted = _wanted(paths)
        present = {file.resolve() for file, _ in wanted}
        gone = _gone(writer.catalog.all_sources(), paths, present)
        total = len(wanted) + len(gone)
        for done, (file, root) in enumerate(wanted, start=1):
            by_name = file.resolve() in {path.resolve() for path in paths}
            name = file.relative_to(root).as_posix()
            on_page = _page_counter(progress, Progress(done - 1, total, name, "reading"))
            outcome = run.add(file, root, by_name, on_page)
            if outcome:
                progress(Progress(done, total, name, outcome))
        for done, record in enumerate(gone, start=len(wanted) + 1):
            run.remove(record)
            progress(Progress(done, total, record.source.path, "removed"))
    return run.report


def _page_counter(
    progress: Callable[[Progress], None], reading: Progress
) -> Callable[[int, int], None]:
    """Return what tells of the pages of a long file that is being read."""

    def count(done: int, total: int) -> None:
        if total >= _MANY_PAGES:
            progress(replace(reading, path=f"{reading.path} {done}/{total}"))

    return count


def remove_source(store: PassageStore, source: str) -> None:
    """Remove a source whole, and keep it out of later syncs. Raises UnknownSourceError."""
    with store.writing() as writer:
        vector_ids = writer.catalog.vector_ids(source)
        writer.catalog.remove(source, keep_out=True)
        writer.sweep(vector_ids)


def rebuild(store: PassageStore, embedder: Embedder, progress: Callable[[Progress], None]) -> int:
    """Split and embed all stored pages anew into a fresh vector store, and swap it in whole.

    The files themselves are not read again. Returns the number of passages embedded.
    """
    store.check_schema()
    with store.writing() as writer:
        number = writer.start_rebuild()
        records = [r for r in writer.catalog.sources() if r.state == "indexed"]
        passages: dict[str, tuple[StoredPassage, ...]] = {}
        for done, record in enumerate(records, start=1):
            document = Document(record.source, writer.catalog.pages(record.source.id))
            passages[record.source.id] = _embed(writer, embedder, document)
            progress(Progress(done, len(records), record.source.path, "changed"))
        writer.finish_rebuild(number, passages)
    return sum(map(len, passages.values()))


def _embed(
    writer: StoreWriter, embedder: Embedder, document: Document
) -> tuple[StoredPassage, ...]:
    """Split a document and store the vectors of its passages; the catalog has yet to name them."""
    passages = split_document(document, embedder.tokens)
    texts = [f"{passage_context(document.source, p)}\n{p.text}" for p in passages]
    return writer.put_vectors(passages, document.source.sha256, embedder.embed(texts))


class _Run:
    """One pass of adding, with what it has done so far."""

    def __init__(self, writer: StoreWriter, embedder: Callable[[], Embedder]) -> None:
        self._writer = writer
        self._embedder = embedder
        self._known = {r.source.id: r for r in writer.catalog.all_sources()}
        self.report = SyncReport()

    def add(
        self, file: Path, root: Path, by_name: bool, on_page: Callable[[int, int], None]
    ) -> str:
        """Bring one file up to date; return the outcome, or "" for one that is kept out."""
        path = file.relative_to(root).as_posix()
        known = self._known.get(source_id(file.resolve().as_posix()))
        if known and known.state == "removed" and not by_name:
            return ""
        if known and known.state == "indexed" and _same_content(file, known.source):
            if not by_name and (known.root, known.source.path) != (root.as_posix(), path):
                self._writer.catalog.put_place(known.source.id, root.as_posix(), path)
            self.report = replace(self.report, unchanged=(*self.report.unchanged, path))
            return "unchanged"
        try:
            document = read_document(file, root, on_page)
        except CorpusError as error:
            if known and known.state == "indexed":
                vector_ids = self._writer.catalog.vector_ids(known.source.id)
                self._writer.catalog.put_unreadable(known.source, known.root, str(error))
                self._writer.sweep(vector_ids)
            else:
                self._writer.catalog.put_unreadable(
                    _unread_source(file, path), root.as_posix(), str(error)
                )
            self.report = replace(self.report, unreadable=(*self.report.unreadable, str(error)))
            return "unreadable"
        old = self._writer.catalog.vector_ids(document.source.id)
        stored = _embed(self._writer, self._embedder(), document)
        self._writer.catalog.put_document(document, root.as_posix(), stored)
        self._writer.sweep(old)
        faults = tuple(f"{path}: {fault}" for fault in document.source.faults)
        self.report = replace(
            self.report,
            embedded=self.report.embedded + len(stored),
            faults=(*self.report.faults, *faults),
        )
        if known and known.state == "indexed":
            self.report = replace(self.report, changed=(*self.report.changed, path))
            return "changed"
        self.report = replace(self.report, new=(*self.report.new, path))
        return "new"

    def remove(self, record: SourceRecord) -> None:
        """Remove a source whose file is gone from its folder."""
        vector_ids = self._writer.catalog.vector_ids(record.source.id)
        self._writer.catalog.remove(record.source.id, keep_out=False)
        self._writer.sweep(vector_ids)
        self.report = replace(self.report, removed=(*self.report.removed, record.source.path))


def _wanted(paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Return the files of all paths with their roots; one reached twice, by a link too, is once."""
    found: dict[Path, tuple[Path, Path]] = {}
    for path in paths:
        for file, root in _files(path):
            place = file.resolve()
            if place not in found or (file == place and file != found[place][0]):
                found[place] = (file, root)
    return list(found.values())


def _files(path: Path) -> list[tuple[Path, Path]]:
    """Return the files to read with their roots; hidden files and folders are passed over."""
    path = path.resolve()
    if path.is_file():
        return [(path, path.parent)]
    return [
        (file, path)
        for file in sorted(path.rglob("*"))
        if file.is_file() and not any(p.startswith(".") for p in file.relative_to(path).parts)
    ]


def _gone(
    records: Sequence[SourceRecord], paths: Sequence[Path], present: set[Path]
) -> list[SourceRecord]:
    folders = [path.resolve() for path in paths if path.is_dir()]
    return [
        record
        for record in records
        if Path(record.source.location) not in present
        and any(
            Path(place).is_relative_to(folder)
            for place in (record.source.location, record.root)
            for folder in folders
        )
    ]


def _same_content(file: Path, source: Source) -> bool:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() == source.sha256
    except OSError:
        return False


def _unread_source(file: Path, path: str) -> Source:
    location = file.resolve().as_posix()
    return Source(
        id=source_id(location),
        location=location,
        path=path,
        title=file.stem,
        file_type=FILE_TYPES.get(file.suffix.lower(), file.suffix.lower().lstrip(".")),
        sha256="",
    )
