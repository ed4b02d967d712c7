"""The times that a text speaks of: years, and the parts of a year.

A year inside the name of an edition ("Mineral Commodity Summaries 2026") or of what is cited in
brackets ("(Reuters, August 2025)") says when something was published, not what it speaks of.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.language.periods import find_years
from corpus.lexicon import load_lexicon

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = re.compile(
    r"\b(?:(jan)(?:uary\b|\.)|(feb)(?:ruary\b|\.)|(mar)(?:ch\b|\.)|(apr)(?:il\b|\.)|"
    r"(?-i:(May)(?=\s+\d|,|\s+to\b|\s+and\b|\)|\.|:|\s*\||\s*$|\s+[A-Z]))|"  # or a verb
    r"(jun)(?:e\b|\.)|(jul)(?:y\b|\.)|(aug)(?:ust\b|\.)|(sep)(?:tember\b|t\.|\.)|"
    r"(oct)(?:ober\b|\.)|(nov)(?:ember\b|\.)|(dec)(?:ember\b|\.))",
    re.IGNORECASE,
)
# The month in which a year ends says which year it is: "the financial year to June 2023".
_YEAR_TO = re.compile(
    r"(?<!half )(?<!half-)\b(?:year|twelve months) (?:to|ended|ending|"
    r"through)(?: \d+)? (?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b",
    re.IGNORECASE,
)
_SEASON = re.compile(
    r"\b(spring|summer|autumn|fall|winter)(?= of (?:19|20)\d\d| (?:19|20)\d\d)", re.I
)
_SEASONS = {"spring": (2, 3, 4), "summer": (5, 6, 7), "autumn": (8, 9, 10), "fall": (8, 9, 10),
            "winter": (11, 0, 1)}  # fmt: skip
# "its 2025 study": the year in which it was published.
_PUBLISHED = re.compile(
    r"\b((?:19|20)\d\d)\s+(?:(?!annual)[\w-]+\s)?(?:study|report|review|comparison|assessment|"
    r"filing|paper|article|survey|presentation|prospectus|fact sheet|release|testimony|audit|"
    r"summary|summaries|chapters?|list)\b",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"\b(?:MCS|MYB|Mineral Commodity Summar(?:y|ies)|Minerals Yearbook|Yearbook)"
    r"(?:,?\s+(?:edition\s+)?)?(?:19|20)\d\d(?:[\s-](?:edition|tables))?"
    r"|\b(?:19|20)\d\d\s+(?:MCS|Mineral Commodity Summar(?:y|ies)|edition|Minerals Yearbook)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\b(?:19|20)\d\d[^()]*\)")
_RANGE = re.compile(
    r"\b((?:19|20)\d\d)\s?(?:–|-|to|through|until|and)\s?((?:19|20)?\d\d)\b(?!\s?%)", re.IGNORECASE
)
_FISCAL = re.compile(r"\b(?:FY|fiscal year|financial year)\s?'?(\d\d)\b(?!\d)", re.IGNORECASE)


def _quarter(name: str, ordinals: str, last: str, months: str) -> tuple[str, re.Pattern[str]]:
    """Return a quarter with the pattern of its names: "December quarter", "Q4", "Oct.-Dec."."""
    pattern = (
        rf"\b(?:{ordinals})[- ]quarter\b|\b{name}\b|\b{last} (?:(?:19|20)\d\d )?quarter\b|"
        rf"\b(?:quarter|three months) (?:to|ended|ending)(?: \d+)? {last}\b|{months}"
    )
    return name, re.compile(pattern, re.IGNORECASE)


_PARTS = (
    ("H1", re.compile(r"\bfirst half\b|\bmid[- ](?=(?:19|20)\d\d)|\bH1\b|\bfirst six months\b|"
                      r"\bhalf[- ]year\b(?! (?:to|ended|ending)(?: \d+)? December)", re.I)),
    ("H2", re.compile(r"\bsecond half\b|\blast six months\b|\bH2\b|"
                      r"\b(?:half[- ]year|six months) (?:to|ended|"
                      r"ending)(?: \d+)? December\b", re.I)),
    ("9M", re.compile(r"\b(?:first )?(?:nine|9) months\b", re.I)),
    _quarter("Q1", "first|1st", "March", r"\bJan(?:uary)?\.?(?: to |[–-])Mar(?:ch)?\b"),
    _quarter("Q2", "second|2nd", "June", r"\bApr(?:il)?\.?(?: to |[–-])June?\b"),
    _quarter("Q3", "third|3rd", "September", r"\bJuly?\.?(?: to |[–-])Sept(?:ember)?\b"),
    _quarter("Q4", "fourth|4th|last|final", "December",
             r"\bOct(?:ober)?\.?(?: to |[–-])Dec(?:ember)?\b"),
)  # fmt: skip
_LAST_MONTHS = {"H1": 6, "H2": 12, "9M": 9, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}
_BATCH = re.compile(
    r"\b(first|second|third|fourth|1st|2nd|3rd|4th)\s+(phase|stage|batch|line|round|tranche)\b"
    r"|\b(phase|stage|batch|line|round)\s+(\d|one|two|three|four)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:full|whole|calendar|entire)[- ]year\b|\bas a whole\b|\bin the whole of\b|"
    r"\bcalendar (?:19|20)\d\d|\bfull[- ]year\b",
    re.IGNORECASE,
)
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"} | {
    "1": "first", "2": "second", "3": "third", "4": "fourth",
    "one": "first", "two": "second", "three": "third", "four": "fourth",
}  # fmt: skip
_LONGEST_RANGE = 40  # years

PUBLISHER_KINDS = ("publisher", "publication", "archive", "agency")  # of the lexicon

_AFTER_ITS_END = re.compile(  # that is another year
    r"\bafter (?:December 31,? |31 December |the end of )((?:19|20)\d\d)\b", re.IGNORECASE
)
_BEFORE_ITS_START = re.compile(
    r"\bbefore (?:January 1,? |1 January |the (?:start|beginning) of )((?:19|20)\d\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a text. `within` are the years inside a range whose ends it names.

    `parts` are quarters and halves ("Q3", "H1"), `steps` the batches and phases ("first batch"),
    `published` the years of what a question cites ("its 2025 study").
    """

    years: frozenset[int] = frozenset()
    within: frozenset[int] = frozenset()
    months: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    whole_year: bool = False
    published: frozenset[int] = frozenset()

    @property
    def latest(self) -> tuple[int, int]:
        """The last year that is named, 0 for none, and the last month that is, by its number."""
        ends = [_MONTHS.index(month) + 1 for month in self.months]
        ends += [_LAST_MONTHS[part] for part in self.parts]
        return max(self.years, default=0), max(ends, default=0)


@lru_cache(maxsize=8_000)
def times_told(text: str) -> Times:
    """Return the times that a text speaks of, those of what it cites aside."""
    text = _YEAR_TO.sub("year", without_citations(text))
    text = _AFTER_ITS_END.sub(lambda match: str(int(match[1]) + 1), text)
    text = _BEFORE_ITS_START.sub(lambda match: str(int(match[1]) - 1), text)
    years = set(find_years(text)) | {2000 + int(year) for year in _FISCAL.findall(text)}
    within: set[int] = set()
    for first, last in _RANGE.findall(text):
        start = int(first)
        end = int(last) if len(last) == 4 else start // 100 * 100 + int(last)
        if 0 < end - start <= _LONGEST_RANGE:
            years.add(end)
            within |= set(range(start + 1, end))
    return Times(
        frozenset(years),
        frozenset(within - years),
        frozenset(_month_names(text)),
        frozenset(name for name, pattern in _PARTS if pattern.search(text)),
        frozenset(_steps(text)),
        bool(_WHOLE.search(text)),
    )


def times_asked(text: str) -> Times:
    """Return the times that a question asks for, and apart when what it cites appeared."""
    published = frozenset(int(year) for year in _PUBLISHED.findall(text))
    return replace(times_told(_PUBLISHED.sub(" ", text)), published=published)


def without_citations(text: str) -> str:
    """Return a text without names of editions and without what it cites in brackets."""
    return _EDITION.sub(" ", _BRACKETS.sub(_kept_brackets, text))


def names_edition(text: str) -> bool:
    """Tell whether a text names an edition of a publication."""
    return bool(_EDITION.search(text))


def _kept_brackets(match: re.Match[str]) -> str:
    """Return brackets that say something; nothing where they name who published it, and when."""
    cited = any(
        mention.entry.kind in PUBLISHER_KINDS
        for mention in load_lexicon().find_mentions(match.group())
    )
    return " " if cited or _CITED.fullmatch(match.group()) else match.group()


# "(Rare Earth Exchanges, 20 August 2025)": capitals, a comma, a date.
_CITED = re.compile(
    r"\((?:[a-z]+ )?[A-Z][\w.&’' -]*(?: via [A-Z][\w.&’' -]*)?,? (?:\d{1,2} )?(?:[A-Z][a-z]+ )?"
    r"(?:\d{1,2}, )?(?:19|20)\d\d\)"
)


def _month_names(text: str) -> set[str]:
    named = {
        _MONTHS[index]
        for match in _MONTH.finditer(text)
        for index, found in enumerate(match.groups())
        if found
    }
    seasons = (_SEASONS[season.lower()] for season in _SEASON.findall(text))
    return named | {_MONTHS[index] for season in seasons for index in season}


def _steps(text: str) -> set[str]:
    found = set()
    for ordinal, noun, other_noun, number in _BATCH.findall(text):
        which = (ordinal or number).lower()
        found.add(f"{_ORDINALS.get(which, which)} {(noun or other_noun).lower()}")
    return found
