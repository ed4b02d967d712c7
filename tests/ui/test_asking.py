"""Conversations whose answers are made in threads of their own."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_assistant import ANSWERS, COST, MINED, FakeAssistant
from paced_assistant import QUESTION, SENTENCES, WRITTEN, PacedAssistant, allow

from assistant.answer import Turn
from assistant.errors import AnswerError
from index.passage import Filters
from ui.asking import Asked, Conversation, View

PATIENCE_SECONDS = 20.0


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)


def asked(assistant: FakeAssistant, *questions: str) -> Conversation:
    """Return a conversation in which questions were put one right after the other."""
    conversation = Conversation(assistant)
    for question in questions:
        conversation.put(question, Filters())
    return conversation


def sentences_so_far(conversation: Conversation) -> int:
    writing = conversation.view().writing
    return len(writing.sentences) if writing else -1


def test_new_conversation_is_empty() -> None:
    assert Conversation(FakeAssistant()).view() == View()


def test_answer_is_kept_once_with_its_turns_and_filters() -> None:
    fake = FakeAssistant()
    conversation = asked(fake, MINED.question)
    conversation.wait(PATIENCE_SECONDS)
    conversation.put(COST.question, Filters(publisher="USGS"))
    conversation.wait(PATIENCE_SECONDS)
    turns = (Turn("user", MINED.question), Turn("assistant", MINED.text))
    assert [one.answer for one in conversation.view().answered] == [MINED, COST]
    assert fake.kept == [(MINED, (), Filters()), (COST, turns, Filters(publisher="USGS"))]
    assert fake.asked[1] == (COST.question, turns, Filters(publisher="USGS"))


def test_question_that_stands_alone_takes_no_turns_and_begins_anew() -> None:
    fake = FakeAssistant()
    conversation = asked(fake, MINED.question)
    conversation.wait(PATIENCE_SECONDS)
    conversation.put(COST.question, Filters(), stands_alone=True)
    conversation.put(MINED.question, Filters())
    conversation.wait(PATIENCE_SECONDS)
    turns = (Turn("user", COST.question), Turn("assistant", COST.text))
    assert [told[1] for told in fake.asked] == [(), (), turns]


def test_checked_sentences_are_seen_before_the_answer(tmp_path: Path) -> None:
    conversation = asked(PacedAssistant(tmp_path), QUESTION)
    allow(tmp_path, 2)
    wait_until(lambda: sentences_so_far(conversation) == 2)
    view = conversation.view()
    assert view.writing is not None
    assert (view.writing.sentences, view.answered) == (SENTENCES[:2], ())
    allow(tmp_path, 4)
    conversation.wait(PATIENCE_SECONDS)
    assert [one.answer for one in conversation.view().answered] == [WRITTEN]


def test_question_put_meanwhile_waits_and_follows_up(tmp_path: Path) -> None:
    paced = PacedAssistant(tmp_path)
    conversation = asked(paced, QUESTION, "And then?", "And after that?")
    assert conversation.view().waiting == (
        Asked("And then?", Filters()),
        Asked("And after that?", Filters()),
    )
    allow(tmp_path, 4)
    conversation.wait(PATIENCE_SECONDS)
    assert [(question, len(turns)) for question, turns, _ in paced.asked] == [
        (QUESTION, 0),
        ("And then?", 2),
        ("And after that?", 4),
    ]
    assert len(paced.kept) == 3


def test_waiting_ends_with_the_time(tmp_path: Path) -> None:
    conversation = asked(PacedAssistant(tmp_path), QUESTION)
    conversation.wait(0.05)
    assert conversation.view().writing is not None
    conversation.close()


def test_stopped_model_gives_what_it_had_written(tmp_path: Path) -> None:
    conversation = asked(PacedAssistant(tmp_path), QUESTION)
    allow(tmp_path, 1)
    wait_until(lambda: sentences_so_far(conversation) == 1)
    writing = conversation.view().writing
    assert writing is not None
    writing.stop()
    conversation.wait(PATIENCE_SECONDS)
    (answered,) = conversation.view().answered
    assert answered.answer.sentences == SENTENCES[:1]


def test_closing_stops_the_model_and_drops_what_waits(tmp_path: Path) -> None:
    paced = PacedAssistant(tmp_path)
    conversation = asked(paced, QUESTION, "And then?")
    conversation.close()
    conversation.wait(PATIENCE_SECONDS)
    assert [question for question, _, _ in paced.asked] == [QUESTION]
    assert conversation.view().waiting == ()


def test_failure_is_told_and_the_next_question_is_answered() -> None:
    fake = FakeAssistant(error=AnswerError("no index"))
    conversation = asked(fake, "What?")
    conversation.wait(PATIENCE_SECONDS)
    failed = conversation.view().failed
    assert failed is not None
    assert (failed.question, failed.error) == ("What?", fake.error)
    fake.error = None
    conversation.put(MINED.question, Filters())
    conversation.wait(PATIENCE_SECONDS)
    conversation.forget_failure()
    view = conversation.view()
    assert ([one.answer for one in view.answered], view.failed) == ([MINED], None)


def test_failure_to_keep_a_record_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeAssistant()
    bug = KeyError("a bug")

    def keep(*_: object) -> None:
        raise bug

    monkeypatch.setattr(fake, "keep", keep)
    conversation = asked(fake, MINED.question)
    conversation.wait(PATIENCE_SECONDS)
    failed = conversation.view().failed
    assert failed is not None
    assert failed.error is bug


def test_many_questions_at_once_are_each_answered_once() -> None:
    fake = FakeAssistant()
    questions = [*ANSWERS] * 20
    conversation = asked(fake, *questions)
    conversation.wait(PATIENCE_SECONDS)
    assert [one.answer.question for one in conversation.view().answered] == questions
    assert len(fake.kept) == len(questions)
