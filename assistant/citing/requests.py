"""The claim in a question that asks for its source: "Find a citation for: ..."."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import fold

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_NEAR = 7  # words between what asks and what is asked for
_LEAST_WORDS = 4  # of a claim
_ENDS_REQUEST = frozenset(':"“«')
_QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’"}


def claim_of(question: str) -> str:
    """Return the claim for which a question asks a source, "" where it asks for none.

    claim_of('Find a citation for: "Burma mined 22,000 t in 2025."') -> "Burma mined 22,000 ..."
    """
    words = [(one.start(), one.end()) for one in _WORD.finditer(question)]
    said = [fold(question[start:end]) for start, end in words]
    at = _behind_all(said, 0, "polite")
    first = _behind_source(question, words, said, at) or _behind(said, at, "checking")
    if not first:
        return ""
    while first < len(words):
        if _opens_claim(question[words[first - 1][1] : words[first][0]]):
            break
        following = _behind(said, first, "linking")
        if not following:
            break
        first = following
    if first >= len(words):
        return ""
    claim = _unquoted(question[words[first - 1][1] :].lstrip(" :,"))
    return claim if len(claim.split()) >= _LEAST_WORDS else ""


def _behind_source(
    question: str, words: Sequence[tuple[int, int]], said: Sequence[str], at: int
) -> int:
    """Return the word behind "find a source", 0 where the words do not ask so."""
    asked = _behind(said, at, "asking")
    first = asked or _behind(said, at, "questioning")
    if not first:
        return 0
    for place in range(first, min(first + _NEAR, len(said))):
        if _opens_claim(question[words[place - 1][1] : words[place][0]]):
            return 0
        if said[place] in _forms("source"):
            is_claim = asked or _points(said, place + 1)
            return place + 1 if is_claim else 0
    return 0


def _points(said: Sequence[str], at: int) -> bool:
    """Tell whether what follows leads to a claim: "of the statement that", no "say about"."""
    while following := _behind(said, at, "linking"):
        if " ".join(said[at:following]) in _forms("pointing"):
            return not _behind(said, following, "topic")
        at = following
    return False


def _opens_claim(between: str) -> bool:
    return not _ENDS_REQUEST.isdisjoint(between)


def _behind_all(said: Sequence[str], at: int, kind: str) -> int:
    while following := _behind(said, at, kind):
        at = following
    return at


def _behind(said: Sequence[str], at: int, kind: str) -> int:
    """Return the word behind a phrase of a kind that begins at one, 0 where none does."""
    for form in sorted(_forms(kind), key=len, reverse=True):
        length = len(form.split())
        if " ".join(said[at : at + length]) == form:
            return at + length
    return 0


def _unquoted(claim: str) -> str:
    """Return a claim without the marks around it; a question's own mark is none of the claim's."""
    bare = claim.strip()
    closing = _QUOTES.get(bare[:1], "")
    inner = bare.rstrip("?. ")
    if closing and inner.endswith(closing):
        return inner[1:-1].strip()
    return bare.rstrip("? ").strip()


@lru_cache(maxsize=8)
def _forms(kind: str) -> Collection[str]:
    return frozenset(fold(form) for form in load_vocabulary().words("requests", kind))
