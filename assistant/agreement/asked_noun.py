"""Which noun a question asks for: "density" in "What is the density of a magnet?".

Verbs and small words are said in many ways; a noun that is asked for, and that no statement says
nor comes near to, is not told of.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.requirements import Requirements

_TOKEN = re.compile(r"[^\W_]+(?:[.,'’+-]?[^\W_]+)*|[?,;:()]")
_STOPS = frozenset("?,;:()")
_ASKING = frozenset("what which whose who whom how when where why".split())
_AUXILIARIES = frozenset(
    "is are was were be been do does did has have had can could will would should may must".split()
)
_LINKS = frozenset(
    """of in on at for from to by with under over than as per if until since after before into about
    during between against within without through among according across behind while and or but
    that""".split()
)
_ARTICLES = frozenset("the a an its their his her this that many".split())
_NO_NOTES = frozenset("a an i my we our besides".split())  # "A colleague says ..." is no note form
# "How deep", "how old": what is asked for is said in one word, as a noun would.
_DEGREES = frozenset(
    """concentrated deep dense dependent expensive far fast hard heavy hot old pure rich strong tall
    thick wide""".split()
)
_SIZES = frozenset("big high large long low much small".split())
_BE = frozenset("is are was were".split())
# Nouns that stand for any measure, kind or way, or that a figure with its unit says by itself
# ("a 350-ton line"): a text that tells of it need not say them.
_LIGHT = frozenset(
    """average bill capacity case cost figure grounds kind kinds level long many much one ones part
    piece place point portion price range reason role size slice sort sorts sum tag thing total type
    types value way worth""".split()
)
_LONGEST = 2  # words: "phone number", "domestic product"


def asked_noun(required: Requirements) -> tuple[int, ...]:
    """Return which of the asked words are the noun asked for and the word before it; or none.

    A question that names none ("Who opened it?", "Did it open?") has none.
    """
    spans = _noun_spans(required.question.text)
    found = [
        index
        for start, end in reversed(spans)
        for index, word in enumerate(required.words)
        if word.start < end and start < word.end and word.text.lower() not in _LIGHT
    ]
    return tuple(found[:_LONGEST])


def noun_said(required: Requirements, strengths: Sequence[float]) -> float:
    """Return how far the noun asked for is said; 1 where the question names none."""
    return min((strengths[index] for index in asked_noun(required)), default=1.0)


def noun_text(required: Requirements) -> str:
    """Return the noun asked for as the question writes it, "" where it names none."""
    text = required.question.text
    spans = _noun_spans(text)
    told = text[spans[0][0] : spans[-1][1]] if spans else ""
    return re.split(r"['’]s? ", told)[-1]  # whose it is does not count


@lru_cache(maxsize=4_000)
def _noun_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the words stand that are the noun asked for, with what goes before it."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    said = [text[start:end].lower() for start, end in spans]
    first, end = _noun_words(said)
    while first < end and said[first] in _ARTICLES:
        first += 1
    return tuple(spans[first:end])


def _noun_words(said: Sequence[str]) -> tuple[int, int]:
    """Return from which to before which word the noun asked for is named."""
    none = (0, 0)
    at = next((place for place, word in enumerate(said) if word in _ASKING), None)
    if at is None:  # in note form ("Head count of Lynas?"), or whether something is so
        opens = [word for word in said[:2] if word not in ("and", "but", "so")]
        is_note = bool(opens) and opens[0] not in _AUXILIARIES | _NO_NOTES
        return (0, _end_of_noun(said, 0)) if is_note else none
    after = said[at + 1] if at + 1 < len(said) else ""
    if said[at] == "how" and after in _DEGREES:
        return at + 1, at + 2
    if said[at] == "how" and after in _SIZES and said[at + 2 : at + 3] and said[at + 2] in _BE:
        return at + 3, _end_of_noun(said, at + 3)
    if said[at] not in ("what", "which", "whose") and after != "many":
        return none
    start = at + 2 if after == "many" else at + 1
    if said[at] == "what" and after in _BE:
        end = _end_of_noun(said, start + 1)
        return none if said[end - 1].endswith("ing") else (start + 1, end)
    end = _end_of_noun(said, start)
    if _ARTICLES & set(said[start + 1 : end]):  # "which law moved the start of ..."
        return none
    # Before another word than those the last one may be a verb: "which partner built ...".
    closed = end == len(said) or said[end] in _AUXILIARIES or said[end] == "of"
    return (start, end) if closed or said[end] in _STOPS else none


def _end_of_noun(said: Sequence[str], start: int) -> int:
    closing = _AUXILIARIES | _LINKS | _STOPS | _ASKING
    return next((at for at in range(start, len(said)) if said[at] in closing), len(said))
