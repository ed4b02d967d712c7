"""The file in which a home keeps what readers do with answers: HOME/desk.sqlite.

Opened for each use, so that any number of sessions and processes may write between. Each thing has
an owner, "" for what was made where nobody signs in: it belongs to nobody.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import DeskError

DESK_FILE = "desk.sqlite"
_WAIT_SECONDS = 10.0  # for another process that writes
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    made TEXT NOT NULL, changed TEXT NOT NULL, owner TEXT NOT NULL DEFAULT '',
    owner_name TEXT NOT NULL DEFAULT '', is_shared INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS turns (
    number INTEGER PRIMARY KEY, conversation TEXT NOT NULL, record TEXT NOT NULL,
    question TEXT NOT NULL, stands_alone INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS turns_of ON turns (conversation);
CREATE INDEX IF NOT EXISTS turns_with ON turns (record);
CREATE TABLE IF NOT EXISTS ratings (
    record TEXT NOT NULL, is_good INTEGER NOT NULL, reason TEXT NOT NULL, time TEXT NOT NULL,
    owner TEXT NOT NULL DEFAULT '', PRIMARY KEY (record, owner));
"""
_NOW = 1  # the version of the tables, in `user_version`
_BEFORE_OWNERS = """
ALTER TABLE conversations ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN owner_name TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN is_shared INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ratings RENAME TO ratings_before;
"""
_AFTER_OWNERS = """
INSERT INTO ratings (record, is_good, reason, time)
    SELECT record, is_good, reason, time FROM ratings_before;
DROP TABLE ratings_before;
"""


class DeskFile:
    """The file of one home. Its methods raise DeskError where it cannot be read or written."""

    def __init__(self, home: Path) -> None:
        self._file = home / DESK_FILE

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield what reads it; a home that has none yet is left as it is."""
        with self._opened(self._file if self._file.exists() else ":memory:") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield what changes it: all that is done inside is kept, or nothing."""
        with self._opened(self._file) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _opened(self, place: Path | str) -> Iterator[sqlite3.Connection]:
        try:
            connected = sqlite3.connect(place, timeout=_WAIT_SECONDS, isolation_level=None)
            with closing(connected) as connection:
                _make_tables(connection)
                yield connection
        except sqlite3.OperationalError as error:
            raise DeskError(
                f"{self._file} cannot be used ({error}); check the home folder"
            ) from error
        except sqlite3.DatabaseError as error:
            raise DeskError(
                f"{self._file} is damaged ({error}); move it away, and new conversations begin"
            ) from error


def _make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables where there are none yet, and give those of an older file their owners."""
    if _version(connection) >= _NOW:
        return
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) < _NOW:  # no other process was first
        old = "SELECT 1 FROM sqlite_master WHERE name = 'conversations'"
        steps = [_SCHEMA]
        if connection.execute(old).fetchone():
            steps = [_BEFORE_OWNERS, _SCHEMA, _AFTER_OWNERS]
        for step in "".join(steps).split(";"):  # executescript would end the transaction
            connection.execute(step)
        connection.execute(f"PRAGMA user_version = {_NOW}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def now() -> str:
    """Return the moment as it is kept: UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
