"""What a model took to word a question, or why it could not, is told beside the answer."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Seconds, Sentence, Step, Tokens
from assistant.language_model import Allowance
from assistant.rewriting import Wording
from assistant.writing import with_account

TOLD = Answer(
    "How much?",
    "How much?",
    "answered",
    "It rose. [1]",
    (Sentence("It rose.", (1,), "supported"),),
    warnings=("Mind the edition.",),
    seconds=Seconds(0.5, 0.25, 2.0),
    tokens=Tokens(100, 10),
)
NOT_FOUND = Answer("How much?", "How much?", "not_found", "The sources do not say.")
CALCULATED = replace(TOLD, model="calculation", steps=(Step("2 - 1 = 1", "1", (1,)),))


@pytest.fixture
def wording() -> Wording:
    """Return what a model took, no more said."""
    wording = Wording(None, Allowance.of(1))
    wording.tokens = Tokens(20, 5)
    wording.seconds = 1.5
    return wording


def test_tokens_and_seconds_are_added_to_those_of_the_answer(wording: Wording) -> None:
    assert with_account(TOLD, wording) == replace(
        TOLD, tokens=Tokens(120, 15), seconds=Seconds(0.5, 0.25, 3.5)
    )


def test_a_fault_is_told_with_what_stands_in(wording: Wording) -> None:
    wording.fault = "nobody answers there; start it"
    assert with_account(TOLD, wording).warnings == (
        "Mind the edition.",
        "Nobody answers there; start it. The sources' own words are shown instead.",
    )


@pytest.mark.parametrize("answer", [NOT_FOUND, CALCULATED])
def test_nothing_stands_in_for_an_answer_that_no_model_writes(
    wording: Wording, answer: Answer
) -> None:
    wording.fault = "nobody answers there; start it"
    warnings = with_account(answer, wording).warnings
    assert warnings == (*answer.warnings, "Nobody answers there; start it.")
