"""Words of a title that type has torn apart: letters spaced out, small capitals set in two sizes.

What is meant, the rest of the document shows: "R ESORTS" where it speaks of resorts. Where letters
are lost, too, that can only be told ("rec ritic lm terials"), not mended.
"""

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_MOST_PIECES = 12  # of one word; letters may all stand apart
_OFTENER = 5  # than its rarest piece is a word that was torn apart
_WORDS_ALONE = frozenset("aàeéioóuy")  # of one letter, in some language
_FRAGMENT_CHARS = 4  # shorter ones are in any word
_FRAGMENTS = 2


class WordsOf:
    """How often a text holds each word, beside its title."""

    def __init__(self, text: str, title: str) -> None:
        self._counts = Counter(word.lower() for word in _WORD.findall(text))
        self._counts.subtract(word.lower() for word in _WORD.findall(title))

    def mend(self, title: str) -> str:
        """Return a title with the pieces joined that are one word of the text."""
        pieces = title.split(" ")
        mended: list[str] = []
        while pieces:
            counts = range(min(_MOST_PIECES, len(pieces)), 1, -1)
            count = next((n for n in counts if self._is_torn(pieces[:n])), 1)
            first, *others = pieces[:count]
            mended.append(first + "".join(p if p.isupper() else p.lower() for p in others))
            del pieces[:count]
        return " ".join(mended)

    def is_broken(self, title: str) -> bool:
        """Tell whether a title is mostly pieces of words that the text has whole."""
        words = [word.lower() for word in _WORD.findall(title)]
        unknown = [word for word in words if self._counts[word] <= 0]
        if 2 * len(unknown) <= len(words):
            return False
        fragments = {word for word in unknown if len(word) >= _FRAGMENT_CHARS}
        known = [word for word, count in self._counts.items() if count > 0]
        # What a word begins with may be another form of it.
        torn = [f for f in fragments if any(word.find(f) > 0 for word in known)]
        return len(torn) >= _FRAGMENTS

    def _is_torn(self, pieces: Sequence[str]) -> bool:
        """Tell whether some pieces in a row are one word: one of them is none, or a rare one."""
        *others, last = pieces
        end = _WORD.match(last)
        if not end or not all(map(_WORD.fullmatch, others)):
            return False
        words = [*(piece.lower() for piece in others), end.group().lower()]
        whole = self._counts["".join(words)]
        if whole <= 0:
            return False
        if any(self._counts[word] <= 0 for word in words if word not in _WORDS_ALONE):
            return True
        return whole >= _OFTENER * min(self._counts[word] for word in words) and any(
            len(word) == 1 and word not in _WORDS_ALONE for word in words
        )
