"""Answers without a language model: the best-supported sentences and rows, in their own words."""

from assistant.extractive.answering import answer_extractively, make_citation, warnings_of_cited
from assistant.extractive.candidates import (
    Candidate,
    holds_statement,
    row_text,
    statement_texts,
)
from assistant.extractive.comparison import asks_reason
from assistant.extractive.finding import Found, Retrieved, RetrievedPart, find_answer
from assistant.extractive.not_found import nearest_text, not_found_text
from assistant.extractive.ranking import Ranked
from assistant.extractive.segments import segments
from assistant.extractive.selection import Choice

__all__ = [
    "Candidate",
    "Choice",
    "Found",
    "Ranked",
    "Retrieved",
    "RetrievedPart",
    "answer_extractively",
    "asks_reason",
    "find_answer",
    "holds_statement",
    "make_citation",
    "nearest_text",
    "not_found_text",
    "row_text",
    "segments",
    "statement_texts",
    "warnings_of_cited",
]
