"""What a question asks to be done, by its words: a linear model learned from questions.

A multinomial logistic regression over words and pairs of words (Jurafsky and Martin, Speech and
Language Processing, chapter 5). `python -m bench.train_question_kind` learns it.
"""

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("question_kind.npz")
_TOKEN = re.compile(r"[\w']+|[%+\-/<>&?]")
_DIGIT = re.compile(r"\d")


def words_and_pairs(question: str) -> frozenset[str]:
    """Return the words of a question and each with the next; all digits read as one."""
    words = _TOKEN.findall(_DIGIT.sub("0", question.lower()))
    return frozenset((*words, *(f"{one} {other}" for one, other in pairwise(words))))


def likely_kinds(question: str) -> Mapping[str, float]:
    """Return how likely a question is of each kind, together 1.

    likely_kinds("MP and Lynas output 2024 combined") -> {"total": 0.9, "look-up": 0.02, ...}
    """
    import numpy as np

    names, rows, weights, constants = _learned()
    found = [rows[one] for one in words_and_pairs(question) if one in rows]
    scores = constants + weights[found].sum(axis=0)
    shares = np.exp(scores - scores.max())
    return dict(zip(names, (shares / shares.sum()).tolist(), strict=True))


@cache
def _learned() -> (
    "tuple[tuple[str, ...], dict[str, int], NDArray[np.float32], NDArray[np.float32]]"
):
    """Return the kinds, the row of each word or pair, the weights of rows by kind, constants."""
    import numpy as np

    with np.load(WEIGHTS) as held:
        kinds, words = (tuple(map(str, held[name])) for name in ("kinds", "words"))
        weights, constants = (held[n].astype(np.float32) for n in ("weights", "constants"))
    return kinds, {word: row for row, word in enumerate(words)}, weights, constants
