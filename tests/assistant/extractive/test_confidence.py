"""Whether the sources answer: the signs of the best statement and of all of them together."""

import math
from dataclasses import replace
from typing import get_args

import pytest
from assistants import asked, evidence, ranking

from assistant.extractive.confidence import ANSWER_FEATURES, answer_features, probability
from assistant.extractive.linear_model import answer_probability
from assistant.extractive.ranking import FEATURES, Ranking
from corpus.document import Context
from index.query.expected_type import ExpectedType

QUESTION = "What fee does Lynas pay for ore in 2024?"
SAID = "Lynas had to pay a fee of $5 for ore in 2024."
PARTLY = "Lynas had to pay $5 for sand in 2024."


def features(found: Ranking) -> dict[str, float]:
    return dict(zip(ANSWER_FEATURES, answer_features(found), strict=True))


def test_no_statement_answers_with_no_probability() -> None:
    assert probability(Ranking(asked(QUESTION), ())) == 0.0


def test_probability_is_that_of_the_learned_model() -> None:
    found = ranking(QUESTION, (SAID, 2.0), (PARTLY, 1.0))
    assert probability(found) == answer_probability(answer_features(found))
    assert 0 < probability(found) < 1


def test_features_of_the_best_candidate_come_first() -> None:
    found = ranking(QUESTION, (PARTLY, 2.0), (SAID, 1.0))
    assert answer_features(found)[: len(FEATURES)] == found.candidates[0].features


def test_features_of_an_answer_are_those_of_all_its_candidates() -> None:
    found = features(ranking(QUESTION, (PARTLY, 2.0), (SAID, 1.0)))
    own = {name: value for name, value in found.items() if name not in FEATURES}
    types = {f"wants {one}": float(one == "money") for one in get_args(ExpectedType)}
    assert own == pytest.approx(
        {
            "score": 2.0,
            "share of the best": 1 / (1 + math.exp(-1)),
            **types,
            "covered anywhere": 1.0,
            "said to be absent": -5.0,
            "least agreement": 1.0,
            "a name nowhere": 0,
        }
    )


def test_what_no_statement_says_is_not_covered() -> None:
    found = features(ranking(QUESTION, (PARTLY, 2.0)))
    assert found["covered anywhere"] == pytest.approx(1 / 3)


def test_what_a_late_statement_says_is_covered_but_not_by_the_best() -> None:
    others = [(evidence(f"{PARTLY[:-1]}, part {n}.", start=100 * n), 2.0) for n in range(3)]
    found = features(ranking(QUESTION, *others, (evidence(SAID, start=900), 1.0)))
    assert found["covered anywhere"] == 1.0
    assert found["coverage"] < 1.0


@pytest.mark.parametrize(("score", "absent"), [(2.0, 0.0), (0.5, -1.5), (-9.0, -5.0)])
def test_a_statement_that_nothing_is_known_counts_by_how_near_the_best_it_is(
    score: float, absent: float
) -> None:
    found = features(ranking(QUESTION, (SAID, 2.0), ("No figure is given for the fee.", score)))
    assert found["said to be absent"] == absent


@pytest.mark.parametrize(
    ("names", "nowhere"),
    [
        (("Lynas",), 0.0),
        (("Iluka", "Lynas"), 0.0),
        (("Iluka",), 1.0),
        (("Iluka",) * 8 + ("Lynas",), 1.0),
    ],
)
def test_a_name_may_stand_nowhere_among_the_first(names: tuple[str, ...], nowhere: float) -> None:
    found = features(
        ranking(
            QUESTION,
            *((evidence(f"{name} pays a fee.", start=100 * n), -n) for n, name in enumerate(names)),
        )
    )
    assert found["a name nowhere"] == nowhere


def test_least_agreement_is_that_of_what_agrees_least() -> None:
    found = ranking("What was production in 2024?", ("Output was 60% in 2024.", 1.0))
    best = found.candidates[0]
    less = replace(best, features=tuple(0.5 if name == "time" else one for name, one in
                                         zip(FEATURES, best.features, strict=True)))  # fmt: skip
    told = features(replace(found, candidates=(less,)))
    assert told["least agreement"] == 0.5


def test_a_name_beside_a_statement_is_not_missing() -> None:
    item = evidence("A fee was due.", context=Context(section="Lynas"))
    assert features(ranking(QUESTION, (item, 1.0)))["a name nowhere"] == 0.0
