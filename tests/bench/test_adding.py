"""The bench of adding: what is counted to which step, and the time that is said to be left."""

import time

from bench.adding import Steps


def test_a_step_within_another_is_counted_once():
    steps = Steps()
    with steps.taking("outer"):
        steps.timed("inner", time.sleep)(0.05)

    assert steps.seconds["inner"] >= 0.05
    assert steps.seconds["outer"] < 0.05


def test_the_wait_for_each_item_is_counted():
    def slow(count):
        for number in range(count):
            time.sleep(0.02)
            yield number

    steps = Steps()

    assert list(steps.waited("waiting", slow)(2)) == [0, 1]
    assert steps.seconds["waiting"] >= 0.04
