"""What the shipped matching model says of facts, with sentences that it did not learn from."""

import pytest

from index.matching.fact_text import FactText
from index.matching.model import MatchingModel, load_matching_model

pytestmark = pytest.mark.slow

_ABOVE = "Tarvas Minerals: annual report 2024 | Operations"


def fact(said: str, value: str) -> FactText:
    start = said.index(value)
    return FactText(_ABOVE, said, start, start + len(value))


OUTPUT = fact("The Tarvas pit yielded 5,300 t of concentrate in 2024.", "5,300 t")
STAFF = fact("At the end of 2024 the company employed 412 people.", "412")
LOAN = fact("The state bank granted Tarvas a loan of €30 million in March 2024.", "€30 million")


@pytest.fixture(scope="module")
def model() -> MatchingModel:
    return load_matching_model()


@pytest.mark.parametrize(
    ("asked", "best"),
    [
        ("how much was dug up at Tarvas in 2024?", 0),
        ("Tarvas workforce, year-end 2024", 1),
        ("money that the state lent to Tarvas, 2024", 2),
    ],
)
def test_fact_that_answers_in_other_words_is_the_likeliest(
    model: MatchingModel, asked: str, best: int
) -> None:
    judged = model.judge(asked, (OUTPUT, STAFF, LOAN))
    assert judged.index(max(judged)) == best
    assert all(0 <= one <= 1 for one in judged)


def test_fact_is_judged_by_itself(model: MatchingModel) -> None:
    together = model.judge("Tarvas output 2024", (STAFF, OUTPUT, LOAN))
    alone = [model.judge("Tarvas output 2024", (one,))[0] for one in (STAFF, OUTPUT, LOAN)]
    assert together == alone
    assert MatchingModel.judge(model, "Tarvas output 2024", ()) == []
