"""A text as a row of tokens: its words, and its names, times and figures as one token each."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.quantities import TIME_KINDS, Quantity, find_quantities
from corpus.language.words import fold
from corpus.lexicon import load_lexicon
from index.wording import stem

TokenKind = Literal["word", "name", "time", "figure"]

_WORD = re.compile(r"[^\W_]+(?:['’]t\b)?|[.;:,()|—]")
_WORLD = re.compile(r"\b(?:world(?:wide)?|global(?:ly)?)\b", re.IGNORECASE)
_NO_NAMES = frozenset(("unit", "basis", "publication", "term"))


@dataclass(frozen=True, slots=True)
class Token:
    """A token at `text[start:end]`.

    `key` is the stem of a word, the lexicon's id of a name, and what a quantity is worth.
    """

    start: int
    end: int
    kind: TokenKind
    key: str
    text: str  # in small letters
    facet: str = ""  # the lexicon's kind of a name
    quantity: Quantity | None = None

    @property
    def is_mark(self) -> bool:
        """Whether it is a mark of punctuation."""
        return self.kind == "word" and not self.text[0].isalnum()


@lru_cache(maxsize=10_000)
def read_tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text in order."""
    found: list[Token] = []
    for mention in load_lexicon().find_mentions(text):
        if mention.entry.kind not in _NO_NAMES:
            written = fold(text[mention.start : mention.end])
            entry = mention.entry
            found.append(Token(mention.start, mention.end, "name", entry.id, written, entry.kind))
    for quantity in find_quantities(text):
        if not _is_taken(quantity.start, quantity.end, found):
            found.append(_of_quantity(quantity))
    for world in _WORLD.finditer(text):
        if not _is_taken(world.start(), world.end(), found):
            key, written = "world", fold(world[0])
            found.append(Token(world.start(), world.end(), "name", key, written, "country"))
    for word in _WORD.finditer(text):
        if not _is_taken(word.start(), word.end(), found):
            written = fold(word[0])
            found.append(Token(word.start(), word.end(), "word", stem(written), written))
    return tuple(sorted(found, key=lambda token: token.start))


def _is_taken(start: int, end: int, tokens: list[Token]) -> bool:
    return any(token.start < end and start < token.end for token in tokens if token.kind != "word")


def _of_quantity(quantity: Quantity) -> Token:
    kind: TokenKind = "time" if quantity.kind in TIME_KINDS else "figure"
    key = f"{quantity.low:g}-{quantity.high:g} {quantity.unit or quantity.kind}"
    return Token(
        quantity.start, quantity.end, kind, key, fold(quantity.text), quantity.kind, quantity
    )
