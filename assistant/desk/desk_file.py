"""The file in which a home keeps what readers do with answers: HOME/desk.sqlite.

Opened for each use, so that any number of sessions and processes may write between.
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
    made TEXT NOT NULL, changed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turns (
    number INTEGER PRIMARY KEY, conversation TEXT NOT NULL, record TEXT NOT NULL,
    question TEXT NOT NULL, stands_alone INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS turns_of ON turns (conversation);
CREATE TABLE IF NOT EXISTS ratings (
    record TEXT PRIMARY KEY, is_good INTEGER NOT NULL, reason TEXT NOT NULL, time TEXT NOT NULL);
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
                connection.executescript(_SCHEMA)
                yield connection
        except sqlite3.OperationalError as error:
            raise DeskError(
                f"{self._file} cannot be used ({error}); check the home folder"
            ) from error
        except sqlite3.DatabaseError as error:
            raise DeskError(
                f"{self._file} is damaged ({error}); move it away, and new conversations begin"
            ) from error


def now() -> str:
    """Return the moment as it is kept: UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
