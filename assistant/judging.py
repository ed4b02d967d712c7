"""Whether the sources answer a question: the signs of its best statement and of all together."""

import math
from typing import get_args

from assistant.agreement import SIGNS, coverage, focus_agreement, subject_agreement
from assistant.answerability import answer_probability
from assistant.wanted import Wanted
from assistant.weighing import Weighed, Weighing

_FIRST = 3  # statements that an answer may be made of
_NEAR = 8  # statements in which a name must stand somewhere
_FAR = 5.0  # how far below the best statement no other counts any more
_ALWAYS_NAMED = frozenset(("country", "company", "element"))  # in any answer about one
_BESIDE = 0.5  # agreement of a subject that is named near a statement about another
_AMOUNTS = ("money", "mass", "count")
_OVERRULED = 0.4  # what is left of a probability
QUESTION_SIGNS = (
    *SIGNS,
    "score",
    "share of the best",
    "asked words",
    *(f"wants {wanted}" for wanted in get_args(Wanted)),
    "weakest word anywhere",
    "covered anywhere",
    "covered by the first",
    "said to be absent",
    "least agreement",
    "agreement of all",
    "a name missing",
    "a name nowhere",
    "focus anywhere",
)
_AGREEING = ("time", "part of year", "kind", "same thing", "measure", "edition")
# Kinds of the lexicon of which a statement about another is no answer; of minerals and products the
# wordings differ more.
_EXACT_KINDS = frozenset(("", "country", "company", "mine", "plant", "element", "town"))


def probability(weighing: Weighing) -> float:
    """Return the probability, from 0 to 1, that the sources answer the question.

    What the models add up, five signs overrule: a time that speaks against the best statement; a
    rival in the place of what is asked about; that it gives no amount where one is asked for; that
    it says no figure is known; and a country, company or element that none of the best names.
    """
    if not weighing.statements:
        return 0.0
    best = weighing.statements[0]
    against = best.sign("time") == 0 or best.sign("part of year") == 0
    other = best.sign("no rival") == 0 and best.sign("subject") <= _BESIDE
    absent = weighing.required.wants_figure and best.sign("nothing absent") == 0
    bare = weighing.required.wanted in _AMOUNTS and best.sign("kind") == 0
    unnamed = _misses_a_name(weighing, _NEAR, _ALWAYS_NAMED)
    overruled = against + other + absent + bare + unnamed
    return answer_probability(question_signs(weighing)) * _OVERRULED**overruled


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
        min(anywhere, default=1.0),
        coverage(required, anywhere),
        coverage(required, _strongest(statements[:_FIRST])),
        max((-_FAR, *absent)),
        min(agreeing),
        math.prod(agreeing),
        float(_misses_a_name(weighing, 1, _EXACT_KINDS)),
        float(_misses_a_name(weighing, _NEAR, _EXACT_KINDS)),
        focus_agreement(required, anywhere, 1.0),
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
