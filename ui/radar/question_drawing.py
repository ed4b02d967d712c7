"""Draws the saved questions: one added, those there are, each dropped again."""

import streamlit as st

from assistant.assistant import Assistant
from ui.drawing.drawing import literal
from ui.error_report import reported_errors


def draw_questions(assistant: Assistant) -> None:
    """Draw the saved questions of who looks."""
    saved = [one for one in assistant.radar.subscriptions() if one.kind == "question"]
    with st.expander(f"Saved questions ({len(saved)})", icon=":material/bookmark:"):
        with st.form("save_question", clear_on_submit=True, border=False):
            question = st.text_input(
                "A question", placeholder="Which countries export terbium to Japan?"
            )
            if st.form_submit_button("Save") and question.strip():
                with reported_errors():
                    assistant.radar.save_question(question)
                st.rerun()
        for number, one in enumerate(saved):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(literal(one.title))
                if st.button("Drop", key=f"drop_{number}", type="tertiary"):
                    with reported_errors():
                        assistant.radar.drop_question(one.ref)
                    st.rerun()


def draw_save_button(question: str, at: int, assistant: Assistant) -> None:
    """Draw the button by an answer that saves its question."""
    is_pressed = st.button(
        "Save question",
        key=f"save_question_{at}",
        icon=":material/bookmark_add:",
        type="tertiary",
        help="The radar tells of new documents on it.",
    )
    if is_pressed:
        with reported_errors():
            assistant.radar.save_question(question)
            st.toast("Saved: the radar tells of new documents on it.")
