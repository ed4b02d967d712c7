"""Calculations step by step from cited facts: differences, growth, shares, totals, conversions."""

from assistant.calculating.answering import answer_by_calculation
from assistant.calculating.told import (
    Statement,
    make_of_told,
    may_be_made,
    statements_of_times,
    with_made,
    with_unit_asked,
)

__all__ = [
    "Statement",
    "answer_by_calculation",
    "make_of_told",
    "may_be_made",
    "statements_of_times",
    "with_made",
    "with_unit_asked",
]
