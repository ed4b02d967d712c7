"""The time that the words of a table speak of, and the edition that they name beside it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.lexicon import load_lexicon

_YEAR = r"(?:1[89]|20)\d\d"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_ORDINAL = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
_EDITION_YEAR = re.compile(
    rf"[,\s]{{0,2}}(?:\(?tables\)?\s)?(?P<year>{_YEAR})(?:\s?v[\d.]+)?(?: tables)?"
)
_FORMS = (
    rf"(?:the )?(?P<part>first|second|third|fourth) (?P<of>half|quarter)(?: of|,)? (?P<y1>{_YEAR})",
    rf"(?P<code>[HQ][1-4])[ -]?(?P<y2>{_YEAR})",
    rf"full[- ]year (?P<y3>{_YEAR})",
    rf"(?P<y4>{_YEAR})[,:]? full[- ]year",
    rf"(?:fiscal years?|FY) ?(?P<y5>{_YEAR})",
    rf"quarter from (?P<months>{_MONTH} to {_MONTH}) (?P<y8>{_YEAR})(?: \([^()]*\))?",
    rf"(?:(?P<day>\d{{1,2}}) )?(?P<month>{_MONTH}) (?P<y6>{_YEAR})",
    rf"(?P<from>{_YEAR})(?:\s?[–—-]\s?| to | through )(?P<to>{_YEAR}|\d\d)(?!\d)",
    rf"(?:in |during )?(?P<y7>{_YEAR})(?: ?(?:\((?:estimated?|preliminary|rounded|e|p)\)))?",
)
_PERIOD = re.compile(
    "|".join(rf"(?<![\w.,/–-])(?:{form})(?![\w/]|[.,]\d)" for form in _FORMS), re.I
)
_LEFT = re.compile(r"^[\s,;:>()–—-]+|[\s,;:>(–—-]+$")


@dataclass(frozen=True, slots=True)
class Period:
    """A time as a question says it ("in 2024", "in the first half of 2024") and its last year."""

    words: str
    year: int


@dataclass(frozen=True, slots=True)
class Edition:
    """A publication of one year, as it is written ("MCS 2025") and the id of the publication."""

    words: str
    publication: str
    year: int


@lru_cache(maxsize=8192)
def take_edition(words: str) -> tuple[Edition | None, str]:
    """Return the edition that words name, None where they name none, and the words without it."""
    for mention in load_lexicon().find_mentions(words):
        if mention.entry.kind != "publication":
            continue
        if dated := _EDITION_YEAR.match(words, mention.end):
            said = words[mention.start : dated.end()].strip()
            rest = f"{words[: mention.start]} {words[dated.end() :]}"
            return Edition(said, mention.entry.id, int(dated["year"])), trimmed(rest)
    return None, words


@lru_cache(maxsize=8192)
def take_period(words: str) -> tuple[Period | None, str]:
    """Return the first period that words name, None where they name none, and the rest of them.

    >>> take_period("2024, full year")
    (Period(words='in the full year 2024', year=2024), '')
    """
    match = _PERIOD.search(words)
    if match is None:
        return None, words
    rest = trimmed(f"{words[: match.start()]} {words[match.end() :]}")
    return _period(match), rest


def trimmed(words: str) -> str:
    """Return words without brackets and stops that are left of what was taken out of them."""
    words = re.sub(r"\(\s*\)|\s+(?=[,;:)])", "", words)
    words = _LEFT.sub("", _LEFT.sub("", words))
    if words.count(")") > words.count("("):
        words = words.rstrip(") ")
    return " ".join(words.split())


def _period(match: re.Match[str]) -> Period:
    found = match.groupdict()
    if found["part"]:
        year = int(found["y1"])
        return Period(f"in the {found['part'].lower()} {found['of'].lower()} of {year}", year)
    if code := found["code"]:
        year = int(found["y2"])
        part = "half" if code[0] in "Hh" else "quarter"
        return Period(f"in the {_ORDINAL[code[1]]} {part} of {year}", year)
    if found["y3"] or found["y4"]:
        year = int(found["y3"] or found["y4"])
        return Period(f"in the full year {year}", year)
    if found["y5"]:
        return Period(f"in fiscal year {found['y5']}", int(found["y5"]))
    if found["months"]:
        year = int(found["y8"])
        return Period(f"in the quarter from {found['months']} {year}", year)
    if found["month"]:
        year = int(found["y6"])
        on = f"on {found['day']}" if found["day"] else "in"
        return Period(f"{on} {found['month'].capitalize()} {year}", year)
    if found["from"]:
        last = int(found["to"]) if len(found["to"]) == 4 else int(found["from"][:2] + found["to"])
        return Period(f"from {found['from']} to {last}", last)
    return Period(f"in {found['y7']}", int(found["y7"]))
