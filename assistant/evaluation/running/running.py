"""One pass over the cases into a run folder, which the same call made again completes.

One thread asks each answerer; this one alone writes. A result is on the disk before it counts, so
that after a stop at any moment no finished case is asked again. Whoever sees the folder can have
the run stopped, from another process too.
"""

import os
import signal
import threading
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

_LOCK_FILE = "run.lock"
_STOP_FILE = "stop"  # there from when a stop is asked for until the run has heard of it
_LOCK_SECONDS = 1.0  # who merely looks whether a run is under way holds the lock for a moment
_LOOK_SECONDS = 1.0  # between two looks whether to stop, while the pace lets nothing start

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
    asked again after the others, `retries` times, and then recorded as failed. At Ctrl-C, or once
    `stop_run` is called, those under way are finished and kept, and KeyboardInterrupt is raised; at
    a second Ctrl-C they are given up. Raises RunMismatchError where the folder holds a run with
    other settings, index, program or cases, RunLockedError where another process writes there, and
    BudgetUsedUpError where `limits` end the run; what is finished by then is kept.
    """
    with _locked(folder):
        _begin(folder, cases, description)
        budget = Budget(limits)
        results = {}
        for result in _results_of(folder, cases):
            budget.spend(*spent_tokens(result.answer))
            if not result.error:
                results[result.id] = result
        # Failed and cut-off lines go, so that each case has one line.
        write_results(folder, results.values())
        waiting = [case for case in cases if case.id not in results]
        asking = _Asking(answerers, waiting, Pace(limits.cases_per_minute), budget, retries)
        with (
            _session(folder, len(answerers), limits) as session,
            (folder / RESULTS_FILE).open("ab") as file,
            _stopped_by_ctrl_c(asking),
        ):
            for result in asking.results():
                _append(file, result)
                results[result.id] = result
                session["asked"] += 1
                session["failed"] += bool(result.error)
                progress(len(results), len(cases), result)
                asking.is_interrupted |= (folder / _STOP_FILE).exists()
        (folder / _STOP_FILE).unlink(missing_ok=True)
    if asking.is_interrupted:
        raise KeyboardInterrupt
    if asking.stopped_by:
        raise BudgetUsedUpError(
            f"{folder}: {asking.stopped_by} are used up after {len(results)} of {len(cases)} "
            "cases; allow more and run the same command to go on"
        )
    return tuple(results[case.id] for case in cases)


def cases_left(folder: Path, cases: Sequence[Case], description: RunDescription) -> int:
    """Return how many cases a call of `run_cases` would ask; raises what it would raise.

    A stop that was asked for before is over.
    """
    with _locked(folder):
        (folder / _STOP_FILE).unlink(missing_ok=True)
        _begin(folder, cases, description)
        results = _results_of(folder, cases)
    return len(cases) - len({result.id for result in results if not result.error})


def is_running(folder: Path) -> bool:
    """Tell whether cases are being run into a folder, by whichever process."""
    if not (folder / _LOCK_FILE).exists():
        return False
    lock = FileLock(folder / _LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def stop_run(folder: Path) -> None:
    """Have a run stop after the cases under way, whichever process it is in."""
    (folder / _STOP_FILE).touch()


def is_stopping(folder: Path) -> bool:
    """Tell whether a run was told to stop and has not done so yet."""
    return (folder / _STOP_FILE).exists()


def _results_of(folder: Path, cases: Sequence[Case]) -> list[CaseResult]:
    ids = {case.id for case in cases}
    return [result for result in load_results(folder) if result.id in ids]


@contextmanager
def _stopped_by_ctrl_c(asking: "_Asking") -> Iterator[None]:
    """Let a first Ctrl-C stop the asking gently; the next one does what it always does."""
    before = signal.getsignal(signal.SIGINT)
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or before is signal.SIG_IGN:  # such as behind nohup
        yield
        return

    def stop(*_: object) -> None:
        signal.signal(signal.SIGINT, before)
        asking.is_interrupted = True

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Asking:
    """The cases still to ask, and those under way."""

    def __init__(
        self,
        answerers: Sequence[Answerer],
        cases: Sequence[Case],
        pace: Pace,
        budget: Budget,
        retries: int,
    ) -> None:
        self._idle = list(answerers)
        self._waiting = deque((case, 1) for case in cases)
        self._under_way: dict[Future[CaseResult], tuple[Answerer, Case]] = {}
        self._failed: dict[str, CaseResult] = {}  # that are to be asked again
        self._pace = pace
        self._budget = budget
        self._retries = retries
        self.is_interrupted = False
        self.stopped_by = ""

    def results(self) -> Iterator[CaseResult]:
        """Yield the results as they finish."""
        threads = ThreadPoolExecutor(max(1, len(self._idle)))
        is_whole = False
        try:
            while self._may_go_on() or self._under_way:
                self._start(threads)
                for future in self._wait():
                    answerer, case = self._under_way.pop(future)
                    self._idle.append(answerer)
                    result = future.result()
                    self._budget.spend(*spent_tokens(result.answer))
                    if result.error and result.attempts <= self._retries:
                        self._failed[case.id] = result
                        self._waiting.append((case, result.attempts + 1))
                    else:
                        self._failed.pop(case.id, None)
                        yield result
            yield from self._failed.values()
            is_whole = True
        finally:  # where a second Ctrl-C gave up what is under way, nothing waits for it
            threads.shutdown(wait=is_whole, cancel_futures=True)

    def _may_go_on(self) -> bool:
        return bool(self._waiting) and not self.is_interrupted and not self.stopped_by

    def _start(self, threads: ThreadPoolExecutor) -> None:
        """Give idle answerers the next cases, as far as pace and budget allow."""
        while self._may_go_on() and self._idle and not self._pace.seconds_left():
            self.stopped_by = self._budget.used_up()
            if self.stopped_by:
                return
            case, attempt = self._waiting.popleft()
            answerer = self._idle.pop()
            self._pace.asked()
            self._under_way[threads.submit(_result, answerer, case, attempt)] = answerer, case

    def _wait(self) -> set[Future[CaseResult]]:
        """Wait until a case finishes or another may start, and return what finished."""
        patience = min(self._pace.seconds_left(), _LOOK_SECONDS) if self._may_go_on() else None
        if not self._under_way:
            time.sleep(patience or 0)
            return set()
        if not self._idle:
            patience = None  # whatever the pace, there is nobody to ask
        return wait(self._under_way, timeout=patience, return_when=FIRST_COMPLETED).done


def _result(answerer: Answerer, case: Case, attempt: int) -> CaseResult:
    """Ask one case and score its answer; what goes wrong is its error, never a score."""
    started = time.perf_counter()

    def seconds() -> float:
        return time.perf_counter() - started

    try:
        answer = answerer(case)
    except CaseError as error:
        return CaseResult(case.id, None, Scores(), str(error), seconds(), attempt)
    except Exception as error:
        return CaseResult(case.id, None, Scores(), _told(error), seconds(), attempt)
    took = seconds()
    try:
        return CaseResult(case.id, answer, score(case, answer), "", took, attempt)
    except Exception as error:  # an answer in a form that is none; what it spent counts
        return CaseResult(case.id, answer, Scores(), _told(error), took, attempt)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _append(file: BinaryIO, result: CaseResult) -> None:
    file.write(result_line(result))
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / _LOCK_FILE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_LOCK_SECONDS)
    except Timeout as error:
        raise RunLockedError(
            f"another process is running cases into {folder}; wait until it is done, or choose "
            "another --out"
        ) from error
    except OSError as error:
        raise RunMismatchError(
            f"{folder}: cannot be written ({error.strerror}); choose another --out"
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
        if not (folder / CASES_FILE).exists():
            write_cases(folder / CASES_FILE, cases)
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
