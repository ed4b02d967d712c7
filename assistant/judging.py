"""How likely what is shown is right: the signs of the best statement and of all together."""

import math
import re
from collections.abc import Iterator
from typing import get_args

from assistant.agreement import SIGNS, coverage, subject_agreement
from assistant.answerability import answer_probability
from assistant.wanted import Wanted
from assistant.weighing import Weighed, Weighing

_NEAR = 8  # statements in which a name must stand somewhere
_FAR = 5.0  # how far below the best statement no other counts any more
_BESIDE = 0.5  # agreement of a subject that is named near a statement about another
_OF_ANOTHER = 0.4  # what is left of a probability
_ALWAYS_NAMED = frozenset(("country", "company", "element", "metal"))  # in any answer about one
_YES_OR_NO = re.compile(
    r"(?:and |but |so )?(?:do|does|did|is|are|was|were|has|have|had|can|could|may|must|should|"
    r"will|would)\b",
    re.IGNORECASE,
)
QUESTION_SIGNS = (
    *SIGNS,
    "score",
    "share of the best",
    "asked words",
    *(f"wants {wanted}" for wanted in get_args(Wanted)),
    "covered anywhere",
    "said to be absent",
    "least agreement",
    "a name nowhere",
)
_AGREEING = ("time", "part of year", "kind", "measure", "edition")
# Kinds of the lexicon of which a statement about another is no answer; of minerals and products the
# wordings differ more.
_EXACT_KINDS = frozenset(("", "country", "company", "mine", "plant", "element", "town"))


def probability(weighing: Weighing) -> float:
    """Return the probability, from 0 to 1, that what is shown of the statements is right.

    Each way in which the best one is of somebody else than asked lowers what was learned: the
    collections that it was learned from hold few questions about those whom no source names.
    """
    if not weighing.statements:
        return 0.0
    return answer_probability(question_signs(weighing)) * _OF_ANOTHER ** sum(_of_another(weighing))


def _of_another(weighing: Weighing) -> Iterator[bool]:
    """Yield for each way in which the best statement may be of another whether it is."""
    required, best = weighing.required, weighing.statements[0]
    yield best.sign("no rival") == 0 and best.sign("subject") < _BESIDE
    yield _misses_a_name(weighing, _NEAR, _ALWAYS_NAMED)
    is_open = bool(_YES_OR_NO.match(required.question.text))  # and must be answered by name
    yield is_open and _misses_a_name(weighing, 1, _EXACT_KINDS)


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
        float(_misses_a_name(weighing, _NEAR, _EXACT_KINDS)),
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
