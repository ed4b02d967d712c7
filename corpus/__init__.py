"""What a source says: files become documents of pages."""

from corpus.document import Document, Page, Source
from corpus.reading import read_document

__all__ = ["Document", "Page", "Source", "read_document"]
