"""What can be read of a damaged database, written into a new one.

Rows are read in their order; where a page of the file is damaged, reading goes on at the next row
that can be reached. Indexes are made anew.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_OF_WORDS = "inverted index"  # what SQLite says of damage of FTS5


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many rows of each table were read, and the tables of which not all could be."""

    rows: dict[str, int]
    damaged: tuple[str, ...]


def is_whole(file: Path) -> bool:
    """Tell whether a database can be read as one; indexes of words are left to who knows them."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            told = [line for (line,) in db.execute("PRAGMA integrity_check")]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
    return all(line == "ok" or _OF_WORDS in line for line in told)


def salvage(damaged: Path, made: sqlite3.Connection, tables: Sequence[str] = ()) -> Salvaged:
    """Read a damaged database into a new one; with `tables` these alone, which are there already.

    Rows that break a rule of the new table are left out. What cannot be read at all gives nothing.
    """
    rows: dict[str, int] = {}
    broken = []
    with closing(sqlite3.connect(f"file:{damaged}?mode=ro", uri=True)) as db:
        for table in tables or _made_tables(db, made):
            reading = _Reading(db, table)
            places = ", ".join("?" for _ in reading.columns)
            columns = ", ".join(reading.columns)
            written = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})"
            before = made.total_changes
            for row in reading.rows():
                made.execute(written, row)
            rows[table] = made.total_changes - before
            if reading.is_damaged:
                broken.append(table)
    made.commit()
    return Salvaged(rows, tuple(broken))


def _made_tables(db: sqlite3.Connection, made: sqlite3.Connection) -> list[str]:
    """Make the tables and indexes of a database in another, as far as they can be read."""
    tables = []
    try:
        described = db.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return []
    for kind, name, sql in described:
        if sql and not name.startswith("sqlite_"):
            made.execute(sql)
            if kind == "table":
                tables.append(name)
    return tables


class _Reading:
    """The rows of one table, as far as they can be read."""

    def __init__(self, db: sqlite3.Connection, table: str) -> None:
        self._db = db
        self._table = table
        self.is_damaged = False
        self.columns = self._columns()

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that can be read, without those on damaged pages."""
        last = -(2**63)
        while self.columns:
            query = f"SELECT rowid, * FROM {self._table} WHERE rowid > ? ORDER BY rowid"
            try:
                for rowid, *row in self._db.execute(query, (last,)):
                    last = rowid
                    yield tuple(row)
                return
            except (sqlite3.DatabaseError, UnicodeDecodeError):
                self.is_damaged = True
            following = self._next(last)
            if following is None:
                return
            last = following[0]
            yield following[1:]

    def _columns(self) -> tuple[str, ...]:
        try:
            described = self._db.execute(f"PRAGMA table_info({self._table})").fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            described = []
        if not described:
            self.is_damaged = True
        return tuple(name for _, name, *_ in described)

    def _next(self, last: int) -> tuple[Any, ...] | None:
        """Return the first row after a damaged place that can be read, with its number first."""
        low = max(last, 0)
        step = 1
        while self._read(low + step) is None:
            step *= 2
            if step > 2**40:
                return None
        high = low + step
        low += step // 2
        while high - low > 1:  # rows before `low` cannot be reached, those from `high` on can
            middle = (low + high) // 2
            if self._read(middle) is None:
                low = middle
            else:
                high = middle
        return self._read(high)

    def _read(self, rowid: int) -> tuple[Any, ...] | None:
        """Return the first row from a place on, None where there is none or it is damaged."""
        query = f"SELECT rowid, * FROM {self._table} WHERE rowid >= ? ORDER BY rowid LIMIT 1"
        try:
            row: tuple[Any, ...] | None = self._db.execute(query, (rowid,)).fetchone()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return None
        return row
