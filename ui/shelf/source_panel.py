"""Draws one source: record, state, what to do, copies, editions, facts, what is done to it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from assistant.assistant import Assistant
from assistant.currency import FollowedAddress
from assistant.desk.shelf import what_to_do
from assistant.fact_writing import about_text, given_as_text, value_text
from assistant.source_list import ListedSource
from corpus.document import Source
from index.facts import LedgerFact
from ui.drawing.drawing import literal, source_line
from ui.page_address import VIEWER, PageAddress
from ui.resources import get_adding
from ui.shelf.followed_drawing import followed_words

_FACTS = 50  # drawn at first


def draw_source(assistant: Assistant, one: ListedSource) -> None:
    """Draw a source with all that is known of it."""
    record, source = one.record, one.record.source
    st.button("All sources", icon=":material/arrow_back:", on_click=show_source, args=("",))
    pages = {0: "", 1: "1 page"}.get(record.pages, f"{record.pages} pages")
    st.html(
        f'<h1 class="source-title">{escape(source.title)}</h1>'
        f'<div class="quiet">{source_line(source, pages)}</div>'
    )
    if told := "\n\n".join(map(literal, filter(None, (one.reason, what_to_do(one))))):
        st.info(told, icon=":material/info:")
    _draw_acts(assistant, one)
    st.html(_record_html(one, assistant.web.of_source(source.id) if source.fetched else ()))
    _draw_others("Other versions of the page", one.versions)
    _draw_others("Same content", [copy.source for copy in one.copies])
    _draw_others("Other editions", one.editions)
    if record.pages:
        _draw_facts(assistant, source)


def show_source(source_id: str) -> None:
    """Show a source in place of the list, "" for the list."""
    if source_id:
        st.query_params["source"] = source_id
    else:
        st.query_params.clear()


def _draw_acts(assistant: Assistant, one: ListedSource) -> None:
    """Draw the way to read a source, and for editors those to read its file again and remove it."""
    source = one.record.source
    with st.container(horizontal=True, vertical_alignment="center"):
        if one.record.pages:
            st.page_link(
                VIEWER,
                label="Read the source",
                icon=":material/article:",
                query_params=PageAddress(source.id).query(),
            )
        if not assistant.person.is_editor:
            return
        words = "Fetch the page again" if source.fetched else "Read the file again"
        if st.button(words, icon=":material/refresh:"):
            get_adding().read_again(assistant, source.id, source.path)
            show_source("")
            st.rerun()
        with st.popover("Remove", icon=":material/delete:"):
            st.markdown("It is no longer searched or cited." + _what_stays(source))
            if st.button("Remove this source", type="primary"):
                assistant.remove(source.id)
                show_source("")
                st.rerun()


def _what_stays(source: Source) -> str:
    if source.fetched:
        return " Its versions go with it, and its address is looked at no more."
    return " Its file stays, unless it was sent."


def _record_html(one: ListedSource, followed: Sequence[FollowedAddress]) -> str:
    source = one.record.source
    years = source.data_years
    told = {
        "State": one.state,
        "File": source.path,
        "Folder": one.record.root,
        "Address": source.url,
        **followed_words(source, followed),
        "Author": source.author,
        "Kind": " · ".join(filter(None, (source.rank.replace("unknown", ""), source.file_type))),
        "Language": source.language,
        "Licence": source.licence,
        "Data for": f"{years[0]} to {years[-1]}" if len(years) > 1 else "".join(map(str, years)),
        "Edition": one.edition_note,
        "To know": "; ".join(source.remarks),
        "Id": source.id,
    }
    rows = "".join(
        f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in told.items() if value
    )
    return f'<dl class="beside">{rows}</dl>'


def _draw_others(head: str, sources: Sequence[Source]) -> None:
    if not sources:
        return
    st.html(f'<div class="part">{head}</div>')
    for source in sources:
        date = source.fetched[:10] or source.published
        label = literal(" ".join((source.path, date and f"({date})")))
        st.button(
            label, key=f"open_{source.id}", type="tertiary", on_click=show_source, args=(source.id,)
        )


def _draw_facts(assistant: Assistant, source: Source) -> None:
    """Draw the figures, dates and names that were read from a source, each a link to its page."""
    facts = assistant.facts_of(source.id)
    if not facts:
        return
    with st.expander(f"Facts that were read from it ({len(facts)})"):
        every = len(facts) > _FACTS and st.checkbox(f"Show all {len(facts)}", key="all_facts")
        rows = "".join(map(_fact_html, facts if every else facts[:_FACTS]))
        heads = "".join(
            f'<th scope="col">{head}</th>'
            for head in ("Value", "Measure", "About", "Period", "Given as", "Page")
        )
        st.html(
            f'<div class="answer-table" role="region" tabindex="0" aria-label="Facts">'
            f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )


def _fact_html(one: LedgerFact) -> str:
    fact, place = one.fact, one.fact.place
    address = PageAddress(one.source.id, place.page, place.start, place.end)
    cells = (
        value_text(fact),
        fact.measure,
        about_text(fact),
        fact.period.text if fact.period else "",
        given_as_text(one),
    )
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    page = escape(one.page_label or str(place.page))
    link = f'<a target="_blank" href="{escape(address.link())}">p. {page}</a>'
    return f"<tr>{told}<td>{link}</td></tr>"
