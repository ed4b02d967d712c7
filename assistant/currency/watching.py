"""A home that is kept current: folders watched and synced, the web looked at when it is due.

Each sync is followed by a look of the radar. Others go on reading meanwhile; what is stopped or
killed goes on with the next start.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.assistant import Assistant
from assistant.errors import AnswerError
from corpus.errors import CorpusError
from index.errors import HomeLockedError, IndexingError
from index.ingestion.sync import Progress, SyncReport

_DEBOUNCE_MILLISECONDS = 2_000  # so long after the first change of files others are waited for
_TICK_MILLISECONDS = 500  # between two looks at what is due and whether to stop
_LOCKED_SECONDS = 2.0  # between two tries where another process writes


class StoppedError(Exception):
    """The watch was told to stop while a sync was under way."""


class Watch:
    """The watch over one home until it is stopped; `tell` takes a line for each sync."""

    def __init__(
        self,
        assistant: Assistant,
        folders: Sequence[Path],
        every_seconds: float,
        tell: Callable[[str], None],
    ) -> None:
        self._assistant = assistant
        self._folders = tuple(folders)
        self._every_seconds = every_seconds
        self._tell = tell
        self._stop = threading.Event()
        self._due = 0.0

    def stop(self) -> None:
        """Have it end; a sync that is under way ends after the file at hand."""
        self._stop.set()

    def run(self) -> None:
        """Sync now, on each change of the folders, and whenever schedule or web have it due."""
        try:
            for changed in self._changes():
                is_due = time.time() >= self._due
                if changed or is_due:
                    self._sync(self._folders if is_due else changed)
                due = self._assistant.web.next_due()
                if due and due <= datetime.now(UTC):
                    self._do("fetch", self._fetch)
                    self._do("radar", self._look)
        except StoppedError:
            pass
        self._tell("stopped")

    def _changes(self) -> Iterator[tuple[Path, ...]]:
        """Yield the folders in which files changed, () where only time went by.

        The first () comes when the watch has begun, so that no change between is missed.
        """
        if not self._folders:
            while not self._stop.is_set():
                yield ()
                self._stop.wait(_TICK_MILLISECONDS / 1000)
            return
        from watchfiles import watch

        for changes in watch(
            *self._folders,
            debounce=_DEBOUNCE_MILLISECONDS,
            rust_timeout=_TICK_MILLISECONDS,
            yield_on_timeout=True,
            stop_event=self._stop,
            raise_interrupt=False,
        ):
            files = [Path(path) for _, path in changes]
            yield tuple(f for f in self._folders if any(one.is_relative_to(f) for one in files))

    def _sync(self, folders: Sequence[Path]) -> None:
        """Bring folders up to date, then look; the next time by schedule is counted from now."""
        self._due = time.time() + self._every_seconds
        if folders:
            self._do("sync", lambda: self._add(folders))
        self._do("radar", self._look)

    def _add(self, folders: Sequence[Path]) -> None:
        report = self._assistant.add(folders, self._go_on)
        self._tell(_told(folders, report))

    def _fetch(self) -> None:
        report = self._assistant.web.fetch(self._go_on)
        self._tell(
            f"web: {len(report.new)} new, {len(report.changed)} changed, {len(report.gone)} gone, "
            f"{len(report.failed)} failed"
        )

    def _look(self) -> None:
        if count := len(self._assistant.look()):
            self._tell(f"radar: {count} not seen yet; rare-earth radar shows them")

    def _do(self, name: str, do: Callable[[], None]) -> None:
        """Do a thing, waiting while another process writes; an error of ours is told in a line."""
        is_told = False
        while True:
            try:
                do()
            except HomeLockedError as error:
                if not is_told:
                    self._tell(f"{name}: waits ({error})")
                is_told = True
                if self._stop.wait(_LOCKED_SECONDS):
                    raise StoppedError from error
            except (AnswerError, CorpusError, IndexingError) as error:
                self._tell(f"{name}: {error}")
                return
            else:
                return

    def _go_on(self, _: Progress) -> None:
        if self._stop.is_set():
            raise StoppedError


def _told(folders: Sequence[Path], report: SyncReport) -> str:
    counts = (
        f"{len(report.new)} new, {len(report.changed)} changed, {len(report.removed)} removed, "
        f"{len(report.unreadable)} not read"
    )
    return f"{', '.join(map(str, folders))}: {counts}"
