"""The store of a home: catalog and vectors opened together, under the settings they were built by.

HOME/catalog.sqlite    the truth: sources, pages, passages, facts, words
HOME/vectors-N/        Chroma, which can be rebuilt from the catalog
HOME/writer.lock       held by the one process that writes
"""

import shutil
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import HomeLockedError, IndexingError, StaleIndexError
from index.storage.catalog import Catalog
from index.storage.changes import StoredPassage
from index.storage.index_version import IndexVersion, parse_version
from index.storage.vector_matrix import VectorHit, VectorMatrix
from index.storage.vectors import VectorStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FEW_SOURCES = 200  # Chroma's graph is asked to look at no more of them one by one
_COMPARED_VECTORS = 150_000  # up to which all are compared: 230 MB, and four seconds to load


@contextmanager
def lock_home(home: Path) -> Iterator[None]:
    """Hold a home's lock. Raises HomeLockedError where another process does."""
    lock = FileLock(home / "writer.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise HomeLockedError(
            f"another process is adding to {home}; wait until it is done, then run the "
            "same command again"
        ) from error
    try:
        yield
    finally:
        lock.release()


@dataclass(frozen=True, slots=True)
class _Opened:
    """Which state of the catalog the open vectors are of, and which folder they lie in."""

    generation: int
    folder: str


@dataclass(frozen=True, slots=True)
class _Compared:
    """All vectors of a state of the catalog, None where there are too many."""

    generation: int
    matrix: VectorMatrix | None


class PassageStore:
    """The passages of one home, for any number of threads to read.

    Another process may write meanwhile: reads notice the catalog's new generation and open the
    vectors anew, since Chroma shows a client only what stood there when it was opened. All vectors
    are held in memory, unless there are very many, and then only the new ones are fetched.
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
        self._opened = _Opened(-1, "")
        self._compared = _Compared(-1, None)

    def version(self) -> IndexVersion | None:
        """Return what the index was built with, None in an empty home.

        Raises StaleIndexError where it is of a later version of the program.
        """
        written = self.catalog.setting("settings")
        version = parse_version(written)
        if written and (version is None or version.is_newer):
            raise StaleIndexError(
                f"{self.home} was made by a later version of rare-earth-assistant ({written}); "
                "install that version, or choose another --home"
            )
        return version

    def check_settings(self) -> None:
        """Raise StaleIndexError where the index was built with other settings than it is open with.

        An empty home takes the settings it is opened with.
        """
        built = self.version()
        if built and built.is_older:
            raise StaleIndexError(
                f"{self.home} was made by an earlier version; run: rare-earth upgrade"
            )
        if built and built != self.settings:
            raise StaleIndexError(
                f"the index in {self.home} was built with {built}, not with {self.settings}; "
                "run: rare-earth rebuild"
            )

    def check_pages(self) -> None:
        """Raise StaleIndexError where the pages are stored in the form of another version."""
        built = self.version()
        if built and not built.keeps_pages:
            raise StaleIndexError(
                f"{self.home} was made by an earlier version; run: rare-earth upgrade"
            )

    @property
    def settings(self) -> IndexVersion:
        """With what an index is built that is open as this one is."""
        return IndexVersion(self.embedder_name)

    def nearest(
        self, vector: "NDArray[np.float32]", limit: int, source_ids: Collection[str]
    ) -> tuple[VectorHit, ...]:
        """Return up to `limit` of the nearest vectors of the named sources, nearest first.

        A vector that the catalog does not know is passed over. Raises StaleIndexError where the
        index was rebuilt with other settings meanwhile.
        """
        matrix = self._compared_vectors()
        if matrix is not None:
            return matrix.nearest(vector, limit, source_ids)
        wanted = set(source_ids)
        among = tuple(sorted(wanted)) if len(wanted) <= _FEW_SOURCES else None
        with self._lock:
            vectors = self._open_vectors()
            total = vectors.count()
            fetched = 2 * limit
            while True:
                hits = vectors.nearest(vector, fetched, among)
                sources = self.catalog.sources_of([hit.id for hit in hits])
                found = tuple(hit for hit in hits if sources.get(hit.id) in wanted)
                if len(found) >= limit or len(hits) < fetched or fetched >= total:
                    return found[:limit]
                fetched *= 4  # copies or sources that are not asked for took the places

    def similarities(self, vector: "NDArray[np.float32]", ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of a vector and each of the stored ones named."""
        matrix = self._compared_vectors()
        if matrix is not None:
            return matrix.similarities(vector, ids)
        with self._lock:
            return self._open_vectors().similarities(vector, ids)

    def vectors(self, ids: Sequence[str]) -> "dict[str, NDArray[np.float32]]":
        """Return the stored vectors of these ids, of those that are there."""
        with self._lock:
            return self._open_vectors().vectors(ids)

    def close(self) -> None:
        """Close catalog and vectors."""
        with self._lock:
            if self._vectors:
                self._vectors.close()
                self._vectors = None
            self._compared = _Compared(-1, None)
            self.catalog.close()

    @contextmanager
    def writing(self) -> Iterator["StoreWriter"]:
        """Hold the home's lock and yield what writes. Raises HomeLockedError where another does."""
        with self.locked(), self._lock:
            yield StoreWriter(self, self._open_vectors())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the home's lock. Raises HomeLockedError where another process does."""
        with lock_home(self.home):
            yield

    def _compared_vectors(self) -> VectorMatrix | None:
        """Return all vectors, None where there are too many to compare each.

        A thread that reads an older state than another has loaded takes the newer vectors: those
        that its catalog does not know are passed over, and threads do not load in turns.
        """
        with self._lock:
            generation = self.catalog.generation()
            if self._compared.generation >= generation:
                return self._compared.matrix
            self.check_settings()
            # What the catalog knows is read before Chroma is opened: all of it stands there by now.
            sources = self.catalog.vector_sources()
            vectors = self._open_vectors()
            held = self._compared.matrix or VectorMatrix((), (), ())
            few = len(sources) <= _COMPARED_VECTORS
            matrix = held.following(sources, vectors.vectors) if few else None
            self._compared = _Compared(generation, matrix)
            return matrix

    def _open_vectors(self) -> VectorStore:
        opened = _Opened(self.catalog.generation(), self.catalog.setting("vectors"))
        if self._vectors is not None and self._opened.generation >= opened.generation:
            return self._vectors
        if self._vectors is not None:
            self._vectors.close()
        if opened.folder != self._opened.folder:  # rebuilt: the same ids have other vectors
            self._compared = _Compared(-1, None)
        self._vectors = VectorStore(self._folder())
        self._opened = opened
        return self._vectors

    def take_over(self, home: Path) -> None:
        """Put the closed index of another home in place of this one's, all at once.

        Its vectors have the number of `next_vectors`. The lock of this home must be held.
        """
        made = Catalog(home / "catalog.sqlite")
        with made.change() as change:
            generation = max(made.generation(), self.catalog.generation())
            change.put_setting("generation", str(generation))
        folder = f"vectors-{made.setting('vectors')}"
        shutil.rmtree(self.home / folder, ignore_errors=True)
        shutil.copytree(home / folder, self.home / folder)
        self.catalog.take_over(made)
        made.close()

    def next_vectors(self) -> str:
        """Return the number of the folder of vectors that is to take the place of this one."""
        return str(int(self.catalog.setting("vectors") or "1") + 1)

    def clear_vectors(self) -> None:
        """Delete folders of vectors that are not in use. The lock of this home must be held."""
        for folder in set(self.home.glob("vectors-*")) - {self._folder()}:
            shutil.rmtree(folder, ignore_errors=True)

    def _folder(self) -> Path:
        return self.home / f"vectors-{self.catalog.setting('vectors') or '1'}"


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
        settings = str(self._store.settings)
        if self.catalog.setting("settings") != settings:
            with self.catalog.change() as change:
                change.put_setting("settings", settings)

    def put_vectors(
        self, passages: Sequence[StoredPassage], vectors: "NDArray[np.float32]"
    ) -> None:
        """Store one vector a passage; the catalog has yet to name them."""
        if passages:
            ids = [stored.vector_id for stored in passages]
            self._vectors.upsert(ids, [s.passage.source_id for s in passages], vectors)

    def put_vectors_of(self, ids: Sequence[str], vectors: "NDArray[np.float32]") -> None:
        """Store vectors by their ids; those that the catalog does not know are passed over."""
        sources = self.catalog.sources_of(ids)
        places = [place for place, id in enumerate(ids) if id in sources]
        if places:
            known = [ids[place] for place in places]
            self._vectors.upsert(known, [sources[id] for id in known], vectors[places])

    def vectors(self, vector_ids: Sequence[str]) -> "dict[str, NDArray[np.float32]]":
        """Return the stored vectors of these ids, of those that are there."""
        return self._vectors.vectors(vector_ids)

    def sweep(self, vector_ids: set[str] | None = None) -> None:
        """Delete the vectors, of those named or of all, that the catalog does not know."""
        if vector_ids is None:
            stale = self.orphans()
        else:
            stale = vector_ids - self.catalog.sources_of(sorted(vector_ids)).keys()
        self._vectors.delete(sorted(stale))

    def orphans(self) -> set[str]:
        """Return the ids of vectors that Chroma holds and the catalog does not know."""
        return self._vectors.ids() - self.catalog.vector_ids()

    def missing(self) -> set[str]:
        """Return the vector ids that the catalog knows and Chroma does not hold."""
        return self.catalog.vector_ids() - self._vectors.ids()
