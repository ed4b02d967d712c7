"""Runs: what is written, what is skipped, retried, stopped and refused."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from assistant.errors import BudgetUsedUpError, RunLockedError, RunMismatchError
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.results import (
    CaseResult,
    ExpectedSource,
    list_runs,
    load_results,
    load_run,
    load_run_record,
)
from assistant.evaluation.running.asking import CaseError
from assistant.evaluation.running.description import RunDescription
from assistant.evaluation.running.limits import Limits
from assistant.evaluation.running.running import cases_left, run_cases
from assistant.evaluation.scoring import Scores

FIRST = Case(id="1", question="How much?", must_include=(("67",),))
SECOND = Case(id="2", question="And?", must_include=(("68",),))
THIRD = Case(id="3", question="Who?", answerable=None, expected_status=())
CASES = (FIRST, SECOND, THIRD)
DESCRIPTION = RunDescription(
    settings=(("home", "h"), ("passages", 40)),
    fingerprint="f",
    program="d",
    cases_file="cases.jsonl",
    cases_sha256="c",
    versions=(("python", "3"),),
    sources=(("a.pdf", ExpectedSource("USGS", "2026-02")),),
)
ALL_RIGHT = Scores(
    answer_right=1, wrong_answer_shown=0, status_right=1, answerable_refused=0
)  # without places to find or cite


def said(text: str, prompt_tokens: int = 0) -> dict[str, Any]:
    """Return an answer in its JSON form."""
    return {
        "question": "q",
        "standalone_question": "q",
        "status": "answered",
        "text": text,
        "sentences": [{"text": text, "citations": [], "support": "supported"}],
        "citations": [],
        "evidence": [],
        "warnings": [],
        "model": "scripted",
        "seconds": {"retrieve": 0.1, "answer": 0.2},
        "confidence": 0.5,
        "tokens": {"prompt": prompt_tokens, "completion": 0},
    }


@dataclass
class Scripted:
    """Answers each case with its reply, or raises it; records which it was asked."""

    replies: dict[str, dict[str, Any] | Exception] = field(
        default_factory=lambda: {"1": said("67 t"), "2": said("68 t"), "3": said("X")}
    )
    asked: list[str] = field(default_factory=list)

    def __call__(self, case: Case) -> Mapping[str, Any]:
        self.asked.append(case.id)
        reply = self.replies[case.id]
        if isinstance(reply, Exception):
            raise reply
        return reply


def run(
    answerer: Scripted,
    folder: Path,
    description: RunDescription = DESCRIPTION,
    cases: Sequence[Case] = CASES,
    limits: Limits = Limits(),
    retries: int = 0,
) -> list[tuple[int, int, str]]:
    """Run the cases one at a time and return what progress told."""
    seen: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, result: CaseResult) -> None:
        seen.append((done, total, result.id))

    run_cases([answerer], cases, folder, description, progress, limits, retries)
    return seen


def timeless(results: Sequence[CaseResult]) -> list[CaseResult]:
    """Return results in order of id, without how long they took."""
    return sorted((replace(r, seconds=0.0) for r in results), key=lambda result: result.id)


def test_run_writes_its_record_its_cases_and_a_line_for_each_case(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "run"
    assert run(Scripted(), folder) == [(1, 3, "1"), (2, 3, "2"), (3, 3, "3")]
    record = dict(load_run_record(folder))
    assert record.pop("started")
    (session,) = record.pop("sessions")
    assert record == {
        "settings": {"home": "h", "passages": 40},
        "fingerprint": "f",
        "program": "d",
        "cases_sha256": "c",
        "cases": 3,
        "cases_file": "cases.jsonl",
        "versions": {"python": "3"},
        "sources": {"a.pdf": {"publisher": "USGS", "published": "2026-02"}},
    }
    assert (session["at_once"], session["asked"], session["failed"]) == (1, 3, 0)
    assert session["seconds"] >= 0
    lines = [json.loads(line) for line in (folder / "results.jsonl").read_text().splitlines()]
    fields = ["id", "answer", "scores", "error", "seconds", "attempts"]
    assert [list(line) for line in lines] == [fields] * 3
    assert lines[0]["answer"] == said("67 t")
    loaded = load_run(folder)
    assert loaded.cases == CASES
    assert loaded.sources == {"a.pdf": ExpectedSource("USGS", "2026-02")}
    assert [result.scores for result in loaded.results] == [ALL_RIGHT, ALL_RIGHT, Scores()]


def test_returned_results_are_those_loaded_in_the_order_of_the_cases(tmp_path: Path) -> None:
    cases = (SECOND, THIRD, FIRST)
    results = run_cases([Scripted()], cases, tmp_path, DESCRIPTION, lambda *_: None)
    assert [result.id for result in results] == ["2", "3", "1"]
    assert timeless(results) == timeless(load_results(tmp_path))


def test_text_that_utf8_cannot_hold_survives(tmp_path: Path) -> None:
    answerer = Scripted()
    answerer.replies["1"] = said("67 t \ud800 ü")
    run(answerer, tmp_path)
    answer = load_results(tmp_path)[0].answer
    assert answer is not None
    assert answer["text"] == "67 t \ud800 ü"


def test_finished_run_is_not_run_again(tmp_path: Path) -> None:
    run(Scripted(), tmp_path)
    before = [(tmp_path / name).read_bytes() for name in ("results.jsonl", "run.json")]
    again = Scripted()
    assert run(again, tmp_path) == []
    assert again.asked == []
    assert [(tmp_path / name).read_bytes() for name in ("results.jsonl", "run.json")] == before


def test_failure_is_recorded_with_its_case_and_the_others_go_on(tmp_path: Path) -> None:
    answerer = Scripted()
    answerer.replies["1"] = ValueError("no such thing")
    answerer.replies["2"] = CaseError("the process that answered took longer than 1 s")
    assert run(answerer, tmp_path) == [(1, 3, "1"), (2, 3, "2"), (3, 3, "3")]
    first, second, third = timeless(load_results(tmp_path))
    assert first == CaseResult("1", None, Scores(), "ValueError: no such thing")
    assert second.error == "the process that answered took longer than 1 s"
    assert not third.error
    line = json.loads((tmp_path / "results.jsonl").read_text().splitlines()[0])
    assert (line["answer"], line["scores"]) == (None, {})


def test_failed_case_is_asked_again_after_the_others_and_counted_once(tmp_path: Path) -> None:
    answerer = Scripted()
    answerer.replies["1"] = ValueError("each time")
    assert run(answerer, tmp_path, retries=2) == [(1, 3, "2"), (2, 3, "3"), (3, 3, "1")]
    assert answerer.asked == ["1", "2", "3", "1", "1"]
    assert [(r.id, r.attempts) for r in load_results(tmp_path)] == [("2", 1), ("3", 1), ("1", 3)]


def test_case_that_fails_once_is_no_failure(tmp_path: Path) -> None:
    class Once(Scripted):
        def __call__(self, case: Case) -> Mapping[str, Any]:
            if case.id == "1" and "1" not in self.asked:
                self.asked.append("1")
                raise OSError("broken pipe")
            return super().__call__(case)

    run(Once(), tmp_path, retries=1)
    assert [(r.id, r.error, r.attempts) for r in timeless(load_results(tmp_path))] == [
        ("1", "", 2),
        ("2", "", 1),
        ("3", "", 1),
    ]


def test_failed_case_is_asked_by_the_next_call_and_keeps_one_line(tmp_path: Path) -> None:
    answerer = Scripted()
    answerer.replies["1"] = ValueError("once")
    run(answerer, tmp_path)
    again = Scripted()
    assert run(again, tmp_path) == [(3, 3, "1")]
    assert again.asked == ["1"]
    results = load_results(tmp_path)
    assert [(result.id, result.error) for result in results] == [("2", ""), ("3", ""), ("1", "")]
    assert [s["asked"] for s in load_run_record(tmp_path)["sessions"]] == [3, 1]


def test_stopped_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    answerer = Scripted()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_cases([answerer], CASES, tmp_path, DESCRIPTION, stop)
    assert [result.id for result in load_results(tmp_path)] == ["1"]
    assert run(answerer, tmp_path) == [(2, 3, "2"), (3, 3, "3")]
    assert answerer.asked == ["1", "2", "3"]


@pytest.mark.usefixtures("obeying_interrupts")
def test_ctrl_c_keeps_what_is_under_way_and_asks_nothing_further(tmp_path: Path) -> None:
    together = threading.Barrier(2, timeout=20)

    def answer(case: Case) -> Mapping[str, Any]:
        together.wait()  # both are under way
        if case.id == "1":
            os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.2)
        return said(case.id)

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        run_cases([answer, answer], CASES, tmp_path, DESCRIPTION, lambda *_: None)
    assert sorted(result.id for result in load_results(tmp_path)) == ["1", "2"]
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.usefixtures("obeying_interrupts")
def test_second_ctrl_c_gives_up_what_is_under_way(tmp_path: Path) -> None:
    released = threading.Event()

    def answer(case: Case) -> Mapping[str, Any]:
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.3)
        released.wait(20)
        return said(case.id)

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_cases([answer], CASES, tmp_path, DESCRIPTION, lambda *_: None)
    assert time.monotonic() - started < 10
    released.set()
    assert load_results(tmp_path) == ()


@pytest.mark.usefixtures("obeying_interrupts")
def test_ctrl_c_before_a_failed_case_is_asked_again_keeps_its_failure(tmp_path: Path) -> None:
    class Interrupting(Scripted):
        def __call__(self, case: Case) -> Mapping[str, Any]:
            if case.id == "3":
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.2)
            return super().__call__(case)

    answerer = Interrupting()
    answerer.replies["1"] = ValueError("no such thing")
    with pytest.raises(KeyboardInterrupt):
        run(answerer, tmp_path, retries=1)
    assert [(r.id, r.error) for r in timeless(load_results(tmp_path))] == [
        ("1", "ValueError: no such thing"),
        ("2", ""),
        ("3", ""),
    ]


def test_ctrl_c_that_was_to_be_ignored_is_ignored(tmp_path: Path) -> None:
    class Interrupting(Scripted):
        def __call__(self, case: Case) -> Mapping[str, Any]:
            os.kill(os.getpid(), signal.SIGINT)
            return super().__call__(case)

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert len(run(Interrupting(), tmp_path)) == 3
    finally:
        signal.signal(signal.SIGINT, before)


def test_answer_in_a_form_that_is_none_is_a_failure_whose_tokens_count(tmp_path: Path) -> None:
    answerer = Scripted()
    answerer.replies["1"] = {"text": "67", "tokens": {"prompt": 400, "completion": 0}}
    with pytest.raises(BudgetUsedUpError, match="400 of 300 tokens are used up after 1 of 3"):
        run(answerer, tmp_path, limits=Limits(max_tokens=300))
    (result,) = load_results(tmp_path)
    assert result.error == "KeyError: 'evidence'"
    assert result.scores == Scores()


def test_cases_left_are_those_without_a_result_or_with_an_error(tmp_path: Path) -> None:
    assert cases_left(tmp_path, CASES, DESCRIPTION) == 3
    answerer = Scripted()
    answerer.replies["1"] = ValueError("no")
    run(answerer, tmp_path)
    assert cases_left(tmp_path, CASES, DESCRIPTION) == 1
    with pytest.raises(RunMismatchError):
        cases_left(tmp_path, CASES, replace(DESCRIPTION, fingerprint="g"))


def test_results_of_other_cases_count_for_nothing(tmp_path: Path) -> None:
    run(Scripted(), tmp_path)
    path = tmp_path / "results.jsonl"
    line = json.loads(path.read_text().splitlines()[0])
    path.write_text(json.dumps(line | {"id": "other"}) + "\n")
    assert run(Scripted(), tmp_path) == [(1, 3, "1"), (2, 3, "2"), (3, 3, "3")]


def test_lost_cases_of_a_run_are_written_again(tmp_path: Path) -> None:
    run(Scripted(), tmp_path)
    (tmp_path / "cases.jsonl").unlink()
    assert run(Scripted(), tmp_path) == []
    assert load_run(tmp_path).cases == CASES


def test_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunMismatchError, match="cannot be written"):
        run(Scripted(), tmp_path / "file")


@pytest.mark.parametrize("cut", [1, 2, 40])
def test_line_cut_off_while_writing_is_dropped_and_its_case_run_again(
    tmp_path: Path, cut: int
) -> None:
    run(Scripted(), tmp_path)
    path = tmp_path / "results.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    assert [result.id for result in load_results(tmp_path)] == ["1", "2"]
    assert run(Scripted(), tmp_path) == [(3, 3, "3")]
    assert [result.id for result in load_results(tmp_path)] == ["1", "2", "3"]


def test_answerers_are_asked_at_once_and_each_one_case_at_a_time(tmp_path: Path) -> None:
    together = threading.Barrier(3, timeout=20)
    under_way: list[int] = []

    def answerer(number: int) -> Callable[[Case], Mapping[str, Any]]:
        def answer(case: Case) -> Mapping[str, Any]:
            assert number not in under_way
            under_way.append(number)
            together.wait()
            under_way.remove(number)
            return said(case.id)

        return answer

    cases = [replace(FIRST, id=f"{n}") for n in range(9)]
    run_cases([answerer(n) for n in range(3)], cases, tmp_path, DESCRIPTION, lambda *_: None)
    results = load_results(tmp_path)
    assert {result.id for result in results} == {case.id for case in cases}
    assert not any(result.error for result in results)


def test_budget_stops_the_run_and_more_of_it_goes_on(tmp_path: Path) -> None:
    answerer = Scripted({str(n): said("67", prompt_tokens=400) for n in range(1, 4)})
    with pytest.raises(BudgetUsedUpError) as caught:
        run(answerer, tmp_path, limits=Limits(max_tokens=500))
    assert str(caught.value) == (
        f"{tmp_path}: 800 of 500 tokens are used up after 2 of 3 cases; allow more and run the "
        "same command to go on"
    )
    with pytest.raises(BudgetUsedUpError):  # what was spent before counts
        run(answerer, tmp_path, limits=Limits(max_tokens=800))
    assert run(answerer, tmp_path, limits=Limits(max_tokens=900)) == [(3, 3, "3")]
    assert answerer.asked == ["1", "2", "3"]


def test_budget_of_money_counts_by_the_prices(tmp_path: Path) -> None:
    answerer = Scripted({str(n): said("67", prompt_tokens=1_000_000) for n in range(1, 4)})
    limits = Limits(max_cost=5.0, prompt_price=2.5)
    with pytest.raises(BudgetUsedUpError, match=r"5\.00 of 5\.00 in money are used up after 2"):
        run(answerer, tmp_path, limits=limits)


def test_cases_are_asked_no_faster_than_allowed(tmp_path: Path) -> None:
    started = time.monotonic()
    run(Scripted(), tmp_path, limits=Limits(cases_per_minute=600))
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize(
    ("other", "complaint"),
    [
        ({"settings": (("home", "h"), ("passages", 20))}, "settings (passages was 40, is 20)"),
        ({"fingerprint": "g"}, "fingerprint"),
        ({"program": "e"}, "program"),
        ({"cases_sha256": "d"}, "cases_sha256"),
        ({"fingerprint": "g", "cases_sha256": "d"}, "fingerprint and cases_sha256"),
    ],
)
def test_run_under_other_conditions_is_refused(
    tmp_path: Path, other: dict[str, object], complaint: str
) -> None:
    run(Scripted(), tmp_path)
    with pytest.raises(RunMismatchError) as caught:
        run(Scripted(), tmp_path, replace(DESCRIPTION, **other))  # type: ignore[arg-type]
    assert str(caught.value) == (
        f"{tmp_path}: was begun with other {complaint}; choose another --out"
    )
    assert replace(DESCRIPTION, **other).digest() != DESCRIPTION.digest()  # type: ignore[arg-type]


def test_run_over_fewer_cases_is_refused(tmp_path: Path) -> None:
    run(Scripted(), tmp_path)
    with pytest.raises(RunMismatchError, match="begun with other cases; choose another --out"):
        run(Scripted(), tmp_path, cases=CASES[:1])


def test_other_versions_and_a_renamed_case_file_are_no_mismatch(tmp_path: Path) -> None:
    run(Scripted(), tmp_path)
    other = replace(DESCRIPTION, versions=(), cases_file="renamed.jsonl", sources=())
    assert run(Scripted(), tmp_path, other) == []
    assert other.digest() == DESCRIPTION.digest()


def test_second_process_is_refused_while_one_runs(tmp_path: Path) -> None:
    with FileLock(tmp_path / "run.lock"), pytest.raises(RunLockedError, match="wait until it is"):
        run(Scripted(), tmp_path)


def test_results_without_a_record_are_refused(tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").write_text("")
    with pytest.raises(RunMismatchError, match=r"holds results but no run\.json"):
        run(Scripted(), tmp_path)


@pytest.mark.parametrize("content", ["{", "[]"])
def test_record_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "run.json").write_text(content)
    with pytest.raises(RunMismatchError, match="choose another folder"):
        run(Scripted(), tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": "1"}',
        '{"id": "1", "scores": null}',
        '{"id": ["1"], "answer": null, "scores": {}, "error": null}',
        '{"id": "1", "answer": "text", "scores": {}, "error": null}',
        '{"id": "1", "answer": null, "scores": {"answer_right": "x"}, "error": null}',
    ],
)
def test_whole_line_that_is_no_result_is_refused(tmp_path: Path, line: str) -> None:
    run(Scripted(), tmp_path)
    path = tmp_path / "results.jsonl"
    path.write_text(line + "\n" + path.read_text())
    with pytest.raises(RunMismatchError, match="line 1: is not a result"):
        run(Scripted(), tmp_path)


def test_folder_without_results_has_none(tmp_path: Path) -> None:
    assert load_results(tmp_path) == ()


def test_run_of_an_earlier_form_says_to_run_again(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(RunMismatchError, match="made by an earlier version: run it again"):
        load_run(tmp_path)


def test_runs_are_listed_the_newest_first_and_other_folders_passed_over(tmp_path: Path) -> None:
    for name, begun in (("old", "2026-01-01"), ("new", "2026-02-01"), ("same", "2026-01-01")):
        run(Scripted(), tmp_path / name, cases=(replace(FIRST, evidence=(ExpectedPlace("x"),)),))
        record = tmp_path / name / "run.json"
        record.write_text(json.dumps({**json.loads(record.read_text()), "started": begun}))
    (tmp_path / "other").mkdir()
    run(Scripted(), tmp_path / "broken")
    (tmp_path / "broken" / "run.json").write_text("{")
    assert [path.name for path in list_runs(tmp_path)] == ["new", "same", "old"]
    assert list_runs(tmp_path / "missing") == ()
