"""Words of sources on the screen; what draws them goes through here.

Such words are data. They reach the browser through `html.escape` inside our own HTML, or, where
Streamlit takes nothing but Markdown, through `literal`; no link or image of a source survives.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape

from assistant.answer import recognition
from corpus.document import Source

# Streamlit turns :names:, addresses and arrows into something else even where they are escaped;
# a word joiner, which takes no room, keeps each of them from being seen.
_JOINER = "\u2060"
_REWRITTEN = re.compile(
    r"(?<=:)(?=\S)|(?=@)|(?<=www)(?=\.)|(?<!\S)(?=(?:<->|->|<-|--|>=|<=|~=)(?!\S))", re.IGNORECASE
)


def literal(text: str) -> str:
    """Return Markdown that Streamlit shows as exactly this text, on one line."""
    text = re.sub(r"\s+", " ", text)
    text = _REWRITTEN.sub(_JOINER, text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def moment(time: str) -> str:
    """Return a recorded moment as a reader of this machine tells it."""
    return f"{datetime.fromisoformat(time).astimezone():%Y-%m-%d %H:%M}"


def source_line(source: Source, place: str) -> str:
    """Return publisher, date, edition and page as one line of HTML, without what is unknown."""
    edition = " ".join(part for part in (source.edition, source.version) if part)
    told = (source.publisher or source.author, source.published, edition, recognition(source))
    known = [escape(part) for part in told if part]
    if place:
        known.append(f'<span class="place">{escape(place)}</span>')
    return " · ".join(known)


def marked(text: str, start: int, end: int) -> str:
    """Return the text as HTML with `text[start:end]` marked."""
    if not 0 <= start < end <= len(text):
        return escape(text)
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"


def with_figures(text: str, figures: Sequence[tuple[int, int]]) -> str:
    """Return the text as HTML with figures, stretches of it in order, set in bold."""
    told = ""
    position = 0
    for first, last in figures:
        if position <= first < last <= len(text):
            told += f"{escape(text[position:first])}<b>{escape(text[first:last])}</b>"
            position = last
    return told + escape(text[position:])
