"""Questions that have to do with nothing before them are left as they were asked."""

import pytest

from bench.conversations import LEAST_KEPT, share_kept, unrelated_questions


@pytest.mark.slow
def test_questions_on_something_else_take_over_next_to_nothing() -> None:
    assert share_kept(unrelated_questions()[:150]) >= LEAST_KEPT
