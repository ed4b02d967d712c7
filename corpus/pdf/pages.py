"""Reads the pages of a PDF in processes of their own, each page under a limit of time and memory.

A hostile or huge page costs that page, not the run. The processes take pages from one queue, so
that a slow page holds no other up, and are kept for the next file. A page that a process does not
come back from is tried once more, by PDFium. The processes are in `pool`, what they do in
`worker`.
"""

import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.errors import UnreadableSourceError
from corpus.pdf.lines import Line
from corpus.pdf.ocr import lacks_for_scans
from corpus.pdf.packed_lines import unpack_lines
from corpus.pdf.pool import POOL
from corpus.workers.cores import core_count
from corpus.workers.worker_process import CLOSE_SECONDS, Worker, WorkerEndedError

PageKind = Literal["text", "recognized", "scan", "empty", "failed"]

_WORKERS = 4  # at most; each page is one core's work
_FEW_PAGES = 6  # fewer are read sooner by one process than a second one has opened the file
_SCAN_SECONDS = 30.0  # that each scan adds to the time of its file; one takes about 4
_FILE_WORDS = 3_000_000  # that one file may hold, about 1 GB as words
_READERS = ("pypdf", "pdfium")  # in the order in which they are tried


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take."""

    page_seconds: float = 20.0
    open_seconds: float = 60.0
    recognize_seconds: float = 300.0  # of one scanned page
    file_seconds: float = 900.0  # a page that is not begun by then is not read
    memory_bytes: int = 2 << 30  # of each process, beyond what it has when it starts


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page in reading order.

    A "scan" is a picture of a page with a few words at most; where Tesseract is installed it is
    "recognized". An "empty" page has neither text nor pictures; `fault` says why a page "failed".
    """

    lines: tuple[Line, ...]
    kind: PageKind
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PdfLines:
    """What a PDF file holds: its pages, their printed labels, and title, author and subject."""

    pages: tuple[PageLines, ...]
    labels: tuple[str, ...]
    about: tuple[str, str, str]


OnPage = Callable[[int, int], None]


def unheard(_done: int, _total: int) -> None:
    """Take no notice of how far reading is."""


def read_lines(
    data: bytes,
    name: str,
    limits: Limits = Limits(),
    workers: int | None = None,
    on_page: OnPage = unheard,
) -> PdfLines:
    """Return the lines of all pages of a PDF.

    `workers` is the number of processes, by default one for each core. `on_page` is told, from any
    thread, how many pages are read out of how many; scans are read a second time. Raises
    UnreadableSourceError if the file as a whole cannot be opened; a page that cannot be read is
    "failed".
    """
    # The file is handed over as a copy that nobody changes while it is read.
    with POOL.lock, tempfile.TemporaryDirectory(prefix="rare-earth-") as folder:
        path = Path(folder) / "source.pdf"
        path.write_bytes(data)
        return _Reading(path, name, limits, on_page).read(workers or min(core_count(), _WORKERS))


class _Reading:
    """One file that is being read."""

    def __init__(self, path: Path, name: str, limits: Limits, on_page: OnPage) -> None:
        self._on_page = on_page
        self._path = path
        self._name = name
        self._limits = limits
        self._ends_at = time.monotonic() + limits.file_seconds
        self._counting = threading.Lock()
        self._words_left = _FILE_WORDS
        self._is_given_up = False

    def read(self, worker_count: int) -> PdfLines:
        """Open the file and read its pages."""
        workers = POOL.take(worker_count)
        try:
            about = self._survey(workers[0])
            numbers = range(1, about["pages"] + 1)
            readers = _READERS[_READERS.index(about["reader"]) :]
            job = _Job("lines", readers, self._limits.page_seconds)
            used = workers if len(numbers) >= _FEW_PAGES else workers[:1]
            pages = self._run(job, numbers, used)
            self._recognize(pages, used)
        finally:
            for worker in workers:
                self._leave(worker)
        return PdfLines(tuple(pages), tuple(about["labels"]), tuple(about["about"]))

    def _recognize(self, pages: list[PageLines], workers: Sequence[Worker]) -> None:
        """Put in place of each scan the page as it is recognised from its picture."""
        scans = [number for number, page in enumerate(pages, start=1) if page.kind == "scan"]
        if not scans or lacks_for_scans():
            return
        self._ends_at += _SCAN_SECONDS * len(scans)
        job = _Job("recognize", ("pdfium",), self._limits.recognize_seconds)
        for number, page in zip(scans, self._run(job, scans, workers), strict=True):
            if page.lines or page.kind == "failed":
                pages[number - 1] = page

    def _survey(self, worker: Worker) -> Any:
        """Return what the file says of itself, by the first reader that can open it."""
        fault = ""
        for readers in (_READERS, _READERS[1:]):
            try:
                about = self._open(worker, readers)
            except WorkerEndedError as error:
                fault = fault or str(error)
                continue
            if "refusal" in about:
                raise UnreadableSourceError(about["refusal"])
            return about
        raise UnreadableSourceError(
            f"{self._name}: cannot be opened ({fault}); open it in a viewer and save it anew, "
            "or remove it"
        )

    def _open(self, worker: Worker, readers: Sequence[str]) -> Any:
        about = worker.ask(
            self._limits.open_seconds,
            command="open",
            path=str(self._path),
            name=self._name,
            readers=readers,
            memory_bytes=self._limits.memory_bytes,
        )
        worker.opened.add(about.get("reader", readers[0]))
        return about

    def _run(
        self, job: "_Job", numbers: Iterable[int], workers: Sequence[Worker]
    ) -> list[PageLines]:
        """Return what the workers answer for each page, in the order of the pages."""
        waiting = deque(numbers)
        total = len(waiting)
        pages: dict[int, PageLines] = {}

        def work(worker: Worker) -> None:
            while not self._is_given_up:
                try:
                    number = waiting.popleft()
                except IndexError:
                    return
                pages[number] = self._page(worker, job, number)
                self._on_page(len(pages), total)

        with ThreadPoolExecutor(len(workers)) as threads:
            try:
                tuple(threads.map(work, workers))
            except BaseException:  # Ctrl-C too: the threads must not go on to the last page
                self._is_given_up = True
                for worker in workers:
                    worker.kill()
                raise
        return [pages[number] for number in sorted(pages)]

    def _page(self, worker: Worker, job: "_Job", number: int) -> PageLines:
        fault = ""
        for reader in job.readers:
            if self._is_given_up or time.monotonic() > self._ends_at:
                fault = fault or f"the file took longer than {self._limits.file_seconds:g} s"
                break
            try:
                if reader not in worker.opened:
                    self._open(worker, (reader,))
                answer = worker.ask(job.seconds, command=job.command, page=number, reader=reader)
            except WorkerEndedError as error:
                fault = fault or str(error)
                continue
            return self._counted(answer)
        return PageLines((), "failed", fault)

    def _counted(self, answer: Any) -> PageLines:
        """Return a page as answered, unless the words of the file are more than we hold."""
        if "fault" in answer:
            return PageLines((), "failed", answer["fault"])
        with self._counting:
            self._words_left -= sum(map(len, answer["lines"]))
            if self._words_left < 0:
                return PageLines((), "failed", f"the file holds more than {_FILE_WORDS:,} words")
        return PageLines(unpack_lines(answer["lines"]), answer["kind"])

    def _leave(self, worker: Worker) -> None:
        """Have a worker close the file."""
        if worker.opened:
            with suppress(WorkerEndedError):  # it has closed the file in its own way
                worker.ask(CLOSE_SECONDS, command="close")
        worker.opened.clear()


@dataclass(frozen=True, slots=True)
class _Job:
    """What workers do with each page: a command of theirs, and the readers to try in turn."""

    command: str
    readers: tuple[str, ...]
    seconds: float
