"""The sources: what is indexed, what could not be read and why; pick one to read it."""

from html import escape

import streamlit as st

from ui.drawing import source_line
from ui.page_address import VIEWER, PageAddress
from ui.resources import get_assistant

records = get_assistant().sources()

st.title("Sources", anchor=False)
if not records:
    st.markdown("There are none yet. Add a folder of documents:")
    st.code("rare-earth add FOLDER", language=None)
    st.stop()

unreadable = sum(record.state == "unreadable" for record in records)
st.markdown(
    f"{len(records)} in all"
    + (f", of which {unreadable} could not be read. " if unreadable else ". ")
    + "Select a row to read its source."
)
table = st.dataframe(
    {
        "Title": [record.source.title for record in records],
        "Publisher": [record.source.publisher for record in records],
        "Published": [record.source.published for record in records],
        "Pages": [record.pages for record in records],
        "State": [record.state for record in records],
        "Reason": [record.reason or "; ".join(record.source.faults) for record in records],
        "File": [record.source.path for record in records],
    },
    key="source_table",
    on_select="rerun",
    selection_mode="single-row",
    hide_index=True,
    column_config={
        "Title": st.column_config.TextColumn(width="large"),
        "Reason": st.column_config.TextColumn(width="medium"),
    },
)

for row in table.selection.rows:
    record = records[row]
    source = record.source
    with st.container(border=True):
        st.html(
            f'<div class="reference-head">{escape(source.title)}</div>'
            f'<div class="quiet">{source_line(source, f"{record.pages} pages")}</div>'
            f'<div class="quiet">{escape(source.path)}</div>'
            f'<div class="quiet">{escape(source.url)}</div>'
            f'<div class="quiet">{escape(record.reason)}</div>'
        )
        if record.pages:
            st.page_link(
                VIEWER,
                label="Read the source",
                icon=":material/article:",
                query_params=PageAddress(source.id).query(),
            )
