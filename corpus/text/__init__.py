"""Plain text and Markdown: their encodings, titles, headings, prose and pipe tables."""

from corpus.text.reading import decode, read_markdown, read_text

__all__ = ["decode", "read_markdown", "read_text"]
