"""The shipped documents: their front matter, their sources, the PDFs and the cases over them."""

import collections
import datetime
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from corpus.build_pdfs import DOCUMENTS, TEXTS, build_all

CASES = Path(__file__).parents[2] / "assistant" / "evaluation" / "cases" / "shipped.jsonl"
KINDS = """single_fact number_unit_year table_lookup conflict comparison false_premise
multi_document follow_up citation_lookup time_sensitive alias unanswerable""".split()
REQUIRED = {"title", "publisher", "published", "data_years", "language", "licence"}
OPTIONAL = {"edition", "aliases"}
LAYOUT = {"running_head", "labels"}
TODAY = datetime.date(2026, 11, 24)

MARKDOWN = sorted(DOCUMENTS.glob("*.md"))
PDFS = sorted(DOCUMENTS.glob("*.pdf"))
ALL = sorted(path for path in DOCUMENTS.iterdir() if path.is_file())
TEXTUAL = [path for path in ALL if path.suffix != ".csv"]  # of rows, each names its edition


def parts(path: Path) -> tuple[dict[str, Any], str]:
    """Return the front matter and the body of a Markdown file."""
    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(header), body


def pages(path: Path) -> list[str]:
    """Return the readable text of each page, front matter and HTML tags left out."""
    if path.suffix == ".pdf":
        return [page.extract_text() for page in PdfReader(path).pages]
    if path.suffix == ".md":
        return [parts(path)[1]]
    text = path.read_text(encoding="utf-8")
    return [html.unescape(re.sub(r"<[^>]+>", " ", text)) if path.suffix == ".html" else text]


def squeezed(text: str) -> str:
    """Return `text` without white space."""
    return re.sub(r"\s+", "", text)


def cases() -> list[dict[str, Any]]:
    """Return the shipped evaluation cases."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def gold() -> list[Any]:
    """Return every gold quote as a parameter of case id and evidence entry."""
    return [
        pytest.param(entry, id=f"{case['id']}-{number}")
        for case in cases()
        for number, entry in enumerate([*case["evidence"], *case.get("alternates", [])])
    ]


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.name)
def test_front_matter_of_a_markdown_document_has_exactly_the_agreed_fields(path: Path) -> None:
    fields, _ = parts(path)
    assert REQUIRED <= set(fields) <= REQUIRED | OPTIONAL
    assert fields["publisher"] == "rare-earth-assistant project"
    assert (fields["language"], fields["licence"]) == ("en", "Apache-2.0")
    assert datetime.date(2026, 1, 1) <= fields["published"] < TODAY
    assert fields["data_years"] == sorted(set(fields["data_years"]))


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.md")), ids=lambda path: path.name)
def test_front_matter_of_a_pdf_text_adds_the_layout_fields(path: Path) -> None:
    fields, _ = parts(path)
    assert REQUIRED | LAYOUT <= set(fields) <= REQUIRED | OPTIONAL | LAYOUT


@pytest.mark.parametrize("path", TEXTUAL, ids=lambda path: path.name)
def test_document_lists_its_sources_at_the_end(path: Path) -> None:
    _, heading, sources = re.sub(r"\s+", " ", "\n".join(pages(path))).rpartition(" Sources ")
    assert heading
    assert len(re.findall(r"\b(?:19|20)\d\d\b", sources)) >= 2, "sources have titles and years"


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_document_names_no_repository_and_no_local_path(path: Path) -> None:
    text = "\n".join(pages(path))
    assert not re.search(r"github:|file://|/home/|/tmp/|sources/|_mcs/|\.xlsx|\.csv", text)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_no_table_row_consists_of_dashes(path: Path) -> None:
    for line in "\n".join(pages(path)).splitlines():
        assert not re.fullmatch(r"[\s|]*[—–][\s|—–]*", line)


@pytest.mark.parametrize("path", [*MARKDOWN, *TEXTS.glob("*.md")], ids=lambda path: path.name)
def test_every_pipe_table_has_a_caption_and_rows_of_equal_length(path: Path) -> None:
    lines = parts(path)[1].splitlines()
    for number, line in enumerate(lines):
        if line.startswith("|---"):
            assert re.match(r"Table (A-)?\d+\. ", lines[number - 2])
        if line.startswith("|") and lines[number - 1].startswith("|"):
            assert line.count("|") == lines[number - 1].count("|")


def test_rebuilding_gives_the_committed_pdfs(tmp_path: Path) -> None:
    built = build_all(tmp_path)
    assert [path.name for path in built] == [path.name for path in PDFS]
    for new, committed in zip(built, PDFS, strict=True):
        assert pages(new) == pages(committed)
        assert PdfReader(new).page_labels == PdfReader(committed).page_labels


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    for one, other in zip(build_all(first), build_all(second), strict=True):
        assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_printed_page_labels_differ_from_the_page_numbers(path: Path) -> None:
    reader = PdfReader(path)
    assert len(reader.pages) >= 3
    for number, (page, label) in enumerate(
        zip(reader.pages, reader.page_labels, strict=True), start=1
    ):
        assert label != str(number)
        assert page.extract_text().splitlines()[1] == label


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_pdf_says_who_made_it_and_when_it_was_published(path: Path) -> None:
    information = PdfReader(path).metadata
    fields, _ = parts(TEXTS / f"{path.stem}.md")
    assert information is not None
    assert information.title == fields["title"]
    assert information.author == "rare-earth-assistant project"
    assert f"published {fields['published']}" in str(information.subject)
    day = f"{fields['published'].day} {fields['published']:%B %Y}"
    assert f"Published {day}" in pages(path)[0]


@pytest.mark.parametrize("text", sorted(TEXTS.glob("*.md")), ids=lambda path: path.name)
def test_every_table_row_of_a_pdf_reads_as_one_line(text: Path) -> None:
    lines = "\n".join(pages(DOCUMENTS / f"{text.stem}.pdf")).splitlines()
    for row in re.findall(r"^\|(?!---)(.+)\|$", parts(text)[1], flags=re.MULTILINE):
        assert " ".join(cell.strip() for cell in row.split("|")) in lines


def test_case_ids_are_unique_and_a_third_cannot_be_answered() -> None:
    found = cases()
    assert [case["id"] for case in found] == [f"s{n:03d}" for n in range(1, len(found) + 1)]
    unanswerable = [case for case in found if not case["answerable"]]
    assert len(unanswerable) == pytest.approx(len(found) / 3, rel=0.02)
    assert sum(case["near_miss"] for case in unanswerable) * 2 > len(unanswerable)


def test_the_library_covers_the_field() -> None:
    assert len(ALL) >= 40
    assert len(PDFS) >= 6
    assert len(cases()) >= 200
    kinds = collections.Counter(case["kind"] for case in cases())
    assert min(kinds[kind] for kind in KINDS) >= 8


@pytest.mark.parametrize("entry", gold())
def test_gold_quote_stands_in_the_named_document_and_page(entry: dict[str, Any]) -> None:
    path = DOCUMENTS / entry["file"]
    assert squeezed(entry["quote"]) in squeezed(pages(path)[entry["page"] - 1])
    if path.suffix == ".pdf":
        assert PdfReader(path).page_labels[entry["page"] - 1] == entry["page_label"]


def test_what_makes_a_case_unanswerable_is_absent_from_all_documents() -> None:
    corpus = "\n".join(text for path in ALL for text in pages(path))
    for case in cases():
        assert all((DOCUMENTS / name).exists() for name in case.get("near_miss_files", []))
        for pattern in case.get("absent_patterns", []):
            assert not re.search(pattern, corpus), (case["id"], pattern)
