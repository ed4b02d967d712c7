"""Draws a conversation: its turns, and the answer that is being written, sentence by sentence."""

from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.answer.answer_stream import DOING
from assistant.assistant import Assistant
from assistant.desk import RecordedAnswer
from assistant.people import Person
from assistant.records import Kept
from assistant.settings import Settings
from ui.asking import Answered, Conversation, View, Writing
from ui.desk.answer_tools import draw_tools
from ui.desk.citation_clicks import ANSWER_KEY
from ui.drawing.answer_drawing import (
    answer_box,
    draw_answer,
    draw_question,
    draw_understood,
    sentences_html,
    show_from_question,
)
from ui.drawing.drawing import moment
from ui.error_report import reported_errors

# An answer that takes no longer is drawn whole, with nothing before it.
_AT_ONCE_SECONDS = 1.0
_AT_ONCE_IN_OWN_WORDS_SECONDS = 5.0  # where no model writes, of which sentences could be shown
_LOOK_SECONDS = 0.4  # between two looks at what has come of an answer


def writer_told(settings: Settings, person: Person) -> str:
    """Return who writes the answers; of an address its host alone."""
    if not settings.model:
        told = "Answers are the sources' own words."
        how = "To have a language model write them, set one under Settings: “Language model”."
        return f"{told} {how}" if person.is_editor else told
    who = f"{settings.model} at {urlsplit(settings.model_address).netloc}"
    return f"Answers are written by {who}, each sentence verified against its quotes."


def draw_writer(assistant: Assistant) -> None:
    """Say in the sidebar who writes the answers."""
    told = writer_told(assistant.settings, assistant.person)
    st.sidebar.html(f'<div class="quiet">{escape(told)}</div>')


class ConversationDrawing:
    """Draws a conversation, the newest of it first: what was answered earlier is on the screen.

    A question would else wait for all turns before it to be drawn once more.
    """

    def __init__(self, conversation: Conversation, assistant: Assistant) -> None:
        """Set apart the places of its turns, in order, where it is made."""
        self._conversation = conversation
        self._assistant = assistant
        self._view = conversation.view()
        self._scrolling = st.empty()
        self._placed = [(st.container(), *one) for one in enumerate(self._view.answered)]
        # The question that is being answered has a place high enough to be scrolled to the top.
        self._latest = st.container(key="latest_turn" if self._view.writing else None)

    def draw_newest(self, was_put: bool, ask_anew: Callable[[str], None]) -> None:
        """Draw the last turn, the question that is being answered, and those that wait for it.

        Where a question `was_put` just now, its answer is waited for a moment: most come at once.
        A last one that was understood as a follow-up can be put to `ask_anew`.
        What kept a question from being answered is shown last, where it is an error of ours.
        """
        conversation, view = self._conversation, self._view
        with self._scrolling:
            _show_news(view, was_put)
        self._draw(self._placed[-1:])
        with self._latest, reported_errors():
            if view.writing:
                view = self._draw_latest(view.writing, was_put)
            if view.answered and not view.writing and not view.failed:
                _offer_anew(view.answered[-1], ask_anew)
                _offer_retry(view.answered[-1], conversation)
            if view.failed:
                draw_question(view.failed.question)
                if not view.writing:
                    conversation.forget_failure()
                raise view.failed.error

    def draw_earlier(self) -> None:
        """Draw the turns before the last one."""
        self._draw(self._placed[:-1])

    def _draw_latest(self, writing: Writing, was_put: bool) -> View:
        """Draw what was not answered yet, and return the conversation as it is by then."""
        latest = st.empty()
        if was_put:
            with latest.container():
                draw_question(writing.asked.question)
                with st.spinner("Reading the sources"):
                    self._conversation.wait(
                        _AT_ONCE_SECONDS
                        if self._assistant.settings.model
                        else _AT_ONCE_IN_OWN_WORDS_SECONDS
                    )
        view = self._conversation.view()
        with self._scrolling:
            _show_news(view, False)
        with latest.container():
            for at, one in enumerate(view.answered[len(self._placed) :], len(self._placed)):
                _draw_turn(one, at, self._assistant)
            _draw_unanswered(self._conversation, view)
        return view

    def _draw(self, placed: Sequence[tuple[DeltaGenerator, int, Answered]]) -> None:
        for place, at, one in placed:
            with place, reported_errors():
                _draw_turn(one, at, self._assistant)


def draw_record(recorded: RecordedAnswer, assistant: Assistant) -> None:
    """Draw one recorded answer, as its link shows it."""
    st.html(f'<div class="quiet">Recorded {escape(moment(recorded.time))}</div>')
    _draw_turn(Answered(recorded.answer, Kept(recorded.record_id)), 0, assistant)


def _draw_turn(one: Answered, at: int, assistant: Assistant) -> None:
    """Draw a turn that has this place on the screen."""
    draw_question(one.answer.question)
    with answer_box(), st.container(key=f"{ANSWER_KEY}{at}"):
        draw_answer(one.answer, one.kept)
        if one.kept.id:
            draw_tools(one.answer, one.kept.id, at, assistant)


def _offer_anew(last: Answered, ask_anew: Callable[[str], None]) -> None:
    """Offer to ask a question that was taken for a follow-up as one that stands by itself."""
    question = last.answer.question
    if last.answer.standalone_question not in ("", question):
        st.button(
            "Ask as a new question",
            key="ask_anew",
            icon=":material/restart_alt:",
            on_click=ask_anew,
            args=(question,),
        )


def _offer_retry(last: Answered, conversation: Conversation) -> None:
    """Offer to ask a language model again that could not be asked."""
    if last.answer.written and last.answer.written.fault:
        st.button(
            "Ask the model again",
            key="ask_model_again",
            icon=":material/refresh:",
            on_click=conversation.ask_model_again,
        )


def _show_news(view: View, was_put: bool) -> None:
    """Scroll to a question that was put just now, and again once the last answer is there."""
    is_done = not view.writing and len(view.answered) > st.session_state.get("turns_shown", 0)
    if was_put or is_done:
        unanswered = len(view.waiting) + bool(view.writing)
        show_from_question(f"{len(view.answered)} answered, {unanswered} not")
    st.session_state.turns_shown = len(view.answered)


def _draw_unanswered(conversation: Conversation, view: View) -> None:
    if not view.writing:
        return
    draw_question(view.writing.asked.question)
    _draw_writing(conversation, view.writing)
    for asked in view.waiting:
        draw_question(asked.question)
        st.html('<div class="quiet">Waits for the answer above</div>')


@st.fragment(run_every=_LOOK_SECONDS)
def _draw_writing(conversation: Conversation, writing: Writing) -> None:
    """Draw what has come of an answer, again and again; once it is whole the page draws it."""
    if conversation.view().writing is not writing:
        st.rerun()
    progress = writing.progress
    with answer_box():
        draw_understood(writing.asked.question, progress.standalone_question)
        if writing.sentences:
            st.html(sentences_html(writing.sentences))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                f'<div class="quiet underway" role="status">{_doing(writing)}</div>',
                width="content",
            )
            if progress.stage:
                st.button(
                    "Stop",
                    key="stop_writing",
                    icon=":material/stop_circle:",
                    on_click=writing.stop,
                    disabled=progress.stop.is_set(),
                )


def _doing(writing: Writing) -> str:
    if writing.progress.stop.is_set():
        return "Stopping"
    doing = DOING[writing.progress.stage]
    return f"{doing[0].upper()}{doing[1:]}"
