"""Draws the page of a source: as printed where it can be, and as its stored text.

`start` and `end` bound the quote in the stored text, equal where there is none.
"""

from html import escape
from pathlib import Path

import streamlit as st

from corpus.document import Page, Source, original_text
from ui.drawing.stored_text import draw_stored_text
from ui.resources import page_picture, quote_picture

_VIEWS = ("Quote", "Whole page", "Stored text")


def draw_page(source: Source, page: Page, start: int, end: int) -> None:
    """Draw a whole page with its quote marked; a PDF as a picture beside its stored text."""
    file = Path(source.location)
    is_printed = _is_printed(source)
    printed, stored = st.columns(2) if is_printed else (st.container(), st.container())
    with stored:
        if not file.is_file():
            st.info(
                "The file is no longer where it was read. This is its stored text.",
                icon=":material/draft:",
            )
        draw_stored_text(page.text, start, end)
    if is_printed:
        with printed:  # last, so that the stored text stands even where this fails
            picture = page_picture(file, page.number, _printed_words(page, start, end))
            st.image(picture, width="stretch")


def draw_quote(source: Source, page: Page, start: int, end: int) -> None:
    """Draw a quote with what stands around it: a picture, or the stored text scrolled to it."""
    if not _is_printed(source):
        with st.container(key="quote_in_text"):
            draw_stored_text(page.text, start, end)
        return
    quote = _printed_words(page, start, end)
    st.html(f'<div class="passage"><mark>{escape(" ".join(quote.split()))}</mark></div>')
    picture = quote_picture(Path(source.location), page.number, quote)
    st.image(picture, width="stretch", alt="The page around the quote")


def _is_printed(source: Source) -> bool:
    return source.file_type == "pdf" and Path(source.location).is_file()


def _printed_words(page: Page, start: int, end: int) -> str:
    return original_text(page, start, end) if end > start else ""


def draw_chosen_view(source: Source, page: Page, start: int, end: int) -> None:
    """Draw a cited page as the reader chooses: the quote, the whole page, or its stored text."""
    if not _is_printed(source):
        draw_stored_text(page.text, start, end)
        return
    view = st.segmented_control(
        "How the source is shown",
        _VIEWS,
        default=_VIEWS[0],
        required=True,
        key="source_view",
        label_visibility="collapsed",
    )
    if view == "Stored text":
        draw_stored_text(page.text, start, end)
        return
    draw_picture = page_picture if view == "Whole page" else quote_picture
    picture = draw_picture(Path(source.location), page.number, _printed_words(page, start, end))
    st.image(picture, width="stretch", alt=f"{view}, as printed")
