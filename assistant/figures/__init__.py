"""Answers about figures: facts of the ledger, looked up, worked out, written and cited."""

from assistant.figures.answering import (
    answer_by_look_up,
    may_be_stated,
    stated_instead,
    with_figure_asked,
)
from assistant.figures.fact_citations import FactCitations
from assistant.figures.fact_search import FactSearch

__all__ = [
    "FactCitations",
    "FactSearch",
    "answer_by_look_up",
    "may_be_stated",
    "stated_instead",
    "with_figure_asked",
]
