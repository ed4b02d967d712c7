"""Draws beside a conversation the source of the citation that is looked at."""

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from assistant.answer import Answer, Citation
from assistant.assistant import Assistant
from ui.desk.citation_clicks import CitedPlace, hear_clicks
from ui.drawing.reference_drawing import reference_html
from ui.drawing.source_drawing import draw_chosen_view
from ui.drawing.step_drawing import citation_address
from ui.error_report import reported_errors

_ADDRESS = "cited"


@st.fragment
def draw_beside(answers: Sequence[Answer], assistant: Assistant) -> None:
    """Draw a citation where its source has it: the one that was clicked, else the last answer's.

    A click draws this anew, and nothing else of the page.
    """
    with st.container(key="beside"):
        place = _looked_at(answers)
        hear_clicks(place, _look_at)
        citations = answers[place.answer].citations
        if not citations:
            st.html('<div class="quiet">The last answer cites no source.</div>')
            return
        at = next((at for at, one in enumerate(citations) if one.number == place.number), 0)
        _draw_way(place.answer, citations, at)
        _draw_citation(citations[at], assistant)


def _looked_at(answers: Sequence[Answer]) -> CitedPlace:
    """Return the citation that is looked at, by the address where the page was loaded anew.

    Of an answer that has just come it is the first.
    """
    newest = CitedPlace(len(answers) - 1, 1)
    if st.session_state.get("beside_of") != len(answers):
        addressed = None if "beside_of" in st.session_state else _addressed()
        st.session_state.beside_of = len(answers)
        st.session_state.beside = addressed or newest
        if not addressed:
            st.query_params.pop(_ADDRESS, None)
    place: CitedPlace = st.session_state.beside
    return place if place.answer < len(answers) else newest


def _addressed() -> CitedPlace | None:
    """Return the citation that the address names: "2.1", the second answer's first."""
    found = re.fullmatch(r"([1-9]\d{0,3})\.([1-9]\d{0,3})", st.query_params.get(_ADDRESS, ""))
    return CitedPlace(int(found[1]) - 1, int(found[2])) if found else None


def _draw_way(answer: int, citations: Sequence[Citation], at: int) -> None:
    """Draw which citation of its answer this is, and the way to the others and to its page."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for label, step in (("Previous citation", -1), ("Next citation", 1)):
            number = citations[(at + step) % len(citations)].number
            st.button(
                label,
                key=label,
                type="tertiary",
                on_click=_look_at,
                args=(CitedPlace(answer, number),),
                disabled=len(citations) == 1,
            )
        link = escape(citation_address(citations[at]).link())
        st.html(
            f'<div class="quiet"><span aria-live="polite">{at + 1} of {len(citations)}</span> · '
            f'<a target="_blank" href="{link}">Open in a tab</a>'
            '<span class="back"> · <a href="#">Back to the answer</a></span></div>',
            width="content",
        )


def _look_at(place: CitedPlace) -> None:
    st.session_state.beside = place
    st.query_params[_ADDRESS] = f"{place.answer + 1}.{place.number}"


def _draw_citation(citation: Citation, assistant: Assistant) -> None:
    st.html(reference_html(citation))
    with reported_errors():  # the words of an answer stand even where the source is gone
        source = assistant.source(citation.source.id)
        page = assistant.page(source.id, citation.page)
        if page.text[citation.start : citation.end] != citation.quote:
            st.warning(
                "The source has changed since this answer: the words it cites stand elsewhere "
                "or no longer. Ask the question again.",
                icon=":material/history:",
            )
            draw_chosen_view(source, page, 0, 0)
            return
        draw_chosen_view(source, page, citation.start, citation.end)
