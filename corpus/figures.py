"""Figures in running text: where they stand and what they are worth, scale words applied.

For the assistant, which reads figures apart from their units; all else reads quantities. The words
are those of the vocabulary.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.language.units import currency_signs, written_units
from corpus.language.vocabulary import load_vocabulary

FigureKind = Literal["number", "percent", "money", "year", "day"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `text[start:end]`; `value` has its scale word applied ("6.3 million" = 6.3e6)."""

    start: int
    end: int
    value: float
    kind: FigureKind


def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order. Digits inside words ("Y2O3", "GAO-16") are none."""
    words = _words()
    found: list[Figure] = []
    for match in words.figure.finditer(text):
        start, end = match.start("digits"), match.end()
        if text[end : end + 1].isalpha() and not text[end : end + 1].isspace():
            continue
        digits = match["digits"]
        value = float(re.sub(r"[,\u00a0\u202f]", "", digits))
        value *= words.scales.get(match["scale"] or "", 1)
        kind: FigureKind = "number"
        if match["percent"]:
            kind = "percent"
        elif match["currency"] or match["money"]:
            kind = "money"
        elif re.fullmatch(r"(?:1[89]|20)\d\d", digits) and not match["scale"]:
            kind = "year"
        elif words.day_after.match(text, match.end("digits")) or words.day_before.search(
            text[:start]
        ):
            kind = "day"
        if match["currency"]:
            start = match.start("currency")
        found.append(Figure(start, len(text[:end].rstrip()), value, kind))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Words:
    """What finds figures, and the days of dates among them."""

    figure: re.Pattern[str]
    day_before: re.Pattern[str]
    day_after: re.Pattern[str]
    scales: Mapping[str, float]


@cache
def _words() -> _Words:
    vocabulary = load_vocabulary()
    scales = {
        form: float(row["factor"])
        for form, row in vocabulary.forms("scales", "words", "short")
        if form.islower() and form.isalpha()
    }
    short = [form for form in scales if len(form) == 1]
    long = [form for form in scales if len(form) > 1]
    signs = [form for form, _ in currency_signs(vocabulary)]
    points = [form for form in written_units(vocabulary, "point") if " " in form]
    percent = [form for form in written_units(vocabulary, "percent") if form.islower()]
    money = [form for form, _ in vocabulary.forms("currencies", "words") if form.islower()]
    months = vocabulary.row("months", "english")
    month = _either(name.title() for column, name in months.items() if column != "language")
    figure = (
        rf"(?P<currency>(?:{_either(signs)})\s?)?\s?"
        r"(?<![\w.,])(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
        rf"(?:[\s\u00a0-]?(?P<scale>{_either(long)}|(?:{_either(short)})(?![\w/]))\b)?"
        rf"(?P<percent>(?!\s(?:{_either(points)})\b)\s?(?:%|(?:{_either(percent)})\b))?"
        rf"(?:\s(?P<money>{_either(money)})\b)?"
    )
    return _Words(
        re.compile(figure),
        re.compile(rf"\b(?:{month})\s+$"),
        re.compile(rf"\s+(?:{month})\b"),
        scales,
    )


def _either(forms: Iterable[str]) -> str:
    held = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"\s?") for form in held)


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
