"""The runs of a home as readers hold them: started in a thread, watched, stopped, compared.

What there is of a run is in its folder, so that runs of other processes are seen and stopped, too.
"""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from assistant.errors import AnswerError, CaseFileError, RunLockedError, RunMismatchError
from assistant.evaluation.comparing import Comparison, compare
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.reports.html_report import write_report
from assistant.evaluation.results import (
    CASES_FILE,
    RESULTS_FILE,
    CaseResult,
    Run,
    list_runs,
    load_run,
    load_run_record,
)
from assistant.evaluation.running.preparing import (
    RUNS_FOLDER,
    Answerers,
    Evaluated,
    PreparedRun,
    check_sources,
    one_apart,
    prepare_run,
)
from assistant.evaluation.running.running import (
    cases_left,
    is_running,
    is_stopping,
    run_cases,
    stop_run,
)
from assistant.evaluation.summary import summarize
from corpus.errors import CorpusError
from index.errors import IndexingError
from index.ingestion.uploads import check_name

SHIPPED_CASES = Path(__file__).parents[1] / "cases" / "shipped.jsonl"
_ENDING_SECONDS = 10.0  # that a case under way has when the assistant is closed


@dataclass(frozen=True, slots=True)
class RunState:
    """How far a run is.

    `seconds_left` is None before it can be told; `error` says why a run that began here has ended.
    """

    name: str
    started: str
    state: Literal["running", "stopping", "stopped", "finished"]
    done: int
    cases: int
    seconds_left: float | None = None
    error: str = ""


class EvaluationRuns:
    """The runs of one home, one at a time started here. Safe to share between threads."""

    def __init__(self, assistant: Evaluated, answerers: Answerers = one_apart) -> None:
        self._assistant = assistant
        self._answerers = answerers
        self._starting = threading.Lock()
        self._asking: _Asking | None = None
        self._errors: dict[str, str] = {}

    @property
    def folder(self) -> Path:
        """Where the runs lie, a folder each."""
        return self._assistant.settings.home / RUNS_FOLDER

    def start(self, cases_file: Path = SHIPPED_CASES) -> str:
        """Begin to ask the cases of a file, or go on where they were begun; return the run's name.

        A run that is finished stays as it is: the same cases over the same sources are one run.
        Raises CaseFileError for a bad file, RunLockedError while another run is under way,
        RunMismatchError where the home holds nothing to ask.
        """
        cases = load_cases(cases_file)
        with self._starting:
            for one in self.states():
                if one.state in ("running", "stopping"):
                    raise RunLockedError(
                        f"the run {one.name} is under way; wait until it is done, or stop it"
                    )
            prepared = prepare_run(self._assistant, cases_file, cases)
            left = cases_left(prepared.folder, prepared.cases, prepared.description)
            self._errors.pop(prepared.folder.name, None)
            if left:
                self._asking = _Asking(prepared, len(cases) - left)
                self._asking.thread = threading.Thread(
                    target=self._ask, args=(self._asking,), daemon=True
                )
                self._asking.thread.start()
        return prepared.folder.name

    def start_sent(self, name: str, data: bytes) -> str:
        """Begin as `start` does with a file that is sent. Raises UploadError for a bad name."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / check_name(name)
            file.write_bytes(data)
            try:
                return self.start(file)
            except CaseFileError as error:
                raise CaseFileError(str(error).replace(f"{folder}{os.sep}", "")) from error

    def stop(self, name: str) -> None:
        """Have a run stop after the cases under way; what is done is kept.

        Raises RunMismatchError where none of the name is under way.
        """
        if self.state(name).state not in ("running", "stopping"):
            raise RunMismatchError(f"the run {name} is not under way; there is nothing to stop")
        stop_run(self._folder(name))

    def states(self) -> tuple[RunState, ...]:
        """Return how far all runs are, the one begun last first."""
        return tuple(self._state(folder) for folder in list_runs(self.folder))

    def state(self, name: str) -> RunState:
        """Return how far a run is. Raises RunMismatchError where there is none of the name."""
        return self._state(self._folder(name))

    def open(self, name: str) -> Run:
        """Return a run as far as it is. Raises RunMismatchError where there is none of the name."""
        return load_run(self._folder(name))

    def report(self, name: str) -> bytes:
        """Return the report of a run as HTML, made anew. Raises RunMismatchError as `open` does."""
        run = self.open(name)
        return write_report(run, summarize(run)).read_bytes()

    def compare(self, first: str, second: str) -> Comparison:
        """Return the second run against the first. Raises RunMismatchError as `open` does."""
        return compare(self.open(first), self.open(second))

    def close(self) -> None:
        """Stop what was started here, and give the case under way a while to finish."""
        asking = self._asking
        if asking and asking.is_alive:
            stop_run(asking.prepared.folder)
            asking.thread.join(_ENDING_SECONDS)

    def _folder(self, name: str) -> Path:
        for folder in list_runs(self.folder):
            if folder.name == name:
                return folder
        raise RunMismatchError(f"no run has the name {name!r}; see which there are")

    def _state(self, folder: Path) -> RunState:
        cases, done = _lines(folder / CASES_FILE), _lines(folder / RESULTS_FILE)
        started = str(load_run_record(folder).get("started", ""))
        own = self._asking
        is_own = own is not None and own.is_alive and own.prepared.folder == folder
        seconds = None
        state: Literal["running", "stopping", "stopped", "finished"]
        if is_own or is_running(folder):
            state = "stopping" if is_stopping(folder) else "running"
            seconds = own.seconds_left() if own and is_own else None
        else:
            state = "finished" if done >= cases else "stopped"
        error = self._errors.get(folder.name, "")
        return RunState(folder.name, started, state, done, cases, seconds, error)

    def _ask(self, asking: "_Asking") -> None:
        """Run the cases in this thread; what ends it early is told with its state."""
        prepared = asking.prepared
        try:
            with self._answerers(self._assistant) as answerers:
                run_cases(
                    answerers, prepared.cases, prepared.folder, prepared.description, asking.noted
                )
            check_sources(self._assistant, prepared)
        except KeyboardInterrupt:
            return
        except (AnswerError, IndexingError, CorpusError) as error:
            self._errors[prepared.folder.name] = str(error)


class _Asking:
    """A run that is under way in a thread of this process, and its pace."""

    def __init__(self, prepared: PreparedRun, done: int) -> None:
        self.prepared = prepared
        self.thread = threading.Thread()
        self._first = self._done = done
        self._begun = time.monotonic()

    @property
    def is_alive(self) -> bool:
        """Whether its cases are being asked, or are about to be."""
        return self.thread.is_alive()

    def noted(self, done: int, _: int, __: CaseResult) -> None:
        """Note that one more case is done."""
        self._done = done

    def seconds_left(self) -> float | None:
        """Return how long the other cases take at the pace of those that were asked."""
        asked = self._done - self._first
        if not asked:
            return None
        left = len(self.prepared.cases) - self._done
        return (time.monotonic() - self._begun) / asked * left


def _lines(file: Path) -> int:
    """Return how many whole lines a file has; none where it is not there."""
    return file.read_bytes().count(b"\n") if file.exists() else 0
