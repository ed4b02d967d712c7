"""Asking a recorded question again: what is the same and what has changed since."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.records import Record

ChangeKind = Literal[
    "index",
    "program",
    "settings",
    "understanding",
    "status",
    "value",
    "sentence lost",
    "sentence added",
    "citation lost",
    "citation added",
    "evidence order",
]
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_SHOWN_PLACES = 5  # of the order of evidence
_SETTINGS = ("embedding_model", "passages", "reranker", "threshold", "entailment", "model")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: what it was when recorded, and what it is now; "" for nothing."""

    kind: ChangeKind
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Replay:
    """A recorded answer and the one given now, with all that differs between them."""

    record: Record
    now: Record
    changes: tuple[Change, ...]


def compare_records(record: Record, now: Record) -> Replay:
    """Return what differs between a recorded answer and the same question asked again."""
    return Replay(record, now, tuple(_changes(record, now)))


def replay_to_json(replay: Replay) -> dict[str, Any]:
    """Return a replay as `ask --replay ID --json` prints it."""
    return {
        "record": replay.record.id,
        "time": replay.record.time,
        "question": replay.record.answer["question"],
        "changed": bool(replay.changes),
        "changes": [{"kind": c.kind, "before": c.before, "now": c.now} for c in replay.changes],
        "answer": replay.now.answer,
    }


def _changes(record: Record, now: Record) -> Iterator[Change]:
    yield from _differing("index", record.fingerprint, now.fingerprint)
    yield from _differing("program", record.program, now.program)
    for name in _SETTINGS:
        before, after = getattr(record, name), getattr(now, name)
        if before != after and before is not None:
            told = (f"{name} {value}" if value != "" else f"no {name}" for value in (before, after))
            yield Change("settings", *told)
    before, after = record.answer, now.answer
    asked = "standalone_question"
    yield from _differing("understanding", before.get(asked, ""), after.get(asked, ""))
    yield from _differing("status", before["status"], after["status"])
    if before.get("table") or after.get("table"):
        yield from _cells(_grid(before), _grid(after))
    else:
        yield from _sentences(_said(before), _said(after))
    lost, added = _apart(_places(before), _places(after))
    yield from (Change("citation lost", place, "") for place in lost)
    yield from (Change("citation added", "", place) for place in added)
    yield from _order(_found(before), _found(after))


def _differing(kind: ChangeKind, before: str, now: str) -> Iterator[Change]:
    if before != now:
        yield Change(kind, before, now)


def _sentences(before: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """Yield lost and added sentences; two that differ in figures alone are one changed value."""
    lost, added = _apart(before, now)
    for sentence in lost:
        rivals = [one for one in added if _FIGURE.sub("#", one) == _FIGURE.sub("#", sentence)]
        if rivals:
            added.remove(rivals[0])
            yield Change("value", sentence, rivals[0])
        else:
            yield Change("sentence lost", sentence, "")
    yield from (Change("sentence added", "", sentence) for sentence in added)


def _cells(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    """Yield the cells of a table that have another figure, or came or went."""
    for place in dict.fromkeys((*before, *now)):
        if before.get(place) != now.get(place):
            was, is_now = before.get(place, ""), now.get(place, "")
            yield Change(
                "value", f"{place}: {was}" if was else "", f"{place}: {is_now}" if is_now else ""
            )


def _order(before: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    if before != now:
        at = next((i for i, (a, b) in enumerate(zip(before, now, strict=False)) if a != b), 0)
        shown = slice(at, at + _SHOWN_PLACES)
        yield Change(
            "evidence order",
            f"from place {at + 1}: {'; '.join(before[shown]) or 'none'}",
            f"from place {at + 1}: {'; '.join(now[shown]) or 'none'}",
        )


def _apart(before: Sequence[str], now: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return what is in the first alone and what is in the second alone, in their order."""
    return (
        [one for one in before if one not in now],
        [one for one in now if one not in before],
    )


def _said(answer: Mapping[str, Any]) -> list[str]:
    """Return the sentences of an answer without the numbers of citations, or its whole text."""
    said = [sentence["text"] for sentence in answer["sentences"]] or [answer["text"]]
    return [re.sub(r"(?:\s*\[\d+\])+\s*$", "", sentence) for sentence in said]


def _grid(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of a table by row and column; of an answer without one its sentences."""
    table = answer.get("table")
    if not table:
        return {f"sentence {number}": said for number, said in enumerate(_said(answer), start=1)}
    return {
        f"{row['head']}, {column}": cell["text"]
        for row in table["rows"]
        for column, cell in zip(table["columns"], row["cells"], strict=True)
    }


def _places(answer: Mapping[str, Any]) -> list[str]:
    """Return the places that an answer cites, with their words."""
    return [
        f'{one["source"]["path"]}, p. {one["page_label"]}: "{" ".join(one["quote"].split())}"'
        for one in answer["citations"]
    ]


def _found(answer: Mapping[str, Any]) -> list[str]:
    """Return the places of the evidence in their order."""
    return [
        f"{one['path']}, p. {one['page_label']}, characters {one['start']}-{one['end']}"
        for one in answer["evidence"]
    ]
