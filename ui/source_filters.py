"""The filters of the sidebar: which sources a question or a claim is held against."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from assistant.desk.collections import SourceCollection
from assistant.desk.filter_words import why_none
from corpus.document import Source
from index.passage import Filters, admits
from ui.drawing.drawing import literal

_KEYS = ("publisher", "published_from", "published_to", "data_year", "source_type", "collection")
_NAMES = {
    "publisher": "Publisher",
    "published_from": "Published from",
    "published_to": "Published to",
    "data_year": "Data for the year",
    "source_type": "Kind of source",
    "collection": "Collection",
}


def keep_filters() -> None:
    """Keep the chosen filters while a page without them is shown; Streamlit would drop them."""
    for key in _KEYS:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def draw_filters(
    sources: Sequence[Source], collections: Sequence[SourceCollection] = ()
) -> Filters:
    """Draw the filters with the values that occur in the sources, and return what is chosen.

    Where they admit no source together, that is said below them.
    """
    filters = _with_collection(_choose_filters(sources), collections)
    if why := why_none(filters, sources):
        st.sidebar.warning(literal(f"{why[0].upper()}{why[1:]}."), icon=":material/filter_alt_off:")
    return filters


def _choose_filters(sources: Sequence[Source]) -> Filters:
    years = {source.published[:4] for source in sources if source.published}
    data_years = {str(year) for source in sources for year in source.data_years}
    with st.sidebar:
        st.subheader("Filters", anchor=False)
        publisher = _choose("publisher", {source.publisher for source in sources})
        published_from = _choose("published_from", years, newest_first=True)
        published_to = _choose("published_to", years, newest_first=True)
        data_year = _choose("data_year", data_years, newest_first=True)
        kinds = {kind for source in sources for kind in (source.rank, source.file_type)}
        source_type = _choose("source_type", kinds - {"unknown"}, shown=_type_name)
    return Filters(
        publisher=publisher,
        published_from=published_from,
        published_to=published_to,
        data_year=int(data_year) if data_year else None,
        source_type=source_type,
    )


def _with_collection(filters: Filters, collections: Sequence[SourceCollection]) -> Filters:
    """Draw the choice of a collection where there are some, and return filters within it."""
    held = {one.name: one.source_ids for one in collections if one.source_ids}
    if not held:
        return filters
    with st.sidebar:
        name = _choose("collection", set(held))
    return replace(filters, source_ids=held[name]) if name else filters


def count_told(filters: Filters, sources: Sequence[Source]) -> str:
    """Return how many sources filters leave: "58", or "3 of 58"."""
    left = sum(admits(filters, source) for source in sources)
    return str(left) if left == len(sources) else f"{left} of {len(sources)}"


def draw_chosen(filters: Filters) -> None:
    """Say which filters are set, as the sidebar may be closed."""
    values = {
        "publisher": filters.publisher,
        "published_from": filters.published_from,
        "published_to": filters.published_to,
        "data_year": "" if filters.data_year is None else str(filters.data_year),
        "source_type": _type_name(filters.source_type) if filters.source_type else "",
    }
    if filters.source_ids:
        values["collection"] = st.session_state.get("collection") or ""
    chosen = [f"{_NAMES[key]}: {value}" for key, value in values.items() if value]
    if chosen:
        st.html(f'<div class="quiet">Filtered by {escape(" · ".join(chosen))}</div>')


def _choose(
    key: str,
    values: set[str],
    newest_first: bool = False,
    shown: Callable[[str], str] = str,
) -> str:
    """Draw one filter and return its value, empty for any."""
    options = ["", *sorted(values - {""}, reverse=newest_first)]
    if st.session_state.get(key) not in options:
        st.session_state.pop(key, None)
    chosen = st.selectbox(
        _NAMES[key], options, key=key, format_func=lambda value: shown(value) if value else "Any"
    )
    return chosen or ""


def _type_name(kind: str) -> str:
    known = {"pdf": "PDF", "html": "Web page", "csv": "CSV", "json": "JSON", "xml": "Feed or XML"}
    return known.get(kind, kind.capitalize())
