"""Reading PDF: glyphs with their places, lines in reading order, tables, notes, scans."""

from corpus.pdf.reading import ReadPdf, read_pdf

__all__ = ["ReadPdf", "read_pdf"]
