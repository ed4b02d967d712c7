"""Whether a statement goes as far as a sentence: all of a thing, more than another, its rank.

"All controls" is not carried by "the October controls", "more than Australia" not by a figure of
one country, and "Brazil is third" not by "India is third, behind Brazil".
"""

import re
from dataclasses import dataclass

from assistant.quantities import find_quantities
from assistant.support.facets import NAMING, find_marks, values
from assistant.support.reading import Sentence
from assistant.support.statement import Statement
from assistant.support.support import Reason

_ALL = re.compile(
    r"\b(?:(?<!\bin )(?<!\bat )(?<!\bafter )all(?! (?:in|told|over|of (?:19|20)\d\d))|"
    r"every|entire(?:ly)?|"
    r"only(?! (?:about |some |around )?[$€A-Z]*\d)|sole(?:ly)?|exclusive(?:ly)?|always)\b",
    re.IGNORECASE,
)
# What says of a statement that nothing is left out.
_WHOLE = re.compile(
    r"\b(?:all|every|each|both|entire(?:ly)?|whole|full(?:y)?|any|only|sole(?:ly)?|alone|single|"
    r"exclusive(?:ly)?|always|no|none|never|nothing|nowhere|without exception|just)\b|\b100\s?%|"
    r"\b100 percent\b",
    re.IGNORECASE,
)
_MOST = 50.0  # percent
_MORE = "dearer|costlier|more|greater|larger|higher|bigger|longer|older|faster|stronger"
_LESS = "less|fewer|smaller|lower|cheaper|shorter|weaker"
_COMPARISON = re.compile(
    rf"\b(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\b[^.;,]{{0,40}}?\bthan\b|"
    r"\b(?P<ahead>ahead of|exceed(?:s|ed|ing)?|above|outstrip(?:s|ped)?|surpass(?:es|ed)?)\b|"
    r"\b(?P<behind>behind|below)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[^.;:]{0,80}")
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_RANK = re.compile(
    rf"\b(?:(?P<ordinal>{'|'.join(_ORDINALS)})[- ])?"
    r"(?:largest|biggest|greatest|highest|leading|smallest|lowest)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:behind|after|ahead of|followed by|than|next to|before)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """That something is more, or less, than what is named after it."""

    is_more: bool
    others: frozenset[str]


def check_scope(claim: Sentence, statement: Statement) -> list[Reason]:
    """Check that a statement says all, a comparison or a rank of what the sentence says it of."""
    return [
        *_check_all(claim, statement),
        *_check_comparisons(claim, statement),
        *_check_rank(claim, statement),
    ]


def _check_all(claim: Sentence, statement: Statement) -> list[Reason]:
    said = _ALL.search(claim.text)
    if not said or values(claim.text, "negation"):
        return []
    told = f"{statement.own_words} | {statement.caption if statement.is_row else ''}"
    return [] if _WHOLE.search(told) else [Reason("all", said[0].lower(), False)]


def _check_comparisons(claim: Sentence, statement: Statement) -> list[Reason]:
    found = []
    held = _comparisons(statement.own_words)
    for one in _comparisons(claim.text):
        if not any(one.is_more == h.is_more and one.others & h.others for h in held):
            found.append(Reason("comparison", ", ".join(sorted(one.others)), False))
    return found


def _comparisons(text: str) -> list[_Comparison]:
    """Return the comparisons with something named; "more than 5,000 tons" is none."""
    found = []
    for match in _COMPARISON.finditer(text):
        tail = _TAIL.match(text, match.end())
        if tail is None or any(q.start <= 1 for q in find_quantities(tail[0])):
            continue
        others = _named(tail[0])
        if others:
            found.append(_Comparison(bool(match["more"] or match["ahead"]), others))
    return found


def _check_rank(claim: Sentence, statement: Statement) -> list[Reason]:
    rank = _RANK.search(claim.text)
    held = _RANK.search(f"{statement.own_words} | {statement.caption}")
    if not rank:
        return []
    whose = _named(claim.text[: rank.start()])
    if not held:
        is_whose = whose <= _named(statement.core) or not statement.is_row
        return [] if is_whose and _is_most(statement) else [Reason("rank", rank[0], False)]
    behind = _OTHERS.search(statement.own_words)
    if behind and whose & _named(statement.own_words[behind.end() :]):
        ranked = _named(statement.own_words[: behind.start()])
        if not whose & ranked:
            return [Reason("rank", rank[0], True)]
    if _ordinal(rank) != _ordinal(held) and len(_RANK.findall(statement.own_words)) == 1:
        return [Reason("rank", f"{rank[0]}; it has {held[0]}", True)]
    return []


def _is_most(statement: Statement) -> bool:
    """Tell whether a row gives a share that leaves the first rank to nothing else."""
    if not statement.is_row:
        return True  # in its own words, which are held against the sentence's
    shares = [q for cell in statement.cells for q in find_quantities(cell.text, cell.measure)]
    return any(share.unit == "%" and share.low > _MOST for share in shares)


def _ordinal(rank: re.Match[str]) -> int:
    return _ORDINALS[rank["ordinal"].lower()] if rank["ordinal"] else 1


def _named(text: str) -> frozenset[str]:
    return frozenset(mark.value for mark in find_marks(text) if mark.facet in NAMING)
