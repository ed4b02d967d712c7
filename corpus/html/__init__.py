"""Web pages: their own content as headings, prose, lists and tables."""

from corpus.html.reading import read_html

__all__ = ["read_html"]
