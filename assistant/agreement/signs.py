"""The signs of a statement: how far it agrees with a question, each a number from 0 to 1.

Words alone do not tell a near miss from an answer: the same sentence about another year, another
company or another product covers nearly all of a question's words. Each sign says what speaks for
or against a statement; `answerability` weighs them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.agreement.kinds import kind_agreement
from assistant.agreement.measuring import (
    measure_agreement,
    share_agreement,
)
from assistant.agreement.naming import subjects_agreement
from assistant.agreement.scopes import is_reference, scopes
from assistant.agreement.silence import states_absence, withholds
from assistant.agreement.timing import edition_agreement, part_agreement, time_agreement
from assistant.candidates import Candidate
from assistant.requirements import Requirements
from corpus.figures import find_figures
from index.wording import stems

_LEAST_WEIGHT = 0.5  # of the commonest word, beside its rarity
SIGNS = (
    "learned",
    "meaning",
    "words near in meaning",
    "passage meaning",
    "rank",
    "coverage",
    "uncovered",
    "subject",
    "no rival",
    "time",
    "part of year",
    "kind",
    "measure",
    "edition",
    "nothing withheld",
    "nothing absent",
    "no reference",
    "row",
)


@dataclass(frozen=True, slots=True)
class Nearness:
    """What models say of a statement: the log-odds that it answers, and its nearness in meaning."""

    learned: float
    meaning: float
    near_words: float


def signs_of(
    required: Requirements, candidate: Candidate, strengths: Sequence[float], near: Nearness
) -> tuple[float, ...]:
    """Return the signs of a statement, named by `SIGNS`; `strengths` are those of asked words."""
    weights = [word.rarity + _LEAST_WEIGHT for word in required.words]
    uncovered = sum(w * (1 - s) for w, s in zip(weights, strengths, strict=True))
    kind = 0.0 if _only_repeats(required, candidate) else kind_agreement(required, candidate)
    subject, no_rival = subjects_agreement(required, candidate)
    withheld = withholds(candidate)
    signs = {
        "learned": near.learned,
        "meaning": near.meaning,
        "words near in meaning": near.near_words,
        "passage meaning": candidate.evidence.similarity,
        "rank": candidate.evidence.score,
        "coverage": coverage(required, strengths),
        "uncovered": min(uncovered / 8, 2.0),
        "subject": subject,
        "no rival": no_rival,
        "time": time_agreement(required, candidate),
        "part of year": part_agreement(required, candidate),
        "kind": kind,
        "measure": min(
            measure_agreement(required, candidate), share_agreement(required, candidate)
        ),
        "edition": edition_agreement(required, candidate),
        "nothing withheld": float(not withheld),
        "nothing absent": float(withheld or not states_absence(candidate)),
        "no reference": float(not is_reference(candidate)),
        "row": float(candidate.is_row),
    }
    return tuple(signs[name] for name in SIGNS)


def _only_repeats(required: Requirements, candidate: Candidate) -> bool:
    """Tell whether a row gives no other figures than those that the question names itself."""
    figures = [f.value for cell in candidate.cells for f in find_figures(cell.text)]
    asked = required.question.figures
    return required.wants_figure and bool(figures) and all(f in asked for f in figures)


def words_agreement(
    required: Requirements, candidate: Candidate, aligned: Sequence[float]
) -> tuple[float, ...]:
    """Return how far each asked word is said: 1 in the statement, less near it or in meaning.

    `aligned` are the words' nearness in meaning to the statement's words (cosines).
    """
    text = scopes(candidate)
    own, near = stems(text.own), stems(text.near)
    strengths = []
    for word, nearness in zip(required.words, aligned, strict=True):
        soft = 0.9 * min(max((nearness - 0.3) / 0.5, 0.0), 1.0)
        exact = 1.0 if word.stems <= own else 0.75 if word.stems <= near else 0.0
        strengths.append(max(exact, soft))
    return tuple(strengths)


def coverage(required: Requirements, strengths: Sequence[float]) -> float:
    """Return the share of the asked words that is said, by their rarity; 1 where none is asked."""
    weights = [word.rarity + _LEAST_WEIGHT for word in required.words]
    if not weights:
        return 1.0
    return sum(w * s for w, s in zip(weights, strengths, strict=True)) / sum(weights)
