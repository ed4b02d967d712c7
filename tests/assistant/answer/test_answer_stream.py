"""An answer while it is being written: its sentences, its progress, the model that is watched."""

from collections.abc import Generator

import pytest
from fakes import Reply, ScriptedModel

from assistant.answer import Answer, Seconds, Sentence, Tokens, Turn
from assistant.answer.answer_stream import AnswerProgress, AnswerStream
from assistant.answer.answer_words import sentence_with_markers
from assistant.assistant import Assistant
from assistant.errors import LanguageModelError
from assistant.language_model import Allowance, Message
from assistant.writing import ModelCalls

ROSE = Sentence("It rose.", (1,), "supported")
FELL = Sentence("It fell.", (1, 2), "supported")
ANSWER = Answer("How?", "How?", "answered", "It rose. [1] It fell. [1][2]", (ROSE, FELL))
ASKED = (Message("user", "How?"),)


def steps(*sentences: Sentence) -> Generator[Sentence, None, Answer]:
    yield from sentences
    return ANSWER


def test_sentences_come_one_by_one_and_then_the_answer() -> None:
    stream = AnswerStream(steps(ROSE, FELL), AnswerProgress())
    assert list(stream) == [ROSE, FELL]
    assert stream.answer is ANSWER


def test_answer_is_whole_without_iterating() -> None:
    stream = AnswerStream(steps(ROSE), AnswerProgress())
    assert stream.answer is ANSWER
    assert list(stream) == []


def test_what_keeps_an_answer_from_being_made_is_raised_each_time() -> None:
    def failing() -> Generator[Sentence, None, Answer]:
        yield ROSE
        raise LanguageModelError("no answer")

    stream = AnswerStream(failing(), AnswerProgress())
    for _ in range(2):
        with pytest.raises(LanguageModelError, match="no answer"):
            _ = stream.answer


def test_stop_is_heard_by_what_makes_the_answer() -> None:
    progress = AnswerProgress()
    AnswerStream(steps(), progress).stop()
    assert progress.stop.is_set()


@pytest.mark.parametrize(("sentence", "text"), [(ROSE, "It rose. [1]"), (FELL, "It fell. [1][2]")])
def test_sentence_stands_in_running_text_with_its_markers(sentence: Sentence, text: str) -> None:
    assert sentence_with_markers(sentence) == text


def test_whole_time_is_that_of_all_parts() -> None:
    assert Seconds(0.25, 0.5, 3.0).whole == 3.75


def calls_of(progress: AnswerProgress, *replies: Reply) -> ModelCalls:
    model = ScriptedModel(*replies, name="m:1b")
    return ModelCalls(model, model, Allowance.of(5), progress)


def test_a_stage_lasts_until_its_last_piece() -> None:
    progress = AnswerProgress()
    calls = calls_of(progress, "It rose.")
    written = calls.stream("checking", ASKED)
    stages = [progress.stage, *(progress.stage for _ in written), progress.stage]
    assert stages == ["", "checking", "checking", "checking", ""]
    assert (calls.count, calls.name) == (1, "m:1b")
    assert calls.tokens == Tokens(1, 2)


def test_what_a_model_thought_aloud_is_not_written() -> None:
    for text in ("<think>Or 6 t?</think>5 t.", " <think>Or</think>5 t."):
        calls = calls_of(AnswerProgress(), text)
        assert "".join(calls.stream("writing", ASKED)) == "5 t."
    calls = calls_of(AnswerProgress(), "<think>without end")
    assert list(calls.stream("writing", ASKED)) == []


def test_a_model_that_fails_ends_its_stage() -> None:
    progress = AnswerProgress()
    with pytest.raises(LanguageModelError):
        list(calls_of(progress, LanguageModelError("refused")).stream("writing", ASKED))
    assert progress.stage == ""


@pytest.mark.slow
def test_progress_tells_how_a_follow_up_is_understood(library: Assistant) -> None:
    turns = (Turn("user", "How much did China mine in 2025?"), Turn("assistant", "270,000 t."))
    stream = library.stream("And in 2024?", turns)
    assert stream.progress.standalone_question == ""
    assert list(stream) == []  # without a model there is nothing to wait for
    assert stream.progress.standalone_question == "How much did China mine in 2024?"
    assert stream.answer.standalone_question == stream.progress.standalone_question
    assert stream.progress.stage == ""
