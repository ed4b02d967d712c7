"""The sources: add, find, narrow and pick them, open one, make collections of them."""

import streamlit as st

from assistant.source_list import list_sources
from ui.resources import get_adding, get_assistant
from ui.shelf.adding_drawing import draw_adding, draw_first_documents, draw_progress
from ui.shelf.collection_drawing import draw_collections, draw_picked
from ui.shelf.followed_drawing import draw_followed
from ui.shelf.source_panel import draw_source
from ui.shelf.source_rows import draw_sources, keep_narrowing

assistant = get_assistant()
listed = list_sources(assistant.sources())
keep_narrowing()
if not listed:
    draw_first_documents(assistant)
    st.stop()

shown = [one for one in listed if one.record.source.id == st.query_params.get("source")]
if shown:
    draw_source(assistant, shown[0])
    st.stop()

st.title("Sources", anchor=False)
if assistant.person.is_editor:
    with st.expander("Add documents", icon=":material/upload:"):
        draw_adding(assistant)
    draw_progress(get_adding())
sources, collections, followed = st.tabs(["Sources", "Collections", "From the web"])
with sources:
    above = st.container()
    draw_sources(assistant, listed)
    with above:
        draw_picked(assistant, listed)
with collections:
    if not assistant.collections.all():
        st.markdown("None yet. Pick sources in the list, then name the collection.")
    draw_collections(assistant, listed)
with followed:
    draw_followed(assistant)
