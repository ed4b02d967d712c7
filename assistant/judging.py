"""Whether the sources answer a question: the signs of its best statement and of all together."""

import math
import re
from collections.abc import Iterator
from typing import get_args

from assistant.agreement import SIGNS, coverage, noun_said, purpose_said, subject_agreement
from assistant.answerability import answer_probability
from assistant.wanted import Wanted
from assistant.weighing import Weighed, Weighing

_NEAR = 8  # statements in which a name must stand somewhere
_FAR = 5.0  # how far below the best statement no other counts any more
_ALWAYS_NAMED = frozenset(("country", "company", "element", "metal"))  # in any answer about one
_BESIDE = 0.5  # agreement of a subject that is named near a statement about another
_OTHER_TIME = 0.35  # agreement of the times of a statement that are others, by its section
_OTHER_MEASURE = 0.3
_UNSAID = 0.3  # strength below which a noun is said nowhere
_PART_UNSAID = 0.4
_AMOUNTS = ("money", "mass", "count")
_OVERRULED = 0.4  # what is left of a probability
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
    "agreement of all",
    "a name missing",
    "a name nowhere",
    "noun",
    "noun anywhere",
)
_AGREEING = ("time", "part of year", "kind", "same thing", "measure", "edition")
# Kinds of the lexicon of which a statement about another is no answer; of minerals and products the
# wordings differ more.
_EXACT_KINDS = frozenset(("", "country", "company", "mine", "plant", "element", "town"))


def probability(weighing: Weighing) -> float:
    """Return the probability, from 0 to 1, that the sources answer the question.

    What the models add up, each sign that speaks clearly against the best statement overrules.
    """
    if not weighing.statements:
        return 0.0
    overruled = sum(_overruling(weighing))
    return answer_probability(question_signs(weighing)) * _OVERRULED**overruled


def _overruling(weighing: Weighing) -> Iterator[bool]:
    """Yield for each thing that an answer may not lack whether the best statement lacks it."""
    required, best = weighing.required, weighing.statements[0]
    # It speaks of another time.
    yield best.sign("time") <= _OTHER_TIME or best.sign("part of year") == 0
    # It is about another than the one asked about, or about the whole world.
    yield best.sign("no rival") == 0 and best.sign("subject") < _BESIDE
    yield best.sign("world") < 1 and not required.of_the_world
    # It gives another measure, or of two things that are told apart the other.
    yield best.sign("measure") <= _OTHER_MEASURE
    yield best.sign("same thing") == 0
    # It tells a plan where a fact is asked for.
    yield best.sign("not a plan") == 0
    # It says that no figure is known, or holds none.
    yield required.wants_figure and best.sign("nothing absent") == 0
    yield required.wanted in _AMOUNTS and best.sign("kind") == 0
    # Nothing near it names whom the question names; a yes or no must name them itself.
    yield _misses_a_name(weighing, _NEAR, _ALWAYS_NAMED)
    is_open = bool(_YES_OR_NO.match(required.question.text))
    yield is_open and _misses_a_name(weighing, 1, _EXACT_KINDS)
    # Nothing says the noun that is asked for.
    yield noun_said(required, _strongest(weighing.statements)) < _UNSAID
    # It does not say what the figure asked for goes to.
    yield purpose_said(required, best.strengths) < _PART_UNSAID


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
