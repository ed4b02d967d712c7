"""Fit the model that tells whether evidence supports a claim, contradicts it or is silent.

`python -m bench.train_entailment --out assistant/entailment/weights.npz` learns from claims of our
own (`bench.entailment_examples`). The lower layers of the packaged encoder read claim and evidence
apart and stay as they are; in the upper ones the words of the claim attend to those of the evidence
as well, adapted by matrices of low rank (LoRA: Hu and others 2021). Each word is told what its
counterpart in the other text is, and its most alike words there (ESIM: Chen and others 2017). What
is claimed of the passages in `bench/claims_gold/aside.txt` is not learned from, and scored.
"""

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from assistant.pair_model.counterparts import KINDS
from assistant.pair_model.pair_graph import SHARP
from assistant.pair_model.pair_text import PairEncoder, Tokens, counts_of, kinds_of
from bench.entailment_examples import (
    Claimed,
    Pair,
    PairMaker,
    Passage,
    load_aside,
    load_claims,
    load_evidence,
    part_claims,
)
from bench.train_matching import adapted_encoder
from index.embedding import packaged_folder
from index.matching.encoder_graph import HEADS, LAYERS, PLAIN_LAYERS
from index.onnx_embedder import open_tokenizer

RANK = 32
EPOCHS, BATCH = 4, 16
NEAREST = slice(2, 16)
RATE, HEAD_RATE, DECAY = 4e-4, 1e-3, 0.01
WARM = 0.06
AVERAGED = 0.99  # of a weight that goes on in its mean over the last steps
KEPT = 100  # steps after which what was learned is written
HIDDEN = 128
SEED = 7
VERDICTS = ("supported", "contradicted", "silent")
_ALLOWED = {"unsupported": (False, True, True)}


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs as tensors; kinds are -1 behind a text."""

    claims: Tensor
    claim_kinds: Tensor
    evidence: Tensor
    evidence_kinds: Tensor
    counts: Tensor


class Entailer(nn.Module):
    """The packaged encoder whose upper layers read a claim beside evidence."""

    def __init__(self, folder: Path, outputs: int = len(VERDICTS)) -> None:
        super().__init__()
        self.bert: Any = adapted_encoder(folder, RANK)
        self.plain: Any = BertModel.from_pretrained(folder, add_pooling_layer=False)
        self.plain.requires_grad_(False)
        width = self.bert.config.hidden_size
        self.claimed = nn.Embedding(KINDS, width)
        self.said = nn.Embedding(KINDS, width)
        for table in (self.claimed, self.said):
            nn.init.normal_(table.weight, std=0.02)
        self.alike = nn.Linear(width, width)
        nn.init.zeros_(self.alike.weight)
        nn.init.zeros_(self.alike.bias)
        self.hidden = nn.Linear(3 * width + 2 * KINDS, HIDDEN)
        self.verdict = nn.Linear(HIDDEN, outputs)
        self.dropout = nn.Dropout(0.1)
        self._states: dict[tuple[int, ...], Tensor] = {}

    @torch.no_grad()
    def states(self, texts: Sequence[Tokens]) -> list[Tensor]:
        """Return what the lower layers say of texts (levels, tokens, width), remembered."""
        new = [one.ids for one in {t.ids: t for t in texts}.values() if one.ids not in self._states]
        new.sort(key=len)
        for first in range(0, len(new), 32):
            group = new[first : first + 32]
            longest = max(map(len, group))
            ids = torch.tensor([[*one, *[0] * (longest - len(one))] for one in group])
            behind = torch.arange(longest)[None] >= torch.tensor([[len(one)] for one in group])
            read: Tensor = self.plain.embeddings(ids)
            seen = behind[:, None, None, :] * -1e4
            kept = []
            with torch.autocast("cpu", torch.bfloat16):
                for number in range(LAYERS - 1):
                    read = _of_layer(self.plain.encoder.layer[number](read, attention_mask=seen))
                    if number >= PLAIN_LAYERS - 1:
                        kept.append(read.to(torch.bfloat16))
            stacked = torch.stack(kept, 1)
            for one, row in zip(group, stacked, strict=True):
                self._states[one] = row[:, : len(one)].clone()
        return [self._states[one.ids] for one in texts]

    def forward(self, batch: Batch) -> Tensor:
        """Return the log-odds (pairs, verdicts)."""
        held, told = batch.claim_kinds >= 0, batch.evidence_kinds >= 0
        x = batch.claims[:, 0].float()
        first = batch.evidence[:, 0].float()
        likeness = functional.normalize(x, dim=-1) @ functional.normalize(first, dim=-1).mT
        likeness = likeness.masked_fill(~told[:, None, :], -10.0)
        nearest = torch.softmax(SHARP * likeness, -1) @ first
        x = x + self.claimed(batch.claim_kinds.clamp(min=0)) + self.alike(nearest - x)
        kinds = self.said(batch.evidence_kinds.clamp(min=0))
        seen = (~torch.cat((held, told), 1))[:, None, None, :] * -1e4
        for number in range(PLAIN_LAYERS, LAYERS):
            beside = batch.evidence[:, number - PLAIN_LAYERS].float() + kinds
            x = self._layer(self.bert.encoder.layer[number], x, beside, seen)
        x = self.dropout(x.float())
        share = held.float().unsqueeze(-1)
        mean = (x * share).sum(1) / share.sum(1)
        most = x.masked_fill(~held.unsqueeze(-1), -1e4).max(1).values
        read = torch.cat((x[:, 0], mean, most, batch.counts), 1)
        hidden = self.dropout(functional.gelu(self.hidden(read)))
        verdict: Tensor = self.verdict(hidden)
        return verdict.float()

    def _layer(self, layer: Any, x: Tensor, beside: Tensor, seen: Tensor) -> Tensor:
        own = layer.attention.self
        among = torch.cat((x, beside.to(x.dtype)), 1)

        def heads(read: Tensor) -> Tensor:
            return read.view(*read.shape[:2], HEADS, -1).transpose(1, 2)

        mixed = functional.scaled_dot_product_attention(
            heads(own.query(x)),
            heads(own.key(among)),
            heads(own.value(among)),
            seen.to(torch.bfloat16 if torch.is_autocast_enabled("cpu") else x.dtype),
        )
        mixed = mixed.transpose(1, 2).flatten(2)
        x = layer.attention.output(mixed, x)
        found: Tensor = layer.output(layer.intermediate(x), x)
        return found


def _of_layer(said: Any) -> Tensor:
    found: Tensor = said[0] if isinstance(said, tuple) else said
    return found


class Batcher:
    """Turns pairs to tensors."""

    def __init__(self, model: Entailer) -> None:
        self._model = model
        self._encoder = PairEncoder(open_tokenizer(packaged_folder()))

    def size(self, pair: Pair) -> int:
        """Return how many tokens a pair has."""
        claim, evidence = self._tokens(pair)
        return len(claim.ids) * 2 + len(evidence.ids)

    def _tokens(self, pair: Pair) -> tuple[Tokens, Tokens]:
        return self._encoder.claim(pair.claim), self._encoder.evidence(pair.evidence)

    def batch(self, pairs: Sequence[Pair]) -> Batch:
        """Return pairs as tensors, filled up to the longest."""
        tokens = [self._tokens(pair) for pair in pairs]
        states = self._model.states([one for both in tokens for one in both])
        claims, evidence = states[::2], states[1::2]
        return Batch(
            _filled([one[:1] for one in claims]),
            _kinds([kinds_of(c, e) for c, e in tokens]),
            _filled(evidence),
            _kinds([kinds_of(e, c) for c, e in tokens]),
            torch.tensor([counts_of(c, e) for c, e in tokens]),
        )

    def batches(self, pairs: Sequence[Pair], order: random.Random) -> list[list[Pair]]:
        """Return pairs in random order, those of like length together."""
        held = list(pairs)
        order.shuffle(held)
        found = []
        for first in range(0, len(held), BATCH * 16):
            group = sorted(held[first : first + BATCH * 16], key=self.size)
            found += [group[at : at + BATCH] for at in range(0, len(group), BATCH)]
        order.shuffle(found)
        return found


def _filled(states: Sequence[Tensor]) -> Tensor:
    longest = max(one.shape[1] for one in states)
    return torch.stack([functional.pad(s, (0, 0, 0, longest - s.shape[1])) for s in states])


def _kinds(rows: Sequence[Sequence[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[-1] * (longest - len(row))] for row in rows])


def loss_of(logits: Tensor, pairs: Sequence[Pair]) -> Tensor:
    """Return how unlikely what is right comes out; of "unsupported" two verdicts are right."""
    right = torch.tensor(
        [_ALLOWED.get(p.verdict) or tuple(v == p.verdict for v in VERDICTS) for p in pairs]
    )
    likely = torch.log_softmax(logits, 1)
    return -torch.logsumexp(likely.masked_fill(~right, -1e9), 1).mean()


def fit(
    model: Entailer,
    rounds: Sequence[Sequence[Pair]],
    held: Sequence[tuple[Claimed, Pair]],
    minutes: float,
    out: Path | None,
) -> None:
    """Adapt the model; what is held is scored after each round. Its mean of late is what is kept.

    It ends after so many minutes at the latest, with smaller steps towards the end in either case.
    """
    order = random.Random(SEED)
    batcher = Batcher(model)
    trained = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    adapters = [p for n, p in trained if n.startswith("bert")]
    heads = [p for n, p in trained if not n.startswith("bert")]
    optimizer = torch.optim.AdamW(
        [{"params": adapters, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=DECAY
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    means = {name: p.detach().clone() for name, p in trained}
    steps = sum(math.ceil(len(pairs) / BATCH) for pairs in rounds)
    start, done, recent = time.monotonic(), 0, 0.0
    for number, pairs in enumerate(rounds):
        model.train()
        for group in batcher.batches(pairs, order):
            at = max(done / steps, (time.monotonic() - start) / 60 / minutes)
            if at >= 1:
                break
            for kept, rate in zip(optimizer.param_groups, rates, strict=True):
                kept["lr"] = rate * min(1.0, at / WARM + 0.02) * max(0.02, 1 - at)
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(batcher.batch(group))
            loss = loss_of(logits, group)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_([*adapters, *heads], 1.0)
            optimizer.step()
            done += 1
            for name, parameter in trained:
                means[name].lerp_(parameter.detach(), max(1 - AVERAGED, 1 / done))
            recent += (float(loss.detach()) - recent) / min(done, 100)
            if done % KEPT == 0:
                seconds = time.monotonic() - start
                said = f"{done} of {steps}: {recent:.3f}, {seconds:.0f} s"
                print(said, file=sys.stderr, flush=True)
                if out:
                    write(means, out)
        print(number + 1, score(model, held, brief=True), file=sys.stderr, flush=True)
    with torch.no_grad():
        for name, parameter in trained:
            parameter.copy_(means[name])
    if out:
        write(means, out)


@torch.no_grad()
def judge(model: Entailer, pairs: Sequence[Pair]) -> Any:
    """Return what the model says of pairs, a row of likelihoods each."""
    model.eval()
    batcher = Batcher(model)
    order = sorted(range(len(pairs)), key=lambda n: batcher.size(pairs[n]))
    found = np.zeros((len(pairs), len(VERDICTS)))
    for first in range(0, len(order), BATCH):
        numbers = order[first : first + BATCH]
        logits = model(batcher.batch([pairs[n] for n in numbers]))
        found[numbers] = torch.softmax(logits, 1).numpy()
    return found


def score(model: Entailer, held: Sequence[tuple[Claimed, Pair]], brief: bool = False) -> str:
    """Return how often the verdict is right, by verdict and twist, of what was kept aside."""
    if not held:
        return ""
    likely = judge(model, [pair for _, pair in held])
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


def write(learned: Mapping[str, Tensor], file: Path) -> None:
    """Write what was learned, in half precision."""
    arrays: dict[str, Any] = {
        name: parameter.numpy().astype(np.float16) for name, parameter in learned.items()
    }
    np.savez(file, **arrays)


def read(model: Entailer, file: Path) -> None:
    """Take over what was learned and written before."""
    held = np.load(file)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.requires_grad and held[name].shape == parameter.shape:
                parameter.copy_(torch.tensor(held[name].astype(np.float32)))


def nearest(model: Entailer, passages: Mapping[str, Passage]) -> dict[str, tuple[str, ...]]:
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
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    model = Entailer(packaged_folder())
    if arguments.start:
        read(model, arguments.start)
    passages, claims = load_evidence(), load_claims()
    aside = load_aside()
    near = nearest(model, {n: p for n, p in passages.items() if n not in aside})
    near |= dict.fromkeys(aside, ())
    learned, kept = part_claims(claims, aside)
    held = [(c, Pair(c.text, passages[c.passage].whole, c.verdict)) for c in kept]
    learned = learned[: int(len(learned) * arguments.share)] if arguments.share < 1 else learned
    repeated = [name for name in passages if name not in aside]
    print(f"{len(learned)} to learn from, {len(held)} kept aside", file=sys.stderr, flush=True)
    if arguments.epochs:
        maker = PairMaker(passages, near, SEED)
        rounds = [maker.pairs(learned, repeated) for _ in range(arguments.epochs)]
        fit(model, rounds, held, arguments.minutes, arguments.out)
    print(json.dumps({"learned": len(learned), "held": score(model, held)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
