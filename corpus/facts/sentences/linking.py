"""A log-linear model that links a figure to what is said of it: which candidate fills a slot.

Each candidate has binary features; its score is the sum of their weights, that of filling the slot
with none is 0. `bench.train_linking` fits the weights to facts that were typed by hand
(conditional maximum likelihood: Berger, Della Pietra and Della Pietra 1996).
"""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)

_AGAINST_NONE = 0.6  # who typed the facts left out some that a sentence says, so none is too likely
WEIGHTS = Path(__file__).with_name("linking_weights.tsv")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T_co]):
    """What may fill a slot, and what speaks for and against it."""

    meaning: T_co
    features: tuple[str, ...]


class LinkingModel:
    """The weights of the features, slot by slot. Never changes, so that threads may share it."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        """Take the weights of features by slot."""
        self.weights = weights

    def probabilities(self, slot: str, candidates: Sequence[Candidate[T_co]]) -> list[float]:
        """Return how likely each candidate fills a slot; what lacks to 1 is that none does."""
        weight = self.weights.get(slot, {}).get
        scores = [sum(weight(f, 0.0) for f in one.features) for one in candidates]
        highest = max(scores, default=0.0)
        top = max(highest, 0.0)
        odds = [math.exp(score - top) for score in scores]
        total = sum(odds) + math.exp(-top)
        return [one / total for one in odds]

    def choose(self, slot: str, candidates: Sequence[Candidate[T_co]]) -> Candidate[T_co] | None:
        """Return the candidate that fills a slot, None where none is likely enough."""
        likely = self.probabilities(slot, candidates)
        best = max(range(len(likely)), key=likely.__getitem__, default=-1)
        if best < 0 or likely[best] <= _AGAINST_NONE * (1 - sum(likely)):
            return None
        return candidates[best]


@cache
def load_model(path: Path = WEIGHTS) -> LinkingModel:
    """Return the model whose weights a table holds: slot, feature, weight."""
    weights: dict[str, dict[str, float]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            weights.setdefault(row["slot"], {})[row["feature"]] = float(row["weight"])
    return LinkingModel(weights)
