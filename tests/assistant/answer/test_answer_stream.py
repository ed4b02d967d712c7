"""An answer while it is being written: its sentences, its progress, the model that is watched."""

from collections.abc import Generator, Iterator, Sequence

import pytest
from fakes import ScriptedModel

from assistant.answer import Answer, Seconds, Sentence, Turn
from assistant.answer.answer_stream import AnswerProgress, AnswerStream
from assistant.answer.answer_words import sentence_with_markers
from assistant.assistant import Assistant
from assistant.errors import LanguageModelError
from assistant.language_model import Allowance, Message
from assistant.language_model.watched_model import WatchedModel

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


def watched(progress: AnswerProgress, model: ScriptedModel) -> Iterator[str]:
    """Yield what a watched model writes."""
    pieces = WatchedModel(model, progress).write(ASKED, Allowance.of(5))
    return (piece.text for piece in pieces)


def moments(progress: AnswerProgress, written: Iterator[str]) -> Sequence[bool]:
    """Return whether the model was writing before, at each piece, and after the last."""
    return [
        progress.is_model_writing,
        *(progress.is_model_writing for _ in written),
        progress.is_model_writing,
    ]


def test_model_is_writing_until_its_last_piece() -> None:
    progress = AnswerProgress()
    written = watched(progress, ScriptedModel("It rose."))
    assert moments(progress, written) == [False, True, True, True, False]


def test_watched_model_writes_what_the_model_does_under_its_name() -> None:
    model = ScriptedModel("It rose.", name="m:1b")
    assert "".join(watched(AnswerProgress(), model)) == "It rose."
    assert WatchedModel(model, AnswerProgress()).name == "m:1b"
    assert model.prompts == [ASKED]


def test_model_that_fails_is_writing_no_more() -> None:
    progress = AnswerProgress()
    with pytest.raises(LanguageModelError):
        list(watched(progress, ScriptedModel(LanguageModelError("refused"))))
    assert not progress.is_model_writing


@pytest.mark.slow
def test_progress_tells_how_a_follow_up_is_understood(library: Assistant) -> None:
    turns = (Turn("user", "How much did China mine in 2025?"), Turn("assistant", "270,000 t."))
    stream = library.stream("And in 2024?", turns)
    assert stream.progress.standalone_question == ""
    assert list(stream) == []  # without a model there is nothing to wait for
    assert stream.progress.standalone_question == "How much did China mine in 2024?"
    assert stream.answer.standalone_question == stream.progress.standalone_question
    assert not stream.progress.is_model_writing
