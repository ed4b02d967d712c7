"""What a home follows on the web: HOME/web.sqlite, an address a row.

It is apart from the catalog: what is lost with it is when to look again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from index.errors import FollowingError
from index.storage.home_database import HomeDatabase

FOLLOWED_FILE = "web.sqlite"


@dataclass(frozen=True, slots=True)
class FollowedAddress:
    """An address that was asked for, and what its looks have told.

    `kind` is "" until a first look tells it. Moments are UTC in ISO 8601, "" for never.
    """

    asked: str  # as it was given or listed
    address: str  # where it is now
    kind: str = ""  # page, feed, sitemap
    source_id: str = ""  # of a page
    every_seconds: int = 0  # 0: only when it is asked for
    listed_by: str = ""  # `asked` of the feed or sitemap that has it
    listed_change: str = ""  # when it was changed, as that says
    etag: str = ""
    modified: str = ""
    sha256: str = ""  # of the version that the catalog had when it was given these
    looked: str = ""
    next_look: str = ""
    failures: int = 0  # in a row
    fault: str = ""
    gone_since: str = ""


_COLUMNS = tuple(field.name for field in fields(FollowedAddress))
_SCHEMA = f"""CREATE TABLE IF NOT EXISTS followed ({", ".join(_COLUMNS)}, PRIMARY KEY (asked))"""
_PUT = f"INSERT OR REPLACE INTO followed VALUES ({', '.join('?' * len(_COLUMNS))})"


class FollowedFile:
    """The file of one home. Its methods raise FollowingError where it cannot be used."""

    def __init__(self, home: Path) -> None:
        file = home / FOLLOWED_FILE
        self._file = HomeDatabase(file, _SCHEMA, FollowingError, "follow the addresses anew")

    def all(self) -> tuple[FollowedAddress, ...]:
        """Return all addresses, in order of their own."""
        with self._file.reading() as connection:
            rows = connection.execute("SELECT * FROM followed ORDER BY asked").fetchall()
        return tuple(FollowedAddress(*row) for row in rows)

    def find(self, address: str) -> FollowedAddress | None:
        """Return what is known of an address, as it was given or as it is now; None for nothing."""
        query = "SELECT * FROM followed WHERE ? IN (asked, address) ORDER BY asked = ? DESC"
        with self._file.reading() as connection:
            row = connection.execute(query, (address, address)).fetchone()
        return FollowedAddress(*row) if row else None

    def of_source(self, source_id: str) -> tuple[FollowedAddress, ...]:
        """Return the addresses of a source."""
        return tuple(one for one in self.all() if one.source_id == source_id)

    def next_look(self) -> datetime | None:
        """Return when an address is to be looked at next, None where none is."""
        with self._file.reading() as connection:
            query = "SELECT min(next_look) FROM followed WHERE next_look != ''"
            (moment,) = connection.execute(query).fetchone()
        return datetime.fromisoformat(moment) if moment else None

    def put(self, rows: Sequence[FollowedAddress]) -> None:
        """Write addresses in place of what was known of them, all or none."""
        with self._file.writing() as connection:
            values = ([getattr(row, name) for name in _COLUMNS] for row in rows)
            connection.executemany(_PUT, values)

    def forget_looks(self, source_id: str) -> None:
        """Look at the addresses of a source no more until they are added again."""
        query = "UPDATE followed SET every_seconds = 0, next_look = '' WHERE source_id = ?"
        with self._file.writing() as connection:
            connection.execute(query, (source_id,))

    def drop(self, asked: Sequence[str]) -> None:
        """Forget addresses."""
        with self._file.writing() as connection:
            connection.executemany("DELETE FROM followed WHERE asked = ?", ((a,) for a in asked))
