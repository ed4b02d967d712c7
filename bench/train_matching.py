"""Fit the model that tells whether a fact answers a question.

`python -m bench.train_matching` learns from questions and near misses of our own over passages of
our own (`bench.matching_examples`) and writes `index/matching/weights.npz`. The packaged embedding
model reads question and fact apart, and their words are compared (late interaction, ColBERT:
Khattab and Zaharia 2020); the value of the fact is marked, so that its words differ from those of
another value in the same sentence. The lower layers stay as they are, the upper ones are adapted by
matrices of low rank (LoRA: Hu and others 2021), so that what is kept is small. `--held N` keeps
every N-th passage aside and scores what is asked of it.
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

from bench.matching_examples import Asked, Told, load_passages, load_questions
from index.embedding import packaged_folder
from index.matching.encoder_graph import PLAIN_LAYERS
from index.matching.fact_text import KINDS, Encoded, TextEncoder
from index.matching.model import SCALE
from index.packaged_embedder import open_tokenizer

RANK = 32
EPOCHS, BATCH = 2, 8  # questions
OWN, OTHERS = 4, 2  # facts set beside a question: of its passage, of passages like it
NEAREST = 24
RATE, HEAD_RATE, DECAY = 5e-4, 1e-3, 0.01
WARM = 0.06
CELLS = 0.4  # share of facts that are told by labels
GROUPS = 4  # of like length, in which the facts of a batch are read
SEED = 7


@dataclass(frozen=True, slots=True)
class State:
    """A text with what the lower layers say of it."""

    encoded: Encoded
    lower: Tensor


class Adapted(nn.Module):
    """A linear layer that stays as it is, with a change of low rank beside it."""

    def __init__(self, layer: nn.Linear, rank: int) -> None:
        super().__init__()
        self.layer = layer.requires_grad_(False)
        self.down = nn.Parameter(
            torch.randn(rank, layer.in_features) / math.sqrt(layer.in_features)
        )
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        change = functional.linear(functional.linear(x, self.down), self.up)
        return torch.add(self.layer(x), change, alpha=SCALE)


@dataclass(frozen=True, slots=True)
class Read:
    """Texts as the model reads them: a unit vector and a weight for each word, and one of all."""

    words: Tensor  # texts, tokens, width
    weights: Tensor  # texts, tokens; 0 behind a text
    whole: Tensor  # texts, width


def adapted_encoder(folder: Path, rank: int) -> BertModel:
    """Return the packaged encoder, frozen, with changes of low rank in its upper layers."""
    return adapted(BertModel.from_pretrained(folder, add_pooling_layer=False), PLAIN_LAYERS, rank)


def adapted(encoder: Any, plain: int, rank: int) -> BertModel:
    """Return an encoder, frozen, with changes of low rank in the layers above the plain ones."""
    encoder.requires_grad_(False)
    for layer in encoder.encoder.layer[plain:]:
        attention: Any = layer.attention
        for holder, names in (
            (attention.self, ("query", "key", "value")),
            (attention.output, ("dense",)),
            (layer.intermediate, ("dense",)),
            (layer.output, ("dense",)),
        ):
            for name in names:
                setattr(holder, name, Adapted(getattr(holder, name), rank))
    return encoder  # type: ignore[no-any-return]


class Matcher(nn.Module):
    """The packaged encoder with adapters, and what compares a question with a fact."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert: Any = adapted_encoder(folder, RANK)
        width = self.bert.config.hidden_size
        self.kinds = nn.Embedding(KINDS, width)
        self.marks = nn.Embedding(2, width)
        for table in (self.kinds, self.marks):
            nn.init.normal_(table.weight, std=0.02)
        self.weight = nn.Linear(width, 2)  # of a word of a question, and of a fact
        self.whole = nn.Linear(width, width)
        with torch.no_grad():
            self.weight.weight.zero_()
            self.weight.bias.fill_(1.5)
            self.whole.weight.copy_(torch.eye(width))
            self.whole.bias.zero_()
        self.alike = nn.Parameter(torch.tensor([12.0, 6.0, -10.0]))
        self.dropout = nn.Dropout(0.1)

    @torch.no_grad()
    def lower(self, encoded: Sequence[Encoded]) -> list[Tensor]:
        """Return what the lower layers say of some texts."""
        longest = max(len(one.ids) for one in encoded)
        ids = torch.tensor([[*one.ids, *[0] * (longest - len(one.ids))] for one in encoded])
        mask = torch.tensor([[1.0] * len(o.ids) + [0.0] * (longest - len(o.ids)) for o in encoded])
        read: Tensor = self.bert.embeddings(ids)
        seen = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.bert.encoder.layer[:PLAIN_LAYERS]:
            read = _of_layer(layer(read, attention_mask=seen))
        return [
            row[: len(one.ids)].to(torch.bfloat16) for row, one in zip(read, encoded, strict=True)
        ]

    def read(self, lower: Tensor, kinds: Tensor, marks: Tensor) -> Read:
        """Return texts, of which `lower` (texts, tokens, width) is what the lower layers say.

        `kinds` is 0 behind a text. A fact is told as a whole by its value, a question by all words.
        """
        read = lower + self.kinds(kinds) + self.marks(marks)
        seen = (kinds == 0).to(read.dtype)[:, None, None, :] * -1e4
        for layer in self.bert.encoder.layer[PLAIN_LAYERS:]:
            read = _of_layer(layer(read, attention_mask=seen))
        read = self.dropout(read)
        held = (kinds > 0).float()
        is_fact = marks.any(1)
        told = torch.where(is_fact[:, None], (marks > 0).float(), held).unsqueeze(-1)
        mean = (read.float() * told).sum(1) / told.sum(1).clamp(min=1)
        both = self.weight(read).float()
        asked = functional.softplus(both[..., 0]) * held
        weights = torch.where(
            is_fact[:, None],
            torch.sigmoid(both[..., 1]) * held,
            asked / asked.sum(1, keepdim=True),
        )
        words = functional.normalize(read.float(), dim=-1)
        whole = functional.normalize(self.whole(mean.to(read.dtype)).float(), dim=-1)
        return Read(words, weights, whole)

    def compare(self, questions: Read, facts: Read) -> Tensor:
        """Return the log-odds (questions, facts) that a fact answers a question."""
        like = torch.einsum("qiw,fjw->qfij", questions.words, facts.words)
        best = (like * facts.weights[None, :, None, :]).max(3).values
        words = torch.einsum("qfi,qi->qf", best, questions.weights)
        whole = questions.whole @ facts.whole.T
        found: Tensor = self.alike[0] * words + self.alike[1] * whole + self.alike[2]
        return found


def _of_layer(said: Any) -> Tensor:
    found: Tensor = said[0] if isinstance(said, tuple) else said
    return found


class Candidates:
    """Facts to set beside a question: those of its passage, and of others like it."""

    def __init__(self, model: Matcher, passages: Mapping[str, tuple[Told, ...]]) -> None:
        encoder = TextEncoder(open_tokenizer(packaged_folder()))
        self.encoder = encoder
        self.passages = passages
        self.states: dict[tuple[str, bool], State] = {}
        told = [one for held in passages.values() for one in held]
        for is_cell in (False, True):
            texts = [encoder.fact(o.as_cell if is_cell else o.in_sentence) for o in told]
            for one, state in zip(told, states_of(model, texts), strict=True):
                self.states[one.id, is_cell] = state
        names = [name for name, held in passages.items() if held]
        whole = np.stack([self._mean(name) for name in names])
        like = whole @ whole.T
        np.fill_diagonal(like, -1)
        nearest = np.argsort(-like, axis=1)[:, :NEAREST]
        self._like = {
            n: tuple(names[at] for at in row) for n, row in zip(names, nearest, strict=True)
        }

    def _mean(self, passage: str) -> Any:
        rows = [self.states[o.id, False].lower.float().mean(0) for o in self.passages[passage]]
        vector = torch.stack(rows).mean(0).numpy()
        return vector / np.linalg.norm(vector)

    def of(self, asked: Asked, order: random.Random) -> list[str]:
        """Return ids of facts for a question, those that answer among them."""
        right = [id_ for id_ in sorted(asked.right) if (id_, False) in self.states]
        own = [one.id for one in self.passages[asked.passage] if one.id not in asked.right]
        order.shuffle(own)
        ids = [*right[:3], *own][:OWN]
        for passage in order.sample(self._like[asked.passage], OTHERS + OWN - len(ids)):
            ids.append(order.choice(self.passages[passage]).id)
        return ids


def states_of(model: Matcher, texts: Sequence[Encoded], size: int = 32) -> list[State]:
    """Return texts with what the lower layers say of them, those of like length together."""
    order = sorted(range(len(texts)), key=lambda n: len(texts[n].ids))
    found: dict[int, State] = {}
    for first in range(0, len(order), size):
        numbers = order[first : first + size]
        read = model.lower([texts[n] for n in numbers])
        for number, state in zip(numbers, read, strict=True):
            found[number] = State(texts[number], state)
    return [found[n] for n in range(len(texts))]


def batches(
    asked: Sequence[tuple[Asked, State]], order: random.Random
) -> list[list[tuple[Asked, State]]]:
    """Return questions in random order, those over passages of one kind together."""
    held = list(asked)
    order.shuffle(held)
    held.sort(key=lambda pair: pair[0].passage[0])
    found = [held[first : first + BATCH] for first in range(0, len(held), BATCH)]
    order.shuffle(found)
    return found


def tensors(states: Sequence[State]) -> tuple[Tensor, Tensor, Tensor]:
    """Return texts as tensors, filled up to the longest: lower states, kinds and marks."""
    longest = max(len(one.encoded.ids) for one in states)
    lower = torch.zeros(len(states), longest, states[0].lower.shape[1], dtype=torch.bfloat16)
    kinds = torch.zeros(len(states), longest, dtype=torch.long)
    marks = torch.zeros(len(states), longest, dtype=torch.long)
    for n, one in enumerate(states):
        end = len(one.encoded.ids)
        lower[n, :end] = one.lower
        kinds[n, :end] = torch.tensor(one.encoded.kinds)
        marks[n, :end] = torch.tensor(one.encoded.marks)
    return lower, kinds, marks


def scores_of(
    model: Matcher,
    batch: Sequence[tuple[Asked, State]],
    candidates: Candidates,
    order: random.Random,
) -> tuple[Tensor, Tensor]:
    """Return the log-odds of all facts of a batch for each question, and which are right."""
    ids = list(dict.fromkeys(id_ for asked, _ in batch for id_ in candidates.of(asked, order)))
    facts = [candidates.states[id_, order.random() < CELLS] for id_ in ids]
    with torch.autocast("cpu", torch.bfloat16):
        questions = model.read(*tensors([state for _, state in batch]))
        told = read_by_length(model, facts)
    right = torch.tensor([[id_ in asked.right for id_ in ids] for asked, _ in batch])
    return model.compare(questions, told), right


def read_by_length(model: Matcher, states: Sequence[State]) -> Read:
    """Return texts read in groups of like length, which leaves little to fill up."""
    order = sorted(range(len(states)), key=lambda n: len(states[n].encoded.ids))
    size = math.ceil(len(order) / GROUPS)
    groups = [order[first : first + size] for first in range(0, len(order), size)]
    read = [model.read(*tensors([states[n] for n in group])) for group in groups]
    longest = max(one.words.shape[1] for one in read)
    back = torch.tensor(sorted(range(len(order)), key=order.__getitem__))

    def filled(one: Tensor) -> Tensor:
        behind = (0, 0) * (one.dim() - 2) + (0, longest - one.shape[1])
        return functional.pad(one, behind)

    return Read(
        torch.cat([filled(one.words) for one in read])[back],
        torch.cat([filled(one.weights) for one in read])[back],
        torch.cat([one.whole for one in read])[back],
    )


def loss_of(scores: Tensor, right: Tensor) -> Tensor:
    """Return the loss: how likely a right fact, or none, comes out of all that are there."""
    nothing = scores.new_zeros(len(scores), 1)
    every = torch.logsumexp(torch.cat((scores, nothing), 1), 1)
    best = torch.logsumexp(scores.masked_fill(~right, -1e9), 1)
    best = torch.where(right.any(1), best, torch.zeros_like(best))
    return (every - best).mean()


def fit(
    model: Matcher,
    candidates: Candidates,
    asked: Sequence[tuple[Asked, State]],
    held: Sequence[tuple[Asked, State]],
    epochs: int,
    out: Path | None,
) -> None:
    """Adapt the model; what is held is scored after each round."""
    order = random.Random(SEED)
    adapters = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith("bert")]
    heads = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("bert")]
    optimizer = torch.optim.AdamW(
        [{"params": adapters, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=DECAY
    )
    steps = epochs * math.ceil(len(asked) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (WARM * steps)) * max(0.0, 1 - step / steps)
    )
    start, done, recent = time.monotonic(), 0, 0.0
    for epoch in range(epochs):
        model.train()
        for batch in batches(asked, order):
            loss = loss_of(*scores_of(model, batch, candidates, order))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_([*adapters, *heads], 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            recent += (float(loss.detach()) - recent) / min(done, 50)
            if done % 50 == 0:
                seconds = time.monotonic() - start
                said = f"{done} of {steps}: {recent:.3f}, {seconds:.0f} s"
                print(said, file=sys.stderr, flush=True)
        print(epoch + 1, score(model, candidates, held), file=sys.stderr, flush=True)
        if out:
            write(model, out)


@torch.no_grad()
def score(model: Matcher, candidates: Candidates, held: Sequence[tuple[Asked, State]]) -> str:
    """Return how often the right fact comes first, and above nothing, of what was kept aside."""
    model.eval()
    order = random.Random(SEED)
    counts: dict[str, list[int]] = {}

    def count(name: str, is_so: bool) -> None:
        found = counts.setdefault(name, [0, 0])
        found[0] += is_so
        found[1] += 1

    for first in range(0, len(held), BATCH):
        scores, right = scores_of(model, held[first : first + BATCH], candidates, order)
        for row, wanted in zip(scores, right, strict=True):
            best = int(row.argmax())
            is_shown = float(row[best]) > 0
            if bool(wanted.any()):
                count("right first", bool(wanted[best]))
                count("right shown", bool(wanted[best]) and is_shown)
                count("wrong shown", not wanted[best] and is_shown)
            else:
                count("near miss shown", is_shown)
    return ", ".join(f"{n} {r / c:.3f} of {c}" for n, (r, c) in sorted(counts.items()))


def write(model: Matcher, file: Path) -> None:
    """Write what was learned, in half precision."""
    arrays: dict[str, Any] = {
        name: parameter.detach().numpy().astype(np.float16)
        for name, parameter in model.named_parameters()
        if parameter.requires_grad
    }
    np.savez(file, **arrays)


def main() -> int:
    """Fit the model and write it, or score it on what is kept aside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", type=int, default=0, metavar="N")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--every", type=int, default=1, help="learn from every N-th passage alone")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    model = Matcher(packaged_folder())
    passages = load_passages()
    kept = [name for name in sorted(passages) if passages[name]][:: arguments.every]
    candidates = Candidates(model, {name: passages[name] for name in kept})
    every = [one for one in load_questions() if one.passage in candidates.passages]
    aside = set(kept[:: arguments.held]) if arguments.held else set()
    states = states_of(model, [candidates.encoder.question(one.text) for one in every])
    pairs = list(zip(every, states, strict=True))
    held = [pair for pair in pairs if pair[0].passage in aside]
    asked = [pair for pair in pairs if pair[0].passage not in aside]
    print(f"{len(asked)} to learn from, {len(held)} kept aside", file=sys.stderr, flush=True)
    print(score(model, candidates, held), file=sys.stderr, flush=True)
    fit(model, candidates, asked, held, arguments.epochs, arguments.out)
    print(json.dumps({"learned": len(asked), "held": score(model, candidates, held)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
