"""From a file to a Document: what the source is, its stable id, and refusals with advice."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import write_files, write_pdf

from corpus.description.describing import source_id
from corpus.document import Document, Page, Source
from corpus.errors import UnreadableSourceError, UnsupportedFormatError
from corpus.reading import read_document
from corpus.text.blocks import find_blocks

BODY = "# Rare earths\n\nOutput was 390,000 tons in 2024 and 270,000 tons in 2024.\n"


def read(folder: Path, name: str, text: str) -> Document:
    """Write a file under a folder and read it."""
    return read_document(write_files(folder, {name: text}) / name, folder)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_markdown_file_becomes_a_document_with_all_its_front_matter_says(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Rare   earths\npublisher: The Survey\npublished: 2026-02-06\n"
        "edition: MCS 2026\nversion: v1.3\nurl: https://example.org/a\nlicence: CC0\n"
        f"language: en\ndata_years: [2025, 2023, x]\n---\n{BODY}"
    )
    file = write_files(tmp_path, {"sub/a.md": text}) / "sub" / "a.md"
    location = file.resolve().as_posix()
    assert read_document(file, tmp_path) == Document(
        Source(
            id=source_id(location),
            location=location,
            path="sub/a.md",
            title="Rare earths",
            file_type="markdown",
            sha256=sha256(text),
            publisher="The Survey",
            published="2026-02-06",
            data_years=(2023, 2025),
            edition="MCS 2026",
            version="v1.3",
            url="https://example.org/a",
            licence="CC0",
            language="en",
        ),
        (Page(1, "1", BODY, find_blocks(BODY)),),
    )


def test_what_no_field_says_is_found_in_the_text(tmp_path: Path) -> None:
    text = f"# Mineral Commodity Summaries 2026\n\nPublished February 2026\n\n{BODY}"
    source = read(tmp_path, "a.md", text).source
    found = (source.title, source.published, source.edition, source.data_years, source.publisher)
    assert found == ("Mineral Commodity Summaries 2026", "2026-02", "MCS 2026", (2024,), "")


def test_title_is_the_name_of_a_file_that_gives_itself_none(tmp_path: Path) -> None:
    assert read(tmp_path, "usgs notes.txt", "A sentence ends here.").source.title == "usgs notes"


@pytest.mark.parametrize(
    ("name", "file_type"),
    [
        ("a.txt", "text"),
        ("a.TEXT", "text"),
        ("a.md", "markdown"),
        ("a.markdown", "markdown"),
        ("a.html", "html"),
        ("a.HTM", "html"),
    ],
)
def test_file_type_is_told_by_the_ending(tmp_path: Path, name: str, file_type: str) -> None:
    assert read(tmp_path, name, "<p>Some text.</p>").source.file_type == file_type


def test_pdf_becomes_a_document_with_its_pages(tmp_path: Path) -> None:
    about = {"title": "Rare earths", "author": "The Survey", "subject": "2022 Minerals Yearbook"}
    file = write_pdf(tmp_path / "a.pdf", [["Text."], ["More."]], about)
    document = read_document(file, tmp_path)
    source = document.source
    assert (source.title, source.publisher, source.edition) == (
        "Rare earths",
        "The Survey",
        "MYB 2022",
    )
    assert [page.number for page in document.pages] == [1, 2]


def test_id_is_made_of_name_and_place() -> None:
    assert source_id("/data/USGS: MCS_2026.pdf") == (
        f"usgs-mcs-2026-{sha256('/data/USGS: MCS_2026.pdf')[:8]}"
    )


def test_id_stays_in_the_next_version_and_under_another_root(tmp_path: Path) -> None:
    first = read(tmp_path, "sub/a.md", BODY).source
    second = read_document(tmp_path / "sub" / "a.md", tmp_path / "sub").source
    third = read(tmp_path, "sub/a.md", BODY + "More.").source
    assert first.id == second.id == third.id
    assert second == replace(first, path="a.md")


def test_files_of_one_name_in_two_places_are_two_sources(tmp_path: Path) -> None:
    one, other = (read(tmp_path, name, BODY).source for name in ("x/a.md", "y/a.md"))
    assert one.id != other.id


def test_reading_twice_gives_an_equal_document(tmp_path: Path) -> None:
    assert read(tmp_path, "a.md", BODY) == read(tmp_path, "a.md", BODY)


def test_file_of_another_kind_is_refused_with_where_to_look_for_those_read(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError) as raised:
        read(tmp_path, "sub/a.xyz", "text")
    assert str(raised.value) == (
        "sub/a.xyz: files with .xyz are not read; rare-earth add --help lists those that are"
    )


def test_file_without_an_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        UnsupportedFormatError, match=r"^LICENSE: files with no ending are not read"
    ):
        read(tmp_path, "LICENSE", "text")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  \n", "a.md: the file is empty; remove it or fetch it again"),
        ("---\ntitle: T\n---\n \n", "a.md: holds no text; remove it or fetch it again"),
    ],
)
def test_file_without_text_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read(tmp_path, "a.md", text)
    assert str(raised.value) == message


def test_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_document(tmp_path / "gone.md", tmp_path)
    assert str(raised.value) == (
        "gone.md: cannot be opened (No such file or directory); check that you may read it"
    )
