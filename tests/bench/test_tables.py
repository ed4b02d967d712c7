"""The bench of tables: what counts as the typed cell, and the typed cells themselves."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.tables import TypedCell, compare, load_cells
from corpus.document import Block, Cell, Context, Page
from corpus.reading import FILE_TYPES

_BENCH = Path(__file__).parents[2] / "bench"
_CELL_FILES = sorted((_BENCH / "cells").glob("*.tsv"))
_TYPED = TypedCell(
    file="a.csv",
    page=1,
    row="Rare Earths > Mine production > Brazil",
    column="Value",
    unit="metric tons",
    year="2025",
    value="2,000",
    marks="",
    other_marks="",
    note="Estimated",
)


def _page(
    label: str = "RARE EARTHS > Brazil > Mine production",
    text: str = "2,000",
    column: str = "2025 > Value",
    notes: tuple[str, ...] = ("Estimated.",),
) -> Page:
    value = Cell(text, 0, 0, column, 2025, "metric tons", "", notes)
    row = Block("row", 0, 0, Context(caption="Tables"), (Cell(label, 0, 0), value))
    return Page(1, "1", "", (row,))


def test_a_record_that_is_named_by_several_cells_is_the_typed_row() -> None:
    assert compare(_TYPED, _page()) == []


@pytest.mark.parametrize(
    "label",
    [
        "RARE EARTHS > Brazil and Chile > Mine production",
        "RARE EARTHS > Brazil > Reserves",
        "Brazil",
        "RARE EARTHS, Brazil, Mine production",
    ],
)
def test_another_record_is_not_the_typed_row(label: str) -> None:
    assert "row" in compare(_TYPED, _page(label))


@pytest.mark.parametrize(
    ("page", "faults"),
    [
        (_page(text="2,100"), ["value"]),
        (_page(column="2025 > Count"), ["column"]),
        (_page(notes=()), ["note"]),
    ],
)
def test_each_fault_is_told(page: Page, faults: list[str]) -> None:
    assert compare(_TYPED, page) == faults


def test_signs_of_dollars_and_dashes_are_compared_as_what_they_say() -> None:
    typed = replace(_TYPED, value="−2.5%", unit="dollars per kg")
    page = _page(text="-2.5")
    cell = replace(page.blocks[0].cells[1], unit="$ per kg")
    row = replace(page.blocks[0], cells=(page.blocks[0].cells[0], cell))
    assert compare(typed, replace(page, blocks=(row,))) == []


def test_a_digit_of_a_mark_in_the_figure_is_told_apart() -> None:
    typed = replace(_TYPED, row="Brazil", marks="2")
    assert compare(typed, _page("Brazil", text="2,0002")) == ["value", "fused mark"]


@pytest.mark.parametrize("path", _CELL_FILES, ids=lambda path: path.stem)
def test_typed_cells_are_well_formed(path: Path) -> None:
    cells = list(load_cells(path))
    assert len({(c.file, c.page, c.row, c.column, c.year) for c in cells}) == len(cells)
    for cell in cells:
        assert cell.page >= 1
        assert cell.row
        assert cell.value
        assert not cell.year or 1900 <= int(cell.year) <= 2100
        assert Path(cell.file).suffix in FILE_TYPES
        assert not cell.file.startswith("bench/") or (_BENCH.parent / cell.file).is_file()
