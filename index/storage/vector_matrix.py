"""All vectors of a store in memory, each compared with the question.

Up to a hundred thousand that takes some milliseconds and gives the same in every process, while
Chroma's graph is built anew by each that opens the folder and misses others each time.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Fetch = Callable[[Sequence[str]], dict[str, NDArray[np.float32]]]


@dataclass(frozen=True, slots=True)
class VectorHit:
    """A vector found: its id and source, and its cosine with the question, from -1 to 1."""

    id: str
    source_id: str
    similarity: float


class VectorMatrix:
    """Vectors of length one with their ids and sources; never changes, so threads may share it."""

    def __init__(
        self, ids: Sequence[str], sources: Sequence[str], rows: "Sequence[NDArray[np.float32]]"
    ) -> None:
        import numpy as np

        self._ids = tuple(ids)
        self._places = {id: place for place, id in enumerate(ids)}
        self._sources = tuple(sources)
        self._codes = {source: code for code, source in enumerate(dict.fromkeys(sources))}
        self._source_codes = np.array([self._codes[source] for source in sources], dtype=np.int32)
        self._matrix = np.stack(rows) if rows else np.empty((0, 0), np.float32)

    def nearest(
        self, vector: "NDArray[np.float32]", limit: int, source_ids: Collection[str]
    ) -> tuple[VectorHit, ...]:
        """Return up to `limit` of the nearest of the named sources.

        Those with the same cosine come in order of id.
        """
        import numpy as np

        admitted = np.zeros(len(self._codes), dtype=bool)
        admitted[[self._codes[source] for source in source_ids if source in self._codes]] = True
        places = np.flatnonzero(admitted[self._source_codes])
        if not len(places):
            return ()
        matrix = self._matrix if len(places) == len(self._ids) else self._matrix[places]
        similarities = matrix @ vector
        if limit < len(places):
            least = np.partition(similarities, -limit)[-limit]
            near = np.flatnonzero(similarities >= least)
        else:
            near = np.arange(len(places))
        order = near[np.argsort(-similarities[near], kind="stable")][:limit]
        return tuple(
            VectorHit(self._ids[place], self._sources[place], float(similarity))
            for place, similarity in zip(places[order], similarities[order], strict=True)
        )

    def similarities(self, vector: "NDArray[np.float32]", ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of a vector and each of the named ones that are here."""
        places = {id: self._places[id] for id in ids if id in self._places}
        if not places:
            return {}
        cosines = self._matrix[list(places.values())] @ vector
        return dict(zip(places, cosines.tolist(), strict=True))

    def following(self, sources: Mapping[str, str], fetch: "Fetch") -> "VectorMatrix":
        """Return the matrix of these vectors, given each with its source.

        Those that are not here are fetched by their ids; what `fetch` does not give is left out.
        """
        fetched = fetch([id for id in sources if id not in self._places])
        ids = [id for id in sorted(sources) if id in self._places or id in fetched]
        rows = [fetched[id] if id in fetched else self._matrix[self._places[id]] for id in ids]
        return VectorMatrix(ids, [sources[id] for id in ids], rows)
