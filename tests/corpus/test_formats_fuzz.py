"""Hostile and damaged files of all formats but PDF: each ends in text or in one line of refusal.

It does so in bounded time and memory, and the next ordinary file is read.
"""

import json
import socket
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hostile_files
import pytest
from hostile_file import Hostile, packed, unpacked
from ordinary_files import ordinary

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.records import document_record
from corpus.workers.reading_apart import FileLimits, read_apart

LIMITS = FileLimits(seconds=3, memory_bytes=1 << 30)
SLACK_SECONDS = 8  # for starting a process again on a busy machine, and taking over its answer
ROOM_BYTES = 300 << 20  # that the whole run may add to this process
MUTATIONS = 300
SEED = 20_260_701
THREADS = 2  # each reads a hostile file and then an ordinary one
PLAIN = b"# Mine 7\n\nMine 7 shipped 100 tons of neodymium oxide.\n"
# What is said of a file on which its reader has raised an exception that it should have foreseen.
UNFORESEEN = "; open it in its own program and save it anew"
# One of each ending, the quickest of those that a reader has to withstand.
FEW = (
    "signs that no tree can hold.html",
    "laughs.xml",
    "an author without end.rss",
    "deep and whole.atom",
    "deep lists.json",
    "half a surrogate.jsonl",
    "one line of 100 MB.txt",
    "a bomb of aliases.md",
    "null bytes.csv",
    "parameters.eml",
    "a zip bomb.docx",
    "sizes that lie.pptx",
    "a dimension that boasts.xlsx",
)


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def check_document(document: Document, what: str) -> None:
    """Check that every stretch lies in its page, and that all can be stored in a database."""
    for page in document.pages:
        for stretch in (*page.blocks, *(cell for block in page.blocks for cell in block.cells)):
            assert 0 <= stretch.start <= stretch.end <= len(page.text), what
        for repair in page.repairs:
            assert 0 <= repair.start <= repair.end <= len(page.text), what
        assert "root:x:0" not in page.text, what
    stored = json.dumps(document_record(document), ensure_ascii=False)
    stored.encode()
    assert "\\u0000" not in stored.replace("\\\\", ""), what
    assert all(abs(year) < 1 << 63 for year in document.source.data_years), what


def assert_ends_well(folder: Path, name: str, data: bytes | Hostile, what: str) -> None:
    """Read a hostile file in a folder: it ends in a document or one line, within its time."""
    file = folder / name
    if isinstance(data, Hostile):
        data.write(file)
    else:
        file.write_bytes(data)
    started = time.monotonic()
    try:
        document = read_apart(file, folder, limits=LIMITS)
    except CorpusError as refusal:
        message = str(refusal)
        assert message.startswith(f"{name}: "), f"{what}: {message}"
        assert UNFORESEEN not in message, f"{what}: {message}"
        assert len(message.splitlines()) == 1, what
    else:
        check_document(document, what)
    assert time.monotonic() - started < LIMITS.seconds + SLACK_SECONDS, what
    file.unlink()


def assert_all_end_well(folder: Path, files: Iterable[tuple[str, str, bytes | Hostile]]) -> None:
    """Read files, given by what each is, its name and its content, and ordinary ones between."""
    plain = folder / "plain.md"
    plain.write_bytes(PLAIN)
    expected = read_apart(plain, folder)

    def read(file: tuple[str, str, bytes | Hostile]) -> None:
        what, name, data = file
        assert_ends_well(folder, name, data, what)
        assert read_apart(plain, folder) == expected, what
        assert resident_bytes() - before < ROOM_BYTES, what

    before = resident_bytes()
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in threads.map(read, files):
            pass


@pytest.mark.parametrize("name", FEW)
def test_hostile_file_of_each_ending_ends_in_text_or_one_line(tmp_path: Path, name: str) -> None:
    assert_all_end_well(tmp_path, [(name, name, hostile_files.handmade()[name])])


def test_every_ending_has_many_hostile_files() -> None:
    endings = [Path(name).suffix for name in hostile_files.handmade()]
    assert {ending for ending in ordinary() if endings.count(ending) < 12} == set()


def test_damaged_copies_are_the_same_on_every_run() -> None:
    assert list(hostile_files.mutated(7, 20)) == list(hostile_files.mutated(7, 20))


@pytest.mark.slow
def test_hostile_files_end_in_text_or_one_line_and_the_next_file_is_read(tmp_path: Path) -> None:
    files = hostile_files.handmade()
    assert_all_end_well(tmp_path, ((name, name, data) for name, data in files.items()))


@pytest.mark.slow
def test_files_with_wrong_endings_end_in_text_or_one_line(tmp_path: Path) -> None:
    files = hostile_files.wrong_endings()
    assert_all_end_well(tmp_path, ((name, name, data) for name, data in files.items()))


@pytest.mark.slow
def test_damaged_copies_of_ordinary_files_end_in_text_or_one_line(
    tmp_path: Path, times: Callable[[int], int]
) -> None:
    damaged = hostile_files.mutated(SEED, times(MUTATIONS))
    assert_all_end_well(
        tmp_path,
        ((what, f"{number}{ending}", data) for number, (what, ending, data) in enumerate(damaged)),
    )


def pointing_to(port: int, data: bytes) -> bytes:
    """Return a file whose links to this machine lead to a port."""

    def pointed(content: bytes) -> bytes:
        return content.replace(b"127.0.0.1:9/", b"127.0.0.1:%d/" % port)

    if not data.startswith(b"PK"):
        return pointed(data)
    return packed({name: pointed(content) for name, content in unpacked(data).items()})


def links_elsewhere(name: str) -> bool:
    return "elsewhere" in name and "UTF-16" not in name


def test_nothing_is_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]
        names = [name for name in hostile_files.handmade() if links_elsewhere(name)]
        assert len(names) >= 10
        for name in names:
            data = hostile_files.handmade()[name]
            assert isinstance(data, bytes)
            assert_ends_well(tmp_path, name, pointing_to(port, data), name)
        with pytest.raises(BlockingIOError):  # nobody is waiting at the door
            server.accept()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("no.html", lambda text: text.replace("Home", "\0")),
        ("no.md", lambda text: text + "\ud800"),
    ],
    ids=["a null", "half a surrogate"],
)
def test_unstorable_signs_never_arrive(
    tmp_path: Path, name: str, change: Callable[[str], str]
) -> None:
    text = ordinary()[Path(name).suffix].decode()
    assert_ends_well(tmp_path, name, change(text).encode("utf-8", "surrogatepass"), name)
