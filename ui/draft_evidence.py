"""Draws what decides whether a draft is right: the page that carries it, or what comes nearest."""

from collections.abc import Sequence

import streamlit as st

from assistant.answer import page_place
from assistant.assistant import Assistant
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.places import same_file
from corpus.document import Source
from ui.draft_context import changed_words, find_quote, sibling_of
from ui.drawing.drawing import literal, source_line
from ui.drawing.reference_drawing import evidence_html
from ui.drawing.stored_text import draw_stored_text
from ui.page_address import VIEWER, PageAddress
from ui.runs.case_drawing import shown

_NEAREST = 5


def draw_places(case: Case, assistant: Assistant) -> None:
    """Draw the pages of the gold evidence with the quote marked."""
    for place in case.evidence:
        _draw_place(place, assistant)
    if case.alternates:
        others = "; ".join(
            f"{place.file}, page {place.page_label or place.page}" for place in case.alternates
        )
        st.html(f'<div class="quiet">The same also stands in {shown(others)}</div>')


def _draw_place(place: ExpectedPlace, assistant: Assistant) -> None:
    source = _source_of(place, assistant)
    if source is None or place.page is None:
        st.warning(literal(f"{place.file} is not among the sources."), icon=":material/warning:")
        return
    page = assistant.page(source.id, place.page)
    quote = find_quote(page, place.quote, place.file)
    st.html(
        f'<div class="reference-head">{shown(source.title)}</div><div class="quiet">'
        f"{source_line(source, page_place(source, page.number, page.label))}</div>"
    )
    st.page_link(
        VIEWER,
        label="Open the page",
        icon=":material/article:",
        query_params=PageAddress(source.id, page.number, quote.start, quote.end).query(),
    )
    if not quote.end:
        st.warning(
            literal(f"The page does not hold these words as they were: {place.quote}"),
            icon=":material/warning:",
        )
    draw_stored_text(page.text, quote.start, quote.end)


def _source_of(place: ExpectedPlace, assistant: Assistant) -> Source | None:
    return next(
        (
            record.source
            for record in assistant.sources()
            if record.pages and same_file(record.source.path, place.file)
        ),
        None,
    )


def draw_why_unanswerable(case: Case, others: Sequence[Case], assistant: Assistant) -> None:
    """Draw from what a question was changed so that nothing answers it, and what comes nearest."""
    st.info(
        "**Nothing in the sources should answer this.** Accept it if that is so: a right answer "
        "says that it was not found.",
        icon=":material/search_off:",
    )
    sibling = sibling_of(case, others)
    if sibling is not None:
        changed = "".join(
            f"<mark>{shown(piece)}</mark>" if is_other else shown(piece)
            for piece, is_other in changed_words(case.question, sibling.question)
        )
        st.html(
            f'<div class="part">What was changed</div><div>{changed}</div>'
            f'<div class="part">What the sources do answer</div><div>{shown(sibling.question)}'
            f" <b>{shown(sibling.answer)}</b></div>"
        )
        draw_places(sibling, assistant)
    with st.spinner("Searching the sources"):
        found = assistant.search(case.question, _NEAREST)
    with st.expander(f"The passages that come nearest ({len(found)})", expanded=sibling is None):
        st.html("".join(evidence_html(entry) for entry in found))
