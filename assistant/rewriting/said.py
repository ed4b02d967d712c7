"""What a question says that no rewording may lose, swap or add: names, times, figures, units.

Each is a kind with a value in one form, so that "U.S." is "United States" and "cost" is "price",
and two questions say the same where they say the same things.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.conversation.leaning import Leaning
from assistant.conversation.names import NameUse, find_names
from assistant.conversation.times import find_times
from assistant.quantities import find_quantities
from assistant.support.facets import NAMING as FACETS_OF_NAMES
from assistant.support.facets import find_marks
from assistant.wanted import kind_wanted
from corpus.language.quantities import find_units
from corpus.language.units import dimension
from index.question import analyze, editions
from index.wording import StemSet, content_words, stem, stems

# What one may stand for another of: "the company" may be a place or a body to the lexicon.
_KINDS = {"place": "name", "company": "name", "body": "name", "unknown": "name"}
NAMING = frozenset(("name", "country", "material", "source", "law"))
_FORMS = StemSet("oxide metal alloy concentrate carbonate chloride magnet")
_UNITS = frozenset(("mass", "money", "share", "price"))
_OF_EDITION = re.compile(r" (?:edition|MCS|Mineral Commodity)\b")
_WAY = re.compile(r"\b(by|from|to|into|than|except|excluding|outside|without) (?:the )?$", re.I)
_NO_WAY = re.compile(r"\b(?:according|compared?|relative|due|thanks|owing) to (?:the )?$", re.I)
# Of how much of a thing, and on which side of a time or figure.
_SCOPE = re.compile(
    r"\b(?:all|only|most|least|fewest|first|last|latest|newest|average|total|net|gross|annual"
    r"|monthly|quarterly|daily|half|since|until|till|before|after|between|except|excluding"
    r"|including|without|(?:more|less|fewer|higher|lower|greater|larger|smaller) than"
    r"|largest|biggest|smallest|highest|lowest|per|above|below)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:(?P<who>who|whom|whose)|(?P<when>when|since when)|(?P<where>where)|(?P<why>why)"
    r"|(?P<amount>how (?:much|many))|(?P<what>what|which|how (?:large|big|high|low|great)))\b"
    r"|(?P<how>\bhow\b)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|they|them|he|she|him)$", re.IGNORECASE)
# Words that bring in nothing.
PLAIN = StemSet("rare earth earths compare figure amount quantity value level")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a question says, in the words that are compared."""

    kind: str  # "name", "country", "material", "year", "figure", "unit", "measure", "scope", ...
    value: str


@lru_cache(maxsize=5_000)
def find_said(text: str) -> frozenset[Said]:
    """Return what a text says apart from its plain words."""
    found = {Said("edition", edition) for edition in editions(text)}
    for use in find_names(text):
        if use.group != "edition":
            kind, value = _KINDS.get(use.group, use.group), _key(use)
            found.add(Said(kind, value))
            found |= {Said("form", f"{value} {form}") for form in _forms(use, text)}
            way = _WAY.search(text[: use.start])
            if way and kind in ("country", "name") and not _NO_WAY.search(text[: use.start]):
                found.add(Said("way", f"{way[1].lower()} {value}"))
    found |= _times(text) | _figures(text)
    figures = find_quantities(text)
    for named in find_units(text):
        if any(one.start <= named.start < one.end for one in figures):
            continue  # "5 kt" and "5,000 tonnes" are one figure
        if dimension(named.unit) in _UNITS:
            found |= {Said("unit", part) for part in named.unit.split("/")}
    for mark in find_marks(text):
        if mark.value in ("mining", "output"):  # "mined" and "mine production" say the same
            found.add(Said("measure", "output of mines"))
        elif mark.facet not in FACETS_OF_NAMES or mark.value == "world":
            found.add(Said(mark.facet, mark.value))
    found |= {Said("scope", match.group().lower()) for match in _SCOPE.finditer(text)}
    return frozenset(found)


def said_in(texts: Iterable[str]) -> frozenset[Said]:
    """Return what some texts say together."""
    return frozenset[Said]().union(*map(find_said, texts))


@lru_cache(maxsize=5_000)
def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that say what a text is about."""
    return frozenset(map(stem, content_words(text)))


def asked_for(text: str) -> tuple[str, ...]:
    """Return what the asking words of a text ask for, in order: ("what", "when")."""
    return tuple(match.lastgroup or "" for match in _ASKED.finditer(text))


def asks_alike(one: str, other: str) -> bool:
    """Tell whether two questions ask for the same: "how much did it mine", "what was its output".

    The asking words may be others where both make plain that a figure or a name is wanted.
    """
    asked, wanted = asked_for(one), kind_wanted(analyze(one))
    if asked == asked_for(other):
        return "amount" in asked or "what" not in asked or wanted == kind_wanted(analyze(other))
    if wanted == "other" or wanted != kind_wanted(analyze(other)):
        return False
    free = ("amount", "what", "who")
    return [each in free or each for each in asked] == [
        each in free or each for each in asked_for(other)
    ]


def pointing_words(question: str) -> str:
    """Return the words of a question that point to the turns, with their nouns: "that company"."""
    leaning = Leaning(question)
    nouns = (re.match(r" [\w-]+", leaning.core[m.end() :]) for m in leaning.pointers
             if not _PRONOUN.search(m.group()))  # fmt: skip
    said = [pointer.group() for pointer in leaning.pointers]
    return " ".join((*said, *(noun.group() for noun in nouns if noun)))


def told(said: Iterable[Said]) -> str:
    """Return the first of some things that are said, for a reader."""
    first = min(said, key=lambda one: (one.kind, one.value))
    return f'the {first.kind} "{first.value}"'


def names_in_order(text: str) -> tuple[str, ...]:
    """Return what a text names, in order, each once; no sources."""
    named = [use for use in find_names(text) if use.group not in ("source", "edition")]
    return tuple(dict.fromkeys(map(_key, named)))


def years_in_order(text: str) -> tuple[str, ...]:
    """Return the years that a text names, in order, each once."""
    return tuple(dict.fromkeys(str(time.year) for time in find_times(text) if time.year))


def _key(use: NameUse) -> str:
    return re.sub(r"['’]s?$", "", use.key)


def _forms(use: NameUse, text: str) -> frozenset[str]:
    """Return in which form a material is named, as stems: "Nd2O3" and "Nd oxide" as an oxide."""
    if use.group != "material":
        return frozenset()
    following = re.match(r"[ -][a-z]+\b", text[use.end :])
    return stems(use.text + (following.group() if following else "")) & _FORMS


def _times(text: str) -> set[Said]:
    """Return the times of a text: the year, the part of it, and both where both are said."""
    found: set[Said] = set()
    for time in find_times(text):
        if time.unit == "year" and _OF_EDITION.match(text, time.end):
            continue
        part = " ".join(map(str, filter(None, (time.index, time.day))))
        if time.year:
            found.add(Said("year", str(time.year)))
        if time.unit != "year":
            found.add(Said("time", f"{time.unit} {part}"))
        if time.year and time.unit != "year":
            found.add(Said("time", f"{time.unit} {part} {time.year}"))
    return found


def _figures(text: str) -> set[Said]:
    """Return the figures of a text in base units; times and editions are told apart from them."""
    return {
        Said("figure", f"{one.bound} {one.low:g} {one.high:g} {one.unit}".strip())
        for one in find_quantities(text)
        if one.kind not in ("year", "date", "edition")
        and not re.match(r"\s?(?:quarter|half|batch|year|month|week|day|edition)", text[one.end :])
        and not re.search(r"(?:quarter|half|time|month|week|day|year)s?$", one.text, re.IGNORECASE)
    }
