"""Draws what answers and claims rest on: references, and passages that were read."""

from collections.abc import Sequence
from html import escape
from textwrap import shorten

import streamlit as st

from assistant.answer import Citation, page_place, told_beside
from assistant.answer.answer_words import instruction_note
from corpus.document import Context
from index.passage import Evidence
from ui.drawing.drawing import marked, source_line
from ui.drawing.step_drawing import citation_address
from ui.page_address import VIEWER, PageAddress

_NEAREST_CHARS = 180
_AROUND_CHARS = 240  # of the passage, on either side of a quote; the page viewer shows it all


def draw_citations(citations: Sequence[Citation]) -> None:
    """Draw the references, each with a link that opens its page in the page viewer."""
    for citation in citations:
        with st.container(border=True, gap="small"):
            st.html(reference_html(citation))
            st.page_link(
                VIEWER,
                label="Open the page",
                icon=":material/article:",
                query_params=citation_address(citation).query(),
            )


def reference_html(citation: Citation) -> str:
    """Return a reference: number, source, place, and the quote marked among its neighbours."""
    place = page_place(citation.source, citation.page, citation.page_label)
    return (
        f'<div class="reference-head"><span class="number">[{citation.number}]</span>'
        f"{escape(citation.source.title)}</div>"
        f'<div class="quiet">{source_line(citation.source, place)}</div>'
        f'<div class="passage">{_quote_in_passage(citation)}</div>'
        f"{_note_html(citation.passage)}{_context_html(citation.context)}"
    )


def _quote_in_passage(citation: Citation) -> str:
    """Return the quote, marked, with the words of its passage that stand close to it."""
    start = citation.start - citation.passage_start
    end = citation.end - citation.passage_start
    if start < 0 or citation.passage[start:end] != citation.quote:
        return marked(citation.quote, 0, len(citation.quote), _figures(citation, 0))
    before, after = citation.passage[:start], citation.passage[end:]
    if len(before) > _AROUND_CHARS:
        before = "… " + before[-_AROUND_CHARS:].split(maxsplit=1)[-1]
    if len(after) > _AROUND_CHARS:
        after = after[:_AROUND_CHARS].rsplit(maxsplit=1)[0] + " …"
    around = before.lstrip() + citation.quote + after.rstrip()
    at = len(before.lstrip())
    return marked(around, at, at + len(citation.quote), _figures(citation, at))


def _figures(citation: Citation, at: int) -> list[tuple[int, int]]:
    """Return where the cited cells stand in a text that has the quote at `at`."""
    shift = at - citation.start
    return [(cell.start + shift, cell.end + shift) for cell in citation.cells]


def _context_html(context: Context) -> str:
    """Return what is recorded beside a passage, as a list of names and values."""
    section = (("section", context.section),) if context.section.strip() else ()
    shown = "".join(
        f"<dt>{name.capitalize()}</dt><dd>{escape(words)}</dd>"
        for name, words in (*section, *told_beside(context))
    )
    return f'<dl class="beside">{shown}</dl>' if shown else ""


def evidence_html(evidence: Evidence) -> str:
    """Return a passage that was read, with a link that opens its page in a new tab."""
    passage, source = evidence.passage, evidence.source
    address = PageAddress(source.id, passage.page, passage.start, passage.end)
    place = page_place(source, passage.page, passage.page_label)
    return (
        f'<div class="evidence"><div class="reference-head">{escape(source.title)}</div>'
        f'<div class="quiet">{source_line(source, place)} · '
        f'<a target="_blank" href="{escape(address.link())}">open</a></div>'
        '<div class="passage" role="region" tabindex="0" aria-label="Passage">'
        f"{escape(passage.text)}</div>"
        f"{_note_html(passage.text)}{_context_html(passage.context)}</div>"
    )


def nearest_html(evidence: Evidence) -> str:
    """Return a passage as a link that opens its page in a new tab, with its first words."""
    passage, source = evidence.passage, evidence.source
    address = PageAddress(source.id, passage.page, passage.start, passage.end)
    place = page_place(source, passage.page, passage.page_label)
    shown = shorten(passage.text, _NEAREST_CHARS, placeholder=" …")
    return (
        f'<a target="_blank" href="{escape(address.link())}">{escape(source.title)}</a>'
        f'<div class="quiet">{source_line(source, place)}</div><div>{escape(shown)}</div>'
    )


def _note_html(passage: str) -> str:
    """Return the mark of a passage that orders something of a machine, "" for any other."""
    note = instruction_note(passage)
    return f'<div class="quiet">Note: {escape(note)}.</div>' if note else ""
