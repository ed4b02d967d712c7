"""Draws the dated statements of a topic in order, each with a link that opens its page."""

from html import escape

import streamlit as st

from assistant.answer import page_place
from assistant.views import DatedStatement, Timeline, timeline_table
from ui.ledger.fact_drawing import draw_table_downloads, fact_address


def draw_timeline(timeline: Timeline) -> None:
    """Draw a timeline; say so where there is none, or none in the words that were asked for."""
    if not timeline.statements:
        st.info("No dated statement is about this; try fewer words.", icon=":material/search_off:")
        return
    if timeline.is_by_meaning:
        st.info(
            "No dated statement has these words; these stand in the passages nearest to them.",
            icon=":material/info:",
        )
    draw_table_downloads(timeline_table(timeline))
    st.html(timeline_html(timeline))


def timeline_html(timeline: Timeline) -> str:
    """Return the statements as an HTML list, each behind its date."""
    items = "".join(map(_item_html, timeline.statements))
    return f'<ol class="timeline">{items}</ol>'


def _item_html(one: DatedStatement) -> str:
    source, place = one.found.source, one.found.fact.place
    page = page_place(source, place.page, one.found.page_label)
    status = "" if one.found.fact.status == "reported" else one.found.fact.status
    standing = "superseded" if one.found.is_superseded else ""
    told = " · ".join(filter(None, (one.event, one.about, status, standing)))
    title = ", ".join(filter(None, (source.title, page)))
    return (
        f'<li><div class="date">{escape(one.date_text)}</div><div>'
        f'<div class="quiet">{escape(told)}</div><div class="said">{escape(one.sentence)}</div>'
        f'<a class="quiet" target="_blank" href="{escape(fact_address(one.found).link())}">'
        f"{escape(title)}</a></div></li>"
    )
