"""What all sessions share: the assistant over one home, and pictures of pages."""

import os
from pathlib import Path

import streamlit as st

from assistant.assistant import Assistant
from assistant.settings import load_settings
from corpus.page_image import render_page


@st.cache_resource(show_spinner="Opening the index")
def get_assistant() -> Assistant:
    """Return the assistant, opened once a process."""
    return Assistant(load_settings(os.environ))


def page_picture(path: Path, number: int, quote: str) -> bytes:
    """Return page `number` of a PDF as PNG with the quote marked; drawn once a version."""
    return _page_picture(str(path), path.stat().st_mtime_ns, number, quote)


@st.cache_data(max_entries=64, show_spinner=False)
def _page_picture(path: str, modified: int, number: int, quote: str) -> bytes:  # noqa: ARG001
    return render_page(Path(path), number, quote)
