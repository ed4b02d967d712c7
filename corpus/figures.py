"""Figures in running text: where they stand and what they are worth, scale words applied."""

import re
from dataclasses import dataclass
from typing import Literal

FigureKind = Literal["number", "percent", "money", "year", "day"]

_SCALES = {
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
}
_CURRENCY = r"(?:US\$|A\$|C\$|\$|€|£|¥|RMB\s?|CNY\s?|USD\s?|EUR\s?)"
_FIGURE = re.compile(
    rf"(?P<currency>{_CURRENCY})?\s?"
    r"(?<![\w.,])(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[\s\u00a0-]?(?P<scale>thousand|million|billion|trillion|bn|mn|[km](?![\w/]))\b)?"
    r"(?P<percent>\s?(?:%|percent\b|per\s?cent\b))?"
    r"(?:\s(?P<money>dollars|euros|yuan|renminbi)\b)?"
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DAY_AFTER = re.compile(rf"\s+{_MONTH}\b")
_DAY_BEFORE = re.compile(rf"\b{_MONTH}\s+$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `text[start:end]`; `value` has its scale word applied ("6.3 million" = 6.3e6)."""

    start: int
    end: int
    value: float
    kind: FigureKind


def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order. Digits inside words ("Y2O3", "GAO-16") are none."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        start, end = match.start("digits"), match.end()
        if text[end : end + 1].isalpha() and not text[end : end + 1].isspace():
            continue
        digits = match["digits"]
        value = float(re.sub(r"[,\u00a0\u202f]", "", digits)) * _SCALES.get(match["scale"] or "", 1)
        kind: FigureKind = "number"
        if match["percent"]:
            kind = "percent"
        elif match["currency"] or match["money"]:
            kind = "money"
        elif re.fullmatch(r"(?:1[89]|20)\d\d", digits) and not match["scale"]:
            kind = "year"
        elif _DAY_AFTER.match(text, match.end("digits")) or _DAY_BEFORE.search(text[:start]):
            kind = "day"
        if match["currency"]:
            start = match.start("currency")
        found.append(Figure(start, len(text[:end].rstrip()), value, kind))
    return tuple(found)


def find_years(text: str) -> tuple[int, ...]:
    """Return the years (1800 to 2099) a text names, each once, in order of appearance."""
    years = (int(match) for match in re.findall(r"(?<![\d,.$])((?:1[89]|20)\d\d)(?![\d,]\d)", text))
    return tuple(dict.fromkeys(years))


def figures_differ(one: str, other: str) -> bool:
    """Tell whether two written figures differ by more than their rounding ("1,300" and "1,298").

    Values that are no figures ("NA") do not differ from any.
    """
    written = [re.sub(r"[^\d.]", "", value) for value in (one, other)]
    if not all(re.fullmatch(r"\d+(?:\.\d+)?", value) for value in written):
        return False
    coarsest = max(_last_place(value) for value in written)
    return abs(float(written[0]) - float(written[1])) >= coarsest / 2


def _last_place(written: str) -> float:
    """Return the worth of the last digit that is not a closing zero: 100 for "1300"."""
    whole, _, decimals = written.partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10 ** (len(whole) - len(whole.rstrip("0") or "0")))
