"""Draws what can be done with a recorded answer: copied, exported, linked, rated, asked again."""

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape

import streamlit as st

from assistant.answer import Answer, pasted_answer
from assistant.assistant import Assistant
from assistant.desk import Rating
from assistant.exporting import ExportForm, ending_of, exporter_plugins
from assistant.replaying import Change
from ui.desk.copy_button import draw_copy_button, draw_link_button
from ui.error_report import reported_errors
from ui.radar.question_drawing import draw_save_button

_FORMS: Mapping[str, str] = {
    ExportForm.WORD: "Word",
    ExportForm.MARKDOWN: "Markdown",
    ExportForm.WORKBOOK: "Excel",
    ExportForm.CSV: "CSV",
    ExportForm.BIBTEX: "BibTeX",
    ExportForm.RIS: "RIS",
    ExportForm.CSL_JSON: "CSL-JSON (Zotero)",
}
_BAD = 0  # the thumb that points down


@st.fragment
def draw_tools(answer: Answer, record_id: str, at: int, assistant: Assistant) -> None:
    """Draw the tools of an answer that has this place on the screen."""
    rated = None
    with reported_errors():
        rated = assistant.ratings.of(record_id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"tools_{at}"):
        draw_copy_button("Copy with citations", pasted_answer(answer), f"copy_{at}")
        draw_link_button("Copy link", f"?record={record_id}", f"link_{at}")
        draw_exports([answer], [record_id], f"answer_{record_id}", str(at), assistant)
        is_asked = st.button(
            "Ask again",
            key=f"replay_{at}",
            icon=":material/sync:",
            type="tertiary",
            help="Ask the recorded question once more, and see what has changed since.",
        )
        draw_save_button(answer.standalone_question or answer.question, at, assistant)
        _draw_thumbs(record_id, rated, at, assistant)
    _draw_reason(record_id, rated, at, assistant)
    with reported_errors():
        if is_asked:
            with st.spinner("Asking again"):
                st.html(changes_html(assistant.replay(record_id).changes))


def draw_exports(
    answers: Sequence[Answer], record_ids: Sequence[str], name: str, at: str, assistant: Assistant
) -> None:
    """Draw the menu that gives recorded answers out as files, each made when it is asked for."""
    with st.popover(
        "Export",
        key=f"export_{at}",
        icon=":material/download:",
        type="tertiary",
        on_change="rerun",
    ) as menu:
        for form, label in offered_forms().items() if menu.open else ():
            if form == ExportForm.CSV and len(answers) > 1 and any(one.table for one in answers):
                continue  # each table is a file of its own
            st.download_button(
                label,
                partial(assistant.export, tuple(record_ids), form),
                f"{name}{ending_of(form)}",
                key=f"export_{at}_{form}",
                on_click="ignore",
                type="tertiary",
            )


def offered_forms() -> dict[str, str]:
    """Return how the forms of answers are called on the screen, those that packages add last."""
    usable = [plugin.name for plugin in exporter_plugins() if not plugin.fault]
    return {**_FORMS, **{name: name for name in usable}}


def _draw_thumbs(record_id: str, rated: Rating | None, at: int, assistant: Assistant) -> None:
    st.feedback(
        "thumbs",
        key=f"thumbs_{at}",
        default=int(rated.is_good) if rated else None,
        on_change=_rate,
        args=(record_id, at, assistant),
    )


def _rate(record_id: str, at: int, assistant: Assistant) -> None:
    """Keep or take back the thumb that was pressed just now."""
    thumb: int | None = st.session_state[f"thumbs_{at}"]
    with reported_errors():
        if thumb is None:
            assistant.ratings.take_back(record_id)
        else:
            assistant.ratings.keep(Rating(record_id, is_good=thumb != _BAD))


def _draw_reason(record_id: str, rated: Rating | None, at: int, assistant: Assistant) -> None:
    """Ask of an answer that was rated down what is wrong with it."""
    if rated is None or rated.is_good:
        return
    st.text_input(
        "What is wrong with this answer?",
        rated.reason,
        key=f"reason_{at}",
        placeholder="A wrong figure, an old edition, beside the question",
        on_change=_give_reason,
        args=(record_id, at, assistant),
    )
    kept = "Thumb and reason are kept." if rated.reason else "The thumb is kept; say why, too."
    st.html(
        f'<div class="quiet" role="status">{kept} <code>rare-earth eval draft --ratings</code> '
        'makes a case of it, which "Review drafts" shows.</div>'
    )


def _give_reason(record_id: str, at: int, assistant: Assistant) -> None:
    with reported_errors():
        reason: str = st.session_state[f"reason_{at}"]
        assistant.ratings.keep(Rating(record_id, is_good=False, reason=reason))


def changes_html(changes: Sequence[Change]) -> str:
    """Return what differs between a recorded answer and the one given now."""
    if not changes:
        return '<div class="changes" role="status">Asked again: nothing has changed.</div>'
    items = "".join(
        f"<li><b>{escape(one.kind.capitalize())}</b>: "
        f"<del>{escape(one.before)}</del> <ins>{escape(one.now)}</ins></li>"
        for one in changes
    )
    return (
        f'<div class="changes" role="status">Asked again, this is different now:'
        f'<ul class="reasons">{items}</ul></div>'
    )
