"""Fit the model that tells what of the last question a follow-up is about.

`python -m bench.train_carrying --out FILE` learns from conversations of our own
(`bench/conversations_gold/training`): each turn has the question that it means after the turns
before it. What of the last question stands in that was carried. Questions over other documents of
our own (`bench/statements_gold`), in whole sentences and in shorthand, take over nothing. The
packaged encoder reads the follow-up before the last question; its upper layers are adapted by
matrices of low rank (LoRA: Hu and others 2021). `--held NAME` keeps a writer aside and scores what
he wrote.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.conversation.carrying import Read, TurnEncoder
from assistant.conversation.mentions import KINDS, Mention, Utterance, read_utterance
from assistant.conversation.spoken import Spoken
from assistant.conversation.standalone import meant
from bench.train_matching import adapted_encoder
from corpus.language.words import fold
from index.embedding import packaged_folder
from index.matching.encoder_graph import PLAIN_LAYERS
from index.packaged_embedder import open_tokenizer
from index.wording import content_words, stem

GOLD = Path(__file__).parent / "conversations_gold" / "training"
RANK, HIDDEN = 16, 64
STRANGERS = Path(__file__).parent / "statements_gold"
_AS_WRITTEN = 0.5  # of the questions that a follow-up comes after
_STRANGERS = 2  # asked after questions of each conversation
EPOCHS, BATCH, RATE, DECAY, WARM, SEED = 6, 16, 5e-4, 0.01, 40, 7


@dataclass(frozen=True, slots=True)
class Example:
    """A follow-up before the last question, and which of its mentions are meant again.

    None for a mention that the follow-up itself names; `leans` tells that it takes over anything.
    """

    read: Read
    carried: tuple[bool | None, ...]
    leans: bool


class Carrier(nn.Module):
    """The packaged encoder with adapters, and what tells of a mention whether it is carried."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert: Any = adapted_encoder(folder, RANK)
        width = self.bert.config.hidden_size
        self.kinds = nn.Embedding(len(KINDS) + 1, width)
        self.marks = nn.Embedding(2, width)
        for table in (self.kinds, self.marks):
            nn.init.normal_(table.weight, std=0.02)
        self.hidden = nn.Linear(2 * width, HIDDEN)
        self.carried = nn.Linear(HIDDEN, 1)
        self.leaning = nn.Linear(width, 1)
        self.dropout = nn.Dropout(0.2)

    def forward(self, examples: Sequence[Example]) -> tuple[Tensor, Tensor]:
        """Return the log-odds of all mentions of some examples, and of each that it leans."""
        longest = max(len(one.read.ids) for one in examples)

        def filled(name: str, fill: int) -> Tensor:
            rows = [getattr(one.read, name) for one in examples]
            return torch.tensor([[*row, *(fill,) * (longest - len(row))] for row in rows])

        of = filled("mentions", -1)
        behind = torch.arange(longest)[None] >= torch.tensor([[len(e.read.ids)] for e in examples])
        seen = behind[:, None, None, :] * -1e4
        read = self.bert.embeddings(filled("ids", 0))
        for number, layer in enumerate(self.bert.encoder.layer):
            if number == PLAIN_LAYERS:
                read = read + self.kinds(filled("kinds", 0)) + self.marks(filled("marks", 0))
            said = layer(read, attention_mask=seen)
            read = said[0] if isinstance(said, tuple) else said
        rows = []
        for place, one in enumerate(examples):
            for mention in range(len(one.carried)):
                own = read[place][of[place] == mention]
                rows.append(
                    torch.cat((own.mean(0) if len(own) else read[place, 0], read[place, 0]))
                )
        hidden = functional.relu(self.hidden(self.dropout(torch.stack(rows))))
        leaning: Tensor = self.leaning(self.dropout(read[:, 0]))[:, 0]
        return self.carried(self.dropout(hidden))[:, 0], leaning


@cache
def _strangers() -> tuple[str, ...]:
    """Return questions that belong to no conversation."""
    lines = (
        json.loads(line)
        for file in sorted(STRANGERS.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    )
    return tuple(one["question"] for line in lines for one in line["questions"])


def load_examples(file: Path) -> Iterator[Example]:
    """Yield the follow-ups of a file's conversations, and questions that have to do with none.

    Those are the opening of the next one, after one turn, and questions over documents.

    The last question stands as it was written in one half of the turns, and in the other as it is
    put together from those before it, which is what a reader's follow-up comes after.
    """
    encoder = TurnEncoder(open_tokenizer(packaged_folder()))
    order = random.Random(file.stem)
    conversations = [json.loads(line)["turns"] for line in file.read_text("utf-8").splitlines()]
    for turns, others in zip(conversations, [*conversations[1:], conversations[0]], strict=True):
        last = turns[0]["standalone"]
        anew = order.randrange(1, len(turns))
        strange = order.choices(range(1, len(turns)), k=_STRANGERS)
        for number, turn in enumerate(turns[1:], 1):
            before = read_utterance(last)
            if number == anew and before.mentions:
                asked = read_utterance(others[0]["question"])
                yield _standing_alone(encoder, asked, before)
            for _ in range(strange.count(number) if before.mentions else 0):
                asked = read_utterance(order.choice(_strangers()))
                yield _standing_alone(encoder, asked, before)
            goal, asked = read_utterance(turn["standalone"]), read_utterance(turn["question"])
            carried = tuple(
                None if _is_in(one, before, asked) else _is_in(one, before, goal)
                for one in before.mentions
            )
            if carried:
                leans = turn["kind"] != "new topic" and any(carried)
                yield Example(encoder.read(asked, before), carried, leans)
            if order.random() < _AS_WRITTEN:
                last = turn["standalone"]
            else:
                last = meant(turn["question"], Spoken(last), partial(_told, goal))


def _standing_alone(encoder: TurnEncoder, asked: Utterance, before: Utterance) -> Example:
    return Example(encoder.read(asked, before), (None,) * len(before.mentions), False)


def _told(goal: Utterance, _: Utterance, before: Utterance) -> list[float]:
    return [float(_is_in(mention, before, goal)) for mention in before.mentions]


def _is_in(mention: Mention, last: Utterance, meant: Utterance) -> bool:
    """Tell whether what a question means holds a mention, by its key or all its words."""
    if any(one.key == mention.key for one in meant.mentions):
        return True
    said = {stem(fold(word)) for word in content_words(meant.text)}
    own = {stem(fold(word)) for word in content_words(last.said(mention))}
    return bool(own) and own <= said


def fit(examples: Sequence[Example]) -> Carrier:
    """Return a model of some follow-ups."""
    torch.manual_seed(SEED)
    order = random.Random(SEED)
    model = Carrier(packaged_folder())
    learned = [one for one in model.parameters() if one.requires_grad]
    steps = torch.optim.AdamW(learned, lr=RATE, weight_decay=DECAY)
    total = EPOCHS * len(examples) // BATCH
    step = 0
    for number in range(EPOCHS):
        model.train()
        lost = 0.0
        for batch in _batches(examples, order):
            for group in steps.param_groups:
                group["lr"] = RATE * min(1.0, step / WARM) * max(0.05, 1.0 - step / total)
            carried = [c for one in batch for c in one.carried]
            asked = torch.tensor([c is not None for c in carried])
            wanted = torch.tensor([float(bool(c)) for c in carried])
            leans = torch.tensor([float(one.leans) for one in batch])
            told, leaning = model(batch)
            loss = functional.binary_cross_entropy_with_logits(leaning, leans)
            if asked.any():
                loss = loss + functional.binary_cross_entropy_with_logits(
                    told[asked], wanted[asked]
                )
            steps.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(learned, 1.0)
            steps.step()
            step += 1
            lost += loss.item() * len(batch)
        print(f"round {number + 1}: {lost / len(examples):.3f}", file=sys.stderr, flush=True)
    model.eval()
    return model


def _batches(examples: Sequence[Example], order: random.Random) -> list[list[Example]]:
    """Return examples in random order, those of like length together."""
    held = list(examples)
    order.shuffle(held)
    found: list[list[Example]] = []
    for first in range(0, len(held), 16 * BATCH):
        group = sorted(held[first : first + 16 * BATCH], key=lambda one: len(one.read.ids))
        found += [group[at : at + BATCH] for at in range(0, len(group), BATCH)]
    order.shuffle(found)
    return found


@torch.no_grad()
def score(model: Carrier, examples: Sequence[Example]) -> str:
    """Return the shares of mentions told right, of turns whose mentions all are, of leaning."""
    mentions: list[bool] = []
    turns: list[bool] = []
    leaning: list[bool] = []
    for one in examples:
        odds, leans = model([one])
        leaning.append(bool(leans > 0) == one.leans)
        told = [bool(leans > 0) and odd > 0 for odd in odds.tolist()]
        both = zip(told, one.carried, strict=True)
        right = [said == carried for said, carried in both if carried is not None]
        mentions += right
        turns.append(all(right))
    shares = (sum(told) / len(told) for told in (mentions, turns, leaning))
    return "mentions {:.3f}, whole turns {:.3f}, leaning {:.3f}".format(*shares)


def main() -> int:
    """Fit the model, score what is kept aside, write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--held", default="", help="the file to keep aside, by its name")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    files = sorted(arguments.gold.glob("*.jsonl"))
    learned = [one for file in files if file.stem != arguments.held for one in load_examples(file)]
    held = [one for file in files if file.stem == arguments.held for one in load_examples(file)]
    print(f"{len(learned)} to learn from, {len(held)} kept aside", file=sys.stderr, flush=True)
    model = fit(learned)
    if held:
        print(score(model, held))
    if arguments.out:
        arrays: dict[str, Any] = {
            name: parameter.detach().numpy().astype(np.float16)
            for name, parameter in model.named_parameters()
            if parameter.requires_grad
        }
        np.savez(arguments.out, **arrays)
    return 0


if __name__ == "__main__":
    sys.exit(main())
