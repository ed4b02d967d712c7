"""A database beside the catalog is made once, changed whole, brought up to date, and told of."""

import json
import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from processes import start

from index.errors import FollowingError
from index.storage.home_database import HomeDatabase, Upgrade

WRITERS, ROWS = 4, 25
WRITER = """
    import os, sys
    from pathlib import Path
    from index.errors import FollowingError
    from index.storage.home_database import HomeDatabase

    file, schema, name, rows, kills = sys.argv[1:]
    database = HomeDatabase(Path(file), schema, FollowingError, "notes begin anew")
    for number in range(int(rows)):
        with database.writing() as connection:
            connection.execute("INSERT INTO notes VALUES (?, ?)", (f"{name} {number}", "written"))
            if kills == "kills":
                connection.execute("DELETE FROM notes WHERE name = 'first'")
                os.kill(os.getpid(), 9)
"""
SCHEMA = """
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS notes_of_value ON notes (value)
"""


@pytest.fixture
def database(tmp_path: Path) -> HomeDatabase:
    return HomeDatabase(tmp_path / "notes.sqlite", SCHEMA, FollowingError, "notes begin anew")


def put(database: HomeDatabase, *names: str) -> None:
    with database.writing() as connection:
        for name in names:
            connection.execute("INSERT INTO notes (name, value) VALUES (?, '{}')", (name,))


def clear_and_fail(database: HomeDatabase) -> None:
    with database.writing() as connection:
        connection.execute("DELETE FROM notes")
        raise KeyError


def names(database: HomeDatabase) -> list[str]:
    with database.reading() as connection:
        return [name for (name,) in connection.execute("SELECT name FROM notes ORDER BY rowid")]


def test_what_was_written_is_read(database: HomeDatabase) -> None:
    put(database, "first", "second")
    assert names(database) == ["first", "second"]


def test_reading_makes_no_file(database: HomeDatabase) -> None:
    assert names(database) == []
    assert list(database.file.parent.iterdir()) == []


def test_of_a_change_that_fails_nothing_is_kept(database: HomeDatabase) -> None:
    put(database, "first")
    with pytest.raises(FollowingError, match="UNIQUE"):
        put(database, "second", "first")
    with pytest.raises(KeyError):
        clear_and_fail(database)
    assert names(database) == ["first"]


def test_of_a_change_that_is_killed_nothing_is_kept(database: HomeDatabase) -> None:
    put(database, "first")
    writer = start(WRITER, database.file, SCHEMA, "killed", 1, "kills")
    assert writer.wait(60) == -signal.SIGKILL
    assert names(database) == ["first"]
    put(database, "second")
    assert names(database) == ["first", "second"]


def test_processes_that_begin_a_file_together_lose_nothing(database: HomeDatabase) -> None:
    writers = [start(WRITER, database.file, SCHEMA, n, ROWS, "") for n in range(WRITERS)]
    assert [writer.wait(60) for writer in writers] == [0] * WRITERS
    assert len(set(names(database))) == WRITERS * ROWS


def test_a_file_of_an_earlier_version_is_upgraded_and_keeps_its_rows(
    database: HomeDatabase,
) -> None:
    put(database, "first")
    later = replace(
        database,
        schema="CREATE TABLE IF NOT EXISTS persons (id TEXT)",
        upgrades=(Upgrade("notes", "owner", "ALTER TABLE notes ADD COLUMN owner DEFAULT 'ann'"),),
        version=2,
    )
    for _ in range(2):
        with later.reading() as connection:
            assert connection.execute("SELECT name, owner FROM notes").fetchall() == [
                ("first", "ann")
            ]
            assert connection.execute("SELECT count(*) FROM persons").fetchone() == (0,)


def test_a_new_file_is_not_upgraded(database: HomeDatabase) -> None:
    upgrade = Upgrade("notes", "value", "ALTER TABLE notes ADD COLUMN value")
    put(replace(database, upgrades=(upgrade,)), "first")
    assert names(database) == ["first"]


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(database: HomeDatabase) -> None:
    put(database, "first")
    half = Upgrade("notes", "owner", "ALTER TABLE notes ADD COLUMN owner; DROP TABLE absent")
    with pytest.raises(FollowingError, match="no such table: absent"):
        names(replace(database, upgrades=(half,), version=2))
    with database.reading() as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(notes)")]
    assert columns == ["name", "value"]
    assert names(database) == ["first"]


def test_a_damaged_file_is_one_line_that_says_what_to_do(database: HomeDatabase) -> None:
    database.file.write_bytes(b"no database, but long enough to be looked at" * 40)
    told = r"notes\.sqlite is damaged \(.*\); move it away, and notes begin anew$"
    with pytest.raises(FollowingError, match=told):
        names(database)
    with pytest.raises(FollowingError, match=told):
        put(database, "first")


def test_what_is_read_and_cannot_be_unpacked_is_damage(database: HomeDatabase) -> None:
    put(database, "first")
    with database.writing() as connection:
        connection.execute("UPDATE notes SET value = '{'")
    with (
        pytest.raises(FollowingError, match="is damaged"),
        database.reading() as connection,
    ):
        json.loads(connection.execute("SELECT value FROM notes").fetchone()[0])


def test_a_place_that_cannot_be_used_is_told_and_not_called_damaged(
    database: HomeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(database, "first")
    monkeypatch.setattr("index.storage.home_database._WAIT_SECONDS", 0.1)
    with closing(sqlite3.connect(database.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(FollowingError, match=r"cannot be used \(database is locked\); check"):
            put(database, "second")
    database.file.unlink()
    database.file.mkdir()
    with pytest.raises(FollowingError, match=r"notes\.sqlite cannot be used"):
        names(database)
