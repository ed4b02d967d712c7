"""Assistants over a few files, pieces of evidence made by hand, and what holds of any answer."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.extractive.asked import Asked, read_asked
from assistant.extractive.candidates import Candidate, candidates
from assistant.extractive.late_interaction import Nearness
from assistant.extractive.ranking import Ranking, features_of
from assistant.settings import Settings
from corpus.document import BlockKind, Cell, Context, Source
from corpus.language.periods import find_years
from index.embedding import Embedder
from index.ingestion.sync import SyncReport, add_paths
from index.passage import Evidence, Passage
from index.question import analyze

SOURCE = Source(
    id="report",
    location="/gone/report.md",
    path="report.md",
    title="Annual Report",
    file_type="markdown",
    sha256="a" * 64,
)


def open_assistant(home: Path, embedder: Embedder, *paths: Path) -> tuple[Assistant, SyncReport]:
    """Return an assistant over a home to which the paths were added, and what adding them did."""
    assistant = Assistant(Settings(home), embedder)
    report = add_paths(assistant.store, lambda: embedder, paths, lambda _: None)
    return assistant, report


def home_made_once(
    name: str, folders: pytest.TempPathFactory, embedder: Embedder, *paths: Path
) -> Path:
    """Return a home to which the paths were added, made once a run whichever process is first.

    It is there to be read and copied: all processes of a run share it.
    """
    run = folders.getbasetemp()
    home = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / name
    with FileLock(f"{home}.lock"):
        if not home.exists():
            unfinished = home.with_name(f"{name}-unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            assistant, _ = open_assistant(unfinished, embedder, *paths)
            assistant.close()
            unfinished.rename(home)
    return home


@contextmanager
def opened_copy(
    made: Path, folders: pytest.TempPathFactory, embedder: Embedder
) -> Iterator[Assistant]:
    """Open a copy of a home that processes share."""
    home = shutil.copytree(made, folders.mktemp(made.name) / "home")
    with closing(Assistant(Settings(home), embedder)) as assistant:
        yield assistant


def evidence(
    text: str,
    *cells: Cell,
    start: int = 0,
    context: Context = Context(),
    source: Source = SOURCE,
    similarity: float = 0.5,
) -> Evidence:
    """Return a passage found for a question: prose, or with cells a row."""
    kind: BlockKind = "row" if cells else "prose"
    end = start + len(text)
    passage = Passage(f"{start}", source.id, 1, "1", start, end, text, kind, context, cells)
    return Evidence(passage, source, 0.03, similarity)


def row(*values: str | Cell, source: Source = SOURCE, **context: object) -> Evidence:
    """Return a table row as evidence, its label first; the context is given by its fields.

    A value given as words has the column, the year and the unit of the context.
    """
    given: Context = replace(Context(), **context)
    text = " | ".join(value if isinstance(value, str) else value.text for value in values)
    cells = []
    start = 0
    for value, column in zip(values, (*given.header, *[""] * len(values)), strict=False):
        if isinstance(value, str):
            years = find_years(column)
            value = Cell(value, 0, 0, column, years[-1] if years else 0, given.unit)
        cells.append(replace(value, start=start, end=start + len(value.text)))
        start += len(value.text) + len(" | ")
    return evidence(text, *cells, context=given, source=source)


def asked(question: str) -> Asked:
    """Return what a question asks, all its words equally common."""
    return read_asked(analyze(question), {})


def statement(question: str, found: str | Evidence) -> Candidate:
    """Return the last statement of a passage, or of prose given by its words."""
    item = evidence(found) if isinstance(found, str) else found
    return candidates(analyze(question), [item])[-1]


def ranking(question: str, *found: tuple[str | Evidence, float]) -> Ranking:
    """Return candidates with given scores, best first; only words that are said count as said."""
    wanted = asked(question)
    ranked = []
    for item, score in found:
        near = Nearness((0.0,) * len(wanted.words), 0.5)
        one = features_of(wanted, statement(question, item), 0.0, near)
        ranked.append(replace(one, score=score))
    return Ranking(wanted, tuple(ranked))


def check_answer(assistant: Assistant, answer: Answer) -> None:
    """Assert what must hold of every answer: sentences cited, quotes verbatim, numbers known."""
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for citation in answer.citations:
        page = assistant.page(citation.source.id, citation.page)
        assert citation.verified
        assert citation.quote
        assert page.text[citation.start : citation.end] == citation.quote
        assert (citation.page, citation.page_label) == (page.number, page.label)
    for sentence in answer.sentences:
        assert sentence.citations
        assert set(sentence.citations) <= set(numbers)
    if answer.status == "not_found":
        assert (answer.sentences, answer.citations) == ((), ())
    else:
        assert answer.sentences
