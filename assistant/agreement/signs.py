"""The signs of a statement: how far it agrees with a question, each a number from 0 to 1.

Words alone do not tell a near miss from an answer: the same sentence about another year, another
company or another product covers nearly all of a question's words. Each sign says what speaks for
or against a statement; `answerability` weighs them.
"""

from collections.abc import Sequence

from assistant.agreement.kinds import kind_agreement
from assistant.agreement.measuring import (
    measure_agreement,
    not_a_plan,
    not_narrowed,
    same_thing,
    share_agreement,
)
from assistant.agreement.naming import source_agreement, subjects_agreement, world_agreement
from assistant.agreement.scopes import is_reference, refers_back, scopes
from assistant.agreement.silence import states_absence, withholds
from assistant.agreement.timing import edition_agreement, part_agreement, time_agreement
from assistant.candidates import Candidate
from assistant.requirements import Requirements
from corpus.figures import find_figures
from index.wording import stems

_MISSING = 0.35  # strength below which a word counts as not said
_LEAST_WEIGHT = 0.5  # of the commonest word, beside its rarity
SIGNS = (
    "meaning",
    "words near in meaning",
    "passage meaning",
    "rank",
    "coverage",
    "weakest word",
    "uncovered",
    "focus",
    "missing words",
    "subject",
    "subjects",
    "no rival",
    "time",
    "part of year",
    "kind",
    "same thing",
    "measure",
    "not narrowed",
    "not a plan",
    "world",
    "edition",
    "source named",
    "nothing withheld",
    "nothing absent",
    "no reference",
    "stands alone",
    "row",
    "row of it",
)


def signs_of(
    required: Requirements,
    candidate: Candidate,
    strengths: Sequence[float],
    meaning: float,
    near_words: float,
) -> tuple[float, ...]:
    """Return the signs of a statement, named by `SIGNS`.

    `strengths` are those of the asked words, `meaning` and `near_words` the nearness in meaning of
    the whole and of its words.
    """
    weights = [word.rarity + _LEAST_WEIGHT for word in required.words]
    uncovered = sum(w * (1 - s) for w, s in zip(weights, strengths, strict=True))
    kind = 0.0 if _only_repeats(required, candidate) else kind_agreement(required, candidate)
    subject, subjects, no_rival = subjects_agreement(required, candidate)
    withheld = withholds(candidate)
    signs = {
        "meaning": meaning,
        "words near in meaning": near_words,
        "passage meaning": candidate.evidence.similarity,
        "rank": candidate.evidence.score,
        "coverage": coverage(required, strengths),
        "weakest word": min(strengths, default=1.0),
        "uncovered": min(uncovered / 8, 2.0),
        "focus": focus_agreement(required, strengths, kind),
        "missing words": sum(strength < _MISSING for strength in strengths) / 3,
        "subject": subject,
        "subjects": subjects,
        "no rival": no_rival,
        "time": time_agreement(required, candidate),
        "part of year": part_agreement(required, candidate),
        "kind": kind,
        "same thing": same_thing(required, candidate),
        "measure": min(
            measure_agreement(required, candidate), share_agreement(required, candidate)
        ),
        "not narrowed": not_narrowed(required, candidate),
        "not a plan": not_a_plan(required, candidate),
        "world": world_agreement(required, candidate),
        "edition": edition_agreement(required, candidate),
        "source named": source_agreement(required, candidate),
        "nothing withheld": float(not withheld),
        "nothing absent": float(withheld or not states_absence(candidate)),
        "no reference": float(not is_reference(candidate)),
        "stands alone": float(candidate.is_row or not refers_back(candidate)),
        "row": float(candidate.is_row),
        "row of it": float(_is_row_of_it(required, candidate)),
    }
    return tuple(signs[name] for name in SIGNS)


def _is_row_of_it(required: Requirements, candidate: Candidate) -> bool:
    """Tell whether a row is of the thing asked for alone, and one of its values is chosen."""
    label = stems(candidate.evidence.passage.row_label) if candidate.is_row else frozenset()
    asked = stems(required.question.text)
    return len(candidate.cells) == 1 and bool(label) and label <= asked


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


def focus_agreement(required: Requirements, strengths: Sequence[float], kind: float) -> float:
    """Return how far the very thing asked for is said; the kind of answer may stand for it."""
    if not required.focus:
        return kind
    return max(strengths[index] for index in required.focus)


def coverage(required: Requirements, strengths: Sequence[float]) -> float:
    """Return the share of the asked words that is said, by their rarity; 1 where none is asked."""
    weights = [word.rarity + _LEAST_WEIGHT for word in required.words]
    if not weights:
        return 1.0
    return sum(w * s for w, s in zip(weights, strengths, strict=True)) / sum(weights)
