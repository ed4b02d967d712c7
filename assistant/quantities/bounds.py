"""Bounds of a quantity, by the words beside it: "more than", "up to", "about"."""

import re
from dataclasses import replace

from assistant.quantities.quantity import Bound, Quantity

_WORDS: tuple[tuple[Bound, str], ...] = (
    ("above", r"(?:no|not) (?:less|fewer|lower) than|[≥]"),
    ("below", r"(?:no|not) (?:more|higher|greater) than|not exceeding|[≤]"),
    (
        "below",
        r"less than|fewer than|lower than|smaller than|under|below|up to|at most|a maximum of|<",
    ),
    (
        "above",
        r"more than|greater than|higher than|larger than|over|above|at least|exceed(?:s|ed|ing)?|"
        r"a minimum of|upwards of|in excess of|>",
    ),
    (
        "about",
        r"about|around|roughly|approximately|approx\.?|nearly|almost|some|circa|ca\.|close to|"
        r"estimated|[~≈]",
    ),
)
_BOUNDS = tuple(
    (bound, re.compile(rf"(?<!\w)(?:{words})\s?(?:the |an? )?$", re.IGNORECASE))
    for bound, words in _WORDS
)
_AFTER = re.compile(r"\+|\s(?:or|and) (?P<which>more|higher|above|greater|less|lower|fewer)\b")
_BEFORE = 24  # characters in which the words of a bound stand


def with_bound(text: str, quantity: Quantity) -> Quantity:
    """Return a quantity of a text with the bound that stands beside it."""
    if quantity.kind in ("year", "label", "edition"):
        return quantity
    return replace(quantity, bound=_bound(text, quantity))


def _bound(text: str, quantity: Quantity) -> Bound:
    before = text[max(0, quantity.start - _BEFORE) : quantity.start]
    for bound, pattern in _BOUNDS:
        if pattern.search(before):
            return bound
    if after := _AFTER.match(text, quantity.end):
        return "below" if after["which"] in ("less", "lower", "fewer") else "above"
    return ""
