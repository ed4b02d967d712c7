"""What the entailment model reads: a claim and evidence as tokens, each told of its counterpart."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.pair_model.counterparts import Counterpart, Marked, find_counterparts

MOST_CLAIMED = 48  # tokens of a claim
MOST_SAID = 96  # of evidence
_MOST_ABOVE = 24  # of these, from its beginning, where its title stands
COUNTED = 3  # words of a kind, beyond which no more are counted


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as numbers, with where each token stands in it; (0, 0) for special ones."""

    text: str
    ids: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


class PairEncoder:
    """Turns claims and evidence to tokens. Threads may share it."""

    def __init__(self, tokenizer: Any) -> None:
        """Take the tokenizer of the packaged encoder, as `open_tokenizer` returns it."""
        self._tokenizer = tokenizer
        self._first, self._last = tokenizer.encode("").ids  # [CLS] and [SEP]
        self.claim = lru_cache(maxsize=500)(self._claim)
        self.evidence = lru_cache(maxsize=4_000)(self._evidence)

    def _claim(self, text: str) -> Tokens:
        read = self._tokenizer.encode(text, add_special_tokens=False)
        return self._tokens(text, read.ids[:MOST_CLAIMED], read.offsets[:MOST_CLAIMED])

    def _evidence(self, text: str) -> Tokens:
        read = self._tokenizer.encode(text, add_special_tokens=False)
        ids, places = list(read.ids), list(read.offsets)
        if len(ids) > MOST_SAID:
            kept = slice(len(ids) - MOST_SAID + _MOST_ABOVE, None)
            ids = ids[:_MOST_ABOVE] + ids[kept]
            places = places[:_MOST_ABOVE] + places[kept]
        return self._tokens(text, ids, places)

    def _tokens(self, text: str, ids: Sequence[int], places: Sequence[tuple[int, int]]) -> Tokens:
        held = (self._first, *ids, self._last)
        return Tokens(text, held, ((0, 0), *places, (0, 0)))


def kinds_of(tokens: Tokens, other: Tokens) -> tuple[int, ...]:
    """Return for each token of a text how it stands to the other text, as a Counterpart."""
    marked = find_counterparts(tokens.text, other.text)
    last = [0] * len(tokens.text)  # of the marks over a letter, counted from 1
    for number, one in enumerate(marked, 1):
        last[one.start : one.end] = [number] * (one.end - one.start)
    over = (max(last[start:end], default=0) for start, end in tokens.places)
    return tuple(int(marked[number - 1].kind) if number else 0 for number in over)


def counts_of(claim: Tokens, evidence: Tokens) -> tuple[float, ...]:
    """Return how many words of each kind a claim has, and evidence, as shares of `COUNTED`."""
    found: list[float] = []
    for one, other in ((claim, evidence), (evidence, claim)):
        kinds = [marked.kind for marked in _apart(find_counterparts(one.text, other.text))]
        found += [min(kinds.count(kind), COUNTED) / COUNTED for kind in Counterpart]
    return tuple(found)


def _apart(marked: Sequence[Marked]) -> list[Marked]:
    """Return what no later mark covers."""
    return [
        one
        for at, one in enumerate(marked)
        if not any(one.start < later.end and later.start < one.end for later in marked[at + 1 :])
    ]
