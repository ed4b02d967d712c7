"""Recorded answers are given out with references that other programs read as they are."""

import json
from dataclasses import replace
from io import BytesIO, StringIO

import bibtexparser
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from docx import Document
from fake_assistant import COST, MINED
from pylatexenc.latex2text import LatexNodes2Text

from assistant.answer import Answer, Citation, Sentence, reference_of
from assistant.answer.answer_table import NOT_GIVEN, AnswerTable, TableCell, TableRow
from assistant.exporting import (
    BibliographyEntry,
    answer_sheets,
    bibliography_of,
    to_bibtex,
    to_csl_json,
    to_ris,
    write_answer_document,
)
from assistant.records import Record, record_of
from assistant.settings import Settings
from index.passage import Filters

HARD = 'R&D at 50% of $1_000 #1 {in} ~Baotou^ \\ "steel" – 包钢'


def record(answer: Answer, settings: Settings) -> Record:
    made = record_of(answer, (), Filters(), settings, "f" * 16)
    return replace(made, id="abc2345", time="2026-11-29T10:00:00.000+00:00")


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(tmp_path_factory.mktemp("home"))


def with_source(citation: Citation, **fields: str) -> Citation:
    return replace(citation, source=replace(citation.source, **fields))


@pytest.fixture
def hard(settings: Settings) -> tuple[BibliographyEntry, ...]:
    """Return the bibliography of an answer whose source has every sign that formats trip over."""
    cited = with_source(
        MINED.citations[0],
        title=HARD,
        publisher="A & B, Inc.",
        published="2026-02",
        url="https://example.org/a_b.pdf",
        path="a.pdf",
    )
    return bibliography_of([record(replace(MINED, citations=(cited,)), settings)])


def test_each_cited_page_is_one_entry_with_its_quotes(settings: Settings) -> None:
    first, second = record(MINED, settings), record(COST, settings)
    entries = bibliography_of([first, second, first])
    places = {(c.source.id, c.page) for answer in (MINED, COST) for c in answer.citations}
    assert len(entries) == len(places)
    assert len({one.key for one in entries}) == len(entries)
    assert reference_of(MINED.citations[0]).told_quote in entries[0].quotes
    assert entries[0].accessed == "2026-11-29"


def test_a_row_is_given_out_with_what_its_table_says(settings: Settings) -> None:
    made = record(MINED, settings)
    context = MINED.citations[0].context
    assert context.unit
    assert context.caption
    document = write_answer_document([made], as_word=False).decode()
    for told in (document, to_ris(bibliography_of([made]))):
        assert context.caption in told
        assert f"unit: {context.unit}" in told
    (sheet,) = answer_sheets([made])
    beside = [column.title for column in sheet.columns].index("beside")
    assert context.caption in str(sheet.rows[0][beside])


def test_entries_of_one_publisher_and_year_have_keys_of_their_own(settings: Settings) -> None:
    cited = MINED.citations[0]
    same = tuple(replace(cited, number=page, page=page) for page in (1, 2, 3))
    keys = [one.key for one in bibliography_of([record(replace(MINED, citations=same), settings)])]
    assert keys[1:] == [f"{keys[0]}a", f"{keys[0]}b"]


def test_the_publisher_is_the_author_where_none_is_known(settings: Settings) -> None:
    own, other = MINED.citations[0], with_source(MINED.citations[0], author="Jane Doe")
    for cited, author in ((own, own.source.publisher), (other, "Jane Doe")):
        [entry] = bibliography_of([record(replace(MINED, citations=(cited,)), settings)])
        assert entry.author == author


def test_bibtex_is_read_back_as_it_was(hard: tuple[BibliographyEntry, ...]) -> None:
    library = bibtexparser.parse_string(to_bibtex(hard))
    assert not library.failed_blocks
    [entry] = library.entries

    def read(text: str) -> str:
        braced = text.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
        told: str = LatexNodes2Text().latex_to_text(braced)
        return told

    assert entry.key == hard[0].key
    assert entry.entry_type == "techreport"
    assert read(entry["title"]).replace("ˆ", "^") == HARD
    assert read(entry["author"]) == "A & B, Inc."
    assert (entry["year"], entry["month"]) == ("2026", "feb")
    assert entry["url"] == hard[0].reference.link


def test_ris_is_read_back_as_it_was(hard: tuple[BibliographyEntry, ...]) -> None:
    [entry] = rispy.load(StringIO(to_ris(hard)))
    assert entry["type_of_reference"] == "RPRT"
    assert entry["title"] == HARD
    assert entry["authors"] == ["A & B, Inc."]
    assert entry["year"] == "2026"
    assert entry["urls"] == [hard[0].reference.link]
    assert entry["start_page"] == hard[0].reference.label


def test_csl_json_has_dates_in_parts_and_a_link_to_the_page(
    hard: tuple[BibliographyEntry, ...],
) -> None:
    [entry] = json.loads(to_csl_json(hard))
    assert entry["title"] == HARD
    assert entry["author"] == [{"literal": "A & B, Inc."}]
    assert entry["issued"] == {"date-parts": [[2026, 2]]}
    assert entry["accessed"] == {"date-parts": [[2026, 11, 29]]}
    assert entry["URL"] == f"https://example.org/a_b.pdf#page={MINED.citations[0].page}"


def test_csl_json_is_read_by_citeproc(hard: tuple[BibliographyEntry, ...]) -> None:
    read = CiteProcJSON(json.loads(to_csl_json(hard)))
    [entry] = hard
    found = read[entry.key]
    assert str(found["title"]) == HARD
    assert [one.parts()[1] for one in found["author"]] == ["A & B, Inc."]
    assert (found["issued"].year, found["issued"].month) == (2026, 2)
    assert str(found["page"]) == entry.reference.label
    assert str(found["URL"]) == entry.reference.link


@pytest.mark.parametrize("to", [to_bibtex, to_ris, to_csl_json])
def test_many_entries_are_each_there(settings: Settings, to: object) -> None:
    entries = bibliography_of([record(MINED, settings), record(COST, settings)])
    assert callable(to)
    told = to(entries)
    assert all(one.key in told for one in entries)


def test_documents_number_the_references_of_all_answers_together(settings: Settings) -> None:
    records = [record(MINED, settings), record(COST, settings)]
    entries = bibliography_of(records)
    text = write_answer_document(records, as_word=False).decode()
    assert text.count("\n## References") == 1
    for at, one in enumerate(entries, 1):
        assert f"[{at}] {one.told}" in text.replace("&lt;", "<")
    assert f"[{len(entries)}]" in text.partition("## References")[0]
    document = Document(BytesIO(write_answer_document(records, as_word=True)))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert MINED.question in told
    assert COST.question in told
    assert any(one.startswith("[1] ") for one in told)


def test_words_of_a_source_are_no_markup(settings: Settings) -> None:
    sentence = Sentence("See ![x](http://evil/?q) <b>now</b>", (1,), "supported")
    told = record(replace(MINED, sentences=(sentence,)), settings)
    text = write_answer_document([told], as_word=False).decode()
    assert "](http" not in text
    assert "<b>" not in text


def test_table_has_a_row_a_sentence(settings: Settings) -> None:
    [table] = answer_sheets([record(MINED, settings), record(COST, settings)])
    assert len(table.rows) == len(MINED.sentences) + len(COST.sentences)
    assert [column.title for column in table.columns][:2] == ["record", "question"]
    row = table.rows[0]
    assert row[0] == "abc2345"
    assert MINED.citations[0].quote in str(row[5])


def test_an_answer_that_found_nothing_has_its_text(settings: Settings) -> None:
    empty = replace(MINED, status="not_found", text="Nothing.", sentences=(), citations=())
    told = record(empty, settings)
    [table] = answer_sheets([told])
    assert [row[3] for row in table.rows] == ["Nothing."]
    assert "Nothing." in write_answer_document([told], as_word=False).decode()


TABLE = AnswerTable(
    "Output | by <b>country</b>",
    "t",
    "REO",
    "Country",
    ("2024", "2025"),
    (
        TableRow("North", (TableCell("1,200", (1,), ("estimated",)), TableCell("0.5", (1,)))),
        TableRow("South", (TableCell(NOT_GIVEN), TableCell(">3", (1,)))),
    ),
    ("Left out: metal.",),
)
FINDING = Sentence("North leads.", (1,), "supported")
ROWS = tuple(Sentence(f"{row.head} in words.", (1,), "supported") for row in TABLE.rows)
TABULATED = replace(MINED, sentences=(FINDING, *ROWS), table=TABLE)


def test_table_of_an_answer_is_a_table_of_the_document(settings: Settings) -> None:
    told = record(TABULATED, settings)
    document = Document(BytesIO(write_answer_document([told], as_word=True)))
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Country", "2024", "2025"],
        ["North", "1,200 [1]a", "0.5 [1]"],
        ["South", NOT_GIVEN, ">3 [1]"],
    ]
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "North leads. [1]" in words
    assert "Left out: metal." in words
    assert not any("in words" in one for one in words)


def test_table_of_an_answer_is_a_table_in_markdown(settings: Settings) -> None:
    told = record(TABULATED, settings)
    text = write_answer_document([told], as_word=False).decode()
    assert "| Country | 2024 | 2025 |\n| --- | ---: | ---: |\n" in text
    assert "| North | 1,200 [1]<sup>a</sup> | 0.5 [1] |" in text
    assert "<b>" not in text


def test_figures_of_a_table_are_numbers_beside_their_quotes(settings: Settings) -> None:
    [table] = answer_sheets([record(TABULATED, settings)])
    assert [column.title for column in table.columns][:4] == ["Country", "2024", "2025", "unit"]
    first, second = table.rows
    assert first[:5] == ("North", 1200, 0.5, "t, REO", "2024: estimated")
    assert first[5] == " ".join(MINED.citations[0].quote.split())
    assert second[:3] == ("South", None, ">3")


def test_answers_and_tables_are_sheets_of_their_own(settings: Settings) -> None:
    sheets = answer_sheets([record(TABULATED, settings), record(COST, settings)])
    assert [one.name for one in sheets] == ["Answers", "Table abc2345"]


def test_a_table_of_many_columns_is_turned(settings: Settings) -> None:
    years = tuple(str(year) for year in range(2000, 2014))
    wide = replace(TABLE, columns=years, rows=(TableRow("North", (TableCell("1", (1,)),) * 14),))
    told = record(replace(TABULATED, sentences=ROWS[:1], table=wide), settings)
    [table] = Document(BytesIO(write_answer_document([told], as_word=True))).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Country", "North"]
    assert [cell.text for cell in table.rows[-1].cells] == ["2013", "1 [1]"]


@pytest.mark.parametrize(
    ("style", "sentence"),
    [
        ("apa", "North leads (U.S. Geological Survey, 2026, p. 153)."),
        ("ieee", "North leads [1, p. 153]."),
        ("nature", "North leads.<sup>1</sup>"),
    ],
)
def test_marks_of_a_style_stand_where_it_wants_them(
    settings: Settings, style: str, sentence: str
) -> None:
    told = [record(TABULATED, settings)]
    text = write_answer_document(told, as_word=False, style=style).decode()
    assert sentence in text.splitlines()
    document = Document(BytesIO(write_answer_document(told, as_word=True, style=style)))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert sentence.replace("<sup>", "").replace("</sup>", "") in paragraphs
    raised = {run.text for one in document.paragraphs for run in one.runs if run.font.superscript}
    assert raised == ({"1"} if style == "nature" else set())
    slanted = [run.text for one in document.paragraphs for run in one.runs if run.italic]
    assert bool(slanted) == (style != "ieee")
