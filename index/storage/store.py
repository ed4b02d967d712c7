"""The store of a home: catalog and vectors opened together, under the settings they were built by.

HOME/catalog.sqlite    the truth: sources, pages, passages, facts, words
HOME/vectors-N/        Chroma, which can be rebuilt from the catalog; or servers hold the vectors
HOME/writer.lock       held by the one process that writes
"""

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
from index.storage.vector_places import VectorPlace
from index.storage.vectors import IN_HOME, VectorServers, VectorStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NUMBER, _PLACE = "vectors", "vectors_place"  # settings that the catalog records
_FEW_SOURCES = 200  # Chroma's graph is asked to look at no more of them one by one
_COMPARED_VECTORS = 150_000  # up to which all are compared: 230 MB, and four seconds to load


@dataclass(frozen=True, slots=True)
class _Opened:
    """Which state of the catalog the open vectors are of, and their number."""

    generation: int
    number: str


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

    def __init__(self, home: Path, embedder_name: str, servers: VectorServers = IN_HOME) -> None:
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexingError(
                f"the home folder {home} cannot be made ({error.strerror}); choose another --home"
            ) from error
        self.home = home
        self.embedder_name = embedder_name
        self.place = VectorPlace(home, servers)
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
        lie, here = self.catalog.setting(_PLACE), str(self.place)
        if built and lie != here:
            raise StaleIndexError(
                f"the vectors of {self.home} lie in {lie or 'the home'}, not in "
                f"{here or 'the home'}; set where they lie, or run: rare-earth rebuild"
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

    def close(self) -> None:
        """Close catalog and vectors."""
        with self._lock:
            self._close_vectors()
            self._compared = _Compared(-1, None)
            self.catalog.close()

    @contextmanager
    def writing(self) -> Iterator["StoreWriter"]:
        """Hold the home's lock and yield what writes. Raises HomeLockedError where another does."""
        with self.locked(), self._lock:
            vectors = self._open_vectors()
            vectors.check_owner(self.place.home)
            yield StoreWriter(self, vectors)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the home's lock. Raises HomeLockedError where another process does."""
        lock = FileLock(self.home / "writer.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise HomeLockedError(
                f"another process is adding to {self.home}; wait until it is done, then run the "
                "same command again"
            ) from error
        try:
            yield
        finally:
            lock.release()

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
        """Return the vectors that the catalog names, all of them there."""
        while True:
            opened = _Opened(self.catalog.generation(), self._number())
            if self._vectors is not None and self._opened.generation >= opened.generation:
                return self._vectors
            vectors = self._opened_at(opened.number)
            lost = self.catalog.passage_count() - vectors.count()
            if self.catalog.generation() != opened.generation:
                continue  # another process has written meanwhile
            if lost > 0:
                raise IndexingError(
                    f"{lost} passages have lost their vectors; run: rare-earth rebuild"
                )
            self._opened = opened
            return vectors

    def _opened_at(self, number: str) -> VectorStore:
        """Return the vectors of a number as they stand now."""
        is_same = number == self._opened.number
        if not is_same:  # rebuilt: the same ids have other vectors
            self._compared = _Compared(-1, None)
        if self._vectors is not None and is_same and self._vectors.is_live:
            return self._vectors
        self._close_vectors()
        self._vectors = self.place.open(number)
        return self._vectors

    def _close_vectors(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None

    def beside(self, folder: Path) -> "PassageStore":
        """Open the index that is made in a folder, to take the place of this one."""
        made = PassageStore(folder, self.embedder_name)
        made.place = self.place.beside(folder)
        return made

    def take_over(self, home: Path) -> None:
        """Put the closed index that was made in a folder in place of this one's, all at once.

        Its vectors have the number of `next_vectors`. The lock of this home must be held.
        """
        made = Catalog(home / "catalog.sqlite")
        with made.change() as change:
            generation = max(made.generation(), self.catalog.generation())
            change.put_setting("generation", str(generation))
        self.place.take_over(self.place.beside(home), made.setting(_NUMBER))
        self.catalog.take_over(made)
        made.close()

    def next_vectors(self) -> str:
        """Return the number of the vectors that are to take the place of these."""
        return str(int(self._number()) + 1)

    def clear_vectors(self) -> None:
        """Delete vectors that are not in use. The lock of this home must be held."""
        self.place.clear(self._number())

    def _number(self) -> str:
        return self.catalog.setting(_NUMBER) or "1"


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
        settings = {"settings": str(self._store.settings), _PLACE: str(self._store.place)}
        if any(self.catalog.setting(key) != value for key, value in settings.items()):
            with self.catalog.change() as change:
                for key, value in settings.items():
                    change.put_setting(key, value)

    def put_vectors(
        self, passages: Sequence[StoredPassage], vectors: "NDArray[np.float32]"
    ) -> None:
        """Store one vector a passage; the catalog has yet to name them."""
        if passages:
            ids = [stored.vector_id for stored in passages]
            self._vectors.upsert(ids, [s.passage.source_id for s in passages], vectors)

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
