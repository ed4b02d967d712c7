"""When a filing with a regulator was made, and which fiscal period it is of.

The date on a cover is the end of the period, which is neither: filings say when they were filed
or signed elsewhere, and companies number years and quarters in their own way.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from corpus.dating.published import find_published
from corpus.dating.written_dates import read_date
from corpus.filing_covers import FORM
from corpus.language.dates import date_forms, find_dates
from corpus.language.vocabulary import load_vocabulary

_MONTH = date_forms(load_vocabulary()).month
_YEAR = r"(?:19|20)\d\d"
_ENDED = re.compile(
    r"\b(?:fiscal year|quarterly period|year|quarter) ended[\W_]{1,20}"
    rf"({_MONTH}\s+\d\d?,\s+{_YEAR})",
    re.I,
)
_NEAR_CHARS = 60
_FILED = re.compile(
    r"\bfiled(?:\s+with\s+(?:the\s+)?(?:SEC|(?:U\.S\.\s+)?Securities\s+and\s+Exchange\s+Commission))?"
    r"(?:\s+on|\s*:)?\s+(?=[\dA-Z])",
    re.IGNORECASE,
)
_FORM_AND_DATE = re.compile(rf"\b{FORM}[\s,|:–—-]{{1,5}}(?=\d)")
_AS_OF = re.compile(r"^\s*FILED AS OF DATE:\s+(\d{8})\b", re.MULTILINE)
_AS_FILED = re.compile(
    r"^[^\w\n]*As (?:electronically )?filed with[\s\w.,]{3,80}?\bon[\s_*]+(?=[A-Z\d])", re.MULTILINE
)
_TOP_CHARS = 5_000
_SIGNED = re.compile(
    r"\bcaused\s+(?:this|the)\s[\w\s/-]{1,60}?\bto\s+be\s+signed\b"
    r"|\bundersigned\s+to\s+sign\s+this\b",
    re.IGNORECASE,
)
_SIGNATURE_CHARS = 1_500
_DATED = re.compile(r"\bdated?\b\s*(?:as\s+of\s*)?[:|\s_*]*$", re.IGNORECASE)
_DAY_OF = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\s+day\s+of\s+", re.IGNORECASE)

# How many months of its year a quarterly report covers, in the words of its tables.
_SPANS = (
    (3, re.compile(r"\b(?:nine|39|thirty[- ]nine)[- ](?:months|weeks)\s+ended\b", re.I)),
    (2, re.compile(r"\b(?:six|26|twenty[- ]six)[- ](?:months|weeks)\s+ended\b", re.I)),
    (1, re.compile(r"\b(?:three|13|thirteen)[- ](?:months|weeks)\s+ended\b", re.I)),
)
_TIMES = 3  # a whole report names its spans in the head of each table
_ORDINALS = ("first", "second", "third", "fourth")
_NAMED_QUARTER = re.compile(
    rf"\b(?:(first|second|third|fourth)\s+(?:fiscal\s+)?quarter|Q([1-4]))\s+(?:of\s+)?(?:our\s+)?"
    rf"(?:fiscal\s+|FY\s?)?(?:year\s+)?({_YEAR})\b",
    re.IGNORECASE,
)
_NAMED_YEAR = re.compile(
    rf"(?<!Act for )\b(?:fiscal\s+(?:years?\s+)?|FY\s?)({_YEAR})\b", re.IGNORECASE
)
_YEAR_AND_END = re.compile(
    rf"\bfiscal\s+(?:year\s+)?({_YEAR})[^.\n\d]{{0,60}}?\b(?:ends|ended|ending)\b[^.\n\d]{{0,12}}?"
    rf"({_MONTH}\s+\d\d?,\s+{_YEAR})",
    re.IGNORECASE,
)
_LATEST_MONTH = 6  # in which a year ends of which half or more lies in the year before
_AROUND_MONTHS_END = timedelta(days=8)  # a year of whole weeks ends up to a week from its month's


def find_filed(about: str, stated: str, text: str) -> str:
    """Return the ISO date on which a filing was made, "" where it does not say.

    `about` is what its file says of itself, `stated` an ISO date that comes with it, `text` the
    whole of it. That is the day that it is said to be filed on, else the day it was signed. Nobody
    files before signing, nor signs before the period ended: an earlier date is of something else.
    """
    top = text[:_TOP_CHARS]
    ended = _day(_ENDED.search(top))
    filed = [day for day in (*_filed(about, top), stated) if day > ended]
    signed = [day for day in _signed(text) if day > ended]
    if filed or signed:
        return max(filed[:1] + signed[:1])
    found = find_published(top)
    return found if found > ended else ""


def find_fiscal_period(form: str, first_pages: str, text: str) -> str:
    """Return the period that a filing is of ("Q1 2024", "2023"), as the company numbers its years.

    Which quarter it is, the spans of its tables tell; which year, the words of the text. Where it
    never speaks of a fiscal year, the end of the period decides; "" where no end is stated.
    """
    ended = _day(_ENDED.search(first_pages))
    if not ended:
        return ""
    month_end = date.fromisoformat(ended) - _AROUND_MONTHS_END
    if "Q" not in form:
        return str(_fiscal_year(month_end.replace(day=1), text, 0) or month_end.year)
    if quarter := _quarter(text):
        months = month_end.month + 3 * (4 - quarter)
        year_end = date(month_end.year + (months - 1) // 12, (months - 1) % 12 + 1, 1)
        if year := _fiscal_year(year_end, text, quarter):
            return f"Q{quarter} {year}"
    return f"Q{(month_end.month + 2) // 3} {month_end.year}"


def _day(match: re.Match[str] | None) -> str:
    return read_date(match[1]) if match else ""


def _filed(about: str, top: str) -> Iterator[str]:
    """Yield the days on which the words about a filing, or its top, say that it was filed."""
    for text, pattern in ((about, _FILED), (about, _FORM_AND_DATE), (top, _AS_FILED)):
        for match in pattern.finditer(text):
            near = text[match.end() : match.end() + _NEAR_CHARS]
            for written in find_dates(near, "month first"):
                if written.start < 3 and len(written.iso) == 10:
                    yield written.iso
    if as_of := _AS_OF.search(top):
        yield read_date(as_of[1])


def _signed(text: str) -> Iterator[str]:
    """Yield the days of signatures: said to be dates, or beginning or ending their lines."""
    for match in _SIGNED.finditer(text):
        below = _DAY_OF.sub(r"\1 ", text[match.end() : match.end() + _SIGNATURE_CHARS])
        for written in find_dates(below, "month first"):
            before = below[: written.start].rpartition("\n")[2]
            after = below[written.end :].partition("\n")[0]
            stands = not re.search(r"\w", before) or not re.search(r"\w", after)
            if len(written.iso) == 10 and (stands or _DATED.search(before)):
                yield written.iso


def _quarter(text: str) -> int:
    """Return which quarter of its year a report is of, by the longest span of its tables; 0."""
    counts = {quarter: len(pattern.findall(text)) for quarter, pattern in _SPANS}
    # A span that is longer, but rarely named, is of another report.
    often = (quarter for quarter, n in counts.items() if n >= _TIMES and 2 * n >= counts[1])
    return next(often, 0)


def _fiscal_year(year_end: date, text: str, quarter: int) -> int:
    """Return the fiscal year that ends in a month, as the text names it; 0 where it does not.

    It bears the year in which it ends or, where most of it lies in the one before, that. Years to
    compare with and years to come are named, too: of two, the later counts where it is named about
    as often.
    """
    if not (counts := _named_years(text, quarter)):
        return 0
    if year_end.month > _LATEST_MONTH:
        return year_end.year
    for stated in _YEAR_AND_END.finditer(text):
        day = read_date(stated[2])
        if day and (date.fromisoformat(day) - _AROUND_MONTHS_END).replace(day=1) == year_end:
            return int(stated[1])
    earlier, later = counts[year_end.year - 1], counts[year_end.year]
    return year_end.year - (1 if earlier > 2 * later else 0)


def _named_years(text: str, quarter: int) -> Counter[int]:
    """Return how often each fiscal year is named with a quarter, or else at all."""
    years: Counter[int] = Counter()
    for word, figure, year in _NAMED_QUARTER.findall(text):
        if quarter == (int(figure) if figure else _ORDINALS.index(word.lower()) + 1):
            years[int(year)] += 1
    return years or Counter(map(int, _NAMED_YEAR.findall(text)))
