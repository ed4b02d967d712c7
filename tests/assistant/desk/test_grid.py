"""A grid filled cell by cell, each under its source, and written with its citations."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from fake_assistant import COST, MCS_2026, MINED, NOT_FOUND, PRICES
from openpyxl import load_workbook

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.desk.grid import (
    NOT_STATED,
    Grid,
    GridCell,
    GridRow,
    asked_of,
    fill,
    plain_lines,
    source_rows,
    word_rows,
)
from assistant.desk.grid_sheets import grid_csv, grid_workbook
from assistant.errors import NoSourceError
from index.passage import Filters

ROWS = source_rows((MCS_2026, PRICES))
QUESTIONS = ("How much was mined?", "What did =terbium cost?")


def answered(asked: str, filters: Filters) -> Answer:
    """Answer as each source does, refuse what neither says."""
    found = {("mcs-2026",): {QUESTIONS[0]: MINED}, ("prices",): {QUESTIONS[1]: COST}}
    return found.get(filters.source_ids, {}).get(asked, NOT_FOUND)


def filled() -> Grid:
    grid = Grid(ROWS, QUESTIONS, Filters(data_year=2025))
    for cell in fill(grid, answered, (NoSourceError,)):
        grid = grid.with_cell(cell)
    return grid


def test_each_source_is_asked_each_question_by_itself() -> None:
    asked = list[tuple[str, Filters]]()

    def ask(question: str, filters: Filters) -> Answer:
        asked.append((question, filters))
        return NOT_FOUND

    list(fill(Grid(ROWS, QUESTIONS, Filters(data_year=2025)), ask, ()))
    assert asked == [
        (question, Filters(data_year=2025, source_ids=(source.id,)))
        for source in (MCS_2026, PRICES)
        for question in QUESTIONS
    ]


def test_cells_are_answers_or_not_stated() -> None:
    grid = filled()
    texts = [[cell.text for at in (0, 1) if (cell := grid.cell(row, at))] for row in (0, 1)]
    assert texts == [[MINED.text, NOT_STATED], [NOT_STATED, COST.text]]
    assert grid.size == len(grid.cells) == 4


def test_words_stand_before_a_question_or_where_it_says() -> None:
    rows = word_rows([" Nigeria ", "", "Nigeria", "Lynas  Rare Earths"])
    assert rows == (GridRow("Nigeria"), GridRow("Lynas Rare Earths"))
    assert asked_of(rows[0], "how much was mined?") == "Nigeria: how much was mined?"
    assert asked_of(rows[0], "How much did {} mine?") == "How much did Nigeria mine?"
    assert asked_of(ROWS[0], "How much?") == "How much?"


def test_words_are_asked_within_the_filters_that_are_set() -> None:
    filters = Filters(source_ids=("prices",))
    asked = list[Filters]()
    ask = lambda _, within: asked.append(within) or NOT_FOUND  # noqa: E731
    list(fill(Grid(word_rows(["Nigeria"]), ("How much?",), filters), ask, ()))
    assert asked == [filters]


def test_a_cell_that_fails_says_why_and_the_rest_is_filled() -> None:
    def ask(asked: str, filters: Filters) -> Answer:
        if filters.source_ids == ("prices",):
            raise NoSourceError("no source fits")
        return answered(asked, filters)

    cells = list(fill(Grid(ROWS, QUESTIONS), ask, (NoSourceError,)))
    assert [cell.text for cell in cells[2:]] == ["no source fits"] * 2
    assert cells[2].answer is None


def test_a_grid_that_was_stopped_goes_on_where_it_was() -> None:
    first, *rest = filled().cells
    begun = Grid(ROWS, QUESTIONS, cells=(first,))
    assert tuple(fill(begun, answered, ())) == tuple(rest)


def test_lines_are_plain() -> None:
    assert plain_lines([" a  b ", "", "a b", "c"]) == ("a b", "c")


def test_csv_has_a_line_a_cell_and_takes_no_formula() -> None:
    told = list(csv.DictReader(StringIO(grid_csv(filled()))))
    assert [one["status"] for one in told] == ["answered", "not_found", "not_found", "answered"]
    assert told[0]["quotes"].splitlines()[0] == "China 270,000 270,000 44,000,000"
    assert told[0]["sources"].startswith("[1] Mineral Commodity Summaries 2026")
    assert "p. 153" in told[0]["sources"]
    assert told[0]["paths"].splitlines()[0] == "usgs/mcs2026.pdf"
    assert len(told) == len(filled().cells)
    hostile = replace(filled(), rows=(GridRow("=1+1"), GridRow("@x")))
    assert [line[0] for line in csv.reader(StringIO(grid_csv(hostile)))][1:] == [
        "'=1+1", "'=1+1", "'@x", "'@x",
    ]  # fmt: skip


def test_workbook_has_the_grid_and_its_citations_as_text() -> None:
    hostile = replace(filled(), rows=(GridRow("=1+1"), GridRow("b\x07ell")))
    hostile = hostile.with_cell(GridCell(0, 1, error="late"))
    book = load_workbook(BytesIO(grid_workbook(hostile)))
    assert book.sheetnames == ["grid", "citations"]
    sheet = book["grid"]
    assert [sheet.cell(1, at).value for at in (2, 3)] == list(QUESTIONS)
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["A3"].value == "bell"
    place = "[1] Mineral Commodity Summaries 2026: Rare Earths, p. 153 (PDF page 2)"
    assert sheet["B2"].value == f"{MINED.text}\n{place}"
    assert book["citations"]["J2"].value == "China 270,000 270,000 44,000,000"


@pytest.mark.slow
def test_countries_are_asked_over_the_shipped_documents(library: Assistant) -> None:
    grid = Grid(word_rows(["China", "Atlantis"]), ("How much did {} mine in 2025?",))
    cells = list(fill(grid, lambda asked, filters: library.ask(asked, (), filters), ()))
    assert "270,000" in cells[0].text
    assert cells[1].text == NOT_STATED
