"""Draws the addresses that are followed: what each look told, when the next one is, what to do."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from assistant.assistant import Assistant
from assistant.currency import FollowedAddress
from corpus.document import Source
from ui.drawing.drawing import literal
from ui.resources import get_adding

_SHOWN = 100
_UNITS = (("week", 7 * 86_400), ("day", 86_400), ("hour", 3_600), ("minute", 60))


def draw_followed(assistant: Assistant) -> None:
    """Draw what is taken from the web, and for editors what fetches it and ends following it."""
    known = assistant.web.known()
    if not known:
        st.markdown("Nothing yet. Add addresses of pages, feeds or sitemaps above.")
        return
    is_editor = assistant.person.is_editor
    if is_editor and any(one.every_seconds for one in known):
        st.button(
            "Fetch what is due",
            icon=":material/sync:",
            on_click=get_adding().fetch,
            args=(assistant,),
            disabled=bool(get_adding().view().doing),
        )
    ordered = sorted(known, key=lambda one: (not one.fault, bool(one.listed_by), one.address))
    for one in ordered[:_SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(_followed_html(one))
            if is_editor and one.every_seconds and not one.listed_by:
                st.button(
                    "Stop following",
                    key=f"stop_{one.asked}",
                    help=literal(one.address),
                    on_click=assistant.web.stop,
                    args=(one.asked,),
                )
    if len(ordered) > _SHOWN:
        st.html(f'<div class="quiet">and {len(ordered) - _SHOWN} more</div>')


def followed_words(source: Source, followed: Sequence[FollowedAddress]) -> Mapping[str, str]:
    """Return, by their names, the words on a page of the web: when it was and will be looked at."""
    if not source.fetched:
        return {}
    one = followed[0] if followed else FollowedAddress(source.url, source.url)
    return {
        "Fetched": _minute(source.fetched),
        "Last look": _minute(one.looked),
        "Next look": _minute(one.next_look) or "when it is asked for",
        "Fault": one.fault,
    }


def _followed_html(one: FollowedAddress) -> str:
    every = _interval(one.every_seconds)
    told = (
        one.kind,
        every and f"every {every}",
        one.looked and f"last look {_minute(one.looked)}",
        one.next_look and f"next look {_minute(one.next_look)}",
        one.listed_by and f"listed by {one.listed_by}",
    )
    fault = f'<div class="quiet"><b>{escape(one.fault)}</b></div>' if one.fault else ""
    about = escape(" · ".join(filter(None, told)))
    return f'<div>{escape(one.address)}<div class="quiet">{about}</div>{fault}</div>'


def _interval(seconds: int) -> str:
    """Return an interval in its largest whole unit, "" for none."""
    for name, size in _UNITS:
        if seconds and seconds % size == 0:
            count = seconds // size
            return name if count == 1 else f"{count} {name}s"
    return ""


def _minute(moment: str) -> str:
    return f"{moment[:16].replace('T', ' ')} UTC" if moment else ""
