"""Thousands of questions in one run: `python -m bench.bulk --shared DIR [--cases 2000]`.

Adds the shipped documents and DIR/sources to one home, drafts cases over them, and runs them with
the command line three ways: unbroken; killed (SIGKILL) three times on the way and run again; and,
for search alone, one by one. Then the same questions go one by one through LlamaIndex's retriever,
built as its quick start does (default splitter, the same embedding model, Chroma, ten passages)
over the same files. Prints questions per second and whether the results of the killed run equal
those of the unbroken one. Needs the `bench` extra. With --work the home and the runs are kept.
"""

import argparse
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import load_cases
from assistant.settings import Settings
from bench.commands import command, run_command
from bench.quick_start import open_quick_start
from corpus.build_pdfs import DOCUMENTS

_KILLS = 3
_LOOK_SECONDS = 0.2
_TOLERANCE = 1e-4
_TIMES = ("seconds",)


def main() -> int:
    """Run all of it and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="a folder with sources/")
    parser.add_argument("--cases", type=int, default=2_000, help="how many questions (2,000)")
    parser.add_argument("--work", type=Path, help="keep the home and the runs in this folder")
    arguments = parser.parse_args()
    if arguments.work:
        arguments.work.mkdir(parents=True, exist_ok=True)
        return _measure(arguments.work, arguments.shared / "sources", arguments.cases)
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        return _measure(Path(temporary), arguments.shared / "sources", arguments.cases)


def _measure(work: Path, sources: Path, count: int) -> int:
    home, drafts = work / "home", work / "drafts.jsonl"
    seconds = run_command(home, "add", DOCUMENTS, sources)
    print(f"added both folders in {seconds:.0f} s")
    seconds = run_command(home, "eval", "draft", "--count", count, "--out", drafts)
    cases = load_cases(drafts)
    print(f"{len(cases):,} cases drafted in {seconds:.0f} s")

    unbroken, killed = work / "unbroken", work / "killed"
    seconds = run_command(home, "eval", "run", drafts, "--out", unbroken)
    asking = sum(s.get("seconds", 0.0) for s in _record(unbroken)["sessions"])
    _tell("whole answers, in bulk", len(cases), asking, f"; {seconds:.0f} s with start and reports")
    counts = [_run_and_kill(home, drafts, killed, len(cases), n) for n in range(1, _KILLS + 1)]
    print(f"killed with {', '.join(map(str, counts))} cases finished")
    run_command(home, "eval", "run", drafts, "--out", killed)
    last = _record(killed)["sessions"][-1]["asked"]
    print(f"the last call asked {last} of the {len(cases) - counts[-1]} cases that were left")
    differing = _differences(unbroken, killed)
    print(f"results that differ from the unbroken run: {len(differing)} {differing[:5]}")

    assistant = Assistant(Settings(home))
    assistant.search("anything", 10)
    seconds = _one_by_one(cases, lambda question: assistant.search(question, 10))
    _tell("search alone, one by one", len(cases), seconds)
    assistant.close()
    started = time.perf_counter()
    retrieve = open_quick_start([DOCUMENTS, sources], work / "quick-start")
    print(f"LlamaIndex's quick start read and indexed in {time.perf_counter() - started:.0f} s")
    seconds = _one_by_one(cases, retrieve)
    _tell("LlamaIndex's retriever, one by one", len(cases), seconds)
    return 1 if differing or last != len(cases) - counts[-1] else 0


def _tell(what: str, count: int, seconds: float, more: str = "") -> None:
    print(f"{what}: {count / seconds:.1f} questions a second ({seconds:.0f} s{more})", flush=True)


def _one_by_one(cases: Sequence[Case], ask: Callable[[str], object]) -> float:
    started = time.perf_counter()
    for case in cases:
        ask(case.question)
    return time.perf_counter() - started


def _run_and_kill(home: Path, cases: Path, out: Path, count: int, part: int) -> int:
    """Run until so many quarters of the cases are finished, kill, and return how many there are."""
    words = command(home, "eval", "run", cases, "--out", out)
    process = subprocess.Popen(words, stdout=sys.stderr, start_new_session=True)
    while _finished(out) < count * part // (_KILLS + 1):
        if process.poll() is not None:
            raise SystemExit("the run ended before it was to be killed")
        time.sleep(_LOOK_SECONDS)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return _finished(out)


def _finished(out: Path) -> int:
    path = out / "results.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _record(out: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return record


def _differences(first: Path, second: Path) -> list[str]:
    """Return the ids of cases whose results differ, times aside, numbers by a ten-thousandth."""
    ones, others = _results(first), _results(second)
    return [id for id in sorted({*ones, *others}) if not _same(ones.get(id), others.get(id))]


def _results(out: Path) -> dict[str, Any]:
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    results = [json.loads(line) for line in lines]
    assert len({result["id"] for result in results}) == len(results), "a case stands there twice"
    return {result["id"]: result for result in results}


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            name in _TIMES or _same(one[name], other[name]) for name in one
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, abs_tol=_TOLERANCE)
    return bool(one == other)


if __name__ == "__main__":
    sys.exit(main())
