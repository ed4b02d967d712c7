"""Long drafts are checked in several processes: the same verdicts, whatever becomes of these."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue

import pytest
from fakes import write_files

from assistant.answer import CitedClaim
from assistant.assistant import Assistant
from assistant.citing import Stated
from assistant.drafts import (
    CheckedSentence,
    Draft,
    check_by_rules,
    check_process,
    check_processes,
    read_draft,
)
from assistant.drafts.check_process import CheckProcess
from assistant.settings import Settings
from index.embedding import Embedder
from index.ingestion.sync import add_paths
from index.passage import Filters

SOURCE = """---
title: Annual Report
publisher: Survey
---

# Output

The North mine put out 30 t of oxide in 2024. Its owner is a fund of Norway.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    home = tmp_path_factory.mktemp("home")
    assistant = Assistant(Settings(home), embedder)
    folder = write_files(home / "sources", {"report.md": SOURCE})
    add_paths(assistant.store, lambda: embedder, [folder], lambda _: None)
    assistant.close()
    return home


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    told = "".join(f"In 2024 the North mine put out {tons} t of oxide. " for tons in range(1, 61))
    return read_draft(write_files(tmp_path / "drafts", {"d.md": told}) / "d.md")


@pytest.fixture
def assistant(home: Path, embedder: Embedder) -> Iterator[Assistant]:
    opened = Assistant(Settings(home), embedder)
    yield opened
    opened.close()


@pytest.fixture
def process(home: Path) -> Iterator[CheckProcess]:
    started = CheckProcess(Settings(home), Filters())
    yield started
    started.close()


def checked_beside(
    process: CheckProcess, assistant: Assistant, draft: Draft
) -> tuple[list[CheckedSentence], int]:
    """Return a draft as it is checked beside a process, and how many sentences were cited here."""
    ready: SimpleQueue[CheckProcess] = SimpleQueue()
    ready.put(process)
    here: list[str] = []

    def cite(claims: Sequence[Stated]) -> list[CitedClaim]:
        here.extend(one.text for one in claims)
        return [cited for one in claims for cited in assistant.cite(one.text)]

    return list(check_by_rules(draft.sentences, cite, ready)), len(here)


@pytest.mark.slow
def test_verdicts_are_those_of_one_process(
    process: CheckProcess, assistant: Assistant, draft: Draft
) -> None:
    alone = list(assistant.check_sentences(draft.sentences))
    assert {one.verdict for one in alone} >= {"supported", "contradicted"}
    assert process.open()
    together, here = checked_beside(process, assistant, draft)
    assert together == alone
    assert here < len(alone)


@pytest.mark.slow
def test_what_a_process_that_has_ended_was_given_is_checked_here(
    process: CheckProcess, assistant: Assistant, draft: Draft
) -> None:
    assert process.open()
    process.kill()
    together, here = checked_beside(process, assistant, draft)
    assert here == len(together) == len(draft.sentences)


def test_only_a_long_draft_has_processes_and_one_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CheckProcess, "open", lambda _: False)
    monkeypatch.setattr(check_process, "core_count", lambda: 2)
    settings = Settings(tmp_path)
    with check_processes(settings, Filters(), 30) as few:
        assert few is None
    with check_processes(settings, Filters(), 500) as first:
        assert first is not None
        with check_processes(settings, Filters(), 500) as second:
            assert second is None
    with check_processes(settings, Filters(), 500) as again:
        assert again is not None
