"""Reading ahead: each file once and in order, known content from the catalog, errors as reasons."""

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import write_files
from homes import Home, open_home

from corpus.document import Block, Document, Page
from corpus.errors import CorpusError, NoFactsError, UnreadableSourceError, UnsupportedFormatError
from corpus.reading import read_document
from corpus.workers.reading_apart import read_apart
from index.ingestion import reading_ahead
from index.ingestion.files import WantedFile, wanted_files
from index.ingestion.reading_ahead import Read, read_ahead

TEXT = "Nigeria mined 1,500 tons."


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_home(tmp_path, {"nigeria.md": f"# Nigeria\n\n{TEXT}\n"}) as opened:
        yield opened


class Reader:
    """Stands in for reading apart: makes a document of a file's name, or raises what it must."""

    def __init__(self, errors: dict[str, BaseException] | None = None) -> None:
        self.errors = errors or {}
        self.read: list[str] = []
        self.stopped = 0
        self.waiting: dict[str, threading.Event] = {}

    def __call__(self, file: Path, *_: object) -> Document:
        self.read.append(file.name)
        if file.name in self.waiting:
            assert self.waiting[file.name].wait(10)
        if file.name in self.errors:
            raise self.errors[file.name]
        (wanted,) = wanted_files([file])
        page = Page(1, "1", file.stem, (Block("prose", 0, len(file.stem)),))
        return Document(wanted.unread_source(), (page,))

    def stop(self) -> None:
        self.stopped += 1


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    monkeypatch.setattr(reading_ahead, "read_apart", made)
    monkeypatch.setattr(reading_ahead, "stop_reading", made.stop)
    return made


def reads(home: Home) -> Generator[Read, None, None]:
    """Read the folder of a home."""
    known = {record.source.id: record for record in home.store.catalog.all_sources()}
    wanted = wanted_files([home.folder])
    return read_ahead(wanted, known, home.store.catalog, lambda *_: None)


def write_many(home: Home, count: int) -> list[str]:
    names = [f"{number:03}.txt" for number in range(count)]
    write_files(home.folder, {name: f"This is {name}." for name in names})
    return names


def test_files_come_in_order_whichever_is_read_first(home: Home, reader: Reader) -> None:
    names = write_many(home, 40)
    first = reader.waiting[names[0]] = threading.Event()
    reader.waiting[names[1]] = threading.Event()
    reader.waiting[names[1]].set()
    threading.Timer(0.05, first.set).start()
    assert [read.file.path for read in reads(home)] == [*names, "nigeria.md"]
    assert sorted(reader.read) == [*names, "nigeria.md"]
    assert reader.stopped == 0


def test_no_more_than_some_files_are_read_ahead(home: Home, reader: Reader) -> None:
    write_many(home, 100)
    reading = reads(home)
    next(reading)
    assert len(reader.read) <= 16
    for _ in range(9):
        next(reading)
    assert len(reader.read) <= 25
    reading.close()


def test_iterator_that_is_closed_breaks_off_reading(home: Home, reader: Reader) -> None:
    write_many(home, 100)
    reading = reads(home)
    next(reading)
    reading.close()
    assert reader.stopped == 1
    assert len(reader.read) <= 16
    alive = [thread for thread in threading.enumerate() if "ThreadPool" in thread.name]
    assert alive == []


def test_long_file_ends_at_its_next_page_where_reading_is_broken_off(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(home.folder, {"a.txt": "A.", "b.txt": "B."})
    started, ended = threading.Event(), threading.Event()

    def read(file: Path, root: Path, on_page: Callable[[int, int], None]) -> Document:
        if file.name == "a.txt":
            assert started.wait(10)
            return read_document(file, root)
        started.set()
        try:
            for _ in range(2_000):
                on_page(1, 2_000)
                ended.wait(0.005)
        finally:
            ended.set()
        raise AssertionError("read to its last page")

    monkeypatch.setattr(reading_ahead, "read_apart", read)
    reading = reads(home)
    assert next(reading).file.path == "a.txt"
    begun = time.monotonic()
    reading.close()
    assert ended.is_set()
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("error", "holds_no_facts"),
    [
        (UnreadableSourceError("001.txt: is damaged; mend it"), False),
        (UnsupportedFormatError("001.txt: is of no kind; leave it out"), False),
        (NoFactsError("001.txt: says nothing; save it anew"), True),
    ],
)
def test_file_that_cannot_be_read_gives_its_reason_between_the_others(
    home: Home, reader: Reader, error: CorpusError, holds_no_facts: bool
) -> None:
    write_many(home, 3)
    reader.errors["001.txt"] = error
    told = [(r.file.path, r.document is None, r.reason, r.holds_no_facts) for r in reads(home)]
    assert told == [
        ("000.txt", False, "", False),
        ("001.txt", True, str(error), holds_no_facts),
        ("002.txt", False, "", False),
        ("nigeria.md", False, "", False),
    ]


@pytest.mark.parametrize("error", [CorpusError("no process starts"), ZeroDivisionError()])
def test_what_is_not_the_fault_of_a_file_is_not_laid_on_it(
    home: Home, reader: Reader, error: Exception
) -> None:
    write_many(home, 3)
    reader.errors["001.txt"] = error
    reading = reads(home)
    assert next(reading).file.path == "000.txt"
    with pytest.raises(type(error)):
        list(reading)
    assert reader.stopped == 1


def test_known_file_is_told_without_document_or_reason(home: Home) -> None:
    home.add()
    (read,) = reads(home)
    assert read == Read(wanted_files([home.folder])[0])


def test_known_file_that_is_gone_meanwhile_gives_a_reason(home: Home) -> None:
    home.add()
    reading = read_ahead(
        wanted_files([home.folder]),
        {record.source.id: record for record in home.store.catalog.all_sources()},
        home.store.catalog,
        lambda *_: None,
    )
    (home.folder / "nigeria.md").unlink()
    (read,) = reading
    assert read.reason.startswith("nigeria.md: cannot be opened (No such file or directory); ")


def test_copy_of_known_content_comes_from_the_catalog(home: Home, reader: Reader) -> None:
    write_files(home.folder, {"copy.md": f"# Nigeria\n\n{TEXT}\n"})
    known = home.store.catalog
    assert [read.document is not None for read in reads(home)] == [True, True]
    assert sorted(reader.read) == ["copy.md", "nigeria.md"], "nothing is known yet"
    (home.folder / "copy.md").unlink()
    add_really(home)
    write_files(home.folder, {"copy.md": f"# Nigeria\n\n{TEXT}\n"})
    reader.read.clear()
    first, second = reads(home)
    assert (reader.read, second.document) == ([], None)
    assert first.document is not None
    held = known.document(home.id_of("nigeria.md"))
    assert first.document == replace(
        held,
        source=replace(
            held.source,
            id=first.file.source_id,
            location=(home.folder / "copy.md").as_posix(),
            path="copy.md",
        ),
    )


def add_really(home: Home) -> None:
    """Add the folder with the true reader in place of the one that stands in for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_ahead, "read_apart", read_apart)
        home.add()


def test_content_that_has_changed_since_it_was_known_is_not_taken(
    home: Home, reader: Reader
) -> None:
    add_really(home)
    known = {record.source.id: record for record in home.store.catalog.all_sources()}
    content = (home.folder / "nigeria.md").read_text()
    write_files(home.folder, {"nigeria.md": "Nigeria mined gold.\n"})
    add_really(home)
    write_files(home.folder, {"copy.md": content})
    copy: WantedFile = wanted_files([home.folder / "copy.md"])[0]
    list(read_ahead([copy], known, home.store.catalog, lambda *_: None))
    assert reader.read == ["copy.md"]
