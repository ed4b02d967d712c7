"""Sentences of a long draft checked in processes of their own, so that more cores have work.

Reading sentences is work of Python, of which a process does one piece at a time.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from queue import SimpleQueue

from assistant.drafts.checked import CheckedSentence, checked_of_line
from assistant.drafts.draft import DraftSentence
from assistant.settings import Settings, opening_of
from corpus.errors import CorpusError
from corpus.workers.cores import core_count
from corpus.workers.worker_process import Worker, WorkerEndedError
from index.passage import Filters

_MODULE = "assistant.drafts.check_worker"
_OPEN_SECONDS = 300.0  # for loading models on a busy machine
_CHECK_SECONDS = 600.0  # for some dozen sentences
_WORTH = 200  # sentences that are worth a process, which loads models for five seconds
_MOST = 3  # processes, a gigabyte each
_one_draft = threading.Lock()  # at a time has processes


class CheckProcess:
    """A process that checks sentences, a group at a time."""

    def __init__(self, settings: Settings, filters: Filters) -> None:
        self._worker = Worker(_MODULE)
        self._opening = opening_of(settings)
        self._filters = asdict(filters)

    def open(self) -> bool:
        """Start the process and load its models; tell whether it may be asked."""
        try:
            return "error" not in self._worker.ask(_OPEN_SECONDS, open=self._opening)
        except (WorkerEndedError, CorpusError):
            return False

    def check(self, group: Sequence[DraftSentence]) -> list[CheckedSentence] | None:
        """Return sentences checked, None where the process could not: it is asked no more."""
        try:
            said = self._worker.ask(
                _CHECK_SECONDS, check=[asdict(one) for one in group], filters=self._filters
            )
            return [checked_of_line(line) for line in said["answer"]]
        except (WorkerEndedError, CorpusError, KeyError):
            return None

    def kill(self) -> None:
        """End the process, from whichever thread, whatever it is doing."""
        self._worker.kill()

    def close(self) -> None:
        """Leave nothing of it behind."""
        self._worker.close()


@contextmanager
def check_processes(
    settings: Settings, filters: Filters, sentences: int
) -> Iterator[SimpleQueue[CheckProcess] | None]:
    """Yield the processes that may be asked, as soon as each may; None where it is not worth it."""
    count = min(core_count() - 1, _MOST, sentences // _WORTH)
    if count < 1 or not _one_draft.acquire(blocking=False):
        yield None
        return
    ready: SimpleQueue[CheckProcess] = SimpleQueue()
    processes = [CheckProcess(settings, filters) for _ in range(count)]

    def open_one(process: CheckProcess) -> None:
        if process.open():
            ready.put(process)

    threads = [threading.Thread(target=open_one, args=(one,), daemon=True) for one in processes]
    try:
        for thread in threads:
            thread.start()
        yield ready
    finally:
        for process, thread in zip(processes, threads, strict=True):
            process.kill()
            thread.join()
            process.close()
        _one_draft.release()
