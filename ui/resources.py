"""What all sessions share: the assistant over one home, pictures of pages, runs of evaluation."""

import gc
import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import streamlit as st

from assistant.assistant import Assistant
from assistant.errors import AnswerError
from assistant.evaluation.comparing import Comparison, compare
from assistant.evaluation.reports.reported_cases import ReportedCase, report_cases, worst_first
from assistant.evaluation.results import CASES_FILE, RESULTS_FILE, RUN_FILE, Run, load_run
from assistant.evaluation.summary import Mean, Summary, mean_of, summarize
from assistant.settings import load_settings
from assistant.views import FoundFigures
from corpus.errors import CorpusError
from corpus.page_image import render_page, render_quote
from index.errors import IndexingError
from index.passage import Filters
from ui.asking import Conversation
from ui.radar.folder_watch import FolderWatch
from ui.shelf.adding import Adding
from ui.shelf.filling import Filling
from ui.signing_in import person_here

Version = tuple[int, ...]

_DRAWING_SECONDS = 1.0  # that a browser on this machine needs its cores for the first screen
_CHARTS = "pandas", "pyarrow"  # with which Streamlit draws the first of them


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run as far as it is written, its figures, and its cases, the worst first."""

    run: Run
    summary: Summary
    cases: tuple[ReportedCase, ...]
    version: Version


@dataclass(frozen=True, slots=True)
class RunHead:
    """What tells runs apart in a list.

    `right` is the mean of the answers that are right, None where no case is scored, and before the
    run is finished; `cases_sha256` is the same where the cases are.
    """

    name: str
    started: str = ""
    cases: int = 0
    is_finished: bool = False
    right: Mean | None = None
    cases_sha256: str = ""
    error: str = ""


def get_assistant() -> Assistant:
    """Return the assistant as who looks at this session holds it.

    Raises SignInError where he is not let in.
    """
    person = person_here()
    return _open_assistant().of(person)


@st.cache_resource(show_spinner="Opening the index")
def _open_assistant() -> Assistant:
    """Return the assistant, opened once a process; it goes on loading when a page is drawn."""
    assistant = Assistant(load_settings(os.environ))
    loading = threading.Timer(_DRAWING_SECONDS, _warm_up, (assistant,))
    loading.daemon = True
    loading.start()
    return assistant


def _warm_up(assistant: Assistant) -> None:
    """Load what answers need; what keeps it from that is told to who asks.

    What is loaded by then is set apart, so that no collection of garbage goes through it again:
    with the models in memory that takes a third of a second, in which nothing else runs.
    """
    with suppress(AnswerError, IndexingError, CorpusError):
        assistant.warm_up()
    for library in _CHARTS:
        import_module(library)
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def get_adding() -> Adding:
    """Return what adds documents to the home, one for all who look."""
    return Adding()


@st.cache_resource(show_spinner=False)
def get_folder_watch() -> FolderWatch:
    """Return what watches folders of this machine, one for all who look."""
    return FolderWatch()


@st.cache_resource(show_spinner=False)
def fillings() -> dict[str, Filling]:
    """Return the grids of this process by the name in their address, for pages loaded anew."""
    return {}


def found_figures(words: str, most: int, filters: Filters) -> FoundFigures:
    """Return what `Assistant.figures` does; looked up once a state of the home, not at each click.

    Raises NoSourceError where filters admit no source.
    """
    version = tuple(
        (one.source.id, one.source.sha256, one.state) for one in get_assistant().sources()
    )
    return _found_figures(words, most, filters, repr(filters), version)


@st.cache_resource(max_entries=8, show_spinner="Looking up")
def _found_figures(
    words: str,
    most: int,
    _filters: Filters,
    filters_told: str,  # noqa: ARG001
    version: tuple[tuple[str, str, str], ...],  # noqa: ARG001
) -> FoundFigures:
    return get_assistant().figures(words, most, _filters)


def reopen_assistant() -> None:
    """Have the assistant opened anew, by the settings that are kept by now.

    The one that was open stays open for those who still wait for an answer of it.
    """
    _open_assistant.clear()
    get_adding.clear()
    _found_figures.clear()


def close_with_session(conversation: Conversation) -> None:
    """See to it that a conversation is closed when the session that holds it ends."""
    _held(conversation, id(conversation))


@st.cache_resource(scope="session", on_release=Conversation.close, show_spinner=False)
def _held(_conversation: Conversation, number: int) -> Conversation:  # noqa: ARG001
    return _conversation


def page_picture(path: Path, number: int, quote: str) -> bytes:
    """Return page `number` of a PDF as PNG with the quote marked; drawn once a version."""
    return _page_picture(str(path), path.stat().st_mtime_ns, number, quote)


@st.cache_data(max_entries=64, show_spinner=False)
def _page_picture(path: str, modified: int, number: int, quote: str) -> bytes:  # noqa: ARG001
    return render_page(Path(path), number, quote)


def quote_picture(path: Path, number: int, quote: str) -> bytes:
    """Return what of page `number` of a PDF stands around a quote, as `page_picture` does."""
    return _quote_picture(str(path), path.stat().st_mtime_ns, number, quote)


@st.cache_data(max_entries=64, show_spinner=False)
def _quote_picture(path: str, modified: int, number: int, quote: str) -> bytes:  # noqa: ARG001
    return render_quote(Path(path), number, quote)


def open_run(folder: Path) -> OpenRun:
    """Return a run with its figures; read once a version of its files."""
    return _open_run(str(folder), _version(folder))


# These are shared as they are, since nothing changes them: a copy of 2,000 answers for each click,
# as cache_data makes it, takes half a second.
@st.cache_resource(max_entries=4, show_spinner="Reading the run")
def _open_run(folder: str, version: Version) -> OpenRun:
    run = load_run(Path(folder))
    return OpenRun(run, summarize(run), worst_first(report_cases(run)), version)


def compare_runs(first: OpenRun, second: OpenRun) -> Comparison:
    """Return the second run held against the first; compared once a version of their files."""
    runs = [(str(one.run.folder), one.version) for one in (first, second)]
    return _compare_runs(first.run, second.run, runs)


@st.cache_resource(max_entries=4, show_spinner="Comparing the runs")
def _compare_runs(
    _first: Run,
    _second: Run,
    runs: list[tuple[str, Version]],  # noqa: ARG001
) -> Comparison:
    return compare(_first, _second)


def run_head(folder: Path) -> RunHead:
    """Return what tells a run apart; one that cannot be read says so."""
    return _run_head(str(folder), _version(folder))


@st.cache_data(max_entries=256, show_spinner="Reading the runs")
def _run_head(folder: str, version: Version) -> RunHead:  # noqa: ARG001
    name = Path(folder).name
    try:
        run = load_run(Path(folder))
    except AnswerError as error:
        return RunHead(name, error=str(error))
    ran = {one.id for one in run.results}
    finished = all(case.id in ran for case in run.cases)
    right = mean_of("answer_right", run.results) if finished else None
    started, cases_sha256 = (str(run.record.get(key, "")) for key in ("started", "cases_sha256"))
    scored = right if right and right.scored else None
    return RunHead(name, started, len(run.cases), finished, scored, cases_sha256)


def _version(folder: Path) -> Version:
    """Return when the files of a run were last written."""
    files = [folder / name for name in (RUN_FILE, CASES_FILE, RESULTS_FILE)]
    return tuple(file.stat().st_mtime_ns if file.exists() else 0 for file in files)
