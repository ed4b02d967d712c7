"""Draws where a run of evaluation is started, how far it is, and where it is stopped."""

from contextlib import suppress

import streamlit as st

from assistant.assistant import Assistant
from assistant.errors import CaseFileError, RunLockedError, RunMismatchError
from assistant.evaluation.reports.rendering import visible
from assistant.evaluation.reports.shown_numbers import counted
from assistant.evaluation.running.runs import RunState
from index.errors import UploadError
from ui.drawing.drawing import literal

_KINDS = ["jsonl", "json", "csv", "tsv", "xlsx", "txt"]
_LOOK_SECONDS = 2.0
_SHIPPED = "The shipped cases, made for the shipped documents"
_OWN = "A case file of your own"


def draw_start(assistant: Assistant, is_first: bool) -> None:
    """Draw for editors what a new run is over, open where it is the first; begin it when asked."""
    if not assistant.person.is_editor:
        return
    with st.expander("Start a run", expanded=is_first, icon=":material/play_arrow:"):
        chosen = st.radio("Cases", [_SHIPPED, _OWN], key="run_cases")
        file = None
        if chosen == _OWN:
            file = st.file_uploader(
                "Case file",
                type=_KINDS,
                help="A plain list of questions (.txt) does, too: without known answers nothing "
                "is scored. rare-earth eval draft drafts cases from your own sources.",
            )
        st.caption(
            "The cases are asked in a process of their own. You may leave this page meanwhile; "
            "what was stopped goes on when the same cases are started again, what is finished "
            "stays as it is."
        )
        if not st.button("Start", type="primary", disabled=chosen == _OWN and file is None):
            return
        try:
            name = (
                assistant.start_sent_run(file.name, file.getvalue())
                if file
                else assistant.start_run()
            )
        except (CaseFileError, RunLockedError, RunMismatchError, UploadError) as error:
            st.error(literal(str(error)))
            return
        st.session_state.run = name
        st.rerun()


def draw_progress(assistant: Assistant) -> None:
    """Draw how far the runs under way are, looking again by itself, and why the last one ended."""
    states = assistant.runs.states()
    under_way = [one.name for one in states if one.state in ("running", "stopping")]
    for name in under_way:
        _draw_one(assistant, name)
    for one in states:
        if one.error and one.name not in under_way:
            st.error(literal(f"{one.name}: {one.error}"))


@st.fragment(run_every=_LOOK_SECONDS)
def _draw_one(assistant: Assistant, name: str) -> None:
    state = assistant.runs.state(name)
    if state.state not in ("running", "stopping"):
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(state.done / max(state.cases, 1), literal(told_progress(state)))
        if not assistant.person.is_editor:
            return
        st.button(
            "Stop",
            icon=":material/stop:",
            disabled=state.state == "stopping",
            on_click=_stop,
            args=(assistant, name),
        )


def _stop(assistant: Assistant, name: str) -> None:
    with suppress(RunMismatchError):  # it has just ended by itself
        assistant.stop_run(name)


def told_progress(state: RunState) -> str:
    """Return how far a run is, in words."""
    told = f"{visible(state.name)}: {state.done:,} of {counted(state.cases, 'case')}"
    if state.state == "stopping":
        return f"{told}, stopping after the case under way"
    if state.seconds_left is None:
        return told
    minutes = round(state.seconds_left / 60)
    left = f"about {counted(minutes, 'minute')}" if minutes else "less than a minute"
    return f"{told}, {left} left"
