"""Years, quarters, halves, months, days and batches that a question names, and shifting them.

"Two quarters earlier" than "the third quarter of 2025" is "first quarter of 2025": what is shifted
keeps the way in which it was written.
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

_MONTHS = tuple(calendar.month_name)[1:]
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_ORDINALS = ("first", "second", "third", "fourth")
_ORDINAL = f"(?P<ordinal>{'|'.join(_ORDINALS)})"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?![\d,]\d|\w)"
_OF_YEAR = rf"(?:,? (?:of )?{_YEAR})?"
# Of filings: "three months ended June 30, 2025", "the quarter to March 2024".
_PERIOD_TO = (
    rf"(?:{{period}}) (?:to|ended|ending|through) (?:\d{{{{1,2}}}} )?{_MONTH}(?: \d{{{{1,2}}}})?,? "
    rf"{_YEAR}"
)
# Of patterns that begin at one place the first counts: the longest time.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("quarter", rf"\b{_PERIOD_TO.format(period='quarter|three months')}"),
    ("half", rf"\b{_PERIOD_TO.format(period='half|half[- ]year|six months')}"),
    ("year", rf"\b{_PERIOD_TO.format(period='year|twelve months')}"),
    ("day", rf"\b(?P<day>\d{{1,2}}) {_MONTH}(?:,? {_YEAR})?"),
    ("day", rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? {_YEAR})?"),
    ("quarter", rf"\bQ(?P<index>[1-4])\b{_OF_YEAR}"),
    ("quarter", rf"\b{_ORDINAL} quarter\b{_OF_YEAR}"),
    ("quarter", rf"\b{_MONTH} quarter\b{_OF_YEAR}"),
    ("half", rf"\bH(?P<index>[12])\b{_OF_YEAR}"),
    ("half", rf"\b{_ORDINAL} half\b{_OF_YEAR}"),
    ("batch", rf"\b{_ORDINAL} (?:batch|round|tranche)\b{_OF_YEAR}"),
    ("month", rf"\b{_MONTH}\b(?:,? {_YEAR})?"),
    ("year", r"\b[Ff][Yy] ?(?P<short>\d\d)\b"),
    # The year of an edition says nothing of the year that is asked for.
    ("year", rf"(?<!MCS )(?<!Summary )(?<!Summaries )(?<!Yearbook )(?<![\d,.$€£¥\w-]){_YEAR}"),
)
_ANY_CASE = ("quarter", "half", "batch")
_FINDERS = tuple(
    (unit, re.compile(pattern, re.IGNORECASE if unit in _ANY_CASE else 0))
    for unit, pattern in _PATTERNS
)
_MOST = {"quarter": 4, "half": 2, "month": 12, "batch": 4}


@dataclass(frozen=True, slots=True)
class Time:
    """A time named by `text[start:end]`; year 0 where none is named, index 0 where there is none.

    The index counts quarters, halves, batches or months within the year, from one.
    """

    unit: str  # "day", "month", "quarter", "half", "batch", "year"
    start: int
    end: int
    text: str
    year: int
    index: int = 0
    day: int = 0


def find_times(text: str) -> tuple[Time, ...]:
    """Return the times of a text in order; none overlaps another."""
    found: list[Time] = []
    for unit, finder in _FINDERS:
        for match in finder.finditer(text):
            if all(match.end() <= one.start or one.end <= match.start() for one in found):
                found.append(_time(unit, match))
    return tuple(sorted(found, key=lambda one: one.start))


def shifted(time: Time, unit: str, count: int) -> str:
    """Return a time so many units later, written as it was; "" where it cannot be shifted so."""
    if unit == "year" and time.year:
        return _written(time, replace(time, year=time.year + count))
    if not time.year or time.year + count < 1:
        return ""
    if time.unit == "day" and unit in ("day", "week", "month"):
        return _written(time, _day_shifted(time, unit, count))
    if time.unit == unit and unit in _MOST:
        years, index = divmod(time.index - 1 + count, _MOST[unit])
        return _written(time, replace(time, year=time.year + years, index=index + 1))
    return ""


def with_year(time: Time, year: int) -> str:
    """Return a time that names no year with one: "third quarter" with 2025."""
    joint = " " if time.unit in ("day", "month") or re.match(r"(?i)[QH]\d", time.text) else " of "
    return time.text if time.year else f"{time.text}{joint}{year}"


def _time(unit: str, match: re.Match[str]) -> Time:
    named = {key: value for key, value in match.groupdict().items() if value}
    year = int(named.get("year", 0)) or (2000 + int(named["short"]) if "short" in named else 0)
    index = int(named.get("index", 0))
    if "ordinal" in named:
        index = _ORDINALS.index(named["ordinal"].lower()) + 1
    elif "month" in named:
        month = _MONTHS.index(named["month"].capitalize()) + 1
        index = (month - 1) // {"quarter": 3, "half": 6, "year": 12}.get(unit, 1) + 1
    day = int(named.get("day", 0))
    return Time(unit, match.start(), match.end(), match.group(), year, index, day)


def _day_shifted(time: Time, unit: str, count: int) -> Time:
    if unit == "month":
        years, month = divmod(time.index - 1 + count, 12)
        last = calendar.monthrange(time.year + years, month + 1)[1]
        return replace(time, year=time.year + years, index=month + 1, day=min(time.day, last))
    try:
        days = count * (7 if unit == "week" else 1)
        moved = date(time.year, time.index, time.day) + timedelta(days=days)
    except (ValueError, OverflowError):  # "31 June 2025"
        return time
    return replace(time, year=moved.year, index=moved.month, day=moved.day)


def _written(before: Time, after: Time) -> str:
    """Return a time in the words of another."""
    text = before.text
    if before.text[:2].upper() == "FY":
        return f"{text[:-2]}{after.year % 100:02}"
    if before.year:
        text = text.replace(str(before.year), str(after.year))
    old = re.search(_MONTH, text, re.IGNORECASE)
    if old and before.index != after.index:
        months = (after.index - before.index) * {"quarter": 3, "half": 6}.get(before.unit, 1)
        month = (_MONTHS.index(old["month"].capitalize()) + months) % 12
        text = text.replace(old["month"], _MONTHS[month])
        if before.unit in ("quarter", "half"):  # "ended 30 June" and "ended 31 March"
            last = calendar.monthrange(after.year, month + 1)[1]
            return re.sub(r"\b\d{1,2}\b(?!\d)", str(last), text, count=1)
    if before.unit == "day":
        return re.sub(r"\b\d{1,2}\b", str(after.day), text, count=1)
    if before.unit in _MOST and before.index != after.index:
        text = re.sub(r"(?i)(?<=[QH])\d", str(after.index), text, count=1)
        if ordinal := re.match(_ORDINAL, text, re.IGNORECASE):
            text = _ORDINALS[after.index - 1] + text[ordinal.end() :]
    return text
