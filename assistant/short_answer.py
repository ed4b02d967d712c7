"""The direct answer in a few words: the figure, amount, share or date that a statement gives.

Only where the statement leaves no choice: one value of the kind that is asked for.
"""

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.quantities import Quantity, find_quantities
from assistant.requirements import Requirements
from assistant.times import without_citations
from assistant.wanted import Wanted
from assistant.weighing import Weighed
from corpus.document import Cell
from corpus.figures import find_figures

_KINDS: dict[Wanted, tuple[str, ...]] = {
    "mass": ("amount",),
    "money": ("money", "price"),
    "percent": ("percent",),
    "figure": ("amount", "money", "price", "percent"),
    "duration": ("time",),
    "date": ("date", "year"),
}
_SURE = {
    "subject": 0.85,
    "no rival": 1.0,
    "time": 0.9,
    "part of year": 0.9,
    "kind": 0.8,
    "coverage": 0.75,
}
_VALUE = re.compile(r"[<>~]?\s?(?:[A-Z]{0,3}[$€£¥]\s?)?\d[\d.,–-]*(?: (?:million|billion))?%?")
_SUPERLATIVE = re.compile(
    r"\b(?:(?:the )?most|largest|biggest|highest|main|top|leading|"
    r"(?P<least>least|smallest|lowest|fewest))\b",
    re.IGNORECASE,
)
_SUM_COLUMN = re.compile(r"\b(?:totals?|world|all|sum|others?)\b", re.IGNORECASE)
_FEWEST_COMPARED = 3
_PARTED = 10  # letters that a comma between a quantity and a year counts for
_BOUNDS = {"above": "more than ", "below": "less than ", "about": "about "}


def short_answer(required: Requirements, weighed: Weighed) -> str:
    """Return the value that a statement gives in answer to a question, "" where none stands out."""
    candidate = weighed.candidate
    is_list = required.question.wants_list and not _SUPERLATIVE.search(required.question.text)
    if is_list or any(weighed.sign(name) < least for name, least in _SURE.items()):
        return ""
    if candidate.is_row:
        return _of_cells(required, candidate)
    kinds = _KINDS.get(required.wanted, ())
    text = candidate.text
    if without_citations(text) != text:
        text = without_citations(text)
    asked = {_value(quantity) for quantity in find_quantities(required.question.text)}
    told = {
        _value(quantity): quantity
        for quantity in find_quantities(text)
        if quantity.kind in kinds and _value(quantity) not in asked
    }
    if len(told) > 1 and len(required.times.years) == 1:
        (year,) = required.times.years
        told = {value: one for value, one in told.items() if _nearest_year(text, one) == year}
    if len(told) != 1:
        return ""
    (quantity,) = told.values()
    bound = _BOUNDS.get(quantity.bound, "")
    return f"{'' if quantity.text.lower().startswith(bound) else bound}{quantity.text}"


def _nearest_year(text: str, quantity: Quantity) -> int:
    """Return the year that stands nearest to a quantity in a text, 0 where none stands in it."""
    nearest = (0, 0)
    for match in re.finditer(r"\b(?:19|20)\d\d\b", text):
        if quantity.start <= match.start() < quantity.end:
            continue
        follows = match.start() >= quantity.end
        between = (
            text[quantity.end : match.start()] if follows else text[match.end() : quantity.start]
        )
        distance = len(between) + _PARTED * len(re.findall("[,;:]", between))
        if not nearest[1] or distance < nearest[0]:
            nearest = (distance, int(match.group()))
    return nearest[1]


def _value(quantity: Quantity) -> tuple[float, float, str]:
    return quantity.low, quantity.high, quantity.unit


def _of_cells(required: Requirements, candidate: Candidate) -> str:
    if len(candidate.cells) > 1:
        return _greatest(required, candidate.cells)
    (cell,) = candidate.cells
    return _value_told(cell) if required.wants_figure and _VALUE.fullmatch(cell.text) else ""


def _value_told(cell: Cell) -> str:
    is_told = cell.unit == "number" or (cell.unit == "percent" and "%" in cell.text)
    measure = "" if is_told else cell.measure
    # Data files write 270000; it reads as 270,000.
    value = f"{int(cell.text):,}" if re.fullmatch(r"\d{5,}", cell.text) else cell.text
    return f"{value} {measure}".strip()


def _greatest(required: Requirements, cells: Sequence[Cell]) -> str:
    """Return the column of a row, with its value, that has the most or least of one measure."""
    asked = _SUPERLATIVE.search(required.question.text)
    values = {
        cell: figures[0].value
        for cell in cells
        if _VALUE.fullmatch(cell.text)
        and not _SUM_COLUMN.search(cell.column)
        and (figures := find_figures(cell.text))
    }
    is_one_measure = len({cell.measure for cell in values}) == 1
    if asked is None or len(values) < _FEWEST_COMPARED or not is_one_measure:
        return ""
    wanted = (min if asked["least"] else max)(values.values())
    best = [cell for cell, value in values.items() if value == wanted]
    return f"{best[0].column}: {_value_told(best[0])}" if len(best) == 1 else ""
