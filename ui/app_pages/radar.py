"""The radar: what changed for answers, drafts, tables and questions that are kept."""

import streamlit as st

from ui.drawing.drawing import moment
from ui.radar.change_drawing import chosen_changes, draw_changes
from ui.radar.question_drawing import draw_questions
from ui.radar.watch_drawing import draw_watch
from ui.resources import get_assistant, get_folder_watch

assistant = get_assistant()
st.title("Radar", anchor=False)
looked_at = assistant.radar.looked_at
with st.container(horizontal=True, vertical_alignment="center"):
    if st.button("Look now", icon=":material/radar:", type="primary"):
        with st.spinner("Holding what is kept against the sources"):
            assistant.look()
        st.rerun()
    kept = len(assistant.radar.subscriptions())
    when = f"last looked {moment(looked_at)}" if looked_at else "not looked yet"
    st.caption(f"{kept:,} kept things · {when}")
if not assistant.person.id:
    draw_watch(assistant, get_folder_watch())
draw_questions(assistant)
draw_changes(chosen_changes(assistant), assistant)
