"""The subject of a sentence as it stands in a question that has nothing around it."""

import re

from assistant.evaluation.drafting.labels import names_quantity
from assistant.evaluation.drafting.phrases import about_one, kind_of_name, owned
from corpus.document import Source
from corpus.lexicon import load_lexicon

_VAGUE = re.compile(
    r"^(?:it|its|an?|this|these|those|they|their|he|she|there|that|such|both|each|others?|one|none|what"
    r"|which|who|and|but|or|while|for|note|table|version|the (?:figures?|values?|same|latter"
    r"|former|reports?|articles?|editions?|tables?|profile|totals?|first|second|other|number|rest"
    r"|change|fall|rise|difference|step|share|announcements?|chapter|most|least|result|sum))\b"
    r"|\b(?:this|these|that|which|who|here|above|below|respectively|its|their|them|edition|the"
    r" (?:same|other|latter|former|table|article|report))\b|\[|\]|https?:",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"\b(?:says?|said|gives?|gave|reports?|reported|show(?:s|ed)?|names?|lists?|agree[sd]?|put|had"
    r"|has|have|wrote|writes|estimates?|adds?|calls?|counts?|when|because|although|though|if|until"
    r"|after|before)\b"
)
_HEDGE_ALONE = re.compile(r"(?:about|around|nearly|almost|over|some|roughly|up to)")
_THE_COMPANY = re.compile(r"^the (?:company|group|producer|firm)\b", re.IGNORECASE)
_WORKPLACE = re.compile(r"(?:mines|mills|plants|refineries)\b", re.IGNORECASE)
_OF_A_MATERIAL = re.compile(r"(?:production|reserves|consumption|imports|exports)$")
_MATERIALS = ("element", "mineral", "product", "metal", "basis")
_OWNERS = ("company", "country", "region", "mine", "plant", "town")
_MOST_WORDS = 16


def told_subject(subject: str, source: Source, common: frozenset[str]) -> str:
    """Return a subject as a question names it, "" where it does not say what is meant.

    What only the sentences before it or the title tell is put in: "the company", whose revenue,
    and that a report on rare earths speaks of these.
    """
    about = about_one(source.title)
    if _THE_COMPANY.match(subject):
        if kind_of_name(about) != "company":
            return ""
        subject = _THE_COMPANY.sub(about, subject)
    if is_unclear(subject) or len(subject.split()) > _MOST_WORDS:
        return ""
    subject = _without_capital(subject, common)
    if re.search(r"rare[ -]earth", source.title, re.IGNORECASE) and not names_material(subject):
        subject = re.sub(r"\b(?=compounds and metals$)", "rare-earth ", subject)
        if _OF_A_MATERIAL.search(subject):
            subject = f"{subject} of rare earths"
    bare = not subject.startswith("the ") and not re.search("['’]", subject)
    if bare and (names_quantity(subject) or _WORKPLACE.match(subject)):
        return owned(about, subject) if about and not names_owner(subject) else subject
    return subject


def is_unclear(words: str) -> bool:
    """Tell whether words point at what stands elsewhere, or hold another statement."""
    return bool(_VERBS.search(words) or _VAGUE.search(words) or _HEDGE_ALONE.fullmatch(words))


def names_owner(words: str) -> bool:
    """Tell whether words name a place or a company."""
    kinds = {mention.entry.kind for mention in load_lexicon().find_mentions(words)}
    return bool(kinds.intersection(_OWNERS) or re.search(r"\b(?:world|global)\b", words, re.I))


def names_material(words: str) -> bool:
    """Tell whether words name an element, a mineral or another material of the industry."""
    kinds = {mention.entry.kind for mention in load_lexicon().find_mentions(words)}
    return bool(kinds.intersection(_MATERIALS) or re.search(r"rare[- ]earth", words))


def _without_capital(subject: str, common: frozenset[str]) -> str:
    """Return a subject without the capital that only begins the sentence."""
    first, space, rest = subject.partition(" ")
    named = load_lexicon().find_mentions(subject)
    kind = named[0].entry.kind if named and named[0].start == 0 else ""
    is_material = kind in (*_MATERIALS, "term") and first[1:].islower()
    is_word = first.lower() in common or first in ("The", "World", "Global")
    is_plain = not kind and (is_word or names_quantity(first))
    return f"{first.lower()}{space}{rest}" if is_material or is_plain else subject
