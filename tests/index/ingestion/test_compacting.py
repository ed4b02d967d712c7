"""A compacted home finds what it found before, in less room."""

from pathlib import Path

import pytest
from fakes import HashingEmbedder, write_files

from index.errors import IndexingError
from index.ingestion.compacting import compact
from index.ingestion.sync import add_paths
from index.passage import Filters
from index.retrieval import Retriever
from index.storage.store import PassageStore

EMBEDDER = HashingEmbedder()
COUNTRIES = [f"Country {n}" for n in range(40)]


@pytest.fixture
def store(tmp_path: Path) -> PassageStore:
    """Return a home of forty files of which thirty are gone again."""
    opened = PassageStore(tmp_path / "home", EMBEDDER.name)
    folder = write_files(
        tmp_path / "files", {f"{one}.txt": f"{one} mines 4,000 tons. " * 40 for one in COUNTRIES}
    )
    add_paths(opened, lambda: EMBEDDER, [folder], lambda _: None)
    for one in COUNTRIES[10:]:
        (folder / f"{one}.txt").unlink()
    add_paths(opened, lambda: EMBEDDER, [folder], lambda _: None)
    return opened


def found(store: PassageStore) -> list[tuple[str, float]]:
    evidence = Retriever(store, EMBEDDER).retrieve("Who mines 4,000 tons?", 50, Filters())
    return [(one.passage.id, round(one.score, 6)) for one in evidence]


def test_compacted_home_finds_the_same_and_is_smaller(store: PassageStore) -> None:
    before = found(store)
    (vectors,) = store.home.glob("vectors-1/compared-*.f32")
    rows = vectors.stat().st_size
    assert compact(store) > 0
    assert found(store) == before != []
    (vectors,) = store.home.glob("vectors-1/compared-*.f32")
    assert vectors.stat().st_size < rows


def test_home_without_room_beside_it_is_left_as_it_is(
    store: PassageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "index.ingestion.compacting.shutil.disk_usage", lambda _: type("Usage", (), {"free": 0})
    )
    with pytest.raises(
        IndexingError, match=r"needs .* MB that are not free; make room on its disk"
    ):
        compact(store)
