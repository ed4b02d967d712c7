"""How near words are in meaning, as the packaged encoder reads them."""

import pytest
from assistants import asked, statement

from assistant.extractive.late_interaction import nearness

QUESTION = "What did the harbour cost?"
SAME = "The harbour cost 5 million euros."
LIKE = "The port was priced at 5 million euros."
OTHER = "Swallows nest under the roof every summer."


@pytest.mark.slow
def test_a_word_is_as_near_as_to_the_nearest_word_of_a_candidate() -> None:
    words = asked(QUESTION).words
    told = [statement(QUESTION, text) for text in (SAME, LIKE, OTHER)]
    same, like, other = nearness(QUESTION, words, told)
    assert [word.text for word in words] == ["harbour", "cost"]
    assert same.words[0] > like.words[0] > other.words[0]
    assert same.whole > like.whole > other.whole


@pytest.mark.slow
def test_each_candidate_is_compared_by_itself() -> None:
    words = asked(QUESTION).words
    told = [statement(QUESTION, text) for text in (SAME, LIKE, OTHER)]
    assert nearness(QUESTION, words, told) == tuple(
        one for candidate in told for one in nearness(QUESTION, words, [candidate])
    )
    assert nearness(QUESTION, words, []) == ()


@pytest.mark.slow
def test_strengths_stay_between_nothing_and_most() -> None:
    words = asked("Which harbour, ship, crane and quay did the port of Ostvik sell?").words
    for one in nearness(QUESTION, words, [statement(QUESTION, SAME)]):
        assert all(0 <= near <= 0.9 for near in one.words)
