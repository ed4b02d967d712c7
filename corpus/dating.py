"""Finding out when a source was published, of which edition it is, and which years it speaks of."""

import re
from collections import Counter
from collections.abc import Iterable

from corpus.figures import find_years

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"(?:(?P<month>{_MONTH})\s+(?:(?P<day>\d{{1,2}}),?\s+)?(?P<year>(?:19|20)\d\d))"
    rf"|(?:(?P<day2>\d{{1,2}})\s+(?P<month2>{_MONTH})\s+(?P<year2>(?:19|20)\d\d))"
    r"|(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
    r"|(?P<month3>0?[1-9]|1[0-2])/(?P<day3>[0-3]?\d)/(?P<year3>(?:19|20)\d\d)"
)
_SAID = re.compile(r"\b(?:published|posted|filed|released|updated)\b[\s\w:]{0,12}$", re.IGNORECASE)
_RUNNING = re.compile(
    r"\b(?:ended|ending|in|of|since|until|on|by|from|through|before|after|to|and)\s*$",
    re.IGNORECASE,
)
_EDITIONS = (
    (re.compile(r"Mineral Commodity Summaries,?\s+(?:\w+\s+)?(20\d\d)"), "MCS"),
    (re.compile(r"\b(20\d\d)\s+Minerals Yearbook"), "MYB"),
    (re.compile(r"Minerals Yearbook,?\s+(20\d\d)"), "MYB"),
)


def find_published(text: str) -> str:
    """Return the ISO date a source's first pages give as their own, or "".

    That is a date after "Published" and the like, or one that closes a short line of its own; a
    date inside a sentence is about something else.
    """
    for line in text.splitlines():
        line = line.strip().rstrip(").]")
        for match in _DATE.finditer(line):
            before = line[: match.start()]
            if _SAID.search(before):
                return _iso(match)
            if match["year3"]:
                continue  # where nothing says that it is its own, month and day may be swapped
            closes = match.end() == len(line) and len(line) <= 100
            if closes and not _RUNNING.search(before) and "." not in before.replace("U.S.", ""):
                return _iso(match)
    return ""


def normalize_date(written: str) -> str:
    """Return a written date in ISO form ("6 February 2026" -> "2026-02-06"), or ""."""
    written = written.strip()
    if partial := re.match(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?(?=$|T|\s)", written):
        return partial.group()
    match = _DATE.search(written)
    return _iso(match) if match and not match["year3"] else ""


def find_edition(texts: Iterable[str]) -> str:
    """Return the edition of a series that a title names ("MCS 2026"), or "".

    A title that names several is about them, and none of them.
    """
    for text in texts:
        named = {
            f"{series} {year}" for pattern, series in _EDITIONS for year in pattern.findall(text)
        }
        if named:
            return named.pop() if len(named) == 1 else ""
    return ""


def find_data_years(headers: Iterable[str], text: str) -> tuple[int, ...]:
    """Return the years a source has data for: those of its table headers and repeated in text."""
    years = {year for header in headers for year in find_years(header)}
    counted = Counter(
        int(year) for year in re.findall(r"(?<![\d,.$-])((?:19|20)\d\d)(?![\d,]\d)", text)
    )
    return tuple(sorted(years | {year for year, count in counted.items() if count > 1}))


def _iso(match: re.Match[str]) -> str:
    if match["iso"]:
        return match["iso"]
    if match["year3"]:
        return f"{match['year3']}-{int(match['month3']):02}-{int(match['day3']):02}"
    month = _MONTHS.index(match["month"] or match["month2"]) + 1
    day = match["day"] or match["day2"]
    year = match["year"] or match["year2"]
    return f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}"
