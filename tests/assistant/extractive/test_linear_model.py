"""The two linear models: worked by hand, and the shipped weights against the features' names."""

import json
import math

import pytest

from assistant.extractive.confidence import ANSWER_FEATURES
from assistant.extractive.linear_model import (
    WEIGHTS,
    Linear,
    answer_probability,
    candidate_score,
)
from assistant.extractive.ranking import FEATURES

DATA = json.loads(WEIGHTS.read_text(encoding="utf-8"))


def means(model: str) -> list[float]:
    return [one["mean"] for one in DATA["models"][model]["features"]]


def test_score_is_the_weighted_sum_of_the_standardised_signs() -> None:
    model = Linear(means=(1.0, 0.5), spreads=(2.0, 0.25), weights=(3.0, -1.0), constant=0.5)
    # 0.5 + 3 * (5 - 1) / 2 - 1 * (1 - 0.5) / 0.25
    assert model.score((5.0, 1.0)) == pytest.approx(0.5 + 6 - 2)
    assert model.score((1.0, 0.5)) == 0.5


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_score_needs_a_value_for_each_sign(count: int) -> None:
    model = Linear(means=(1.0, 0.5), spreads=(2.0, 0.25), weights=(3.0, -1.0))
    with pytest.raises(ValueError, match="zip"):
        model.score((1.0,) * count)


@pytest.mark.parametrize(
    ("model", "names"), [("candidates", FEATURES), ("answers", ANSWER_FEATURES)]
)
def test_shipped_weights_are_those_of_the_signs_in_their_order(
    model: str, names: tuple[str, ...]
) -> None:
    features = DATA["models"][model]["features"]
    assert tuple(one["feature"] for one in features) == names
    assert all(one["spread"] > 0 for one in features)
    assert all(math.isfinite(one["mean"] + one["weight"]) for one in features)


def test_shipped_models_are_read_from_their_file() -> None:
    middle = means("candidates")
    constant = DATA["models"]["candidates"]["constant"]
    assert candidate_score(middle) == pytest.approx(constant)
    first = DATA["models"]["candidates"]["features"][0]
    above = [middle[0] + first["spread"], *middle[1:]]
    assert candidate_score(above) == pytest.approx(constant + first["weight"])


def test_probability_is_the_logistic_of_the_score() -> None:
    constant = DATA["models"]["answers"]["constant"]
    assert answer_probability(means("answers")) == pytest.approx(1 / (1 + math.exp(-constant)))


def test_probability_stays_between_none_and_one_however_far_the_signs_lie() -> None:
    weights = [one["weight"] for one in DATA["models"]["answers"]["features"]]
    for far in (1e3, 1e9):
        for_it = answer_probability([math.copysign(far, weight) for weight in weights])
        against = answer_probability([-math.copysign(far, weight) for weight in weights])
        assert 0 <= against < 0.001 < 0.999 < for_it <= 1


@pytest.mark.parametrize("sign", ["learned", "coverage", "names", "time", "answer type"])
def test_a_candidate_scores_higher_the_more_it_agrees(sign: str) -> None:
    less, more = means("candidates"), means("candidates")
    less[FEATURES.index(sign)], more[FEATURES.index(sign)] = 0.0, 1.0
    assert candidate_score(less) < candidate_score(more)
