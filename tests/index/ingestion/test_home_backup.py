"""A home copied beside itself: databases as of one moment, sent files linked, whole or not."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fakes import write_files

from index.errors import IndexingError
from index.ingestion.home_backup import back_up, bytes_needed


@pytest.fixture
def home(tmp_path: Path) -> Path:
    files = {
        "settings.toml": "passages = 30", "uploads/a.txt": "x" * 1000, "checks/b.jsonl": "{}\n",
        "vectors-1/data.bin": "y" * 100, "notes-wal": "no database's",
    }  # fmt: skip
    return write_files(tmp_path / "uploads", files)


def test_backup_has_all_files_and_links_those_that_were_sent(home: Path) -> None:
    os.chmod(home / "settings.toml", 0o600)
    backup = back_up(home)
    assert {file.relative_to(backup).as_posix() for file in backup.rglob("*.*")} == {
        "settings.toml", "uploads/a.txt", "checks/b.jsonl", "vectors-1/data.bin",
    }  # fmt: skip
    assert (backup / "notes-wal").exists()
    assert (backup / "uploads" / "a.txt").samefile(home / "uploads" / "a.txt")
    assert not (backup / "settings.toml").samefile(home / "settings.toml")
    assert (backup / "settings.toml").stat().st_mode & 0o777 == 0o600
    assert list(home.parent.glob("*.part")) == []


def test_database_that_is_written_to_is_copied_as_of_one_moment(home: Path) -> None:
    with closing(sqlite3.connect(home / "desk.sqlite")) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE kept (word TEXT)")
        db.execute("INSERT INTO kept VALUES ('yes')")
        db.commit()
        db.execute("INSERT INTO kept VALUES ('not yet')")
        backup = back_up(home)
    assert sorted(file.name for file in backup.glob("desk*")) == ["desk.sqlite"]
    with closing(sqlite3.connect(backup / "desk.sqlite")) as db:
        assert db.execute("SELECT word FROM kept").fetchall() == [("yes",)]


def test_file_that_is_no_database_is_copied_as_it_is(home: Path) -> None:
    (home / "records.sqlite").write_bytes(b"damaged" * 100)
    assert (back_up(home) / "records.sqlite").read_bytes() == b"damaged" * 100


def test_backup_that_fails_leaves_nothing_half(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copy2", full)
    with pytest.raises(IndexingError, match=r"cannot be backed up to .*No space left on device"):
        back_up(home)
    assert [place.name for place in home.parent.iterdir()] == ["uploads"]


def test_room_is_counted_for_the_copy_and_three_times_the_index(home: Path) -> None:
    copied = len("passages = 30") + len("{}\n") + 100 + len("no database's")
    assert bytes_needed(home) == copied + 3 * 100
