"""How a calculation reads on a terminal."""

import pytest

from assistant.answer import Answer, Sentence, Step
from assistant.cli.printing import print_answer


def test_steps_are_printed_under_the_answer_with_their_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = Answer(
        "How much?",
        "How much?",
        "answered",
        "It rose by 30. [1]",
        (Sentence("It rose by 30.", (1,), "supported"),),
        steps=(Step("2024: 330", (1,), "330"), Step("330 − 300 = 30", (1, 2), "30")),
    )
    print_answer(answer)
    assert capsys.readouterr().out == (
        "It rose by 30. [1]\n\nSteps:\n  1. 2024: 330 [1]\n  2. 330 − 300 = 30 [1] [2]\n"
    )


def test_answer_without_steps_has_no_heading_for_them(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(Answer("Why?", "Why?", "not_found", "The sources do not say."))
    assert capsys.readouterr().out == "The sources do not say.\n"
