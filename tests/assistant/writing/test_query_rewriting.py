"""What a model understands of a question is taken as far as it can be read."""

import json

import pytest
from fakes import ScriptedModel

from assistant.answer import Tokens, Turn
from assistant.answer.answer_stream import AnswerProgress
from assistant.errors import LanguageModelError
from assistant.language_model import Allowance, ModelStoppedError
from assistant.writing import ModelCalls, Understood, understand

TURNS = (
    Turn("user", "What was Australia's mine production in 2024?"),
    Turn("assistant", "13,000 t. [1]"),
)
BY_RULES = "What was Australia's mine production in 2023?"
TOLD = {"standalone": "How much did Australia mine in 2023?", "queries": ["Australia 2023"]}


def calls_of(model: ScriptedModel, seconds: float = 60) -> ModelCalls:
    return ModelCalls(model, model, Allowance.of(seconds), AnswerProgress())


def understood(*replies: str | Exception) -> tuple[Understood, ModelCalls, ScriptedModel]:
    model = ScriptedModel(*replies)
    calls = calls_of(model)
    return understand("And in 2023?", TURNS, BY_RULES, "2026-05-01", calls), calls, model


def test_the_question_its_searches_and_what_is_needed_are_read() -> None:
    found, calls, model = understood(json.dumps(TOLD | {"needed": "list"}))
    assert found == Understood(TOLD["standalone"], ("Australia 2023",), "list")
    assert (calls.count, calls.fault) == (1, "")
    assert calls.tokens != Tokens()
    ((_, asked),) = model.prompts
    assert asked.content.splitlines()[0] == "Today is 2026-05-01."
    assert "Answer: 13,000 t." in asked.content
    assert "[1]" not in asked.content


@pytest.mark.parametrize(
    "reply",
    [
        f"Sure! ```json\n{json.dumps(TOLD, indent=1)}\n```",
        f"<think>a follow-up {{}}</think>{json.dumps(TOLD)}",
        json.dumps(TOLD | {"needed": "poem", "more": 1}),
    ],
)
def test_it_is_read_whatever_stands_around_it(reply: str) -> None:
    found, _, _ = understood(reply)
    assert found == Understood(TOLD["standalone"], ("Australia 2023",))


@pytest.mark.parametrize(
    "reply", ["", "{}", '{"standalone": 5}', "I cannot.", '{"standalone": ""}']
)
def test_what_cannot_be_read_leaves_the_question_to_the_rules(reply: str) -> None:
    found, calls, _ = understood(reply)
    assert (found, calls.fault) == (Understood(BY_RULES), "")


def test_markup_and_more_than_six_searches_are_not_taken() -> None:
    told = {"standalone": "**How** much?", "queries": [f"search {n}" for n in range(9)] + [3]}
    found, _, _ = understood(json.dumps(told))
    assert found.standalone == "How much?"
    assert len(found.queries) == 6


@pytest.mark.parametrize("error", [LanguageModelError("nobody"), ModelStoppedError("stopped")])
def test_a_model_that_fails_says_why_and_leaves_it_to_the_rules(error: Exception) -> None:
    found, calls, _ = understood(error)
    assert (found, calls.fault) == (Understood(BY_RULES), str(error))


def test_a_long_question_is_taken_whole() -> None:
    asked = f"How much did {' and '.join(f'mine {n}' for n in range(60))} make in 2024?"
    found, _, _ = understood(json.dumps({"standalone": asked, "queries": ["mines"]}))
    assert found.standalone == asked
