"""Repairs of damaged text, each recorded so that it can be undone."""

from corpus.repair.encoding import repair_encoding

__all__ = ["repair_encoding"]
