"""The vectors of passages in an embedded Chroma store: the one door to chromadb.

Cosine distance, no embedding function (Chroma's own would download a model), upserts in batches
of the client's own limit, telemetry off. Only the holder of the home's lock may write.
"""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import IndexingError
from index.storage.vector_matrix import VectorHit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COLLECTION = "passages"
_OPENING = threading.Lock()  # clients of one folder share what Chroma counts without a lock


class VectorStore:
    """An open Chroma collection in a folder; it sees what this process writes there meanwhile.

    What another process writes is seen by those opened after all of this process were closed.
    """

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        folder.mkdir(parents=True, exist_ok=True)
        settings = Settings(anonymized_telemetry=False)
        try:
            with _OPENING:
                self._client = chromadb.PersistentClient(str(folder), settings=settings)
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        except ChromaError as error:
            raise IndexingError(
                f"the vector store in {folder} cannot be opened ({error}); run: rare-earth rebuild"
            ) from error
        self._batch = self._client.get_max_batch_size()

    def upsert(
        self, ids: Sequence[str], source_ids: Sequence[str], vectors: "NDArray[np.float32]"
    ) -> None:
        """Store one vector an id, replacing what the id held."""
        for start, end in self._batches(len(ids)):
            metadatas: Any = [{"source_id": source_id} for source_id in source_ids[start:end]]
            self._collection.upsert(
                ids=list(ids[start:end]), embeddings=vectors[start:end], metadatas=metadatas
            )

    def delete(self, ids: Sequence[str]) -> None:
        """Remove the vectors of these ids; unknown ones are passed over."""
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
        limit = min(limit, self.count())
        if limit == 0 or (source_ids is not None and not source_ids):
            return ()
        where: Any = {"source_id": {"$in": list(source_ids)}} if source_ids is not None else None
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

        found = self._collection.get(where=where, include=["embeddings", "metadatas"])
        if not found["ids"]:
            return ()
        similarities = np.asarray(found["embeddings"], dtype=np.float32) @ vector
        sources = (str(of["source_id"]) for of in found["metadatas"] or ())
        hits = map(VectorHit, found["ids"], sources, similarities.tolist())
        return tuple(sorted(hits, key=lambda hit: (-hit.similarity, hit.id))[:limit])

    def similarities(self, vector: "NDArray[np.float32]", ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of a vector and each of the named ones that are stored."""
        return {id: float(stored @ vector) for id, stored in self.vectors(ids).items()}

    def close(self) -> None:
        """Close the client; the next one to open the folder sees what others have written."""
        with _OPENING:
            self._client.close()  # type: ignore[attr-defined]

    def _batches(self, count: int) -> Iterator[tuple[int, int]]:
        for start in range(0, count, self._batch):
            yield start, min(start + self._batch, count)
