"""Drafted cases, accepted or rejected one by one by a person who sees the page they come from."""

import streamlit as st

from assistant.evaluation.drafting.review import load_drafts
from ui.deciding import take_refusal
from ui.draft_evidence import draw_places, draw_why_unanswerable
from ui.drawing.draft_drawing import (
    choose_drafts,
    choose_state,
    draw_accepted,
    draw_buttons,
    draw_fields,
    draw_no_drafts,
    draw_progress,
    list_drafts,
    next_draft,
)
from ui.drawing.drawing import literal
from ui.resources import get_assistant

assistant = get_assistant()
files = list_drafts(assistant.settings.home / "drafts")

st.title("Review drafts", anchor=False)
if not files:
    draw_no_drafts()
    st.stop()

at_left, at_right = st.columns([2, 3], gap="large", vertical_alignment="bottom")
with at_left:
    path = choose_drafts(files)
drafts = load_drafts(path)
with at_right:
    draw_progress(drafts)
with st.container(horizontal=True, vertical_alignment="center"):
    draft = next_draft(drafts, choose_state(drafts))
    draw_buttons(path, draft)
if refusal := take_refusal():
    st.error(literal(refusal))
if draft is None:
    st.markdown("There is no such draft.")
else:
    edited, checked = st.columns([2, 3], gap="large")
    with edited:
        draw_fields(path, draft)
    with checked.container(key="draft_pages"):
        if draft.case.answerable:
            draw_places(draft.case, assistant)
        else:
            draw_why_unanswerable(draft.case, [one.case for one in drafts], assistant)
draw_accepted(path, drafts)
