"""How near the words of a claim are to those of a statement, word by word (late interaction).

A word has its counterpart where its stem stands in the statement or above it; of another the cosine
to the nearest word of the statement tells how far it is from having one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.language.clauses import Sentence, parse_sentences, split_sentences
from corpus.language.names import find_names
from corpus.language.periods import find_periods
from corpus.language.quantities import find_quantities
from corpus.language.words import content_words, fold
from index.facts.fact_context import stem
from index.token_vectors import TokenVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS: Mapping[str, tuple[str, ...]] = {
    "name": ("NNP",),
    "count": ("CD",),
    "compared": ("JJR", "JJS", "RBR", "RBS"),
    "noun": ("NN",),
    "verb": ("VB",),
    "quality": ("JJ", "RB"),
}
_FARTHEST = 5  # of so many words one, of whose cosines the mean is told


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word of a text, of one of the `KINDS`; none of a figure, a time or a name that is read."""

    text: str
    start: int
    end: int
    kind: str

    @property
    def stem(self) -> str:
        """Its stem."""
        return stem(fold(self.text))


@dataclass(frozen=True, slots=True)
class OpenWord:
    """A word whose stem stands nowhere beside it, and the cosine of the nearest that does."""

    word: ContentWord
    cosine: float


@lru_cache(maxsize=4_000)
def content_of(text: str) -> tuple[ContentWord, ...]:
    """Return the words of a text that say something, but for figures, times and names."""
    names = [(one.start, one.end) for one in find_names(text)]
    read = [(one.start, one.end) for one in find_quantities(text)] + names
    read += [(one.start, one.end) for one in find_periods(text)]
    parsed = parse_sentences(text, split_sentences(text), names)
    return tuple(
        one
        for sentence in parsed
        for one in _words_of(sentence)
        if not any(one.start < end and start < one.end for start, end in read)
    )


def _words_of(sentence: Sentence) -> Iterator[ContentWord]:
    for word in sentence.words:
        kind = next((kind for kind, tags in KINDS.items() if word.tag.startswith(tags)), "")
        if kind and content_words(word.text) and not any(map(str.isdigit, word.text)):
            start, end = sentence.start + word.start, sentence.start + word.end
            yield ContentWord(word.text, start, end, kind)


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near the words of a claim are to those of a statement (MaxSim).

    `slots` say so by name; `best` is the cosine of each token of the claim with the nearest of the
    statement, `spans` where the tokens stand, both empty where one of them has no tokens.
    """

    slots: Mapping[str, float]
    best: "NDArray[np.float32]"
    spans: "NDArray[np.int32]"


def measure_nearness(claim: TokenVectors, said: TokenVectors) -> Nearness:
    """Return how near the words of a claim are to those of a statement."""
    import numpy as np

    if not len(claim.tokens) or not len(said.tokens):
        none = dict.fromkeys(("near", "near words", "far words", "near back"), 0.0)
        return Nearness(none, claim.tokens[:0, 0], claim.spans[:0])
    cosines: NDArray[np.float32] = claim.tokens @ said.tokens.T
    best, back = cosines.max(axis=1), cosines.max(axis=0)
    farthest = np.sort(best)[: max(1, len(best) // _FARTHEST)]
    slots = {
        "near": float(claim.whole @ said.whole),
        "near words": float(best.mean()),
        "far words": float(farthest.mean()),
        "near back": float(back.mean()),
    }
    return Nearness(slots, best, claim.spans)


def open_words(
    words: Sequence[ContentWord], held: Collection[str], near: Nearness
) -> tuple[OpenWord, ...]:
    """Return the words of a claim of whose stems none is `held`, with the nearest of a statement.

    `near` is how near the claim is to the statement.
    """
    starts, ends = near.spans[:, 0], near.spans[:, 1]
    found = []
    for word in words:
        own = near.best[(starts < word.end) & (ends > word.start)]
        if word.stem not in held and len(own):
            found.append(OpenWord(word, float(own.mean())))
    return tuple(found)


def open_slots(found: Sequence[OpenWord], words: Sequence[ContentWord]) -> dict[str, float]:
    """Return how far the words of a claim that have no counterpart are from one, by their kind."""
    slots = {f"{kind} open": 0.0 for kind in KINDS}
    for one in found:
        name = f"{one.word.kind} open"
        slots[name] = max(slots[name], 1 - one.cosine)
    slots["words open"] = sum(1 - one.cosine for one in found) / max(len(words), 1)
    return slots
