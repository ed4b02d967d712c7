"""One home, one writer, many readers: locks, other settings, other processes, and kills."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashingEmbedder, write_files
from processes import start

from corpus.facts.reading import FACTS_VERSION
from index.errors import HomeLockedError, IndexingError, StaleIndexError
from index.ingestion.splitting import SPLITTER_VERSION
from index.ingestion.sync import SyncReport, add_paths
from index.passage import Filters
from index.retrieval import Retriever
from index.storage.index_version import SCHEMA_VERSION
from index.storage.store import PassageStore
from index.storage.vector_matrix import VectorHit
from index.storage.vectors import open_folder

EMBEDDER = HashingEmbedder()
SETTINGS = (
    f"embedding model {{}}, splitter {SPLITTER_VERSION}, facts {FACTS_VERSION}, "
    f"schema {SCHEMA_VERSION}"
)

# Runs the real add of one folder to one home, tells each file that is done, and may be slow.
ADD = """
    import sys, time
    from pathlib import Path
    from fakes import HashingEmbedder
    from index.storage.store import PassageStore
    from index.ingestion.sync import add_paths

    home, folder, pause = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])

    class Slow(HashingEmbedder):
        def embed(self, texts):
            time.sleep(pause)
            return super().embed(texts)

    store = PassageStore(home, "hashing")
    add_paths(store, Slow, [folder], lambda done: print(done.path, flush=True))
    store.close()
"""
HOLD = """
    import sys
    from pathlib import Path
    from index.storage.store import PassageStore

    with PassageStore(Path(sys.argv[1]), "hashing").writing():
        print("held", flush=True)
        sys.stdin.read()
"""


def texts(store: PassageStore, question: str) -> list[str]:
    """Return the texts found for a question."""
    found = Retriever(store, EMBEDDER).retrieve(question, 100, Filters())
    return [evidence.passage.text for evidence in found]


def nearest(store: PassageStore, question: str) -> tuple[VectorHit, ...]:
    """Return the hundred nearest vectors."""
    ids = [record.source.id for record in store.catalog.all_sources()]
    compare = store.comparison(ids)
    return store.hits(compare(EMBEDDER.embed([question])[0], 100), 100)


def add(store: PassageStore, folder: Path) -> SyncReport:
    return add_paths(store, lambda: EMBEDDER, [folder], lambda _: None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PassageStore]:
    opened = PassageStore(tmp_path / "home", EMBEDDER.name)
    yield opened
    opened.close()


def test_home_is_made_where_there_is_none(tmp_path: Path) -> None:
    PassageStore(tmp_path / "a" / "b", "any").close()
    assert (tmp_path / "a" / "b" / "catalog.sqlite").is_file()


def test_home_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexingError) as raised:
        PassageStore(tmp_path / "file" / "home", "any")
    assert str(raised.value) == (
        f"the home folder {tmp_path / 'file' / 'home'} cannot be made (Not a directory); "
        "choose another --home"
    )


def test_empty_home_is_open_under_any_embedder(store: PassageStore) -> None:
    store.check_settings()
    PassageStore(store.home, "other").check_settings()


def test_index_opened_under_another_embedder_is_stale(store: PassageStore, tmp_path: Path) -> None:
    add(store, write_files(tmp_path / "files", {"a.txt": "Words."}))
    store.check_settings()
    other = PassageStore(store.home, "other")
    with pytest.raises(StaleIndexError) as raised:
        other.check_settings()
    assert str(raised.value) == (
        f"the index in {store.home} was built with {SETTINGS.format('hashing')}, not with "
        f"{SETTINGS.format('other')}; run: rare-earth rebuild"
    )
    other.close()


def test_second_writer_in_one_process_is_refused(store: PassageStore) -> None:
    second = PassageStore(store.home, EMBEDDER.name)
    with store.writing(), pytest.raises(HomeLockedError), second.writing():
        pass
    with second.writing():
        pass
    second.close()


def test_lock_is_let_go_after_an_error(store: PassageStore) -> None:
    with pytest.raises(KeyError), store.writing():
        raise KeyError
    with store.writing():
        pass


def test_vector_that_the_catalog_does_not_know_is_no_hit(
    store: PassageStore, tmp_path: Path
) -> None:
    add(store, write_files(tmp_path / "files", {"a.txt": "Words."}))
    (record,) = store.catalog.sources()
    with store.catalog.change() as change:
        change.remove(record.source, record.root, keep_out=False)
    assert nearest(store, "words") == ()


@pytest.mark.slow
def test_second_writer_process_is_refused_while_the_first_writes(store: PassageStore) -> None:
    with start(HOLD, store.home) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(HomeLockedError) as raised, store.writing():
            pass
        assert str(raised.value) == (
            f"another process is adding to {store.home}; wait until it is done, then run the "
            "same command again"
        )
        holder.kill()
        holder.wait()
        with store.writing():
            pass


@pytest.mark.slow
def test_reader_sees_what_another_process_adds_and_removes(
    store: PassageStore, tmp_path: Path
) -> None:
    folder = write_files(tmp_path / "files", {"a.txt": "Nigeria mines ores."})
    add(store, folder)
    assert texts(store, "ores") == ["Nigeria mines ores."]
    write_files(folder, {"b.txt": "Burma mines ores."})
    with start(ADD, store.home, folder, 0) as adding:
        assert adding.wait() == 0
    # Found by vector too, not by its words alone.
    assert len(nearest(store, "Burma mines ores.")) == 2
    assert sorted(texts(store, "ores")) == ["Burma mines ores.", "Nigeria mines ores."]
    (folder / "a.txt").unlink()
    with start(ADD, store.home, folder, 0) as adding:
        assert adding.wait() == 0
    assert texts(store, "ores") == ["Burma mines ores."]


@pytest.mark.slow
def test_reader_answers_while_another_process_adds(store: PassageStore, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files", {"a.txt": "Nigeria mines ores."})
    add(store, folder)
    write_files(folder, {f"b{n}.txt": f"Country {n} mines ores." for n in range(8)})
    counts = []
    with start(ADD, store.home, folder, 0.05) as adding:
        while adding.poll() is None:
            found = texts(store, "ores")
            assert "Nigeria mines ores." in found
            counts.append(len(found))
        assert adding.returncode == 0
    assert counts == sorted(counts)
    assert len(texts(store, "ores")) == 9


def test_home_of_an_earlier_version_is_refused_with_the_command_that_upgrades_it(
    store: PassageStore, tmp_path: Path
) -> None:
    add(store, write_files(tmp_path / "files", {"a.txt": "Words."}))
    with store.catalog.change() as change:
        change.put_setting("settings", "embedding model x, splitter 1, schema 1")
    for check in (store.check_settings, store.check_pages):
        with pytest.raises(StaleIndexError) as raised:
            check()
        assert str(raised.value) == (
            f"{store.home} was made by an earlier version; run: rare-earth upgrade"
        )


@pytest.mark.slow
def test_writing_that_changes_nothing_leaves_what_another_process_added_to_be_found(
    store: PassageStore, tmp_path: Path
) -> None:
    folder = write_files(tmp_path / "files", {"a.txt": "Nigeria mines ores."})
    add(store, folder)
    assert len(nearest(store, "ores")) == 1
    write_files(folder, {"b.txt": "Burma mines ores."})
    with start(ADD, store.home, folder, 0) as adding:
        assert adding.wait() == 0
    with store.writing():
        pass
    assert len(nearest(store, "ores")) == 2


def test_number_of_a_removed_passage_is_given_to_no_other(
    store: PassageStore, tmp_path: Path
) -> None:
    folder = write_files(tmp_path / "files", {"a.txt": "Nigeria mines ores."})
    add(store, folder)
    assert nearest(store, "Nigeria mines ores.")[0].similarity == pytest.approx(1)
    (folder / "a.txt").unlink()
    add(store, folder)
    write_files(folder, {"b.txt": "Burma mines ores."})
    add(store, folder)
    (hit,) = nearest(store, "Burma mines ores.")
    assert hit.similarity == pytest.approx(1)


def test_matrix_that_is_gone_is_made_of_what_chroma_holds(
    store: PassageStore, tmp_path: Path
) -> None:
    add(store, write_files(tmp_path / "files", {"a.txt": "Nigeria.", "b.txt": "Burma."}))
    before = nearest(store, "Burma.")
    for file in store.home.glob("vectors-1/compared*"):
        file.unlink()
    again = PassageStore(store.home, EMBEDDER.name)
    assert nearest(again, "Burma.") == before != ()
    again.close()


def test_vector_that_chroma_has_lost_is_left_out(store: PassageStore, tmp_path: Path) -> None:
    add(store, write_files(tmp_path / "files", {"a.txt": "Nigeria.", "b.txt": "Burma."}))
    lost = nearest(store, "Burma.")[0]
    for file in store.home.glob("vectors-1/compared*"):
        file.unlink()
    vectors = open_folder(store.home / "vectors-1")
    vectors.delete([lost.id])
    again = PassageStore(store.home, EMBEDDER.name)
    assert [hit.id == lost.id for hit in nearest(again, "Burma.")] == [False]
    vectors.upsert([lost.id], [lost.source_id], EMBEDDER.embed(["Burma."]))
    add(again, write_files(tmp_path / "more", {"c.txt": "Chad."}))
    assert nearest(again, "Burma.")[0].id == lost.id
    vectors.close()
    again.close()


def test_search_opens_no_chroma_where_the_matrix_has_all(
    store: PassageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, write_files(tmp_path / "files", {"a.txt": "Nigeria."}))
    before = nearest(store, "Nigeria.")
    monkeypatch.setattr("index.storage.vector_places.open_folder", None)
    again = PassageStore(store.home, EMBEDDER.name)
    assert nearest(again, "Nigeria.") == before
    again.close()


def test_graph_is_asked_where_there_are_too_many_to_compare(
    store: PassageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.storage.store._COMPARED_VECTORS", 1)
    add(store, write_files(tmp_path / "files", {"a.txt": "Nigeria.", "b.txt": "Burma."}))
    hits = nearest(store, "Burma.")
    assert [hit.source_id[:1] for hit in hits] == ["b", "a"]
    assert store.similarities(EMBEDDER.embed(["Burma."])[0], [hits[0].id]) == pytest.approx(
        {hits[0].id: 1.0}
    )
    assert not (store.home / "vectors-1" / "compared.rows").exists()
