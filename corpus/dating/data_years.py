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
from corpus.dating.written_dates import day_order
from corpus.language.periods import find_years

_LONGEST_SPAN = 40  # a longer one is the scope of an archive, not of this source
_SHORT_LINE = 130  # running heads are shorter
_RUNS = 3
_OFTEN = 2
_FOUNDED_CHARS = 80

_UNITS = (
    r"(?:metric|short|long)?\s?(?:tons?|tonnes?|mt|t|kt|kg|g|lbs?|pounds|kilograms?|grams?|tpa|tpy|"
    r"km|m|mm|cm|miles|met[er]{2}s|hectares|acres|MW|GW|MWh|GWh|kWh|ppm|ppb|people|employees|jobs|"
    r"workers|units|vehicles|magnets|dollars|euros|yuan|RMB|USD|hours|days|percent|per cent|"
    r"t\s?REO|TREO|оксидов|тонн|Tonnen|tonnes|toneladas|tonnellate|公斤|吨|噸|トン|톤)"
)
_NOT_YEARS = re.compile(
    r"https?://\S+|www\.\S+|\bdoi:?\s?\S+|\b10\.\d{4,}/\S+"  # addresses
    r"|\b\d{1,3} ?(?:U\.?S\.?C\.?|C\.?F\.?R\.?|F\.?R\.?|Stat\.?)(?: §+| part)? ?\d[\d.A-Za-z-]*"
    r"|\b(?:ISO|IEC|DIN|ASTM|GB/T|SAE)[ -]?(?:/[A-Z]+ )?\d[\d:.-]*"
    r"|§+ ?\d[\d.]*|\b(?:sections?|sec\.|articles?|pp?\.|pages?|notes?|docket|public law|pub\. l\."
    r"|executive order|e\.o\.|no\.|nr\.|number|room|suite|box) (?:no\. )?[\d–-]+(?!\S*\d)"
    r"|\b\d{1,4}/(?:19|20)\d\d\b|\b(?:19|20)\d\d/\d{3,4}(?!\d)"  # laws of the European Union
    r"|(?-i:\b[A-Z][A-Za-z]*-?(?:19|20)\d\d-\w+)|\b(?:19|20)\d\d[-–](?:[A-Z]\d+|\d{3,5}\b(?<!-19..)(?<!-20..)"
    r"(?<!–19..)(?<!–20..))"  # numbers of reports
    r"|\b(?:Act|Law|Directive|Decree|Bill|Rules|Regulations?)(?: of|,) (?:19|20)\d\d\b"
    r"|\ban? (?:19|20)\d\d (?:report|study|review|survey|law|paper|article|agreement|ruling)\b"
    r"|\bAct for (?:Fiscal Year )?(?:19|20)\d\d\b"
    r"|(?-i:\b(?:[A-Z][\w’'-]+(?: (?:and|&) [A-Z][\w’'-]+)?|et al\.?),? \(?(?:19|20)\d\d[a-d]?\))"
    r"|\(c\) ?\d{4}|©[^\n]{0,30}?\d{4}|copyright\D{0,20}\d{4}(?:[-–]\d{4})?",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"\b(?:Mineral Commodity Summar(?:y|ies)|Minerals Yearbook|(?:Annual|Sustainability|Quarterly) "
    r"Report|[A-Z]\w+ (?:Outlook|Yearbook|Review|Summit|Conference)|MCS|MYB|Form 10-[KQ]|edition),?"
    r"(?: (?:for|January|February|of))? (?:19|20)\d\d\b|\b(?:19|20)\d\d (?:Mineral Commodity "
    r"Summaries|Minerals Yearbook|Annual Report|edition|draft list|final list)",
    re.IGNORECASE,
)
_FOUNDED = re.compile(
    r"\b(?:founded|established|incorporated|formed|born|died|created|listed|discovered|enacted|"
    r"signed|gegründet|fondée?|fundad[ao]|成立|основан\w*)(?: \w+){0,4}?"
    r"(?: in| im Jahr| en| em|于)? ?$",
    re.IGNORECASE,
)
_YEAR = r"(?:1[89]|20)\d\d"
_BEFORE = r"(?<![A-Za-z0-9_$€£¥/])(?<!\d[,.])(?<!\d[–-])(?<![A-Z]-)"
_SPAN = re.compile(
    rf"{_BEFORE}({_YEAR})(?:\s?[–—-]\s?|\s?/\s?|\s(?:to|through|until|bis|à|a|至)\s)"
    rf"({_YEAR}|\d\d)(?![\d/]|[,.]\d|-\d)"
)
_BETWEEN = re.compile(rf"\b(?:between|entre|zwischen) ({_YEAR}) (?:and|et|y|und) ({_YEAR})\b", re.I)
_ROW = re.compile(rf"{_BEFORE}{_YEAR}[epr]?(?:[\s|,;]+{_YEAR}[epr]?(?![\d\w])){{2,}}")
_SHORT = re.compile(r"\b(?:FY|CY|[1-4][QH]|[QH][1-4])[ '’-]?(\d\d)(?!\d)")
_ENDED = re.compile(
    rf"\b(?:quarter|year|months|half|period)\s+(?:ended|ending|to)\s+[\w\s.,]{{0,20}}?({_YEAR})(?!\d)",
    re.IGNORECASE,
)
_PERIOD = re.compile(rf"\b(?:FY|CY|[1-4][QH]|[QH][1-4])-?({_YEAR})(?!\d)")
_ONE = re.compile(
    rf"{_BEFORE}({_YEAR})(?:[eEfFpPr])?(?![A-Za-z0-9_%°]|[,.]\d|\s?(?:%|°)|[–-]\d(?!\d-\d\d)|[\s-]{_UNITS}(?!\w))"
)
_QUANTITY = re.compile(
    rf"[$€£¥]\s?\d|\d\s?%|\d[\s\u00a0\u202f-]?{_UNITS}(?![a-z])|\d\s?[万萬千百億亿만]"
    r"|\d\s(?:thousand|[mb]illion|trillion|Million|Milliard|millones|milhões|тыс|млн|Prozent|Mio)"
    r"|(?<![\d.,/])\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)|(?<![\d.,])\d+[.,]\d+(?![\d.])"
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|[。！？；]|\n\s*\n|\n(?=\s*[-*•|#])")

_OPENING_CHARS = 20_000  # of a text, in which it may tell its own date


def find_data_years(headers: Iterable[str], text: str) -> tuple[int, ...]:
    """Return the years, in order, that a source has data for by its column heads and its text."""
    years = {year for header in headers for year in (*find_years(header), *_spanned(header))}
    named: Counter[int] = Counter()
    for sentence in _SENTENCE.split(_body(text)):
        years |= _spanned(sentence)
        years |= {int(year) for year in _ENDED.findall(sentence)}
        years |= {int(y) for row in _ROW.findall(sentence) for y in re.findall(_YEAR, row)}
        found = [*_single(sentence)]
        if found and _QUANTITY.search(sentence):
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


def _spanned(text: str) -> set[int]:
    years: set[int] = set()
    for first, last in (*_SPAN.findall(text), *_BETWEEN.findall(text)):
        start = int(first)
        end = int(last) if len(last) == 4 else start // 100 * 100 + int(last)
        if start < end <= start + _LONGEST_SPAN:
            years.update(range(start, end + 1))
    return years


def _single(sentence: str) -> Iterator[int]:
    for match in _ONE.finditer(sentence):
        if not _FOUNDED.search(sentence[max(0, match.start() - _FOUNDED_CHARS) : match.start()]):
            yield int(match[1])
    yield from (int(year) for year in _PERIOD.findall(sentence))
    yield from (2000 + int(year) for year in _SHORT.findall(sentence))
