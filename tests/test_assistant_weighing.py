"""How statements are ordered: by score, and what decides between equal ones."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from assistants import SOURCE, row
from fakes import HashingEmbedder

from assistant.weighing import weigh
from corpus.document import Cell, Source
from index.passage import Evidence
from index.question import analyze
from index.store import PassageStore

EMBEDDER = HashingEmbedder()
QUESTION = analyze("What was the import reliance of the United States in 2024?")
CAPTION = "Import reliance of the United States, percent"
OLDER = replace(SOURCE, id="older", published="2025-01")
NEWER = replace(SOURCE, id="newer", published="2026-02")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PassageStore]:
    opened = PassageStore(tmp_path / "home", EMBEDDER.name)
    yield opened
    opened.close()


def reliance(source: Source, *columns: str) -> Evidence:
    cells = [Cell(str(53 + n), 0, 0, head, 2024, "percent") for n, head in enumerate(columns)]
    header = ("Item", *columns)
    return row("Import reliance", *cells, source=source, caption=CAPTION, header=header)


def ordered(store: PassageStore, *found: Evidence) -> list[str]:
    return [w.candidate.evidence.source.id for w in weigh(QUESTION, found, store, EMBEDDER)]


def test_newer_of_equal_statements_comes_first(store: PassageStore) -> None:
    found = reliance(OLDER, "2024"), reliance(NEWER, "2024")
    assert ordered(store, *found) == ordered(store, *reversed(found)) == ["newer", "older"]


def test_row_that_tells_every_value_of_the_year_comes_before_an_equal_one(
    store: PassageStore,
) -> None:
    found = reliance(OLDER, "2024, MCS 2025", "2024, MCS 2026"), reliance(NEWER, "2024")
    assert ordered(store, *found) == ordered(store, *reversed(found)) == ["older", "newer"]


def test_official_source_comes_before_another_with_the_same_row(store: PassageStore) -> None:
    official = replace(OLDER, rank="official")
    found = reliance(official, "2024"), reliance(NEWER, "2024")
    assert ordered(store, *found) == ordered(store, *reversed(found)) == ["older", "newer"]
