"""When a filing with a regulator was made, and which fiscal period it is of.

The date on a cover is the end of the period, which is neither: filings say when they were filed
or signed elsewhere, and companies number years and quarters in their own way.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from corpus.dating.published import find_published
from corpus.dating.written_dates import read_date
from corpus.description.filing_covers import FORM
from corpus.language.dates import find_dates
from corpus.language.periods import PeriodMention, find_periods, lengths_ended
from corpus.language.vocabulary import any_form, load_vocabulary

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
_Timed = tuple[str, Sequence[PeriodMention]]  # a sentence and its times
_TOP_CHARS = 5_000
_SIGNED = re.compile(
    r"\bcaused\s+(?:this|the)\s[\w\s/-]{1,60}?\bto\s+be\s+signed\b"
    r"|\bundersigned\s+to\s+sign\s+this\b",
    re.IGNORECASE,
)
_SIGNATURE_CHARS = 1_500
_DATED = re.compile(r"\bdated?\b\s*(?:as\s+of\s*)?[:|\s_*]*$", re.IGNORECASE)
_DAY_OF = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\s+day\s+of\s+", re.IGNORECASE)

_TIMES = 3  # a whole report names its spans in the head of each table
_FISCAL = re.compile(
    r"(?<!\w)(?:"
    + any_form(
        form
        for kind in ("fiscal", "quarter 1", "quarter 2", "quarter 3", "quarter 4")
        for form in load_vocabulary().words("periods", kind)
    )
    + r"|Q[1-4]\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;])\s+|\n\s*\n")
_OF_FISCAL_YEAR = re.compile(r"(?:FY)?(?P<year>\d{4})-Q(?P<quarter>\d)|FY(?P<only>\d{4})")
_NO_YEAR_OF_ITS_OWN = re.compile(r"\bAct for $")
_ENDS = re.compile(r"[^.\n\d]{0,60}?\b(?:ends|ended|ending)\b[^.\n\d]{0,12}?")
_LATEST_MONTH = 6  # in which a year ends of which half or more lies in the year before
_AROUND_MONTHS_END = timedelta(days=8)  # a year of whole weeks ends up to a week from its month's


def find_filed(about: str, stated: str, text: str) -> str:
    """Return the ISO date on which a filing was made, "" where it does not say.

    `about` is what its file says of itself, `stated` an ISO date that comes with it, `text` the
    whole of it. That is the day that it is said to be filed on, else the day it was signed. Nobody
    files before signing, nor signs before the period ended: an earlier date is of something else.
    """
    top = text[:_TOP_CHARS]
    ended = _end(top)
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
    ended = _end(first_pages)
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


def _end(cover: str) -> str:
    """Return the day on which the first period of a cover ended, ""."""
    ended = (one.period for one in find_periods(cover) if one.period.text.startswith("P"))
    return next((period.last for period in ended), "")


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
    counts = Counter(months // 3 for months in lengths_ended(text) if months in (3, 6, 9))
    # A span that is longer, but rarely named, is of another report.
    often = (q for q in (3, 2, 1) if counts[q] >= _TIMES and 2 * counts[q] >= counts[1])
    return next(often, 0)


def _fiscal_year(year_end: date, text: str, quarter: int) -> int:
    """Return the fiscal year that ends in a month, as the text names it; 0 where it does not.

    It bears the year in which it ends or, where most of it lies in the one before, that. Years to
    compare with and years to come are named, too: of two, the later counts where it is named about
    as often.
    """
    times = tuple(_fiscal_times(text))
    if not (counts := _named_years(times, quarter)):
        return 0
    if year_end.month > _LATEST_MONTH:
        return year_end.year
    for year, day in _stated_ends(times):
        if (date.fromisoformat(day) - _AROUND_MONTHS_END).replace(day=1) == year_end:
            return year
    earlier, later = counts[year_end.year - 1], counts[year_end.year]
    return year_end.year - (1 if earlier > 2 * later else 0)


def _fiscal_times(text: str) -> Iterator[_Timed]:
    """Yield the sentences of a text that speak of fiscal years or quarters, with their times."""
    for sentence in _SENTENCE.split(text):
        if _FISCAL.search(sentence):
            yield sentence, find_periods(sentence)


def _stated_ends(fiscal: Iterable[_Timed]) -> Iterator[tuple[int, str]]:
    """Yield the fiscal years of which sentences say on which day they end, with that day."""
    for sentence, times in fiscal:
        for one, other in pairwise(times):
            is_year = _OF_FISCAL_YEAR.fullmatch(one.period.text)
            if is_year and other.period.last and _ENDS.fullmatch(sentence, one.end, other.start):
                yield one.period.year, other.period.last


def _named_years(fiscal: Iterable[_Timed], quarter: int) -> Counter[int]:
    """Return how often each fiscal year is named with a quarter, or else at all."""
    with_quarter: Counter[int] = Counter()
    named: Counter[int] = Counter()
    for sentence, times in fiscal:
        for one in times:
            of = _OF_FISCAL_YEAR.match(one.period.text)
            if not of or _NO_YEAR_OF_ITS_OWN.search(sentence, 0, one.start):
                continue
            if of["quarter"] and int(of["quarter"]) == quarter:
                with_quarter[int(of["year"])] += 1
            if one.period.text.startswith("FY"):
                named[one.period.year] += 1
    return with_quarter or named
