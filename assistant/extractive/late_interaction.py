"""How near in meaning the words of a question are to the words of candidates.

Late interaction (MaxSim, Khattab and Zaharia 2020) over what the encoder has read for
`statement_model` anyway: a word of the question is as near to a candidate as to that of the
candidate's tokens which is nearest to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.extractive.asked import AskedWord
from assistant.extractive.candidates import Candidate
from assistant.extractive.statement_model import statement_text
from assistant.pair_model import Tokens, load_text_reader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FAR, _SAME = 0.6, 0.9  # cosines of words that have nothing, or all, in common
_MOST = 0.9  # of a word that is said in other words


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a candidate is: to each asked word, from 0 to `_MOST`, and to the whole (cosine)."""

    words: tuple[float, ...]
    whole: float


def nearness(
    question: str, words: Sequence[AskedWord], candidates: Sequence[Candidate]
) -> tuple[Nearness, ...]:
    """Return how near a question and its words are to each candidate."""
    reader = load_text_reader()
    tokens = reader.encoder.claim(question)
    own = _own(tokens)
    told = [reader.encoder.evidence(statement_text(candidate)) for candidate in candidates]
    of_question, *read = reader.read([tokens, *told])
    asked = _unit(of_question[-1])
    inside = [
        [at for at in own if w.start <= tokens.places[at][0] and tokens.places[at][1] <= w.end]
        for w in words
    ]
    found = []
    for said, levels in zip(told, read, strict=True):
        vectors = _unit(levels[-1])[_own(said)]
        if not len(vectors) or not own:
            found.append(Nearness((0.0,) * len(words), 0.0))
            continue
        near = (asked @ vectors.T).max(axis=1)
        of_words = [float(near[at].mean()) if at else 0.0 for at in inside]
        found.append(Nearness(tuple(map(_strength, of_words)), float(near[own].mean())))
    return tuple(found)


def _strength(cosine: float) -> float:
    return _MOST * min(max((cosine - _FAR) / (_SAME - _FAR), 0.0), 1.0)


def _own(tokens: Tokens) -> list[int]:
    """Return the tokens of a text without the special ones."""
    return [at for at, place in enumerate(tokens.places) if place != (0, 0)]


def _unit(rows: "NDArray[np.float16]") -> "NDArray[np.float32]":
    import numpy as np

    read = rows.astype(np.float32)
    unit: NDArray[np.float32] = read / np.linalg.norm(read, axis=1, keepdims=True)
    return unit
