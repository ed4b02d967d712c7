"""The vectors of passages in Chroma, in a folder or on servers: the one door to chromadb.

Cosine distance, no embedding function (Chroma's own would download a model), upserts in batches,
telemetry off. Only the holder of the home's lock may write.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from index.errors import IndexingError, SilentServerError, VectorServerError
from index.storage.vector_matrix import VectorHit

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api import ClientAPI
    from numpy.typing import NDArray

_COLLECTION = "passages"  # in a folder of its own
_OPENING = threading.Lock()  # clients of one folder share what Chroma counts without a lock
_SENT_AT_ONCE = 250  # vectors in one request to a server
_ANSWER_SECONDS = 120.0  # of a server; Chroma's client would wait for ever
_RETRIES = (0.5, 1.0, 2.0, 4.0)  # seconds before a server that starts anew is written to again
_HOME = "home"  # what a collection on a server says of whose it is
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class VectorServers:
    """Chroma servers that hold the vectors of a home, as collections called NAME-NUMBER.

    Without addresses the vectors lie in the home. Values of headers may be secrets.
    """

    addresses: tuple[str, ...] = ()  # http://host:8000
    name: str = ""
    tenant: str = "default_tenant"
    database: str = "default_database"
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


IN_HOME = VectorServers()


class VectorStore:
    """Open Chroma collections that hold the vectors of a home together.

    Into which of them a vector goes is decided by its source; all are asked at once, and what they
    find is merged. `is_live` tells that each call sees what other processes have written. A folder
    shows what stood there when this process opened it first, and what this process writes.
    """

    def __init__(self, collections: "Sequence[_Collection]", is_live: bool) -> None:
        self._collections = {one.where: one for one in collections}
        self._threads = ThreadPoolExecutor(len(collections)) if len(collections) > 1 else None
        self.is_live = is_live

    def upsert(
        self, ids: Sequence[str], source_ids: Sequence[str], vectors: "NDArray[np.float32]"
    ) -> None:
        """Store one vector an id, replacing what it held; an id is of one source for good."""
        own: dict[str, list[int]] = {where: [] for where in self._collections}
        for place, source_id in enumerate(source_ids):
            own[place_of(source_id, self._collections)].append(place)

        def put(one: _Collection) -> None:
            places = own[one.where]
            held = [ids[place] for place in places], [source_ids[place] for place in places]
            one.upsert(*held, vectors[places])

        self._of_each(put)

    def delete(self, ids: Sequence[str]) -> None:
        """Remove the vectors of these ids; unknown ones are passed over."""
        self._of_each(lambda one: one.delete(ids))

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""
        return set().union(*self._of_each(_Collection.ids))

    def count(self) -> int:
        """Return how many vectors there are."""
        return sum(self._of_each(_Collection.count))

    def vectors(self, ids: Sequence[str]) -> "dict[str, NDArray[np.float32]]":
        """Return the vectors of these ids, of those that are stored."""
        held: dict[str, NDArray[np.float32]] = {}
        for found in self._of_each(lambda one: one.vectors(ids)):
            held |= found
        return held

    def nearest(
        self, vector: "NDArray[np.float32]", limit: int, source_ids: Sequence[str] | None
    ) -> tuple[VectorHit, ...]:
        """Return up to `limit` hits, nearest first, from the named sources or (None) from all."""
        found = self._of_each(lambda one: one.nearest(vector, limit, source_ids))
        if len(found) == 1:
            return found[0]
        hits = {hit.id: hit for those in found for hit in those}
        return tuple(sorted(hits.values(), key=lambda hit: (-hit.similarity, hit.id))[:limit])

    def similarities(self, vector: "NDArray[np.float32]", ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of a vector and each of the named ones that are stored."""
        return {id: float(stored @ vector) for id, stored in self.vectors(ids).items()}

    def check_owner(self, home: Path) -> None:
        """Raise VectorServerError where collections are those of another home: of a copy, say."""
        for one in self._collections.values():
            if one.owner and one.owner != str(home):
                raise VectorServerError(
                    f"the vectors at {one.where} are those of the home {one.owner}, not of {home}; "
                    "give this one another name on the server, then run: rare-earth rebuild"
                )

    def close(self) -> None:
        """Close the clients; the next one to open a folder sees what others have written."""
        if self._threads:
            self._threads.shutdown()
        for one in self._collections.values():
            one.close()

    def _of_each(self, ask: "Callable[[_Collection], _Result]") -> list[_Result]:
        if self._threads is None:
            return [ask(one) for one in self._collections.values()]
        return list(self._threads.map(ask, self._collections.values()))


def place_of(source_id: str, places: Collection[str]) -> str:
    """Return which of several places the vectors of a source go to (rendezvous hashing).

    Their order does not matter, and one more takes over its share alone.
    """
    return max(places, key=lambda place: sha256(f"{place} {source_id}".encode()).digest())


def open_folder(folder: Path) -> VectorStore:
    """Open the vectors in a folder. Raises IndexingError where it cannot be."""
    import chromadb
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _OPENING:
            client = chromadb.PersistentClient(
                str(folder), settings=Settings(anonymized_telemetry=False)
            )
        collection = _Collection(client, _COLLECTION)
    except ChromaError as error:
        raise IndexingError(
            f"the vector store in {folder} cannot be opened ({error}); run: rare-earth rebuild"
        ) from error
    return VectorStore([collection], is_live=False)


def open_servers(servers: VectorServers, number: str, home: Path) -> VectorStore:
    """Open the collections of a number on all servers; those made now belong to the home.

    Raises VectorServerError where a server does not answer or does not let us in.
    """
    opened: list[_Collection] = []
    try:
        for address in servers.addresses:
            with _faults(address):
                client = _client(servers, address)
                name = f"{servers.name}-{number}"
                opened.append(_Collection(client, name, address, str(home)))
    except BaseException:
        for one in opened:
            one.close()
        raise
    return VectorStore(opened, is_live=True)


def clear_servers(servers: VectorServers, kept: str, home: Path) -> None:
    """Delete the collections of a home on its servers but those of one number."""
    for address in servers.addresses:
        with _faults(address):
            client = _client(servers, address)
            for held in client.list_collections():
                name, _, number = held.name.rpartition("-")
                is_own = name == servers.name and (held.metadata or {}).get(_HOME) == str(home)
                if is_own and number != kept:
                    client.delete_collection(held.name)
            client.close()  # type: ignore[attr-defined]


def _client(servers: VectorServers, address: str) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    scheme, _, rest = address.partition("://")
    host, _, port = rest.partition(":")
    client = chromadb.HttpClient(
        host=host,
        port=int(port or (443 if scheme == "https" else 80)),
        ssl=scheme == "https",
        headers=dict(servers.headers),
        settings=Settings(anonymized_telemetry=False),
        tenant=servers.tenant,
        database=servers.database,
    )
    client._server._session.timeout = _ANSWER_SECONDS  # type: ignore[attr-defined]
    return client


@contextmanager
def _faults(address: str) -> Iterator[None]:
    """Tell what goes wrong with a server in one line, without what was sent to it."""
    import httpx
    from chromadb.errors import ChromaAuthError, ChromaError, NotFoundError

    try:
        yield
    except httpx.TransportError as error:
        raise SilentServerError(_silent(address)) from error
    except ChromaAuthError as error:
        raise VectorServerError(
            f"the Chroma server at {address} lets nobody in with this header; set the right one"
        ) from error
    except NotFoundError as error:
        raise VectorServerError(
            f"the Chroma server at {address} does not hold what is asked of it ({_line(error)}); "
            "check tenant and database, or run: rare-earth rebuild"
        ) from error
    except ChromaError as error:
        raise VectorServerError(
            f"the Chroma server at {address} refuses: {_line(error)}; see what it wrote down"
        ) from error
    except Exception as error:  # of no class of its own: whatever else came back, or nothing
        if isinstance(error, IndexingError):
            raise
        if isinstance(error.__context__, httpx.TransportError):
            raise SilentServerError(_silent(address)) from error
        raise VectorServerError(
            f"what answers at {address} is no Chroma server that lets us in ({_line(error)}); "
            "check the address and the header"
        ) from error


def _silent(address: str) -> str:
    return (
        f"the Chroma server at {address} does not answer; start it (chroma run), then run the "
        "same command again"
    )


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


class _Collection:
    """One open collection: in a folder, or on the server at the address `where`."""

    def __init__(self, client: "ClientAPI", name: str, where: str = "", home: str = "") -> None:
        self.where = where
        self._client = client
        self._collection = client.get_or_create_collection(
            name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
            metadata={_HOME: home} if home else None,
        )
        self.owner = str((self._collection.metadata or {}).get(_HOME, ""))
        most = client.get_max_batch_size()
        self._batch = min(most, _SENT_AT_ONCE) if where else most

    def upsert(
        self, ids: Sequence[str], source_ids: Sequence[str], vectors: "NDArray[np.float32]"
    ) -> None:
        """Store one vector an id."""
        for start, end in self._batches(len(ids)):
            metadatas: Any = [{"source_id": source_id} for source_id in source_ids[start:end]]
            self._write(
                partial(
                    self._collection.upsert,
                    ids=list(ids[start:end]),
                    embeddings=vectors[start:end],
                    metadatas=metadatas,
                )
            )

    def delete(self, ids: Sequence[str]) -> None:
        """Remove the vectors of these ids."""
        for start, end in self._batches(len(ids)):
            self._write(partial(self._collection.delete, ids=list(ids[start:end])))

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""
        with self._faults():
            return set(self._collection.get(include=[])["ids"])

    def count(self) -> int:
        """Return how many vectors there are."""
        with self._faults():
            return int(self._collection.count())

    def vectors(self, ids: Sequence[str]) -> "dict[str, NDArray[np.float32]]":
        """Return the vectors of these ids, of those that are stored."""
        import numpy as np

        held: dict[str, NDArray[np.float32]] = {}
        for start, end in self._batches(len(ids)):
            with self._faults():
                found = self._collection.get(ids=list(ids[start:end]), include=["embeddings"])
            matrix = np.asarray(found["embeddings"], dtype=np.float32)
            held |= dict(zip(found["ids"], matrix, strict=True))
        return held

    def nearest(
        self, vector: "NDArray[np.float32]", limit: int, source_ids: Sequence[str] | None
    ) -> tuple[VectorHit, ...]:
        """Return up to `limit` hits, nearest first."""
        limit = min(limit, self.count())
        if limit == 0 or (source_ids is not None and not source_ids):
            return ()
        where: Any = {"source_id": {"$in": list(source_ids)}} if source_ids is not None else None
        with self._faults():
            found = self._collection.query(
                query_embeddings=vector[None, :],
                n_results=limit,
                where=where,
                include=["distances", "metadatas"],
            )
        distances = (found["distances"] or [[]])[0]
        about = (found["metadatas"] or [[]])[0]
        if len(distances) < limit:  # the graph does not reach all of many that are alike
            return self._compared(vector, limit, where)
        return tuple(
            VectorHit(id, str(of["source_id"]), 1.0 - float(distance))
            for id, of, distance in zip(found["ids"][0], about, distances, strict=True)
        )

    def _compared(
        self, vector: "NDArray[np.float32]", limit: int, where: Any
    ) -> tuple[VectorHit, ...]:
        import numpy as np

        with self._faults():
            found = self._collection.get(where=where, include=["embeddings", "metadatas"])
        if not found["ids"]:
            return ()
        similarities = np.asarray(found["embeddings"], dtype=np.float32) @ vector
        sources = (str(of["source_id"]) for of in found["metadatas"] or ())
        hits = map(VectorHit, found["ids"], sources, similarities.tolist())
        return tuple(sorted(hits, key=lambda hit: (-hit.similarity, hit.id))[:limit])

    def close(self) -> None:
        """Close the client."""
        with _OPENING:
            self._client.close()  # type: ignore[attr-defined]

    def _write(self, write: Callable[[], object]) -> None:
        """Write, and write again where a server is silent for some seconds."""
        for seconds in _RETRIES if self.where else ():
            try:
                with self._faults():
                    write()
                return
            except SilentServerError:
                time.sleep(seconds)
        with self._faults():
            write()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        if not self.where:
            yield
            return
        with _faults(self.where):
            yield

    def _batches(self, count: int) -> Iterator[tuple[int, int]]:
        for start in range(0, count, self._batch):
            yield start, min(start + self._batch, count)
