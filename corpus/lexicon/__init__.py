"""The lexicon of the industry: who and what is called by which names."""

from corpus.lexicon.entry import Entry
from corpus.lexicon.lexicon import Lexicon, find_entities, load_lexicon, other_forms
from corpus.lexicon.mention import Mention

__all__ = ["Entry", "Lexicon", "Mention", "find_entities", "load_lexicon", "other_forms"]
