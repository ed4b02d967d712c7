"""The runs of a home: started, watched, stopped, gone on with, compared; one at a time."""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fakes import write_files
from filelock import FileLock
from served import MINES, QUESTION, open_small_home

from assistant.assistant import Assistant
from assistant.errors import AnswerError, CaseFileError, RunLockedError, RunMismatchError
from assistant.evaluation.case import Case
from assistant.evaluation.notes import load_notes, note_case
from assistant.evaluation.running.asking import Answerer, answer_case
from assistant.evaluation.running.preparing import Evaluated
from assistant.evaluation.running.runs import SHIPPED_CASES, EvaluationRuns
from index.errors import UploadError

CASES = [
    {"id": "weld", "question": QUESTION, "must_include": [["12,500"]]},
    {"id": "verde", "question": "Who owns Serra Verde?"},
    {"id": "cost", "question": "What did dysprosium oxide cost?", "must_include": [["$239"]]},
]
LINES = "".join(f"{json.dumps(case)}\n" for case in CASES).encode()


class Gate:
    """Answers cases in the thread that asks, each only once it is let through."""

    def __init__(self) -> None:
        self.open = threading.Semaphore(0)
        self.asked: list[str] = []

    @contextmanager
    def __call__(self, assistant: Evaluated) -> Iterator[Sequence[Answerer]]:
        def answer(case: Case) -> Mapping[str, Any]:
            self.asked.append(case.id)
            assert self.open.acquire(timeout=30)
            return answer_case(assistant, case)

        yield [answer]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = open_small_home(tmp_path_factory.mktemp("runs"))
    yield opened
    opened.close()


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def runs(assistant: Assistant, gate: Gate, tmp_path: Path) -> Iterator[EvaluationRuns]:
    """Yield the runs of a home that has none."""
    opened = EvaluationRuns(assistant, gate)
    yield opened
    gate.open.release(100)
    opened.close()
    opened.folder.exists() and opened.folder.rename(tmp_path / "runs")


def wait_for(runs: EvaluationRuns, name: str, **wanted: object) -> None:
    """Wait until fields of a run's state are as wanted."""
    for _ in range(300):
        state = runs.state(name)
        if all(getattr(state, field) == value for field, value in wanted.items()):
            return
        time.sleep(0.1)
    pytest.fail(f"{runs.state(name)} does not become {wanted}")


def test_a_run_is_watched_to_its_end(runs: EvaluationRuns, gate: Gate) -> None:
    name = runs.start_sent("cases.jsonl", LINES)
    assert runs.state(name).state == "running"
    assert (runs.state(name).done, runs.state(name).cases) == (0, 3)
    assert runs.state(name).seconds_left is None
    gate.open.release()
    wait_for(runs, name, done=1)
    left = runs.state(name).seconds_left
    assert left is not None
    assert left > 0
    gate.open.release(2)
    wait_for(runs, name, state="finished", done=3, seconds_left=None, error="")
    told = [(result.id, result.error) for result in runs.open(name).results]
    assert told == [("weld", ""), ("verde", ""), ("cost", "")]
    assert runs.open(name).results[0].scores.answer_right == 1
    assert runs.report(name).lower().startswith(b"<!doctype html>")


def test_a_stopped_run_keeps_what_is_done_and_goes_on(runs: EvaluationRuns, gate: Gate) -> None:
    name = runs.start_sent("cases.jsonl", LINES)
    gate.open.release()
    wait_for(runs, name, done=1)
    runs.stop(name)
    assert runs.state(name).state == "stopping"
    gate.open.release(2)
    wait_for(runs, name, state="stopped", done=2)
    with pytest.raises(RunMismatchError, match="not under way"):
        runs.stop(name)
    assert runs.start_sent("cases.jsonl", LINES) == name
    wait_for(runs, name, state="finished", done=3)
    assert gate.asked == ["weld", "verde", "cost"]


def test_one_run_at_a_time(runs: EvaluationRuns, gate: Gate) -> None:
    name = runs.start_sent("cases.jsonl", LINES)
    with pytest.raises(RunLockedError, match=f"the run {name} is under way"):
        runs.start_sent("others.jsonl", LINES)
    gate.open.release(3)
    wait_for(runs, name, state="finished")
    assert runs.start_sent("others.jsonl", LINES).startswith("others-")


def test_a_run_of_another_process_is_seen_and_told_to_stop(
    runs: EvaluationRuns, gate: Gate
) -> None:
    gate.open.release(3)
    name = runs.start_sent("cases.jsonl", LINES)
    wait_for(runs, name, state="finished")
    with FileLock(runs.folder / name / "run.lock"):
        assert runs.state(name).state == "running"
        runs.stop(name)
        assert runs.state(name).state == "stopping"
        with pytest.raises(RunLockedError):
            runs.start_sent("others.jsonl", LINES)


def test_why_a_run_ended_is_told(assistant: Assistant, tmp_path: Path) -> None:
    @contextmanager
    def broken(_: Evaluated) -> Iterator[Sequence[Answerer]]:
        raise AnswerError("no process starts; free some memory")
        yield []

    runs = EvaluationRuns(assistant, broken)
    name = runs.start_sent("broken.jsonl", LINES)
    wait_for(runs, name, state="stopped", error="no process starts; free some memory")
    runs.folder.rename(tmp_path / "runs")


def test_sources_that_change_meanwhile_are_told(tmp_path: Path) -> None:
    assistant, gate = open_small_home(tmp_path), Gate()
    runs = EvaluationRuns(assistant, gate)
    name = runs.start_sent("cases.jsonl", LINES)
    changed = write_files(tmp_path / "files", {"mines.md": MINES["mines.md"] + "\nMore words.\n"})
    assistant.add([changed], lambda _: None)
    gate.open.release(3)
    wait_for(runs, name, state="finished")
    assert "the sources changed while cases were asked" in runs.state(name).error
    assistant.close()


def test_a_bad_file_is_refused_without_a_folder_of_this_machine(runs: EvaluationRuns) -> None:
    with pytest.raises(CaseFileError) as refused:
        runs.start_sent("cases.jsonl", b'{"id": "a"}\n')
    assert str(refused.value) == "cases.jsonl, line 1: `question` is missing"
    with pytest.raises(UploadError):
        runs.start_sent("../cases.jsonl", LINES)
    assert runs.states() == ()


def test_what_is_not_there_is_told(runs: EvaluationRuns) -> None:
    for look in (runs.state, runs.open, runs.report, runs.stop):
        with pytest.raises(RunMismatchError, match="no run has the name"):
            look("..")


def test_two_runs_are_compared(runs: EvaluationRuns, gate: Gate) -> None:
    gate.open.release(6)
    first = runs.start_sent("first.jsonl", LINES)
    wait_for(runs, first, state="finished")
    second = runs.start_sent("second.jsonl", LINES)
    wait_for(runs, second, state="finished")
    comparison = runs.compare(first, second)
    assert (comparison.shared, comparison.verdict) == (3, "too few cases to tell")


def test_closing_stops_what_is_under_way(runs: EvaluationRuns, gate: Gate) -> None:
    name = runs.start_sent("cases.jsonl", LINES)
    gate.open.release()
    wait_for(runs, name, done=1)
    threading.Timer(0.5, gate.open.release).start()
    runs.close()
    assert (runs.state(name).state, runs.state(name).done) == ("stopped", 2)


def test_a_case_is_noted_as_wrong_and_the_note_taken_back(tmp_path: Path) -> None:
    assert load_notes(tmp_path) == {}
    note_case(tmp_path, "weld", " asks for 2024, means 2023 ")
    note_case(tmp_path, "cost", "no source")
    assert load_notes(tmp_path) == {"weld": "asks for 2024, means 2023", "cost": "no source"}
    note_case(tmp_path, "cost", "")
    assert load_notes(tmp_path) == {"weld": "asks for 2024, means 2023"}
    (tmp_path / "notes.json").write_text("[]")
    with pytest.raises(RunMismatchError, match="move it away"):
        note_case(tmp_path, "weld", "again")


def test_the_shipped_cases_are_there() -> None:
    assert SHIPPED_CASES.is_file()
