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


def open_words(
    words: Sequence[ContentWord], held: Collection[str], of_text: TokenVectors, said: TokenVectors
) -> tuple[OpenWord, ...]:
    """Return the words of a text of whose stems none is `held`, with the nearest word of another.

    `of_text` are the vectors of the text, `said` those of the other.
    """
    if not len(of_text.tokens) or not len(said.tokens):
        return ()
    best: NDArray[np.float32] = (of_text.tokens @ said.tokens.T).max(axis=1)
    starts, ends = of_text.spans[:, 0], of_text.spans[:, 1]
    found = []
    for word in words:
        own = best[(starts < word.end) & (ends > word.start)]
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


def near_slots(claim: TokenVectors, said: TokenVectors) -> dict[str, float]:
    """Return how near the words of a claim are to those of a statement (MaxSim)."""
    import numpy as np

    if not len(claim.tokens) or not len(said.tokens):
        return dict.fromkeys(("near", "near words", "far words", "near back"), 0.0)
    cosines: NDArray[np.float32] = claim.tokens @ said.tokens.T
    best, back = cosines.max(axis=1), cosines.max(axis=0)
    farthest = np.sort(best)[: max(1, len(best) // _FARTHEST)]
    return {
        "near": float(claim.whole @ said.whole),
        "near words": float(best.mean()),
        "far words": float(farthest.mean()),
        "near back": float(back.mean()),
    }
