"""Files of drafted cases and what a person decided of each.

A file of drafts is a case file of JSON lines whose records have one more field,
`"review": {"state": "open", "note": ""}`; as a case file it can be run as it is.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast, get_args

from filelock import FileLock

from assistant.errors import CaseFileError
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import load_cases, write_cases
from assistant.evaluation.loading.case_lines import read_json_lines
from assistant.evaluation.loading.case_records import case_record
from assistant.evaluation.whole_files import write_whole

State = Literal["open", "accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted case with what was decided of it and why."""

    case: Case
    state: State = "open"
    note: str = ""


def write_drafts(path: Path, cases: Iterable[Case]) -> None:
    """Add cases to a file of drafts, as `add_drafts` does."""
    add_drafts(path, map(Draft, cases))


def add_drafts(path: Path, drafts: Iterable[Draft]) -> None:
    """Add drafts to a file of drafts, which is made where it is not there yet.

    What the file holds already stays, as it was decided and edited; a case with the same id is
    not added again. Raises CaseFileError for a file that cannot be read or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _lock(path):
        held = {draft.case.id: draft for draft in (load_drafts(path) if path.exists() else ())}
        for draft in drafts:
            held.setdefault(draft.case.id, draft)
        _write(path, held.values())


def load_drafts(path: Path) -> tuple[Draft, ...]:
    """Return the drafts of a file, in order; a case without a decision is open.

    Raises CaseFileError with the line of the first that cannot be used.
    """
    reviews = [
        _review(path, item.place, cast(dict[str, Any], item.record))
        for item in read_json_lines(path)
        if isinstance(item.record, dict)
    ]
    cases = load_cases(path)
    return tuple(
        Draft(case, state, note) for case, (state, note) in zip(cases, reviews, strict=True)
    )


def decide(
    path: Path, case_id: str, state: State, case: Case | None = None, note: str = ""
) -> None:
    """Record a decision on one draft, with another wording or gold where `case` is given.

    An edited case keeps its id. Raises CaseFileError where the file holds no such draft.
    """
    with _lock(path):
        drafts = load_drafts(path)
        if all(draft.case.id != case_id for draft in drafts):
            raise CaseFileError(f"{path}: holds no draft {case_id!r}; load the file again")
        _write(
            path,
            (
                Draft(replace(case or draft.case, id=case_id), state, note)
                if draft.case.id == case_id
                else draft
                for draft in drafts
            ),
        )


def accepted(path: Path) -> tuple[Case, ...]:
    """Return the accepted cases of a file of drafts, in order."""
    return tuple(draft.case for draft in load_drafts(path) if draft.state == "accepted")


def write_accepted(path: Path) -> Path:
    """Write the accepted cases to NAME.accepted.jsonl beside the drafts, and return that file.

    Raises CaseFileError where none is accepted: a case file holds one at least.
    """
    cases = accepted(path)
    if not cases:
        raise CaseFileError(f"{path}: no draft is accepted yet; accept some first")
    file = path.with_name(f"{path.stem}.accepted.jsonl")
    write_cases(file, cases)
    return file


def _review(path: Path, place: str, record: dict[str, Any]) -> tuple[State, str]:
    review = record.get("review") or {}
    state = review.get("state", "open") if isinstance(review, dict) else None
    note = review.get("note", "") if isinstance(review, dict) else None
    if state not in get_args(State) or not isinstance(note, str):
        raise CaseFileError(
            f"{path}, {place}: `review` has a `state` ({', '.join(get_args(State))}) and a `note`"
        )
    return cast(State, state), note


def _write(path: Path, drafts: Iterable[Draft]) -> None:
    lines = [
        json.dumps(
            case_record(draft.case) | {"review": {"state": draft.state, "note": draft.note}},
            ensure_ascii=False,
        )
        for draft in drafts
    ]
    try:
        write_whole(path, "".join(f"{line}\n" for line in lines).encode())
    except OSError as error:
        raise CaseFileError(f"{path}: cannot be written ({error.strerror})") from error


def _lock(path: Path) -> FileLock:
    return FileLock(path.with_name(f"{path.name}.lock"))
