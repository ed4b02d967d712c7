"""Backups beside a writer and eight readers, and killed at any moment."""

import random
import signal
import threading
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from processes import start

from index.errors import ArchiveError
from index.ingestion.sync import add_paths
from index.passage import Filters
from index.retrieval import Retriever
from index.storage.store import PassageStore
from index.upkeep.archive import archive_home
from index.upkeep.damage import Patient
from index.upkeep.doctor import examine
from index.upkeep.restoring import restore_home

pytestmark = pytest.mark.slow

EMBEDDER = HashingEmbedder()
MINES = 30
KILLS = 5  # of each
SEED = 20261130

WRITE = """
    import sys
    from pathlib import Path
    from fakes import HashingEmbedder
    from index.ingestion.sync import add_paths
    from index.storage.store import PassageStore

    store, folder = PassageStore(Path(sys.argv[1]), "hashing"), Path(sys.argv[2])
    for version in range(1, 1000):
        for number in range(30):
            text = f"# Mine {number}\\n\\nMine {number} put out {version} tons.\\n"
            (folder / f"mine{number}.md").write_text(text, encoding="utf-8")
        add_paths(store, HashingEmbedder, [folder], lambda _: None)
        print(version, flush=True)
"""
ARCHIVE = """
    import sys
    from pathlib import Path
    from index.storage.store import PassageStore
    from index.upkeep.archive import archive_home

    store = PassageStore(Path(sys.argv[1]), "hashing")
    print("started", flush=True)
    archive_home(store, Path(sys.argv[2]), lambda _: None)
"""
RESTORE = """
    import sys
    from pathlib import Path
    from fakes import HashingEmbedder
    from index.upkeep.restoring import restore_home

    print("started", flush=True)
    restore_home(Path(sys.argv[1]), Path(sys.argv[2]), "hashing", HashingEmbedder, False, print)
"""


def write_mines(folder: Path, version: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(MINES):
        text = f"# Mine {number}\n\nMine {number} put out {version} tons.\n"
        (folder / f"mine{number}.md").write_text(text, encoding="utf-8")
    return folder


def restore(file: Path, home: Path) -> None:
    restore_home(file, home, EMBEDDER.name, lambda: EMBEDDER, False, lambda _: None)


def findings(home: Path) -> list[object]:
    opened = partial(PassageStore, home, EMBEDDER.name)
    patient = Patient(home, opened, lambda: EMBEDDER, lambda _: None)
    return list(examine(patient, mends=False))


def test_backup_beside_a_writer_and_eight_readers_is_of_one_moment(tmp_path: Path) -> None:
    folder, home = write_mines(tmp_path / "files"), tmp_path / "home"
    with closing(PassageStore(home, EMBEDDER.name)) as store:
        add_paths(store, lambda: EMBEDDER, [folder], lambda _: None)
        states: set[str] = set()  # that were written meanwhile
        writing = start(WRITE, home, folder)
        assert writing.stdout is not None
        is_over = threading.Event()
        faults: list[BaseException] = []

        def read() -> None:
            retriever = Retriever(store, EMBEDDER)
            while not is_over.is_set():
                try:
                    assert retriever.retrieve("mine 7 put out tons", 5, Filters())
                except BaseException as error:
                    faults.append(error)
                    return

        readers = [threading.Thread(target=read) for _ in range(8)]
        for reader in readers:
            reader.start()
        count = 0
        while len(states) < 3 or count < 3:
            archive_home(store, tmp_path / f"{count}.zip", lambda _: None)
            states.add(writing.stdout.readline())
            count += 1
        is_over.set()
        for reader in readers:
            reader.join()
        writing.kill()
        writing.wait()
    assert faults == []
    for number in range(count):
        restored = tmp_path / f"restored-{number}"
        restore(tmp_path / f"{number}.zip", restored)
        with closing(PassageStore(restored, EMBEDDER.name)) as store:
            words = {
                page.text.split("put out ")[1]
                for record in store.catalog.sources()
                for page in store.catalog.pages(record.source.id)
            }
            assert len(store.catalog.sources()) == MINES
            assert len(words) <= 2  # what is written at once may be a part of a pass
        assert findings(restored) == []


def test_backup_and_restore_killed_at_random_moments_leave_nothing_half(tmp_path: Path) -> None:
    folder, home = write_mines(tmp_path / "files"), tmp_path / "home"
    with closing(PassageStore(home, EMBEDDER.name)) as store:
        add_paths(store, lambda: EMBEDDER, [folder], lambda _: None)
        fingerprint = store.catalog.fingerprint()
    randomly = random.Random(SEED)
    file, made = tmp_path / "home.zip", tmp_path / "made"
    for script, arguments in ((ARCHIVE, (home, file)), (RESTORE, (file, made))):
        killed = 0
        while killed < KILLS:
            process = start(script, *arguments)
            assert process.stdout is not None
            assert process.stdout.readline() == "started\n"
            time.sleep(randomly.uniform(0.0, 0.5))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            if script == ARCHIVE and file.exists() and killed < KILLS:
                restore(file, tmp_path / "checked")
                (tmp_path / "checked").rename(tmp_path / f"checked-{killed}")
                file.unlink()
            if script == RESTORE and made.exists():
                assert findings(made) == []
                break
        if script == ARCHIVE and not file.exists():
            assert start(script, *arguments).wait(60) == 0
    if not made.exists():
        restore(file, made)
    with closing(PassageStore(made, EMBEDDER.name)) as store:
        assert store.catalog.fingerprint() == fingerprint
    assert findings(made) == []
    assert not [place for place in tmp_path.iterdir() if ".part" in place.name]


def test_backup_tells_that_the_index_was_built_anew_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_mines(tmp_path / "files")
    with closing(PassageStore(tmp_path / "home", EMBEDDER.name)) as store:
        add_paths(store, lambda: EMBEDDER, [folder], lambda _: None)

        def rebuilt(_: object) -> dict[str, object]:
            with store.catalog.change() as change:
                change.put_setting("settings", "others")
            return {}

        monkeypatch.setattr(store, "vectors", rebuilt)
        with pytest.raises(ArchiveError, match="was built anew meanwhile; run the same command"):
            archive_home(store, tmp_path / "home.zip", lambda _: None)
    assert not (tmp_path / "home.zip").exists()
