"""One pass over the cases into a run folder, which the same call made again completes.

One thread asks each answerer; this one alone writes. A result is on the disk before it counts, so
that after a stop at any moment no finished case is asked again.
"""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout

from assistant.errors import BudgetUsedUpError, RunLockedError, RunMismatchError
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import write_cases
from assistant.evaluation.results import (
    CASES_FILE,
    RESULTS_FILE,
    RUN_FILE,
    CaseResult,
    load_results,
    load_run_record,
    result_line,
    write_json,
    write_results,
)
from assistant.evaluation.running.asking import Answerer, CaseError
from assistant.evaluation.running.description import RunDescription
from assistant.evaluation.running.limits import Budget, Limits, Pace
from assistant.evaluation.scoring import Scores, score, spent_tokens

Progress = Callable[[int, int, CaseResult], None]
"""Called after each case that ran: cases done (with those of earlier calls), all cases, result."""


def run_cases(
    answerers: Sequence[Answerer],
    cases: Sequence[Case],
    folder: Path,
    description: RunDescription,
    progress: Progress,
    limits: Limits = Limits(),
    retries: int = 1,
) -> tuple[CaseResult, ...]:
    """Ask the cases, one at a time of each answerer, and return all results in their order.

    Cases that are finished in `folder` are not asked again; failed ones are. A case that fails is
    asked again after the others, `retries` times, and then recorded as failed. Raises
    RunMismatchError where the folder holds a run with other settings, index, program or cases,
    RunLockedError where another process writes there, and BudgetUsedUpError where `limits` end the
    run; what is finished by then is kept.
    """
    with _locked(folder):
        _begin(folder, cases, description)
        results = {result.id: result for result in load_results(folder) if not result.error}
        # Failed and cut-off lines go, so that each case has one line.
        write_results(folder, results.values())
        asking = _Asking(answerers, [c for c in cases if c.id not in results], limits, retries)
        for result in results.values():
            asking.budget.spend(*spent_tokens(result.answer))
        with (
            _session(folder, len(answerers), limits) as session,
            (folder / RESULTS_FILE).open("ab") as file,
        ):
            for result in asking.results():
                _append(file, result)
                results[result.id] = result
                session["asked"] += 1
                session["failed"] += bool(result.error)
                progress(len(results), len(cases), result)
    if asking.stopped_by:
        raise BudgetUsedUpError(
            f"{folder}: {asking.stopped_by} are used up after {len(results)} of {len(cases)} "
            "cases; allow more and run the same command to go on"
        )
    return tuple(results[case.id] for case in cases)


class _Asking:
    """The cases still to ask, and those under way."""

    def __init__(
        self, answerers: Sequence[Answerer], cases: Sequence[Case], limits: Limits, retries: int
    ) -> None:
        self._idle = list(answerers)
        self._waiting = deque((case, 1) for case in cases)
        self._under_way: dict[Future[CaseResult], tuple[Answerer, Case]] = {}
        self._retries = retries
        self._pace = Pace(limits.cases_per_minute)
        self.budget = Budget(limits)
        self.stopped_by = ""

    def results(self) -> Iterator[CaseResult]:
        """Yield the results as they finish; at Ctrl-C first those that are under way."""
        with ThreadPoolExecutor(max(1, len(self._idle))) as threads:
            interrupt: KeyboardInterrupt | None = None
            while self._waiting or self._under_way:
                try:
                    done = self._step(threads)
                except KeyboardInterrupt as error:
                    if interrupt:  # pressed again: what is under way is given up
                        raise
                    interrupt = error
                    self._waiting.clear()
                    continue
                if not done and not self._under_way and self.stopped_by:
                    return
                for future in done:
                    answerer, case = self._under_way.pop(future)
                    self._idle.append(answerer)
                    result = future.result()
                    self.budget.spend(*spent_tokens(result.answer))
                    if result.error and result.attempts <= self._retries and not interrupt:
                        self._waiting.append((case, result.attempts + 1))
                    else:
                        yield result
            if interrupt:
                raise interrupt

    def _step(self, threads: ThreadPoolExecutor) -> set[Future[CaseResult]]:
        """Start what may start, wait until something finishes or may start, return what did."""
        self._start(threads)
        if not self._under_way:
            if not self.stopped_by:
                time.sleep(self._pace.seconds_left())
            return set()
        patience = self._pace.seconds_left() if self._may_start() else None
        return wait(self._under_way, timeout=patience, return_when=FIRST_COMPLETED).done

    def _may_start(self) -> bool:
        return bool(self._waiting and self._idle and not self.stopped_by)

    def _start(self, threads: ThreadPoolExecutor) -> None:
        """Give idle answerers the next cases, as far as pace and budget allow."""
        while self._may_start() and not self._pace.seconds_left():
            self.stopped_by = self.budget.used_up()
            if self.stopped_by:
                return
            case, attempt = self._waiting.popleft()
            answerer = self._idle.pop()
            self._pace.asked()
            self._under_way[threads.submit(_result, answerer, case, attempt)] = answerer, case


def _result(answerer: Answerer, case: Case, attempt: int) -> CaseResult:
    """Ask one case and score its answer; what goes wrong is its error, never a score."""
    started = time.perf_counter()

    def seconds() -> float:
        return time.perf_counter() - started

    try:
        answer = answerer(case)
        return CaseResult(case.id, answer, score(case, answer), "", seconds(), attempt)
    except CaseError as error:
        told = str(error)
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
    return CaseResult(case.id, None, Scores(), told, seconds(), attempt)


def _append(file: BinaryIO, result: CaseResult) -> None:
    file.write(result_line(result))
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "run.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RunLockedError(
            f"another process is running cases into {folder}; wait until it is done, or choose "
            "another --out"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _begin(folder: Path, cases: Sequence[Case], description: RunDescription) -> None:
    """Write `run.json` and the cases, or hold them against what is to be run."""
    must_match = description.must_match() | {"cases": len(cases)}
    if (folder / RUN_FILE).exists():
        _refuse_other(folder, load_run_record(folder), must_match)
        return
    if (folder / RESULTS_FILE).exists():
        raise RunMismatchError(f"{folder}: holds results but no {RUN_FILE}; choose another --out")
    write_cases(folder / CASES_FILE, cases)
    begun = {
        **must_match,
        "cases_file": description.cases_file,
        "started": _now(),
        "versions": dict(description.versions),
        "sources": {file: asdict(source) for file, source in description.sources},
        "sessions": [],
    }
    write_json(folder / RUN_FILE, begun)


def _refuse_other(folder: Path, record: Mapping[str, Any], must_match: Mapping[str, Any]) -> None:
    changed = [
        f"{name}{_difference(record.get(name), value)}"
        for name, value in must_match.items()
        if record.get(name) != value
    ]
    if changed:
        raise RunMismatchError(
            f"{folder}: was begun with other {' and '.join(changed)}; choose another --out"
        )


def _difference(then: object, now: object) -> str:
    """Name the settings that differ: " (passages was 40, is 20)"; empty for what has no names."""
    if not isinstance(then, dict) or not isinstance(now, dict):
        return ""
    names = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    return f" ({', '.join(f'{name} was {then.get(name)}, is {now.get(name)}' for name in names)})"


@contextmanager
def _session(folder: Path, answerers: int, limits: Limits) -> Iterator[dict[str, int]]:
    """Record in `run.json` that cases are asked now, and at the end how many and for how long.

    A session that was killed stays without an end.
    """
    record = dict(load_run_record(folder))
    session: dict[str, Any] = {"started": _now(), "at_once": answerers, "limits": asdict(limits)}
    earlier = record.get("sessions", [])
    counts = {"asked": 0, "failed": 0}
    started = time.perf_counter()
    write_json(folder / RUN_FILE, record | {"sessions": [*earlier, session]})
    try:
        yield counts
    finally:
        ended = session | counts | {"seconds": round(time.perf_counter() - started, 2)}
        sessions = [*earlier, ended] if counts["asked"] else earlier
        write_json(folder / RUN_FILE, record | {"sessions": sessions})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
