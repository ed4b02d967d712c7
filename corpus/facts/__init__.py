"""Facts: what cells and clauses say, slot by slot, and how two of them compare."""

from corpus.facts.fact import (
    Absent,
    Argument,
    Calculation,
    Change,
    Day,
    Fact,
    Names,
    Place,
    Query,
    Table,
    Value,
)

__all__ = [
    "Absent",
    "Argument",
    "Calculation",
    "Change",
    "Day",
    "Fact",
    "Names",
    "Place",
    "Query",
    "Table",
    "Value",
]
