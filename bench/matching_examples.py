"""What the matching model learns from: questions of our own, over passages of our own.

`bench/facts_gold/passages/*.jsonl` are the passages with their facts, `questions/*.jsonl` what is
asked of them and which facts answer, none for a near miss. A fact is told in its sentence, or as
a cell is, by labels.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.gold_slots import GOLD
from corpus.language.clauses import split_sentences
from index.matching.fact_text import FactText

PASSAGES, QUESTIONS = GOLD / "passages", GOLD / "questions"
_PIECES = (" | ", " | ", ", ", " › ")


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of a passage as it may be printed: in its sentence, and by labels alone."""

    id: str
    in_sentence: FactText
    as_cell: FactText


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the ids of the facts that answer it; none of its passage for a near miss."""

    passage: str
    text: str
    right: frozenset[str]


def load_passages(folder: Path = PASSAGES) -> Mapping[str, tuple[Told, ...]]:
    """Return the facts of each passage."""
    order = random.Random(3)
    return {line["id"]: tuple(_told(line, order)) for line in _lines(folder)}


def load_questions(folder: Path = QUESTIONS) -> list[Asked]:
    """Return the questions."""
    return [Asked(one["passage"], one["q"], frozenset(one["right"])) for one in _lines(folder)]


def _lines(folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def _told(line: Mapping[str, Any], order: random.Random) -> Iterator[Told]:
    above = " | ".join(filter(None, (line["t"], line["h"])))
    text = line["x"]
    sentences = split_sentences(text)
    for number, fact in enumerate(line["f"]):
        start = _place(text, fact)
        if start < 0:
            continue
        at = max(n for n, (begins, _) in enumerate(sentences) if begins <= start)
        first = sentences[max(0, at - 1)][0]
        said = text[first : sentences[at][1]]
        in_sentence = FactText(above, said, start - first, start - first + len(fact["p"]))
        yield Told(f"{line['id']}-{number}", in_sentence, _as_cell(line, fact, order))


def _place(text: str, fact: Mapping[str, Any]) -> int:
    at = -1
    for _ in range(fact.get("n", 1)):
        at = text.find(fact["p"], at + 1)
    return at if at >= 0 else text.find(fact["p"])


def _as_cell(line: Mapping[str, Any], fact: Mapping[str, Any], order: random.Random) -> FactText:
    """Return a fact as a table tells it: labels in some order, and the value behind them."""
    words = fact.get("w") or ()
    measure = fact.get("m", "") if order.random() < 0.7 or not words else words[0]
    labels = [measure, *(name for _, name in fact.get("a", ()))]
    labels += [fact.get("pw") if order.random() < 0.3 else fact.get("period"), fact.get("of")]
    labels += [fact.get(slot, "") for slot in ("spec", "pb", "basis", "stat")]
    change, status = fact.get("change"), fact.get("status", "")
    labels.append(f"{change[0]} change" if change else "")
    labels.append(status if status not in ("in force",) else "")
    labels = list(dict.fromkeys(filter(None, labels)))
    order.shuffle(labels)
    said = order.choice(_PIECES).join(labels) + ": "
    above = " | ".join(filter(None, (line["t"], line["h"] if order.random() < 0.5 else "")))
    return FactText(above, said + fact["p"], len(said), len(said) + len(fact["p"]))
