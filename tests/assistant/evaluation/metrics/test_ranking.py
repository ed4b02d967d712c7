"""Ranking metrics against trec_eval (through pytrec_eval) and numbers worked out by hand."""

import math
import random

import pytest
import pytrec_eval

from assistant.evaluation.metrics.ranking import hit, ndcg, recall, reciprocal_rank

DEPTHS = (1, 3, 5, 10)
NONE_FOUND = [False, False, False]


@pytest.mark.parametrize("seed", range(40))
def test_values_are_those_of_trec_eval_on_random_rankings(seed: int) -> None:
    chance = random.Random(seed)
    documents = [f"d{number}" for number in range(chance.randint(1, 30))]
    judged = [*documents, "unfound 1", "unfound 2"]
    wanted = set(chance.sample(judged, chance.randint(1, min(6, len(judged)))))
    relevant = [document in wanted for document in documents]
    judgements = {"q": {document: int(document in wanted) for document in judged}}
    scores = {document: float(-rank) for rank, document in enumerate(documents)}
    measures = {f"{name}.1,3,5,10" for name in ("success", "recall", "ndcg_cut")}
    theirs = pytrec_eval.RelevanceEvaluator(judgements, measures).evaluate({"q": scores})["q"]
    ranks = {
        depth: pytrec_eval.RelevanceEvaluator(judgements, {"recip_rank"}).evaluate(
            {"q": dict(list(scores.items())[:depth])}
        )["q"]["recip_rank"]
        for depth in DEPTHS
    }
    for depth in DEPTHS:
        ours = (
            hit(relevant, depth),
            recall(relevant, depth, len(wanted)),
            ndcg(relevant, depth, len(wanted)),
            reciprocal_rank(relevant, depth),
        )
        names = (f"success_{depth}", f"recall_{depth}", f"ndcg_cut_{depth}")
        assert ours == pytest.approx((*(theirs[name] for name in names), ranks[depth]), abs=1e-12)


def test_values_by_hand() -> None:
    relevant = [False, True, False, True]
    best = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert [hit(relevant, depth) for depth in (1, 2, 4)] == [0.0, 1.0, 1.0]
    assert [reciprocal_rank(relevant, depth) for depth in (1, 2, 4)] == [0.0, 0.5, 0.5]
    assert [recall(relevant, depth, 3) for depth in (1, 2, 4)] == [0.0, 1 / 3, 2 / 3]
    assert ndcg(relevant, 4, 3) == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / best)


def test_best_ranking_has_no_more_relevant_items_than_it_is_deep() -> None:
    assert ndcg([True, True, False], 2, 5) == 1.0


@pytest.mark.parametrize("relevant", [NONE_FOUND, []])
def test_nothing_found_is_zero(relevant: list[bool]) -> None:
    assert hit(relevant, 10) == 0.0
    assert reciprocal_rank(relevant, 10) == 0.0
    assert recall(relevant, 10, 2) == 0.0
    assert ndcg(relevant, 10, 2) == 0.0
