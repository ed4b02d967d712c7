"""The tables of a page of a PDF: their rows, heads, columns, groups, notes and cells."""
