"""The store of a home: catalog and vectors opened together, under the settings they were built by.

HOME/catalog.sqlite    the truth: sources, pages, passages, facts, words
HOME/vectors-N/        the matrix of all vectors, and Chroma, unless servers hold the vectors;
                       it can be rebuilt from the catalog
HOME/writer.lock       held by the one process that writes
"""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import HomeLockedError, IndexingError, StaleIndexError
from index.storage.catalog import Catalog
from index.storage.changes import CatalogChange, StoredPassage
from index.storage.index_version import IndexVersion, parse_version
from index.storage.vector_matrix import (
    VectorHit,
    VectorMatrix,
    compact_matrix,
    extend_matrix,
    matrix_lock,
    open_matrix,
    remove_matrix,
)
from index.storage.vector_places import VectorPlace
from index.storage.vectors import IN_HOME, VectorServers, VectorStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Near = tuple[NDArray[np.int64], NDArray[np.float32]]  # numbers of passages, and cosines
    Comparison = Callable[[NDArray[np.float32], int], Near]

PLACE_SETTING = "vectors_place"  # where the catalog records that its vectors lie
_NUMBER = "vectors"  # and under which number
_FEW_SOURCES = 200  # Chroma's graph is asked to look at no more of them one by one
_COMPARED_VECTORS = 2_000_000  # up to which all are compared: 3 GB of a mapped file
_FETCHED_AT_ONCE = 5_000  # vectors that the matrix lacks


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
    """Which state of the catalog the open vectors are of, and their number."""

    generation: int
    number: str


@dataclass(frozen=True, slots=True)
class _Compared:
    """The vectors of a state of the catalog, None where there are too many to compare each.

    `passages` are the numbers of the passages of each source.
    """

    generation: int
    matrix: VectorMatrix | None
    passages: dict[str, range]


class PassageStore:
    """The passages of one home, for any number of threads to read.

    Another process may write meanwhile: reads notice the catalog's new generation and open the
    matrix of vectors anew. Who writes extends it; where it lacks vectors, who reads does, with what
    Chroma holds, which shows a client only what stood there when it was opened.
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
        self._compared: _Compared | None = None

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
        lie, here = self.catalog.setting(PLACE_SETTING), str(self.place)
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

    def comparison(self, source_ids: Collection[str]) -> "Comparison":
        """Return what compares a vector with those of the named sources, for any thread to call.

        Raises StaleIndexError where the index was rebuilt with other settings meanwhile.
        """
        held = self._compare()
        if held.matrix is None:
            return lambda vector, limit: self._nearest_by_graph(vector, limit, source_ids)
        passages = [held.passages[one] for one in source_ids if one in held.passages]
        return partial(held.matrix.nearest, passages=passages)

    def hits(self, near: "Near", limit: int) -> tuple[VectorHit, ...]:
        """Return up to `limit` of what a comparison found, nearest first and then in order of id.

        A vector that the catalog does not know is passed over.
        """
        numbers, cosines = near
        known = self.catalog.vectors_of(numbers.tolist())
        found = zip(numbers.tolist(), cosines.tolist(), strict=True)
        hits = (VectorHit(*known[number], cosine) for number, cosine in found if number in known)
        return tuple(sorted(hits, key=lambda hit: (-hit.similarity, hit.id))[:limit])

    def _nearest_by_graph(
        self, vector: "NDArray[np.float32]", limit: int, source_ids: Collection[str]
    ) -> "Near":
        import numpy as np

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
                    break
                fetched *= 4  # copies or sources that are not asked for took the places
        numbers = self.catalog.numbers_of([hit.id for hit in found[:limit]])
        known = [hit for hit in found[:limit] if hit.id in numbers]
        return (
            np.array([numbers[hit.id] for hit in known], dtype=np.int64),
            np.array([hit.similarity for hit in known], dtype=np.float32),
        )

    def similarities(self, vector: "NDArray[np.float32]", ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of a vector and each of the stored ones named."""
        held = self._compare()
        if held.matrix is None:
            with self._lock:
                return self._open_vectors().similarities(vector, ids)
        numbers = self.catalog.numbers_of(ids)
        cosines = held.matrix.similarities(vector, list(numbers.values()))
        return {id: cosines[number] for id, number in numbers.items() if number in cosines}

    @contextmanager
    def following(self, vectors: VectorStore) -> Iterator[None]:
        """Have the matrix take in what is added within, and others wait for that."""
        folder = self._folder()
        with matrix_lock(folder):
            yield
            held = open_matrix(folder).numbers
            added = self.catalog.vectors_after(int(held[-1]) if len(held) else 0)
            if len(held) + len(added) <= _COMPARED_VECTORS:
                _take_in(folder, added, vectors)

    def compact_matrix(self) -> None:
        """Leave out of the matrix what is not searched any more. The home's lock must be held."""
        with self._lock, matrix_lock(self._folder()):
            compact_matrix(self._folder(), list(self.catalog.passage_numbers().values()))
            self._compared = None

    def forget_matrix(self) -> None:
        """Have the matrix made anew, as vectors are others now. The home's lock must be held."""
        with self._lock, matrix_lock(self._folder()):
            remove_matrix(self._folder())
            self._compared = None

    def vectors(self, ids: Sequence[str]) -> "dict[str, NDArray[np.float32]]":
        """Return the stored vectors of these ids, of those that are there."""
        with self._lock:
            return self._open_vectors().vectors(ids)

    def compared_as_others(
        self, vectors: "Mapping[str, NDArray[np.float32]]", apart: float
    ) -> list[str]:
        """Return which of these ids are compared with a vector more than so much `apart`."""
        ids = {number: id for id, number in self.catalog.numbers_of(list(vectors)).items()}
        stored = {number: vectors[id] for number, id in ids.items()}
        return [ids[number] for number in open_matrix(self._folder()).differing(stored, apart)]

    def close(self) -> None:
        """Close catalog and vectors."""
        with self._lock:
            self._close_vectors()
            self._compared = None
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
        with lock_home(self.home):
            yield

    def _compare(self) -> _Compared:
        """Return all vectors, of the state that this thread reads or a newer one.

        A thread that reads an older state than another has opened takes the newer vectors: those
        that its catalog does not know are passed over, and threads do not open them in turns.
        """
        with self._lock:
            generation = self.catalog.generation()
            if self._compared is None or self._compared.generation < generation:
                self.check_settings()
                # Read before Chroma is opened: all that the catalog knows stands there by now.
                passages = self.catalog.passage_numbers()
                few = sum(map(len, passages.values())) <= _COMPARED_VECTORS
                matrix = self._complete_matrix(list(passages.values())) if few else None
                self._compared = _Compared(generation, matrix, passages)
            return self._compared

    def _complete_matrix(self, passages: Sequence[range]) -> VectorMatrix:
        """Return the matrix, with the vectors of passages that it lacked; lost ones are left out.

        Whoever holds its lock may be about to add just these.
        """
        folder = self._folder()
        matrix = open_matrix(folder)
        if not matrix.lacking(passages):
            return matrix
        with matrix_lock(folder):
            matrix = open_matrix(folder)
            lacking = matrix.lacking(passages)
            _take_in(folder, self.catalog.vectors_of(lacking), self._open_vectors())
            return open_matrix(folder)

    def _open_vectors(self) -> VectorStore:
        """Return the vectors that the catalog names; on servers all of them are there."""
        while True:
            opened = _Opened(self.catalog.generation(), self._number())
            if self._vectors is not None and self._opened.generation >= opened.generation:
                return self._vectors
            vectors = self._opened_at(opened.number)
            if self.place.servers.addresses:
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

    def _folder(self) -> Path:
        """Return where the matrix lies, beside Chroma's files where these are in the home."""
        return self.home / f"vectors-{self._number()}"

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
        settings = {"settings": str(self._store.settings), PLACE_SETTING: str(self._store.place)}
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

    def put_vectors_of(self, ids: Sequence[str], vectors: "NDArray[np.float32]") -> None:
        """Store vectors by their ids; those that the catalog does not know are passed over."""
        sources = self.catalog.sources_of(ids)
        places = [place for place, id in enumerate(ids) if id in sources]
        if places:
            known = [ids[place] for place in places]
            self._vectors.upsert(known, [sources[id] for id in known], vectors[places])

    @contextmanager
    def change(self) -> Iterator[CatalogChange]:
        """Yield what changes the catalog, and have the matrix follow before anyone else does."""
        with self._store.following(self._vectors), self.catalog.change() as change:
            yield change

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

    def is_complete(self) -> bool:
        """Tell whether Chroma holds as many vectors as the catalog knows.

        Both are read through only where a kill or damage has made the numbers differ.
        """
        return self._vectors.count() == self.catalog.passage_count()

    def orphans(self) -> set[str]:
        """Return the ids of vectors that Chroma holds and the catalog does not know."""
        return self._vectors.ids() - self.catalog.vector_ids()

    def missing(self) -> set[str]:
        """Return the vector ids that the catalog knows and Chroma does not hold."""
        return self.catalog.vector_ids() - self._vectors.ids()


def _take_in(folder: Path, known: Mapping[int, tuple[str, str]], vectors: VectorStore) -> None:
    """Put into a matrix the stored vectors of passages by their numbers; lost ones are left out."""
    numbers = sorted(known)
    for start in range(0, len(numbers), _FETCHED_AT_ONCE):
        batch = numbers[start : start + _FETCHED_AT_ONCE]
        stored = vectors.vectors([known[number][0] for number in batch])
        held = [number for number in batch if known[number][0] in stored]
        if held:
            extend_matrix(folder, held, [stored[known[number][0]] for number in held])
