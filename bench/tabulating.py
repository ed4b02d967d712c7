"""How good tables on request are: `python -m bench.tabulating [--home DIR] [--part seen|held]`.

Asks the requests of assistant/evaluation/cases/tables.jsonl over the shipped documents, in a home
made for it or in DIR, and says for each which expected cells are missing and which cells stand
there that must not.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.answer.answer_table import TableCell
from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.tabulating import may_be_table
from bench.commands import run_command
from corpus.build_pdfs import DOCUMENTS
from corpus.language.words import fold

CASES = Path(__file__).parents[1] / "assistant" / "evaluation" / "cases" / "tables.jsonl"


@dataclass(frozen=True, slots=True)
class TableCase:
    """A request with cells that its table must have, and cells that it must not have.

    A cell is (row, column, value), a note (row, column, words): row and column are words that the
    heads must hold, "" for any.
    `table` false says that no table may come out, `asks` false that the question asks for none.
    """

    id: str
    part: str
    question: str
    cells: tuple[tuple[str, str, str], ...]
    absent: tuple[tuple[str, str, str], ...]
    notes: tuple[tuple[str, str, str], ...]
    absent_notes: tuple[tuple[str, str, str], ...]
    table: bool
    asks: bool


def load_table_cases(file: Path = CASES) -> tuple[TableCase, ...]:
    """Read the requests of a file of JSON lines."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(_case(json.loads(line)) for line in lines if line)


def _case(told: dict[str, Any]) -> TableCase:
    return TableCase(
        id=told["id"],
        part=told["part"],
        question=told["question"],
        cells=_cells(told["cells"]),
        absent=_cells(told["absent"]),
        notes=_cells(told.get("notes", [])),
        absent_notes=_cells(told.get("absent_notes", [])),
        table=told["table"],
        asks=told.get("asks", True),
    )


def _cells(told: list[list[str]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((row, column, value) for row, column, value in told)


def faults(case: TableCase, assistant: Assistant) -> tuple[str, ...]:
    """Ask the request of a case and return what is wrong with its table, nothing if it is right."""
    query = assistant.ledger.parse(case.question)
    if may_be_table(query) != case.asks:
        return (f"may be a table: {may_be_table(query)}",)
    answer = assistant.ask(case.question)
    if (answer.table is not None) != case.table:
        return ("no table",) if case.table else (f"a table: {answer.text[:80]}",)
    return tuple(_faults_of_table(case, answer, assistant)) if case.table else ()


def _faults_of_table(case: TableCase, answer: Answer, assistant: Assistant) -> Iterator[str]:
    grid = list(_grid(answer))
    for row, column, value in case.cells:
        if not any(_is_at(cell, row, column) and cell[2].text == value for cell in grid):
            there = [cell[2].text for cell in grid if _is_at(cell, row, column)][:4]
            yield f"missing: {row} {column} {value}; there is {', '.join(there) or 'nothing'}"
    for row, column, value in case.absent:
        for cell in grid:
            if _is_at(cell, row, column) and value in ("", cell[2].text):
                yield f"must not be there: {cell[0]} {cell[1]} {cell[2].text}"
                break
    for row, column, note in case.notes:
        if not _has_note(grid, row, column, note):
            yield f"missing note: {row} {column} {note}"
    for row, column, note in case.absent_notes:
        if _has_note(grid, row, column, note):
            yield f"must not be noted: {row} {column} {note}"
    yield from _uncited(answer, grid, assistant)


def _uncited(
    answer: Answer, grid: list[tuple[str, str, TableCell]], assistant: Assistant
) -> Iterator[str]:
    cited = {citation.number: citation for citation in answer.citations}
    for citation in answer.citations:
        page = assistant.page(citation.source.id, citation.page)
        if page.text[citation.start : citation.end] != citation.quote:
            yield f"[{citation.number}] is not verbatim"
    for row, column, cell in grid:
        words = [cited[number].cells for number in cell.citations]
        if cell.is_given and not any(cell.text == one.text for cells in words for one in cells):
            yield f"not in its citation: {row} {column} {cell.text}"


def _grid(answer: Answer) -> Iterator[tuple[str, str, TableCell]]:
    assert answer.table
    for row in answer.table.rows:
        for column, cell in zip(answer.table.columns, row.cells, strict=True):
            yield row.head, column, cell


def _has_note(grid: list[tuple[str, str, TableCell]], row: str, column: str, note: str) -> bool:
    noted = (told for cell in grid if _is_at(cell, row, column) for told in cell[2].notes)
    return any(note in told for told in noted)


def _is_at(cell: tuple[str, str, TableCell], row: str, column: str) -> bool:
    return fold(row) in fold(cell[0]) and fold(column) in fold(cell[1])


def main() -> int:
    """Ask all requests of the part that is wanted and print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a home that holds the shipped documents")
    parser.add_argument("--part", default="", help="seen or held; both without it")
    arguments = parser.parse_args()
    if arguments.home:
        return _measure(arguments.home, arguments.part)
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        home = Path(temporary) / "home"
        run_command(home, "add", DOCUMENTS)
        return _measure(home, arguments.part)


def _measure(home: Path, part: str) -> int:
    assistant = Assistant(Settings(home))
    cases = [case for case in load_table_cases() if part in ("", case.part)]
    right = cells = found = 0
    for case in cases:
        wrong = faults(case, assistant)
        right += not wrong
        missing = sum(fault.startswith("missing: ") for fault in wrong)
        missing = len(case.cells) if "no table" in wrong else missing
        cells, found = cells + len(case.cells), found + len(case.cells) - missing
        print(f"{'right' if not wrong else 'wrong'}  {case.part}  {case.id}", flush=True)
        for fault in wrong[:6]:
            print(f"       {fault}")
    print(f"{right} of {len(cases)} requests right, {found} of {cells} expected cells found")
    assistant.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
