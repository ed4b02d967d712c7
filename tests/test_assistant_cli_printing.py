"""How a calculation reads on a terminal."""

import json

import pytest

from assistant.answer import Answer, Sentence, Step
from assistant.cli.printing import print_answer, print_json


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


HOSTILE = "\x1b]0;title\x07\x1b[2Jwiped \x9b31mred\x1b[0m \u202eback\u202c"


def test_nothing_of_a_document_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(Answer("Why?", "Why?", "not_found", HOSTILE, warnings=(HOSTILE,)))
    printed = capsys.readouterr()
    assert printed.out == "wiped red back\n"
    assert printed.err == "warning: wiped red back\n"


def test_printed_json_holds_the_signs_as_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"text": HOSTILE})
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "\x9b" not in printed
    assert "\u202e" not in printed
    assert json.loads(printed) == {"text": HOSTILE}
