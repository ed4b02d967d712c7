"""Fit the model that tells which statement answers a question, and that none does.

`python -m bench.train_statements --out FILE` learns from documents of our own with questions
(`bench/statements_gold`) and from questions over passages of our own (`bench/facts_gold`). It reads
a question beside a statement as `bench.train_entailment` reads a claim beside evidence, and goes on
from its weights. Of a question's statements the answering ones are learned beside the others and
beside none, whose log-odds are 0 (conditional logit: McFadden 1974). Every `--held`-th document is
kept aside, and scored.
"""

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from assistant.entailment.learned import WEIGHTS as ENTAILMENT
from assistant.pair_model.pair_text import PairEncoder, Tokens, counts_of, kinds_of
from assistant.evaluation.metrics.refusal import auroc
from bench.entailment_examples import Passage, load_evidence
from bench.gold_slots import GOLD as FACTS
from bench.matching_examples import load_questions
from bench.train_entailment import Batch, Entailer, _filled, _kinds, nearest, read, write
from index.embedding import packaged_folder
from index.onnx_embedder import open_tokenizer

GOLD = Path(__file__).parent / "statements_gold"
EPOCHS, BATCH = 3, 4  # questions
STATEMENTS = 10  # set beside a question
BESIDE = 5  # of passages like its own
PASSAGES = 0.1  # share of the questions over passages that a round holds
RATE, HEAD_RATE, DECAY = 3e-4, 6e-4, 0.01
WARM, AVERAGED = 0.06, 0.99
SEED = 7


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the statements beside it, and which of these answer."""

    text: str
    statements: tuple[str, ...]
    answers: frozenset[int]
    near: frozenset[int]
    style: str = ""


def load_documents(folder: Path = GOLD) -> Iterator[list[Question]]:
    """Yield the questions of each document."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                one = json.loads(line)
                told = tuple(f"{one['title']}\n{text}" for text in one["statements"])
                yield [
                    Question(
                        q["question"],
                        told,
                        frozenset(q["answers"]),
                        frozenset(q.get("near", ())),
                        q["style"],
                    )
                    for q in one["questions"]
                ]


def cut(question: Question, order: random.Random) -> Question:
    """Return a question with some of its statements: all that answer or come near, and others."""
    kept = [*question.answers, *question.near]
    others = [n for n in range(len(question.statements)) if n not in kept]
    order.shuffle(others)
    kept += others[: max(2, STATEMENTS - len(kept))]
    return Question(
        question.text,
        tuple(question.statements[n] for n in kept),
        frozenset(range(len(question.answers))),
        frozenset(),
        question.style,
    )


def over_passages(
    passages: Mapping[str, Passage], near: Mapping[str, Sequence[str]], order: random.Random
) -> Iterator[Question]:
    """Yield some of the questions over passages, each beside its own and others like it."""
    for asked in load_questions(FACTS / "questions"):
        if order.random() >= PASSAGES or asked.passage not in near:
            continue
        beside = order.sample(list(near[asked.passage]), BESIDE)
        told = tuple(passages[name].whole for name in (asked.passage, *beside))
        yield Question(asked.text, told, frozenset((0,) if asked.right else ()), frozenset())


class Batcher:
    """Turns questions to tensors, a row a statement."""

    def __init__(self, model: Entailer) -> None:
        self._model = model
        self._encoder = PairEncoder(open_tokenizer(packaged_folder()))

    def size(self, question: Question) -> int:
        return max(len(text) for text in question.statements)

    def batch(self, questions: Sequence[Question]) -> Batch:
        pairs: list[tuple[Tokens, Tokens]] = []
        for question in questions:
            asked = self._encoder.claim(question.text)
            pairs += [(asked, self._encoder.evidence(text)) for text in question.statements]
        states = self._model.states([one for pair in pairs for one in pair])
        return Batch(
            _filled([one[:1] for one in states[::2]]),
            _kinds([kinds_of(asked, told) for asked, told in pairs]),
            _filled(states[1::2]),
            _kinds([kinds_of(told, asked) for asked, told in pairs]),
            torch.tensor([counts_of(asked, told) for asked, told in pairs]),
        )


def loss_of(logits: Tensor, questions: Sequence[Question]) -> Tensor:
    """Return how unlikely what answers comes out beside the others and none."""
    losses, at = [], 0
    for question in questions:
        own = logits[at : at + len(question.statements)]
        at += len(own)
        all_of = torch.logsumexp(torch.cat((own, own.new_zeros(1))), 0)
        right = own[sorted(question.answers)] if question.answers else own.new_zeros(1)
        losses.append(all_of - torch.logsumexp(right, 0))
    return torch.stack(losses).mean()


def fit(
    model: Entailer,
    rounds: Sequence[Sequence[Question]],
    held: Sequence[Question],
    minutes: float,
    out: Path | None,
) -> None:
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
    steps = sum(math.ceil(len(one) / BATCH) for one in rounds)
    start, done, recent = time.monotonic(), 0, 0.0
    for number, questions in enumerate(rounds):
        model.train()
        asked = list(questions)
        order.shuffle(asked)
        groups: list[list[Question]] = []
        for first in range(0, len(asked), BATCH * 16):
            group = sorted(asked[first : first + BATCH * 16], key=batcher.size)
            groups += [group[at : at + BATCH] for at in range(0, len(group), BATCH)]
        order.shuffle(groups)
        for group in groups:
            at = max(done / steps, (time.monotonic() - start) / 60 / minutes)
            if at >= 1:
                break
            for kept, rate in zip(optimizer.param_groups, rates, strict=True):
                kept["lr"] = rate * min(1.0, at / WARM + 0.02) * max(0.02, 1 - at)
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(batcher.batch(group))[:, 0]
            loss = loss_of(logits, group)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_([*adapters, *heads], 1.0)
            optimizer.step()
            done += 1
            for name, parameter in trained:
                means[name].lerp_(parameter.detach(), max(1 - AVERAGED, 1 / done))
            recent += (float(loss.detach()) - recent) / min(done, 100)
            if done % 100 == 0:
                seconds = time.monotonic() - start
                print(f"{done} of {steps}: {recent:.3f}, {seconds:.0f} s", file=sys.stderr, flush=True)
                if out:
                    write(means, out)
        print(number + 1, score(model, held), file=sys.stderr, flush=True)
    with torch.no_grad():
        for name, parameter in trained:
            parameter.copy_(means[name])
    if out:
        write(means, out)


@torch.no_grad()
def score(model: Entailer, held: Sequence[Question]) -> str:
    """Return how often the first statement answers, by style, and how well none is told."""
    model.eval()
    batcher = Batcher(model)
    first: dict[str, list[bool]] = {}
    likely, answered = [], []
    for question in held:
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(batcher.batch([question]))[:, 0]
        best = int(logits.argmax())
        likely.append(float(logits.max()))
        answered.append(bool(question.answers))
        if question.answers:
            for key in ("all", question.style):
                first.setdefault(key, []).append(best in question.answers)
    told = [f"{key} {sum(one) / len(one):.3f} of {len(one)}" for key, one in first.items()]
    return "; ".join((*told, f"AUROC of answered {auroc(answered, likely):.3f}"))


def main() -> int:
    """Fit the model and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--held", type=int, default=8, help="keep every N-th document aside")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so many")
    parser.add_argument("--from", dest="start", type=Path, default=ENTAILMENT)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(SEED)
    model = Entailer(packaged_folder(), 1)
    read(model, arguments.start)
    documents = list(load_documents(arguments.gold))
    kept = arguments.held
    held = [q for n, d in enumerate(documents) if kept and n % kept == kept - 1 for q in d]
    learned = [q for n, d in enumerate(documents) if not kept or n % kept != kept - 1 for q in d]
    order = random.Random(SEED)
    passages = load_evidence(pieces=Path("/nonexistent"))
    near = nearest(model, passages)
    rounds = [
        [*(cut(q, order) for q in learned), *over_passages(passages, near, order)]
        for _ in range(arguments.epochs)
    ]
    print(f"{len(learned)} questions over {len(documents)} documents, {len(held)} kept aside, {len(rounds[0]) if rounds else 0} in the first round", file=sys.stderr, flush=True)
    if arguments.epochs:
        fit(model, rounds, held, arguments.minutes, arguments.out)
    print(json.dumps({"learned": len(learned), "held": score(model, held)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
