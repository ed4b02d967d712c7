"""Draws the list of sources: facets, search, a row each that is picked or opened by its title."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from textwrap import shorten

import streamlit as st

from assistant.assistant import Assistant
from assistant.desk.shelf import FACETS, FoundSource, facet_values, narrowed
from assistant.source_list import ListedSource
from ui.drawing.drawing import literal, source_line
from ui.page_address import PageAddress
from ui.shelf.source_panel import show_source

_ROWS = 25  # on one screen
_SNIPPET_CHARS = 200


def draw_sources(assistant: Assistant, listed: Sequence[ListedSource]) -> None:
    """Draw what narrows the list, and the rows that are left, so many at a time."""
    words = st.text_input(
        "Search titles, publishers and texts", key="source_words", icon=":material/search:"
    ).strip()
    left = {one.record.source.id for one in _narrow(listed)}
    found = assistant.find_sources(words) if words else tuple(map(FoundSource, listed))
    shown = [one for one in found if one.listed.record.source.id in left]
    _draw_count(len(shown), len(listed))
    first = _draw_steps(len(shown))
    for one in shown[first : first + _ROWS]:
        _draw_row(one)


def keep_narrowing() -> None:
    """Keep what narrows the list while a source is shown; Streamlit would drop it."""
    for key in ("source_words", "source_part", *(f"facet_{facet}" for facet in FACETS)):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def picked_ids(listed: Sequence[ListedSource]) -> tuple[str, ...]:
    """Return the sources that are picked, in their order."""
    picked = st.session_state.setdefault("picked_sources", set())
    return tuple(one.record.source.id for one in listed if one.record.source.id in picked)


def forget_picked() -> None:
    """Pick none: the boxes get another name, as a browser keeps what is checked under the old."""
    st.session_state.picked_sources = set()
    st.session_state.pick_round = st.session_state.get("pick_round", 0) + 1


def _narrow(listed: Sequence[ListedSource]) -> tuple[ListedSource, ...]:
    """Draw the facets with their counts and return the sources that are left."""
    chosen: dict[str, list[str]] = {}
    with st.container(horizontal=True):
        for facet in FACETS:
            shown = {one.value: f"{one.value} ({one.count})" for one in facet_values(listed, facet)}
            chosen[facet] = st.multiselect(
                facet.capitalize(),
                list(shown),
                key=f"facet_{facet}",
                format_func=_shown_in(shown),
                placeholder="Any",
                width=160,
            )
    return narrowed(listed, chosen)


def _shown_in(names: Mapping[str, str]) -> Callable[[str], str]:
    return lambda value: names.get(value, value)


def _draw_count(shown: int, total: int) -> None:
    told = f"{total} sources" if shown == total else f"{shown} of {total} sources"
    hint = "Choose one to read it, or pick several." if shown else "Search or narrow otherwise."
    st.html(f'<div class="quiet" role="status">{told}. {hint}</div>')


def _draw_steps(count: int) -> int:
    """Draw which part of a long list is shown and return where it begins."""
    parts = -(-count // _ROWS)
    if parts < 2:
        return 0
    return (st.pagination(parts, key="source_part") - 1) * _ROWS


def _draw_row(one: FoundSource) -> None:
    source = one.listed.record.source
    picked: set[str] = st.session_state.setdefault("picked_sources", set())
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        is_picked = st.checkbox(
            literal(f"Pick {source.title}"),
            value=source.id in picked,
            key=f"pick_{st.session_state.get('pick_round', 0)}_{source.id}",
            label_visibility="collapsed",
            width=24,
        )
        (picked.add if is_picked else picked.discard)(source.id)
        with st.container(gap=None):
            st.button(
                literal(source.title),
                key=f"source_{source.id}",
                type="tertiary",
                on_click=show_source,
                args=(source.id,),
            )
            st.html(_row_html(one))


def _row_html(one: FoundSource) -> str:
    listed, source = one.listed, one.listed.record.source
    pages = {0: "", 1: "1 page"}.get(listed.record.pages, f"{listed.record.pages} pages")
    state = listed.standing or listed.edition_note
    told = f'<div class="quiet">{source_line(source, pages)} · {escape(source.path)}</div>'
    if state:
        told += f'<div class="quiet"><b>{escape(state)}</b></div>'
    if one.passage:
        passage = one.passage.passage
        address = PageAddress(source.id, passage.page, passage.start, passage.end)
        words = escape(shorten(passage.text, _SNIPPET_CHARS, placeholder=" …"))
        told += (
            f'<div class="quiet">{words} '
            f'<a target="_blank" href="{escape(address.link())}">open</a></div>'
        )
    return told
