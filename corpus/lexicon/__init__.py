"""The lexicon of the industry: who and what is called by which names."""

from corpus.lexicon.entry import Entry
from corpus.lexicon.lexicon import find_entities, load_lexicon, other_forms

__all__ = ["Entry", "find_entities", "load_lexicon", "other_forms"]
