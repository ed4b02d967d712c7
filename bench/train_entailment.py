"""Fit the model that tells whether evidence supports a claim, contradicts it or is silent.

`python -m bench.train_entailment --out assistant/entailment/weights.npz` learns from claims of our
own (`bench.entailment_examples`), as `bench.pair_training` says. What is claimed of the passages in
`bench/claims_gold/aside.txt` is not learned from, and scored.
"""

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from assistant.pair_model import load_e5_small
from assistant.pair_model.pair_text import PairEncoder
from bench.entailment_examples import (
    Claimed,
    Pair,
    PairMaker,
    Passage,
    load_aside,
    load_claims,
    load_evidence,
    load_pairs,
    part_claims,
)
from bench.pair_training import SEED, PairReader, Steps, fit, judge, read
from index.embedding import packaged_folder
from index.packaged_embedder import open_tokenizer

EPOCHS = 4
STEPS = Steps(items=16, rate=4e-4, head_rate=1e-3)
NEAREST = slice(2, 16)
VERDICTS = ("supported", "contradicted", "silent")
_ALLOWED = {"unsupported": (False, True, True), "uncontradicted": (True, False, True)}


def loss_of(logits: Tensor, pairs: Sequence[Pair]) -> Tensor:
    """Return how unlikely what is right comes out; of what is only ruled out two verdicts are."""
    right = torch.tensor(
        [_ALLOWED.get(p.verdict) or tuple(v == p.verdict for v in VERDICTS) for p in pairs]
    )
    likely = torch.log_softmax(logits, 1)
    return -torch.logsumexp(likely.masked_fill(~right, -1e9), 1).mean()


def judge_pairs(model: PairReader, pairs: Sequence[Pair]) -> Any:
    """Return what the model says of pairs, a row of likelihoods each."""
    odds = np.concatenate(judge(model, pairs)) if pairs else np.zeros((0, len(VERDICTS)))
    likely = np.exp(odds - odds.max(axis=1, keepdims=True))
    return likely / likely.sum(axis=1, keepdims=True)


def score(model: PairReader, held: Sequence[tuple[Claimed, Pair]], brief: bool = False) -> str:
    """Return how often the verdict is right, by verdict and twist, of what was kept aside."""
    if not held:
        return ""
    likely = judge_pairs(model, [pair for _, pair in held])
    said = [VERDICTS[at] for at in likely.argmax(1)]
    groups: dict[str, list[bool]] = {}
    for (claim, _), one in zip(held, said, strict=True):
        is_right = one == claim.verdict
        keys = ["all", claim.verdict]
        if not brief and claim.twist:
            keys.append(f"{claim.verdict}: {claim.twist}")
        for key in keys:
            groups.setdefault(key, []).append(is_right)
    told = [f"{k} {sum(v) / len(v):.3f} of {len(v)}" for k, v in groups.items() if len(v) > 3]
    is_true = np.array([claim.verdict == "supported" for claim, _ in held])
    is_against = np.array([claim.verdict == "contradicted" for claim, _ in held])
    told += [
        f"supported from {least:.2f} on: {share:.3f} of the true, {wrong:.3f} of the others"
        for least, share, wrong in [_at_most(likely[:, 0], is_true, most) for most in (0.03, 0.1)]
    ]
    least, share, wrong = _at_most(likely[:, 1], is_against, 0.04, is_true)
    told.append(f"contradicted from {least:.2f} on: {share:.3f} of these, {wrong:.3f} of the true")
    return "; ".join(told)


def _at_most(likely: Any, wanted: Any, most: float, against: Any = None) -> tuple[float, ...]:
    """Return the threshold from which at most a share of the others is told, and both shares."""
    others = np.sort(likely[~wanted if against is None else against])[::-1]
    least = float(others[int(most * len(others))]) + 1e-6
    return least, float((likely[wanted] >= least).mean()), float((others >= least).mean())


def nearest(model: PairReader, passages: Mapping[str, Passage]) -> dict[str, tuple[str, ...]]:
    """Return for each passage those that are like it."""
    encoder = PairEncoder(open_tokenizer(packaged_folder()))
    names = list(passages)
    states = model.states([encoder.evidence(passages[name].whole) for name in names])
    rows = torch.stack([functional.normalize(one[-1].float().mean(0), dim=0) for one in states])
    rows = functional.normalize(rows - rows.mean(0), dim=1)
    like = (rows @ rows.T).fill_diagonal_(-1)
    order = like.argsort(1, descending=True)[:, NEAREST].tolist()
    return {name: tuple(names[at] for at in row) for name, row in zip(names, order, strict=True)}


def main() -> int:
    """Fit the model and write it, or score it on what is kept aside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--share", type=float, default=1.0, help="learn from a part of the claims")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so many")
    parser.add_argument("--from", dest="start", type=Path, help="weights to go on from")
    parser.add_argument("--over", type=Path, help="pairs over real documents")
    parser.add_argument("--without", default="", help="keep those over this collection aside")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    model = PairReader(load_e5_small(), len(VERDICTS))
    if arguments.start:
        read(model, arguments.start)
    passages, claims = load_evidence(), load_claims()
    aside = load_aside()
    near = nearest(model, {n: p for n, p in passages.items() if n not in aside})
    near |= dict.fromkeys(aside, ())
    learned, kept = part_claims(claims, aside)
    held = [(c, Pair(c.text, passages[c.passage].whole, c.verdict)) for c in kept]
    order = random.Random(SEED)
    some = int(len(learned) * arguments.share)
    repeated = [name for name in passages if name not in aside]
    over = load_pairs(arguments.over) if arguments.over else {}
    if left := over.pop(arguments.without, []):
        held = [(Claimed("", p.claim, p.verdict, (), ""), p) for p in left if p.verdict in VERDICTS]
    print(f"{some} to learn from, {len(held)} kept aside", file=sys.stderr, flush=True)
    if arguments.epochs:
        maker = PairMaker(passages, near, SEED)
        rounds = [
            [*chain(*over.values()), *maker.pairs(order.sample(learned, some), repeated)]
            for _ in range(arguments.epochs)
        ]
        for number in fit(model, rounds, loss_of, STEPS, arguments.minutes, arguments.out):
            print(number, score(model, held, brief=True), file=sys.stderr, flush=True)
    print(json.dumps({"learned": len(learned), "held": score(model, held)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
