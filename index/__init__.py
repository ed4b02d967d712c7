"""Finding passages: documents become passages, a question becomes evidence."""

from index.passage import Evidence, Filters, Passage
from index.storage.store import PassageStore

__all__ = ["Evidence", "Filters", "Passage", "PassageStore"]
