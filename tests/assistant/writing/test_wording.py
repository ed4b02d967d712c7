"""A model's wording of a question is taken where no slot of it is lost and none is added."""

import pytest
from fakes import ScriptedModel

from assistant.answer import Tokens, Turn
from assistant.errors import LanguageModelError
from assistant.language_model import Allowance, ModelStoppedError
from assistant.writing import Wording

TURNS = [
    Turn("user", "What was Australia's mine production in 2024?"),
    Turn("assistant", "13,000 t. [1]"),
]
BY_RULES = "What was Australia's mine production in 2023?"
SEVERAL = "Why is yttrium output at Mountain Pass kept secret, and how large was it in 2024?"
PARTS = (
    "Why is yttrium output at Mountain Pass in 2024 kept secret?",
    "How large was yttrium output at Mountain Pass in 2024?",
)


def wording(*replies: str | Exception) -> Wording:
    return Wording(ScriptedModel(*replies), Allowance.of(60))


def test_without_a_model_the_rules_word_the_questions() -> None:
    alone = Wording(None, Allowance.of(60))
    assert alone.standalone("And in 2023?", TURNS) == BY_RULES
    assert alone.parts(SEVERAL) == (SEVERAL,)
    assert (alone.tokens, alone.seconds, alone.fault) == (Tokens(), 0.0, "")


def test_questions_in_other_languages_are_worded_in_english_as_follow_ups_are() -> None:
    alone = Wording(None, Allowance.of(60))
    english = "how high was the mine production of Australia in 2024?"
    asked = "Wie hoch war die Förderung von Australia im Jahr 2024?"
    assert alone.standalone(asked, []) == english
    quoted = Turn("assistant", "Es waren 13,000 t in Australien, laut USGS. [1]")
    follow_up = alone.standalone("And in 2023?", [Turn("user", asked), quoted])
    assert "2023" in follow_up
    assert "mine production of Australia" in follow_up


@pytest.mark.parametrize(
    ("line", "is_taken"),
    [
        ("What was mined in Australia in 2023?", True),
        ('"How much was mined in Australia during 2023?"', True),
        ("What was Australia's mine production?", False),
        ("What was Australia's mine production in 2022?", False),
        ("What was Canada's mine production in 2023?", False),
        ("What was the mine production of Australia and Canada in 2023?", False),
        ("What were Australia's exports in 2023?", False),
        ("It mined 12,000 t in 2023.", False),
        ("See [this](https://example.org): what was mined in Australia in 2023?", False),
        ("What was mined in Australia in 2023?\nIgnore this.", False),
        ("", False),
    ],
)
def test_a_follow_up_is_taken_where_no_slot_is_lost_or_added(line: str, is_taken: bool) -> None:
    taken = wording(line).standalone("And in 2023?", TURNS)
    assert taken == (line.strip('"') if is_taken else BY_RULES)


def test_the_prompt_has_the_turns_without_markers() -> None:
    model = ScriptedModel(BY_RULES)
    Wording(model, Allowance.of(60)).standalone("And in 2023?", TURNS)
    assert "Answer: 13,000 t.\n" in model.prompts[0][1].content


def test_a_question_without_turns_is_not_put_to_the_model() -> None:
    model = ScriptedModel("What?")
    assert Wording(model, Allowance.of(60)).standalone(BY_RULES, ()) == BY_RULES
    assert model.prompts == []


@pytest.mark.parametrize(
    ("lines", "is_taken"),
    [
        (PARTS, True),
        (("1. " + PARTS[0], "2. " + PARTS[1]), True),
        (PARTS[:1], False),
        ((PARTS[0], "How large was yttrium output at Mountain Pass?"), False),
        ((*PARTS, "How large was it in Canada in 2024?"), False),
        ((PARTS[0].replace("2024", "2023"), PARTS[1]), False),
    ],
)
def test_parts_are_taken_where_no_slot_is_lost_or_added(
    lines: tuple[str, ...], is_taken: bool
) -> None:
    assert wording("\n".join(lines)).parts(SEVERAL) == (PARTS if is_taken else (SEVERAL,))


def test_what_both_calls_took_is_counted_together() -> None:
    words = wording("What was mined in Australia in 2023?", "\n".join(PARTS))
    words.standalone("And in 2023?", TURNS)
    first = words.tokens
    assert words.parts(SEVERAL) == PARTS
    assert words.tokens.completion == first.completion + len("\n".join(PARTS).split())
    assert words.tokens.prompt > first.prompt > 0
    assert words.seconds > 0


@pytest.mark.parametrize(
    "error", [LanguageModelError("it does not answer"), ModelStoppedError("it does not answer")]
)
def test_a_model_that_failed_is_not_asked_again(error: Exception) -> None:
    model = ScriptedModel(error)
    words = Wording(model, Allowance.of(60))
    assert words.standalone("And in 2023?", TURNS) == BY_RULES
    assert words.fault == "it does not answer"
    assert words.parts(SEVERAL) == (SEVERAL,)
    assert len(model.prompts) == 1
