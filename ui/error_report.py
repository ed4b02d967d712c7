"""The one place that turns our errors into a short message on the screen."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from assistant.errors import AnswerError
from corpus.errors import CorpusError
from index.errors import IndexingError
from ui.drawing.drawing import literal


@contextmanager
def reported_errors() -> Iterator[None]:
    """Show an error of ours that is raised inside as one line; all else keeps its traceback."""
    try:
        yield
    except (CorpusError, IndexingError, AnswerError) as error:
        st.error(literal(str(error)))
