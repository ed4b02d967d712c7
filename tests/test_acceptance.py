"""The main job over real documents, given with --shared DIR: asked, answered, cited, checked."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest
from assistants import check_answer, open_assistant
from lxml import html

from assistant.assistant import Assistant
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.results import CaseResult
from assistant.evaluation.running.asking import answer_case
from assistant.evaluation.running.description import describe_run
from assistant.evaluation.running.running import run_cases
from corpus.document import original_text
from index.embedding import Embedder
from index.passage import Filters

pytestmark = pytest.mark.slow

NEWS = "news/rare-earth-supply-chain-16.txt"


@pytest.fixture(scope="module")
def over_news(
    shared: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """An assistant over a home that holds the one article."""
    file = shared / "sources" / NEWS
    assistant, report = open_assistant(tmp_path_factory.mktemp("news"), embedder, file)
    assert report.new == (file.name,)
    yield assistant
    assistant.close()


@pytest.mark.parametrize(
    "question",
    [
        "What is the capacity of the neodymium-iron-boron recycling facility?",
        "How large is CNRE's NdFeB recycling facility?",
        "How many tons can the neodymium-iron-boron recycling facility process?",
    ],
)
def test_capacity_of_the_recycling_facility_is_answered_from_its_row(
    over_news: Assistant, question: str
) -> None:
    answer = over_news.ask(question)
    check_answer(over_news, answer)
    assert answer.status == "answered"
    assert "2000-ton neodymium-iron-boron (NdFeB) recycling facility" in answer.text
    quote = answer.citations[0].quote
    assert quote.startswith("Automated Rare Earth Processing and Recycling | CNRE is rolling out")
    assert answer.citations[0].context.header == ("Expansion Project", "Summary")


@pytest.mark.parametrize(
    "question",
    [
        "When was the first phase of the green refining project completed?",
        "In which month was the first phase of the Green Refining Mega-Project finished?",
        "When did Baogang complete phase one of its green refining project?",
    ],
)
def test_completion_of_the_first_phase_is_dated(over_news: Assistant, question: str) -> None:
    answer = over_news.ask(question)
    check_answer(over_news, answer)
    assert answer.status == "answered"
    assert "October 2024" in answer.text
    assert answer.citations[0].quote.startswith("Green Refining Mega-Project | ")


@pytest.mark.parametrize(
    "question",
    [
        "What share of global refining does China control?",
        "What percentage of global rare earth refining does China hold?",
        "How much of the world's rare earth refining does China do?",
    ],
)
def test_share_of_global_refining_is_a_percentage(over_news: Assistant, question: str) -> None:
    answer = over_news.ask(question)
    check_answer(over_news, answer)
    assert answer.status == "answered"
    assert "85%" in answer.text
    assert "85%" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "Which project's second phase was launched in February 2025?",
        "What project saw its second phase launched in February 2025?",
        "The second phase of which expansion project started in February 2025?",
    ],
)
def test_project_of_a_phase_is_named(over_news: Assistant, question: str) -> None:
    answer = over_news.ask(question)
    check_answer(over_news, answer)
    assert answer.status == "answered"
    assert "8000-Ton Rare Earth Metal Production Expansion" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How many people does Baogang employ?",
        "What is the number of employees of Baogang Group?",
        "How large is Baogang's workforce?",
        "What was CNRE's revenue in 2024?",
        "How much revenue did China Northern Rare Earth report for 2024?",
        "What did the green refining project cost?",
        "How much money was invested in the Green Refining Mega-Project?",
    ],
)
def test_what_the_article_does_not_say_is_not_found(over_news: Assistant, question: str) -> None:
    answer = over_news.ask(question)
    check_answer(over_news, answer)
    assert (answer.status, answer.citations) == ("not_found", ())


@pytest.fixture(scope="module")
def results(
    shared: Path, sources: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> tuple[CaseResult, ...]:
    """The results of all cases, run once."""
    file = shared / "questions" / "rare_earth_dev.jsonl"
    cases = load_cases(file)
    fingerprint = sources.store.catalog.fingerprint()
    description = describe_run(file, cases, {}, fingerprint, ())
    out = tmp_path_factory.mktemp("run")
    answerers = [lambda case: answer_case(sources, case)]
    return run_cases(answerers, cases, out, description, lambda *_: None)


MCS_2025 = "usgs_mcs/mcs2025-rare-earths.pdf"
INVENTING = "nssac_conversions/mcs2025-rare-earths.llm-ocr.md"
UNFILLED = "jwilson_v3/index.html"
COPIES_OF_MCS_2025 = {
    "derived/mcs2025-rare-earths_scan110_skew.pdf",
    "derived/mcs2025-rare-earths_scan200.pdf",
    "nssac_conversions/mcs2025-rare-earths.PyPDF2.md",
    "nssac_conversions/mcs2025-rare-earths.docling.md",
    "nssac_conversions/mcs2025-rare-earths.marker.md",
    "nssac_conversions/mcs2025-rare-earths.pymupdf4llm.md",
}


def test_every_file_is_read_or_set_aside_for_the_right_reason(
    shared: Path, sources: Assistant
) -> None:
    records = {record.source.path: record for record in sources.sources()}
    folder = shared / "sources"
    assert records.keys() == {
        file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()
    }
    for record in records.values():
        document = sources.store.catalog.document(record.source.id)
        assert document.source.title
        for page in document.pages:
            assert all(0 <= one.start < one.end <= len(page.text) for one in page.blocks)
    states = {path: record.state for path, record in records.items() if record.state != "indexed"}
    assert states == {INVENTING: "set aside", UNFILLED: "set aside"}
    assert f"figures are not in {MCS_2025}" in records[INVENTING].reason
    assert "filled in by a script" in records[UNFILLED].reason


def test_files_of_one_chapter_are_one_copy_group_cited_as_the_pdf(sources: Assistant) -> None:
    records = {record.source.path: record for record in sources.sources()}
    best = records[MCS_2025]
    group = [r for r in records.values() if r.source.copy_group == best.source.copy_group]
    assert {r.source.path for r in group} == {MCS_2025, INVENTING, *COPIES_OF_MCS_2025}
    assert best.copy_order == 0
    searched = {source.path for source in sources.store.catalog.searchable(Filters()).values()}
    assert searched & {r.source.path for r in group} == {MCS_2025}


def test_no_case_ends_in_an_error(shared: Path, results: tuple[CaseResult, ...]) -> None:
    lines = (shared / "questions" / "rare_earth_dev.jsonl").read_text(encoding="utf-8").splitlines()
    assert [result.id for result in results] == [json.loads(line)["id"] for line in lines if line]
    assert {result.id: result.error for result in results if result.error} == {}


def test_every_answer_is_not_found_or_has_a_citation_for_each_sentence(
    results: tuple[CaseResult, ...],
) -> None:
    asked = [result.answer for result in results if result.answer and "status" in result.answer]
    assert asked
    for answer in asked:
        numbers = {citation["number"] for citation in answer["citations"]}
        assert (answer["status"] == "not_found") == (answer["sentences"] == [])
        assert all(s["citations"] and set(s["citations"]) <= numbers for s in answer["sentences"])


def test_every_quote_stands_in_the_original_as_another_library_reads_it(
    sources: Assistant, results: tuple[CaseResult, ...]
) -> None:
    cited = [citation for result in results for citation in citations_of(result)]
    missing = {}
    for citation in cited:
        page = sources.page(citation["source"]["id"], citation["page"])
        start, end = citation["start"], citation["end"]
        assert page.text[start:end] == citation["quote"]
        source = sources.source(citation["source"]["id"])
        quote = original_text(page, start, end)
        if not stands_in_original(quote, Path(source.location), source.file_type, page.number):
            missing[source.path, page.number] = quote
    assert missing == {}
    assert len(cited) > len(results) / 2


def citations_of(result: CaseResult) -> list[Mapping[str, Any]]:
    """Return the citations of an answer, or of all its claims."""
    answer = result.answer or {}
    parts = answer.get("claims", [answer])
    return [citation for part in parts for citation in part.get("citations", [])]


def stands_in_original(quote: str, file: Path, file_type: str, page: int) -> bool:
    """Tell whether the words stand in the file, white space aside."""
    if file_type == "pdf":
        return any(squeezed(quote) in text for text in pdf_texts(file, page))
    if file_type in ("text", "markdown"):
        return squeezed(quote) in squeezed(file.read_bytes().decode("utf-8-sig"))
    # Of other formats rows, list items and the names of fields are written in a way of their own.
    lead = r"^(?:- |#+ |[\w ]+: )" if file_type == "xml" else r"^(?:- |#+ )"
    pieces = [re.sub(lead, "", piece) for piece in re.split(r" \| |\n", quote)]
    if file_type == "workbook":
        return all(stands_in_sheet(piece, file, page) for piece in pieces)
    if file_type == "csv":
        return all(squeezed(piece) in csv_text(file) for piece in pieces)
    return all(squeezed(piece) in markup_text(file) for piece in pieces)


def stands_in_sheet(piece: str, file: Path, number: int) -> bool:
    """Tell whether words stand in a cell of a sheet; a figure by its value, whatever its format."""
    values, words = sheet_cells(file, number)
    try:
        figure = float(re.sub(r"[,<>%$]", "", piece.split(" ")[0]))
    except ValueError:
        return squeezed(piece) in words
    return any(abs(value - figure) < 0.006 * max(1.0, abs(value)) for value in values)


@cache
def sheet_cells(file: Path, number: int) -> tuple[tuple[float, ...], str]:
    """Return the numbers of a sheet, and its words without white space."""
    sheet = openpyxl.load_workbook(file, data_only=True).worksheets[number - 1]
    cells = [value for row in sheet.iter_rows(values_only=True) for value in row if value]
    numbers = tuple(float(value) for value in cells if isinstance(value, int | float))
    return numbers, squeezed("".join(map(str, cells)))


@cache
def csv_text(file: Path) -> str:
    """Return the cells of a CSV file, without white space."""
    rows = csv.reader(io.StringIO(file.read_bytes().decode("cp1252")))
    return squeezed("".join(cell for row in rows for cell in row))


@cache
def pdf_texts(file: Path, number: int) -> tuple[str, ...]:
    """Return the words of a page by their places, and in the order in which they are written."""
    with pdfplumber.open(file) as pdf:
        page = pdf.pages[number - 1]
        written = "".join(char["text"] for char in page.chars)
        return squeezed(page.extract_text()), squeezed(written)


@cache
def markup_text(file: Path) -> str:
    """Return the words of a web page or of other markup, without white space."""
    parser = html.HTMLParser(encoding="utf-8")
    root = html.document_fromstring(file.read_bytes(), parser=parser)
    return squeezed(root.text_content())


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return re.sub(r"\s+", "", text)
