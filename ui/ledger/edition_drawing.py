"""Draws two editions side by side: facts and paragraphs, each with links that open its place."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from html import escape

import streamlit as st

from assistant.assistant import Assistant
from assistant.fact_writing import about_text, value_text
from assistant.source_list import list_sources
from assistant.views import ChangedText, EditionComparison, Paragraph, changes_table
from corpus.document import Source
from index.facts import LedgerFact
from ui.ledger.fact_drawing import draw_table_downloads, fact_address
from ui.page_address import PageAddress

_MOST_ROWS = 300


def draw_editions(assistant: Assistant) -> None:
    """Draw the choice of two editions and, once it is made, how they differ."""
    listed = {one.record.source.id: one for one in list_sources(assistant.sources())}
    readable = [key for key, one in listed.items() if one.record.state == "indexed"]
    names = {key: _named(listed[key].record.source) for key in readable}
    at_left, at_right = st.columns(2)
    before = at_left.selectbox(
        "Before",
        readable,
        index=None,
        format_func=names.__getitem__,
        key="before",
        bind="query-params",
    )
    editions = {one.id for one in listed[before].editions} if before else set()
    after = at_right.selectbox(
        "After",
        sorted((key for key in readable if key != before), key=lambda key: key not in editions),
        index=None,
        format_func=names.__getitem__,
        key="after",
        bind="query-params",
        help="Other editions of the same series stand first.",
    )
    if before and after:
        draw_comparison(assistant.compare_editions(before, after))
    else:
        st.markdown("Choose two editions of a source to see which facts and paragraphs differ.")


def _named(source: Source) -> str:
    """Return what tells a source apart in a list."""
    told = ", ".join(filter(None, (source.edition, source.version, source.published)))
    return f"{source.title} ({told or source.path}) - {source.path}"


def draw_comparison(compared: EditionComparison) -> None:
    """Draw what changed between two editions, the facts first."""
    rows = [_row(_fact_html(one.before), _fact_html(one.after)) for one in compared.changed]
    rows += [_row(_fact_html(one), "") for one in compared.gone]
    rows += [_row("", _fact_html(one)) for one in compared.added]
    draw_table_downloads(changes_table(compared))
    st.header("Facts", anchor=False)
    st.caption(
        f"{len(compared.changed):,} changed, {len(compared.gone):,} gone, "
        f"{len(compared.added):,} added; {compared.same_facts:,} the same."
    )
    _draw_rows(rows)
    st.header("Text", anchor=False)
    st.caption(
        f"{len(compared.texts):,} changes; {compared.same_paragraphs:,} paragraphs the same."
    )
    _draw_rows([text_row(one, compared) for one in compared.texts])


def _draw_rows(rows: Sequence[str]) -> None:
    if len(rows) > _MOST_ROWS:
        st.caption(f"The first {_MOST_ROWS} are shown; the downloads hold all.")
    shown = "".join(rows[:_MOST_ROWS])
    heads = '<div class="edition-row"><b>Before</b><b>After</b></div>'
    st.html(f'<div class="editions">{heads}{shown}</div>')


def _fact_html(one: LedgerFact) -> str:
    fact = one.fact
    period = fact.period.text if fact.period else ""
    told = ", ".join(filter(None, (fact.measure, about_text(fact), period, fact.basis)))
    link = _link(fact_address(one), f"p. {one.page_label or fact.place.page}")
    return f'<b class="figure">{escape(value_text(fact))}</b> {escape(told)} {link}'


def text_row(one: ChangedText, compared: EditionComparison) -> str:
    """Return a change of the text as HTML, with the words marked that differ."""
    if one.before and one.after:
        before, after = marked_words(one.before[0].text, one.after[0].text)
    else:
        before = "".join(f"<del>{escape(paragraph.text)}</del>" for paragraph in one.before)
        after = "".join(f"<ins>{escape(paragraph.text)}</ins>" for paragraph in one.after)
    before += _links(compared.before.id, one.before)
    return _row(before, after + _links(compared.after.id, one.after))


def marked_words(before: str, after: str) -> tuple[str, str]:
    """Return two paragraphs as HTML with the words that one of them lacks marked."""
    words = before.split(), after.split()
    told: tuple[list[str], list[str]] = ([], [])
    for tag, *bounds in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        stretches = (words[0][bounds[0] : bounds[1]], words[1][bounds[2] : bounds[3]])
        for side, stretch, mark in zip(told, stretches, ("del", "ins"), strict=True):
            text = escape(" ".join(stretch))
            if text:
                side.append(text if tag == "equal" else f"<{mark}>{text}</{mark}>")
    return " ".join(told[0]), " ".join(told[1])


def _links(source_id: str, paragraphs: Sequence[Paragraph]) -> str:
    return "".join(
        " " + _link(PageAddress(source_id, one.page, one.start, one.end), f"p. {one.page}")
        for one in paragraphs
    )


def _link(address: PageAddress, text: str) -> str:
    return f'<a class="place" target="_blank" href="{escape(address.link())}">{escape(text)}</a>'


def _row(before: str, after: str) -> str:
    none = '<span class="quiet">-</span>'
    return f'<div class="edition-row"><div>{before or none}</div><div>{after or none}</div></div>'
