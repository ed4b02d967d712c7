"""Words for comparing: folded, and those that say what a text is about."""

import re
import unicodedata
from functools import lru_cache

from corpus.language.vocabulary import Vocabulary, load_vocabulary

_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")


def fold(text: str) -> str:
    """Return a text in lower case with one kind of dash, quote and space, for comparing."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = folded.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return " ".join(_DASHES.sub("-", folded).split())


def content_words(text: str, vocabulary: Vocabulary | None = None) -> tuple[str, ...]:
    """Return the words of a text that are no stop words, folded, in order."""
    return _content_words(text, vocabulary or load_vocabulary())


def word_spans(text: str, vocabulary: Vocabulary | None = None) -> tuple[tuple[int, int], ...]:
    """Return where the words of a text stand that are no stop words, in order."""
    stop = _stop_words(vocabulary or load_vocabulary())
    found = ((word.start(), word.end()) for word in _WORD.finditer(text))
    return tuple(place for place in found if fold(text[slice(*place)]) not in stop)


@lru_cache(maxsize=20_000)
def _content_words(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    stop = _stop_words(vocabulary)
    return tuple(word for word in _WORD.findall(fold(text)) if word not in stop and len(word) > 1)


@lru_cache(maxsize=4)
def _stop_words(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(word for row in vocabulary.rows("stopwords") for word in row["words"].split())
