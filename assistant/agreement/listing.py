"""Whether a statement names things of the kind that a question asks to be named: which elements."""

import re
from functools import lru_cache

from assistant.agreement.naming import entries_named
from corpus.lexicon import load_lexicon

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_COUNT = "|".join(_COUNTS)
_MOST_NEEDED = 3  # of many asked for: a sentence may leave some to the next
_NOUNS = {
    "element": r"(?:rare[- ]earth )?elements?|rare earths|lanthanides?",
    "country": r"countr(?:y|ies)|nations?",
    "mineral": r"minerals?|ores?",
    "mine": r"mines?|deposits?",
}
# "What ore tonnage" asks for no ore.
_MEASURED = (
    "content|share|price|cost|output|production|tonnage|grade|reserve|resource|quota|capacity|"
    "company|firm|producer|export|import|name|profile|law|list|life|owner|operator|oxide|magnet"
)
_ASKED = {
    kind: re.compile(
        rf"\b(?:which|what|name|list)\b(?: of)?(?: the)?(?: other)? ?(?P<count>{_COUNT})?"
        rf"(?: [\w-]+){{0,2}}? (?P<noun>{noun})\b(?! (?:{_MEASURED})s?\b)",
        re.IGNORECASE,
    )
    for kind, noun in _NOUNS.items()
}


@lru_cache(maxsize=2_000)
def _things_asked(question: str) -> tuple[str, int]:
    """Return the kind of the lexicon that is asked for and how many of it; ("", 0) if none is."""
    for kind, pattern in _ASKED.items():
        if match := pattern.search(question):
            several = 2 if match["noun"].lower().endswith("s") else 1
            return kind, min(_COUNTS.get((match["count"] or "").lower(), several), _MOST_NEEDED)
    return "", 0


def things_named(question: str, text: str) -> frozenset[str]:
    """Return the ids of the things of the kind asked for that a text names and a question does not.

    Of the lexicon: elements, countries, minerals, mines. Empty where none are asked for.
    """
    kind, _ = _things_asked(question)
    if not kind:
        return frozenset()
    lexicon = load_lexicon()
    named = entries_named(text) - entries_named(question)
    return frozenset(id for id in named if lexicon.entry(id).kind == kind)


def listing_agreement(question: str, text: str) -> float:
    """Return how many of the things asked for a text names, of those needed; 1 if none is asked."""
    _, needed = _things_asked(question)
    return min(1.0, len(things_named(question, text)) / needed) if needed else 1.0
