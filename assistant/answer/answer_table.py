"""A table as an answer: rows under column heads, each cell with the citations that carry it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from corpus.figures import find_figures
from corpus.language.periods import find_periods

NOT_GIVEN = "not given"  # stands in a cell for which the sources have nothing


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell as it is printed in its source, with the numbers of its citations.

    `notes` say what a reader must know of it: footnotes, the meaning of a sign such as NA, and the
    values that other editions or sources give, which `others` cites. A cell of which the sources
    say nothing reads "not given" and has no citation.
    """

    text: str
    citations: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    others: tuple[int, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether a source gives this cell."""
        return bool(self.citations)

    @property
    def number(self) -> float | None:
        """The cell as a number; None where it is not given, or is not one number alone."""
        figures = find_figures(self.text) if self.is_given else ()
        if [(one.start, one.end) for one in figures] != [(0, len(self.text))]:
            return None
        found = figures[0]
        return found.value if found.kind in ("number", "year") else None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: what it is about, and one cell for each column."""

    head: str
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """A table whose figures are all of one unit and basis; `remarks` say what was left out."""

    title: str
    unit: str
    basis: str
    row_title: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    remarks: tuple[str, ...] = ()

    @property
    def measure(self) -> str:
        """Unit and basis in words, "" where neither is known."""
        return ", ".join(part for part in (self.unit, self.basis) if part)

    @property
    def time_axis(self) -> Literal["columns", "rows", ""]:
        """Along what its times stand; "" where it has none."""
        if all(map(find_periods, self.columns)):
            return "columns"
        return "rows" if all(find_periods(row.head) for row in self.rows) else ""


def table_to_json(table: AnswerTable) -> dict[str, Any]:
    """Return a table as `ask --json` prints it."""
    return {
        "title": table.title,
        "unit": table.unit,
        "basis": table.basis,
        "row_title": table.row_title,
        "columns": list(table.columns),
        "rows": [
            {
                "head": row.head,
                "cells": [
                    {
                        "text": cell.text,
                        "citations": list(cell.citations),
                        "notes": list(cell.notes),
                        "others": list(cell.others),
                    }
                    for cell in row.cells
                ],
            }
            for row in table.rows
        ],
        "remarks": list(table.remarks),
    }


def table_of_json(told: Mapping[str, Any]) -> AnswerTable:
    """Return the table that `table_to_json` told."""
    rows = tuple(
        TableRow(row["head"], tuple(_cell_of_json(cell) for cell in row["cells"]))
        for row in told["rows"]
    )
    return AnswerTable(
        title=told["title"],
        unit=told["unit"],
        basis=told["basis"],
        row_title=told["row_title"],
        columns=tuple(told["columns"]),
        rows=rows,
        remarks=tuple(told["remarks"]),
    )


def _cell_of_json(told: Mapping[str, Any]) -> TableCell:
    lists = (tuple(told[name]) for name in ("citations", "notes", "others"))
    return TableCell(told["text"], *lists)
