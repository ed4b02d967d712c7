"""More than one machine: `python -m bench.cluster FOLDER [ADDRESS]`.

Pages a second read, embedded and stored by one machine alone and over a Ray cluster (at ADDRESS,
else of this machine's cores), in one run, and what the cluster costs beyond; then vectors put into
a folder and onto a Chroma server of this machine, and asked for.
"""

import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from index.cluster.cluster_reading import ClusterReading
from index.cluster.connection import LOCAL
from index.embedding import PACKAGED_MODEL, embedder_name, load_embedder
from index.errors import VectorServerError
from index.ingestion.reading_ahead import Reading, read_ahead
from index.ingestion.sync import Progress, add_paths
from index.storage.store import PassageStore
from index.storage.vector_places import VectorPlace
from index.storage.vectors import IN_HOME, VectorServers, VectorStore

VECTORS, DIMENSION, QUESTIONS, NEAREST = 20_000, 384, 100, 80
_STARTS_SECONDS = 30.0


def time_adding(folder: Path, home: Path, cluster: str) -> None:
    """Add a folder to an empty home, and print how fast that went."""
    load = partial(load_embedder, PACKAGED_MODEL)
    store = PassageStore(home, embedder_name(PACKAGED_MODEL))
    reading: Reading = read_ahead
    if cluster:
        reading = ClusterReading(cluster, home, str(store.settings), load)
    first: list[float] = []
    started = time.perf_counter()

    def note(done: Progress) -> None:
        if done.done and not first:
            first.append(time.perf_counter() - started)

    add_paths(store, load, [folder], note, reading)
    seconds = time.perf_counter() - started
    pages = sum(record.pages for record in store.catalog.sources())
    passages = store.catalog.passage_count()
    store.close()
    name = f"Ray at {cluster}" if cluster else "alone"
    print(
        f"{name}: {pages} pages, {passages} passages in {seconds:.1f} s,"
        f" {pages / seconds:.1f} pages/s; the first file stored after {first[0]:.1f} s"
    )


def time_vectors(name: str, vectors: VectorStore) -> None:
    """Put vectors in, ask for the nearest and fetch all; print how long that takes."""
    chance = np.random.default_rng(1).normal(size=(VECTORS, DIMENSION)).astype(np.float32)
    rows = chance / np.linalg.norm(chance, axis=1, keepdims=True)
    ids = [f"v{number}" for number in range(VECTORS)]
    added = _seconds(lambda: vectors.upsert(ids, [f"s{n // 50}" for n in range(VECTORS)], rows))
    asked = [_seconds(partial(vectors.nearest, row, NEAREST, None)) for row in rows[:QUESTIONS]]
    fetched = _seconds(lambda: vectors.vectors(ids))
    listed = _seconds(vectors.ids)
    print(
        f"{name}: {VECTORS / added:,.0f} vectors/s in, {VECTORS / fetched:,.0f} out;"
        f" a question {statistics.median(asked) * 1000:.1f} ms in the median, the slowest"
        f" {max(asked) * 1000:.0f}; all ids {listed:.2f} s"
    )


def _seconds(do: Callable[[], object]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


@contextmanager
def _server(folder: Path, home: Path) -> Iterator[VectorStore]:
    """Start a Chroma server, and open vectors on it once it answers."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    command: list[str | Path] = [
        chroma,
        "run",
        "--path",
        folder,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    place = VectorPlace(home, VectorServers((f"http://127.0.0.1:{port}",), "bench"))
    ends_at = time.monotonic() + _STARTS_SECONDS
    try:
        while True:
            try:
                opened = place.open("1")
                break
            except VectorServerError:
                if time.monotonic() > ends_at:
                    raise
                time.sleep(0.1)
        yield opened
        opened.close()
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Print what each way takes."""
    folder, *address = sys.argv[1:]
    with tempfile.TemporaryDirectory() as temporary:
        here = Path(temporary)
        time_adding(Path(folder), here / "alone", "")
        time_adding(Path(folder), here / "cluster", address[0] if address else LOCAL)
        vectors = VectorPlace(here, IN_HOME).open("1")
        time_vectors("folder", vectors)
        vectors.close()
        with _server(here / "chroma", here) as served:
            time_vectors("server", served)


if __name__ == "__main__":
    main()
