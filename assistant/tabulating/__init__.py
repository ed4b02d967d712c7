"""Tables on request: figures of several rows and sources under one head, every cell cited."""

from assistant.tabulating.answering import answer_by_table
from assistant.tabulating.request import asks_table

__all__ = ["answer_by_table", "asks_table"]
