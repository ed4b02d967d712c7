"""A lookup taken apart: whom it names, which year and edition, what is measured, all its words."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.calculating.subjects import Entity, find_entities, kinds_measured
from assistant.calculating.times import Edition, find_editions, find_times, without_times
from index.wording import content_words, plain_words, stem, stems

FORMS = """oxide metal alloy compound concentrate carbonate chloride magnet
    ferrocerium"""
_STAGES = (
    ("mining", r"\bmin(?:ing|e[ds]?)\b"),
    ("separation", r"\bsmelting\b|\bseparation\b"),
    ("export", r"\bexports?\b"),
)
_WORTH = "value worth"
_KINDS_OF_UNITS = {
    "price": ("price",),
    "revenue": ("money",),
    "income": ("money",),
    "reliance": ("percent",),
    "share": ("percent",),
    "production": ("mass",),
    "quota": ("mass",),
    "reserves": ("mass",),
    "resources": ("mass",),
    "capacity": ("mass",),
    "employment": ("number", ""),
    "consumption": ("mass", "percent"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A lookup taken apart; words are stems."""

    entities: tuple[Entity, ...]
    ids: frozenset[str]
    time: str
    edition: Edition
    kinds: tuple[str, ...]
    words: frozenset[str]
    stages: frozenset[str]


def wanted_of(question: str) -> Wanted:
    """Take a lookup apart."""
    entities = find_entities(question)
    times, editions = find_times(question), find_editions(question)
    rest = question
    for entity in reversed(entities):
        form = stems(entity.written) & stems_of(FORMS)
        kept = " ".join(word for word in entity.written.split() if stem(word.lower()) in form)
        rest = f"{rest[: entity.start]} {kept} {rest[entity.end :]}"
    rest = re.sub(r"['’]s?\b|['’]", " ", without_times(rest))
    return Wanted(
        entities=entities,
        ids=frozenset(entity.id for entity in entities),
        time=times[0] if times else "",
        edition=editions[0] if editions else Edition(),
        kinds=kinds_measured(rest),
        # Word by word: "mining quota" as a name would stand for words that are not there.
        words=frozenset(stem(word) for word in plain_words(rest) if content_words(word)),
        stages=stages_named(rest),
    )


@cache
def stems_of(words: str) -> frozenset[str]:
    """Return the stems of listed words; made when first needed, for stems wait for the lexicon."""
    return frozenset(map(stem, words.split()))


def stages_named(text: str) -> frozenset[str]:
    """Return the stages that a quota can be for, as a text names them."""
    return frozenset(name for name, pattern in _STAGES if re.search(pattern, text, re.IGNORECASE))


def unit_kinds(wanted: Wanted) -> tuple[str, ...]:
    """Return the kinds of unit that what is measured can have, none where any will do."""
    if not wanted.kinds:
        return ()
    if wanted.kinds[0] in ("imports", "exports"):
        return ("money",) if wanted.words & stems_of(_WORTH) else ("mass",)
    return _KINDS_OF_UNITS.get(wanted.kinds[0], ())
