"""Tables as grids of cells, from whatever format: heads, groups, units, notes of each cell."""

from corpus.tables.grid import table_blocks

__all__ = ["table_blocks"]
