"""A home in one file and back: equal to what it was, beside writers, whole or not at all."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from homes import Home, open_home

from index.errors import ArchiveError, HomeLockedError, StaleIndexError
from index.ingestion.sync import Progress
from index.storage.store import PassageStore
from index.upkeep.archive import archive_home
from index.upkeep.restoring import Restored, restore_home

MINES = {f"mine{n}.md": f"# Mine {n}\n\nMine {n} put out {n} tons in 2025.\n" for n in range(6)}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_home(tmp_path, MINES) as opened:
        opened.add()
        folder = opened.store.home
        (folder / "uploads").mkdir()
        (folder / "uploads" / "sent.md").write_text("# Sent\n", encoding="utf-8")
        (folder / "rebuild").mkdir()
        (folder / "rebuild" / "half.txt").write_text("half", encoding="utf-8")
        with closing(sqlite3.connect(folder / "desk.sqlite")) as db, db:
            db.execute("CREATE TABLE kept (word TEXT)")
            db.execute("INSERT INTO kept VALUES ('yes')")
        yield opened


def unheard(_: Progress) -> None:
    """Hear nothing of how far it is."""


def refuse() -> HashingEmbedder:
    raise AssertionError("nothing was to be embedded")


def restore(file: Path, home: Path, replaces: bool = False) -> Restored:
    return restore_home(file, home, HashingEmbedder().name, HashingEmbedder, replaces, unheard)


def contents(store: PassageStore) -> dict[str, list[tuple[object, ...]]]:
    """Return what the tables of a catalog hold, and the vectors."""
    tables = ("meta", "sources", "pages", "passages", "facts", "fact_names", "words", "sketches")
    rows = {name: sorted(store.catalog.database.rows(f"SELECT * FROM {name}")) for name in tables}
    vectors = store.vectors(sorted(store.catalog.vector_ids()))
    return rows | {"vectors": sorted((id, *vector.tolist()) for id, vector in vectors.items())}


def test_restored_home_is_equal_and_needs_no_embedding(home: Home, tmp_path: Path) -> None:
    archived = archive_home(home.store, tmp_path / "home.zip", unheard)
    assert (archived.sources, archived.passages, archived.vectors) == (6, 6, 6)
    assert archived.file.stat().st_mode & 0o777 == 0o600
    target = tmp_path / "other"
    restored = restore_home(archived.file, target, HashingEmbedder().name, refuse, False, unheard)
    assert (restored.sources, restored.passages, restored.embedded) == (6, 6, 0)
    with closing(PassageStore(target, HashingEmbedder().name)) as store:
        assert contents(store) == contents(home.store)
        with store.writing() as writer:
            assert (writer.missing(), writer.orphans()) == (set(), set())
    assert (target / "uploads" / "sent.md").read_text(encoding="utf-8") == "# Sent\n"
    assert not (target / "rebuild").exists()
    with closing(sqlite3.connect(target / "desk.sqlite")) as db:
        assert db.execute("SELECT word FROM kept").fetchall() == [("yes",)]


def test_empty_home_is_restored(tmp_path: Path) -> None:
    with open_home(tmp_path, {}) as home:
        archive_home(home.store, tmp_path / "home.zip", unheard)
    assert restore(tmp_path / "home.zip", tmp_path / "other").passages == 0


def test_vectors_taken_out_meanwhile_are_embedded_anew(home: Home, tmp_path: Path) -> None:
    with home.store.writing() as writer:
        lost = sorted(home.store.catalog.vector_ids())[:2]
        writer._vectors.delete(lost)
    archived = archive_home(home.store, tmp_path / "home.zip", unheard)
    assert archived.vectors == 4
    assert restore(archived.file, tmp_path / "other").embedded == 2
    with closing(PassageStore(tmp_path / "other", HashingEmbedder().name)) as store:
        held = store.vectors(lost)
    made = HashingEmbedder()
    assert all(abs(float(vector @ vector) - 1) < 1e-5 for vector in held.values())
    assert len(held) == 2
    assert made.name == HashingEmbedder().name


def test_home_that_stands_there_is_put_aside_only_where_asked(home: Home, tmp_path: Path) -> None:
    archived = archive_home(home.store, tmp_path / "home.zip", unheard)
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"other is not empty; give another --home, or --repl"):
        restore(archived.file, other)
    restored = restore(archived.file, other, replaces=True)
    assert restored.before is not None
    assert (restored.before / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert not (other / "mine.txt").exists()
    assert (other / "catalog.sqlite").exists()


def test_home_that_is_written_to_is_not_replaced(home: Home, tmp_path: Path) -> None:
    archived = archive_home(home.store, tmp_path / "home.zip", unheard)
    with home.store.locked(), pytest.raises(HomeLockedError):
        restore(archived.file, home.store.home, replaces=True)
    assert len(home.store.catalog.sources()) == 6


def test_archive_never_replaces_a_file(home: Home, tmp_path: Path) -> None:
    (tmp_path / "home.zip").write_text("mine", encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"home\.zip is there already"):
        archive_home(home.store, tmp_path / "home.zip", unheard)


def test_archive_that_fails_leaves_nothing(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.upkeep.archive.copy_database", full)
    with pytest.raises(ArchiveError, match=r"cannot be written \(No space left on device\)"):
        archive_home(home.store, tmp_path / "home.zip", unheard)
    assert sorted(place.name for place in tmp_path.iterdir()) == ["files", "home"]


def damaged(file: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    """Copy an archive with parts changed, or left out."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in {**dict.fromkeys(old.namelist()), **change}:
            data = change[name] if name in change else old.read(name)
            if data is not None:
                new.writestr(name, data)
    return target


def test_damaged_archives_are_refused_and_leave_nothing(home: Home, tmp_path: Path) -> None:
    file = archive_home(home.store, tmp_path / "home.zip", unheard).file
    with zipfile.ZipFile(file) as packed:
        manifest = json.loads(packed.read("manifest.json"))
    outside = json.dumps(manifest | {"files": manifest["files"] | {"home/../x": "0"}})
    later = json.dumps(manifest | {"form": 99})
    other = tmp_path / "other"
    for change, message in (
        ({"catalog.sqlite": b"other"}, "catalog.sqlite is not what was backed up"),
        ({"vectors.f32": None}, "vectors.f32 cannot be read"),
        ({"manifest.json": b"[]"}, "is no backup of a home"),
        ({"manifest.json": None}, "is no backup of a home"),
        ({"manifest.json": later.encode()}, "was made by another version"),
        ({"manifest.json": outside.encode(), "home/../x": b""}, "would lie outside the home"),
    ):
        broken = damaged(file, tmp_path / "broken.zip", change)
        with pytest.raises(ArchiveError, match=message):
            restore(broken, other)
    (tmp_path / "cut.zip").write_bytes(file.read_bytes()[:-400])
    with pytest.raises(ArchiveError, match=r"cut\.zip is damaged or no backup"):
        restore(tmp_path / "cut.zip", other)
    with pytest.raises(ArchiveError, match="does not exist"):
        restore(tmp_path / "none.zip", other)
    assert not other.exists()
    assert not list(tmp_path.glob("*.part"))


def test_archive_of_another_embedding_model_is_refused(home: Home, tmp_path: Path) -> None:
    file = archive_home(home.store, tmp_path / "home.zip", unheard).file
    with pytest.raises(StaleIndexError, match="was built with"):
        restore_home(file, tmp_path / "other", "another", refuse, False, unheard)
    assert not (tmp_path / "other").exists()
    shutil.rmtree(home.store.home / "rebuild")
