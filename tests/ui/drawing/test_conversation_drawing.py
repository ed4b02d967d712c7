"""A conversation on the screen while an answer is being written, through AppTest."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from fake_assistant import MINED, FakeAssistant
from paced_assistant import ASIDE, HOSTILE, QUESTION, WRITTEN, PacedAssistant, allow
from streamlit.testing.v1 import AppTest

import ui.resources
from assistant.errors import AnswerError
from assistant.people import HOLDER
from assistant.settings import Settings
from ui.drawing.conversation_drawing import writer_told
from ui.drawing.drawing import literal

APP = Path(ui.resources.__file__).with_name("app.py")
PATIENCE_SECONDS = 20.0


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def paced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PacedAssistant:
    assistant = PacedAssistant(tmp_path)
    monkeypatch.setattr(ui.resources, "get_assistant", lambda: assistant)
    return assistant


@pytest.fixture
def screen(paced: PacedAssistant) -> Iterator[AppTest]:  # noqa: ARG001
    at = AppTest.from_file(str(APP), default_timeout=20).run()
    yield at
    if "conversation" in at.session_state:
        at.session_state.conversation.close()


def ask(at: AppTest, question: str) -> AppTest:
    return at.chat_input[0].set_value(question).run()


def finish(at: AppTest, paced: PacedAssistant) -> AppTest:
    """Let the model write to its end, and draw what there is then."""
    allow(paced.folder, 4)
    at.session_state.conversation.wait(PATIENCE_SECONDS)
    return at.run()


def html(at: AppTest) -> str:
    return "\n".join(element.value for element in at.main.get("html"))


def stop_buttons(at: AppTest) -> list[bool]:
    """Return the buttons that stop a model, by whether they are disabled."""
    return [button.disabled for button in at.button if button.label == "Stop"]


def test_checked_sentences_stand_before_the_answer_is_whole(
    screen: AppTest, paced: PacedAssistant
) -> None:
    allow(paced.folder, 1)
    at = ask(screen, QUESTION)
    assert "China mined 270,000 t of REO in 2025.</span>" in html(at)
    assert '<span class="marker">[1]</span>' in html(at)
    assert "The model is writing" in html(at)
    assert "The volumes of the quotas" not in html(at)
    assert stop_buttons(at) == [False]


def test_finished_answer_is_drawn_like_any_other(screen: AppTest, paced: PacedAssistant) -> None:
    at = finish(ask(screen, QUESTION), paced)
    assert not at.exception
    assert html(at).count("China mined 270,000 t of REO in 2025.</span>") == 1
    assert "The model is writing" not in html(at)
    assert stop_buttons(at) == []
    assert html(at).count('<div class="quote">') == 3
    assert [answer for answer, _, _ in paced.kept] == [WRITTEN]


def test_who_wrote_an_answer_and_what_it_took_stand_in_a_quiet_line(
    screen: AppTest, paced: PacedAssistant
) -> None:
    at = finish(ask(screen, QUESTION), paced)
    assert (
        '<div class="quiet">Written by paced:1b, each sentence verified against its quotes · '
        "4.3 s · 1,540 tokens read, 120 written · "
        '<a href="?record=k3pt2me">Record k3pt2me</a></div>'
    ) in html(at)


def test_what_does_not_hold_stands_apart_with_the_reason(
    screen: AppTest, paced: PacedAssistant
) -> None:
    at = finish(ask(screen, QUESTION), paced)
    shown = html(at)
    unverified, contradicted = ASIDE
    assert "<b>Not verified</b>" in shown
    assert f"{unverified.text}</span>" in shown
    assert unverified.reason in shown
    folded = next(one for one in at.expander if one.label == "Contradicted by the source (1)")
    inside = "\n".join(element.value for element in folded.get("html"))
    assert contradicted.text in inside
    assert "China 270,000 270,000 44,000,000" in inside
    assert not at.warning


def test_a_model_that_was_not_there_can_be_asked_again(
    screen: AppTest, paced: PacedAssistant
) -> None:
    (paced.folder / "absent").touch()
    at = finish(ask(screen, QUESTION), paced)
    (paced.folder / "absent").unlink()
    next(button for button in at.button if button.label == "Ask the model again").click()
    at = finish(at.run(), paced)
    assert [question for question, _, _ in paced.asked] == [QUESTION, QUESTION]
    assert len(at.chat_message) == 2
    assert not [button for button in at.button if button.label == "Ask the model again"]
    assert paced.looked_again == 1


def test_other_warnings_of_a_written_answer_stand_open(
    screen: AppTest, paced: PacedAssistant
) -> None:
    at = finish(ask(screen, QUESTION), paced)
    at = finish(ask(at, "And then?"), paced)
    assert [warning.value for warning in at.warning] == [literal("turns before: 2")]


def test_click_meanwhile_loses_nothing(screen: AppTest, paced: PacedAssistant) -> None:
    allow(paced.folder, 2)
    at = ask(screen, QUESTION)
    at.selectbox(key="publisher").set_value("U.S. Geological Survey")
    at = at.run()
    assert len(paced.asked) == 1
    at = at.switch_page("app_pages/sources.py").run()
    at = at.switch_page("app_pages/ask.py").run()
    assert "The model is writing" in html(at)
    at = finish(at, paced)
    assert len(paced.asked) == len(paced.kept) == 1
    assert len(at.chat_message) == 2


def test_answer_that_was_finished_elsewhere_is_there(
    screen: AppTest, paced: PacedAssistant
) -> None:
    at = ask(screen, QUESTION).switch_page("app_pages/sources.py").run()
    at = finish(at, paced).switch_page("app_pages/ask.py").run()
    assert "Written by paced:1b" in html(at)


def test_question_put_meanwhile_waits_in_sight(screen: AppTest, paced: PacedAssistant) -> None:
    at = ask(ask(screen, QUESTION), "And then?")
    assert html(at).count('<div class="question">') == 2
    assert "Waits for the answer above" in html(at)
    at = finish(at, paced)
    assert [question for question, _, _ in paced.asked] == [QUESTION, "And then?"]
    assert len(at.chat_message) == 4


def test_stop_gives_what_was_written(screen: AppTest, paced: PacedAssistant) -> None:
    allow(paced.folder, 1)
    at = ask(screen, QUESTION)
    next(button for button in at.button if button.label == "Stop").click()
    at = at.run()
    at.session_state.conversation.wait(PATIENCE_SECONDS)
    at = at.run()
    assert "China mined 270,000 t" in html(at)
    assert HOSTILE[:30] not in html(at)
    assert [warning.value for warning in at.warning] == [
        literal("The model was stopped; this is what it had written.")
    ]


def test_stopping_takes_no_second_click(screen: AppTest, paced: PacedAssistant) -> None:
    (paced.folder / "deaf").touch()
    at = ask(screen, QUESTION)
    next(button for button in at.button if button.label == "Stop").click()
    at = at.run()
    assert stop_buttons(at) == [True]
    assert "Stopping" in html(at)


def test_new_conversation_stops_the_model(screen: AppTest, paced: PacedAssistant) -> None:
    at = ask(screen, QUESTION)
    left = at.session_state.conversation
    next(button for button in at.button if button.label == "New conversation").click()
    at = at.run()
    left.wait(PATIENCE_SECONDS)
    assert left.view().writing is None
    assert not at.chat_message
    assert len(paced.kept) == 1


def test_hostile_words_of_a_model_are_shown_as_text(screen: AppTest, paced: PacedAssistant) -> None:
    allow(paced.folder, 2)
    writing = html(ask(screen, QUESTION))
    whole = html(finish(screen, paced))
    for shown in (writing, whole):
        assert "&lt;img src=http://evil.example/y onerror=alert(1)&gt;" in shown
        assert "<img" not in shown
    assert not any("evil" in element.value for element in screen.markdown)


def test_error_after_a_while_is_one_short_message(screen: AppTest, paced: PacedAssistant) -> None:
    at = ask(screen, QUESTION)
    paced.error = AnswerError("a.pdf: page 2 cannot be read.")
    at = finish(at, paced)
    at = ask(at, "And then?")
    assert [error.value for error in at.error] == [literal("a.pdf: page 2 cannot be read.")]
    assert html(at).count('<div class="question">') == 2
    assert not at.run().error


def test_sidebar_says_who_writes_and_never_the_key(screen: AppTest) -> None:
    told = "\n".join(element.value for element in screen.sidebar.get("html"))
    assert "Answers are written by paced:1b at 127.0.0.1:9, each sentence verified" in told
    assert "k3y" not in told


def test_without_a_model_answers_are_the_sources_own_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ui.resources, "get_assistant", FakeAssistant)
    at = AppTest.from_file(str(APP), default_timeout=20).run()
    told = "\n".join(element.value for element in at.sidebar.get("html"))
    assert "Answers are the sources&#x27; own words." in told
    at = ask(at, MINED.question)
    assert "In the sources&#x27; own words · 0.3 s · <a href" in html(at)
    assert stop_buttons(at) == []


def test_address_is_told_without_its_path() -> None:
    settings = Settings(Path("/gone"), model="m", model_address="http://localhost:11434/v1?k=s")
    assert writer_told(settings, HOLDER) == (
        "Answers are written by m at localhost:11434, each sentence verified against its quotes."
    )
    without = replace(settings, model="", model_address="")
    assert "under Settings: “Language model”" in writer_told(without, HOLDER)
    assert "Language model" not in writer_told(without, replace(HOLDER, role="reader"))
