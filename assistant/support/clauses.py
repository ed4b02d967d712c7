"""The clauses of a statement that are about what a sentence says."""

import re

from assistant.quantities import agree, find_quantities
from assistant.support.reading import Sentence, figures_in, is_covered, stems_of
from assistant.support.statement import Statement

_TIMES = ("year", "date")
_CLAUSE = re.compile(r"[;:|—]|,\s|\b(?:while|whereas|but|although|because)\b|\band (?=\w+ed\b)")
_RELEVANT = 0.6  # of the words of the nearest clause, for another that is about the same


def relevant(claim: Sentence, statement: Statement) -> str:
    """Return the clauses of a statement that are about what the sentence says."""
    if statement.is_row:
        return statement.own_words
    clauses = clauses_of(statement)
    if len(clauses) < 2:
        return statement.quote
    shares = [sum(is_covered(w, stems_of(part)) for w in claim.words) for part in clauses]
    carrying = [
        part
        for part in clauses
        if any(agree(f.quantity, h.quantity) for f in claim.figures for h in figures_in(part))
    ]
    if carrying:
        return " | ".join(carrying)
    shares = [share + _has_times(claim, part) for part, share in zip(clauses, shares, strict=True)]
    best = max(shares)
    if best == 0:
        return statement.quote
    return " | ".join(
        part
        for part, share in zip(clauses, shares, strict=True)
        if share > 0 and share >= _RELEVANT * best
    )


def clauses_of(statement: Statement) -> list[str]:
    """Return the clauses of a sentence."""
    return [part for part in _CLAUSE.split(statement.quote) if part and part.strip()]


def _has_times(claim: Sentence, part: str) -> bool:
    held = find_quantities(part)
    return any(agree(time, q) for time in claim.times for q in held if q.kind in _TIMES)
