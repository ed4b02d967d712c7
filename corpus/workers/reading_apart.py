"""Reading files in processes of their own, each under a limit of time and memory.

A hostile or huge file costs that file, not the run. PDF has its processes page by page
(`pdf.pool`); files of other kinds are read whole by one process, of which there are as many as are
asked at once.
"""

import atexit
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from corpus import errors
from corpus.document import Document
from corpus.errors import CorpusError, UnreadableSourceError
from corpus.pdf import OnPage, unheard
from corpus.reading import FILE_TYPES, read_document, readable_endings
from corpus.records import load_document
from corpus.workers.worker_process import Worker, WorkerEndedError

_MODULE = "corpus.workers.reading_worker"


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What reading one file that is no PDF may take.

    `answer_bytes` bounds its document on the way to this process, where that of a table takes
    eleven times as much: some 700,000 cells, or 300 MB.
    """

    seconds: float = 120.0
    memory_bytes: int = 2 << 30  # beyond what the process has before it
    answer_bytes: int = 24 << 20


def read_apart(
    file: Path,
    root: Path,
    on_page: OnPage = unheard,
    limits: FileLimits = FileLimits(),
    address: str = "",
) -> Document:
    """Read a file as `read_document` does, in a process of its own.

    Safe to be called from several threads at once. Raises UnreadableSourceError also where the
    file takes more time or memory than it may, or holds more than may be sent.
    """
    ending = file.suffix.lower()
    is_read = ending in readable_endings()
    if not is_read or FILE_TYPES.get(ending) == "pdf":  # a refusal needs no process
        return read_document(file, root, on_page, address)
    worker = _PROCESSES.take()
    try:
        worker.rouse()
        answer = worker.ask(
            limits.seconds,
            file=str(file),
            root=str(root),
            address=address,
            memory_bytes=limits.memory_bytes,
            answer_bytes=limits.answer_bytes,
        )
    except WorkerEndedError as error:
        name = " ".join(file.relative_to(root).as_posix().splitlines())
        raise UnreadableSourceError(
            f"{name}: reading it {error}; save it anew, or in parts, or remove it"
        ) from error
    finally:
        _PROCESSES.give_back(worker)
    if "error" in answer:
        kind = getattr(errors, answer["error"], CorpusError)
        raise kind(answer["message"])
    return load_document(answer["document"])


def stop_reading() -> None:
    """End what is just being read apart, from whichever thread; who waits for it gets an error."""
    _PROCESSES.kill()


class _Processes:
    """The processes that read files; each is asked by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Worker] = []
        self._busy: list[Worker] = []

    def take(self) -> Worker:
        """Return a process that nobody else asks."""
        with self._lock:
            worker = self._waiting.pop() if self._waiting else Worker(_MODULE)
            self._busy.append(worker)
            return worker

    def give_back(self, worker: Worker) -> None:
        """Let others ask the process."""
        with self._lock:
            self._busy.remove(worker)
            self._waiting.append(worker)

    def kill(self) -> None:
        """End the processes that are busy."""
        with self._lock:
            for worker in self._busy:
                worker.kill()

    def close(self) -> None:
        """End all processes."""
        self.kill()
        for worker in self._waiting:
            worker.close()

    def forget(self) -> None:
        """Begin anew in a forked process: the workers are its parent's, and so is their lock."""
        for worker in (*self._waiting, *self._busy):
            worker.abandon()
        self.__init__()  # type: ignore[misc]


_PROCESSES = _Processes()
atexit.register(_PROCESSES.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_PROCESSES.forget)
