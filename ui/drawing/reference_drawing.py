"""Words on what answers rest on: references, quotes, and passages that were read."""

import re
from collections.abc import Sequence
from html import escape
from textwrap import shorten

from assistant.answer import Citation, page_place, told_beside
from assistant.answer.answer_words import instruction_note
from corpus.document import Context
from index.passage import Evidence
from ui.drawing.drawing import source_line, with_figures
from ui.drawing.step_drawing import marker_html
from ui.page_address import PageAddress

_NEAREST_CHARS = 180
_BARS = re.compile(r"\s*\|[\s|]*")  # between the cells of a row


def reference_html(citation: Citation) -> str:
    """Return what a citation points at: number, source, place, and what stands beside the quote."""
    place = page_place(citation.source, citation.page, citation.page_label)
    return (
        f'<div class="reference-head"><span class="number">[{citation.number}]</span>'
        f"{escape(citation.source.title)}</div>"
        f'<div class="quiet">{source_line(citation.source, place)}</div>'
        f"{_note_html(citation.passage)}{_context_html(citation.context)}"
    )


def quotes_html(citations: Sequence[Citation]) -> str:
    """Return the quotes that carry an answer, each with its number, source and place.

    Of a row the cited figures stand out, and empty cells are left out.
    """
    return "".join(map(_quote_html, citations))


def _quote_html(citation: Citation) -> str:
    place = page_place(citation.source, citation.page, citation.page_label)
    quote = _BARS.sub(" | ", with_figures(citation.quote, _figures(citation)))
    where = ", ".join(filter(None, (citation.source.title, place)))
    return (
        f'<div class="quote">{marker_html(citation)} <span class="said">{quote}</span>'
        f'<div class="quiet">{escape(where)}</div>{_note_html(citation.passage)}</div>'
    )


def _figures(citation: Citation) -> list[tuple[int, int]]:
    """Return where the cited cells stand in the quote."""
    return [(cell.start - citation.start, cell.end - citation.start) for cell in citation.cells]


def _context_html(context: Context) -> str:
    """Return what is recorded beside a passage, as a list of names and values."""
    is_told = not context.section.strip() or context.section == context.caption
    section = () if is_told else (("section", context.section),)
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
