"""The store of a home: catalog and vectors opened together, under the settings they were built by.

HOME/catalog.sqlite    the truth: sources, pages, passages, words
HOME/vectors-N/        Chroma, which can be rebuilt from the catalog
HOME/writer.lock       held by the one process that writes
"""

import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.catalog import Catalog, StoredPassage
from index.errors import HomeLockedError, IndexingError, StaleIndexError
from index.passage import Passage
from index.splitting import SPLITTER_VERSION
from index.vectors import VectorHit, VectorStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SCHEMA_VERSION = 2


class PassageStore:
    """The passages of one home, for any number of threads to read.

    Another process may write meanwhile: reads notice the catalog's new generation and open the
    vectors anew, since Chroma shows a client only what stood there when it was opened.
    """

    def __init__(self, home: Path, embedder_name: str) -> None:
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexingError(
                f"the home folder {home} cannot be made ({error.strerror}); choose another --home"
            ) from error
        self.home = home
        self.embedder_name = embedder_name
        self.catalog = Catalog(home / "catalog.sqlite")
        self._lock = threading.RLock()
        self._vectors: VectorStore | None = None
        self._generation = -1

    def check_settings(self) -> None:
        """Raise StaleIndexError where the index was built with other settings than it is open with.

        An empty home takes the settings it is opened with.
        """
        self.check_schema()
        built = self.catalog.setting("settings")
        if built and built != self._settings():
            raise StaleIndexError(
                f"the index in {self.home} was built with {built}, not with {self._settings()}; "
                "run: rare-earth rebuild"
            )

    def check_schema(self) -> None:
        """Raise StaleIndexError where the pages are stored in the form of an earlier version."""
        built = self.catalog.setting("settings")
        if built and not built.endswith(f", schema {_SCHEMA_VERSION}"):
            folders = " ".join(self.catalog.roots())
            raise StaleIndexError(
                f"{self.home} was made by an earlier version, which read files in another way; "
                f"move it away and add the sources again: rare-earth add {folders}"
            )

    def nearest(
        self, vector: "NDArray[np.float32]", limit: int, source_ids: Sequence[str] | None
    ) -> tuple[VectorHit, ...]:
        """Return the nearest vectors that the catalog knows, nearest first."""
        with self._lock:
            hits = self._open_vectors().nearest(vector, limit, source_ids)
        known = self.catalog.passages([hit.id for hit in hits])
        return tuple(hit for hit in hits if hit.id in known)

    def similarities(self, vector: "NDArray[np.float32]", ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of a vector and each of the stored ones named."""
        with self._lock:
            return self._open_vectors().similarities(vector, ids)

    def close(self) -> None:
        """Close catalog and vectors."""
        with self._lock:
            if self._vectors:
                self._vectors.close()
                self._vectors = None
            self.catalog.close()

    @contextmanager
    def writing(self) -> Iterator["StoreWriter"]:
        """Hold the home's lock and yield what writes. Raises HomeLockedError where another does."""
        lock = FileLock(self.home / "writer.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise HomeLockedError(
                f"another process is adding to {self.home}; wait until it is done, then run the "
                "same command again"
            ) from error
        try:
            with self._lock:
                yield StoreWriter(self, self._open_vectors())
        finally:
            lock.release()

    def _open_vectors(self) -> VectorStore:
        generation = self.catalog.generation()
        if self._vectors is None or generation != self._generation:
            if self._vectors is not None:
                self._vectors.close()
            self._vectors = VectorStore(self._folder())
            self._generation = generation
        return self._vectors

    def _folder(self) -> Path:
        return self.home / f"vectors-{self.catalog.setting('vectors') or '1'}"

    def _settings(self) -> str:
        return (
            f"embedding model {self.embedder_name}, splitter {SPLITTER_VERSION}, "
            f"schema {_SCHEMA_VERSION}"
        )


class StoreWriter:
    """Writes passages with their vectors while the home's lock is held.

    Vectors go in before the catalog names them and out after it has forgotten them, so that a
    kill at any moment leaves at worst vectors that no one sees; `sweep` takes those out.
    """

    def __init__(self, store: PassageStore, vectors: VectorStore) -> None:
        self._store = store
        self._vectors = vectors
        self.catalog = store.catalog

    def claim_settings(self) -> None:
        """Record the settings that the index is built with."""
        if self.catalog.setting("settings") != self._store._settings():
            self.catalog.put_setting("settings", self._store._settings())

    def put_vectors(
        self, passages: Sequence[Passage], version: str, vectors: "NDArray[np.float32]"
    ) -> tuple[StoredPassage, ...]:
        """Store the vectors of one version of a source's passages."""
        stored = tuple(StoredPassage(p, f"{p.id}@{version[:12]}") for p in passages)
        if stored:
            ids = [s.vector_id for s in stored]
            self._vectors.upsert(ids, [p.source_id for p in passages], vectors)
        return stored

    def sweep(self, vector_ids: set[str] | None = None) -> None:
        """Delete the vectors, of those named or of all, that the catalog does not know."""
        if vector_ids is None:
            stale = self._vectors.ids() - self.catalog.vector_ids()
        else:
            stale = vector_ids - self.catalog.passages(sorted(vector_ids)).keys()
        self._vectors.delete(sorted(stale))

    def missing(self) -> set[str]:
        """Return the vector ids that the catalog knows and Chroma does not hold."""
        return self.catalog.vector_ids() - self._vectors.ids()

    def start_rebuild(self) -> str:
        """Open an empty vector folder to write into; return its number for `finish_rebuild`."""
        number = str(int(self.catalog.setting("vectors") or "1") + 1)
        folder = self._store.home / f"vectors-{number}"
        shutil.rmtree(folder, ignore_errors=True)
        self._vectors = VectorStore(folder)
        return number

    def finish_rebuild(self, number: str, passages: Mapping[str, Sequence[StoredPassage]]) -> None:
        """Let the new folder, passages and settings take the old ones' place, all at once."""
        old = self._store._folder()
        self._vectors.close()
        settings = {"vectors": number, "settings": self._store._settings()}
        self.catalog.put_rebuilt(passages, settings)
        shutil.rmtree(old, ignore_errors=True)
