"""The SQLite file of a catalog: its tables, and reading and changing it from any thread."""

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import IndexingError

WORDS_TABLE = """CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    label, context, text, tokenize = "porter unicode61 remove_diacritics 2")"""
FACT_WORDS_TABLE = """CREATE VIRTUAL TABLE IF NOT EXISTS fact_words USING fts5 (
    words, content = facts, detail = column, tokenize = "porter unicode61 remove_diacritics 2")"""
PAGE_WORDS_TABLE = """CREATE VIRTUAL TABLE IF NOT EXISTS page_words USING fts5 (
    text, content = pages, detail = none, tokenize = "unicode61 remove_diacritics 2")"""
IN_EAST_ASIAN = "text GLOB '*[぀-ヿ㐀-䶿一-鿿가-힯]*'"  # signs that stand without spaces
_PAGES = """CREATE TABLE IF NOT EXISTS pages (
    rowid INTEGER PRIMARY KEY, source_id TEXT NOT NULL, number INTEGER NOT NULL,
    label TEXT NOT NULL, text TEXT NOT NULL, blocks BLOB NOT NULL, repairs TEXT NOT NULL,
    recognition TEXT NOT NULL, UNIQUE (source_id, number))"""
_PAGES_IN_EAST_ASIAN = f"""CREATE INDEX IF NOT EXISTS pages_in_east_asian
    ON pages (source_id, number) WHERE {IN_EAST_ASIAN}"""
_FACTS_ON_PAGES = """CREATE INDEX IF NOT EXISTS facts_on_pages
    ON facts (source_id, page, measure, last_year, first_year, dimension)"""
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sources (
    id TEXT PRIMARY KEY, root TEXT NOT NULL, location TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL, record TEXT NOT NULL, content TEXT NOT NULL, fingerprint TEXT NOT NULL,
    copy_group TEXT NOT NULL, copy_order INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS sources_of_content ON sources (content);
CREATE INDEX IF NOT EXISTS sources_of_copy_group ON sources (copy_group);
CREATE TABLE IF NOT EXISTS sketches (
    hash INTEGER NOT NULL, source_id TEXT NOT NULL, PRIMARY KEY (hash, source_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sketches_of_source ON sketches (source_id);
{_PAGES};
{_PAGES_IN_EAST_ASIAN};
{PAGE_WORDS_TABLE};
CREATE TABLE IF NOT EXISTS passages (
    rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, vector_id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL, digest TEXT NOT NULL, traits TEXT NOT NULL, record TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passages_of_source ON passages (source_id);
CREATE INDEX IF NOT EXISTS passages_of_digest ON passages (digest);
{WORDS_TABLE};
CREATE TABLE IF NOT EXISTS facts (
    rowid INTEGER PRIMARY KEY, source_id TEXT NOT NULL, page INTEGER NOT NULL,
    measure TEXT NOT NULL, period TEXT NOT NULL, first_year INTEGER, last_year INTEGER,
    dimension TEXT NOT NULL, same TEXT NOT NULL, words TEXT NOT NULL, record TEXT NOT NULL);
{_FACTS_ON_PAGES};
CREATE INDEX IF NOT EXISTS facts_of_measure ON facts (measure, last_year);
CREATE INDEX IF NOT EXISTS facts_that_are_same ON facts (same);
{FACT_WORDS_TABLE};
COMMIT;
"""
# What catalogs were made without: indexes of facts, names with measure and last year, and words of
# pages.
_FACTS_AT_PLACES = """
CREATE INDEX IF NOT EXISTS facts_at_places ON facts (
    source_id, page, json_extract(record, '$.place[3]'))
"""
_FACTS_OF_SEGMENTS = """
CREATE INDEX IF NOT EXISTS facts_of_segments ON facts (source_id)
    WHERE instr(record, '["segment",')
"""
_NAMES = """CREATE TABLE IF NOT EXISTS fact_names (
    key TEXT NOT NULL, measure TEXT NOT NULL, last_year INTEGER NOT NULL, fact INTEGER NOT NULL,
    PRIMARY KEY (key, measure, last_year, fact)) WITHOUT ROWID"""
_NAMES_OF_FACT = "CREATE INDEX IF NOT EXISTS names_of_fact ON fact_names (fact)"
_NAMES_WITH_MEASURES = (
    "ALTER TABLE fact_names RENAME TO names_alone",
    "DROP INDEX names_of_fact",
    _NAMES,
    """INSERT INTO fact_names SELECT key, measure, coalesce(last_year, 0), fact
    FROM names_alone CROSS JOIN facts ON facts.rowid = fact ORDER BY 1, 2, 3, 4""",
    "DROP TABLE names_alone",
    _NAMES_OF_FACT,
)
_FACTS_OF_NO_MEASURE = """CREATE INDEX IF NOT EXISTS facts_of_no_measure
    ON facts (dimension, last_year) WHERE measure = ''"""
_PAGES_WITH_WORDS = (
    "ALTER TABLE pages RENAME TO pages_alone",
    _PAGES,
    """INSERT INTO pages (source_id, number, label, text, blocks, repairs, recognition)
    SELECT source_id, number, label, text, blocks, repairs, recognition FROM pages_alone""",
    "DROP TABLE pages_alone",
    _PAGES_IN_EAST_ASIAN,
    PAGE_WORDS_TABLE,
    "INSERT INTO page_words (page_words) VALUES ('rebuild')",
    _FACTS_ON_PAGES,
    "DROP INDEX facts_of_source",
)
_CACHE_KIB = 32 * 1024  # of a connection


class Database:
    """An open catalog file. Safe to share between threads; one process changes it at a time.

    Threads that read at once have a connection each, taken from those that are idle.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writing = threading.RLock()
        self._idle: list[sqlite3.Connection] = []
        self._opened: list[sqlite3.Connection] = []
        self._own = threading.local()  # the connection that a thread holds on to, if any
        self._is_open = True
        try:
            with self._connection() as connection:
                connection.execute("PRAGMA journal_mode=WAL")
                names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
                if not names:
                    connection.executescript(_SCHEMA)
                if not names or "facts" in names:
                    _complete(connection, names)
        except sqlite3.OperationalError as error:
            raise IndexingError(
                f"{file} cannot be opened ({error}); check that you may write to it and that its "
                "disk has room"
            ) from error
        except sqlite3.DatabaseError as error:
            raise IndexingError(
                f"{file} cannot be opened as a catalog ({error}); restore it from a backup, or "
                "remove the home folder and add the sources again"
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._is_open = False
        while self._opened:
            self._opened.pop().close()
        self._idle.clear()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self._connection() as connection:
            return connection.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of a query, None where there is none."""
        rows = self.rows(query, *values)
        return rows[0] if rows else None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let all queries of this thread within see one state of the catalog."""
        with self._connection() as connection:
            if connection.in_transaction:  # of a reading or a change around this one
                yield
                return
            connection.execute("BEGIN")
            try:
                with self._held(connection):
                    yield
            finally:
                connection.rollback()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Change the catalog all at once or, where an error comes up, not at all."""
        assert getattr(self._own, "connection", None) is None, "a change stands by itself"
        with self._writing, self._connection() as connection, self._held(connection), connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def take_over(self, made: "Database") -> None:
        """Become what another file holds, all at once; who reads meanwhile sees one of the two."""
        with self._writing, made._connection() as held, self._connection() as connection:
            held.backup(connection)

    def compact(self) -> None:
        """Merge what the indexes of words were written in, and give unused room back to the disk.

        Takes as much room again while it runs, and lets others read meanwhile.
        """
        with self._writing, self._connection() as connection:
            for index in ("words", "fact_words", "page_words"):
                with connection:
                    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection this thread holds, else one that no other uses meanwhile."""
        held: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if held is not None:
            yield held
            return
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        finally:
            self._idle.append(connection)

    @contextmanager
    def _held(self, connection: sqlite3.Connection) -> Iterator[None]:
        before = getattr(self._own, "connection", None)
        self._own.connection = connection
        try:
            yield
        finally:
            self._own.connection = before

    def _connect(self) -> sqlite3.Connection:
        if not self._is_open:
            raise sqlite3.ProgrammingError("the catalog was closed")
        connection = sqlite3.connect(self._file, check_same_thread=False, timeout=30)
        self._opened.append(connection)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        return connection


def _complete(connection: sqlite3.Connection, names: Collection[str]) -> None:
    """Make what a catalog was made without; `names` are those of its tables and indexes."""
    if "fact_names" not in names:
        connection.execute(_NAMES)
        connection.execute(_NAMES_OF_FACT)
    else:
        _change(connection, _names_have_measures, _NAMES_WITH_MEASURES)
    _change(connection, _pages_have_words, _PAGES_WITH_WORDS)
    if "facts_at_places" not in names:
        connection.execute(_FACTS_AT_PLACES)
    if "facts_of_no_measure" not in names:
        connection.execute(_FACTS_OF_NO_MEASURE)
    if "facts_of_segments" not in names:
        connection.execute(_FACTS_OF_SEGMENTS)


def _change(
    connection: sqlite3.Connection,
    is_changed: Callable[[sqlite3.Connection], bool],
    steps: Sequence[str],
) -> None:
    """Take the steps of a change together, unless another process did so before or meanwhile."""
    if is_changed(connection):
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for step in () if is_changed(connection) else steps:
            connection.execute(step)


def _pages_have_words(connection: sqlite3.Connection) -> bool:
    return any(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'page_words'"))


def _names_have_measures(connection: sqlite3.Connection) -> bool:
    columns = connection.execute("PRAGMA table_info(fact_names)")
    return any(name == "measure" for _, name, *_ in columns)
