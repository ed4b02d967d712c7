"""The bench of adding: what is counted to which step, and the time that is said to be left."""

import time

import pytest

from bench.adding import Steps, seconds_left
from index.sync import Progress


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


def test_the_files_that_are_left_take_as_long_as_those_before():
    assert seconds_left(Progress(5, 20, "a.pdf", "new"), 10.0) == pytest.approx(30.0)
