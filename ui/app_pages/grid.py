"""A grid of answers: sources or words down, questions across, each cell with its citation."""

import streamlit as st

from ui.resources import get_assistant
from ui.shelf.adding_drawing import draw_first_documents
from ui.shelf.grid_drawing import draw_filling, draw_form, shown_filling
from ui.source_filters import draw_chosen, draw_filters

assistant = get_assistant()
sources = [record.source for record in assistant.sources() if record.state == "indexed"]
if not sources:
    draw_first_documents(assistant)
    st.stop()
filling = shown_filling(assistant)
st.title("Grid", anchor=False)
if filling:
    draw_chosen(filling.grid.filters)
    draw_filling(filling)
else:
    st.markdown("Ask the same questions of many sources, companies or countries at once.")
    filters = draw_filters(sources, assistant.collections.all())
    draw_chosen(filters)
    draw_form(assistant, sources, filters)
