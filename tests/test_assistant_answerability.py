"""The two linear models: worked by hand, and the shipped weights against the names of the signs."""

import json
import math

import pytest

from assistant.agreement import SIGNS
from assistant.answerability import (
    WEIGHTS,
    Linear,
    answer_probability,
    statement_score,
)
from assistant.judging import QUESTION_SIGNS

DATA = json.loads(WEIGHTS.read_text(encoding="utf-8"))


def means(model: str) -> list[float]:
    return [sign["mean"] for sign in DATA["models"][model]["signs"]]


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


@pytest.mark.parametrize(("model", "names"), [("statements", SIGNS), ("answers", QUESTION_SIGNS)])
def test_shipped_weights_are_those_of_the_signs_in_their_order(
    model: str, names: tuple[str, ...]
) -> None:
    signs = DATA["models"][model]["signs"]
    assert tuple(sign["sign"] for sign in signs) == names
    assert all(sign["spread"] > 0 for sign in signs)
    assert all(math.isfinite(sign["mean"] + sign["weight"]) for sign in signs)


def test_shipped_models_are_read_from_their_file() -> None:
    middle = means("statements")
    constant = DATA["models"]["statements"]["constant"]
    assert statement_score(middle) == pytest.approx(constant)
    first = DATA["models"]["statements"]["signs"][0]
    above = [middle[0] + first["spread"], *middle[1:]]
    assert statement_score(above) == pytest.approx(constant + first["weight"])


def test_probability_is_the_logistic_of_the_score() -> None:
    constant = DATA["models"]["answers"]["constant"]
    assert answer_probability(means("answers")) == pytest.approx(1 / (1 + math.exp(-constant)))


def test_probability_stays_between_none_and_one_however_far_the_signs_lie() -> None:
    weights = [sign["weight"] for sign in DATA["models"]["answers"]["signs"]]
    for far in (1e3, 1e9):
        for_it = answer_probability([math.copysign(far, weight) for weight in weights])
        against = answer_probability([-math.copysign(far, weight) for weight in weights])
        assert 0 <= against < 0.001 < 0.999 < for_it <= 1


@pytest.mark.parametrize("sign", ["coverage", "subject", "time", "part of year", "no rival"])
def test_a_statement_scores_higher_the_more_it_agrees(sign: str) -> None:
    less, more = means("statements"), means("statements")
    less[SIGNS.index(sign)], more[SIGNS.index(sign)] = 0.0, 1.0
    assert statement_score(less) < statement_score(more)
