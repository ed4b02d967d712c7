"""Draws what is done with picked sources, and the collections that there are."""

from collections.abc import Sequence

import streamlit as st

from assistant.assistant import Assistant
from assistant.desk.collections import SourceCollection
from assistant.source_list import ListedSource
from ui.drawing.drawing import literal
from ui.shelf.source_panel import show_source
from ui.shelf.source_rows import forget_picked, picked_ids


def draw_picked(assistant: Assistant, listed: Sequence[ListedSource]) -> None:
    """Draw, where sources are picked, what makes a collection of them or puts them into one."""
    if told := st.session_state.pop("collection_told", ""):
        st.toast(literal(told), icon=":material/check:")
    ids = picked_ids(listed)
    if not ids:
        return
    with st.container(border=True):
        titles = [one.record.source.title for one in listed if one.record.source.id in ids]
        st.markdown(f"**{len(ids)} picked**")
        st.markdown(literal("; ".join(titles)))
        names = [one.name for one in assistant.collections.all() if one.may_change]
        with st.form("collection", border=False, clear_on_submit=True):
            name = st.selectbox(
                "Collection",
                names,
                index=None,
                key="collection_name",
                accept_new_options=True,
                placeholder="Name a new one, or choose one",
            )
            made = st.form_submit_button("Make a collection", type="primary")
        st.button("Pick none", on_click=forget_picked)
    if made and name and name.strip():
        if name in names:
            assistant.collections.add(name, ids)
        else:
            assistant.collections.make(name, ids)
        st.session_state.collection_told = f"{len(ids)} put into the collection {name}"
        forget_picked()
        st.rerun()


def draw_collections(assistant: Assistant, listed: Sequence[ListedSource]) -> None:
    """Draw the collections with their sources, each of which can be taken out."""
    titles = {one.record.source.id: one.record.source.title for one in listed}
    for at, one in enumerate(assistant.collections.all()):
        with st.expander(literal(f"{one.name} ({len(one.source_ids)})")):
            for id in one.source_ids:
                with st.container(horizontal=True, vertical_alignment="center"):
                    if id in titles:
                        st.button(
                            literal(titles[id]),
                            key=f"in_{at}_{id}",
                            type="tertiary",
                            on_click=show_source,
                            args=(id,),
                        )
                    else:
                        st.markdown(literal(f"{id} was removed"))
                    if one.may_change and st.button("Take out", key=f"out_{at}_{id}"):
                        assistant.collections.remove(one.name, (id,))
                        st.rerun()
            if one.may_change:
                _draw_changes(assistant, one, at)


def _draw_changes(assistant: Assistant, one: SourceCollection, at: int) -> None:
    """Draw who sees a collection, and what deletes it."""
    if one.is_own and assistant.person.id:
        key = f"share_{at}_{one.name}"
        st.checkbox(
            "Share it with the desk",
            one.is_shared,
            key=key,
            on_change=lambda: assistant.collections.share(one.name, st.session_state[key]),
        )
    if st.button("Delete the collection", key=f"delete_{at}", icon=":material/delete:"):
        assistant.collections.delete(one.name)
        st.rerun()
