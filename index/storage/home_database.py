"""A database that a home keeps beside its catalog: its tables made, opened for each use.

So any number of processes may read and write between. A process that is killed loses what it was
writing, and nothing else.
"""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

_WAIT_SECONDS = 10.0  # for another process that writes
_NOT_UNPACKED = (zlib.error, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """Statements for a file whose table has not a column yet."""

    table: str
    column: str
    statements: str


@dataclass(frozen=True, slots=True)
class HomeDatabase:
    """One such file, which is made when it is first written.

    `schema` makes the tables that are not there, after the upgrades that a file needs; both are
    looked at again where the file is of an earlier `version`. `error` is raised, from what SQLite
    says, where the file cannot be used; `anew` tells what begins without it.
    """

    file: Path
    schema: str
    error: type[Exception]
    anew: str
    upgrades: tuple[Upgrade, ...] = ()
    version: int = 1

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield what reads it; a home that has none yet is left as it is.

        What is read and cannot be unpacked within is damage of the file as well.
        """
        try:
            with self._opened(self.file if self.file.exists() else ":memory:") as connection:
                yield connection
        except _NOT_UNPACKED as error:
            raise self._damage(error) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield what changes it: all that is done within is kept, or nothing."""
        with self._opened(self.file) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _opened(self, place: Path | str) -> Iterator[sqlite3.Connection]:
        try:
            connected = sqlite3.connect(place, timeout=_WAIT_SECONDS, isolation_level=None)
            with closing(connected) as connection:
                self._make_tables(connection)
                yield connection
        except sqlite3.OperationalError as error:
            raise self.error(
                f"{self.file} cannot be used ({error}); check the home folder"
            ) from error
        except sqlite3.DatabaseError as error:
            raise self._damage(error) from error

    def _damage(self, error: Exception) -> Exception:
        return self.error(f"{self.file} is damaged ({error}); move it away, and {self.anew}")

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        if _version(connection) >= self.version:
            return
        connection.execute("BEGIN IMMEDIATE")
        if _version(connection) < self.version:  # no other process was first
            for upgrade in self.upgrades:
                if _lacks_column(connection, upgrade):
                    _run(connection, upgrade.statements)
            _run(connection, self.schema)
            connection.execute(f"PRAGMA user_version = {self.version}")
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _lacks_column(connection: sqlite3.Connection, upgrade: Upgrade) -> bool:
    query = "SELECT name FROM pragma_table_info(?)"
    columns = [name for (name,) in connection.execute(query, (upgrade.table,))]
    return bool(columns) and upgrade.column not in columns


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";"):  # executescript would end the transaction
        connection.execute(statement)
