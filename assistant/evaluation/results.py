"""What a run folder holds: `run.json` says what was run, `results.jsonl` has a line a case."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.errors import RunMismatchError
from assistant.evaluation.scoring import SCORE_NAMES, Scores

RESULTS_FILE = "results.jsonl"
RUN_FILE = "run.json"

SettingValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class RunDescription:
    """What must be the same for a run to go on, and the versions it began with.

    `settings` are (name, value) pairs without secrets; `fingerprint` is that of the index.
    """

    settings: tuple[tuple[str, SettingValue], ...]
    fingerprint: str
    versions: tuple[tuple[str, str], ...]
    cases_file: str
    cases_sha256: str


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The outcome of one case: an answer in its JSON form with scores, or an error."""

    id: str
    answer: Mapping[str, Any] | None
    scores: Scores
    error: str = ""


def describe_run(
    cases_path: Path,
    settings: Mapping[str, SettingValue],
    fingerprint: str,
    versions: Mapping[str, str],
) -> RunDescription:
    """Return the description of a run over a case file; leave secrets out of `settings`."""
    return RunDescription(
        settings=tuple(sorted(settings.items())),
        fingerprint=fingerprint,
        versions=tuple(sorted(versions.items())),
        cases_file=cases_path.name,
        cases_sha256=sha256(cases_path.read_bytes()).hexdigest(),
    )


def result_to_json(result: CaseResult) -> dict[str, Any]:
    """Return a result as a line of `results.jsonl` holds it."""
    scores = {} if result.error else asdict(result.scores)
    return {
        "id": result.id,
        "answer": result.answer,
        "scores": scores,
        "error": result.error or None,
    }


def result_line(result: CaseResult) -> bytes:
    """Return the line of `results.jsonl` with its line end."""
    line = json.dumps(result_to_json(result), ensure_ascii=False) + "\n"
    return line.encode("utf-8", "backslashreplace")  # half a surrogate pair, as JSON writes it


def load_results(run_dir: Path) -> tuple[CaseResult, ...]:
    """Return the results of a run; a last line that was cut off while writing is left out.

    Raises `RunMismatchError` where another line is no result.
    """
    path = run_dir / RESULTS_FILE
    if not path.exists():
        return ()
    lines = path.read_bytes().split(b"\n")[:-1]  # what follows the last line end was cut off
    return tuple(_result(line, f"{path}, line {number}") for number, line in enumerate(lines, 1))


def load_run_record(run_dir: Path) -> Mapping[str, Any]:
    """Return `run.json` as it stands; raises `RunMismatchError` where there is none to read."""
    path = run_dir / RUN_FILE
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunMismatchError(
            f"{path}: cannot be read as the record of a run; choose another --out"
        ) from error
    if not isinstance(record, dict):
        raise RunMismatchError(f"{path}: is not the record of a run; choose another --out")
    return record


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    half = path.with_name(path.name + ".part")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def write_results(run_dir: Path, results: Iterable[CaseResult]) -> None:
    """Replace the results of a run."""
    write_whole(run_dir / RESULTS_FILE, b"".join(result_line(result) for result in results))


def _result(line: bytes, where: str) -> CaseResult:
    try:
        record = json.loads(line)
        scores = Scores(**{name: record["scores"].get(name) for name in SCORE_NAMES})
        return CaseResult(record["id"], record["answer"], scores, record["error"] or "")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunMismatchError(f"{where}: is not a result; choose another --out") from error
