"""What a reviewer does with drafts: decides, edits, skips, takes back.

Each decision and edit is on disk at once. The way back and what was skipped last as long as the
session does.
"""

import re
from dataclasses import replace
from pathlib import Path

import streamlit as st

from assistant.errors import AnswerError, CaseFileError
from assistant.evaluation.case import Case
from assistant.evaluation.drafting.review import Draft, State, decide, load_drafts
from assistant.evaluation.loading.case_records import BadFieldError, case_record, load_case

_FIELDS = ("question", "answer", "forms", "note")


def field_key(case_id: str, field: str) -> str:
    """Return the key of a field in the session: question, answer, forms or note."""
    return f"{field} of {case_id}"


def fill_fields(draft: Draft, *, anew: bool = False) -> None:
    """Give the fields what the draft holds; a field in use keeps what was typed, unless `anew`."""
    case = draft.case
    values = (case.question, case.answer, forms_text(case.must_include), draft.note)
    for field, value in zip(_FIELDS, values, strict=True):
        key = field_key(case.id, field)
        if anew or key not in st.session_state:
            st.session_state[key] = value


def forms_text(groups: tuple[tuple[str, ...], ...]) -> str:
    """Return groups of expected forms for editing: a form a line, an empty line between groups."""
    return "\n\n".join("\n".join(group) for group in groups)


def read_forms(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of forms that an edited text holds."""
    groups = re.split(r"\n\s*\n", text.strip())
    return tuple(
        tuple(line.strip() for line in group.splitlines()) for group in groups if group.strip()
    )


def save(path: Path, case_id: str, state: State | None = None) -> None:
    """Record the fields as they stand, and a decision where there is one.

    What cannot be recorded is left as it was, and `refusal` says why.
    """
    try:
        before = _draft(path, case_id)
        note: str = st.session_state[field_key(case_id, "note")]
        after = Draft(_edited(before.case), state or before.state, note)
        if after == before:
            return
        decide(path, case_id, after.state, after.case, after.note)
    except (AnswerError, BadFieldError) as error:
        st.session_state.refusal = str(error)
        return
    _way_back().append((path, before))


def skip(case_id: str) -> None:
    """Put a draft behind the others until all were seen."""
    skipped().append(case_id)


def skipped() -> list[str]:
    """Return the ids of what was skipped."""
    ids: list[str] = st.session_state.setdefault("skipped_drafts", [])
    return ids


def undo() -> None:
    """Take the last decision or edit back."""
    path, before = _way_back().pop()
    try:
        decide(path, before.case.id, before.state, before.case, before.note)
    except AnswerError as error:
        st.session_state.refusal = str(error)
        return
    fill_fields(before, anew=True)
    if before.case.id in skipped():
        skipped().remove(before.case.id)


def can_undo() -> bool:
    """Tell whether there is something to take back."""
    return bool(_way_back())


def take_refusal() -> str:
    """Return why the last decision or edit was not recorded, once; "" where it was."""
    refusal: str = st.session_state.pop("refusal", "")
    return refusal


def _way_back() -> list[tuple[Path, Draft]]:
    steps: list[tuple[Path, Draft]] = st.session_state.setdefault("review_steps", [])
    return steps


def _draft(path: Path, case_id: str) -> Draft:
    found = [draft for draft in load_drafts(path) if draft.case.id == case_id]
    if not found:
        raise CaseFileError(f"{path}: holds no draft {case_id!r} any more; load the page again")
    return found[0]


def _edited(case: Case) -> Case:
    """Return the case as its fields say. Raises BadFieldError for what no case can hold."""

    def typed(field: str) -> str:
        text: str = st.session_state.get(field_key(case.id, field), "")
        return text.strip()

    if not typed("question"):
        raise BadFieldError("the question is empty; nothing was kept of this change")
    edited = replace(case, question=typed("question"))
    if case.answerable:
        answer = typed("answer")
        answers = tuple(answer if form == case.answer else form for form in case.answers)
        edited = replace(
            edited, answer=answer, answers=answers, must_include=read_forms(typed("forms"))
        )
    return load_case(case_record(edited))
