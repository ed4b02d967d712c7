"""What adding a folder costs beside LlamaIndex's quick start: `python -m bench.adding FOLDER`.

Adds the files to a fresh home, then gives the same files to the quick start, each in a process of
its own: seconds, the share of each step, processor time, memory at its highest (of the process and
all that it starts) and disk. Then what was said of the time left on the way beside what it was.
Everything is real, the embedding model too. Linux only. The quick start needs the `bench` extra.
"""

import argparse
import os
import pkgutil
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.quick_start import open_quick_start
from index.embedding import PACKAGED_MODEL, Embedder, embedder_name, load_embedder
from index.ingestion.sync import Progress, add_paths
from index.storage.store import PassageStore

_READING = (
    "index.ingestion.sync.read_ahead"  # in threads and processes of its own: what is waited for it
)
# What the process that stores is busy with, by function; a step within another is its own.
_STEPS: Mapping[str, str] = {
    "index.ingestion.indexing.Indexing.take": "splitting",
    "index.ingestion.indexing.read_facts": "reading facts",
    "index.ingestion.indexing.fingerprint": "comparing copies",
    "index.ingestion.indexing.fitted_text": "embedding",
    "index.ingestion.indexing.Indexing.store": "storing",
    "index.storage.changes.put_facts": "writing facts",
    "index.storage.changes.traits_of": "traits of passages",
}
_LOOK_SECONDS = 1.0
_SAID_SECONDS = 1.0  # from one estimate of the time left to the next
_TICKS = os.sysconf("SC_CLK_TCK")  # of a second of processor time
_PARTS = (0.1, 0.25, 0.5, 0.75, 0.9)  # of the time, after which an estimate is shown
_FIRST_MINUTE = 60.0  # after which an estimate is to be right within a factor of two
_MB = 1e6


@dataclass(frozen=True, slots=True)
class Estimate:
    """After so many seconds, how many were said to be left."""

    after: float
    left: float


@dataclass(frozen=True, slots=True)
class Added:
    """What adding came to; of the quick start neither passages nor steps are known.

    `processor_seconds` are those of the process itself, without those that it starts.
    """

    seconds: float
    processor_seconds: float
    disk_bytes: int
    passages: int = 0
    steps: Mapping[str, float] = field(default_factory=dict)
    estimates: tuple[Estimate, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and all that it starts took."""

    peak_bytes: int
    processor_seconds: float


@dataclass(frozen=True, slots=True)
class _Watch:
    memory: list[int]  # bytes of all processes, at each look
    processor: dict[int, float]  # seconds by process


class Steps:
    """Seconds by step; what a step within another takes is not counted twice."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner = [0.0]

    @contextmanager
    def taking(self, step: str) -> Iterator[None]:
        """Count the seconds within to a step."""
        started = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            seconds = time.perf_counter() - started
            own = seconds - self._inner.pop()
            self._inner[-1] += seconds
            self.seconds[step] = self.seconds.get(step, 0.0) + own

    def timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function whose seconds are counted to a step."""

        def run(*arguments: Any, **named: Any) -> Any:
            with self.taking(step):
                return function(*arguments, **named)

        return run

    def waited(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function of an iterator, for each of whose items the wait is counted."""

        def run(*arguments: Any) -> Generator[Any, None, None]:
            items = function(*arguments)
            try:
                while True:
                    with self.taking(step):
                        item = next(items, None)
                    if item is None:
                        return
                    yield item
            finally:
                items.close()

        return run


def main() -> int:
    """Add, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the files to add")
    parser.add_argument("--files", type=int, default=0, help="only so many of them (all)")
    parser.add_argument("--without-quick-start", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        work = Path(temporary)
        files = work / "files"
        count, size = _copy(arguments.folder, files, arguments.files)
        print(f"{count} files, {size / _MB:,.1f} MB, {len(os.sched_getaffinity(0))} cores")
        measured = {"rare-earth": _apart(add, files, work / "home")}
        if not arguments.without_quick_start:
            measured["quick start"] = _apart(add_to_quick_start, files, work / "quick-start")
    for line in (*_table(measured), "", *_time_left(measured["rare-earth"][0])):
        print(line)
    return 0


def add(folder: Path, home: Path) -> Added:
    """Add a folder to a fresh home."""
    steps = Steps()
    estimates: list[Estimate] = []
    started = time.perf_counter()

    def hear(progress: Progress) -> None:
        after = time.perf_counter() - started
        is_new = after - (estimates[-1].after if estimates else 0.0) >= _SAID_SECONDS
        if progress.seconds_left >= 0 and is_new:
            estimates.append(Estimate(after, progress.seconds_left))

    def load() -> Embedder:
        with steps.taking("loading the model"):
            embedder = load_embedder(PACKAGED_MODEL)
        patches.enter_context(
            patch.object(embedder, "embed", steps.timed("embedding", embedder.embed))
        )
        return embedder

    with ExitStack() as patches:
        read = pkgutil.resolve_name(_READING)
        patches.enter_context(patch(_READING, steps.waited("waiting for reading", read)))
        for name, step in _STEPS.items():
            function = pkgutil.resolve_name(name)
            patches.enter_context(patch(name, steps.timed(step, function)))
        store = PassageStore(home, embedder_name(PACKAGED_MODEL))
        with steps.taking("the rest"):
            report = add_paths(store, load, [folder], hear)
    seconds = time.perf_counter() - started
    for line in (*report.unreadable, *report.faults):
        print(line, file=sys.stderr)
    passages = store.catalog.passage_count()
    store.close()
    processor, size = time.process_time(), _size(home)
    return Added(seconds, processor, size, passages, steps.seconds, tuple(estimates))


def add_to_quick_start(folder: Path, home: Path) -> Added:
    """Give a folder to LlamaIndex's quick start."""
    started = time.perf_counter()
    open_quick_start([folder], home)
    return Added(time.perf_counter() - started, time.process_time(), _size(home))


def _copy(folder: Path, to: Path, count: int) -> tuple[int, int]:
    """Copy the files of a folder, the first so many or all; return how many, and their bytes."""
    found = sorted(file for file in folder.rglob("*") if file.is_file())[: count or None]
    for file in found:
        place = to / file.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    return len(found), _size(to)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _apart(run: Callable[[Path, Path], Added], folder: Path, home: Path) -> tuple[Added, Cost]:
    """Run in a process of its own, watched."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes, _watched() as told:
        added = processes.submit(run, folder, home).result()
    return added, Cost(max(told.memory, default=0), sum(told.processor.values()))


@contextmanager
def _watched() -> Iterator[_Watch]:
    """Look again and again at what all processes that this one has started take."""
    watch, done = _Watch([], {}), threading.Event()

    def look() -> None:
        while not done.wait(_LOOK_SECONDS):
            children = _descendants(os.getpid())
            watch.memory.append(sum(map(_memory, children)))
            for pid in children:
                watch.processor[pid] = max(watch.processor.get(pid, 0.0), _processor(pid))

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield watch
    finally:
        done.set()
        watching.join()


def _descendants(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have."""
    found: list[int] = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, _read(children).split()):
            found += [child, *_descendants(child)]
    return found


def _memory(pid: int) -> int:
    """Return the bytes of a process, what it shares with others in parts; 0 if it has ended."""
    lines = (line.split() for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines())
    return next((int(words[1]) * 1024 for words in lines if words[0] == "Pss:"), 0)


def _processor(pid: int) -> float:
    """Return the seconds of processor time of a process; 0 if it has ended."""
    told = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(map(int, told[11:13])) / _TICKS


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        return ""


def _table(measured: Mapping[str, tuple[Added, Cost]]) -> Iterator[str]:
    """Yield the lines of the table: a measure a row, with the ratio of the first to the second."""
    ours = measured["rare-earth"][0]
    names = list(measured)
    yield f"| | {' | '.join(names)} |{' ratio |' if len(names) > 1 else ''}"
    yield f"|---|{'---|' * (len(names) + (len(names) > 1))}"
    costs = list(measured.values())
    yield _row("seconds", [added.seconds for added, _ in costs])
    yield _row("processor seconds", [cost.processor_seconds for _, cost in costs])
    started = [max(0.0, cost.processor_seconds - one.processor_seconds) for one, cost in costs]
    yield _row("of these in processes that it starts", started)
    yield _row("memory at its highest, MB", [cost.peak_bytes / _MB for _, cost in costs])
    yield _row("disk, MB", [added.disk_bytes / _MB for added, _ in costs])
    yield ""
    yield f"{ours.passages:,} passages, {ours.passages / ours.seconds:.1f} a second"
    yield ""
    yield "| step | seconds | share |"
    yield "|---|---|---|"
    for step, seconds in sorted(ours.steps.items(), key=lambda told: -told[1]):
        yield f"| {step} | {seconds:.1f} | {seconds / ours.seconds:.1%} |"


def _row(name: str, figures: list[float]) -> str:
    told = [f"{figure:,.1f}" for figure in figures]
    if len(figures) > 1:
        told.append(f"{figures[0] / figures[1]:.2f}" if figures[1] else "–")
    return f"| {name} | {' | '.join(told)} |"


def _time_left(added: Added) -> Iterator[str]:
    """Yield the lines of a table of the time that was said to be left and that was."""
    said = [one for one in added.estimates if added.seconds - one.after >= _SAID_SECONDS]
    if not said:
        yield "no time left was said on the way"
        return
    yield "| seconds after the start | said to be left | left | said / left |"
    yield "|---|---|---|---|"
    moments = sorted((0.0, _FIRST_MINUTE, *(part * added.seconds for part in _PARTS)))
    nearest = (min(said, key=lambda one: abs(one.after - at)) for at in moments)
    for one in dict.fromkeys(nearest):
        left = added.seconds - one.after
        yield f"| {one.after:.0f} | {one.left:.0f} | {left:.0f} | {one.left / left:.2f} |"


if __name__ == "__main__":
    sys.exit(main())
