"""An index made anew beside the old one, from its stored pages, and swapped in whole.

HOME/rebuild/    the new index while it is made
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.embedding import Embedder
from index.errors import StaleIndexError
from index.ingestion.indexing import Indexing
from index.ingestion.sync import Progress
from index.storage.older_catalog import OlderSource, older_document, older_sources
from index.storage.store import PassageStore

_FOLDER = "rebuild"

OnProgress = Callable[[Progress], None]


def rebuild(store: PassageStore, embedder: Callable[[], Embedder], progress: OnProgress) -> int:
    """Split, embed and read all stored pages anew, and swap the new index in whole.

    The files themselves are not read again. Returns the number of passages. Raises
    HomeLockedError, and StaleIndexError for pages in the form of another version.
    """
    store.check_pages()
    folder = store.home / _FOLDER
    with store.locked():
        shutil.rmtree(folder, ignore_errors=True)
        with new_index(store, folder) as made:
            sources = older_sources(store.catalog.database)
            put_sources(made, sources)
            index_pages(store, made, [one for one in sources if one.pages], embedder, progress)
        swap_in(store, folder)
    return store.catalog.passage_count()


@contextmanager
def new_index(store: PassageStore, folder: Path) -> Iterator[PassageStore]:
    """Open the index that is to take the place of a home's, as far as it is made in a folder.

    One that was begun with other settings is begun anew. The lock of the home must be held.
    """
    made = store.beside(folder)
    try:
        made.check_settings()
    except StaleIndexError:
        made.close()
        for file in folder.glob("catalog.sqlite*"):
            file.unlink()
        made = store.beside(folder)
    if made.version() is None:
        store.clear_vectors()  # those that were begun before
    try:
        with made.catalog.change() as change:
            change.put_setting("vectors", store.next_vectors())
        yield made
    finally:
        made.close()


def put_sources(made: PassageStore, sources: Sequence[OlderSource]) -> None:
    """Record the sources that are to be read, and those that were removed or could not be read."""
    known = {record.source.id for record in made.catalog.all_sources()}
    with made.writing() as writer:
        writer.claim_settings()
        with made.catalog.change() as change:
            for one in sources:
                if one.source.id not in known:
                    state = "unreadable" if one.pages else one.state
                    change.put_refused(one.source, one.root, state, one.reason)


def index_pages(
    store: PassageStore,
    made: PassageStore,
    sources: Sequence[OlderSource],
    embedder: Callable[[], Embedder],
    progress: OnProgress,
) -> None:
    """Index what a home has stored of the pages of sources into a new index."""
    with made.writing() as writer:
        indexing = Indexing(writer, embedder, lambda *_: None)
        for done, one in enumerate(sources, start=1):
            indexing.take(older_document(store.catalog.database, one.source), one.root)
            if indexing.is_full or done == len(sources):
                indexing.store()
            progress(Progress(done, len(sources), one.source.path, "changed"))


def swap_in(store: PassageStore, folder: Path) -> None:
    """Put the index that was made in a folder in place of a home's, and delete what is left."""
    store.take_over(folder)
    clear(store, folder)


def clear(store: PassageStore, folder: Path) -> None:
    """Delete a folder in which an index was made, and vectors that are not in use."""
    store.clear_vectors()
    shutil.rmtree(folder, ignore_errors=True)
