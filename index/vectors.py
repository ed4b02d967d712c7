"""The vectors of passages in an embedded Chroma store: the one door to chromadb.

Cosine distance, no embedding function (Chroma's own would download a model), upserts in batches
of the client's own limit, telemetry off. Only the holder of the home's lock may write.

Up to some ten thousands of vectors all are compared with the question: that takes a few
milliseconds and gives the same in every process, while the graph of Chroma is built anew by each
that opens the folder and misses others each time. Beyond, the graph is asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import IndexingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COLLECTION = "passages"
_COMPARED_VECTORS = 50_000  # up to which all are compared: 80 MB, and under a second to load


@dataclass(frozen=True, slots=True)
class VectorHit:
    """A vector found: its id and the cosine of it and the question, from -1 to 1."""

    id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class _Loaded:
    """All vectors of a store in memory, in order of their ids."""

    ids: tuple[str, ...]
    source_ids: "NDArray[np.str_]"
    matrix: "NDArray[np.float32]"

    def nearest(
        self, vector: "NDArray[np.float32]", limit: int, source_ids: Sequence[str] | None
    ) -> tuple[VectorHit, ...]:
        """Return the nearest of the named sources, those with the same cosine in order of id."""
        import numpy as np

        places = np.arange(len(self.ids))
        if source_ids is not None:
            places = places[np.isin(self.source_ids, list(source_ids))]
        if not len(places):
            return ()
        similarities = self.matrix[places] @ vector
        order = np.argsort(-similarities, kind="stable")[:limit]
        return tuple(VectorHit(self.ids[places[n]], float(similarities[n])) for n in order)


class VectorStore:
    """An open Chroma collection in a folder. Close it before another one is opened there."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        folder.mkdir(parents=True, exist_ok=True)
        settings = Settings(anonymized_telemetry=False)
        try:
            self._client = chromadb.PersistentClient(str(folder), settings=settings)
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        except ChromaError as error:
            raise IndexingError(
                f"the vector store in {folder} cannot be opened ({error}); run: rare-earth rebuild"
            ) from error
        self._batch = self._client.get_max_batch_size()
        self._loaded: _Loaded | None = None

    def upsert(
        self, ids: Sequence[str], source_ids: Sequence[str], vectors: "NDArray[np.float32]"
    ) -> None:
        """Store one vector an id, replacing what the id held."""
        self._loaded = None
        for start, end in self._batches(len(ids)):
            metadatas: Any = [{"source_id": source_id} for source_id in source_ids[start:end]]
            self._collection.upsert(
                ids=list(ids[start:end]), embeddings=vectors[start:end], metadatas=metadatas
            )

    def delete(self, ids: Sequence[str]) -> None:
        """Remove the vectors of these ids; unknown ones are passed over."""
        self._loaded = None
        for start, end in self._batches(len(ids)):
            self._collection.delete(ids=list(ids[start:end]))

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""
        return set(self._collection.get(include=[])["ids"])

    def count(self) -> int:
        """Return how many vectors there are."""
        return int(self._collection.count())

    def vectors(self, ids: Sequence[str]) -> "dict[str, NDArray[np.float32]]":
        """Return the vectors of these ids, of those that are stored."""
        import numpy as np

        held: dict[str, NDArray[np.float32]] = {}
        for start, end in self._batches(len(ids)):
            found = self._collection.get(ids=list(ids[start:end]), include=["embeddings"])
            matrix = np.asarray(found["embeddings"], dtype=np.float32)
            held |= dict(zip(found["ids"], matrix, strict=True))
        return held

    def nearest(
        self, vector: "NDArray[np.float32]", limit: int, source_ids: Sequence[str] | None
    ) -> tuple[VectorHit, ...]:
        """Return up to `limit` hits, nearest first, from the named sources or (None) from all."""
        count = self._collection.count()
        limit = min(limit, count)
        if limit == 0 or (source_ids is not None and not source_ids):
            return ()
        if count <= _COMPARED_VECTORS:
            if self._loaded is None:
                self._loaded = self._load(None)
            return self._loaded.nearest(vector, limit, source_ids)
        where: Any = {"source_id": {"$in": list(source_ids)}} if source_ids is not None else None
        found = self._collection.query(
            query_embeddings=vector[None, :], n_results=limit, where=where, include=["distances"]
        )
        distances = (found["distances"] or [[]])[0]
        if len(distances) < limit:  # the graph does not reach all of many that are alike
            return self._load(where).nearest(vector, limit, None)
        return tuple(
            VectorHit(id, 1.0 - float(distance))
            for id, distance in zip(found["ids"][0], distances, strict=True)
        )

    def _load(self, where: Any) -> _Loaded:
        import numpy as np

        found = self._collection.get(where=where, include=["embeddings", "metadatas"])
        order = sorted(range(len(found["ids"])), key=found["ids"].__getitem__)
        source_ids = [str(metadata["source_id"]) for metadata in found["metadatas"] or []]
        return _Loaded(
            tuple(found["ids"][n] for n in order),
            np.array([source_ids[n] for n in order], dtype=np.str_),
            np.asarray(found["embeddings"], dtype=np.float32)[order],
        )

    def similarities(self, vector: "NDArray[np.float32]", ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of a vector and each of the named ones that are stored."""
        return {id: float(stored @ vector) for id, stored in self.vectors(ids).items()}

    def close(self) -> None:
        """Close the client; the next one to open the folder sees what others have written."""
        self._client.close()  # type: ignore[attr-defined]

    def _batches(self, count: int) -> Iterator[tuple[int, int]]:
        for start in range(0, count, self._batch):
            yield start, min(start + self._batch, count)
