"""An embedder without a model: texts that share words are near. Each word has a place of its own,
chosen by its checksum."""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.token_vectors import TokenVectors

_WORD = re.compile(r"\w+")


class WordCounts:
    """Vectors that count words."""

    dimension = 512
    max_tokens = 500

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text; a text without words has one as well."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for token in self.tokens(text) or [0]:
                row[token % self.dimension] += 1
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the texts and of their words."""
        return [self._token_vectors(text) for text in texts]

    def tokens(self, text: str) -> list[int]:
        """Return a number for each word."""
        return [crc32(word.lower().encode()) for word in _WORD.findall(text)]

    def _token_vectors(self, text: str) -> TokenVectors:
        spans = [word.span() for word in _WORD.finditer(text)]
        words = self.embed([text[start:end] for start, end in spans])
        places = np.array(spans, np.int32).reshape(-1, 2)
        return TokenVectors(self.embed([text])[0], words.reshape(-1, self.dimension), places)
