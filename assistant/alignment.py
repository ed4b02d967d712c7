"""How near in meaning the words of a question are to the words of statements.

Late interaction (MaxSim, Khattab and Zaharia 2020): a word of the question is as near to a
statement as to that of the statement's tokens which is nearest to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.requirements import AskedWord
from index.token_vectors import TokenVectors


@dataclass(frozen=True, slots=True)
class Alignment:
    """Cosines, from -1 to 1: of each asked word, of all the question's tokens, and of the whole."""

    words: tuple[float, ...]
    tokens: float
    whole: float


def align(
    words: Sequence[AskedWord], question: TokenVectors, statements: Sequence[TokenVectors]
) -> tuple[Alignment, ...]:
    """Return how near a question and its words are to each statement."""
    import numpy as np

    wholes = [float(question.whole @ statement.whole) for statement in statements]
    told = [statement for statement in statements if len(statement.tokens)]
    if not told or not len(question.tokens):
        return tuple(Alignment((0.0,) * len(words), 0.0, whole) for whole in wholes)
    # One product for all: the columns of each statement begin where those before it end.
    cosines = question.tokens @ np.concatenate([one.tokens for one in told]).T
    begins = np.cumsum([0, *(len(one.tokens) for one in told)])[:-1]
    nearest = iter(np.maximum.reduceat(cosines, begins, axis=1).T)
    starts, ends = question.spans[:, 0], question.spans[:, 1]
    inside = [(starts >= word.start) & (ends <= word.end) for word in words]
    aligned = []
    for statement, whole in zip(statements, wholes, strict=True):
        near = next(nearest) if len(statement.tokens) else np.zeros(len(question.tokens))
        of_words = [float(near[of].mean()) if of.any() else 0.0 for of in inside]
        aligned.append(Alignment(tuple(of_words), float(near.mean()), whole))
    return tuple(aligned)
