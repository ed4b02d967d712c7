"""What a head or label says of time: a year, a part of one, and the edition that speaks."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.language.periods import find_years

_EDITION = re.compile(
    r"(?P<name>\bMCS\b|\bMineral Commodity Summar(?:y|ies)\b|\bMYB\b|\bMinerals Yearbook\b)"
    r"(?:,?\s+(?:edition\s+)?)(?P<year>(?:19|20)\d\d)"
    r"(?:,?\s+\(?(?:v\.?|version)\s?(?P<version>\d+(?:\.\d+)*)\)?)?(?:\s+tables?\b)?"
    r"|(?P<series>\bData Series \d+\b|\bDS ?\d{3}\b)",
    re.IGNORECASE,
)
_SHORT = {"mineral": "MCS", "mcs": "MCS", "minerals": "MYB", "myb": "MYB"}
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_PART = re.compile(
    rf"\b(?:FY\s?\d{{2,4}}|fiscal(?: year)?|[QH][1-4]\b|{_MONTH}|"
    r"(?:first|second|third|fourth|last) (?:quarter|half|batch|six months|nine months)|"
    r"(?:March|June|September|December) quarter|quarter|half[- ]year|first|second|third|fourth|"
    r"nine months|six months)",
    re.IGNORECASE,
)
_FISCAL = re.compile(r"\bFY\s?(\d{4}|\d\d)\b", re.IGNORECASE)
_WHOLE_YEAR = re.compile(
    r"^\W*(?:full[- ]year|year|calendar year|in|as of|total|annual)?\W*(?P<year>(?:19|20)\d\d)"
    r"\W*(?:e|est|estimated?|preliminary|revised|r|p)?\W*$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?:19|20)\d\d\s?(?:[-\u2010-\u2015]|to|through)\s?(?:(?:19|20)?\d\d)\b")
_EDITION_SPAN = 5  # years that an edition looks back
_ORDER = (
    ("first", 1), ("q1", 1), ("second", 4), ("q2", 4), ("third", 7), ("q3", 7), ("fourth", 10),
    ("q4", 10), ("h1", 1), ("h2", 7),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a series of publications, "MCS 2026", with its version, "1.3" or "".

    `year` is 0 for a series that has no editions by year; no name is no edition.
    """

    name: str
    year: int
    version: str = ""

    @property
    def rank(self) -> tuple[int, ...]:
        """How new it is, for comparing."""
        return (self.year, *(int(figure) for figure in re.findall(r"\d+", self.version)))

    def __str__(self) -> str:
        year = f" {self.year}" if self.year else ""
        return f"{self.name}{year}" + (f" v{self.version}" if self.version else "")

    def covers(self, year: int) -> bool:
        """Tell whether a yearly publication speaks of a year: one of the last before it."""
        return not (self.year and year) or self.year - _EDITION_SPAN <= year <= self.year


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or a part of one in the words of its source; `year` is 0 where none is named."""

    year: int = 0
    part: str = ""

    @property
    def is_span(self) -> bool:
        """Whether it is several years, not a part of one."""
        return bool(_RANGE.fullmatch(self.part))

    @property
    def order(self) -> tuple[int, int, str]:
        """Where it stands among others: parts of a year before the year as a whole."""
        folded = self.part.lower()
        month = next((at for at, name in enumerate(_MONTHS, 1) if name in folded), 0)
        month = month or next((at for word, at in _ORDER if word in folded), 13)
        return (self.year, month if self.part else 14, folded)

    def __str__(self) -> str:
        return self.part or (str(self.year) if self.year else "")


@lru_cache(maxsize=20_000)
def find_editions(text: str) -> tuple[Edition, ...]:
    """Return the editions that a text names, in order."""
    return tuple(_edition(match) for match in _EDITION.finditer(text))


def _edition(match: re.Match[str]) -> Edition:
    if match["series"]:
        return Edition(match["series"], 0)
    name = _SHORT[match["name"].split()[0].lower()]
    return Edition(name, int(match["year"]), match["version"] or "")


@lru_cache(maxsize=20_000)
def without_editions(text: str) -> str:
    """Return a text without the editions that it names."""
    return re.sub(r"\(\s*\)", " ", _EDITION.sub(" ", text))


@lru_cache(maxsize=20_000)
def find_period(text: str) -> Period:
    """Return the time that a head or label is of, Period() where it names none or several apart.

    Names of editions are no time: take them off before.
    """
    text = " ".join(text.split())
    if span := _RANGE.search(text):
        return Period(int(find_years(text)[-1]), span.group())
    fiscal = _FISCAL.search(text)
    years = find_years(text) or ((_four_digits(fiscal[1]),) if fiscal else ())
    if len(years) != 1:
        return Period()
    if _WHOLE_YEAR.match(text):
        return Period(years[0])
    told = [match.span() for match in _PART.finditer(text)]
    if not told:
        return Period(years[0])
    at = text.find(str(years[0]))
    spans = [*told, (at, at + 4)] if at >= 0 else told
    part = text[min(start for start, _ in spans) : max(end for _, end in spans)]
    return Period(years[0], part.strip(" ,;:()"))


@lru_cache(maxsize=20_000)
def without_period(text: str) -> str:
    """Return a text without the year, or part of one, that it names."""
    text = re.sub(r"\b(?:full[- ]year|calendar year)\b", " ", text, flags=re.IGNORECASE)
    period = find_period(text)
    if period.part and period.part in text:
        text = text.replace(period.part, " ", 1)
    text = re.sub(
        r"(?<![\d,.$])(?:19|20)\d\d(?![\d,]\d)(?:\s?\(?(?:e|r|estimated?)\b\)?)?", " ", text
    )
    return re.sub(r"\s+", " ", re.sub(r"\(\s*\)", " ", text)).strip(" ,;:-")


def _four_digits(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)
