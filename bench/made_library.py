"""A library of any size to measure speed with: documents whose sentences are made by chance.

Words follow one another as they do in the shipped documents (a Markov chain of pairs), so that
their frequencies are those of real text and no two documents are copies.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.build_pdfs import DOCUMENTS
from index.embedding import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SECTIONS = 50  # of a document, each a passage
PUBLISHERS = 10
_WORDS = 75  # of a section: some 100 tokens
_NOISE = 0.6  # beside a vector of length one


def write_documents(folder: Path, first: int, count: int) -> None:
    """Write documents number `first` and on; the same number always gives the same text."""
    folder.mkdir(parents=True, exist_ok=True)
    following = _following()
    starts = sorted(word for word in following if word[0].isupper())
    for number in range(first, first + count):
        chance = random.Random(number)
        lines = [
            f"---\ntitle: Report {number}\npublisher: Publisher {number % PUBLISHERS}",
            f"published: {2010 + number % 16}-06\n---\n",
        ]
        for section in range(SECTIONS):
            words = [chance.choice(starts)]
            while len(words) < _WORDS:
                words.append(chance.choice(following.get(words[-1]) or starts))
            told = " ".join(words)
            lines.append(f"## Part {section + 1}\n\n{told} {chance.randrange(100_000)} tons.\n")
        (folder / f"report-{number}.md").write_text("\n".join(lines), encoding="utf-8")


class NearbyEmbedder:
    """Gives vectors near those of real passages, in the place of the model where only the size of
    an index matters: embedding a hundred thousand passages takes a quarter of an hour."""

    def __init__(self, embedder: Embedder, texts: Sequence[str]) -> None:
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.max_tokens = embedder.max_tokens
        self.tokens = embedder.tokens
        self._real = embedder.embed(texts)

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return a unit vector a text: a real one and noise, both chosen by the text."""
        import numpy as np

        rows = np.empty((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            chance = np.random.default_rng(random.Random(text).randrange(2**32))
            noise = chance.normal(size=self.dimension)
            row[:] = self._real[chance.integers(len(self._real))]
            row += _NOISE * noise / np.linalg.norm(noise)
            row /= np.linalg.norm(row)
        return rows


def _following() -> dict[str, list[str]]:
    following: dict[str, list[str]] = defaultdict(list)
    for words in _texts():
        for word, after in pairwise(words):
            following[word].append(after)
    return dict(following)


def _texts() -> Iterator[list[str]]:
    for file in sorted(DOCUMENTS.glob("*.md")):
        words = file.read_text(encoding="utf-8").split()
        yield [word for word in words if word.strip("-#|*`") == word]
