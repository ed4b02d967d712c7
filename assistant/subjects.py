"""Whom and what a question names, and whose word it asks for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from corpus.language.words import fold
from corpus.lexicon import load_lexicon
from index.question import Question

# Kinds of the lexicon that say whose word is asked for, or how a thing is counted, not what it is
# asked about.
_SOURCES = frozenset(("publication", "publisher", "archive"))
_ACCORDING = re.compile(
    r"(?:according to|\b(?:by|per|says?|said|reports?|reported|states?|estimates?)|"
    r"\b(?:figures?|data|numbers?|reports?|editions?|estimates?|chapters?|tables?|series|"
    r"prices?|statements?|lists?|papers?|words?) (?:from|of|by))(?: the)?\s+$",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"(?:['’]s?)?\s+(?:(?:19|20)\d\d )?(?:say|says|gives?|lists?|prints?|reports?|estimates?|"
    r"figures?|data|edition|publish(?:es)?|put|state|name|show|series|page|summar(?:y|ies)|"
    r"chapter|prices|world|tonnages?|numbers?|statistics|comparison|study|survey|review|"
    r"assessment|analysis|table|count)\b",
    re.IGNORECASE,
)
_NOT_SUBJECTS = frozenset(("basis", "term", "unit", "law"))
_HYPHENED = re.compile(r"-[a-z]\w*$")  # "Shenzhen-listed" names Shenzhen
# What says of which kind something is, and is not what is asked about: "the Shenzhen-listed arm".
_DESCRIBES = re.compile(r"-(?:listed|based|headquartered|registered|incorporated)\b", re.IGNORECASE)
_PART_OF = re.compile(
    r"\b(?:arm|unit|subsidiary|subsidiaries|affiliate|branch)(?: company)? of (?:the )?$",
    re.IGNORECASE,
)
_WITH_PART = re.compile(
    r"(?:['’]s?)? (?:[\w-]+ )?(?:arm|unit|subsidiary|affiliate)\b", re.IGNORECASE
)
_PLACED = frozenset(("company", "mine", "plant", "town", "region"))
_SHORTEST = 2  # letters of an abbreviation that is no name: "RE"
_NO_NAMES = frozenset(
    """us u.s. eu act usd a$ us$ reo treo through ebitda npv irr gdp ceo cfo vat fob cif pfs dfs
    capex opex ree rees ev evs rmb cny eur aud commission council government ministry department
    agency company group survey parliament congress senate state""".split()
)
_CAPITALS = {  # that stand for their governments
    "brasília": "brazil", "brasilia": "brazil", "canberra": "australia", "delhi": "india",
    "hanoi": "vietnam", "jakarta": "indonesia", "kuala lumpur": "malaysia", "moscow": "russia",
    "naypyidaw": "burma", "new delhi": "india", "ottawa": "canada", "seoul": "south-korea",
    "taipei": "taiwan", "tallinn": "estonia", "tokyo": "japan", "washington": "united-states",
}  # fmt: skip
_OPENING = re.compile(r"^\w+(?: \w+)?? of (?:the )?(?=[A-Z])")  # "Turnover of Neo"
_DATED = re.compile(
    r" of (?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)$"
)
_PERIOD = re.compile(
    r"(?:FY|CY|Q[1-4]|H[12]|[1-4]Q|[12]H)'?\d*|(?:Phase|Stage|Batch|Line|Round|Tranche|Table|"
    r"Annex|Page|Section|Title|Chapter) (?:\d+|[IVX]+\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a question names.

    `id` and `kind` are those of its entry in the lexicon; a name that the lexicon does not know
    has neither. A statement that names one of `also` names it, too: of a country what is asked
    about in it, of an owner what is asked about of his, of a group its parts where one is meant.
    """

    text: str
    id: str = ""
    kind: str = ""
    also: frozenset[str] = frozenset()


def subjects_named(question: Question) -> tuple[tuple[Subject, ...], tuple[Subject, ...]]:
    """Return whom and what a question names, and whose word it asks for."""
    named: dict[str, Subject] = {}
    sources: dict[str, Subject] = {}
    known = []
    for mention in load_lexicon().names_in(question.text):
        written = question.text[mention.start : mention.end]
        known.append((mention.start, mention.end))
        entry = mention.entry
        if entry.kind in _NOT_SUBJECTS:
            continue
        before, after = question.text[: mention.start], question.text[mention.end :]
        if _DESCRIBES.match(after):
            continue
        tells = entry.kind in _SOURCES or (
            entry.kind == "agency" and bool(_ACCORDING.search(before) or _TELLING.match(after))
        )
        into = sources if tells else named
        is_whole = bool(_PART_OF.search(before) or _WITH_PART.match(after))
        also = _parts_of(entry.id) if is_whole else frozenset[str]()
        into.setdefault(entry.id, Subject(written, entry.id, entry.kind, also))
    for name in question.names:
        at = question.text.find(name)
        if any(at < end and start < at + len(name) for start, end in known):
            continue
        if _DESCRIBES.search(name) or _DESCRIBES.match(question.text[at + len(name) :]):
            continue
        whole = _OPENING.sub("", name) if at == 0 else name
        plain = _DATED.sub("", _HYPHENED.sub("", whole))
        opens = at == 0 and " " not in name  # any word is a capital there
        if _PERIOD.fullmatch(plain) or fold(plain) in _NO_NAMES or opens:
            continue
        also = _short_for(plain)
        if len(plain) > _SHORTEST or also:
            named.setdefault(plain, Subject(plain, also=also))
    return tuple(_with_what_is_theirs(question.text, named)), tuple(sources.values())


@cache
def _short_for(name: str) -> frozenset[str]:
    """Return the ids of what a name that the lexicon does not have may stand for: "MP", "Hanoi"."""
    if fold(name) in _CAPITALS:
        return frozenset((_CAPITALS[fold(name)],))
    companies = (entry for entry in load_lexicon().entries if entry.kind == "company")
    return frozenset(entry.id for entry in companies if entry.name.startswith(f"{name} "))


def _parts_of(id: str) -> frozenset[str]:
    """Return the ids of the companies that belong to one, or to one of those."""
    companies = [entry for entry in load_lexicon().entries if entry.kind == "company"]
    own = {entry.id for entry in companies if id in entry.parents}
    return frozenset(own.union(*(_parts_of(part) for part in own)))


def _with_what_is_theirs(text: str, named: Mapping[str, Subject]) -> Iterator[Subject]:
    """Yield the subjects with others that tell which they are.

    They are of a country what is in it, and of "Lynas' Mount Weld" the mine.
    """
    lexicon = load_lexicon()
    known = [one for one in named.values() if one.id]
    for one in named.values():
        theirs = {
            other.id
            for other in known
            if other.kind in _PLACED
            and (
                lexicon.entry(other.id).country == one.id
                or re.search(rf"{re.escape(one.text)}['’]s? {re.escape(other.text)}\b", text)
            )
        }
        yield replace(one, also=one.also | theirs) if theirs else one
