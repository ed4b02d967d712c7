"""How likely a statement supports a claim, contradicts it or does not speak of it, by their slots.

A multinomial logistic regression over the slots of `slots.py`; `bench.train_verdicts` fits it. What
an entailment model makes of the words is joined to it, as a product of experts (Hinton 2002).
"""

import csv
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from assistant.entailment import Judgement

WEIGHTS = Path(__file__).with_name("verdict_weights.tsv")
_OUTCOMES = ("supported", "contradicted", "silent")
_MIDDLE = 0.5  # cosine of words from which a claim is on the same matter
CONFLICTS = (
    *("figures other", "figures of other unit", "figures of another", "figures missing"),
    *("times other", "names other", "way opposed", "denied by claim", "denied by source"),
    *("statuses other", "bases other", "measure other", "universal in claim"),
    *("superlative in claim", "able in claim", "able in source"),
)
_DOUBTS = ("proper missing", "roles exchanged")


def judge_slots(slots: Mapping[str, float]) -> Judgement:
    """Return how a statement stands to a claim, of which it has these slots.

    Slots without a weight count only where verdicts are decided.
    """
    slots = crossed(slots)
    logits = []
    for outcome in _OUTCOMES:
        weights = _weights()[outcome]
        told = sum(weight * slots[name] for name, weight in weights.items() if name)
        logits.append(weights[""] + told)
    return _normalised([math.exp(one - max(logits)) for one in logits])


def crossed(slots: Mapping[str, float]) -> dict[str, float]:
    """Return slots with what a conflict means where claim and statement are on one matter."""
    near = max(0.0, (slots["near words"] - _MIDDLE) / (1 - _MIDDLE))
    found = dict(slots)
    found |= {f"{name}, near": slots[name] * near for name in (*CONFLICTS, *_DOUBTS)}
    found["copied"] = slots["words"] * slots["near back"]
    found["without conflict"] = near * float(not any(slots[name] for name in CONFLICTS))
    return found


def join(one: Judgement, other: Judgement) -> Judgement:
    """Return what two judgements say together: the product of both, as of independent experts."""
    pairs = (
        (one.supported, other.supported),
        (one.contradicted, other.contradicted),
        (one.silent, other.silent),
    )
    return _normalised([first * second for first, second in pairs])


def _normalised(weights: list[float]) -> Judgement:
    total = sum(weights) or 1.0
    return Judgement(*(one / total for one in weights))


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weight of each slot by outcome; "" is what counts without any."""
    with WEIGHTS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, dialect="excel-tab"))
    return {outcome: {row["slot"]: float(row[outcome]) for row in rows} for outcome in _OUTCOMES}
