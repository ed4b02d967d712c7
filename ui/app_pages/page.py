"""The page viewer: one page of a source, as printed where it can be, and as its stored text."""

from html import escape

import streamlit as st

from assistant.answer import page_place
from ui.drawing.drawing import source_line
from ui.drawing.source_drawing import draw_page
from ui.page_address import VIEWER, PageAddress, read_address
from ui.resources import get_assistant

address = read_address(st.query_params)
if not address.source_id:
    st.title("Page viewer", anchor=False)
    st.markdown("Open a page from an answer, or choose a source.")
    st.page_link("app_pages/sources.py", label="Sources", icon=":material/library_books:")
    st.stop()

assistant = get_assistant()
source = assistant.source(address.source_id)
pages = next(r.pages for r in assistant.sources() if r.source.id == source.id)
if not 1 <= address.number <= pages:
    st.error(f"There is no page {address.number} in a source of {pages} pages.")
    st.stop()
page = assistant.page(source.id, address.number)

place = page_place(source, page.number, page.label)
st.html(
    f'<h1 class="source-title">{escape(source.title)}</h1>'
    f'<div class="quiet">{source_line(source, place)}</div>'
    f'<div class="quiet">{escape(" · ".join(p for p in (source.path, source.url) if p))}</div>'
)
if pages > 1:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            VIEWER,
            label="Previous",
            icon=":material/arrow_back:",
            disabled=page.number == 1,
            query_params=PageAddress(source.id, page.number - 1).query(),
        )
        st.markdown(f"{page.number} of {pages}")
        st.page_link(
            VIEWER,
            label="Next",
            icon=":material/arrow_forward:",
            icon_position="right",
            disabled=page.number == pages,
            query_params=PageAddress(source.id, page.number + 1).query(),
        )

draw_page(source, page, address.start, address.end)
