"""The catalog: sources, pages and passages in SQLite, with the words for BM25 beside them.

It is the truth of a home: text and words change in one transaction, and a vector counts only if
the catalog knows it. Each change raises the generation, by which readers notice it.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from corpus.document import Document, Page, Source
from index.errors import IndexingError, UnknownSourceError
from index.passage import Filters, Passage, admits
from index.records import dump, dump_recognition, load_page, load_passage, load_source
from index.splitting import passage_context

State = Literal["indexed", "unreadable", "removed"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sources (
    id TEXT PRIMARY KEY, root TEXT NOT NULL, location TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pages (
    source_id TEXT NOT NULL, number INTEGER NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL,
    blocks TEXT NOT NULL, repairs TEXT NOT NULL, recognition TEXT NOT NULL,
    PRIMARY KEY (source_id, number));
CREATE TABLE IF NOT EXISTS passages (
    rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, vector_id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL, record TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passages_of_source ON passages (source_id);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    label, context, text, tokenize = "porter unicode61 remove_diacritics 2");
"""
_RECORDS = """SELECT record, root, state, reason,
    (SELECT count(*) FROM pages WHERE source_id = sources.id),
    (SELECT count(*) FROM passages WHERE source_id = sources.id) FROM sources"""
_PAGE = "number, label, text, blocks, repairs, recognition"
_WEIGHTS = "2.0, 0.7, 1.0"  # of the columns label, context and text in BM25


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source as the catalog holds it, with the reason where it could not be read."""

    source: Source
    root: str
    state: State
    reason: str
    pages: int
    passages: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the id of its vector."""

    passage: Passage
    vector_id: str


class Catalog:
    """An open catalog. Safe to share between threads; one process writes at a time."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(file, check_same_thread=False, timeout=30)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise IndexingError(
                f"{file} cannot be opened as a catalog ({error}); restore it from a backup, or "
                "remove the home folder and add the sources again"
            ) from error

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    def setting(self, key: str) -> str:
        """Return a recorded setting, or "" where it was never set."""
        row = self._row("SELECT value FROM meta WHERE key = ?", key)
        return str(row[0]) if row else ""

    def put_setting(self, key: str, value: str) -> None:
        """Record a setting."""
        with self._change() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def roots(self) -> tuple[str, ...]:
        """Return the folders that sources were added from."""
        return tuple(row[0] for row in self._rows("SELECT DISTINCT root FROM sources ORDER BY 1"))

    def generation(self) -> int:
        """Return the number that every change raises."""
        return int(self.setting("generation") or 0)

    def fingerprint(self) -> str:
        """Return a digest of what is indexed: the same sources in the same versions, the same."""
        import hashlib

        rows = self._rows("SELECT record FROM sources WHERE state = 'indexed' ORDER BY id")
        contents = (json.loads(record) for (record,) in rows)
        digest = hashlib.sha256("\n".join(r["path"] + r["sha256"] for r in contents).encode())
        return digest.hexdigest()[:16]

    def put_document(
        self, document: Document, root: str, passages: Sequence[StoredPassage]
    ) -> None:
        """Store a document whole in place of what its source held before."""
        source = document.source
        with self._change() as db:
            self._clear(db, source.id)
            self._put_source(db, source, root, "indexed", "")
            db.executemany(
                "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        source.id,
                        page.number,
                        page.label,
                        page.text,
                        dump(page.blocks),
                        dump(page.repairs),
                        dump_recognition(page),
                    )
                    for page in document.pages
                ),
            )
            self._put_passages(db, source, passages)

    def put_rebuilt(
        self, passages: Mapping[str, Sequence[StoredPassage]], settings: Mapping[str, str]
    ) -> None:
        """Put new passages in place of the old ones of each source named, and record settings."""
        sources = {source_id: self.source(source_id).source for source_id in passages}
        with self._change() as db:
            for source_id, source in sources.items():
                self._clear_passages(db, source_id)
                self._put_passages(db, source, passages[source_id])
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", settings.items())

    def put_unreadable(self, source: Source, root: str, reason: str) -> None:
        """Record that a source cannot be read; what it held before is gone."""
        with self._change() as db:
            self._clear(db, source.id)
            self._put_source(db, source, root, "unreadable", reason)

    def put_place(self, source_id: str, root: str, path: str) -> None:
        """Record another root for a source whose content stays."""
        record = self.source(source_id)
        with self._change() as db:
            source = replace(record.source, path=path)
            self._put_source(db, source, root, record.state, record.reason)

    def remove(self, source_id: str, keep_out: bool) -> None:
        """Remove a source whole; with `keep_out` a synced folder does not bring it back."""
        record = self.source(source_id)
        with self._change() as db:
            self._clear(db, source_id)
            if keep_out:
                self._put_source(db, record.source, record.root, "removed", "removed by name")

    def sources(self) -> tuple[SourceRecord, ...]:
        """Return all sources but removed ones, in order of root and path."""
        return tuple(record for record in self.all_sources() if record.state != "removed")

    def all_sources(self) -> tuple[SourceRecord, ...]:
        """Return all sources, removed ones too, in order of root and path."""
        records = (SourceRecord(load_source(row[0]), *row[1:]) for row in self._rows(_RECORDS))
        return tuple(sorted(records, key=lambda r: (r.root, r.source.path)))

    def source(self, source_id: str) -> SourceRecord:
        """Return one source. Raises UnknownSourceError."""
        row = self._row(f"{_RECORDS} WHERE id = ?", source_id)
        if row is None:
            raise UnknownSourceError(
                f"no source has the id {source_id!r}; rare-earth sources list shows them"
            )
        return SourceRecord(load_source(row[0]), *row[1:])

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """Return in how many passages each word stands, in any of its forms."""
        query = "SELECT count(*) FROM words WHERE words MATCH ?"
        return {word: self._rows(query, f'"{word}"')[0][0] for word in words}

    def passage_count(self) -> int:
        """Return how many passages there are."""
        return int(self._rows("SELECT count(*) FROM passages")[0][0])

    def pages(self, source_id: str) -> tuple[Page, ...]:
        """Return the pages of a source in order."""
        rows = self._rows(
            f"SELECT {_PAGE} FROM pages WHERE source_id = ? ORDER BY number",
            source_id,
        )
        return tuple(load_page(row) for row in rows)

    def page(self, source_id: str, number: int) -> Page:
        """Return one page. Raises UnknownSourceError where source or page is not there."""
        row = self._row(
            f"SELECT {_PAGE} FROM pages WHERE source_id = ? AND number = ?",
            source_id,
            number,
        )
        if row is None:
            raise UnknownSourceError(f"source {source_id!r} has no page {number}")
        return load_page(row)

    def vector_ids(self, source_id: str = "") -> set[str]:
        """Return the vector ids of a source, or of all."""
        query = "SELECT vector_id FROM passages WHERE ? IN ('', source_id)"
        return {row[0] for row in self._rows(query, source_id)}

    def passages(self, vector_ids: Sequence[str]) -> dict[str, Passage]:
        """Return the passages of these vector ids; ids that are not current are left out."""
        found: dict[str, Passage] = {}
        for start in range(0, len(vector_ids), 500):
            batch = vector_ids[start : start + 500]
            marks = ",".join("?" * len(batch))
            query = f"SELECT vector_id, record FROM passages WHERE vector_id IN ({marks})"
            found |= {row[0]: load_passage(row[1]) for row in self._rows(query, *batch)}
        return found

    def match_words(
        self, query: str, limit: int, source_ids: Sequence[str] | None
    ) -> tuple[str, ...]:
        """Return the vector ids of the passages that match an FTS5 query, best BM25 first."""
        where = ""
        if source_ids is not None:
            where = f" AND source_id IN ({','.join('?' * len(source_ids))})"
        rows = self._rows(
            "SELECT vector_id FROM words JOIN passages ON passages.rowid = words.rowid"
            f" WHERE words MATCH ?{where} ORDER BY bm25(words, {_WEIGHTS}), passages.rowid LIMIT ?",
            query,
            *(source_ids or ()),
            limit,
        )
        return tuple(row[0] for row in rows)

    def filtered(self, filters: Filters) -> dict[str, Source]:
        """Return the indexed sources that the filters admit, by id."""
        sources = (r.source for r in self.sources() if r.state == "indexed")
        return {source.id: source for source in sources if admits(filters, source)}

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._db:
            yield self._db
            self._db.execute(
                "INSERT INTO meta VALUES ('generation', '1') ON CONFLICT (key)"
                " DO UPDATE SET value = CAST(value AS INTEGER) + 1"
            )

    def _clear(self, db: sqlite3.Connection, source_id: str) -> None:
        self._clear_passages(db, source_id)
        db.execute("DELETE FROM pages WHERE source_id = ?", (source_id,))
        db.execute("DELETE FROM sources WHERE id = ?", (source_id,))

    def _clear_passages(self, db: sqlite3.Connection, source_id: str) -> None:
        db.execute(
            "DELETE FROM words WHERE rowid IN (SELECT rowid FROM passages WHERE source_id = ?)",
            (source_id,),
        )
        db.execute("DELETE FROM passages WHERE source_id = ?", (source_id,))

    def _put_passages(
        self, db: sqlite3.Connection, source: Source, passages: Sequence[StoredPassage]
    ) -> None:
        for stored in passages:
            passage = stored.passage
            cursor = db.execute(
                "INSERT INTO passages (id, vector_id, source_id, record) VALUES (?, ?, ?, ?)",
                (passage.id, stored.vector_id, source.id, json.dumps(asdict(passage))),
            )
            db.execute(
                "INSERT INTO words (rowid, label, context, text) VALUES (?, ?, ?, ?)",
                (
                    cursor.lastrowid,
                    passage.row_label,
                    passage_context(source, passage),
                    passage.text,
                ),
            )

    def _put_source(
        self, db: sqlite3.Connection, source: Source, root: str, state: State, reason: str
    ) -> None:
        db.execute(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?)",
            (source.id, root, source.location, state, reason, json.dumps(asdict(source))),
        )

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def _row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        rows = self._rows(query, *values)
        return rows[0] if rows else None
