"""Claims as they are given: wrapped in a request for their source, or made of several parts."""

import re

from corpus.lexicon import load_lexicon

_QUOTED = re.compile(r"[\"“«'‘](?P<claim>.{12,})[\"”»'’]\s*[?.]?\s*$", re.DOTALL)
_SOURCE = r"(?:sources?|citations?|references?|evidence|proof|support|backing)"
_REQUEST = re.compile(
    rf"^\s*(?:please\s+|can you\s+|could you\s+)*(?:"
    rf"(?:find|give|show|get|provide|name|cite|look up|search for)\b[^:\"“]{{0,40}}?\b{_SOURCE}\b"
    r"(?:\s+(?:for|of|to|that|which|where|me|support\w*|the|this|following|claim|statement|"
    r"sentence|saying|says))*"
    rf"|(?:what|which|where)\b[^:\"“]{{0,30}}?\b{_SOURCE}\b"
    r"(?:\s+(?:is there|supports?|for|of the (?:claim|statement|sentence)|that|the|this|following|"
    r"claim|statement|sentence|assertion|says?|saying|states?))+"
    r"|cite|(?:is there (?:a|any)|do (?:we|you) have (?:a|any))\s+"
    rf"{_SOURCE}(?:\s+(?:for|that|the|claim|statement|following))*"
    r"|(?:fact[- ]?check|verify|check)(?:\s+(?:this|the|following|claim|statement|that|whether))*"
    r"|(?:is it true|who says|where does it say)(?:\s+that)?"
    r")\s*(?P<sign>[:,]?)\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r";\s+|,\s+(?:and|but|while|whereas)\s+|\s+(?:while|whereas)\s+|\s+and\s+(?=(?:it|its|they)\s)"
)
_LEAST_WORDS = 4  # of a part that says something by itself
_REST = re.compile(r"(?:not|nor|only|also|without)\s", re.IGNORECASE)  # of a sentence, and none
_PRONOUN = re.compile(r"^(?:it|they|he|she)\s+", re.IGNORECASE)
_OWNER = re.compile(r"^(?:its|their)\s+", re.IGNORECASE)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR_BEFORE = re.compile(
    r"(?:\bin )?\b(?:(?:a|one) year (?:earlier|before)|"
    r"the (?:year before|(?:previous|prior) year))\b",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s?(?:/|(?:a|per)\s)\s?(?:kilogram|kg|pound|lb|(?:metric |short )?ton(?:ne)?)\b"
)
_MONEY = r"(?:[A-Z]{0,2}[$€]|USD?\s?)\s?\d[\d.,]*\d|(?:[A-Z]{0,2}[$€])\d"
_RATE = re.compile(rf"(?:{_MONEY})(?P<rate>{_PER.pattern})")
_FROM = re.compile(
    rf"\b(?:from|against|compared (?:with|to)) (?:about )?(?:{_MONEY}|[\d,.]*\d%?)(?![\d,])|"
    rf"\bafter (?:about )?(?:{_MONEY})(?![\d,])"
)


def claim_of(question: str) -> str:
    """Return the claim for which a question asks a source, "" where it asks for none.

    claim_of('Find a citation for: "Burma mined 22,000 t in 2025."') -> "Burma mined 22,000 ..."
    """
    request = _REQUEST.match(question)
    if not request:
        return ""
    rest = question[request.end() :].strip()
    quoted = _QUOTED.match(rest)
    claim = (quoted["claim"] if quoted else rest).strip()
    if not quoted:
        claim = claim.rstrip("? ").strip()
    if len(claim.split()) < _LEAST_WORDS:
        return ""
    return claim


def spelled_out(claim: str) -> str:
    """Return a claim with what its second figure leaves to the first written out.

    "$1,010 a kilogram in 2025, up from $812 a year earlier" -> "... up from $812 a kilogram in
    2024".
    """
    later = _FROM.search(claim)
    if not later:
        return claim
    told, rest = claim[: later.end()], claim[later.end() :]
    rate = _RATE.search(claim, 0, later.start())
    if rate and not _PER.match(rest):
        told += rate["rate"]
    years = set(_YEAR.findall(claim))
    if len(years) == 1:
        rest = _YEAR_BEFORE.sub(f"in {int(*years) - 1}", rest)
    return told + rest


def parts_of(claim: str) -> tuple[str, ...]:
    """Return the parts of a claim that say something each; a claim of one part is itself.

    A part that speaks of "it" is given the name that the claim begins with.
    """
    parts = [part.strip() for part in _PARTS.split(claim)]
    if any(len(part.split()) < _LEAST_WORDS or _REST.match(part) for part in parts):
        return (claim,)
    mentions = load_lexicon().find_mentions(parts[0])
    subject = parts[0][mentions[0].start : mentions[0].end] if mentions else ""
    return tuple(_with_subject(part, subject) for part in parts)


def _with_subject(part: str, subject: str) -> str:
    if not subject:
        return part
    return _OWNER.sub(f"{subject}'s ", _PRONOUN.sub(f"{subject} ", part))
