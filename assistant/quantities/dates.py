"""Dates in a text as figures that can be compared: yyyymmdd, with 0 for what is not said."""

import re
from dataclasses import dataclass

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_NUMBERS = {name[:3].lower(): number for number, name in enumerate(_MONTHS, start=1)}
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:(?:st|nd|rd|th)(?:\sof)?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?<![\d.,]){_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"(?<![\d.,$]){_DAY}\s{_MONTH}(?:,?\s{_YEAR}\b)?",
        rf"\b{_MONTH}\s{_DAY}(?!\d|,\d|\.\d)(?:,?\s{_YEAR}\b)?",
        rf"\b{_MONTH},?\s(?:of\s)?{_YEAR}\b",
        rf"\b(?<!\w-){_MONTH}(?=\W|$)",
    )
)
# "May" and "March" alone may be a verb.
_IN_TIME = re.compile(
    r"\b(?:in|of|since|until|till|by|from|during|late|early|mid|to|and|through|every)[\s-]$"
)
_VERBS = frozenset(("may", "march", "mar", "jan", "dec", "sep", "sept"))


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date at `text[start:end]`; of a month, its first and last day."""

    start: int
    end: int
    low: int
    high: int


def find_dates(text: str) -> tuple[WrittenDate, ...]:
    """Return the days and months that a text names, in order; a year alone is none."""
    found: list[WrittenDate] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(d.start < match.end() and match.start() < d.end for d in found):
                continue
            if date := _date(text, match):
                found.append(date)
    return tuple(sorted(found, key=lambda date: date.start))


def _date(text: str, match: re.Match[str]) -> WrittenDate | None:
    parts = match.groupdict()
    if parts.get("month") and not parts.get("day") and not parts.get("year"):
        name = parts["month"]
        if name.lower() in _VERBS and not _IN_TIME.search(text[: match.start()]):
            return None
    month = int(parts.get("number") or 0) or _NUMBERS[parts["month"][:3].lower()]
    year, day = int(parts.get("year") or 0), int(parts.get("day") or 0)
    if day > 31 or month > 12:
        return None
    low = year * 10_000 + month * 100
    return WrittenDate(match.start(), match.end(), low + (day or 1), low + (day or 31))
