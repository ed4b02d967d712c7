"""One pass over the cases into a run folder, which the same call run again completes."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from assistant.answer import (
    Answer,
    CitedClaim,
    Turn,
    answer_to_json,
    cited_claim_to_json,
    evidence_to_json,
)
from assistant.errors import RunMismatchError
from assistant.evaluation.case import Case
from assistant.evaluation.results import (
    RESULTS_FILE,
    RUN_FILE,
    CaseResult,
    RunDescription,
    load_results,
    load_run_record,
    result_line,
    write_results,
    write_whole,
)
from assistant.evaluation.scoring import Scores, score
from index.passage import Evidence, Filters

_EVIDENCE_LIMIT = 10  # the deepest page hit that is scored


class Answering(Protocol):
    """The part of the assistant that an evaluation uses."""

    def ask(self, question: str, turns: Sequence[Turn] = ..., filters: Filters = ...) -> Answer: ...

    def cite(self, text: str, filters: Filters = ...) -> tuple[CitedClaim, ...]: ...

    def search(
        self, question: str, limit: int = ..., filters: Filters = ...
    ) -> tuple[Evidence, ...]: ...


Progress = Callable[[int, int, CaseResult], None]
"""Called after each case that ran: cases done (with those of earlier calls), all cases, result."""


def run_cases(
    assistant: Answering,
    cases: Sequence[Case],
    out_dir: Path,
    description: RunDescription,
    progress: Progress,
) -> tuple[CaseResult, ...]:
    """Run the cases and return all results, in the order of the cases.

    Cases that are finished in `out_dir` are not run again; failed ones are. Raises
    `RunMismatchError` if the folder holds a run with other settings, index or cases.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    _begin(out_dir, description, len(cases))
    results = {result.id: result for result in load_results(out_dir) if not result.error}
    # Failed and cut-off lines go, so that each case has one line.
    write_results(out_dir, results.values())
    with (out_dir / RESULTS_FILE).open("ab") as file:
        for case in cases:
            if case.id in results:
                continue
            result = _run_case(assistant, case)
            file.write(result_line(result))
            file.flush()
            os.fsync(file.fileno())
            results[case.id] = result
            progress(len(results), len(cases), result)
    return tuple(results[case.id] for case in cases)


def _run_case(assistant: Answering, case: Case) -> CaseResult:
    try:
        answer = _answer(assistant, case)
        return CaseResult(case.id, answer, score(case, answer))
    except Exception as error:
        return CaseResult(case.id, None, Scores(), f"{type(error).__name__}: {error}")


def _answer(assistant: Answering, case: Case) -> Mapping[str, Any]:
    if case.use == "ask":
        return answer_to_json(assistant.ask(case.question, case.turns, Filters()))
    claims = assistant.cite(case.claim, Filters())
    evidence = assistant.search(case.claim, _EVIDENCE_LIMIT, Filters())
    return {
        "claims": [cited_claim_to_json(claim) for claim in claims],
        "evidence": [evidence_to_json(entry) for entry in evidence],
    }


def _begin(out_dir: Path, description: RunDescription, cases: int) -> None:
    """Write `run.json`, or hold it against what is to be run where it is there."""
    must_match = {
        "settings": dict(description.settings),
        "fingerprint": description.fingerprint,
        "cases_sha256": description.cases_sha256,
        "cases": cases,
    }
    path = out_dir / RUN_FILE
    if not path.exists():
        if (out_dir / RESULTS_FILE).exists():
            raise RunMismatchError(
                f"{out_dir}: holds results but no {RUN_FILE}; choose another --out"
            )
        begun = {
            **must_match,
            "cases_file": description.cases_file,
            "versions": dict(description.versions),
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        write_whole(path, (json.dumps(begun, indent=2, ensure_ascii=False) + "\n").encode())
        return
    record = load_run_record(out_dir)
    changed = [
        f"{name}{_difference(record.get(name), value)}"
        for name, value in must_match.items()
        if record.get(name) != value
    ]
    if changed:
        raise RunMismatchError(
            f"{out_dir}: was begun with other {' and '.join(changed)}; choose another --out"
        )


def _difference(then: object, now: object) -> str:
    """Name the settings that differ: " (passages was 40, is 20)"; empty for what has no names."""
    if not isinstance(then, dict) or not isinstance(now, dict):
        return ""
    names = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    return f" ({', '.join(f'{name} was {then.get(name)}, is {now.get(name)}' for name in names)})"
