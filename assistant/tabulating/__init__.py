"""Tables, rankings and series: figures of the ledger under one head, every cell cited."""

from assistant.tabulating.answering import answer_by_table, answer_by_table_asked
from assistant.tabulating.request import may_be_table

__all__ = ["answer_by_table", "answer_by_table_asked", "may_be_table"]
