"""Cases of an evaluation answered on the nodes of a Ray cluster, each over its copy of the home.

An actor has one process that answers, as on one machine (`case_process`). Secrets are not sent:
each node has them in its own environment.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.errors import CaseProcessError
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_records import case_record, load_case
from assistant.evaluation.running.asking import Answerer, CaseError
from assistant.evaluation.running.case_process import CaseProcess
from assistant.evaluation.running.description import program_digest
from assistant.evaluation.running.preparing import Evaluated
from assistant.settings import opening_of, settings_of, with_secrets
from index.cluster.connection import fault_line, joined
from index.storage.catalog import Catalog

_OPEN_SECONDS = 600.0  # for loading the models on a busy node
_RETRIES = (5.0, 10.0, 20.0, 30.0)  # seconds before a case whose node went away is asked again


class CaseActor:
    """Answers cases on a node; it first checks that home and program are those of the run."""

    def __init__(self, opening: Mapping[str, Any], state: str, case_seconds: float) -> None:
        settings = with_secrets(settings_of(opening), os.environ)
        self._home = settings.home
        self._state = state
        self._is_checked = False
        self._process = CaseProcess(settings, case_seconds, threads=1)

    def open(self) -> str:
        """Load the models; return what keeps cases from being answered here, "" for nothing."""
        try:
            self._check()
            self._process.open()
        except CaseError as error:
            return str(error)
        return ""

    def answer(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a case: {"answer": ...}, or {"error": ...} where that fails."""
        try:
            self._check()
            return {"answer": self._process(load_case(record))}
        except CaseError as error:
            return {"error": str(error)}

    def _check(self) -> None:
        if self._is_checked:
            return
        if not (self._home / "catalog.sqlite").exists():
            raise CaseError(f"{os.uname().nodename} has no home at {self._home}; copy it there")
        if home_state(self._home) != self._state:
            raise CaseError(
                f"{os.uname().nodename} has another state of {self._home}, or of the program; copy "
                "both there"
            )
        self._is_checked = True


def home_state(home: Path) -> str:
    """Return a digest of what a home holds, and of the program that answers from it."""
    catalog = Catalog(home / "catalog.sqlite")
    try:
        return f"{catalog.fingerprint()} {program_digest()}"
    finally:
        catalog.close()


@contextmanager
def cluster_answerers(
    assistant: Evaluated, address: str, count: int, case_seconds: float
) -> Iterator[Sequence[Answerer]]:
    """Yield what answers cases on the nodes of a cluster, `count` of them or (0) one a core.

    A case whose node goes away is answered by another. Raises ClusterError, and CaseProcessError
    where a node cannot answer.
    """
    settings = assistant.settings
    opening = opening_of(replace(settings, model_key="", vector_header=""))
    with joined(address):
        import ray

        cores = int(ray.cluster_resources().get("CPU", 0))  # type: ignore[no-untyped-call]
        make = ray.remote(CaseActor).options(
            num_cpus=0,  # so that what is left of a cluster holds them all
            scheduling_strategy="SPREAD",
            max_restarts=-1,
        )
        state = home_state(settings.home)
        actors: list[Any] = [
            make.remote(opening, state, case_seconds) for _ in range(count or max(1, cores))
        ]
        told = ray.get([actor.open.remote() for actor in actors], timeout=_OPEN_SECONDS)
        if faults := sorted(set(filter(None, told))):
            raise CaseProcessError(f"a node cannot answer cases: {faults[0]}")
        yield [_Asked(actor, case_seconds) for actor in actors]


class _Asked:
    """Asks one actor, and again where its node goes away: the actor then starts on another."""

    def __init__(self, actor: Any, case_seconds: float) -> None:
        self._actor = actor
        self._seconds = case_seconds + _OPEN_SECONDS

    def __call__(self, case: Case) -> Mapping[str, Any]:
        """Answer a case. Raises CaseError where that fails."""
        from ray.exceptions import RayError

        for seconds in _RETRIES:
            try:
                return self._ask(case)
            except RayError:
                time.sleep(seconds)
        try:
            return self._ask(case)
        except RayError as error:
            told = fault_line(error)
            raise CaseError(f"the nodes that were to answer it failed ({told})") from error

    def _ask(self, case: Case) -> Mapping[str, Any]:
        import ray

        said = ray.get(self._actor.answer.remote(case_record(case)), timeout=self._seconds)
        if "error" in said:
            raise CaseError(said["error"])
        answer: Mapping[str, Any] = said["answer"]
        return answer
