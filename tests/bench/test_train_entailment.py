"""Fitting the entailment model: what it learns from, its loss, and that it runs as fitted."""

import math

import pytest
import torch

from assistant.entailment.learned import WEIGHTS, load_entailment
from assistant.pair_model import load_e5_small
from bench.entailment_examples import (
    Pair,
    PairMaker,
    load_aside,
    load_claims,
    load_evidence,
    part_claims,
)
from bench.pair_training import PairReader, read
from bench.train_entailment import VERDICTS, judge_pairs, loss_of


def test_every_claim_is_over_a_passage_and_says_what_was_twisted() -> None:
    passages, claims = load_evidence(), load_claims()
    assert len(claims) > 30_000
    assert all(one.passage in passages for one in claims)
    assert {one.verdict for one in claims} == {"supported", "contradicted", "silent"}
    twisted = {"supported": {False}, "contradicted": {True}, "silent": {True, False}}
    assert all(bool(one.twist) in twisted[one.verdict] for one in claims)


def test_passages_and_pieces_are_kept_aside_to_tell_what_the_model_knows() -> None:
    passages, claims, aside = load_evidence(), load_claims(), load_aside()
    assert aside < set(passages)
    learned, kept = part_claims(claims, aside)
    assert not {one.passage for one in learned} & aside
    assert {one.passage for one in kept} == aside
    assert len(learned) + len(kept) == len(claims)
    assert 0.05 < len(kept) / len(claims) < 0.1


def test_pairs_hold_each_claim_and_true_ones_that_were_changed() -> None:
    passages, claims = load_evidence(), load_claims()[:200]
    names = list(passages)
    near = {claim.passage: names[-9:] for claim in claims}
    pairs = PairMaker(passages, near, 5).pairs(claims, names)
    verdicts = {claim.text: claim.verdict for claim in claims}
    found = [pair for pair in pairs if pair.verdict == verdicts.get(pair.claim)]
    assert {pair.claim for pair in found} == set(verdicts)
    changed = [pair for pair in pairs if pair.verdict == "unsupported"]
    assert changed
    assert not {pair.claim for pair in changed} & set(verdicts)


def test_loss_of_what_is_not_supported_takes_either_verdict() -> None:
    logits = torch.zeros(2, 3)
    pairs = [Pair("a", "b", "silent"), Pair("a", "b", "unsupported")]
    wanted = (math.log(3) + math.log(3 / 2)) / 2
    assert float(loss_of(logits, pairs)) == pytest.approx(wanted)


@pytest.mark.slow
def test_shipped_model_says_what_the_fitted_one_does() -> None:
    fitted = PairReader(load_e5_small(), len(VERDICTS))
    read(fitted, WEIGHTS)
    claim = "Output at Tarvas climbed to 300 t."
    said = ["A report\nOutput at Tarvas rose to 300 t in 2024.", "A report\nStocks: 40 t."]
    shipped = load_entailment().judge([(claim, one) for one in said])
    expected = judge_pairs(fitted, [Pair(claim, one, "silent") for one in said])
    for one, row in zip(shipped, expected, strict=True):
        told = (one.supported, one.contradicted, one.silent)
        assert told == pytest.approx(tuple(row), abs=0.03)
