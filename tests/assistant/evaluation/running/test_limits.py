"""How fast and how much may be asked, by a clock of the test's own."""

import pytest

from assistant.evaluation.running.limits import Budget, Limits, Pace


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_cases_are_spaced_evenly() -> None:
    clock = Clock()
    pace = Pace(per_minute=30, clock=clock)
    waits = []
    for _ in range(3):
        waits.append(pace.seconds_left())
        clock.seconds += pace.seconds_left()
        pace.asked()
    assert waits == pytest.approx([0.0, 2.0, 2.0])


def test_time_that_passed_is_not_saved_up() -> None:
    clock = Clock()
    pace = Pace(per_minute=60, clock=clock)
    pace.asked()
    clock.seconds += 10
    pace.asked()
    assert pace.seconds_left() == pytest.approx(1.0)


def test_no_limit_never_waits() -> None:
    pace = Pace(per_minute=0, clock=Clock())
    pace.asked()
    assert pace.seconds_left() == 0


def test_money_is_tokens_by_their_prices_a_million() -> None:
    limits = Limits(prompt_price=2.0, completion_price=8.0)
    assert limits.cost(500_000, 250_000) == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(), ""),
        (Limits(max_tokens=1_501), ""),
        (Limits(max_tokens=1_500), "1,500 of 1,500 tokens"),
        (Limits(max_cost=0.01, prompt_price=2.0), ""),
        (Limits(max_cost=0.01, prompt_price=2.0, completion_price=20.0), "0.01 of 0.01 in money"),
    ],
)
def test_budget_tells_which_limit_is_reached(limits: Limits, told: str) -> None:
    budget = Budget(limits)
    budget.spend(700, 300)
    budget.spend(300, 200)
    assert (budget.tokens, budget.used_up()) == (1_500, told)
