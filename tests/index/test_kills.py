"""Killed at any moment while adding, a home loses nothing, shows nothing half, and can go on."""

import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from homes import check_agreement, told_sources
from processes import start

from index.ingestion.sync import add_paths
from index.passage import Evidence, Filters
from index.retrieval import Retriever
from index.storage.store import PassageStore

FILES = 300
KILLS = 20
SEED = 20261124
EMBEDDER = HashingEmbedder()
QUESTIONS = ("output of mine 7 in tons", "who owns mine 120", "prices at mine 33", "mine 250 copy")

ADD = """
    import sys
    from pathlib import Path
    from fakes import HashingEmbedder
    from index.storage.store import PassageStore
    from index.ingestion.sync import add_paths

    store = PassageStore(Path(sys.argv[1]), "hashing")
    print("started", flush=True)
    add_paths(store, HashingEmbedder, [Path(sys.argv[2])], lambda done: None)
    store.close()
"""


def write_mine(folder: Path, number: int, version: int) -> None:
    """Write the file of a mine: three sections, so that half of a source would show."""
    text = (
        f"# Mine {number}\n\nMine {number} put out {number + version} tons in 2025.\n\n"
        f"## Owner\n\nCompany {number * 7} owns mine {number} since version {version}.\n\n"
        f"## Prices\n\nThe price at mine {number} was {number * 3 + version} dollars.\n"
    )
    (folder / f"mine{number}.md").write_text(text, encoding="utf-8")


def change_some(folder: Path, randomly: random.Random, version: int) -> None:
    """Change, remove, rename, copy and bring back some files, as a working folder does."""
    for number in randomly.sample(range(FILES), 60):
        write_mine(folder, number, version)
    for number in randomly.sample(range(FILES), 10):
        (folder / f"mine{number}.md").unlink(missing_ok=True)
    for file in randomly.sample(sorted(folder.glob("mine*.md")), 20):
        target = folder / f"moved-{version}-{file.name}"
        if version % 2:
            file.rename(target)
        else:
            target.write_bytes(file.read_bytes())


def check_found(store: PassageStore, evidence: tuple[Evidence, ...]) -> None:
    """Check that what is found belongs to a source that is there whole, in one version."""
    for found in evidence:
        document = store.catalog.document(found.source.id)
        if document.source.sha256 != found.source.sha256:
            continue  # replaced since it was found
        page = document.pages[0]
        assert page.text[found.passage.start : found.passage.end] == found.passage.text
        assert len(store.catalog.vector_ids(found.source.id)) == 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    for number in range(FILES):
        write_mine(made, number, 0)
    return made


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[PassageStore]:
    opened = PassageStore(tmp_path / "home", EMBEDDER.name)
    yield opened
    opened.close()


@pytest.mark.slow
def test_add_killed_at_random_moments_and_run_again_ends_as_an_unbroken_one(
    folder: Path, reader: PassageStore, tmp_path: Path, times: Callable[[int], int]
) -> None:
    randomly = random.Random(SEED)
    kills, killed = times(KILLS), 0
    for version in range(1, kills + 1):
        adding = start(ADD, reader.home, folder)
        assert adding.stdout is not None
        assert adding.stdout.readline() == "started\n"
        ends_at = time.monotonic() + randomly.uniform(0.0, 1.2)
        while time.monotonic() < ends_at:
            question = randomly.choice(QUESTIONS)
            check_found(reader, Retriever(reader, EMBEDDER).retrieve(question, 10, Filters()))
        adding.send_signal(signal.SIGKILL)
        killed += adding.wait() == -signal.SIGKILL
        for question in QUESTIONS:
            check_found(reader, Retriever(reader, EMBEDDER).retrieve(question, 10, Filters()))
        change_some(folder, randomly, version)
    assert killed >= kills // 2  # else the moments no longer fall within the work
    finish = start(ADD, reader.home, folder)
    assert finish.wait(120) == 0
    with reader.writing() as writer:
        writer.sweep(set())
        assert writer.orphans() == set()
    check_agreement(reader)
    with_no_kill = PassageStore(tmp_path / "unbroken", EMBEDDER.name)
    add_paths(with_no_kill, lambda: EMBEDDER, [folder], lambda _: None)
    assert told_sources(reader) == told_sources(with_no_kill)
    with_no_kill.close()
