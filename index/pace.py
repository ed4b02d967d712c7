"""How far an `add` has come and how long it will take: by the passages that files make.

Of a file that is not read yet these are estimated from its size, by what files of its type made
so far. Counting files alone says nothing where one has three pages and the next three hundred.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from index.files import WantedFile

_READING_SHARE = 0.5  # of the work of a passage; the rest is to embed and store it
_FIRST_GUESS = 1 / 5_000  # passages a byte, before any file was read
_LEAST_SHARE = 0.01  # of the work, from which on an estimate is worth telling
_LEAST_SECONDS = 3.0


@dataclass(slots=True)
class _Work:
    """One file: its passages once it was read, and how much of it is read and stored, 0 to 1."""

    size: int
    file_type: str
    passages: int = -1
    read: float = 0.0
    stored: float = 0.0
    is_done: bool = False


class Pace:
    """What is done of the work on files. Safe to be told from several threads."""

    def __init__(
        self, files: Iterable[WantedFile], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._started = clock()
        self._work = {file.path: _Work(_size(file), file.file_type) for file in files}
        self._lock = threading.Lock()

    def reading(self, path: str, done: int, total: int) -> None:
        """Tell how many pages of a file are read out of how many."""
        with self._lock:
            self._work[path].read = done / max(total, 1)

    def read(self, path: str, passages: int) -> None:
        """Tell that a file is read, and how many passages it made."""
        with self._lock:
            self._work[path].read = 1.0
            self._work[path].passages = passages

    def storing(self, paths: Iterable[str], done: int, total: int) -> None:
        """Tell how many passages of the files that are stored together are embedded."""
        with self._lock:
            for path in paths:
                self._work[path].stored = done / max(total, 1)

    def finished(self, path: str) -> None:
        """Tell that nothing is left to do about a file; it counts only if it was read."""
        with self._lock:
            if path in self._work:
                self._work[path].is_done = True

    def seconds_left(self) -> float:
        """Return the seconds that are left, -1.0 where it is too early to tell."""
        with self._lock:
            done, total = self._done_of_total()
        seconds = self._clock() - self._started
        if total <= 0 or done / total < _LEAST_SHARE or seconds < _LEAST_SECONDS:
            return -1.0
        return seconds * (total - done) / done

    def _done_of_total(self) -> tuple[float, float]:
        """Return the work that is done and all of it, in passages."""
        rates = self._rates()
        done = total = 0.0
        for one in self._work.values():
            if one.is_done and one.passages < 0:
                continue  # it was unchanged or could not be read
            rate = rates.get(one.file_type, rates[""])
            passages = one.passages if one.passages >= 0 else one.size * rate
            share = _READING_SHARE * one.read + (1 - _READING_SHARE) * one.stored
            total += passages
            done += passages * (1.0 if one.is_done else share)
        return done, total

    def _rates(self) -> dict[str, float]:
        """Return the passages a byte that files of each type made so far, "" for all types."""
        passages: dict[str, int] = {}
        sizes: dict[str, int] = {}
        for one in self._work.values():
            if one.passages >= 0:
                for kind in (one.file_type, ""):
                    passages[kind] = passages.get(kind, 0) + one.passages
                    sizes[kind] = sizes.get(kind, 0) + one.size
        rates = {kind: passages[kind] / size for kind, size in sizes.items() if size}
        return {"": _FIRST_GUESS, **rates}


def _size(file: WantedFile) -> int:
    try:
        return file.file.stat().st_size
    except OSError:
        return 0
