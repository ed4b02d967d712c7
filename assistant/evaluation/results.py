"""What a run folder holds.

run.json       what was run: settings, fingerprint of the index, versions, each session of asking
cases.jsonl    the cases as they were run
results.jsonl  a line a case, written as it finishes
notes.json     what a reader noted of cases (`notes`)
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import RunMismatchError
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.scoring import SCORE_NAMES, Scores
from assistant.evaluation.whole_files import write_whole

RUN_FILE = "run.json"
CASES_FILE = "cases.jsonl"
RESULTS_FILE = "results.jsonl"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The outcome of one case: an answer in its JSON form with scores, or an error.

    `seconds` is how long the case took as it ran, `attempts` how often it was asked.
    """

    id: str
    answer: Mapping[str, Any] | None
    scores: Scores
    error: str = ""
    seconds: float = 0.0
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class ExpectedSource:
    """What the catalog knows of a source that cases expect."""

    publisher: str
    published: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run as its folder holds it. `sources` are by the file names that the cases use."""

    folder: Path
    record: Mapping[str, Any]
    cases: tuple[Case, ...]
    results: tuple[CaseResult, ...]

    @property
    def name(self) -> str:
        """How the run is called where several are shown."""
        return self.folder.name

    @property
    def sources(self) -> dict[str, ExpectedSource]:
        """The sources that cases expect, by the file names that the cases use."""
        told = self.record["sources"] or {}
        return {file: ExpectedSource(**fields) for file, fields in told.items()}

    def results_by_id(self) -> dict[str, CaseResult]:
        """Return the results by the ids of their cases."""
        return {result.id: result for result in self.results}


def load_run(folder: Path) -> Run:
    """Return a run, finished or not. Raises RunMismatchError where the folder holds none."""
    record = load_run_record(folder)
    record = {"sources": {}, "settings": {}, "versions": {}, "sessions": []} | dict(record)
    path = folder / CASES_FILE
    if not path.exists():
        raise RunMismatchError(
            f"{folder}: holds no {CASES_FILE}; it was made by an earlier version: run it again"
        )
    return Run(folder, record, load_cases(path), load_results(folder))


def list_runs(folder: Path) -> tuple[Path, ...]:
    """Return the run folders in a folder, the one begun last first; what is none is passed over."""
    begun: dict[Path, str] = {}
    for path in folder.glob(f"*/{RUN_FILE}"):
        if (path.parent / CASES_FILE).exists():
            with suppress(RunMismatchError):
                begun[path.parent] = str(load_run_record(path.parent).get("started", ""))
    return tuple(sorted(begun, key=lambda path: (begun[path], path.name), reverse=True))


def result_to_json(result: CaseResult) -> dict[str, Any]:
    """Return a result as a line of `results.jsonl` holds it."""
    scores = {} if result.error else asdict(result.scores)
    return {
        "id": result.id,
        "answer": result.answer,
        "scores": scores,
        "error": result.error or None,
        "seconds": round(result.seconds, 4),
        "attempts": result.attempts,
    }


def result_line(result: CaseResult) -> bytes:
    """Return the line of `results.jsonl` with its line end."""
    line = json.dumps(result_to_json(result), ensure_ascii=False) + "\n"
    return line.encode("utf-8", "backslashreplace")  # half a surrogate pair, as JSON writes it


def load_results(folder: Path) -> tuple[CaseResult, ...]:
    """Return the results of a run; a last line that was cut off while writing is left out.

    Raises `RunMismatchError` where another line is no result.
    """
    path = folder / RESULTS_FILE
    if not path.exists():
        return ()
    lines = path.read_bytes().split(b"\n")[:-1]  # the last piece has no line end
    return tuple(_result(line, f"{path}, line {number}") for number, line in enumerate(lines, 1))


def load_run_record(folder: Path) -> Mapping[str, Any]:
    """Return `run.json` as it stands; raises `RunMismatchError` where there is none to read."""
    path = folder / RUN_FILE
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        lacks = "there is no such folder" if not folder.exists() else "it holds no run"
        raise RunMismatchError(
            f"{folder}: {lacks}; give the folder that `eval run` named, or its name alone"
        ) from error
    except (OSError, ValueError) as error:
        raise RunMismatchError(
            f"{path}: cannot be read as the record of a run; choose another folder"
        ) from error
    if not isinstance(record, dict):
        raise RunMismatchError(f"{path}: is not the record of a run; choose another folder")
    return record


def write_results(folder: Path, results: Iterable[CaseResult]) -> None:
    """Replace the results of a run."""
    write_whole(folder / RESULTS_FILE, b"".join(result_line(result) for result in results))


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON that people can read."""
    write_whole(path, (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode())


def _result(line: bytes, where: str) -> CaseResult:
    try:
        record = json.loads(line)
        values = {name: record["scores"].get(name) for name in SCORE_NAMES}
        if not (
            isinstance(record["id"], str)
            and isinstance(record["answer"], dict | None)
            and all(isinstance(value, float | int | None) for value in values.values())
        ):
            raise TypeError
        return CaseResult(
            record["id"],
            record["answer"],
            Scores(**values),
            record["error"] or "",
            float(record.get("seconds", 0.0)),
            int(record.get("attempts", 1)),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunMismatchError(f"{where}: is not a result; choose another folder") from error
