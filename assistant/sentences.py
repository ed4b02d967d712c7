"""Splitting text into sentences that keep their offsets."""

import re
from functools import lru_cache
from itertools import pairwise

from corpus.language.clauses import split_sentences

_MARK = r"(?:[-*•●]|\d{1,2}[.)])\s"
_ITEM = re.compile(rf"\n(?=\s*{_MARK})")  # of a list begins here
_OWN_MARK = re.compile(rf"\s*{_MARK}\s*(?=\S)")


@lru_cache(maxsize=2_000)
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) of each sentence of a text, without surrounding white space.

    The items of a list are sentences, without their marks.
    """
    spans: list[tuple[int, int]] = []
    starts = (0, *(item.end() for item in _ITEM.finditer(text)), len(text))
    for start, end in pairwise(starts):
        mark = _OWN_MARK.match(text, start, end)
        start = mark.end() if mark else start
        for first, last in split_sentences(text[start:end]):
            if re.search(r"\w", text[start + first : start + last]):
                spans.append((start + first, start + last))
    return tuple(spans)
