"""How many requests are under way at once, over all processes and threads of a home.

A slot is a locked file. The system frees it when its process dies, however it dies.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import LanguageModelError


@dataclass(frozen=True, slots=True)
class Slots:
    """So many files of a folder, of which each request under way holds one."""

    folder: Path
    count: int

    @contextmanager
    def taken(self, wait: Callable[[], bool]) -> Iterator[bool]:
        """Hold a free slot; while there is none, call `wait`, which says whether to go on.

        Yields whether a slot is held. Raises LanguageModelError where none can be made.
        """
        lock = self._free()
        while lock is None and wait():
            lock = self._free()
        try:
            yield lock is not None
        finally:
            if lock is not None:
                lock.release()

    def _free(self) -> FileLock | None:
        """Return a slot, now locked, if one is free."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for number in range(1, self.count + 1):
                lock = FileLock(self.folder / f"request-{number}.lock", timeout=0)
                try:
                    lock.acquire()
                except Timeout:
                    continue
                return lock
        except OSError as error:
            raise LanguageModelError(
                f"{self.folder} cannot be written ({error.strerror}), so requests to the language "
                "model cannot be counted; make it writable"
            ) from error
        return None
