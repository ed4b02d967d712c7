"""Cases answered in processes of their own, with the real model over a small home."""

import json
import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from assistants import open_assistant
from fakes import write_files

from assistant.answer import Answer
from assistant.errors import CaseProcessError
from assistant.evaluation.case import Case
from assistant.evaluation.results import CaseResult
from assistant.evaluation.running.asking import Answerer, CaseError, answer_case
from assistant.evaluation.running.case_process import (
    CaseProcess,
    case_processes,
)
from assistant.evaluation.running.description import describe_run
from assistant.evaluation.running.running import run_cases
from assistant.settings import Settings, opening_of, settings_of
from index.embedding import Embedder

pytestmark = pytest.mark.slow

CASES = tuple(
    Case(id=f"c{n}", question=f"How much did {country} mine in 2025?")
    for n, country in enumerate(("Burma", "Nigeria", "Brazil", "Thailand"))
)
FILES = {
    "burma.md": "# Burma\n\nBurma mined 22,000 metric tons of rare earths in 2025.\n",
    "brazil.md": "# Brazil\n\nBrazil mined 2,000 metric tons of rare earths in 2025.\n",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """Return a home of two sources."""
    folder = tmp_path_factory.mktemp("processes")
    assistant, _ = open_assistant(folder / "home", embedder, write_files(folder / "files", FILES))
    assistant.close()
    return folder / "home"


def timeless(results: Sequence[CaseResult]) -> list[object]:
    """Return answers and scores without how long they took."""
    return [({**(r.answer or {}), "seconds": None}, r.scores, r.error) for r in results]


def run(answerers: Sequence[Answerer], out: Path, settings: Settings) -> tuple[CaseResult, ...]:
    (out / "cases.jsonl").parent.mkdir(parents=True, exist_ok=True)
    cases_file = out.parent / "given.jsonl"
    cases_file.write_text("{}")
    description = describe_run(cases_file, CASES, {"passages": settings.passages}, "f", ())
    return run_cases(answerers, CASES, out, description, lambda *_: None)


def test_two_processes_give_what_one_thread_gives(
    home: Path, tmp_path: Path, embedder: Embedder
) -> None:
    settings = Settings(home)
    assistant, _ = open_assistant(home, embedder)
    alone = run([lambda case: answer_case(assistant, case)], tmp_path / "alone", settings)
    assistant.close()
    with case_processes(settings, 2, case_seconds=60, threads=1) as processes:
        together = run(processes, tmp_path / "together", settings)
    assert timeless(together) == timeless(alone)
    assert [r.answer["status"] for r in together if r.answer] == [
        "answered", "not_found", "answered", "not_found",
    ]  # fmt: skip


def test_a_process_opens_with_every_setting(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "model", 7, "reranker", "entailment", 0.9)
    sent = json.loads(json.dumps(opening_of(settings) | {"threads": 1}))
    assert settings_of(sent) == settings


def pid_of(process: CaseProcess) -> int:
    """Return the id of the process behind one that answers."""
    running = process._worker._process
    assert running is not None
    return running.pid


def test_process_that_ends_is_started_anew_and_a_case_that_takes_too_long_is_an_error(
    home: Path,
) -> None:
    process = CaseProcess(Settings(home), case_seconds=60, threads=1)
    try:
        process.open()
        os.kill(pid_of(process), signal.SIGKILL)
        running = process._worker._process
        assert running is not None
        running.wait()  # it ended while nothing was asked
        assert process(CASES[0])["status"] == "answered"
        os.kill(pid_of(process), signal.SIGSTOP)
        process._case_seconds = 0.5
        with pytest.raises(CaseError, match=r"the process that answered took longer than 0\.5 s"):
            process(CASES[1])
        process._case_seconds = 60
        assert process(CASES[0])["status"] == "answered"
    finally:
        process.close()


def test_process_that_does_not_start_is_said_at_once(tmp_path: Path) -> None:
    with (
        pytest.raises(CaseProcessError, match=r"starts \(NoSourceError: there are no sources yet"),
        case_processes(Settings(tmp_path), 2, 60, 1),
    ):
        pass


def test_quote_that_its_page_does_not_hold_is_not_verified(home: Path, embedder: Embedder) -> None:
    assistant, _ = open_assistant(home, embedder)
    answer = assistant.ask(CASES[0].question)
    altered = replace(answer.citations[0], quote="Burma mined 99 t.")

    class Lying:
        def ask(self, *_: object) -> Answer:
            return replace(answer, citations=(altered,))

        def __getattr__(self, name: str) -> object:
            return getattr(assistant, name)

    assert [c["verified"] for c in answer_case(assistant, CASES[0])["citations"]] == [True]
    assert [c["verified"] for c in answer_case(Lying(), CASES[0])["citations"]] == [False]  # type: ignore[arg-type]
    assistant.close()


def test_error_in_a_process_is_told_as_it_is(tmp_path: Path) -> None:
    process = CaseProcess(Settings(tmp_path), 60, 1)
    try:
        with pytest.raises(CaseError, match="NoSourceError: there are no sources yet"):
            process(CASES[0])
    finally:
        process.close()
