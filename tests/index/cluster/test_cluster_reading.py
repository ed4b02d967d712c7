"""Files read on a real Ray cluster of two nodes make the home that one machine makes."""

import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fakes import HashingEmbedder, write_files, write_pdf
from processes import start, wait_for
from ray_clusters import add_node, two_nodes

from index.cluster.cluster_reading import ClusterReading
from index.errors import ClusterError
from index.ingestion.reading_ahead import Reading, read_ahead
from index.ingestion.sync import Progress, SyncReport, add_paths
from index.storage.store import PassageStore

if TYPE_CHECKING:
    from ray.cluster_utils import Cluster

EMBEDDER = HashingEmbedder()
MINES = 40
ADD = """
    import sys
    from pathlib import Path
    from fakes import HashingEmbedder
    from index.cluster.cluster_reading import ClusterReading
    from index.ingestion.sync import add_paths
    from index.storage.store import PassageStore

    store = PassageStore(Path(sys.argv[1]), "hashing")
    reading = ClusterReading(sys.argv[3], store.home, str(store.settings), HashingEmbedder)
    show = lambda done: print(done.outcome, flush=True)
    add_paths(store, HashingEmbedder, [Path(sys.argv[2])], show, reading)
    store.close()
"""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> "Iterator[Cluster]":
    with two_nodes() as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of files of several kinds, among them empty, broken and unknown ones."""
    made = write_files(tmp_path / "files", {"empty.txt": "", "what.xyz": "?"})
    (made / "broken.docx").write_bytes(b"no archive")
    write_pdf(made / "report.pdf", [["Annual report", "Nolans will produce 4,440 t of NdPr."]])
    return made


def write_mines(folder: Path) -> None:
    """Write files with prose and a table each, and a copy of one."""
    for n in range(MINES):
        text = (
            f"# Mine {n}\n\nMine {n} put out {n * 3} tons in 2025.\n\n"
            f"| Year | Tons |\n|---|---|\n| 2024 | {n} |\n| 2025 | {n * 3} |\n"
        )
        write_files(folder, {f"mines/mine{n}.md": text})
    write_files(folder, {"copy.md": text})


def add(store: PassageStore, folder: Path, reading: Reading = read_ahead) -> SyncReport:
    return add_paths(store, lambda: EMBEDDER, [folder], lambda _: None, reading)


def on(cluster: "Cluster", store: PassageStore) -> ClusterReading:
    return ClusterReading(cluster.address, store.home, str(store.settings), HashingEmbedder)


def check_same(one: PassageStore, other: PassageStore) -> None:
    """Check that two homes hold the same rows and vectors."""
    dumps = []
    for store in (one, other):
        with closing(sqlite3.connect(store.home / "catalog.sqlite")) as db:
            dumps.append(list(db.iterdump()))
    assert dumps[0] == dumps[1]
    with one.writing() as first, other.writing() as second:
        assert first.orphans() == second.orphans() == first.missing() == set()
        ids = sorted(one.catalog.vector_ids())
        here, there = first.vectors(ids), second.vectors(ids)
    assert len(ids) > MINES
    assert here.keys() == there.keys() == set(ids)
    assert all(np.array_equal(here[id], there[id]) for id in ids)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[PassageStore, PassageStore]]:
    opened = tuple(PassageStore(tmp_path / name, EMBEDDER.name) for name in ("alone", "home"))
    yield opened  # type: ignore[misc]
    for store in opened:
        store.close()


def test_a_home_added_over_a_cluster_is_that_of_one_machine(
    cluster: "Cluster", folder: Path, stores: tuple[PassageStore, PassageStore]
) -> None:
    alone, store = stores
    early = write_files(
        folder, {f"mines/old{n}.md": f"# Old {n}\n\nIt is old.\n" for n in range(3)}
    )
    for one in stores:
        add(one, early / "mines")
    (folder / "mines" / "old0.md").write_text("# Old 0\n\nIt was closed.\n", encoding="utf-8")
    (folder / "mines" / "old1.md").unlink()
    (folder / "mines" / "old2.md").rename(folder / "moved.md")
    write_mines(folder)
    told = add(alone, folder)
    assert add(store, folder, on(cluster, store)) == told
    assert (told.changed, len(told.removed)) == (("mines/old0.md",), 2)
    assert {"moved.md", "report.pdf", "mines/mine7.md"} <= set(told.new)
    assert len(told.unreadable) + len(told.set_aside) >= 3
    check_same(alone, store)
    assert not (store.home / "ray").exists()


def test_what_is_indexed_needs_no_cluster(
    folder: Path, stores: tuple[PassageStore, PassageStore]
) -> None:
    _, store = stores
    write_mines(folder)
    add(store, folder)
    nobody = ClusterReading("127.0.0.1:1", store.home, str(store.settings), HashingEmbedder)
    for file in (folder / "broken.docx", folder / "empty.txt"):
        file.unlink()
    assert len(add(store, folder, nobody).unchanged) == MINES + 2


def test_a_run_that_is_killed_goes_on_with_what_was_read(
    cluster: "Cluster", folder: Path, stores: tuple[PassageStore, PassageStore]
) -> None:
    alone, store = stores
    write_mines(folder)
    adding = start(ADD, store.home, folder, cluster.address)
    assert wait_for(lambda: list((store.home / "ray").rglob("part-*")), adding)
    time.sleep(random.Random(20261130).uniform(0.0, 2.0))
    adding.send_signal(signal.SIGKILL)
    adding.wait()
    parts = sorted((store.home / "ray").rglob("part-*.parquet"))
    before = {part: part.stat().st_mtime_ns for part in parts}
    reading = on(cluster, store)
    seen = []

    def look(_: Progress) -> None:
        seen.append({part: part.stat().st_mtime_ns for part in parts if part.exists()})

    told = add_paths(store, lambda: EMBEDDER, [folder], look, reading)
    assert seen[0] == before
    add(alone, folder)
    assert len(told.new) + len(told.unchanged) == MINES + 2
    check_same(alone, store)


def test_a_cluster_that_is_not_there_is_told_in_one_line(
    folder: Path, stores: tuple[PassageStore, PassageStore]
) -> None:
    _, store = stores
    write_mines(folder)
    for address, told in {
        "ray://host:10001": "ray://host:10001: this machine must be a node of the cluster",
        "127.0.0.1:1": "nothing answers at 127.0.0.1:1 (Connection refused); start a Ray cluster",
        "host": "host is no address of a Ray cluster; give HOST:PORT",
    }.items():
        reading = ClusterReading(address, store.home, str(store.settings), HashingEmbedder)
        with pytest.raises(ClusterError) as raised:
            add(store, folder, reading)
        assert str(raised.value).startswith(told)
        assert "\n" not in str(raised.value)


def test_a_node_killed_in_mid_run_costs_nothing(
    cluster: "Cluster", folder: Path, stores: tuple[PassageStore, PassageStore]
) -> None:
    alone, store = stores
    write_mines(folder)
    node = add_node(cluster)
    killed = []

    def kill(done: Progress) -> None:
        if not killed and done.outcome == "new":
            killed.append(node)
            cluster.remove_node(node, allow_graceful=False)

    told = add_paths(store, lambda: EMBEDDER, [folder], kill, on(cluster, store))
    assert killed
    assert told == add(alone, folder)
    check_same(alone, store)
