"""How well a ranking puts what is relevant on top; relevance is yes or no.

`relevant` says of each ranked item, best first, whether it is a relevant one that no earlier item
was. `depth` is how many items are looked at, `total` how many relevant ones there are to find: at
least 1, and no fewer than `relevant` finds. The values are those of trec_eval.
"""

import math
from collections.abc import Sequence


def hit(relevant: Sequence[bool], depth: int) -> float:
    """Return 1 if one of the first `depth` items is relevant, else 0 (trec_eval's success)."""
    return float(any(relevant[:depth]))


def reciprocal_rank(relevant: Sequence[bool], depth: int) -> float:
    """Return 1 over the rank of the first relevant item, 0 if it lies below `depth`.

    Its mean over the questions is MRR@depth (Voorhees 1999, the TREC-8 question answering track).
    """
    return next((1 / rank for rank, is_one in enumerate(relevant[:depth], 1) if is_one), 0.0)


def recall(relevant: Sequence[bool], depth: int, total: int) -> float:
    """Return the share of the `total` relevant items that stands among the first `depth`."""
    return sum(map(bool, relevant[:depth])) / total


def ndcg(relevant: Sequence[bool], depth: int, total: int) -> float:
    """Return the discounted cumulated gain beside that of the best ranking possible.

    Järvelin & Kekäläinen 2002, with gains of 0 and 1 and the discount log2(rank + 1); the best
    ranking has min(total, depth) relevant items on top.
    """
    return _gain(relevant[:depth]) / _gain([True] * min(total, depth))


def _gain(relevant: Sequence[bool]) -> float:
    return sum(1 / math.log2(rank + 1) for rank, is_one in enumerate(relevant, 1) if is_one)
