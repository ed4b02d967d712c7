"""Reading in processes of their own: limits, replacement, threads, forks; none is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from ordinary_files import ordinary
from processes import start

from corpus.document import Document
from corpus.errors import (
    CorpusError,
    NoFactsError,
    UnreadableSourceError,
    UnsupportedFormatError,
)
from corpus.reading import read_document
from corpus.workers.reading_apart import FileLimits, read_apart, stop_reading

PLAIN = "# Mine {0}\n\nMine {0} shipped {0}00 tons of neodymium oxide.\n"
DEADLINE_SECONDS = 30

READ = """
    import sys
    from pathlib import Path
    from corpus.workers.reading_apart import read_apart

    for file in map(Path, sys.argv[1:]):
        print(read_apart(file, file.parent).source.title, flush=True)
    sys.stdin.read()
"""


def worker_ids(parent: int | None = None) -> list[int]:
    """Return the processes that read whole files for a process, this one if none is named."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            command = (stat.parent / "cmdline").read_bytes()
            of = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended meanwhile
            continue
        if of == (parent or os.getpid()) and b"corpus.workers.reading_worker" in command:
            found.append(int(stat.parent.name))
    return sorted(found)


def wait_for(happens: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + DEADLINE_SECONDS
    while not happens():
        assert time.monotonic() < ends_at


def write_plain(folder: Path, number: int = 1) -> Path:
    file = folder / f"mine{number}.md"
    file.write_text(PLAIN.format(number), encoding="utf-8")
    return file


def refusal(file: Path, limits: FileLimits) -> str:
    with pytest.raises(UnreadableSourceError) as raised:
        read_apart(file, file.parent, limits=limits)
    return str(raised.value)


class Pipe:
    """A file whose reader waits for what is written."""

    def __init__(self, file: Path) -> None:
        os.mkfifo(file)
        self.file = file
        self._end = os.open(file, os.O_RDWR)

    def is_awaited_by(self) -> set[int]:
        """Return the reading processes that have it open."""
        return {worker for worker in worker_ids() if self._is_open_in(worker)}

    def _is_open_in(self, process: int) -> bool:
        try:
            links = [os.readlink(link) for link in Path(f"/proc/{process}/fd").iterdir()]
        except OSError:
            return False
        return str(self.file) in links

    def write(self, text: str) -> None:
        """Give the reader all of its file."""
        os.write(self._end, text.encode())
        self.close()

    def close(self) -> None:
        """Let go of the end for writing."""
        if self._end >= 0:
            os.close(self._end)
            self._end = -1


@pytest.fixture
def pipes(tmp_path: Path) -> Iterator[list[Pipe]]:
    made = [Pipe(tmp_path / f"pipe{number}.md") for number in (1, 2)]
    yield made
    for pipe in made:
        pipe.close()


@pytest.mark.parametrize("ending", list(ordinary()))
def test_file_is_read_as_in_this_process(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"a{ending}"
    file.write_bytes(ordinary()[ending])
    assert read_apart(file, tmp_path) == read_document(file, tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.doc", "Mine 7", UnsupportedFormatError),
        ("a.docx", "Mine 7", UnreadableSourceError),
        ("a.md", "  ", UnreadableSourceError),
        ("a.csv", ",,\n,,\n", NoFactsError),
    ],
)
def test_refusal_is_that_of_reading_in_this_process(
    tmp_path: Path, name: str, text: str, kind: type[CorpusError]
) -> None:
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(CorpusError) as here:
        read_document(file, tmp_path)
    with pytest.raises(CorpusError) as apart:
        read_apart(file, tmp_path)
    assert (type(apart.value), str(apart.value)) == (type(here.value), str(here.value))
    assert type(apart.value) is kind


def test_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.md", FileLimits()) == (
        "gone.md: cannot be opened (No such file or directory); check that you may read it"
    )


def test_file_over_its_time_limit_is_refused_and_the_next_is_read(
    tmp_path: Path, pipes: list[Pipe]
) -> None:
    plain = write_plain(tmp_path)
    expected = read_document(plain, tmp_path)
    assert refusal(pipes[0].file, FileLimits(seconds=0.3)) == (
        "pipe1.md: reading it took longer than 0.3 s; save it anew, or in parts, or remove it"
    )
    assert read_apart(plain, tmp_path) == expected


def test_file_over_its_memory_limit_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    large, plain = tmp_path / "large.md", write_plain(tmp_path)
    large.write_bytes(b"Mine 7 shipped 100 tons. " * 1_000_000)
    assert refusal(large, FileLimits(memory_bytes=20 << 20)) == (
        "large.md: reading it needed more memory than it may; save it anew, or in parts, "
        "or remove it"
    )
    assert read_apart(plain, tmp_path) == read_document(plain, tmp_path)


def test_file_that_holds_more_than_may_be_sent_is_refused_and_the_next_is_read(
    tmp_path: Path,
) -> None:
    plain = write_plain(tmp_path)
    read_apart(plain, tmp_path)
    before = worker_ids()
    assert refusal(plain, FileLimits(answer_bytes=200)) == (
        "mine1.md: holds more than we can take of one file; split it"
    )
    assert read_apart(plain, tmp_path) == read_document(plain, tmp_path)
    assert worker_ids() == before


@pytest.mark.parametrize("ending", [".html", ".rss", ".docx", ".pptx", ".xlsx"])
def test_libraries_are_no_part_of_what_a_file_may_take(tmp_path: Path, ending: str) -> None:
    for worker in worker_ids():
        os.kill(worker, signal.SIGKILL)
    file = tmp_path / f"a{ending}"
    file.write_bytes(ordinary()[ending])
    assert read_apart(file, tmp_path, limits=FileLimits(memory_bytes=24 << 20)).pages


def test_signs_that_cannot_be_stored_are_replaced_where_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text('---\npublisher: "a\\0b\\ud800c"\n---\nMine 7 shipped 100 tons.\n')
    source = read_apart(file, tmp_path).source
    assert source.publisher == "a\ufffdb\ufffdc"


def test_message_about_a_file_with_an_odd_name_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "a\nb  c.docx"
    file.write_text("Mine 7")
    message = refusal(file, FileLimits())
    assert message.startswith("a b  c.docx: ")
    assert len(message.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="the system knows no such names")
def test_file_whose_name_is_no_text_is_refused_in_text(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.docx"))
    file.write_text("Mine 7")
    message = refusal(file, FileLimits())
    assert message.startswith("a\ufffd.docx: ")


def test_processes_are_kept_for_the_next_file(tmp_path: Path) -> None:
    plain = write_plain(tmp_path)
    read_apart(plain, tmp_path)
    before = worker_ids()
    read_apart(plain, tmp_path)
    assert before
    assert worker_ids() == before


def test_killed_process_is_replaced(tmp_path: Path) -> None:
    plain = write_plain(tmp_path)
    expected = read_apart(plain, tmp_path)
    for worker in worker_ids():
        os.kill(worker, signal.SIGKILL)
    assert read_apart(plain, tmp_path) == expected


def test_two_threads_read_in_two_processes_at_the_same_time(
    tmp_path: Path, pipes: list[Pipe]
) -> None:
    first, second = pipes
    with ThreadPoolExecutor(2) as threads:
        reading = [threads.submit(read_apart, pipe.file, tmp_path) for pipe in pipes]
        wait_for(lambda: all(pipe.is_awaited_by() for pipe in pipes))
        assert first.is_awaited_by().isdisjoint(second.is_awaited_by())
        second.write(PLAIN.format(2))  # the first one still waits for its text
        assert reading[1].result().source.title == "Mine 2"
        assert not reading[0].done()
        first.write(PLAIN.format(1))
        assert reading[0].result().source.title == "Mine 1"


def test_each_thread_gets_the_document_of_its_file(tmp_path: Path) -> None:
    files = [write_plain(tmp_path, number) for number in range(40)]
    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(lambda file: read_apart(file, tmp_path), files))
    assert [document.source.title for document in read] == [f"Mine {n}" for n in range(40)]
    assert len(worker_ids()) <= 4


def interrupt_when_awaited(pipe: Pipe) -> threading.Thread:
    def interrupt() -> None:
        wait_for(lambda: bool(pipe.is_awaited_by()))
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    return thread


@pytest.mark.usefixtures("obeying_interrupts")
def test_answer_to_an_interrupted_request_is_not_taken_for_that_to_the_next(
    tmp_path: Path, pipes: list[Pipe]
) -> None:
    thread = interrupt_when_awaited(pipes[0])
    with pytest.raises(KeyboardInterrupt):
        read_apart(pipes[0].file, tmp_path)
    thread.join()
    pipes[0].write(PLAIN.format(1))
    assert read_apart(write_plain(tmp_path, 5), tmp_path).source.title == "Mine 5"


def test_reading_is_stopped_from_another_thread(tmp_path: Path, pipes: list[Pipe]) -> None:
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(read_apart, pipes[0].file, tmp_path)
        wait_for(lambda: bool(pipes[0].is_awaited_by()))
        stop_reading()
        with pytest.raises(UnreadableSourceError, match=r"^pipe1\.md: reading it "):
            reading.result()
    assert read_apart(write_plain(tmp_path, 5), tmp_path).source.title == "Mine 5"


def read_in_a_fork(file: Path, expected: Document) -> int:
    """Return the exit status of a forked process, 0 if it reads the file with its own workers."""
    before = worker_ids()
    child = os.fork()
    if child == 0:
        signal.alarm(DEADLINE_SECONDS)
        same = read_apart(file, file.parent) == expected and not set(before) & set(worker_ids())
        os._exit(0 if same else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_forked_process_reads_with_processes_of_its_own(tmp_path: Path) -> None:
    plain = write_plain(tmp_path)
    expected = read_apart(plain, tmp_path)
    before = worker_ids()
    assert read_in_a_fork(plain, expected) == 0
    assert read_apart(plain, tmp_path) == expected
    assert worker_ids() == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_process_forked_while_a_file_is_read_does_not_wait_for_it(
    tmp_path: Path, pipes: list[Pipe]
) -> None:
    plain = write_plain(tmp_path)
    expected = read_apart(plain, tmp_path)
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(read_apart, pipes[0].file, tmp_path)
        wait_for(lambda: bool(pipes[0].is_awaited_by()))
        assert read_in_a_fork(plain, expected) == 0
        pipes[0].write(PLAIN.format(1))
        assert reading.result().source.title == "Mine 1"


def test_process_ends_when_its_input_closes() -> None:
    worker = subprocess.Popen(
        [sys.executable, "-P", "-m", "corpus.workers.reading_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    worker.communicate(timeout=DEADLINE_SECONDS)
    assert worker.returncode == 0


def has_ended(process: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return True


def test_no_process_is_left_when_its_parent_is_killed_at_rest(tmp_path: Path) -> None:
    parent = start(READ, write_plain(tmp_path))
    assert parent.stdout is not None
    assert parent.stdout.readline() == "Mine 1\n"
    (worker,) = worker_ids(parent.pid)
    parent.kill()
    parent.communicate()
    wait_for(lambda: has_ended(worker))


def test_no_process_is_left_when_its_parent_is_killed_while_it_reads(pipes: list[Pipe]) -> None:
    parent = start(READ, pipes[0].file)
    wait_for(lambda: any(pipes[0]._is_open_in(worker) for worker in worker_ids(parent.pid)))
    (worker,) = worker_ids(parent.pid)
    parent.kill()
    parent.communicate()
    wait_for(lambda: has_ended(worker))


def test_no_process_is_left_when_its_parent_ends(tmp_path: Path) -> None:
    parent = start(READ, write_plain(tmp_path))
    assert parent.stdout is not None
    parent.stdout.readline()
    (worker,) = worker_ids(parent.pid)
    parent.communicate()
    assert parent.returncode == 0
    assert has_ended(worker)
