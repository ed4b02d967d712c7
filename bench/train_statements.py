"""Fit the model that tells which statement answers a question, and that none does.

`python -m bench.train_statements --out FILE` learns from documents of our own with questions
(`bench/statements_gold`) and from questions over passages of our own (`bench/facts_gold`). It reads
a question beside a statement as `bench.train_entailment` reads a claim beside evidence, by another
encoder. Of a question's statements the answering ones are learned beside the others and beside
none, whose log-odds are 0 (conditional logit: McFadden 1974). Every `--held`-th document is
kept aside, and scored.

`--over FILE` learns from questions over real documents, too, with what answering finds for them
(`bench.answerability --shared DIR --write FILE`); `--without COLLECTION` leaves those over
one collection out, so that it can be seen, and learned, how the model does over documents that it
has not met. `--from FILE --part 0.5` goes on from weights, and writes the mean of before and after.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from assistant.evaluation.metrics.refusal import auroc
from assistant.extractive.statement_model import text_in_context
from assistant.pair_model import load_e5_small
from bench.entailment_examples import Passage, load_evidence
from bench.gold_slots import GOLD as FACTS
from bench.matching_examples import load_questions
from bench.pair_training import SEED, PairReader, Steps, between, fit, judge, read, write
from bench.train_entailment import nearest

GOLD = Path(__file__).parent / "statements_gold"
EPOCHS = 3
STEPS = Steps(items=4, rate=3e-4, head_rate=6e-4)
STATEMENTS = 10  # set beside a question
BESIDE = 5  # of passages like its own
_NEAREST_FOUND = 5  # of what was found for a question, the likeliest first
PASSAGES = 0.1  # share of the questions over passages that a round holds


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the statements beside it, and which of these answer."""

    text: str
    statements: tuple[str, ...]
    answers: frozenset[int]
    near: frozenset[int] = frozenset()  # look like an answer
    group: str = ""  # its style, or the collection of real documents that it is over

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The question beside each statement."""
        return tuple((self.text, statement) for statement in self.statements)


def load_documents(folder: Path = GOLD) -> Iterator[list[Question]]:
    """Yield the questions of each document."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                one = json.loads(line)
                before = ("", *one["statements"])
                told = tuple(
                    text_in_context(text, one["title"], said)
                    for said, text in zip(before, one["statements"], strict=False)
                )
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


def load_found(file: Path) -> list[Question]:
    """Return the questions over real documents with what was found for them.

    What has an answer that was not found teaches nothing.
    """
    told = (json.loads(line) for line in file.read_text("utf-8").splitlines())
    return [
        Question(
            one["question"],
            tuple(one["statements"]),
            frozenset(one["answers"]),
            frozenset(range(min(_NEAREST_FOUND, len(one["statements"])))),
            one["collection"],
        )
        for one in told
        if one["answers"] or not one["answerable"]
    ]


def cut(question: Question, order: random.Random) -> Question:
    """Return a question with some of its statements: all that answer or come near, and others."""
    kept = [*question.answers, *(question.near - question.answers)]
    others = [n for n in range(len(question.statements)) if n not in kept]
    order.shuffle(others)
    kept += others[: max(2, STATEMENTS - len(kept))]
    return replace(
        question,
        statements=tuple(question.statements[n] for n in kept),
        answers=frozenset(range(len(question.answers))),
        near=frozenset(),
    )


def over_passages(
    passages: Mapping[str, Passage],
    near: Mapping[str, Sequence[str]],
    share: float,
    order: random.Random,
) -> Iterator[Question]:
    """Yield a share of the questions over passages, each beside its own and others like it."""
    for asked in load_questions(FACTS / "questions"):
        if order.random() >= share or asked.passage not in near:
            continue
        beside = order.sample(list(near[asked.passage]), BESIDE)
        told = tuple(passages[name].whole for name in (asked.passage, *beside))
        yield Question(asked.text, told, frozenset((0,) if asked.right else ()))


def loss_of(logits: Tensor, questions: Sequence[Question]) -> Tensor:
    """Return how unlikely what answers comes out beside the others and none."""
    losses, at = [], 0
    for question in questions:
        own = logits[at : at + len(question.statements), 0]
        at += len(own)
        all_of = torch.logsumexp(torch.cat((own, own.new_zeros(1))), 0)
        right = own[sorted(question.answers)] if question.answers else own.new_zeros(1)
        losses.append(all_of - torch.logsumexp(right, 0))
    return torch.stack(losses).mean()


def score(model: PairReader, held: Sequence[Question]) -> str:
    """Return how often the first statement answers, by style, and how well none is told."""
    first: dict[str, list[bool]] = {}
    likely = []
    for question, odds in zip(held, judge(model, held), strict=True):
        likely.append(float(odds.max()))
        if question.answers:
            for key in ("all", question.group):
                first.setdefault(key, []).append(int(odds.argmax()) in question.answers)
    told = [f"{key} {sum(one) / len(one):.3f} of {len(one)}" for key, one in first.items()]
    area = auroc([bool(one.answers) for one in held], likely)
    return "; ".join((*told, *([f"AUROC of answered {area:.3f}"] if area is not None else [])))


def main() -> int:
    """Fit the model and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--held", type=int, default=8, help="keep every N-th document aside")
    parser.add_argument("--over", type=Path, help="questions over real documents")
    parser.add_argument("--without", default="", help="leave those over this collection out")
    parser.add_argument("--share", type=float, default=1.0, help="of the other questions, a round")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so many")
    parser.add_argument("--from", dest="start", type=Path, help="weights to go on from")
    parser.add_argument("--part", type=float, default=1.0, help="of the way from --from, written")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    if arguments.part < 1 and not (arguments.start and arguments.out):
        parser.error("--part takes --from and --out")
    torch.manual_seed(SEED)
    model = PairReader(load_e5_small(), 1)
    if arguments.start:
        read(model, arguments.start)
    documents = list(load_documents(arguments.gold))
    kept = arguments.held
    held = [q for n, d in enumerate(documents) if kept and n % kept == kept - 1 for q in d]
    learned = [q for n, d in enumerate(documents) if not kept or n % kept != kept - 1 for q in d]
    found = load_found(arguments.over) if arguments.over else []
    held += [one for one in found if one.group == arguments.without]
    found = [one for one in found if one.group != arguments.without]
    order = random.Random(SEED)
    told = load_evidence()
    passages = {asked.passage: told[asked.passage] for asked in load_questions(FACTS / "questions")}
    near = nearest(model, passages)
    some = int(len(learned) * arguments.share)
    rounds = [
        [
            *(cut(q, order) for q in (*found, *order.sample(learned, some))),
            *over_passages(passages, near, PASSAGES * arguments.share, order),
        ]
        for _ in range(arguments.epochs)
    ]
    print(f"{len(found) + some} to learn from, {len(held)} kept aside", file=sys.stderr, flush=True)
    if arguments.epochs:
        for number in fit(model, rounds, loss_of, STEPS, arguments.minutes, arguments.out):
            print(number, score(model, held), file=sys.stderr, flush=True)
    if arguments.part < 1:
        write(between(arguments.start, arguments.out, arguments.part), arguments.out)
    print(json.dumps({"learned": len(found) + some, "held": score(model, held)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
