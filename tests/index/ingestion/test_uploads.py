"""Files that are sent: kept under their names, read as others, gone whole when removed."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from homes import Home, open_home

from index.errors import UploadError, UploadNameTakenError
from index.ingestion.uploads import add_upload, check_name, remove_with_upload
from index.storage.catalog import SourceRecord

TEXT = b"# Mine\n\nThe mine opens in 2027.\n"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_home(tmp_path, {"kept.md": "# Kept\n\nThe plant stands."}) as opened:
        yield opened


def send(home: Home, name: str, content: bytes) -> SourceRecord:
    return add_upload(home.store, lambda: home.embedder, name, BytesIO(content), lambda _: None)


def sent(home: Home) -> list[str]:
    return [file.name for file in (home.store.home / "uploads").iterdir()]


def test_a_file_is_indexed_once_and_removed_with_its_source(home: Home) -> None:
    record = send(home, "mine.md", TEXT)
    assert (record.state, record.source.path) == ("indexed", "mine.md")
    assert send(home, "mine.md", TEXT) == record
    assert home.found("mine") >= {"The mine opens in 2027."}
    remove_with_upload(home.store, record.source.id)
    assert sent(home) == []
    assert home.states() == {}
    assert send(home, "mine.md", TEXT) == record


def test_the_file_of_a_source_that_was_added_otherwise_stays(home: Home) -> None:
    home.add()
    remove_with_upload(home.store, home.id_of("kept.md"))
    assert (home.folder / "kept.md").exists()


def test_nothing_that_is_there_is_replaced(home: Home) -> None:
    send(home, "mine.md", TEXT)
    with pytest.raises(UploadNameTakenError, match=r"another source was sent as mine\.md"):
        send(home, "mine.md", b"# Other words")
    assert (home.store.home / "uploads" / "mine.md").read_bytes() == TEXT
    assert sent(home) == ["mine.md"]


def test_what_cannot_be_read_is_not_kept(home: Home) -> None:
    with pytest.raises(UploadError, match=r"a\.pdf: "):
        send(home, "a.pdf", b"no PDF")
    with pytest.raises(UploadError, match=r"a\.exe: files of this kind are not read"):
        send(home, "a.exe", b"MZ")
    assert (sent(home), home.states()) == ([], {})


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "../a.md", "/a.md", "a\\b.md", "C:a.md", ".a.md", "~$a.docx", "a.md ",
     "a\x00.md", "a\u202e.md", "x" * 200 + ".md"],
)  # fmt: skip
def test_what_is_no_plain_name_is_refused(name: str) -> None:
    with pytest.raises(UploadError, match="send a plain name, not a path"):
        check_name(name)


@pytest.mark.parametrize("name", ["a.md", "年报 2025.pdf", "a b (1).docx", "été.txt"])
def test_a_plain_name_is_taken_as_it_is(name: str) -> None:
    assert check_name(name) == name
