"""Words of sources on the screen; what draws them goes through here.

Such words are data. They reach the browser through `html.escape` inside our own HTML, or, where
Streamlit takes nothing but Markdown, through `literal`; no link or image of a source survives.
"""

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from assistant.answer import recognition
from corpus.document import Source

# Streamlit turns :names:, addresses and arrows into something else even where they are escaped;
# a word joiner, which takes no room, keeps each of them from being seen.
_JOINER = "\u2060"
_REWRITTEN = re.compile(
    r"(?<=:)(?=\S)|(?=@)|(?<=www)(?=\.)|(?<!\S)(?=(?:<->|->|<-|--|>=|<=|~=)(?!\S))", re.IGNORECASE
)
_SHOWN_CHARS = 60_000  # of one page; a browser stalls over a data file of megabytes
_SCROLL_TO_MARK = """<script data-place="{place}">
for (const box of document.querySelectorAll(".stored-text")) {{
  const quote = box.querySelector("mark");
  if (quote) box.scrollTop = quote.offsetTop - box.clientHeight / 3;
}}
</script>"""


def literal(text: str) -> str:
    """Return Markdown that Streamlit shows as exactly this text, on one line."""
    text = re.sub(r"\s+", " ", text)
    text = _REWRITTEN.sub(_JOINER, text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def source_line(source: Source, place: str) -> str:
    """Return publisher, date, edition and page as one line of HTML, without what is unknown."""
    edition = " ".join(part for part in (source.edition, source.version) if part)
    told = (source.publisher or source.author, source.published, edition, recognition(source))
    known = [escape(part) for part in told if part]
    if place:
        known.append(f'<span class="place">{escape(place)}</span>')
    return " · ".join(known)


def marked(text: str, start: int, end: int, figures: Sequence[tuple[int, int]] = ()) -> str:
    """Return the text as HTML with `text[start:end]` marked, and in it the figures set in bold.

    Figures are stretches of the text, in order.
    """
    if not 0 <= start < end <= len(text):
        return escape(text)
    inside = ""
    position = start
    for first, last in figures:
        if position <= first < last <= end:
            inside += f"{escape(text[position:first])}<b>{escape(text[first:last])}</b>"
            position = last
    inside += escape(text[position:end])
    return f"{escape(text[:start])}<mark>{inside}</mark>{escape(text[end:])}"


def draw_stored_text(text: str, start: int, end: int) -> None:
    """Draw the stored text of a page, scrolled to the marked quote; of a huge page, what is near.

    The script is ours alone: it moves the text inside its box, and no word of a source is in it.
    """
    first = max(0, min(start, len(text)) - _SHOWN_CHARS // 2)
    shown = text[first : first + _SHOWN_CHARS]
    if len(shown) < len(text):
        st.html(
            f'<div class="quiet">Characters {first + 1:,} to {first + len(shown):,} '
            f"of {len(text):,} are shown.</div>"
        )
    st.html(
        '<div class="stored-text" role="region" tabindex="0" aria-label="Stored text">'
        f"{marked(shown, start - first, end - first)}</div>"
    )
    if end > start:
        st.html(_SCROLL_TO_MARK.format(place=f"{start}-{end}"), unsafe_allow_javascript=True)
