"""How well a candidate answers, and how likely what is shown is right.

Two linear models over named features. One orders the candidates of a question: a conditional logit
(McFadden 1974) over those found for it. The other gives the probability that what is shown of the
best of them is right: a logistic regression. Both are learned on the project's own cases by `python
-m bench.answerability`, which writes `linear_models.json`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).with_name("linear_models.json")


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model over features, each less its mean and by its spread, and a constant."""

    means: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]
    constant: float = 0.0

    def score(self, features: Sequence[float]) -> float:
        """Return the weighted sum of the features."""
        parts = zip(features, self.means, self.spreads, self.weights, strict=True)
        return self.constant + sum(w * (one - mean) / spread for one, mean, spread, w in parts)


def candidate_score(features: Sequence[float]) -> float:
    """Return how well a candidate answers, beside the others found; no probability."""
    return _models()["candidates"].score(features)


def answer_probability(features: Sequence[float]) -> float:
    """Return the probability, from 0 to 1, that what is shown for a question is right."""
    score = _models()["answers"].score(features)
    return 1 / (1 + math.exp(-max(min(score, 50.0), -50.0)))


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return data


@cache
def _models() -> dict[str, Linear]:
    return {
        name: Linear(
            tuple(one["mean"] for one in model["features"]),
            tuple(one["spread"] for one in model["features"]),
            tuple(one["weight"] for one in model["features"]),
            model["constant"],
        )
        for name, model in _data()["models"].items()
    }
