"""Draws a conversation: its turns, and the answer that is being written, sentence by sentence."""

from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import urlsplit

import streamlit as st

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

_AT_ONCE_SECONDS = 1.0  # an answer that takes no longer is drawn whole, with nothing before it
_LOOK_SECONDS = 0.4  # between two looks at what has come of an answer


def writer_told(settings: Settings, person: Person) -> str:
    """Return who writes the answers; of an address its host alone."""
    if not settings.model:
        told = "Answers are the sources' own words."
        how = "To have a language model write them, set one on the page “Language model”."
        return f"{told} {how}" if person.is_editor else told
    who = f"{settings.model} at {urlsplit(settings.model_address).netloc}"
    return f"Answers are written by {who}, each sentence verified against its quotes."


def draw_writer(assistant: Assistant) -> None:
    """Say in the sidebar who writes the answers."""
    told = writer_told(assistant.settings, assistant.person)
    st.sidebar.html(f'<div class="quiet">{escape(told)}</div>')


def draw_conversation(
    conversation: Conversation,
    was_put: bool,
    ask_anew: Callable[[str], None],
    assistant: Assistant,
) -> None:
    """Draw all turns, the question that is being answered, and those that wait for it.

    Where a question `was_put` just now, its answer is waited for a moment: most come at once. A
    last one that was understood as a follow-up can be put to `ask_anew`.
    Raises what kept a question from being answered, last.
    """
    view = conversation.view()
    scrolling = st.empty()
    with scrolling:
        _show_news(view, was_put)
    _draw_turns(view.answered, assistant)
    if view.writing:
        with st.container(key="latest_turn"):  # tall enough to be scrolled to the top
            latest = st.empty()
        if was_put:
            with latest.container():
                draw_question(view.writing.asked.question)
                with st.spinner("Reading the sources"):
                    conversation.wait(_AT_ONCE_SECONDS)
        earlier = len(view.answered)
        view = conversation.view()
        with scrolling:
            _show_news(view, False)
        with latest.container():
            _draw_turns(view.answered[earlier:], assistant, earlier)
            _draw_unanswered(conversation, view)
    if view.answered and not view.writing and not view.failed:
        _offer_anew(view.answered[-1], ask_anew)
        _offer_retry(view.answered[-1], conversation)
    if view.failed:
        draw_question(view.failed.question)
        if not view.writing:
            conversation.forget_failure()
        raise view.failed.error


def draw_record(recorded: RecordedAnswer, assistant: Assistant) -> None:
    """Draw one recorded answer, as its link shows it."""
    st.html(f'<div class="quiet">Recorded {escape(moment(recorded.time))}</div>')
    _draw_turns([Answered(recorded.answer, Kept(recorded.record_id))], assistant)


def _draw_turns(answered: Sequence[Answered], assistant: Assistant, first: int = 0) -> None:
    """Draw turns, the first of which has this place on the screen."""
    for at, one in enumerate(answered, start=first):
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
