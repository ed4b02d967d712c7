"""How many cells of real tables are read right: `python -m bench.tables --shared DIR`.

The cells in `bench/cells/*.tsv` were typed by hand from pictures of the pages. A cell counts as
read right if a cell of its page has its value, row, column, unit, year and, where it is marked,
its note. A fused mark is counted apart: digits of a footnote mark read as part of a figure.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Block, Cell, Page
from corpus.pdf import read_pdf

_CELLS = Path(__file__).parent / "cells"


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell as typed from the picture of a page; labels of groups and heads joined by " > "."""

    file: str
    page: int
    row: str
    column: str
    unit: str
    year: str
    value: str
    marks: str
    other_marks: str
    note: str


def main() -> int:
    """Read the files, compare every typed cell, print what is wrong and the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the measured files")
    parser.add_argument("--only", default="", help="only files whose path holds these words")
    arguments = parser.parse_args()
    typed = [
        cell
        for path in sorted(_CELLS.glob("*.tsv"))
        for cell in load_cells(path)
        if arguments.only in cell.file
    ]
    pages: dict[str, tuple[Page, ...]] = {}
    faults: Counter[str] = Counter()
    wrong = 0
    for cell in typed:
        if cell.file not in pages:
            file = arguments.shared / cell.file
            pages[cell.file] = read_pdf(file.read_bytes(), cell.file).pages
        found = compare(cell, pages[cell.file][cell.page - 1])
        faults.update(found)
        if found:
            wrong += 1
            print(
                f"{cell.file} p. {cell.page}: {cell.row} | {cell.column} = {cell.value}: "
                f"{', '.join(found)}"
            )
    marked = sum(bool(cell.marks or cell.other_marks) for cell in typed)
    right = len(typed) - wrong
    print(f"{len(typed)} cells, {marked} with note marks, of {len(pages)} files")
    print(f"read right: {right} ({right / max(len(typed), 1):.2%})")
    print(f"fused marks: {faults['fused mark']}")
    for fault, count in faults.most_common():
        print(f"  {fault}: {count}")
    return 0


def load_cells(path: Path) -> Iterator[TypedCell]:
    """Yield the typed cells of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield TypedCell(**{**row, "page": int(row["page"])})  # type: ignore[arg-type]


def compare(typed: TypedCell, page: Page) -> list[str]:
    """Return what is wrong with the read cell that is nearest to a typed one; [] if it is right."""
    candidates = [
        (block, cell) for block in page.blocks if block.kind == "row" for cell in block.cells[1:]
    ]
    judged = [_faults(typed, block, cell) for block, cell in candidates]
    best = min(judged, key=_weight, default=["not read"])
    if "row" in best and "value" in best:
        best = ["not read"]
    if best and typed.marks and _fused(typed, candidates):
        best = [*best, "fused mark"]
    return best


def _weight(faults: Sequence[str]) -> int:
    return sum({"row": 8, "value": 6, "column": 4}.get(fault, 1) for fault in faults)


def _faults(typed: TypedCell, block: Block, cell: Cell) -> list[str]:
    found = []
    path = typed.row.split(" > ")
    told = f"{block.context.caption} {block.cells[0].text}"
    label = _plain(block.cells[0].text)
    if label != _plain(path[-1]) or not all(_plain(part) in _plain(told) for part in path):
        found.append("row")
    if _figure(cell.text) != _figure(typed.value):
        found.append("value")
    column = _plain(cell.column)
    if typed.column and not all(_plain(part) in column for part in typed.column.split(" > ")):
        found.append("column")
    if typed.unit and not _same_unit(typed.unit, cell.unit):
        found.append("unit")
    if typed.year and cell.year != int(typed.year):
        found.append("year")
    if typed.note and not any(_plain(typed.note) in _plain(note) for note in cell.notes):
        found.append("note")
    return found


def _fused(typed: TypedCell, candidates: Sequence[tuple[Block, Cell]]) -> bool:
    marks = typed.marks.replace(",", "").replace(" ", "")
    fused = {_figure(marks + typed.value), _figure(typed.value + marks)}
    label = _plain(typed.row.split(" > ")[-1])
    return any(
        _figure(cell.text) in fused and _plain(block.cells[0].text) == label
        for block, cell in candidates
    )


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.lower())


def _figure(value: str) -> str:
    value = re.sub(r"(?<=[\d)]) ?(?:years?|months?|days?|pts|bps)$", "", value)
    return re.sub(r"[\s$%]|US\$|(?<=\d),(?=\d)", "", value).replace("–", "-").replace("—", "-")


def _same_unit(typed: str, read: str) -> bool:
    typed, read = (
        re.sub(r"percentage|per cent|%", "percent", unit.lower()) for unit in (typed, read)
    )
    return _plain(typed) in _plain(read)


if __name__ == "__main__":
    sys.exit(main())
