"""A library copied to measure its size is one that is searched, looked up and added to."""

from pathlib import Path

from fakes import HashingEmbedder, write_files

from bench.copied_library import copy_sources
from index.ingestion.sync import add_paths
from index.passage import Filters
from index.retrieval import Retriever
from index.storage.store import PassageStore

EMBEDDER = HashingEmbedder()
FILES = {
    "a.md": "# Mines\n\nChina mined 270,000 tons of rare earths in 2024.",
    "b.md": "# Mines\n\nAustralia mined 13,000 tons of rare earths in 2024.",
}


def test_copies_are_found_beside_what_they_were_made_of_and_adding_goes_on(tmp_path: Path) -> None:
    store = PassageStore(tmp_path / "home", EMBEDDER.name)
    folder = write_files(tmp_path / "files", FILES)
    add_paths(store, lambda: EMBEDDER, [folder], lambda _: None)
    passages = store.catalog.passage_count()
    for copies in (2, 3):
        copy_sources(store, passages)
        assert store.catalog.passage_count() == copies * passages
    added = write_files(tmp_path / "more", {"c.md": "Burma mined 31,000 tons in 2024."})
    report = add_paths(store, lambda: EMBEDDER, [added], lambda _: None)
    assert report.new == ("c.md",)
    found = Retriever(store, EMBEDDER).retrieve("Who mined rare earths?", 50, Filters())
    assert len(found) == store.catalog.passage_count() == 3 * passages + 1
    assert len({one.source.id for one in found}) == 7
    rows = store.catalog.database.rows("SELECT count(*), count(DISTINCT source_id) FROM facts")
    assert rows[0][0] >= 5 * 2 * passages
    assert rows[0][1] == 7
    with store.writing() as writer:
        assert writer.is_complete()
        assert not writer.missing()
    store.close()
