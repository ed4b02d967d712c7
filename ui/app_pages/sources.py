"""The sources: what is indexed, what could not be read and why; pick one to read it."""

from collections import Counter
from html import escape

import streamlit as st

from assistant.source_list import STATES, list_sources
from ui.drawing.drawing import source_line
from ui.page_address import VIEWER, PageAddress
from ui.resources import get_assistant

records = get_assistant().sources()
listed = list_sources(records)

st.title("Sources", anchor=False)
if not records:
    st.markdown("There are none yet. Add a folder of documents:")
    st.code("rare-earth add FOLDER", language=None)
    st.stop()

counts = Counter(one.state for one in listed)
named = {"copy": "copy" if counts["copy"] == 1 else "copies"}
told = ", ".join(f"{counts[s]} {named.get(s, s)}" for s in STATES if counts[s])
st.markdown(f"{len(records)} in all: {told}. Select a row to read its source.")
table = st.dataframe(
    {
        "Title": [record.source.title for record in records],
        "Publisher": [record.source.publisher for record in records],
        "Published": [record.source.published for record in records],
        "Rank": [r.source.rank if r.source.rank != "unknown" else "" for r in records],
        "Pages": [record.pages for record in records],
        "State": [one.state for one in listed],
        "Edition": [one.edition_note for one in listed],
        "Reason": [one.reason for one in listed],
        "File": [record.source.path for record in records],
    },
    key="source_table",
    on_select="rerun",
    selection_mode="single-row",
    hide_index=True,
    column_config={
        "Title": st.column_config.TextColumn(width="medium"),
        "Publisher": st.column_config.TextColumn(width=140),
        "Edition": st.column_config.TextColumn(width=150),
        "Reason": st.column_config.TextColumn(width="medium"),
    },
)

for row in table.selection.rows:
    one = listed[row]
    record, source = one.record, one.record.source
    same = ", ".join(copy.source.path for copy in one.copies if copy.state == "indexed")
    doubted = ", ".join(copy.source.path for copy in one.copies if copy.state == "set aside")
    others = ", ".join(" ".join((e.path, e.published and f"({e.published})")) for e in one.editions)
    aside = f"Set aside beside it: {doubted}" if doubted else ""
    pages = {0: "", 1: "1 page"}.get(record.pages, f"{record.pages} pages")
    with st.container(border=True):
        st.html(
            f'<div class="reference-head">{escape(source.title)}</div>'
            f'<div class="quiet">{source_line(source, pages)}</div>'
            f'<div class="quiet">{escape(source.path)}</div>'
            f'<div class="quiet">{escape(source.url)}</div>'
            f'<div class="quiet">{escape(record.reason)}</div>'
            f'<div class="quiet">{escape(f"Same content: {same}" if same else "")}</div>'
            f'<div class="quiet">{escape(aside)}</div>'
            f'<div class="quiet">{escape(f"Other editions: {others}" if others else "")}</div>'
            f'<div class="quiet">{escape("; ".join(source.remarks))}</div>'
        )
        if record.pages:
            st.page_link(
                VIEWER,
                label="Read the source",
                icon=":material/article:",
                query_params=PageAddress(source.id).query(),
            )
