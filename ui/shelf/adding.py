"""What is added to a home, one thing after the other, in a thread out of reach of clicks.

Nothing here knows the screen: pages send files and folders, and look at what became of them.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path

from assistant.assistant import Assistant
from assistant.errors import AnswerError
from corpus.errors import CorpusError
from index.errors import IndexingError
from index.ingestion.sync import Progress, SyncReport

Show = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, such as "added" or "not read", and why."""

    name: str
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AddingView:
    """Adding at one moment: what is done, how far it is, what waits, and a bug that ended it."""

    outcomes: tuple[Outcome, ...] = ()
    doing: str = ""
    progress: Progress | None = None
    waiting: int = 0
    failed: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    run: Callable[[Show], tuple[Outcome, ...]]


class Adding:
    """Adds what is sent, in the order it came; safe to share between all who look."""

    def __init__(self) -> None:
        self._changing = threading.Condition()
        self._jobs: list[_Job] = []
        self._view = AddingView()

    def view(self) -> AddingView:
        """Return how far it is."""
        return self._view

    def send(self, assistant: Assistant, files: Sequence[tuple[str, bytes]]) -> None:
        """Add files by their names and contents, as who holds the assistant."""
        self._put([_Job(name, partial(_upload, assistant, name, data)) for name, data in files])

    def add_folder(self, assistant: Assistant, folder: Path) -> None:
        """Add a folder or a file of this machine, and follow what changed in it."""
        self._put([_Job(str(folder), lambda show: _told(assistant.add([folder], show)))])

    def add_addresses(self, assistant: Assistant, addresses: Sequence[str]) -> None:
        """Fetch pages of the web."""
        self._put([_Job(_named(addresses), lambda show: _told(assistant.web.add(addresses, show)))])

    def follow(self, assistant: Assistant, addresses: Sequence[str], every_seconds: int) -> None:
        """Follow addresses, and look at them now."""

        def run(show: Show) -> tuple[Outcome, ...]:
            assistant.web.follow(addresses, every_seconds)
            return _told(assistant.web.fetch(show).as_sync())

        self._put([_Job(_named(addresses), run)])

    def fetch(self, assistant: Assistant) -> None:
        """Look at what is followed and due."""

        def run(show: Show) -> tuple[Outcome, ...]:
            return _told(assistant.web.fetch(show).as_sync())

        self._put([_Job("what is due", run)])

    def read_again(self, assistant: Assistant, source_id: str, name: str) -> None:
        """Read the file of a source again."""
        self._put([_Job(name, lambda show: _told(assistant.read_again(source_id, show)))])

    def forget(self) -> None:
        """Take what was told for read."""
        with self._changing:
            self._view = replace(self._view, outcomes=(), failed=None)

    def wait(self, seconds: float) -> None:
        """Return once nothing is left to add, or after so many seconds."""
        with self._changing:
            self._changing.wait_for(lambda: not self._view.doing, seconds)

    def _put(self, jobs: Sequence[_Job]) -> None:
        with self._changing:
            self._jobs.extend(jobs)
            self._view = replace(self._view, waiting=len(self._jobs))
            if self._view.doing or not jobs:
                return
            first = self._next()
        threading.Thread(target=self._work, args=(first,), daemon=True).start()

    def _work(self, job: _Job | None) -> None:
        while job:
            failed: Exception | None = None
            try:
                told = job.run(self._show)
            except (AnswerError, CorpusError, IndexingError) as error:
                told = (Outcome(job.name, "not read", str(error)),)
            except Exception as error:  # the page raises it
                told, failed = (), error
            with self._changing:
                outcomes = (*self._view.outcomes, *told)
                self._view = replace(
                    self._view, outcomes=outcomes, failed=failed or self._view.failed
                )
                job = self._next()

    def _next(self) -> _Job | None:
        """Take what waits first; the caller holds the lock."""
        job = self._jobs.pop(0) if self._jobs else None
        doing = job.name if job else ""
        self._view = replace(self._view, doing=doing, progress=None, waiting=len(self._jobs))
        self._changing.notify_all()
        return job

    def _show(self, progress: Progress) -> None:
        with self._changing:
            self._view = replace(self._view, progress=progress)


def _named(addresses: Sequence[str]) -> str:
    more = len(addresses) - 1
    return f"{addresses[0]} and {more} more" if more else addresses[0]


def _upload(assistant: Assistant, name: str, data: bytes, show: Show) -> tuple[Outcome, ...]:
    record = assistant.add_upload(name, BytesIO(data), show)
    outcome = "set aside" if record.state == "set aside" else "added"
    return (Outcome(name, outcome, record.reason or "; ".join(record.source.faults)),)


def _told(report: SyncReport) -> tuple[Outcome, ...]:
    """Return what a sync did, a file each; of what has not changed the number."""
    unchanged = len(report.unchanged)
    same = f"{unchanged} file{'s' * (unchanged != 1)}"
    return (
        *(Outcome(path, "added") for path in (*report.new, *report.changed)),
        *([Outcome(same, "unchanged")] if unchanged else ()),
        *(Outcome(path, "removed") for path in report.removed),
        *(_with_reason(line, "set aside") for line in report.set_aside),
        *(_with_reason(line, "not read") for line in report.unreadable),
        *(_with_reason(line, "read in part") for line in report.faults),
    )


def _with_reason(line: str, outcome: str) -> Outcome:
    path, _, reason = line.partition(": ")
    return Outcome(path, outcome, reason)
