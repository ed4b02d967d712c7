"""How sure it is that a statement answers, and that the sources answer at all.

Two linear models over the signs of `agreement`. One orders the statements of a question: a
conditional logit (McFadden 1974) over those found for it. The other gives the probability that the
best of them answers: a logistic regression. Both are learned on the project's own cases by `python
-m bench.answerability`, which writes `answerability.json`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).with_name("answerability.json")


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model: signs less their means, by their spreads, times weights, plus a constant."""

    means: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]
    constant: float = 0.0

    def score(self, signs: Sequence[float]) -> float:
        """Return the weighted sum of the signs."""
        parts = zip(signs, self.means, self.spreads, self.weights, strict=True)
        return self.constant + sum(w * (sign - mean) / spread for sign, mean, spread, w in parts)


def statement_score(signs: Sequence[float]) -> float:
    """Return how well a statement answers, beside the other statements found; no probability."""
    return _models()["statements"].score(signs)


def answer_probability(signs: Sequence[float]) -> float:
    """Return the probability, from 0 to 1, that the sources answer a question."""
    score = _models()["answers"].score(signs)
    return 1 / (1 + math.exp(-max(min(score, 50.0), -50.0)))


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return data


@cache
def _models() -> dict[str, Linear]:
    return {
        name: Linear(
            tuple(sign["mean"] for sign in model["signs"]),
            tuple(sign["spread"] for sign in model["signs"]),
            tuple(sign["weight"] for sign in model["signs"]),
            model["constant"],
        )
        for name, model in _data()["models"].items()
    }
