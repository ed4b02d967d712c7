"""The wording of one answer's questions: what it took is counted, and one fault ends the asking."""

from fakes import ScriptedModel

from assistant.answer import Tokens, Turn
from assistant.errors import LanguageModelError
from assistant.language_model import Allowance, ModelStoppedError
from assistant.rewriting import Wording

TURNS = [Turn("user", "How much did Australia mine in 2024?"), Turn("assistant", "Much.")]
BY_RULES = "How much did Australia mine in 2023?"
SEVERAL = "Why is yttrium output at Mountain Pass kept secret, and how large was it in 2024?"
PARTS = (
    "Why is yttrium output at Mountain Pass kept secret?",
    "How large was yttrium output at Mountain Pass in 2024?",
)


def test_without_a_model_the_rules_word_the_questions() -> None:
    wording = Wording(None, Allowance.of(60))
    assert wording.standalone("And in 2023?", TURNS) == BY_RULES
    assert wording.parts(SEVERAL) == (SEVERAL,)
    assert (wording.tokens, wording.seconds, wording.fault) == (Tokens(), 0.0, "")


def test_what_both_calls_took_is_counted_together() -> None:
    model = ScriptedModel("What was Australia's mine production in 2023?", "\n".join(PARTS))
    wording = Wording(model, Allowance.of(60))
    assert wording.standalone("And in 2023?", TURNS).startswith("What was Australia's")
    first = wording.tokens
    assert wording.parts(SEVERAL) == PARTS
    assert wording.tokens.completion == first.completion + len("\n".join(PARTS).split())
    assert wording.tokens.prompt > first.prompt > 0
    assert wording.seconds > 0


def test_a_model_that_failed_is_not_asked_again() -> None:
    model = ScriptedModel(LanguageModelError("it does not answer"))
    wording = Wording(model, Allowance.of(60))
    assert wording.standalone("And in 2023?", TURNS) == BY_RULES
    assert wording.fault == "it does not answer"
    assert wording.parts(SEVERAL) == (SEVERAL,)
    assert len(model.prompts) == 1


def test_a_reader_who_stops_gets_the_rules_words() -> None:
    wording = Wording(ScriptedModel(ModelStoppedError("stopped")), Allowance.of(60))
    assert wording.standalone("And in 2023?", TURNS) == BY_RULES
    assert wording.fault == "stopped"
