"""What of the last question a follow-up is about, as the shipped model tells."""

from itertools import pairwise

import pytest

from assistant.conversation.carrying import load_carrying
from assistant.conversation.mentions import read_utterance

PRICE = "What was the average price of terbium oxide in China in 2024?"


def judged(follow_up: str, before: str = PRICE) -> dict[str, float]:
    said = read_utterance(before)
    likely = load_carrying().judge(read_utterance(follow_up), said)
    return {said.said(one): odds for one, odds in zip(said.mentions, likely, strict=True)}


def test_a_fragment_carries_all_but_its_like() -> None:
    likely = judged("and in 2023?")
    assert min(likely["price"], likely["terbium oxide"], likely["China"]) > 0.5
    assert likely["2024"] < 0.5


@pytest.mark.parametrize("question", ["When did MP Materials open the Mountain Pass mine?"])
def test_a_new_topic_carries_nothing(question: str) -> None:
    assert set(judged(question).values()) == {0.0}


def test_nothing_is_carried_from_a_question_that_speaks_of_nothing() -> None:
    assert judged("and in 2023?", "why?") == {}


def test_the_same_questions_are_judged_alike_whatever_was_judged_before() -> None:
    found = [judged("why did it fall?") for _ in range(3)]
    assert all(one == other for one, other in pairwise(found))
