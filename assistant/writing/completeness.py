"""Whether what is left of a model's answer tells what the sources answer."""

from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.finding import Found, Part
from assistant.support import check, statement_of
from assistant.weighing import Weighed
from assistant.writing.attribution import Attributed
from index.embedding import Embedder

_NEAR = 1.0  # how far below the best statement one may score that answers as well


def answers(found: Found, kept: Sequence[Attributed], embedder: Embedder) -> bool:
    """Tell whether sentences tell the best of what was found for each thing that is asked.

    Of values that conflict each must be told.
    """
    parts = [part for part in found.parts if part.choice.statements]
    return all(_answers_part(part, kept, embedder) for part in parts)


def _answers_part(part: Part, kept: Sequence[Attributed], embedder: Embedder) -> bool:
    chosen = part.choice.statements
    if part.choice.conflicting:
        return all(any(_tells(one, sentence, embedder) for sentence in kept) for one in chosen)
    best = chosen[0]
    as_good = [
        one
        for one in part.weighing.statements
        if one.score >= part.weighing.statements[0].score - _NEAR
        and all(one.sign(name) >= best.sign(name) for name in ("kind", "time", "subject"))
    ]
    return any(_tells(one, sentence, embedder) for one in (best, *as_good) for sentence in kept)


def _tells(one: Weighed, sentence: Attributed, embedder: Embedder) -> bool:
    """Tell whether a sentence says what a statement says, whichever statement carries it."""
    candidate = one.candidate
    if any(_is_same(candidate, carrier) for carrier in sentence.carriers):
        return True
    return check(sentence.text, statement_of(candidate), embedder).verdict == "supported"


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Tell whether two statements are the same sentence, or the same row with a common cell."""
    if one.evidence.passage.id != other.evidence.passage.id:
        return False
    if one.is_row or other.is_row:
        return bool(set(one.cells) & set(other.cells))
    return one.start == other.start
