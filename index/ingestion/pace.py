"""How far an `add` has come and how long it will take: by the passages that files make.

Reading runs ahead in processes of its own, while one thread takes the documents (splits them, reads
their facts), embeds and stores; whichever of the two is slower says how long it takes. Seconds a
passage are measured on the way, apart for taking and for storing, as storing costs much more. How
many passages an unread file will make is estimated from its pages, where these are counted already,
else from its size: one file has three pages and the next three hundred.
"""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.ingestion.files import WantedFile

# Guesses that hold until something was measured.
_SECONDS_TO_TAKE = 0.004  # a passage
_SECONDS_TO_STORE = 0.03
_PASSAGES_A_PAGE = 10.0
_PASSAGES_A_BYTE = 1 / 5_000
_LEAST_SHARE = 0.01  # of the reading, from which on an estimate is worth telling
_LEAST_SECONDS = 3.0


@dataclass(slots=True)
class _Work:
    """One file: its pages and passages once they are known, how much is read and stored, 0 to 1."""

    size: int
    file_type: str
    pages: int = 0
    passages: int = -1
    read: float = 0.0
    stored: float = 0.0
    is_done: bool = False


class _Rate:
    """So much for each of something, by type of file: a guess until something was measured."""

    def __init__(self, guess: float) -> None:
        self._guess = guess
        self._sums: dict[str, tuple[float, float]] = {}

    def add(self, much: float, each: float, file_type: str = "") -> None:
        """Add what was measured."""
        for kind in {file_type, ""}:
            before = self._sums.get(kind, (0.0, 0.0))
            self._sums[kind] = (before[0] + much, before[1] + each)

    @property
    def is_measured(self) -> bool:
        """Whether it is more than a guess."""
        return self._sums.get("", (0.0, 0.0))[1] > 0

    def of(self, file_type: str = "") -> float:
        """Return the rate of a type, of all without one."""
        for kind in (file_type, ""):
            much, each = self._sums.get(kind, (0.0, 0.0))
            if each:
                return much / each
        return self._guess


class Pace:
    """What is done of the work on files. Safe to be told from several threads.

    All but `reading` is told by the thread that takes and stores, at the end of each step.
    """

    def __init__(
        self, files: Iterable[WantedFile], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._started = self._last_step = clock()
        self._read_until = self._started
        self._work = {file.path: _Work(_size(file), file.file_type) for file in files}
        self._taken: list[_Work] = []  # and not stored yet
        self._taking, self._storing = _Rate(_SECONDS_TO_TAKE), _Rate(_SECONDS_TO_STORE)
        self._has_loaded = False  # the first file waits for all that is loaded for the others
        self._lock = threading.Lock()

    def reading(self, path: str, done: int, total: int) -> None:
        """Tell how many pages of a file are read out of how many."""
        with self._lock:
            self._read_until = self._clock()
            self._work[path].pages = total
            self._work[path].read = done / max(total, 1)

    def read(self, path: str, passages: int) -> None:
        """Tell that a file is read and taken, and how many passages it made."""
        with self._lock:
            one, seconds = self._work[path], self._step()
            if self._has_loaded:
                self._taking.add(seconds, passages)
            self._has_loaded = True
            if one.read < 1:
                self._read_until = self._last_step
            one.read, one.passages = 1.0, passages
            self._taken.append(one)

    def storing(self, paths: Iterable[str], done: int, total: int) -> None:
        """Tell how many passages of the files that are stored together are embedded."""
        with self._lock:
            self._store([self._work[path] for path in paths], done / max(total, 1))

    def finished(self, path: str) -> None:
        """Tell that nothing is left to do about a file; it counts only if it was read.

        What was taken is stored together: the first that is finished tells it of all.
        """
        with self._lock:
            one = self._work.get(path)
            if one is None:
                return
            one.is_done = True
            if one.passages < 0:
                self._started += self._step()
            else:
                self._store(self._taken, 1.0)
                self._taken = []

    def seconds_left(self) -> float:
        """Return the seconds that are left, -1.0 where it is too early to tell."""
        with self._lock:
            counted = [one for one in self._work.values() if one.passages >= 0 or not one.is_done]
            files = list(zip(counted, self._expected(counted), strict=True))
            total = sum(passages for _, passages in files)
            read = sum(one.read * passages for one, passages in files)
            seconds = self._clock() - self._started
            if total <= 0 or read / total < _LEAST_SHARE or seconds < _LEAST_SECONDS:
                return -1.0
            to_take = sum(passages for one, passages in files if one.passages < 0)
            to_store = sum((1 - one.stored) * passages for one, passages in files)
            reading = (self._read_until - self._started) * (total - read) / read
            working = to_take * self._taking.of() + to_store * self._storing.of()
            if reading < working and not self._storing.is_measured:
                return -1.0
            return max(reading, working)

    def _step(self) -> float:
        """Return the seconds of the step that ends now."""
        before, self._last_step = self._last_step, self._clock()
        return self._last_step - before

    def _store(self, files: Iterable[_Work], share: float) -> None:
        gained = 0.0
        for one in files:
            gained += one.passages * (share - one.stored)
            one.stored = share
        self._storing.add(self._step(), gained)

    def _expected(self, files: Sequence[_Work]) -> list[float]:
        """Return how many passages each file makes, by what others of its type did."""
        a_page, a_byte = _Rate(_PASSAGES_A_PAGE), _Rate(_PASSAGES_A_BYTE)
        for one in files:
            if one.passages >= 0 and one.pages:
                a_page.add(one.passages, one.pages, one.file_type)
        for one in files:
            if one.passages >= 0 or one.pages:
                a_byte.add(_passages(one, a_page, a_byte), one.size, one.file_type)
        return [_passages(one, a_page, a_byte) for one in files]


def _passages(one: _Work, a_page: _Rate, a_byte: _Rate) -> float:
    if one.passages >= 0:
        return one.passages
    if one.pages:
        return one.pages * a_page.of(one.file_type)
    return one.size * a_byte.of(one.file_type)


def _size(file: WantedFile) -> int:
    try:
        return file.file.stat().st_size
    except OSError:
        return 0
