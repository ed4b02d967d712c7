"""A question, or the words of a look-up, read once into a Query."""

from index.query.answer_type import asks_overview
from index.query.calculation import likely_operation, points_of, varied_arguments
from index.query.normalization import terms_joined
from index.query.parsing import parse_query
from index.query.query_names import OwnName
from index.query.query_periods import edition_spans
from index.query.translation import translated

__all__ = [
    "OwnName",
    "asks_overview",
    "edition_spans",
    "likely_operation",
    "parse_query",
    "points_of",
    "terms_joined",
    "translated",
    "varied_arguments",
]
