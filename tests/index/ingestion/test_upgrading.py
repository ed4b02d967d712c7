"""Homes of earlier versions upgraded: what is read, kept and told; killed at any moment."""

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from fakes import HashingEmbedder, write_files
from homes import Home
from older_home import unpack_home, write_first_form
from processes import start

from index.errors import HomeLockedError, IndexingError, StaleIndexError
from index.ingestion.files import KEPT_REMARK
from index.ingestion.sync import add_paths
from index.ingestion.upgrading import UpgradePlan, clear_upgrade, plan_upgrade, upgrade
from index.storage.index_version import IndexVersion
from index.storage.store import PassageStore

EMBEDDER = HashingEmbedder()
PATHS = ("mine-production.csv", "mine.md", "scandium.md")

UPGRADE = """
    import os, signal, sys
    from pathlib import Path
    from pkgutil import resolve_name
    from fakes import HashingEmbedder
    from index.ingestion.upgrading import upgrade
    from index.storage.store import PassageStore

    owner, _, name = sys.argv[2].rpartition(".")
    setattr(resolve_name(owner), name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
    upgrade(PassageStore(Path(sys.argv[1]), "hashing"), HashingEmbedder, lambda done: None)
"""
OLD, NEW = "old", "new"
MOMENTS = {
    "index.ingestion.home_backup:shutil.copymode": OLD,  # within the backup
    "index.ingestion.upgrading:Path.mkdir": OLD,  # after it
    "index.ingestion.upgrading.put_sources": OLD,
    "index.ingestion.indexing:Indexing.store": OLD,
    "index.storage.store:PassageStore.take_over": OLD,
    "index.storage.vector_places:shutil.copytree": OLD,
    "index.storage.catalog:Catalog.take_over": OLD,
    "index.storage.store:PassageStore.clear_vectors": OLD,  # before the new ones are begun
    "index.ingestion.rebuilding.clear": NEW,
}


@contextmanager
def opened(home: Path) -> Iterator[PassageStore]:
    store = PassageStore(home, EMBEDDER.name)
    yield store
    store.close()


def refuse() -> HashingEmbedder:
    raise AssertionError("nothing was to be embedded")


def contents(folder: Path) -> dict[str, str]:
    """Return digests of what the files of a home hold that are no index and no locks."""
    return {
        file.relative_to(folder).as_posix(): sha256(content(file)).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and not file.name.startswith(("catalog.sqlite", "writer.lock"))
        and not file.relative_to(folder).parts[0].startswith(("vectors-", "upgrade"))
    }


def content(file: Path) -> bytes:
    """Return what a file holds, of a database its rows."""
    if file.suffix != ".sqlite":
        return file.read_bytes()
    with closing(sqlite3.connect(file)) as db:
        return "\n".join(db.iterdump()).encode()


def found(store: PassageStore) -> dict[str, set[str]]:
    """Return what retrieval finds for some questions."""
    home = Home(store, store.home, EMBEDDER)
    questions = ("mine production of China in 2024", "what did Lemhi put out", "scandium oxide")
    return {question: home.found(question) for question in questions}


def fresh(tmp_path: Path) -> dict[str, set[str]]:
    """Return what retrieval finds in a new home of the same files."""
    with opened(tmp_path / "fresh") as store:
        add_paths(store, lambda: EMBEDDER, [tmp_path / "files"], lambda _: None)
        return found(store)


def test_home_that_an_earlier_version_made_finds_what_a_new_one_does(tmp_path: Path) -> None:
    home = unpack_home(tmp_path)
    before = contents(home)
    with opened(home) as store:
        with pytest.raises(StaleIndexError) as raised:
            store.check_settings()
        assert (
            str(raised.value) == f"{home} was made by an earlier version; run: rare-earth upgrade"
        )
        assert plan_upgrade(store) == UpgradePlan(read_anew=PATHS, kept=())
        report = upgrade(store, lambda: EMBEDDER, lambda _: None)
        assert (report.indexed, report.kept, report.unreadable) == (PATHS, (), ())
        assert store.version() == IndexVersion("hashing")
        assert found(store) == fresh(tmp_path)
    assert contents(home) == before
    assert contents(report.backup) == before
    assert sorted(place.name for place in home.glob("vectors-*")) == ["vectors-2"]
    assert not (home / "upgrade").exists()


def test_backup_is_the_home_as_it_was(tmp_path: Path) -> None:
    home = unpack_home(tmp_path)
    with opened(home) as store:
        backup = upgrade(store, lambda: EMBEDDER, lambda _: None).backup
    assert backup.name.startswith("home.backup-")
    with opened(backup) as store:
        version = store.version()
        assert version is not None
        assert (version.schema, version.facts) == (5, 0)
        assert plan_upgrade(store) == UpgradePlan(read_anew=PATHS, kept=())


def test_source_whose_file_is_gone_keeps_what_was_read_before(tmp_path: Path) -> None:
    home = unpack_home(tmp_path)
    whole = fresh(tmp_path)
    gone = tmp_path / "files" / "mine-production.csv"
    gone.rename(tmp_path / "elsewhere.csv")
    with opened(home) as store:
        kept = ("mine-production.csv",)
        assert plan_upgrade(store) == UpgradePlan(read_anew=PATHS[1:], kept=kept)
        report = upgrade(store, lambda: EMBEDDER, lambda _: None)
        assert (report.indexed, report.kept, report.unreadable) == (PATHS, kept, ())
        assert found(store) == whole
        (tmp_path / "elsewhere.csv").rename(gone)
        again = add_paths(store, lambda: EMBEDDER, [tmp_path / "files"], lambda _: None)
        assert (again.changed, again.unchanged) == (kept, PATHS[1:])
        assert all(KEPT_REMARK not in one.source.remarks for one in store.catalog.sources())


def test_source_that_can_no_longer_be_read_keeps_what_was_read_before(tmp_path: Path) -> None:
    home = unpack_home(tmp_path)
    (tmp_path / "files" / "mine.md").write_bytes(b"")
    with opened(home) as store:
        report = upgrade(store, lambda: EMBEDDER, lambda _: None)
        assert (report.indexed, report.kept, report.unreadable) == (PATHS, ("mine.md",), ())


def test_source_that_holds_nothing_to_cite_is_set_aside_as_when_it_is_added(tmp_path: Path) -> None:
    empty = '{"articles": []}'
    folder = write_files(tmp_path / "files", {"a.json": empty})
    write_first_form(tmp_path / "home", folder, {"a.json": empty})
    with opened(tmp_path / "home") as store:
        report = upgrade(store, lambda: EMBEDDER, lambda _: None)
        added = [(one.state, one.pages) for one in store.catalog.sources()]
    assert (report.indexed, report.kept) == ((), ())
    assert added == [("set aside", 0)]


def test_sources_that_were_removed_or_could_not_be_read_stay_so(tmp_path: Path) -> None:
    home = unpack_home(tmp_path)
    with closing(sqlite3.connect(home / "catalog.sqlite")) as db, db:
        where = "WHERE record LIKE '%mine.md%'"
        db.execute(f"DELETE FROM pages WHERE source_id IN (SELECT id FROM sources {where})")
        db.execute(f"UPDATE sources SET state = 'removed', reason = 'removed by name' {where}")
        where = "WHERE record LIKE '%scandium.md%'"
        db.execute(f"DELETE FROM pages WHERE source_id IN (SELECT id FROM sources {where})")
        db.execute(f"UPDATE sources SET state = 'unreadable', reason = 'a scan' {where}")
    (tmp_path / "files" / "scandium.md").unlink()
    with opened(home) as store:
        report = upgrade(store, lambda: EMBEDDER, lambda _: None)
        states = {one.source.path: one.state for one in store.catalog.all_sources()}
        again = add_paths(store, lambda: EMBEDDER, [tmp_path / "files"], lambda _: None)
    assert report.unreadable == ("scandium.md: a scan",)
    assert states == {
        "mine-production.csv": "indexed", "mine.md": "removed", "scandium.md": "unreadable",
    }  # fmt: skip
    assert again.new == ()


def test_home_in_the_first_form_of_all_keeps_the_text_of_what_is_gone(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files", {"a.txt": "Mine A put out 7 tons in 2025."})
    texts = {"a.txt": "An older text.", "deep/b.txt": "Mine B put out 9 tons in 2025."}
    write_first_form(tmp_path / "home", folder, texts)
    with opened(tmp_path / "home") as store:
        report = upgrade(store, lambda: EMBEDDER, lambda _: None)
        assert (report.indexed, report.kept) == (("a.txt", "deep/b.txt"), ("deep/b.txt",))
        passages = Home(store, folder, EMBEDDER).found("tons in 2025")
    assert passages == {"Mine A put out 7 tons in 2025.", "Mine B put out 9 tons in 2025."}


def test_home_whose_pages_are_of_today_is_read_from_them(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files", {"a.txt": "Mine A put out 7 tons in 2025."})
    with opened(tmp_path / "home") as store:
        add_paths(store, lambda: EMBEDDER, [folder], lambda _: None)
        with store.catalog.change() as change:
            change.put_setting("settings", str(IndexVersion("hashing", facts=1)))
        (folder / "a.txt").unlink()
        with pytest.raises(StaleIndexError, match="run: rare-earth upgrade"):
            store.check_settings()
        assert plan_upgrade(store) == UpgradePlan(read_anew=(), kept=("a.txt",))
        report = upgrade(store, lambda: EMBEDDER, lambda _: None)
        assert (report.indexed, report.kept) == (("a.txt",), ())
        store.check_settings()
        assert store.catalog.sources()[0].source.remarks == ()


def test_home_of_a_later_version_is_refused(tmp_path: Path) -> None:
    later = IndexVersion("hashing", schema=99)
    with opened(tmp_path / "home") as store:
        with store.catalog.change() as change:
            change.put_setting("settings", str(later))
        for refused in (store.check_settings, store.check_pages, lambda: upgrade_of(store)):
            with pytest.raises(StaleIndexError) as raised:
                refused()
            assert str(raised.value) == (
                f"{store.home} was made by a later version of rare-earth-assistant ({later}); "
                "install that version, or choose another --home"
            )


def upgrade_of(store: PassageStore) -> None:
    upgrade(store, refuse, lambda _: None)


def test_home_that_another_process_writes_to_is_left_alone(tmp_path: Path) -> None:
    home = unpack_home(tmp_path)
    with (
        opened(home) as store,
        opened(home) as other,
        other.locked(),
        pytest.raises(HomeLockedError),
    ):
        upgrade_of(store)
    assert not list(tmp_path.glob("home.backup*"))


def test_disk_without_room_is_told_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = unpack_home(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 5_000_000})())
    monkeypatch.setattr("index.ingestion.home_backup.bytes_needed", lambda _: 7_000_000)
    with opened(home) as store, pytest.raises(IndexingError) as raised:
        upgrade_of(store)
    assert str(raised.value) == (
        f"the backup and the new index of {home} need 7 MB, and 5 MB are free; make room there, "
        "then run the same command again"
    )
    assert not list(tmp_path.glob("home.backup*"))


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_a_moment_the_home_is_old_or_new_and_the_next_run_ends_it(
    moment: str, tmp_path: Path
) -> None:
    home = unpack_home(tmp_path)
    before = contents(home)
    killed = start(UPGRADE, home, moment)
    assert killed.wait(120) == -signal.SIGKILL
    assert contents(home) == before
    with opened(home) as store:
        version = store.version()
        assert version is not None
        assert version.is_older == (MOMENTS[moment] == OLD)
        if version.is_older:
            upgrade(store, lambda: EMBEDDER, lambda _: None)
        clear_upgrade(store)
        assert store.version() == IndexVersion("hashing")
        assert found(store) == fresh(tmp_path)
    assert contents(home) == before
    assert sorted(place.name for place in home.glob("vectors-*")) == ["vectors-2"]
    assert len(list(tmp_path.glob("home.backup*"))) == 1
    assert not (home / "upgrade").exists()


def test_backup_of_another_state_is_not_taken_for_that_of_this_one(tmp_path: Path) -> None:
    home = unpack_home(tmp_path)
    (home / "upgrade").mkdir()
    (home / "upgrade" / "backup").write_text("home.backup-1\nof another state", encoding="utf-8")
    with opened(home) as store:
        backup = upgrade(store, lambda: EMBEDDER, lambda _: None).backup
    assert backup.name != "home.backup-1"
    assert backup.is_dir()
