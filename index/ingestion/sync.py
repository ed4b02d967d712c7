"""Adding files and folders to a store and keeping them in step: new, changed and removed files."""

import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from index.embedding import Embedder
from index.errors import IndexingError
from index.ingestion.files import WantedFile, gone_sources, wanted_files
from index.ingestion.indexing import Indexing
from index.ingestion.pace import Pace
from index.ingestion.reading_ahead import Read, Reading, read_ahead
from index.storage.catalog import SourceRecord
from index.storage.store import PassageStore, StoreWriter

_REMOVED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """Files done out of so many, and what became of the last; or how far a long one has come.

    `seconds_left` is what is left by all that is known of the files, -1.0 where it is too early.
    """

    done: int
    total: int
    path: str
    # "reading", "embedding", "new", "changed", "unchanged", "set aside", "unreadable", "removed"
    outcome: str
    seconds_left: float = field(default=-1.0, compare=False)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did. Paths are relative to the folder that was added."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()  # "path: reason", a line each
    set_aside: tuple[str, ...] = ()  # "path: reason" of what is not searched, a line each
    faults: tuple[str, ...] = ()  # "path: page and reason" for each page that could not be read
    remarks: tuple[str, ...] = ()  # "path: what to know of its form", such as a hidden sheet
    embedded: int = 0  # passages that were embedded

    def and_then(self, other: "SyncReport") -> "SyncReport":
        """Return what this and a second sync did together."""
        both = (getattr(self, one.name) + getattr(other, one.name) for one in fields(self))
        return SyncReport(*both)


def add_paths(
    store: PassageStore,
    embedder: Callable[[], Embedder],
    paths: Sequence[Path],
    progress: Callable[[Progress], None],
    reading: Reading = read_ahead,
) -> SyncReport:
    """Add files, and sync folders: read what is new or changed, remove what is gone.

    Files are read ahead, by as many threads as there are cores or as `reading` does it, while
    passages are embedded and stored. `embedder` is called only when there is something to embed.
    One file that cannot be read is reported and does not stop the rest. Raises IndexingError for a
    path that does not exist, HomeLockedError and StaleIndexError.
    """
    for path in paths:
        if not path.exists():
            raise IndexingError(f"{path} does not exist; give a file or a folder")
    store.check_settings()
    with store.writing() as writer:
        if not writer.is_complete():
            if missing := writer.missing():
                count = len(missing)
                raise IndexingError(
                    f"{count} passages have lost their vectors; run: rare-earth doctor --mend"
                )
            writer.sweep()
        writer.claim_settings()
        return _Run(writer, embedder, progress).sync(paths, reading)


def remove_source(store: PassageStore, source: str) -> None:
    """Remove a source whole, and keep it out of later syncs. Raises UnknownSourceError."""
    with store.writing() as writer:
        record = writer.catalog.source(source)
        vector_ids = writer.catalog.vector_ids(source)
        with writer.catalog.change() as change:
            change.remove(record.source, record.root, keep_out=True)
        writer.sweep(vector_ids)


class _Run:
    """One pass of adding, with what it has done so far."""

    def __init__(
        self,
        writer: StoreWriter,
        embedder: Callable[[], Embedder],
        progress: Callable[[Progress], None],
    ) -> None:
        self._writer = writer
        self._known = {r.source.id: r for r in writer.catalog.all_sources()}
        self._progress = progress
        self._indexing = Indexing(writer, embedder, self._tell_embedding)
        self._done = self._total = 0
        self._showing = threading.Lock()
        self._told: dict[str, list[str]] = {}
        self._pace = Pace(())

    def sync(self, paths: Sequence[Path], reading: Reading) -> SyncReport:
        """Bring all files of the paths up to date, and remove what is gone from the folders."""
        wanted = wanted_files(paths, self._known)
        gone = gone_sources(tuple(self._known.values()), paths, wanted)
        self._total = len(wanted) + len(gone)
        self._pace = Pace(wanted)
        reads = reading(wanted, self._known, self._writer.catalog, self._tell_pages)
        with closing(reads):
            for read in reads:
                self._take(read)
        self._store()
        for start in range(0, len(gone), _REMOVED_AT_ONCE):
            self._remove(gone[start : start + _REMOVED_AT_ONCE])
        return self._report()

    def _take(self, read: Read) -> None:
        """Deal with one file that was read or need not be."""
        known = self._known.get(read.file.source_id)
        root = read.file.root.as_posix()
        if read.document:
            passages = self._indexing.take(read.document, root)
            self._pace.read(read.file.path, passages)
            if self._indexing.is_full:
                self._store()
        elif read.reason:
            self._refuse(read, known)
        else:
            record = self._known[read.file.source_id]
            place = (root, read.file.path)
            if (record.root, record.source.path) != place:
                with self._writer.catalog.change() as change:
                    change.put_place(replace(record.source, path=read.file.path), root)
            self._tell(read.file.path, "unchanged")

    def _store(self) -> None:
        """Embed and store what was taken, all in one change of the catalog."""
        for source in self._indexing.store():
            known = self._known.get(source.id)
            was_there = known is not None and known.pages > 0
            self._tell(source.path, "changed" if was_there else "new")
            self._told.setdefault("faults", []).extend(
                f"{source.path}: {fault}" for fault in source.faults
            )
            self._told.setdefault("remarks", []).extend(
                f"{source.path}: {remark}" for remark in source.remarks
            )

    def _refuse(self, read: Read, known: SourceRecord | None) -> None:
        """Record why a file is not read, unless that is what is known of it."""
        state = "set aside" if read.holds_no_facts else "unreadable"
        root = read.file.root.as_posix()
        source, held = read.file.unread_source(), None
        if known and known.state != "removed":
            held = (known.state, known.reason, known.root, known.source.path, known.pages)
            source = replace(known.source, path=source.path, faults=(), remarks=())
        if held != (state, read.reason, root, source.path, 0):
            vector_ids = self._writer.catalog.vector_ids(source.id)
            with self._writer.catalog.change() as change:
                change.put_refused(source, root, state, read.reason)
            self._writer.sweep(vector_ids)
        self._tell(read.file.path, state, read.reason)

    def _remove(self, gone: Sequence[SourceRecord]) -> None:
        """Remove sources whose files are gone from their folders."""
        vector_ids = {v for r in gone for v in self._writer.catalog.vector_ids(r.source.id)}
        with self._writer.catalog.change() as change:
            for record in gone:
                change.remove(record.source, record.root, keep_out=False)
        self._writer.sweep(vector_ids)
        for record in gone:
            self._tell(record.source.path, "removed")

    def _report(self) -> SyncReport:
        told = {name.replace(" ", "_"): tuple(lines) for name, lines in self._told.items()}
        if self._told.keys() - {"unchanged"}:
            told["set_aside"] = (*told.get("set_aside", ()), *self._newly_set_aside())
        return SyncReport(**told, embedded=self._indexing.embedded)

    def _newly_set_aside(self) -> list[str]:
        """Return what comparing the sources with one another has set aside, with the reason."""
        found = []
        for record in self._writer.catalog.sources():
            known = self._known.get(record.source.id)
            is_told = known is not None and known.reason == record.reason
            if record.state == "set aside" and record.pages and not is_told:
                found.append(f"{record.source.path}: {record.reason}")
        return found

    def _tell(self, path: str, outcome: str, line: str = "") -> None:
        self._told.setdefault(outcome, []).append(line or path)
        self._pace.finished(path)
        self._show(path, outcome, finished=1)

    def _tell_pages(self, file: WantedFile, done: int, total: int) -> None:
        self._pace.reading(file.path, done, total)
        self._show(f"{file.path} {done}/{total}", "reading")

    def _tell_embedding(self, path: str, done: int, total: int) -> None:
        self._pace.storing(self._indexing.paths, done, total)
        self._show(f"{path} {done}/{total}", "embedding")

    def _show(self, path: str, outcome: str, finished: int = 0) -> None:
        with self._showing:  # pages are told from other threads, and `done` must never fall
            self._done += finished
            left = self._pace.seconds_left()
            self._progress(Progress(self._done, self._total, path, outcome, left))
