"""What fits a model of pairs of texts: the pretrained encoder with changes of low rank above it.

The lower layers of the pretrained encoder read both texts apart and stay as they are; in the upper
ones the words of the first text attend to those of the second as well, adapted by matrices of low
rank (LoRA: Hu and others 2021). Each word is told what its counterpart in the other text is, and
its most alike words there (ESIM: Chen and others 2017).
"""

import math
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from assistant.pair_model import Encoder
from assistant.pair_model.counterparts import KINDS
from assistant.pair_model.pair_graph import SHARP
from assistant.pair_model.pair_text import PairEncoder, Tokens, counts_of, kinds_of
from bench.train_matching import adapted
from index.embedding import packaged_folder
from index.matching.encoder_graph import HEADS
from index.packaged_embedder import open_tokenizer

RANK = 32
DECAY = 0.01
WARM = 0.06
AVERAGED = 0.99  # of a weight that goes on in its mean over the last steps
KEPT = 100  # steps after which what was learned is written
HIDDEN = 128
SEED = 7


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs as tensors; kinds are -1 behind a text."""

    claims: Tensor
    claim_kinds: Tensor
    evidence: Tensor
    evidence_kinds: Tensor
    counts: Tensor


class PairReader(nn.Module):
    """The pretrained encoder whose upper layers read a claim or question beside a statement."""

    def __init__(self, encoder: Encoder, outputs: int) -> None:
        super().__init__()
        self.bert: Any = adapted(_bert(encoder), encoder.plain_layers, RANK)
        self.plain: Any = _bert(encoder)
        self._layers, self._plain_layers = encoder.layers, encoder.plain_layers
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

    def train(self, mode: bool = True) -> Self:
        """Have what is learned drop some of what it is told; the lower layers tell all."""
        super().train(mode)
        self.plain.eval()
        return self

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
                for number in range(self._layers - 1):
                    read = _of_layer(self.plain.encoder.layer[number](read, attention_mask=seen))
                    if number >= self._plain_layers - 1:
                        kept.append(read.to(torch.bfloat16))
            stacked = torch.stack(kept, 1)
            for one, row in zip(group, stacked, strict=True):
                self._states[one] = row[:, : len(one)].clone()
        return [self._states[one.ids] for one in texts]

    def forward(self, batch: Batch) -> Tensor:
        """Return the log-odds (pairs, outputs)."""
        held, told = batch.claim_kinds >= 0, batch.evidence_kinds >= 0
        x = batch.claims[:, 0].float()
        first = batch.evidence[:, 0].float()
        likeness = functional.normalize(x, dim=-1) @ functional.normalize(first, dim=-1).mT
        likeness = likeness.masked_fill(~told[:, None, :], -10.0)
        nearest = torch.softmax(SHARP * likeness, -1) @ first
        x = x + self.claimed(batch.claim_kinds.clamp(min=0)) + self.alike(nearest - x)
        kinds = self.said(batch.evidence_kinds.clamp(min=0))
        seen = (~torch.cat((held, told), 1))[:, None, None, :] * -1e4
        for number in range(self._plain_layers, self._layers):
            beside = batch.evidence[:, number - self._plain_layers].float() + kinds
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


def _bert(encoder: Encoder) -> BertModel:
    weights = encoder.weights
    width = weights["embeddings.LayerNorm.weight"].shape[0]
    config = BertConfig(
        hidden_size=width,
        num_hidden_layers=encoder.layers,
        num_attention_heads=HEADS,
        intermediate_size=weights["encoder.layer.0.intermediate.dense.weight"].shape[0],
    )
    model = BertModel(config, add_pooling_layer=False)
    names = [name for name, _ in model.named_parameters()]
    model.load_state_dict(
        {name: torch.tensor(weights[name].astype(np.float32)) for name in names}, strict=False
    )
    return model


def _of_layer(said: Any) -> Tensor:
    found: Tensor = said[0] if isinstance(said, tuple) else said
    return found


@dataclass(frozen=True, slots=True)
class Steps:
    """How fast a model is fitted: items a step, and the rates of its adapters and its heads."""

    items: int
    rate: float
    head_rate: float


class Lesson(Protocol):
    """What is learned from: texts beside texts."""

    @property
    def pairs(self) -> Sequence[tuple[str, str]]:
        """A claim or question beside each statement."""
        ...


Item = TypeVar("Item", bound=Lesson)


class Batcher:
    """Turns pairs of texts to tensors."""

    def __init__(self, model: PairReader) -> None:
        self._model = model
        self._encoder = PairEncoder(open_tokenizer(packaged_folder()))

    def size(self, item: Lesson) -> int:
        """Return how many tokens the longest pair of an item has."""
        return max(len(one.ids) * 2 + len(other.ids) for one, other in map(self._read, item.pairs))

    def batch(self, items: Sequence[Lesson]) -> Batch:
        """Return the pairs of items as tensors, filled up to the longest."""
        pairs = [self._read(pair) for item in items for pair in item.pairs]
        states = self._model.states([one for both in pairs for one in both])
        claims, evidence = states[::2], states[1::2]
        return Batch(
            _filled([one[:1] for one in claims]),
            _kinds([kinds_of(one, other) for one, other in pairs]),
            _filled(evidence),
            _kinds([kinds_of(other, one) for one, other in pairs]),
            torch.tensor([counts_of(one, other) for one, other in pairs]),
        )

    def batches(self, items: Sequence[Item], count: int, order: random.Random) -> list[list[Item]]:
        """Return items in random order, so many together, those of like length side by side."""
        held = list(items)
        order.shuffle(held)
        found: list[list[Item]] = []
        for first in range(0, len(held), count * 16):
            group = sorted(held[first : first + count * 16], key=self.size)
            found += [group[at : at + count] for at in range(0, len(group), count)]
        order.shuffle(found)
        return found

    def _read(self, pair: tuple[str, str]) -> tuple[Tokens, Tokens]:
        return self._encoder.claim(pair[0]), self._encoder.evidence(pair[1])


def _filled(states: Sequence[Tensor]) -> Tensor:
    longest = max(one.shape[1] for one in states)
    return torch.stack([functional.pad(s, (0, 0, 0, longest - s.shape[1])) for s in states])


def _kinds(rows: Sequence[Sequence[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[-1] * (longest - len(row))] for row in rows])


def fit(
    model: PairReader,
    rounds: Sequence[Sequence[Item]],
    loss_of: Callable[[Tensor, Sequence[Item]], Tensor],
    steps: Steps,
    minutes: float,
    out: Path | None,
) -> Iterator[int]:
    """Adapt the model; yield the number of each round when it is done.

    Its mean of late is what is kept. It ends after so many minutes at the latest, with smaller
    steps towards the end in either case.
    """
    order = random.Random(SEED)
    batcher = Batcher(model)
    trained = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    adapters = [p for n, p in trained if n.startswith("bert")]
    heads = [p for n, p in trained if not n.startswith("bert")]
    optimizer = torch.optim.AdamW(
        [{"params": adapters, "lr": steps.rate}, {"params": heads, "lr": steps.head_rate}],
        weight_decay=DECAY,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    means = {name: p.detach().clone() for name, p in trained}
    count = sum(math.ceil(len(items) / steps.items) for items in rounds)
    start, done, recent = time.monotonic(), 0, 0.0
    for number, items in enumerate(rounds, 1):
        model.train()
        for group in batcher.batches(items, steps.items, order):
            at = max(done / count, (time.monotonic() - start) / 60 / minutes)
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
                said = f"{done} of {count}: {recent:.3f}, {seconds:.0f} s"
                print(said, file=sys.stderr, flush=True)
                if out:
                    write(means, out)
        yield number
    with torch.no_grad():
        for name, parameter in trained:
            parameter.copy_(means[name])
    if out:
        write(means, out)


@torch.no_grad()
def judge(model: PairReader, items: Sequence[Lesson]) -> list[Any]:
    """Return what the model says of the pairs of each item: log-odds, a row a pair."""
    model.eval()
    batcher = Batcher(model)
    order = sorted(range(len(items)), key=lambda n: batcher.size(items[n]))
    found: list[Any] = [None] * len(items)
    for number in order:
        found[number] = model(batcher.batch([items[number]])).float().numpy()
    return found


def write(learned: Mapping[str, Tensor], file: Path) -> None:
    """Write what was learned, in half precision."""
    arrays: dict[str, Any] = {
        name: parameter.numpy().astype(np.float16) for name, parameter in learned.items()
    }
    np.savez(file, **arrays)


def read(model: PairReader, file: Path) -> None:
    """Take over what was learned before; the last layer where it has as many outputs."""
    held = np.load(file)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if not parameter.requires_grad:
                continue
            if not name.startswith("verdict") or held[name].shape == parameter.shape:
                parameter.copy_(torch.tensor(held[name].astype(np.float32)))


def between(one: Path, other: Path, part: float) -> dict[str, Tensor]:
    """Return the model a part of the way between two that were written, low ranks again low.

    What one learned from the other on keeps as much of what it gained and of what it lost (model
    soups: Wortsman and others 2022). Changes are weighed as the matrices that their factors make,
    and factored anew by singular values.
    """
    parts = (1 - part, part)
    both = [
        {name: torch.tensor(a.astype(np.float32)) for name, a in np.load(f).items()}
        for f in (one, other)
    ]
    found = {name: parts[0] * both[0][name] + parts[1] * both[1][name] for name in both[0]}
    for name in [name for name in found if name.endswith(".up")]:
        down = f"{name.removesuffix('.up')}.down"
        whole = sum(p * held[name] @ held[down] for p, held in zip(parts, both, strict=True))
        left, values, right = torch.linalg.svd(whole, full_matrices=False)
        rank = found[down].shape[0]
        root = values[:rank].sqrt()
        found[name], found[down] = left[:, :rank] * root, root[:, None] * right[:rank]
    return found
