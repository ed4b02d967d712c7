"""Runs: what is written, what is skipped, retried and refused."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, CitedClaim, Turn, answer_to_json
from assistant.errors import RunMismatchError
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.results import (
    CaseResult,
    RunDescription,
    describe_run,
    load_results,
    load_run_record,
)
from assistant.evaluation.running import run_cases
from assistant.evaluation.scoring import Scores
from corpus.document import Context, Source
from index.passage import Evidence, Filters, Passage

SOURCE = Source("s1", "/x/a.pdf", "x/a.pdf", "A", "pdf", "0")
FOUND = Evidence(Passage("p", "s1", 2, "iv", 0, 6, "67 t Y", "prose"), SOURCE, 0.5, 0.5)
CITED = Citation(1, SOURCE, 2, "iv", 0, 6, "67 t Y", Context(), 0, "67 t Y", True)


@dataclass
class ScriptedAssistant:
    """Answers each question with its reply, or raises it; records what it was asked."""

    replies: dict[str, Answer | Exception]
    asked: list[str] = field(default_factory=list)
    turns: list[tuple[Turn, ...]] = field(default_factory=list)

    def ask(
        self, question: str, turns: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> Answer:
        assert filters == Filters()
        self.asked.append(question)
        self.turns.append(tuple(turns))
        reply = self.replies[question]
        if isinstance(reply, Exception):
            raise reply
        return reply

    def cite(self, text: str, filters: Filters = Filters()) -> tuple[CitedClaim, ...]:
        assert filters == Filters()
        self.asked.append(f"cite {text}")
        return (CitedClaim(text, "supported", (CITED,)),)

    def search(
        self, question: str, limit: int = 10, filters: Filters = Filters()
    ) -> tuple[Evidence, ...]:
        assert (limit, filters) == (10, Filters())
        self.asked.append(f"search {question}")
        return (FOUND,)


def reply(text: str) -> Answer:
    return Answer("q", "q", "answered", text, citations=(CITED,), evidence=(FOUND,))


PLACE = ExpectedPlace("a.pdf", 2)
FIRST = Case(id="1", question="How much?", must_include=(("67",),), evidence=(PLACE,))
SECOND = Case(id="2", question="And?", turns=(Turn("user", "How much?"),))
CLAIM = Case(id="3", question='Find a citation for: "67 t."', use="cite", evidence=(PLACE,))
CASES = (FIRST, SECOND, CLAIM)
DESCRIPTION = RunDescription(
    settings=(("home", "h"), ("passages", 40)),
    fingerprint="f",
    versions=(("python", "3"),),
    cases_file="cases.jsonl",
    cases_sha256="c",
)
ALL_RIGHT = Scores(1, 1, 1, 1, 1, 1, 1, 0, 1)


def scripted() -> ScriptedAssistant:
    return ScriptedAssistant({"How much?": reply("67 t [1]"), "And?": reply("More [1]")})


def run(
    assistant: ScriptedAssistant,
    out: Path,
    description: RunDescription = DESCRIPTION,
    cases: Sequence[Case] = CASES,
) -> list[tuple[int, int, str]]:
    seen: list[tuple[int, int, str]] = []
    run_cases(
        assistant, cases, out, description, lambda done, total, r: seen.append((done, total, r.id))
    )
    return seen


def test_run_writes_its_record_and_a_line_for_each_case(tmp_path: Path) -> None:
    assistant = scripted()
    out = tmp_path / "new" / "run"
    assert run(assistant, out) == [(1, 3, "1"), (2, 3, "2"), (3, 3, "3")]
    assert assistant.asked == ["How much?", "And?", "cite 67 t.", "search 67 t."]
    assert assistant.turns == [(), SECOND.turns]
    record = dict(load_run_record(out))
    assert record.pop("started")
    assert record == {
        "settings": {"home": "h", "passages": 40},
        "fingerprint": "f",
        "cases_sha256": "c",
        "cases": 3,
        "cases_file": "cases.jsonl",
        "versions": {"python": "3"},
    }
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    assert [list(line) for line in lines] == [["id", "answer", "scores", "error"]] * 3
    assert lines[0]["answer"] == answer_to_json(reply("67 t [1]"))
    assert lines[0]["error"] is None
    assert list(lines[2]["answer"]) == ["claims", "evidence"]
    first, second, third = load_results(out)
    assert first.scores == ALL_RIGHT
    assert second.scores == Scores(
        answer_right=1, status_right=1, wrong_answer_shown=0, quotes_verbatim=1
    )
    assert third.scores == ALL_RIGHT


def test_loaded_results_equal_those_returned(tmp_path: Path) -> None:
    results = run_cases(scripted(), CASES, tmp_path, DESCRIPTION, lambda *_: None)
    assert load_results(tmp_path) == json_form(results)


def json_form(results: Sequence[CaseResult]) -> tuple[CaseResult, ...]:
    return tuple(replace(r, answer=json.loads(json.dumps(r.answer))) for r in results)


def test_text_that_utf8_cannot_hold_survives(tmp_path: Path) -> None:
    assistant = scripted()
    assistant.replies["How much?"] = reply("67 t \ud800 ü [1]")
    run(assistant, tmp_path)
    answer = load_results(tmp_path)[0].answer
    assert answer is not None
    assert answer["text"] == "67 t \ud800 ü [1]"


def test_finished_run_is_not_run_again(tmp_path: Path) -> None:
    run(scripted(), tmp_path)
    before = (tmp_path / "results.jsonl").read_bytes()
    record = (tmp_path / "run.json").read_bytes()
    again = scripted()
    assert run(again, tmp_path) == []
    assert again.asked == []
    assert (tmp_path / "results.jsonl").read_bytes() == before
    assert (tmp_path / "run.json").read_bytes() == record


def test_failure_is_recorded_with_its_case_and_the_others_go_on(tmp_path: Path) -> None:
    assistant = scripted()
    assistant.replies["How much?"] = ValueError("no such thing")
    assert run(assistant, tmp_path) == [(1, 3, "1"), (2, 3, "2"), (3, 3, "3")]
    failed, *others = load_results(tmp_path)
    assert failed == CaseResult("1", None, Scores(), "ValueError: no such thing")
    line = json.loads((tmp_path / "results.jsonl").read_text().splitlines()[0])
    assert line == {"id": "1", "answer": None, "scores": {}, "error": "ValueError: no such thing"}
    assert not any(result.error for result in others)


def test_failed_case_is_retried_and_keeps_one_line(tmp_path: Path) -> None:
    assistant = scripted()
    assistant.replies["How much?"] = ValueError("once")
    run(assistant, tmp_path)
    again = scripted()
    assert run(again, tmp_path) == [(3, 3, "1")]
    assert again.asked == ["How much?"]
    results = load_results(tmp_path)
    assert [(result.id, result.error) for result in results] == [("2", ""), ("3", ""), ("1", "")]


def test_stopped_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    assistant = scripted()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_cases(assistant, CASES, tmp_path, DESCRIPTION, stop)
    assert [result.id for result in load_results(tmp_path)] == ["1"]
    assert run(assistant, tmp_path) == [(2, 3, "2"), (3, 3, "3")]


@pytest.mark.parametrize("cut", [1, 2, 40])
def test_line_cut_off_while_writing_is_dropped_and_its_case_run_again(
    tmp_path: Path, cut: int
) -> None:
    run(scripted(), tmp_path)
    path = tmp_path / "results.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    assert [result.id for result in load_results(tmp_path)] == ["1", "2"]
    assert run(scripted(), tmp_path) == [(3, 3, "3")]
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    ("other", "complaint"),
    [
        ({"settings": (("home", "h"), ("passages", 20))}, "settings (passages was 40, is 20)"),
        ({"fingerprint": "g"}, "fingerprint"),
        ({"cases_sha256": "d"}, "cases_sha256"),
        ({"fingerprint": "g", "cases_sha256": "d"}, "fingerprint and cases_sha256"),
    ],
)
def test_run_under_other_conditions_is_refused(
    tmp_path: Path, other: dict[str, object], complaint: str
) -> None:
    run(scripted(), tmp_path)
    with pytest.raises(RunMismatchError) as caught:
        run(scripted(), tmp_path, replace(DESCRIPTION, **other))  # type: ignore[arg-type]
    assert str(caught.value) == (
        f"{tmp_path}: was begun with other {complaint}; choose another --out"
    )


def test_run_over_fewer_cases_is_refused(tmp_path: Path) -> None:
    run(scripted(), tmp_path)
    with pytest.raises(RunMismatchError, match="begun with other cases; choose another --out"):
        run(scripted(), tmp_path, cases=CASES[:1])


def test_other_versions_and_a_renamed_case_file_are_no_mismatch(tmp_path: Path) -> None:
    run(scripted(), tmp_path)
    other = replace(DESCRIPTION, versions=(), cases_file="renamed.jsonl")
    assert run(scripted(), tmp_path, other) == []


def test_results_without_a_record_are_refused(tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").write_text("")
    with pytest.raises(RunMismatchError, match=r"holds results but no run\.json"):
        run(scripted(), tmp_path)


@pytest.mark.parametrize("content", ["{", "[]"])
def test_record_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "run.json").write_text(content)
    with pytest.raises(RunMismatchError, match="choose another --out"):
        run(scripted(), tmp_path)


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "1"}', '{"id": "1", "scores": null}'])
def test_whole_line_that_is_no_result_is_refused(tmp_path: Path, line: str) -> None:
    run(scripted(), tmp_path)
    path = tmp_path / "results.jsonl"
    path.write_text(line + "\n" + path.read_text())
    with pytest.raises(RunMismatchError, match="line 1: is not a result"):
        run(scripted(), tmp_path)


def test_folder_without_results_has_none(tmp_path: Path) -> None:
    assert load_results(tmp_path) == ()


def test_description_holds_the_digest_of_the_case_file(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b"abc")
    assert describe_run(path, {"b": 1, "a": "x"}, "f", {"python": "3"}) == RunDescription(
        settings=(("a", "x"), ("b", 1)),
        fingerprint="f",
        versions=(("python", "3"),),
        cases_file="cases.jsonl",
        cases_sha256="ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    )
