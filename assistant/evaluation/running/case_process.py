"""Cases answered in a process of their own, which a case that breaks it does not take along."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from assistant.errors import CaseProcessError
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_records import case_record
from assistant.evaluation.running.asking import Answerer, CaseError
from assistant.settings import Settings, opening_of
from corpus.errors import CorpusError
from corpus.workers.worker_process import Worker, WorkerEndedError

MODULE = "assistant.evaluation.running.case_worker"
_OPEN_SECONDS = 300.0  # for loading the model on a busy machine


class CaseProcess:
    """A process that answers cases one at a time; it starts anew after a case that broke it."""

    def __init__(self, settings: Settings, case_seconds: float, threads: int) -> None:
        self._worker = Worker(MODULE)
        self._opening = opening_of(settings) | {"threads": threads}
        self._case_seconds = case_seconds

    def __call__(self, case: Case) -> Mapping[str, Any]:
        """Answer one case. Raises CaseError where that fails or takes too long."""
        if not self._worker.is_running:
            self.open()
        answer: Mapping[str, Any] = self._ask(self._case_seconds, case=case_record(case))
        return answer

    def open(self) -> None:
        """Start the process and let it load the model, so that no case has to wait for it."""
        self._ask(_OPEN_SECONDS, open=self._opening)

    def _ask(self, seconds: float, **request: object) -> Any:
        try:
            said = self._worker.ask(seconds, **request)
        except WorkerEndedError as error:
            raise CaseError(f"the process that answered {error}") from error
        if "error" in said:
            raise CaseError(said["error"])
        return said["answer"]

    def close(self) -> None:
        """End the process."""
        self._worker.close()


@contextmanager
def case_processes(
    settings: Settings, count: int, case_seconds: float, threads: int
) -> Iterator[Sequence[Answerer]]:
    """Yield so many processes, each computing in `threads` threads; end them at the end.

    Raises CaseProcessError where one does not start.
    """
    processes = [CaseProcess(settings, case_seconds, threads) for _ in range(count)]
    try:
        try:
            with ThreadPoolExecutor(count) as at_once:
                list(at_once.map(CaseProcess.open, processes))
        except (CaseError, CorpusError) as error:
            raise CaseProcessError(
                f"no process that answers cases starts ({error}); try --workers 1"
            ) from error
        yield processes
    finally:
        for process in processes:
            process.close()
