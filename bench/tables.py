"""How many cells of real tables are read right: `python -m bench.tables --shared DIR`.

The cells in `bench/cells/*.tsv` were typed by hand: those of PDF from pictures of the pages, those
of workbooks from their cells and formats, those of CSV, HTML and plain text from the files as they
stand. A cell counts as read right if a cell of its page has its value, row, column, unit, year and,
where it is marked, its note. A fused mark is counted apart: digits of a footnote mark read as part
of a figure. Files whose names begin with `bench/` come with the project.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.document import Block, Cell, Page
from corpus.reading import FILE_TYPES, read_document

_PROJECT = Path(__file__).parent.parent
_CELLS = _PROJECT / "bench" / "cells"
_DASHES = str.maketrans("–—−", "---")


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell as typed from what is shown; labels of groups and heads joined by " > ".

    `page` is the position of a sheet in its workbook, and 1 for CSV, HTML and text.
    """

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
    pages: dict[str, dict[int, Page]] = {}
    faults: Counter[str] = Counter()
    of_kind: Counter[str] = Counter()
    wrong_of_kind: Counter[str] = Counter()
    for cell in typed:
        if cell.file not in pages:
            root = _PROJECT if cell.file.startswith("bench/") else arguments.shared
            document = read_document(root / cell.file, root)
            pages[cell.file] = {page.number: page for page in document.pages}
        page = pages[cell.file].get(cell.page)
        found = compare(cell, page) if page else ["not read"]
        faults.update(found)
        kind = FILE_TYPES[Path(cell.file).suffix]
        of_kind[kind] += 1
        if found:
            wrong_of_kind[kind] += 1
            print(
                f"{cell.file} p. {cell.page}: {cell.row} | {cell.column} = {cell.value}: "
                f"{', '.join(found)}"
            )
    marked = sum(bool(cell.marks or cell.other_marks) for cell in typed)
    print(f"{len(typed)} cells, {marked} with note marks, of {len(pages)} files")
    print(f"read right: {_share(len(typed), faulty=wrong_of_kind.total())}")
    for kind, cells in of_kind.items():
        print(f"  {kind}: {_share(cells, faulty=wrong_of_kind[kind])}")
    print(f"fused marks: {faults['fused mark']}")
    for fault, count in faults.most_common():
        print(f"  {fault}: {count}")
    return 0


def _share(cells: int, faulty: int) -> str:
    right = cells - faulty
    return f"{right} of {cells} ({right / max(cells, 1):.2%})"


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
    if not _is_row(path, block.cells[0].text, block.context.caption):
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


def _is_row(path: Sequence[str], label: str, caption: str) -> bool:
    """Tell whether a row has the typed label, and its groups are told with it or in the caption.

    Records are named by several of their cells, in the order of the columns, told as one label
    ("United States > Production > Mineral concentrates"): the typed one must be a whole of these.
    """
    told = _plain(f"{caption} {label}")
    return _has_label(path[-1], label) and all(_plain(part) in told for part in path)


def _has_label(typed: str, label: str) -> bool:
    return _plain(typed) in [_plain(part) for part in label.split(" > ")]


def _fused(typed: TypedCell, candidates: Sequence[tuple[Block, Cell]]) -> bool:
    marks = typed.marks.replace(",", "").replace(" ", "")
    fused = {_figure(marks + typed.value), _figure(typed.value + marks)}
    label = typed.row.split(" > ")[-1]
    return any(
        _figure(cell.text) in fused and _has_label(label, block.cells[0].text)
        for block, cell in candidates
    )


@cache
def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.lower())


@cache
def _figure(value: str) -> str:
    value = re.sub(r"(?<=[\d)]) ?(?:years?|months?|days?|pts|bps)$", "", value)
    return re.sub(r"[\s$%]|US\$|(?<=\d),(?=\d)", "", value).translate(_DASHES)


def _same_unit(typed: str, read: str) -> bool:
    """Tell whether the words of a typed unit stand in the read one, in their order."""
    return _unit_words(typed) in _unit_words(read)


def _unit_words(unit: str) -> str:
    unit = re.sub(r"percentage|per cent|%", " percent ", unit.lower()).replace("$", " dollars ")
    words = " ".join(re.findall(r"[^\W_]+", unit))
    return f" {words} "


if __name__ == "__main__":
    sys.exit(main())
