"""Figures of a pivot or a chart as CSV and workbook: numbers, and each value with its source."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from assistants import open_assistant
from fakes import HashingEmbedder, write_files
from ledger_files import LEDGER_FILES
from openpyxl import load_workbook

from assistant.assistant import Assistant
from assistant.views import Figure, FigureKind, kinds_of
from assistant.views.figure_sheets import figures_csv, figures_workbook


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("figures")
    write_files(folder / "documents", LEDGER_FILES)
    assistant, _ = open_assistant(folder / "home", HashingEmbedder(), folder / "documents")
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def kind(assistant: Assistant) -> FigureKind:
    return kinds_of(assistant.figures("mine production").figures)[0]


@pytest.fixture(scope="module")
def figures(assistant: Assistant, kind: FigureKind) -> tuple[Figure, ...]:
    found = assistant.figures("mine production").figures
    return tuple(one for one in found if one.kind == kind)


def test_workbook_has_numbers_under_years_and_a_line_for_each_that_disagrees(
    figures: tuple[Figure, ...], kind: FigureKind
) -> None:
    sheet = load_workbook(BytesIO(figures_workbook(figures, kind)))["figures"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [kind.name, 2023, 2024, 2025],
        ["Chile", 1000, 1200, 1400],
        ["Peru", 200, 250, 900],
        ["Peru", None, None, 300],
    ]


def test_each_value_stands_with_its_source(figures: tuple[Figure, ...], kind: FigureKind) -> None:
    rows = list(csv.DictReader(figures_csv(figures).decode("utf-8-sig").splitlines()))
    assert len(rows) == len(figures)
    for row, figure in zip(rows, figures, strict=True):
        assert row["source"] == figure.found.source.title
        assert row["as printed"] in row["quote"]
    sheet = load_workbook(BytesIO(figures_workbook(figures, kind)))["sources"]
    assert all(isinstance(row[2].value, int) for row in sheet.iter_rows(min_row=2))


def test_words_of_a_source_are_no_formula(figures: tuple[Figure, ...], kind: FigureKind) -> None:
    hostile = replace(kind, measure="=1+1")
    those = [replace(one, kind=hostile, entity="=2+2") for one in figures]
    book = load_workbook(BytesIO(figures_workbook(those, hostile)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=2+2" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    assert "\n=" not in figures_csv(those).decode()
