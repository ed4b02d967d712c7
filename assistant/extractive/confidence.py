"""How likely what is shown is right: the features of the best candidate and of all together."""

import math
from collections.abc import Sequence
from typing import get_args

from assistant.extractive.comparison import name_agreement
from assistant.extractive.linear_model import answer_probability
from assistant.extractive.ranking import FEATURES, Ranking, coverage
from corpus.language.names import Name
from index.query.expected_type import ExpectedType

_NEAR = 8  # candidates in which a name must stand somewhere
_NEAREST = 3  # as above, for a name that must be one of the lexicon's
# Kinds of the lexicon of which a document about another is no answer.
_EXACT_KINDS = frozenset(("company", "country", "element", "metal", "plant", "agency"))
_FAR = 5.0  # how far below the best candidate no other counts any more
_SLOTS = ("time", "answer type", "measure", "edition", "names")
ANSWER_FEATURES = (
    *FEATURES,
    "score",
    "share of the best",
    *(f"wants {wanted}" for wanted in get_args(ExpectedType)),
    "covered anywhere",
    "said to be absent",
    "least agreement",
    "a name nowhere",
)


def probability(ranking: Ranking) -> float:
    """Return the probability, from 0 to 1, that what is shown of the candidates is right.

    What speaks of another company, country or element than the question is no answer.
    """
    if not ranking.candidates or _is_of_another(ranking):
        return 0.0
    return answer_probability(answer_features(ranking))


def answer_features(ranking: Ranking) -> tuple[float, ...]:
    """Return the features, named by `ANSWER_FEATURES`, of what is shown for a question."""
    asked, found = ranking.asked, ranking.candidates
    best = found[0]
    anywhere = [max(said) for said in zip(*(one.said for one in found), strict=True)]
    absent = [one.score - best.score for one in found if one.feature("absence")]
    return (
        *best.features,
        best.score,
        1 / sum(math.exp(one.score - best.score) for one in found),
        *(float(asked.answer_type == wanted) for wanted in get_args(ExpectedType)),
        coverage(asked, anywhere),
        max((-_FAR, *absent)),
        min(best.feature(name) for name in _SLOTS),
        float(_misses_a_name(ranking, ranking.asked.names, _NEAR)),
    )


def _is_of_another(ranking: Ranking) -> bool:
    exact = [name for name in ranking.asked.names if name.kind in _EXACT_KINDS]
    return _misses_a_name(ranking, exact, _NEAREST)


def _misses_a_name(ranking: Ranking, names: Sequence[Name], count: int) -> bool:
    """Tell whether the first candidates and their surroundings leave out one of some names."""
    near = [one.candidate for one in ranking.candidates[:count]]
    return any(all(name_agreement(name, one) == 0 for one in near) for name in names)
