"""Files of drafts and what a person decided of them."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import CaseFileError
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.drafting.review import (
    Draft,
    accepted,
    decide,
    load_drafts,
    write_accepted,
    write_drafts,
)
from assistant.evaluation.loading.case_files import load_cases

FIRST = Case(
    id="d-1",
    question="How much did Estonia mine?",
    answer="5 tons",
    answers=("5 tons",),
    must_include=(("5",),),
    evidence=(ExpectedPlace("trade.csv", 1, "1", "Estonia,5"),),
    kind="table_lookup",
)
SECOND = replace(FIRST, id="d-2", question="How much did Latvia mine?")
THIRD = replace(FIRST, id="d-3", question="How much did Malta mine?")


def test_drafts_are_open_at_first(tmp_path: Path) -> None:
    file = tmp_path / "new" / "drafts.jsonl"
    write_drafts(file, (FIRST, SECOND))
    assert load_drafts(file) == (Draft(FIRST), Draft(SECOND))
    record = json.loads(file.read_text(encoding="utf-8").splitlines()[0])
    assert record["review"] == {"state": "open", "note": ""}


def test_a_file_of_drafts_is_a_case_file(tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    write_drafts(file, (FIRST, SECOND))
    assert load_cases(file) == (FIRST, SECOND)


def test_a_decision_is_kept_with_its_note_and_edit(tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    write_drafts(file, (FIRST, SECOND))
    edited = replace(SECOND, id="another", question="What did Latvia mine?")
    decide(file, "d-1", "rejected", note="asked twice")
    decide(file, "d-2", "accepted", edited)
    assert load_drafts(file) == (
        Draft(FIRST, "rejected", "asked twice"),
        Draft(replace(edited, id="d-2"), "accepted"),
    )


def test_writing_again_keeps_what_was_decided_and_adds_what_is_new(tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    write_drafts(file, (FIRST, SECOND))
    edited = replace(FIRST, answer="five tons")
    decide(file, "d-1", "accepted", edited)
    write_drafts(file, (FIRST, THIRD))
    assert load_drafts(file) == (Draft(edited, "accepted"), Draft(SECOND), Draft(THIRD))


def test_accepted_cases_go_to_a_file_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    write_drafts(file, (FIRST, SECOND, THIRD))
    decide(file, "d-3", "accepted")
    decide(file, "d-1", "accepted")
    assert accepted(file) == (FIRST, THIRD)
    assert write_accepted(file) == tmp_path / "drafts.accepted.jsonl"
    assert load_cases(tmp_path / "drafts.accepted.jsonl") == (FIRST, THIRD)


def test_with_nothing_accepted_no_file_is_written(tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    write_drafts(file, (FIRST,))
    with pytest.raises(CaseFileError, match="no draft is accepted yet; accept some first"):
        write_accepted(file)
    assert not (tmp_path / "drafts.accepted.jsonl").exists()


def test_a_decision_on_an_unknown_draft_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    write_drafts(file, (FIRST,))
    with pytest.raises(CaseFileError, match="holds no draft 'd-9'; load the file again"):
        decide(file, "d-9", "accepted")
    assert load_drafts(file) == (Draft(FIRST),)


@pytest.mark.parametrize(
    "review", [{"state": "maybe"}, {"state": "open", "note": 3}, ["open"], "open"]
)
def test_a_review_that_cannot_be_used_is_refused_by_its_line(
    tmp_path: Path, review: object
) -> None:
    file = tmp_path / "drafts.jsonl"
    write_drafts(file, (FIRST,))
    record = json.loads(file.read_text(encoding="utf-8")) | {"id": "d-2", "review": review}
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(record) + "\n")
    with pytest.raises(CaseFileError, match=r"line 2: `review` has a `state`"):
        load_drafts(file)


def test_a_case_without_a_review_is_open(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "c1", "question": "Who?"}\n', encoding="utf-8")
    assert [draft.state for draft in load_drafts(file)] == ["open"]


def test_decisions_made_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    cases = [replace(FIRST, id=f"d-{n}", question=f"What is {n}?") for n in range(12)]
    write_drafts(file, cases)
    threads = [threading.Thread(target=decide, args=(file, case.id, "accepted")) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert accepted(file) == tuple(cases)
