"""Reading PDF: glyphs with their places, lines in reading order, tables, notes, scans."""

from corpus.pdf.pages import OnPage, unheard
from corpus.pdf.reading import read_pdf

__all__ = ["OnPage", "read_pdf", "unheard"]
