"""The facts of a table's cells: each figure with what row, column, caption and notes say."""

from corpus.facts.cells.row_facts import cell_facts

__all__ = ["cell_facts"]
