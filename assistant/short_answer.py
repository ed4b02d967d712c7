"""The direct answer in a few words: the figure, amount, share or date that a statement gives.

Only where the statement leaves no choice: one value of the kind that is asked for.
"""

import re

from assistant.quantities import Quantity, find_quantities
from assistant.requirements import Requirements
from assistant.times import without_citations
from assistant.wanted import Wanted
from assistant.weighing import Weighed

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
_PARTED = 10  # letters that a comma between a quantity and a year counts for
_BOUNDS = {"above": "more than ", "below": "less than ", "about": "about "}


def short_answer(required: Requirements, weighed: Weighed) -> str:
    """Return the value that a statement gives in answer to a question, "" where none stands out."""
    candidate = weighed.candidate
    is_unsure = any(weighed.sign(name) < least for name, least in _SURE.items())
    if candidate.is_row or required.question.wants_list or is_unsure:
        return ""  # of rows the ledger tells the values
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
