"""How a calculation and an answer by a language model read on a terminal."""

import json
from dataclasses import replace

import pytest

from assistant.answer import Answer, Seconds, Sentence, Step, Tokens
from assistant.cli.printing import print_answer, print_json, say_understood

WRITTEN = Answer(
    "How much?",
    "How much?",
    "answered",
    "It rose. [1] It fell. [2]",
    (Sentence("It rose.", (1,), "supported"), Sentence("It fell.", (2,), "supported")),
    model="m:1b",
    seconds=Seconds(0.1, 0.2, 3.0),
    tokens=Tokens(1540, 12),
)


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


def test_who_wrote_an_answer_is_told_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(WRITTEN)
    printed = capsys.readouterr()
    assert printed.out == "It rose. [1] It fell. [2]\n"
    assert printed.err == (
        "written by m:1b in 3.3 s, 1,540 tokens read, 12 written; "
        "each sentence verified against its quotes\n"
    )


def test_tokens_that_a_stopped_model_never_told_are_not_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_answer(replace(WRITTEN, tokens=Tokens()))
    assert capsys.readouterr().err == (
        "written by m:1b in 3.3 s; each sentence verified against its quotes\n"
    )


def test_no_one_wrote_an_answer_of_the_sources_own_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_answer(replace(WRITTEN, model="extractive"))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("printed", ["It rose. [1]", WRITTEN.text])
def test_only_the_rest_of_a_printed_text_is_printed(
    capsys: pytest.CaptureFixture[str], printed: str
) -> None:
    print_answer(WRITTEN, printed)
    assert printed + capsys.readouterr().out == "It rose. [1] It fell. [2]\n"


def test_text_that_became_another_is_printed_anew(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(WRITTEN, "It stood still. [1]")
    shown = capsys.readouterr()
    assert shown.out == "\nIt rose. [1] It fell. [2]\n"
    assert shown.err.startswith("the answer became another than what stands above; it is this:\n")


@pytest.mark.parametrize(
    ("understood", "told"),
    [("How much in 2024?", "understood as: How much in 2024?\n"), ("And in 2024?", ""), ("", "")],
)
def test_understood_question_is_told_where_it_differs(
    capsys: pytest.CaptureFixture[str], understood: str, told: str
) -> None:
    say_understood("And in 2024?", understood)
    assert capsys.readouterr().err == told


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
