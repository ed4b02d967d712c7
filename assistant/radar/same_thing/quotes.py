"""Quotes found again in a text: the same words and figures in order, whatever stands between."""

import re
from dataclasses import dataclass

from corpus.language.words import fold

_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*")  # marks of cells and line ends are no words of a quote


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """Where a quote stands in a text."""

    start: int
    end: int


def find_quote(text: str, quote: str) -> FoundQuote | None:
    """Return where the words of a quote stand in a text one after another, None where nowhere."""
    wanted = [fold(token.group()) for token in _TOKEN.finditer(quote)]
    tokens = list(_TOKEN.finditer(text))
    said = [fold(token.group()) for token in tokens]
    if not wanted:
        return None
    for at in range(len(said) - len(wanted) + 1):
        if said[at] == wanted[0] and said[at : at + len(wanted)] == wanted:
            return FoundQuote(tokens[at].start(), tokens[at + len(wanted) - 1].end())
    return None
