"""Draws changes with what they touch, chosen by kind and by what is kept; marks them as seen."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from assistant.assistant import Assistant
from assistant.radar import FINDING_KINDS, Change, Touched, touched_text
from assistant.radar.telling import change_title
from ui.drawing.drawing import moment
from ui.error_report import reported_errors
from ui.page_address import PageAddress

_MOST = 50  # changes on one screen


def chosen_changes(assistant: Assistant) -> tuple[Change, ...]:
    """Return the changes of the kinds that are chosen, each with what it touches of those kept."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with_seen = st.toggle("Seen, too", key="radar_seen")
        changes = assistant.radar.changes(with_seen)
        counts = Counter(one.finding.kind for one in changes)
        kinds = st.pills(
            "What changed",
            [kind for kind in FINDING_KINDS if counts[kind]],
            selection_mode="multi",
            format_func=lambda kind: f"{kind.capitalize()} {counts[kind]}",
            key="radar_kinds",
        )
        touched = Counter(one.kind for change in changes for one in change.touched)
        kept = st.pills(
            "For what",
            list(touched),
            selection_mode="multi",
            format_func=lambda kind: f"{kind.capitalize()} {touched[kind]}",
            key="radar_kept",
        )
    return tuple(
        change
        for change in changes
        if (not kinds or change.finding.kind in kinds)
        and (not kept or any(one.kind in kept for one in change.touched))
    )


def draw_changes(changes: Sequence[Change], assistant: Assistant) -> None:
    """Draw changes, the newest first."""
    if not changes:
        st.info("Nothing has changed for what is kept.", icon=":material/check:")
        return
    waiting = [one for one in changes if not one.is_seen]
    if waiting and st.button(f"Mark all {len(waiting)} as seen", key="radar_all_seen"):
        _mark(waiting, assistant)
    for change in changes[:_MOST]:
        with st.container(border=True, key=f"change_{change.id}"):
            st.html(change_card(change))
            if not change.is_seen and st.button(
                "Mark as seen", key=f"seen_{change.id}", icon=":material/done:", type="tertiary"
            ):
                _mark([change], assistant)
    if len(changes) > _MOST:
        st.caption(f"The first {_MOST} of {len(changes):,}.")


def _mark(changes: Sequence[Change], assistant: Assistant) -> None:
    with reported_errors():
        assistant.radar.mark_seen(changes)
    st.rerun()


def change_card(change: Change) -> str:
    """Return a change as HTML, with links to the page that tells it and to what it touches."""
    finding, place = change.finding, change.finding.reference
    address = PageAddress(place.source_id, place.number, place.start, place.end).link()
    things = "".join(f"<li>{_thing_html(one)}</li>" for one in change.touched)
    return (
        f'<div class="changes"><div class="quiet">{escape(finding.kind.capitalize())} · '
        f"{escape(moment(change.time))} · touches {escape(touched_text(change.touched))}</div>"
        f"<p><b>{escape(change_title(change).rpartition(': touches ')[0])}</b></p>"
        f"<blockquote>{escape(place.quote)}</blockquote>"
        f'<a class="quiet" target="_blank" href="{escape(address)}">{escape(place.place)}</a>'
        f'<ul class="reasons">{things}</ul></div>'
    )


def _thing_html(one: Touched) -> str:
    link = {
        "answer": f"./?{urlencode({'record': one.ref})}",
        "draft": "check",
        "table": f"figures?{urlencode({'facts': one.ref, 'view': 'Rows'})}",
        "chart": f"figures?{urlencode({'facts': one.ref, 'view': 'Chart'})}",
    }.get(one.kind, "")
    title = escape(one.title)
    told = f'<a target="_self" href="{escape(link)}">{title}</a>' if link else title
    return f"{escape(one.kind.capitalize())}: {told}"
