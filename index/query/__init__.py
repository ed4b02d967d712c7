"""A question, or the words of a look-up, read once into a Query."""

from index.query.parsing import parse_query
from index.query.query_names import OwnName

__all__ = ["OwnName", "parse_query"]
