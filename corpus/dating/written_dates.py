"""Dates that a document or its file gives as its own, alone and without a sentence around them.

Dates in texts are read by `corpus.language.dates`; here are the forms of metadata, what is no more
than a date, and which of two figures a document writes first.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate

from corpus.language.dates import DayOrder, checked_iso, find_dates, weekday_pattern
from corpus.language.periods import find_periods
from corpus.language.vocabulary import any_form, load_vocabulary

# Read only where nothing but a date is expected: in running text they are anything.
_BARE = re.compile(
    r"(?:D:)?(?P<y>(?:19|20)\d\d)(?:(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?:\d{4,6}(?!\d)|(?!\d)).*"
    r"|[-/.](?P<m2>0?[1-9]|1[0-2])(?![\d/.-]).*|(?=$|T|\s|[,;]).*)",
    re.DOTALL,
)
_MONTH_YEAR = re.compile(r"(?P<m>0?[1-9]|1[0-2])[/.-](?P<y>(?:19|20)\d\d)(?!\d)")
_PART_OF_YEAR = re.compile(r"\d{4}(?:-[QH]\d)?")
_PART_CHARS = 20
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")
# Zones and words of those who write the day before the month.
_DAY_FIRST = re.compile(r"\b(?:GMT|BST|AEST|AEDT|ASX|publié|publicad[oa]|Ngày|ngày|[а-я]{4,})\b")
_NOT_ENGLISH = re.compile(
    r"\b(?:der|und|das|für|les|des|une|los|las|del|dos|não|em|della|nel|il|het|een|och|på|que|"
    r"\w*[ãõçñß]\w*)\b"
)


def date_words(kind: str) -> str:
    """Return a pattern of the words of one kind that stand around dates."""
    return any_form(load_vocabulary().words("date_cues", kind))


_CLOCK_WORDS = re.compile(
    r"\d[\d:.]*\s?(?:[ap]\.?m\.?\b|h\b|Uhr\b)?"
    rf"|(?<!\w)(?:{weekday_pattern(load_vocabulary())}|{date_words('clock')}|{date_words('updated')}"
    rf"|{date_words('published')}|GMT|UTC|[ECMPB][DSE]?T|[A-Z]{{2,4}}T)(?!\w)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(rf"\b{date_words('relative')}\b", re.IGNORECASE)


def read_date(written: str) -> str:
    """Return the ISO form of a text that is a date ("6 February 2026" -> "2026-02-06"), or "".

    Seconds since 1970 are read, and of "Q1 2026" the year, as of "02/06/2026". "2 days ago" is no
    date.
    """
    written = written.strip()
    if _EPOCH.fullmatch(written):
        seconds = int(written) / (1000 if len(written) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    if _RELATIVE.search(written):
        return ""
    if found := find_dates(written):
        return found[0].iso
    if bare := _BARE.fullmatch(written):
        month = bare["m"] or bare["m2"]
        return checked_iso(int(bare["y"]), int(month or 0), int(bare["d"] or 0))
    if short := _MONTH_YEAR.fullmatch(written):
        return checked_iso(int(short["y"]), int(short["m"]), 0)
    if part := _part_of_year(written):
        return part
    if parsed := parsedate(written):  # the older two-digit years of mail
        return checked_iso(*parsed[:3])
    return ""


def _part_of_year(written: str) -> str:
    """Return the year of which a text names a part and nothing else ("Spring 2026"), or ""."""
    periods = find_periods(written) if len(written) <= _PART_CHARS else ()
    if len(periods) != 1 or periods[0].end - periods[0].start < len(written):
        return ""
    return str(periods[0].period.year) if _PART_OF_YEAR.fullmatch(periods[0].period.text) else ""


def is_only_date(text: str) -> bool:
    """Tell whether a text says no more than when: "Oct 9, 2025 | 4:12 PM"."""
    dates = find_dates(text)
    if not dates:
        return False
    rest = f"{text[: dates[0].start]} {text[dates[-1].end :]}"
    return len(dates) < 3 and not re.search(r"[^\W\d_]", _CLOCK_WORDS.sub(" ", rest))


def day_order(text: str) -> DayOrder:
    """Return which of "02/06/2026" is the day in a text, from its other dates and its marks."""
    for one, two in re.findall(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:19|20)\d\d(?!\d)", text):
        if int(one) > 12 >= int(two):
            return "day first"
        if int(two) > 12 >= int(one):
            return "month first"
    if re.search(r"\b(?:E[DS]T|P[DS]T|[apAP]\.?[mM]\.? ET|NYSE|NASDAQ|U\.S\. SEC)\b", text):
        return "month first"
    if _DAY_FIRST.search(text) or len(set(_NOT_ENGLISH.findall(text))) > 1:
        return "day first"
    return "unknown"
