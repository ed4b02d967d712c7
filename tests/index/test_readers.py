"""Many readers beside one writer: no error, nothing half or stale, a rebuild in one step."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashingEmbedder, write_files
from processes import start

from index.errors import StaleIndexError
from index.ingestion.sync import add_paths
from index.passage import Filters
from index.retrieval import Retriever
from index.storage.store import PassageStore

EMBEDDER = HashingEmbedder()
READERS = 8
WORK = """
    import sys
    from pathlib import Path
    from fakes import HashingEmbedder
    from index.ingestion.rebuilding import rebuild
    from index.storage.store import PassageStore
    from index.ingestion.sync import add_paths

    store = PassageStore(Path(sys.argv[1]), "hashing")
    if sys.argv[2] == "add":
        add_paths(store, HashingEmbedder, [Path(sys.argv[3])], lambda _: None)
    else:
        rebuild(store, HashingEmbedder, lambda _: None)
    store.close()
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PassageStore]:
    """Open a home in which each mine has two sections, so that half of one would show."""
    opened = PassageStore(tmp_path / "home", EMBEDDER.name)
    write_mines(tmp_path / "files", range(30))
    add_paths(opened, lambda: EMBEDDER, [tmp_path / "files"], lambda _: None)
    yield opened
    opened.close()


def write_mines(folder: Path, numbers: range) -> None:
    for number in numbers:
        text = f"# Mine {number}\n\nMine {number} digs.\n\n## Owner\n\nMine {number} is owned.\n"
        write_files(folder, {f"mine{number}.md": text})


def found(store: PassageStore, question: str, limit: int = 200) -> list[str]:
    evidence = Retriever(store, EMBEDDER).retrieve(question, limit, Filters())
    return sorted(one.passage.text for one in evidence)


def read_beside(store: PassageStore, *work: object) -> list[list[str]]:
    """Ask with eight threads until a process has done its work; return all that they found."""
    seen: list[list[str]] = []
    failed: list[BaseException] = []
    with start(WORK, store.home, *work) as working:

        def ask() -> None:
            try:
                while working.poll() is None:
                    seen.append(found(store, "mine"))
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=ask) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert working.wait() == 0
    assert failed == []
    assert seen
    return seen


def sections(texts: list[str]) -> tuple[int, int]:
    """Return how many of the texts are first and second sections."""
    return sum("digs" in text for text in texts), sum("owned" in text for text in texts)


@pytest.mark.slow
def test_eight_readers_see_each_source_whole_or_not_at_all_while_another_process_adds(
    store: PassageStore, tmp_path: Path
) -> None:
    write_mines(tmp_path / "files", range(30, 100))
    (tmp_path / "files" / "mine0.md").unlink()
    for texts in read_beside(store, "add", tmp_path / "files"):
        first, second = sections(texts)
        assert first == second >= 29
    texts = found(store, "mine")
    assert "Mine 0 digs." not in texts
    assert sections(texts) == (99, 99)


@pytest.mark.slow
def test_readers_find_all_of_an_index_while_it_is_rebuilt(store: PassageStore) -> None:
    before = found(store, "mine")
    assert len(before) == 60
    number = store.catalog.setting("vectors")
    assert all(texts == before for texts in read_beside(store, "rebuild"))
    assert store.catalog.setting("vectors") != number
    assert found(store, "mine") == before


@pytest.mark.slow
def test_reader_refuses_where_the_index_was_rebuilt_with_another_model_meanwhile(
    store: PassageStore,
) -> None:
    assert found(store, "mine")
    with start(WORK.replace('"hashing"', '"other"'), store.home, "rebuild") as working:
        assert working.wait() == 0
    with pytest.raises(StaleIndexError) as raised:
        found(store, "mine")
    assert "was built with embedding model other" in str(raised.value)
    assert str(raised.value).endswith("run: rare-earth rebuild")
