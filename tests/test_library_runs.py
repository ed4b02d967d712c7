"""Runs over the shipped library: killed and gone on with, and a planted loss that is caught."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import evidence_to_json
from assistant.assistant import Assistant
from assistant.evaluation.case import Case
from assistant.evaluation.comparing import compare
from assistant.evaluation.loading.case_files import load_cases, write_cases
from assistant.evaluation.reports.comparison import write_comparison
from assistant.evaluation.results import Run, load_run
from assistant.evaluation.running.description import describe_run
from assistant.evaluation.running.running import run_cases
from corpus.build_pdfs import DOCUMENTS

pytestmark = pytest.mark.slow

SHIPPED = Path(__file__).parents[1] / "assistant" / "evaluation" / "cases" / "shipped.jsonl"
KILLS = 3


def test_all_shipped_documents_are_read_and_none_is_a_copy_or_set_aside(
    library: Assistant,
) -> None:
    records = library.sources()
    assert {record.source.path for record in records} == {p.name for p in DOCUMENTS.iterdir()}
    assert {record.state for record in records} == {"indexed"}
    assert len({record.source.copy_group or record.source.id for record in records}) == len(records)


def start(home: Path, cases: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start a run as a user does, in two processes."""
    words = ["--home", home, "eval", "run", cases, "--out", out, "--workers", "2"]
    return subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def finished(out: Path) -> int:
    """Return how many cases have a whole line."""
    path = out / "results.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0


def timeless(out: Path) -> dict[str, Any]:
    """Return the results by id without how long they took."""
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    results = {result["id"]: result for result in map(json.loads, lines)}
    assert len(results) == len(lines), "each case has one line"
    for result in results.values():
        del result["seconds"]
        result["answer"].pop("seconds", None)
    return results


def test_run_that_is_killed_on_the_way_ends_as_an_unbroken_one(
    library: Assistant, tmp_path: Path, times: Callable[[int], int]
) -> None:
    kills = times(KILLS)
    cases = tmp_path / "cases.jsonl"
    write_cases(cases, load_cases(SHIPPED)[::12])
    count = len(load_cases(cases))
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert start(library.store.home, cases, whole).wait() == 0
    counts = []
    for part in range(1, kills + 1):
        process = start(library.store.home, cases, killed)
        while finished(killed) < count * part // (kills + 1):
            assert process.poll() is None, "it was to be killed on the way"
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        counts.append(finished(killed))
    assert start(library.store.home, cases, killed).wait() == 0
    assert timeless(killed) == timeless(whole)
    last = json.loads((killed / "run.json").read_text(encoding="utf-8"))["sessions"][-1]
    assert last["asked"] == count - counts[-1]


def find_only(assistant: Assistant, case: Case) -> dict[str, Any]:
    """Return what is found for a case, in the form of an answer that says nothing."""
    evidence = [evidence_to_json(found) for found in assistant.search(case.question, 40)]
    said = {"status": "not_found", "text": "", "sentences": [], "citations": []}
    return said | {"evidence": evidence}


def run_finding(assistant: Assistant, out: Path) -> Run:
    """Run the answerable shipped questions, finding alone, and return the run."""
    cases = [case for case in load_cases(SHIPPED) if case.answerable and case.use == "ask"]
    description = describe_run(SHIPPED, cases, {}, "f", ())
    answerers = [lambda case: find_only(assistant, case)]
    run_cases(answerers, cases, out, description, lambda *_: None)
    return load_run(out)


def test_finding_without_bm25_is_caught_and_its_cases_are_shown(
    library: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run_finding(library, tmp_path / "whole")
    monkeypatch.setattr(library.store.catalog, "match_words", lambda *_: ())
    without = run_finding(library, tmp_path / "without")
    comparison = compare(whole, without)
    assert any(told.startswith("page_mrr went from") for told in comparison.regressions)
    worse = [one.case for one in comparison.changed if one.is_worse]
    page = write_comparison(comparison, tmp_path / "comparison.html").read_text(encoding="utf-8")
    assert worse
    assert all(case.id in page for case in worse)
    assert compare(whole, whole).regressions == ()
