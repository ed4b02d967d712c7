"""What a run is before its first case: the cases, its folder, what it is over, who answers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from assistant.errors import RunMismatchError
from assistant.evaluation.case import Case
from assistant.evaluation.running.asking import Answerer, Answering, answer_case, warm_up
from assistant.evaluation.running.case_process import case_processes
from assistant.evaluation.running.description import RunDescription, describe_run
from assistant.settings import Settings
from index.storage.catalog import SourceRecord
from index.storage.store import PassageStore

RUNS_FOLDER = "runs"
_CASE_SECONDS = 300.0


class Evaluated(Answering, Protocol):
    """The part of the assistant that a run is over."""

    settings: Settings
    store: PassageStore

    def sources(self) -> tuple[SourceRecord, ...]: ...


@dataclass(frozen=True, slots=True)
class PreparedRun:
    """Cases that are to be run into a folder, and what they are run over."""

    cases: tuple[Case, ...]
    folder: Path
    description: RunDescription


Answerers = Callable[[Evaluated], AbstractContextManager[Sequence[Answerer]]]
"""Opens what answers the cases of a run over an assistant."""


def prepare_run(
    assistant: Evaluated, cases_file: Path, cases: Sequence[Case], out: Path | None = None
) -> PreparedRun:
    """Return the run of the cases of a file, into `out` or a folder of the home with its name.

    Raises RunMismatchError where the home holds nothing to ask.
    """
    settings, catalog = assistant.settings, assistant.store.catalog
    sources = [record.source for record in assistant.sources() if record.state == "indexed"]
    if not sources:
        raise RunMismatchError(
            f"the home {settings.home} holds no sources to ask; run: rare-earth add FOLDER"
        )
    description = describe_run(
        cases_file,
        cases,
        {
            "embedding_model": assistant.store.embedder_name,
            "passages": settings.passages,
            "reranker": settings.reranker,
            "threshold": settings.threshold,
            "entailment": settings.entailment,
            "model": settings.model,
            "model_address": settings.model_address,
            "model_seconds": settings.model_seconds,
        },
        catalog.fingerprint(),
        sources,
    )
    folder = settings.home / RUNS_FOLDER / f"{cases_file.stem}-{description.digest()}"
    return PreparedRun(tuple(cases), out or folder, description)


def check_sources(assistant: Evaluated, prepared: PreparedRun) -> None:
    """Raise RunMismatchError where the sources changed while the cases were asked."""
    if assistant.store.catalog.fingerprint() != prepared.description.fingerprint:
        raise RunMismatchError(
            f"{prepared.folder}: the sources changed while cases were asked, so answers come from "
            "both states; run again into another --out"
        )


@contextmanager
def several_answerers(
    assistant: Evaluated, count: int, case_seconds: float
) -> Iterator[Sequence[Answerer]]:
    """Yield what answers cases: nothing, this process alone, or several, a thread each."""
    if count == 0:
        yield []
        return
    if count == 1:
        warm_up(assistant)
        yield [lambda case: answer_case(assistant, case)]
        return
    with case_processes(assistant.settings, count, case_seconds, threads=1) as processes:
        yield processes


def one_apart(assistant: Evaluated) -> AbstractContextManager[Sequence[Answerer]]:
    """Open one process of its own that answers cases, beside questions that are asked meanwhile.

    Of what a model writes it keeps what is verified, as `eval run` does.
    """
    settings = replace(assistant.settings, strict=True)
    return case_processes(settings, 1, _CASE_SECONDS, threads=1)
