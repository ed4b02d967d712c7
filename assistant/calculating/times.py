"""The years, financial years and editions that questions, columns and labels name."""

import re
from dataclasses import dataclass

_EDITION = re.compile(
    r"\b(?P<series>MCS|Mineral Commodity Summar(?:y|ies)|MYB|Minerals Yearbook)(?:,?\s+edition)?"
    r",?\s+(?P<year>20\d\d)(?:(?:,?\s+(?:version\s+|v\.?\s?))(?P<version>\d+(?:\.\d+)?))?"
    r"|\b(?:the\s+)?(?P<only>20\d\d)\s+(?:MCS|Mineral Commodity Summar(?:y|ies)|edition)\b",
    re.IGNORECASE,
)
_YEAR = r"(?:1[89]|20)\d\d"
_TIME = re.compile(
    rf"\bFY\s?['’]?(?P<fiscal>20\d\d|\d\d)\b|(?<![\d,.$])(?P<year>{_YEAR})(?![\d,]\d)"
)
_RANGE = re.compile(
    rf"(?P<between>\bbetween\s+)?(?P<from>{_YEAR}|FY\s?\d\d)\s*"
    rf"(?P<link>to|through|until|till|up to|[-–—]|and)\s*(?P<to>{_YEAR}|FY\s?\d\d|\d\d)\b(?!%)",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"\b(?:than|compared (?:with|to)|from|over|against|on)\s+(?:the\s+(?:year\s+before|previous\s+"
    r"year|preceding\s+year)|a\s+year\s+(?:earlier|before))\b|\byear[- ]on[- ]year\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:first|second|third|fourth|last)\s+(?:half|quarter|nine months|six months|batch)\b"
    r"|\b[QH][1-4]\b|\b(?:half|quarter)\b|\b(?:three|six|nine)\s+months\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|uary|ruary|ch|il|e|y|ust|"
    r"tember|ober|ember)?\b(?=[\s.\d-]*(?:\d|to|-|–|Jan|Mar|Jun|Sep|Dec))"
    r"|\b(?:first|second|third)$|\bbatch\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a series: "MCS 2026", version "1.3"; all empty where none is named."""

    series: str = ""
    year: int = 0
    version: str = ""

    @property
    def name(self) -> str:
        """The edition in short: "MCS 2026 v1.3"."""
        version = f" v{self.version}" if self.version else ""
        return f"{self.series} {self.year}{version}" if self.series else ""

    def is_of(self, other: "Edition") -> bool:
        """Tell whether this is an edition asked for: the same, or a version of it."""
        same = (self.series, self.year) == (other.series, other.year)
        return same and other.version in ("", self.version)


def find_editions(text: str) -> tuple[Edition, ...]:
    """Return the editions that a text names, each once, in order."""
    found = []
    for match in _EDITION.finditer(text):
        series = "MYB" if (match["series"] or "").lower().startswith(("my", "minerals")) else "MCS"
        found.append(Edition(series, int(match["year"] or match["only"]), match["version"] or ""))
    return tuple(dict.fromkeys(found))


def without_editions(text: str) -> str:
    """Return a text with editions blanked out, so that their years are none of it."""
    return _EDITION.sub(lambda match: " " * len(match[0]), text)


def find_times(text: str) -> tuple[str, ...]:
    """Return the years of a text, each once: "2024", a financial year as "FY2024"."""
    found = []
    for match in _TIME.finditer(without_editions(text)):
        fiscal = match["fiscal"]
        found.append(f"FY{_whole(fiscal)}" if fiscal else match["year"])
    return tuple(dict.fromkeys(found))


def without_times(text: str) -> str:
    """Return a text with editions, years and the words that lead to them blanked out."""
    text = without_editions(text)
    text = _YEAR_BEFORE.sub(" ", text)
    return _TIME.sub(" ", text)


def span_of_times(text: str) -> tuple[str, ...]:
    """Return each year from the first to the last where a text names a span: "2021 to 2024"."""
    match = _RANGE.search(without_editions(text))
    if not match or (match["link"].lower() == "and" and not match["between"]):
        return ()
    fiscal = match["from"].upper().startswith("FY")
    first = int(_whole(match["from"].upper().removeprefix("FY").strip()))
    written = match["to"].upper().removeprefix("FY").strip()
    last = int(str(first)[:2] + written if len(written) == 2 else written)
    if not first < last <= first + 60:
        return ()
    return tuple(f"{'FY' if fiscal else ''}{year}" for year in range(first, last + 1))


def asks_year_before(text: str) -> bool:
    """Tell whether a question compares a year with the one before it."""
    return bool(_YEAR_BEFORE.search(text))


def names_part_of_year(text: str) -> bool:
    """Tell whether a text is about a part of a year: a quarter, a half, a batch, a month."""
    return bool(_PERIOD.search(text))


def _whole(year: str) -> str:
    return f"20{year}" if len(year) == 2 else year
