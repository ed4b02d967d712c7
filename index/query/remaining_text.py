"""The text of a question while it is read: what one slot took, the next ones see as spaces."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from corpus.language.measures import find_terms
from corpus.language.phrases import Found, PhraseFinder
from corpus.language.vocabulary import Vocabulary

T = TypeVar("T")


class Span(Protocol):
    """A stretch of a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


class RemainingText:
    """A text, and which of it no slot has taken yet; `left` is as long as `text`."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self._signs = list(text)

    @property
    def left(self) -> str:
        """The text with spaces where a slot has taken a sign."""
        return "".join(self._signs)

    @property
    def has_capitals(self) -> bool:
        """Whether somebody wrote capitals, so that what has none is no ticker."""
        return any(sign.isupper() for sign in self.text)

    def take(self, start: int, end: int) -> None:
        """Take a stretch."""
        self._signs[start:end] = " " * (end - start)

    def take_all(self, spans: Iterable[Span]) -> None:
        """Take all of some stretches."""
        for span in spans:
            self.take(span.start, span.end)

    def take_phrases(self, finder: PhraseFinder[T]) -> tuple[T, ...]:
        """Take the phrases of a finder, and return what they stand for."""
        found: Sequence[Found[T]] = finder.find(self.left)
        self.take_all(found)
        return tuple(one.meaning for one in found)

    def terms(self, table: str) -> tuple[Found[str], ...]:
        """Return the terms of a table that are left, and take none."""
        return find_terms(table, self.left, self.vocabulary)

    def take_first_term(self, table: str) -> str:
        """Take the terms of a table, and return the first, "" without any."""
        found = self.terms(table)
        self.take_all(found)
        return found[0].meaning if found else ""
