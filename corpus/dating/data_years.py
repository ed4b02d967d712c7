"""Finding the years that a source has data for.

A year counts that heads a column, that stands in a span of years or in a row of years, that a
sentence names together with a figure ("45,000 t in 2024"), or that is named again and again. The
years of forecasts and targets count like any other, since whoever asks for 2030 looks for them.
What only looks like a year does not: numbers of laws and reports, figures, the year in a title of
a series, in a copyright note or in a source's own date, years of references and of foundation.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.dating.own_dates import own_dates
from corpus.dating.written_dates import date_words, day_order
from corpus.language.dates import date_forms
from corpus.language.identification import small_words
from corpus.language.periods import PeriodMention, find_periods
from corpus.language.quantities import find_quantities
from corpus.language.vocabulary import load_vocabulary

_FIRST_YEAR = 1800
_LONGEST_SPAN = 40  # a longer one is the scope of an archive, not of this source
_ROW = 3  # years in a row are of a table
_SHORT_LINE = 130  # running heads are shorter
_RUNS = 3
_OFTEN = 2
_FOUNDED_CHARS = 80
_YEAR_CHARS = 4
_DECADE_CHARS = 5  # "1990s"
# What is measured where four digits are an amount and no year.
_MEASURED = frozenset(
    (
        *("mass", "mass rate", "length", "area", "volume", "power", "energy", "time", "share"),
        *("money", "people", "vehicles", "magnets", "count"),
    )
)

_NOT_YEARS = re.compile(
    r"https?://\S+|www\.\S+|\bdoi:?\s?\S+|\b10\.\d{4,}/\S+"  # addresses
    r"|\b\d{1,3} ?(?:U\.?S\.?C\.?|C\.?F\.?R\.?|F\.?R\.?|Stat\.?)(?: §+| part)? ?\d[\d.A-Za-z-]*"
    r"|\b(?:ISO|IEC|DIN|ASTM|GB/T|SAE)[ -]?(?:/[A-Z]+ )?\d[\d:.-]*"
    rf"|§+ ?\d[\d.]*|\b{date_words('numbered')} (?:no\. )?[\d–-]+(?!\S*\d)"
    r"|\b\d{1,4}/(?:19|20)\d\d\b|\b(?:19|20)\d\d/\d{3,4}(?!\d)"  # laws of the European Union
    r"|(?-i:\b[A-Z][A-Za-z]*-?(?:19|20)\d\d-\w+)|\b(?:19|20)\d\d[-–](?:[A-Z]\d+|\d{3,5}\b(?<!-19..)(?<!-20..)"
    r"(?<!–19..)(?<!–20..))"  # numbers of reports
    rf"|\b{date_words('law')}(?: of|,) (?:19|20)\d\d\b"
    rf"|\ban? (?:19|20)\d\d {date_words('document')}\b"
    r"|\bAct for (?:Fiscal Year )?(?:19|20)\d\d\b"
    r"|(?-i:\b(?:[A-Z][\w’'-]+(?: (?:and|&) [A-Z][\w’'-]+)?|et al\.?),? \(?(?:19|20)\d\d[a-d]?\))"
    r"|\(c\) ?\d{4}|©[^\n]{0,30}?\d{4}|copyright\D{0,20}\d{4}(?:[-–]\d{4})?",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"\b(?:Mineral Commodity Summar(?:y|ies)|Minerals Yearbook|(?:Annual|Sustainability|Quarterly) "
    r"Report|[A-Z]\w+ (?:Outlook|Yearbook|Review|Summit|Conference)|MCS|MYB|Form 10-[KQ]|edition),?"
    rf"(?: (?:for|of|{date_forms(load_vocabulary()).month}))? (?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d (?:Mineral Commodity Summaries|Minerals Yearbook|Annual Report"
    r"|edition|draft list|final list)",
    re.IGNORECASE,
)
_FOUNDED = re.compile(
    rf"(?:\b|(?<=[^A-Za-z])){date_words('founded')}(?: \w+){{0,4}}?(?: {date_words('in')}|于)? ?$",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"\d[.,\u00a0\u202f]\d")
_WORDS_BEHIND = re.compile(r"[\s-](([^\W\d_]+)(?: [^\W\d_]+)?)")
_SMALL_WORDS: frozenset[str] = frozenset().union(
    *small_words().values()
)  # "um" is no micrometre behind a year
_YEARS_ONLY = re.compile(r"(?:FY)?\d{4}/(?:FY)?\d{4}")
_BETWEEN_YEARS = re.compile(r"[\s|,;]*")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|[。！？；]|\n\s*\n|\n(?=\s*[-*•|#])")
_MAY_HOLD_YEAR = re.compile(r"(?:1[89]|20)\d\d|(?:FY|CY|[QH][1-4]|[1-4][QH])[ '’-]?\d\d(?!\d)")

_OPENING_CHARS = 20_000  # of a text, in which it may tell its own date


def find_data_years(headers: Iterable[str], text: str) -> tuple[int, ...]:
    """Return the years, in order, that a source has data for by its column heads and its text."""
    years: set[int] = set()
    for header in headers:
        times = find_periods(header)
        years.update(year for one in times for year in (*_spanned(one), *_single(header, times)))
    named: Counter[int] = Counter()
    for sentence in _SENTENCE.split(_body(text)):
        if not _MAY_HOLD_YEAR.search(sentence):
            continue
        times = find_periods(sentence)
        years.update(year for one in times for year in _spanned(one))
        years.update(_in_rows(sentence, times))
        found = [*_single(sentence, times)]
        if not years.issuperset(found) and _has_quantity(sentence):
            years.update(found)
        named.update(found)
    return tuple(sorted(years | {year for year, count in named.items() if count >= _OFTEN}))


def _body(text: str) -> str:
    """Return a text without its own dates, running heads and what only looks like years."""
    pieces: list[str] = []
    position = 0
    opening = text[:_OPENING_CHARS]
    for own in own_dates(opening, day_order(opening)):
        if own.role not in ("alone", "effective"):
            pieces += [text[position : own.start], " "]
            position = own.end
    lines = "".join([*pieces, text[position:]]).splitlines()
    counted = Counter(_running(line) for line in lines if len(line) <= _SHORT_LINE)
    kept = (line for line in lines if counted[_running(line)] < _RUNS or line.startswith("|"))
    return _TITLES.sub(" ", _NOT_YEARS.sub(" ", "\n".join(kept)))


def _running(line: str) -> str:
    """Return a line as a running head that repeats on other pages, its page number apart."""
    return re.sub(r"^\W*\d{1,3}\b|\b\d{1,3}\W*$", "", line).strip()


def _spanned(one: PeriodMention) -> tuple[int, ...]:
    """Return the years of a span of years, and those that end other times; none of a year alone."""
    years = one.period.years
    if one.period.text.startswith("P"):
        return years
    if not _is_span(one) or one.end - one.start == _DECADE_CHARS or len(years) > _LONGEST_SPAN + 1:
        return ()
    return years if _YEARS_ONLY.fullmatch(one.period.text) else (years[0], years[-1])


def _is_span(one: PeriodMention) -> bool:
    return "/" in one.period.text and not one.period.is_open


def _in_rows(sentence: str, times: Iterable[PeriodMention]) -> Iterator[int]:
    """Yield the years of rows that hold nothing else, as heads of tables do."""
    row: list[PeriodMention] = []
    for one in times:
        if len(one.period.text) != _YEAR_CHARS:
            continue
        if row and not _BETWEEN_YEARS.fullmatch(sentence, row[-1].end, one.start):
            row = []
        row.append(one)
        if len(row) >= _ROW:
            yield from (time.period.year for time in row)


def _single(sentence: str, times: Iterable[PeriodMention]) -> Iterator[int]:
    for one in times:
        year = one.period.year
        before = sentence[max(0, one.start - _FOUNDED_CHARS) : one.start]
        is_time = year >= _FIRST_YEAR and not _is_span(one) and not _is_amount(sentence, one)
        if is_time and not _FOUNDED.search(before):
            yield year


def _is_amount(sentence: str, one: PeriodMention) -> bool:
    """Tell whether the digits of a year are an amount: "2000 tons", "a 2000-ton line"."""
    behind = _WORDS_BEHIND.match(sentence, one.end)
    if not behind or not sentence[one.start : one.end].isdigit() or behind[2] in _SMALL_WORDS:
        return False
    # With digits that are no year, to see whether words are a unit.
    found = find_quantities(f"9 {behind[1]}")
    return bool(found) and found[0].quantity.dimension in _MEASURED


def _has_quantity(sentence: str) -> bool:
    """Tell whether a sentence holds a figure of data: with a unit, thousands or decimals."""
    for one in find_quantities(sentence):
        has_unit = one.quantity.unit and one.quantity.dimension != "time"
        if has_unit or _BROKEN.search(sentence, one.start, one.end):
            return True
    return False
