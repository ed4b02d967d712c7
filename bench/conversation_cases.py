"""Conversations with what each turn is to be understood as, read from JSON lines.

A line is `{"id", "part", "turns"}`; a turn has `question`, `changes_topic`, `answer` (the short
answer that stands in the history), `evidence` (any of its places is a hit) and, for a follow-up,
`must_contain` (one form of each group must stand in the standalone question) and
`must_not_contain`. What is `held` was not looked at while the rules were made.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import AnswerError
from assistant.evaluation.case import ExpectedPlace


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """A question of a conversation, what it must be understood as, and its answer."""

    question: str
    changes_topic: bool
    answer: str
    evidence: tuple[ExpectedPlace, ...]
    must_contain: tuple[tuple[str, ...], ...] = ()
    must_not_contain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """Some turns in order."""

    id: str
    part: str  # "open" or "held"
    turns: tuple[AskedTurn, ...]


def load_conversations(file: Path) -> tuple[Conversation, ...]:
    """Return the conversations of a file. Raises AnswerError for a line that cannot be read."""
    found: list[Conversation] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            turns = tuple(map(_turn, record["turns"]))
            found.append(Conversation(record["id"], record["part"], turns))
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise AnswerError(f"{file} line {number}: {error} is wrong or missing") from error
    return tuple(found)


def _turn(record: Mapping[str, Any]) -> AskedTurn:
    return AskedTurn(
        record["question"],
        record["changes_topic"],
        record["answer"],
        tuple(ExpectedPlace(e["file"], e["page"], quote=e["quote"]) for e in record["evidence"]),
        tuple(tuple(forms) for forms in record.get("must_contain", ())),
        tuple(record.get("must_not_contain", ())),
    )
