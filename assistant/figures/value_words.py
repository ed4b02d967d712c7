"""Values and times of facts as they are written in a report: "$94,836 million", "in 2025".

The words stand in the table `realisations`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from corpus.facts import Absent, Day, Fact, Names
from corpus.language.periods import Period
from corpus.language.quantities import Quantity
from corpus.language.units import dimension
from corpus.language.vocabulary import load_vocabulary
from index.facts import LedgerFact

_MILLION = 1e6
_SCALED = (1e12, 1e9, _MILLION)  # scale words that are kept as they are printed
_DIGITS = 12
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Printed:
    """How a figure is printed: in which scale, and to how many decimals."""

    scale: float = 1.0
    decimals: int = 0


@cache
def forms(kind: str) -> Mapping[str, str]:
    """Return the forms of a kind by their names."""
    rows = load_vocabulary().rows("realisations")
    return {row["name"]: row["form"] for row in rows if row["kind"] == kind}


def value_words(found: LedgerFact) -> str:
    """Return the value of a fact with unit and basis, in the scale in which it is printed."""
    return value_text(found.fact, _printed(found))


def value_text(fact: Fact, printed: Printed | None = None) -> str:
    """Return a value with unit and basis; money in millions where nothing is told of its print."""
    match fact.value:
        case Quantity() as value:
            return _quantity_text(value, printed or _usual(value), _short_basis(fact))
        case Day(day):
            return date_text(day)
        case Names(names):
            return ", ".join(named(name.text, name.form) for name in names)
        case Absent(reason, sign):
            told = forms("absent").get(reason, reason)
            return f"{told} ({sign})" if sign else told


def scaled_text(value: Quantity, scale: float) -> str:
    """Return the number of a value that is counted in thousands or millions, without its unit."""
    ends = dict.fromkeys((value.low, value.high))
    return " to ".join(_figure(end / scale, 0) for end in ends)


def converted_text(found: LedgerFact, unit: str, scale: float = 1.0) -> str:
    """Return a value in another unit or scale, "" where it is in that or cannot be given in it."""
    value, printed = found.fact.value, _printed(found)
    if not isinstance(value, Quantity) or not unit:
        return ""
    scale = scale if scale in _SCALED else 1.0
    if value.unit == unit and (scale == 1.0 or printed is None or scale == printed.scale):
        return ""
    try:
        inside = value.in_unit(unit)
    except ValueError:
        return ""
    low, high = (float(f"{end:.6g}") for end in (inside.low, inside.high))
    turned = Quantity(low, high, unit, value.bound)
    return _quantity_text(turned, Printed(scale), _short_basis(found.fact))


def named(text: str, form: str) -> str:
    """Return a material with its form, once: "NdPr oxide", "rare-earth compounds and metals"."""
    told = text.casefold()
    parts = re.split(r"\s+and\s+|,\s*", form)
    if not form or any(part and part.casefold().rstrip("s") in told for part in parts):
        return text
    before = forms("before form").get(text.casefold(), text)
    return f"{before} {form}"


def period_text(period: Period) -> str:
    """Return a time as a noun: "2024", "the three months to 30 September 2023"."""
    return period_words(period).partition(" ")[2]


def period_words(period: Period | None) -> str:
    """Return a time as an adverb: "in 2025", "in the three months to 1 April 2023"."""
    if period is None:
        return ""
    text, said = period.text, forms("period")
    if text.startswith("../"):
        return said["by"].format(time=time_text(text[3:]))
    if text.endswith("/.."):
        return said["since"].format(time=time_text(text[:-3]))
    if months := re.fullmatch(r"P(\d+)M/(.+)", text):
        kind = "year to" if months[1] == "12" else "months"
        count = forms("count").get(months[1], months[1])
        return said[kind].format(count=count, day=time_text(months[2]))
    if "/" in text:
        first, _, last = text.partition("/")
        return said["span"].format(first=time_text(first), last=time_text(last))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return said["day"].format(day=time_text(text))
    return said["in"].format(time=time_text(text))


def time_text(text: str) -> str:
    """Return a time as a noun: "2025", "December 2023", "the first quarter of fiscal 2024"."""
    said = forms("time")
    if part := re.fullmatch(r"(FY)?(\d{4})-([QHB])(\d)", text):
        year = said["fiscal"].format(year=part[2]) if part[1] else part[2]
        return said[part[3]].format(part=forms("ordinal").get(part[4], part[4]), year=year)
    if fiscal := re.fullmatch(r"FY(\d{4})", text):
        return said["fiscal"].format(year=fiscal[1])
    if month := re.fullmatch(r"(\d{4})-(\d\d)", text):
        return f"{_month(int(month[2]))} {month[1]}"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        day = date.fromisoformat(text)
        return f"{day.day} {_month(day.month)} {day.year}"
    return text


def date_text(day: Period) -> str:
    """Return a date as a reader writes it: "9 July 2025"."""
    return time_text(day.text)


def is_plain_basis(basis: str) -> bool:
    """Tell whether a basis is an abbreviation that stands behind the unit: "t REO"."""
    return bool(basis) and basis[0].isupper() and " " not in basis


def _short_basis(fact: Fact) -> str:
    is_mass = isinstance(fact.value, Quantity) and fact.value.dimension in ("mass", "mass rate")
    return fact.basis if is_mass and is_plain_basis(fact.basis) else ""


def _quantity_text(value: Quantity, printed: Printed, basis: str) -> str:
    unit, _, per = value.unit.partition("/")
    is_money = dimension(unit) == "money"
    sign = forms("sign").get(unit, f"{unit} " if is_money else "")
    is_negative = value.high < 0
    ends = [abs(end) for end in dict.fromkeys((value.low, value.high))]
    if is_negative:
        ends.reverse()
    figures = [_figure(end / printed.scale, printed.decimals) for end in ends]
    number = sign + " to ".join(figures)
    if printed.scale in _SCALED:
        number = f"{number} {_scale_word(printed.scale)}"
    told = number if is_money else f"{number}{forms('unit').get(unit, f' {unit}' if unit else '')}"
    if basis:
        told = f"{told} {basis}"
    if per:
        told = f"{told} {forms('per').get(per, f'per {per}')}"
    bound = forms("bound").get(value.bound, "")
    return " ".join(filter(None, (bound, f"-{told}" if is_negative else told)))


def _figure(value: float, decimals: int) -> str:
    exact = float(f"{value:.{_DIGITS}g}")
    needed = len(f"{exact:.10f}".rstrip("0").partition(".")[2])
    return f"{exact:,.{max(needed, decimals)}f}"


def _usual(value: Quantity) -> Printed:
    is_large = dimension(value.unit) == "money" and max(map(abs, (value.low, value.high))) >= 1e6
    return Printed(_MILLION if is_large and value.step >= 1e3 else 1.0)


def _printed(found: LedgerFact) -> Printed | None:
    """Return how the figure of a fact is printed, None where that is not its value, scaled."""
    value, place = found.fact.value, found.fact.place
    if not isinstance(value, Quantity):
        return None
    words = found.quote[place.value_start - place.start : place.value_end - place.start]
    numbers = _NUMBER.findall(words)
    figure = float(numbers[0].replace(",", "")) if numbers else 0.0
    if not figure:
        return None
    for scale in (*_SCALED, 1.0):
        if abs(figure * scale - min(abs(value.low), abs(value.high))) <= 1e-6 * abs(value.low):
            return Printed(scale, max(len(one.partition(".")[2]) for one in numbers))
    return None


@cache
def _scale_word(scale: float) -> str:
    rows = load_vocabulary().rows("scales")
    return next(row["words"].split(" | ")[0] for row in rows if float(row["factor"]) == scale)


def _month(number: int) -> str:
    return load_vocabulary().row("months", "english")[str(number)].capitalize()
