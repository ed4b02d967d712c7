"""Figures of a table with the digits of a note's mark glued to them: "1216,000" is 16,000.

Text taken from a page loses that the mark was raised. A figure that could stand as it is printed
("123,600") is parted only where the total of its column says which it is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from corpus.tables.label_groups import is_total
from corpus.tables.lines import Placed

_WHOLE = re.compile(r"[1-9]\d{0,2}(?:,\d{3})*(?:\.\d+)?|[1-9]\d{3}|0(?:\.\d+)?")
_GLUED = re.compile(r"\d{4,}(?:,\d{3})+|\d{5,}")
_MOST_CASES = 20_000
_OVER_TOTAL = 1.02  # of a part of it, as both are rounded

Row = tuple[Placed, ...]


def is_glued(figure: str) -> bool:
    """Tell whether a figure is written as none is that has no mark before it: "1216,000"."""
    return bool(re.fullmatch(r"\d{4,}(?:,\d{3})+", figure))


def part_fused(rows: Sequence[Row], marks: Sequence[int]) -> list[Row]:
    """Return the rows with the marks parted from their figures, where some have marks glued on.

    `marks` are those that notes explain. A row with a figure that stays in doubt is left out; one
    that has but a label stays.
    """
    thousands = any("," in cell.text for row in rows for cell in row[1:])
    glued = [cell for row in rows for cell in row[1:] if _GLUED.fullmatch(cell.text)]
    if not (thousands and glued and marks):
        return list(rows)
    cases = [[_cases(cell, marks) for cell in row[1:]] for row in rows]
    total = next((row for row in rows if len(row) > 1 and is_total(row[0].text)), None)
    if total:
        place = rows.index(total)
        cases[place] = [[cell] for cell in total[1:]]
        for column, cell in enumerate(total[1:]):
            _decide([case for n, case in enumerate(cases) if n != place and case], column, cell)
    kept = zip(rows, cases, strict=True)
    return [
        (row[0], *(found[0] for found in case))
        for row, case in kept
        if all(len(found) == 1 for found in case)
    ]


def _cases(cell: Placed, marks: Sequence[int]) -> list[Placed]:
    """Return what a cell may say: as it is printed, and without a mark before the figure."""
    cases = [cell] if _WHOLE.fullmatch(cell.text) or not _GLUED.fullmatch(cell.text) else []
    for mark in map(str, marks):
        rest = cell.text.removeprefix(mark)
        if rest != cell.text and rest[:1] != "0" and _WHOLE.fullmatch(rest):
            start = cell.start + len(mark)
            cases.append(replace(cell, text=rest, start=start, marks=(*cell.marks, mark)))
    return cases


def _decide(cases: list[list[list[Placed]]], column: int, total: Placed) -> None:
    """Leave of each cell of a column what agrees with its total."""
    digits = re.sub(r"\D", "", total.text)
    if not digits or not int(digits):
        return
    whole, unit = int(digits), 10 ** (len(digits) - len(digits.rstrip("0")))
    for row in cases:
        fitting = [case for case in row[column] if _value(case) <= _OVER_TOTAL * whole]
        row[column] = fitting or row[column]
    choices = [row[column] for row in cases]
    count = 1
    for choice in choices:
        count *= max(len(choice), 1)
    if total.text[0] in "<>≤≥~" or count > _MOST_CASES or not all(choices):
        return
    right = [case for case in product(*choices) if abs(sum(map(_value, case)) - whole) <= unit]
    if len(right) == 1:
        for row, case in zip(cases, right[0], strict=True):
            row[column] = [case]


def _value(cell: Placed) -> float:
    return float(cell.text.replace(",", "")) if _WHOLE.fullmatch(cell.text) else 0.0
