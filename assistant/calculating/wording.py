"""How a calculation names what its figures are of, and the times that they are of."""

import calendar
import re
from collections.abc import Sequence
from datetime import date

from corpus.facts import Argument, Fact
from corpus.language.periods import Period
from index.fact_rows import is_whole

_PART_OF_YEAR = re.compile(r"(FY)?(\d{4})-([QHB])(\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_MONTHS_TO = re.compile(r"P(\d+)M/(\d{4}-\d\d-\d\d)")
_COUNTS = {"3": "three", "6": "six", "9": "nine", "12": "twelve"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def period_text(period: Period) -> str:
    """Return a time as a sentence has it: "Q3 2023", "three months to 30 September 2023"."""
    text = period.text
    if match := _PART_OF_YEAR.fullmatch(text):
        return f"{match[3]}{match[4]} {match[1] or ''}{match[2]}"
    if match := _MONTHS_TO.fullmatch(text):
        return f"{_COUNTS.get(match[1], match[1])} months to {_day(match[2])}"
    if _DAY.fullmatch(text):
        return _day(text)
    if match := _MONTH.fullmatch(text):
        return f"{calendar.month_name[int(match[2])]} {match[1]}"
    return text


def subject_text(wanted: Fact, rest: Sequence[str] = ()) -> str:
    """Return what a figure is of: "China's mine production", "price of terbium oxide"."""
    parts = (*rest, wanted.statistic, wanted.measure or ("figures" if rest else ""))
    measure = " ".join(filter(None, parts)) or "figures"
    measure = f"{measure} of {wanted.of}" if wanted.of else measure
    materials = [
        argument_text(a)
        for a in wanted.arguments
        if a.role == "material" and not (is_whole(a.name) and len(wanted.arguments) > 1)
    ]
    owners = [_owner(a) for a in wanted.arguments if a.role != "material"]
    named = " of ".join((measure, *materials))
    if owners:
        named = f"{owners[0]}{chr(39) if owners[0].endswith('s') else chr(39) + 's'} {named}"
    return " in ".join((named, *owners[1:]))


def argument_text(argument: Argument) -> str:
    """Return a name with the form of a material: "terbium oxide"."""
    name = argument.name
    return name.text if name.text.endswith(name.form) else f"{name.text} {name.form}"


def _owner(argument: Argument) -> str:
    name = argument.name
    if name.id == "world":
        return "the world"
    return f"the {name.text}" if name.text.startswith(("United ", "Democratic ")) else name.text


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
