"""Questions with gold by document, as sets of other people have them: `questions.jsonl`.

A line has `id`, `question`, `answer`, `answers`, `evidence` (`doc`, `page`, `text`), `answerable`
and, where known, `source_doc` or `source_docs`: what a question was asked of. What was said before
a question stands in `turns`, or in one of the other fields that sets of conversations have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import CaseFileError
from assistant.evaluation.loading.case_lines import read_json_lines
from assistant.evaluation.loading.case_records import PlacedRecord
from assistant.evaluation.sets.set_documents import read_id

_SHORT_WORDS = 12  # a longer answer is a reference to read, not words that must stand there
_TURN_FIELDS = ("turns", "messages", "history", "conversation", "input")
_SPEAKERS = {"user": "user", "human": "user", "assistant": "assistant", "agent": "assistant",
             "bot": "assistant", "gpt": "assistant"}  # fmt: skip
_QUOTE_WORDS = 3  # fewer are an answer that may stand anywhere, not a place


@dataclass(frozen=True, slots=True)
class SetQuestions:
    """The questions of a set: the file, their case records, and how many were left out.

    `file` in the evidence of a record is the id of a document, not yet the name of its file.
    """

    path: Path
    records: tuple[PlacedRecord, ...]
    left_out: int = 0


def read_questions(folder: Path) -> SetQuestions:
    """Return the questions of `questions.jsonl`.

    Short answers must be there, in one of their forms; a long one is kept to be read. A question
    without an answer expects "not_found", and is a near miss where it was asked of a document.
    Raises CaseFileError with file and line for what is no question; what its fields hold is
    left to `load_case`.
    """
    path = folder / "questions.jsonl"
    return SetQuestions(
        path,
        tuple(
            PlacedRecord(item.place, _case_record(item.record, f"{path}, {item.place}"))
            for item in read_json_lines(path)
        ),
    )


def _case_record(record: object, where: str) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise CaseFileError(f"{where}: a question is a JSON object")
    case = {
        "id": read_id(record, "id", where),
        "question": record.get("question"),
        "answer": record.get("answer"),
        "turns": _turns(record, where),
    }
    if record.get("answerable") is False:
        asked_of = record.get("source_doc") or record.get("source_docs")
        return case | {
            "answerable": False,
            "expected_status": ["not_found"],
            "kind": "unanswerable",
            "near_miss": bool(asked_of),
        }
    answers = _answers(record, where)
    short = [answer for answer in answers if _is_short(answer)]
    return case | {
        "answers": answers,
        "must_include": [short] if short else [],
        "evidence": _evidence(record, where),
        "answerable": record.get("answerable", True),
        "kind": record.get("kind") or record.get("question_type"),
    }


def _turns(record: Mapping[str, Any], where: str) -> list[dict[str, str]]:
    """Return what was said before the question, in the words that our cases have for it."""
    field = next((name for name in _TURN_FIELDS if record.get(name)), "")
    given = record.get(field) or []
    if not isinstance(given, list) or not all(isinstance(turn, dict) for turn in given):
        raise CaseFileError(f"{where}: `{field}` is a list of objects, one a turn, not {given!r}")
    turns = []
    for turn in given:
        speaker = str(turn.get("role") or turn.get("speaker") or turn.get("from") or "")
        said = turn.get("content") or turn.get("text") or turn.get("value")
        if speaker.lower() not in _SPEAKERS or not isinstance(said, str):
            raise CaseFileError(
                f"{where}: a turn in `{field}` needs who speaks (`role`: user or assistant) and "
                f"what is said (`content`), not {turn!r}"
            )
        turns.append({"role": _SPEAKERS[speaker.lower()], "content": said})
    is_asked_last = turns and turns[-1] == {"role": "user", "content": record.get("question")}
    return turns[:-1] if is_asked_last else turns


def _answers(record: Mapping[str, Any], where: str) -> list[str]:
    """Return the answers that can be looked for; where none is given, the answer if it is short."""
    given = record.get("answers") or []
    if not isinstance(given, list) or not all(isinstance(answer, str) for answer in given):
        raise CaseFileError(f"{where}: `answers` is a list of texts, not {given!r}")
    answer = record.get("answer")
    if not given and isinstance(answer, str) and _is_short(answer):
        given = [answer]
    return [answer for answer in given if any(char.isalnum() for char in answer)]


def _is_short(text: str) -> bool:
    return len(text.split()) <= _SHORT_WORDS


def _evidence(record: Mapping[str, Any], where: str) -> list[dict[str, Any]]:
    given = record.get("evidence") or []
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        raise CaseFileError(f"{where}: `evidence` is a list of objects with `doc`, not {given!r}")
    places: list[dict[str, Any]] = []
    for item in given:
        place: dict[str, Any] = {"file": read_id(item, "doc", where)}
        page, text = item.get("page"), item.get("text") or ""
        place["page_label" if isinstance(page, str) else "page"] = page
        if not isinstance(text, str) or len(text.split()) >= _QUOTE_WORDS:
            place["quote"] = text
        if place not in places:
            places.append(place)
    return places
