"""Killed at any moment while adding over a Ray cluster, a home is whole, and the command goes on.

The first moments lie in starting, joining and starting readers on the nodes, the next where a part
of the files is read, and the last in storing what was read: they are as far apart as a run is long.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from fakes import HashingEmbedder, write_files
from homes import check_agreement, told_sources
from packages import write_package
from processes import ROOT, wait_for
from ray_clusters import two_nodes

from index.ingestion.sync import add_paths
from index.storage.store import PassageStore

if TYPE_CHECKING:
    from ray.cluster_utils import Cluster

FILES = 100
SEED = 20261130
STARTING_SECONDS = (0.5, 2.0, 3.5, 5.0, 6.5, 8.0)
READ_FILES = (1, FILES)
STORING = 12  # moments
MODEL, PACKAGE = "hashing", "hashing-model"
pytestmark = pytest.mark.slow


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Iterator[Cluster]":
    """Start a cluster whose nodes, as the command, have a package with a cheap model."""
    packages = tmp_path / "packages"
    code = "from fakes import HashingEmbedder"
    write_package(packages, PACKAGE, "embedders", f"{MODEL} = HashingEmbedder", code)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, (ROOT, ROOT / "tests", packages))))
    monkeypatch.setenv("RARE_EARTH_EMBEDDING_MODEL", MODEL)
    with two_nodes() as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(
        tmp_path / "files",
        {
            f"mine{n}.md": f"# Mine {n}\n\nMine {n} put out {n * 3} tons in 2025.\n\n"
            f"## Owner\n\nCompany {n * 7} owns mine {n}.\n\n"
            f"| Year | Tons |\n|---|---|\n| 2024 | {n} |\n| 2025 | {n * 3} |\n"
            for n in range(FILES)
        },
    )


@pytest.fixture
def stores(tmp_path: Path, folder: Path) -> Iterator[tuple[PassageStore, PassageStore]]:
    """Open a home to which the folder was added without a kill, and one that is still empty."""
    embedder = HashingEmbedder(f"{MODEL}@{PACKAGE}-1.5")
    unbroken, store = (PassageStore(tmp_path / name, embedder.name) for name in ("alone", "home"))
    add_paths(unbroken, lambda: embedder, [folder], lambda _: None)
    yield unbroken, store
    unbroken.close()
    store.close()


def adding(home: Path, folder: Path, cluster: "Cluster") -> "subprocess.Popen[bytes]":
    """Start `rare-earth add --ray` over a folder."""
    words: Sequence[str | Path] = ("--home", home, "add", "--ray", cluster.address, folder)
    return subprocess.Popen([sys.executable, "-m", "assistant.cli", *words], cwd=ROOT)


def read_files(home: Path) -> int:
    """Return how many files a cluster has read for a home that may not be stored yet."""
    try:
        return sum(pq.read_metadata(f).num_row_groups for f in home.glob("ray/*/part-*.parquet"))
    except FileNotFoundError:  # the parts were deleted meanwhile: all is stored
        return 0


def seconds_of(process: "subprocess.Popen[bytes]") -> float:
    """Return how long a process runs that ends well."""
    began = time.monotonic()
    assert process.wait(120) == 0
    return time.monotonic() - began


def test_add_killed_at_any_moment_and_run_again_ends_as_an_unbroken_one(
    cluster: "Cluster",
    folder: Path,
    stores: tuple[PassageStore, PassageStore],
    tmp_path: Path,
    times: Callable[[int], int],
) -> None:
    randomly = random.Random(SEED)
    unbroken, store = stores
    whole = told_sources(unbroken)
    starting = randomly.sample(STARTING_SECONDS, times(len(STARTING_SECONDS)))
    reading = randomly.sample(READ_FILES, times(len(READ_FILES)))
    storing = times(STORING)
    killed, before = 0, dict[str, object]()

    def kill(process: "subprocess.Popen[bytes]") -> None:
        nonlocal killed, before
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        check_agreement(store)
        told = told_sources(store)
        assert before.items() <= told.items() <= whole.items()
        before = dict(told)

    for seconds in sorted(starting):
        process = adding(store.home, folder, cluster)
        time.sleep(seconds)
        kill(process)
    for count in sorted(reading):
        process = adding(store.home, folder, cluster)
        is_read = wait_for(lambda n=count: read_files(store.home) >= n, process)  # type: ignore[misc]
        kill(process)
        assert is_read
    copied = copytree(store.home, tmp_path / "copy")
    storing_seconds = seconds_of(adding(copied, folder, cluster))
    for number in range(storing):
        process = adding(store.home, folder, cluster)
        time.sleep(storing_seconds * (number + randomly.random()) / storing)
        kill(process)
    # Else the moments no longer fall within the work.
    assert killed * 4 >= 3 * (len(starting) + len(reading) + storing)
    assert adding(store.home, folder, cluster).wait(120) == 0
    check_agreement(store)
    with store.writing() as writer:
        assert writer.orphans() == set()
    assert told_sources(store) == whole
    assert not (store.home / "ray").exists()
