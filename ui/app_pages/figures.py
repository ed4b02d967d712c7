"""The ledger on the screen: figures as rows, side by side, as a chart, dates in order, editions."""

import streamlit as st

from assistant.fact_writing import nothing_found_lines
from assistant.views import FoundFigures, kinds_of
from ui.drawing.drawing import literal
from ui.ledger.edition_drawing import draw_editions
from ui.ledger.fact_drawing import (
    Taking,
    draw_chart,
    draw_downloads,
    draw_kind,
    draw_pivot,
    draw_rows,
    draw_standings,
)
from ui.ledger.timeline_drawing import draw_timeline
from ui.resources import found_figures, get_assistant
from ui.source_filters import draw_chosen, draw_filters

VIEWS = ("Rows", "Pivot", "Chart", "Timeline", "Editions")
MOST_FACTS = 500


def tell_found(found: FoundFigures) -> None:
    """Say how the words were understood, where that is not as they stand."""
    if not found.found.facts:
        told = "; ".join(nothing_found_lines(found.found))
        st.info(literal(told), icon=":material/search_off:")
        if found.figures:
            st.markdown("One of these may be meant:")
    elif found.found.is_by_meaning:
        st.info("No fact says so in these words; these seem to mean it.", icon=":material/info:")
    elif found.found.without:
        st.caption(literal(f"Without: {' '.join(found.found.without)}"))
    if len(found.figures) == MOST_FACTS:
        st.caption(f"The best {MOST_FACTS} facts are shown; more words tell which are meant.")


assistant = get_assistant()
filters = draw_filters([r.source for r in assistant.sources() if r.state == "indexed"])
st.title("Figures", anchor=False)
controls = st.container(horizontal=True)
view = controls.segmented_control(
    "View", VIEWS, default=VIEWS[0], required=True, key="view", bind="query-params"
)
if view == "Editions":
    draw_editions(assistant)
    st.stop()
words = st.text_input(
    "What to look up",
    key="facts",
    bind="query-params",
    placeholder="China mine production 2018-2025, NdPr oxide avg px, LYC rev FY24",
)
draw_chosen(filters)
if not words:
    st.markdown("Look up figures, dates and names, in full or in shorthand.")
    st.stop()
if view == "Timeline":
    draw_timeline(assistant.timeline(words, filters))
    st.stop()
found = found_figures(words, MOST_FACTS, filters)
tell_found(found)
if not found.figures:
    st.stop()
with controls:
    figures = draw_standings(found.figures)
if view == "Rows":
    draw_downloads(figures, Taking(words, "table", assistant))
    draw_rows(figures)
elif not kinds_of(figures):
    st.info("None of these facts is a number.", icon=":material/info:")
elif view == "Pivot":
    draw_pivot(figures, draw_kind(figures, words), Taking(words, "table", assistant))
else:
    draw_chart(figures, draw_kind(figures, words), Taking(words, "chart", assistant))
