"""The file in which a home keeps what readers do with answers: HOME/desk.sqlite.

Each thing has an owner, "" for what was made where nobody signs in: it belongs to nobody.
"""

from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import DeskError
from index.storage.home_database import HomeDatabase, Upgrade

DESK_FILE = "desk.sqlite"
_RATINGS = """CREATE TABLE IF NOT EXISTS ratings (
    record TEXT NOT NULL, is_good INTEGER NOT NULL, reason TEXT NOT NULL, time TEXT NOT NULL,
    owner TEXT NOT NULL DEFAULT '', PRIMARY KEY (record, owner))"""
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS conversations (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    made TEXT NOT NULL, changed TEXT NOT NULL, owner TEXT NOT NULL DEFAULT '',
    owner_name TEXT NOT NULL DEFAULT '', is_shared INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS turns (
    number INTEGER PRIMARY KEY, conversation TEXT NOT NULL, record TEXT NOT NULL,
    question TEXT NOT NULL, stands_alone INTEGER NOT NULL, answer TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS turns_of ON turns (conversation);
CREATE INDEX IF NOT EXISTS turns_with ON turns (record);
{_RATINGS}
"""
_OWNERS = f"""
ALTER TABLE conversations ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN owner_name TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN is_shared INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ratings RENAME TO ratings_before;
{_RATINGS};
INSERT INTO ratings (record, is_good, reason, time)
    SELECT record, is_good, reason, time FROM ratings_before;
DROP TABLE ratings_before
"""

_ANSWERS = "ALTER TABLE turns ADD COLUMN answer TEXT NOT NULL DEFAULT ''"


def desk_file(home: Path) -> HomeDatabase:
    """Return the file of a home; it raises DeskError where it cannot be read or written."""
    upgrades = (Upgrade("conversations", "owner", _OWNERS), Upgrade("turns", "answer", _ANSWERS))
    anew = "new conversations begin"
    return HomeDatabase(home / DESK_FILE, _SCHEMA, DeskError, anew, upgrades, version=2)


def now() -> str:
    """Return the moment as it is kept: UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
