"""What the matching model reads: a question or claim, and a fact as it is printed, as tokens.

A fact is told by the title and heading above it and by its own words, a sentence or the labels of
a cell, in which its value is marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST_ASKED = 40  # tokens of a question
MOST_ABOVE = 24  # of what stands above a fact
MOST_SAID = 72  # of its own words
QUESTION, ABOVE, SAID = 1, 2, 3  # kinds of a token
KINDS = 4


@dataclass(frozen=True, slots=True)
class FactText:
    """A fact in print: what stands above it, and words whose `said[start:end]` are its value."""

    above: str
    said: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """Tokens as numbers: which they are, the kind of each, and 1 for those of the value."""

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    marks: tuple[int, ...]


class TextEncoder:
    """Turns questions and facts to tokens. Never changes, so that threads may share it."""

    def __init__(self, tokenizer: Any) -> None:
        """Take the tokenizer of the packaged encoder, as `open_tokenizer` returns it."""
        self._tokenizer = tokenizer
        self._first, self._last = tokenizer.encode("").ids  # [CLS] and [SEP]

    def question(self, text: str) -> Encoded:
        """Return a question, or a claim."""
        ids = [self._first, *self._ids(text)[:MOST_ASKED], self._last]
        return Encoded(tuple(ids), (QUESTION,) * len(ids), (0,) * len(ids))

    def fact(self, text: FactText) -> Encoded:
        """Return a fact; of words that are too many those around its value."""
        above = self._ids(text.above)[:MOST_ABOVE]
        read = self._tokenizer.encode(text.said, add_special_tokens=False)
        marks = [int(start < text.end and text.start < end) for start, end in read.offsets]
        first = _first_kept(marks)
        said, marks = read.ids[first : first + MOST_SAID], marks[first : first + MOST_SAID]
        ids = (self._first, *above, self._last, *said, self._last)
        kinds = (ABOVE,) * (len(above) + 2) + (SAID,) * (len(said) + 1)
        return Encoded(ids, kinds, (*(0,) * (len(above) + 2), *marks, 0))

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def _first_kept(marks: Sequence[int]) -> int:
    """Return the first of the tokens that are kept, so that the value stands among them."""
    if len(marks) <= MOST_SAID or 1 not in marks:
        return 0
    return min(max(0, marks.index(1) - 2 * MOST_SAID // 3), len(marks) - MOST_SAID)
