"""How likely what is shown is right: the signs of the best statement and of all together."""

import math
from typing import get_args

from assistant.agreement import SIGNS, coverage, noun_said, purpose_said, subject_agreement
from assistant.answerability import answer_probability
from assistant.wanted import Wanted
from assistant.weighing import Weighed, Weighing

_NEAR = 8  # statements in which a name must stand somewhere
_FAR = 5.0  # how far below the best statement no other counts any more
QUESTION_SIGNS = (
    *SIGNS,
    "score",
    "share of the best",
    "asked words",
    *(f"wants {wanted}" for wanted in get_args(Wanted)),
    "covered anywhere",
    "said to be absent",
    "least agreement",
    "agreement of all",
    "a name missing",
    "a name nowhere",
    "noun",
    "noun anywhere",
    "purpose",
)
_AGREEING = ("time", "part of year", "kind", "same thing", "measure", "edition")
# Kinds of the lexicon of which a statement about another is no answer; of minerals and products the
# wordings differ more.
_EXACT_KINDS = frozenset(("", "country", "company", "mine", "plant", "element", "town"))


def probability(weighing: Weighing) -> float:
    """Return the probability, from 0 to 1, that what is shown of the statements is right."""
    return answer_probability(question_signs(weighing)) if weighing.statements else 0.0


def question_signs(weighing: Weighing) -> tuple[float, ...]:
    """Return the signs, named by `QUESTION_SIGNS`, that the sources answer a question."""
    required, statements = weighing.required, weighing.statements
    best = statements[0]
    shares = [math.exp(one.score - best.score) for one in statements]
    anywhere = _strongest(statements)
    agreeing = [best.sign(name) for name in _AGREEING]
    absent = [one.score - best.score for one in statements if one.sign("nothing absent") == 0]
    return (
        *best.signs,
        best.score,
        1 / sum(shares),
        math.log(len(required.words) + 1),
        *(float(required.wanted == wanted) for wanted in get_args(Wanted)),
        coverage(required, anywhere),
        max((-_FAR, *absent)),
        min(agreeing),
        math.prod(agreeing),
        float(_misses_a_name(weighing, 1, _EXACT_KINDS)),
        float(_misses_a_name(weighing, _NEAR, _EXACT_KINDS)),
        noun_said(required, best.strengths),
        noun_said(required, anywhere),
        purpose_said(required, best.strengths),
    )


def _misses_a_name(weighing: Weighing, count: int, kinds: frozenset[str]) -> bool:
    """Tell whether the best statements and their surroundings leave out what is asked about."""
    best = weighing.statements[:count]
    return any(
        subject.kind in kinds
        and all(subject_agreement(subject, one.candidate) == 0 for one in best)
        for subject in weighing.required.subjects
    )


def _strongest(statements: tuple[Weighed, ...]) -> tuple[float, ...]:
    """Return how far each asked word is said by the statement that says it best."""
    return tuple(max(said) for said in zip(*(one.strengths for one in statements), strict=True))
