"""All vectors of a home in one file, mapped into memory and each compared with the question.

FOLDER/compared.rows     the file of vectors that is in use, and the passage each of its rows is of
FOLDER/compared-K.f32    the vectors, in the order in which their passages came
FOLDER/compared-K.i8     the same, rounded (`rounded_vectors`)
FOLDER/compared.lock     held by who changes them

They are made of what Chroma holds and only ever grow, until they are written anew. A passage is
known by its number in the catalog, which no other one ever gets; those of a source follow one
another, so that a source is a slice. A million vectors are compared in some forty milliseconds,
exactly and in each process alike, while Chroma's graph misses some and is slow where few may be
found.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from index.storage.rounded_vectors import RoundedVectors, round_vectors, rounded_size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROWS = "compared.rows"
_HEAD = 2  # numbers before those of the passages: K, and the length of a vector
_AT_ONCE = 8192  # rows written
_WHOLE_SHARE = 0.5  # of the rows, from which on all are compared and the others left out


@dataclass(frozen=True, slots=True)
class VectorHit:
    """A vector found: its id and source, and its cosine with the question, from -1 to 1."""

    id: str
    source_id: str
    similarity: float


class VectorMatrix:
    """Vectors of length one with the numbers of their passages, ascending; never changes."""

    def __init__(
        self,
        numbers: "NDArray[np.int64]",
        rows: "NDArray[np.float32]",
        rounded: "NDArray[np.int8] | None" = None,
    ) -> None:
        self.numbers = numbers
        self.rows = rows
        self._in_bytes = rounded

    @cached_property
    def _rounded(self) -> RoundedVectors:
        held = self._in_bytes
        return RoundedVectors(round_vectors(self.rows) if held is None else held)

    def nearest(
        self, vector: "NDArray[np.float32]", limit: int, passages: Sequence[range]
    ) -> "tuple[NDArray[np.int64], NDArray[np.float32]]":
        """Return the numbers of the `limit` nearest of some passages, and their cosines.

        As many more are given as are as near as the last. They come in order of their numbers.
        """
        import numpy as np

        starts, stops = self.slices(passages)
        places = self._places(vector, limit, starts, stops)
        if not len(places):
            return self.numbers[:0], np.empty(0, np.float32)
        similarities = self.rows[places] @ vector
        if limit < len(similarities):
            least = np.partition(similarities, -limit)[-limit]
            near = similarities >= least
            places, similarities = places[near], similarities[near]
        return self.numbers[places], similarities

    def similarities(
        self, vector: "NDArray[np.float32]", numbers: Sequence[int]
    ) -> dict[int, float]:
        """Return the cosine of a vector and that of each of the passages that is here."""
        import numpy as np

        wanted = np.asarray(numbers, dtype=np.int64)
        places = np.searchsorted(self.numbers, wanted)
        is_here = places < len(self.numbers)
        is_here[is_here] = self.numbers[places[is_here]] == wanted[is_here]
        if not is_here.any():
            return {}
        cosines = self.rows[places[is_here]] @ vector
        return dict(zip(wanted[is_here].tolist(), cosines.tolist(), strict=True))

    def differing(self, vectors: "Mapping[int, NDArray[np.float32]]", apart: float) -> list[int]:
        """Return the numbers of those of some passages that are here with another vector.

        It is another one where a number of it is more than so much `apart`, or rounded wrongly.
        """
        import numpy as np

        wanted = np.fromiter(vectors, np.int64, len(vectors))
        places = np.searchsorted(self.numbers, wanted)
        is_here = places < len(self.numbers)
        is_here[is_here] = self.numbers[places[is_here]] == wanted[is_here]
        here, places = wanted[is_here], places[is_here]
        if not len(here):
            return []
        rows = self.rows[places]
        stored = np.stack([vectors[number] for number in here.tolist()])
        is_right = (np.abs(rows - stored) <= apart).all(axis=1)
        if self._in_bytes is not None:
            is_right &= (self._in_bytes[places] == round_vectors(rows)).all(axis=1)
        wrong: list[int] = here[~is_right].tolist()
        return wrong

    def lacking(self, passages: Sequence[range]) -> list[int]:
        """Return the numbers of those of some passages that are not here."""
        import numpy as np

        firsts, ends = _bounds(passages)
        held = np.searchsorted(self.numbers, ends) - np.searchsorted(self.numbers, firsts)
        places = np.flatnonzero(held < ends - firsts)
        if not len(places):
            return []
        wanted = np.concatenate([np.arange(firsts[place], ends[place]) for place in places])
        lost: list[int] = np.setdiff1d(wanted, self.numbers).tolist()
        return lost

    def slices(self, passages: Sequence[range]) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """Return where the rows of passages start and stop, those beside one another as one."""
        import numpy as np

        firsts, ends = _bounds(passages)
        order = np.argsort(firsts)
        starts = np.searchsorted(self.numbers, firsts[order])
        stops = np.searchsorted(self.numbers, ends[order])
        filled = stops > starts
        starts, stops = starts[filled], stops[filled]
        parted = starts[1:] != stops[:-1]
        return (
            starts[np.concatenate((np.ones(len(starts[:1]), bool), parted))],
            stops[np.concatenate((parted, np.ones(len(stops[:1]), bool)))],
        )

    def _places(
        self,
        vector: "NDArray[np.float32]",
        limit: int,
        starts: "NDArray[np.int64]",
        stops: "NDArray[np.int64]",
    ) -> "NDArray[np.int64]":
        """Return the rows of some slices that may be among the `limit` nearest."""
        import numpy as np

        lengths = stops - starts
        before = np.cumsum(lengths) - lengths
        if not len(starts) or lengths.sum() <= limit:
            return np.repeat(starts - before, lengths) + np.arange(lengths.sum())
        slices = list(zip(starts.tolist(), stops.tolist(), strict=True))
        if len(slices) > 1 and lengths.sum() >= _WHOLE_SHARE * len(self.numbers):
            every = self._rounded.bounds(vector, [(0, len(self.numbers))])
            least, most = (np.concatenate([one[a:b] for a, b in slices]) for one in every)
        else:
            least, most = self._rounded.bounds(vector, slices)
        near = np.flatnonzero(most >= np.partition(least, -limit)[-limit])
        of = np.searchsorted(before, near, side="right") - 1
        found: NDArray[np.int64] = near - before[of] + starts[of]
        return found


def matrix_lock(folder: Path) -> FileLock:
    """Return the lock that is to be held while the matrix of a folder is changed."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / "compared.lock", is_singleton=True)


def open_matrix(folder: Path) -> VectorMatrix:
    """Return the matrix that lies in a folder, empty where none does."""
    import numpy as np

    file, dimension, numbers = _read_rows(folder)
    size, rounded = rounded_size(dimension), _rounded_file(file)
    count = min(_count(file, 4 * dimension), _count(rounded, size), len(numbers))
    if not count:
        return VectorMatrix(np.empty(0, np.int64), np.empty((0, 0), np.float32))
    vectors = np.memmap(file, np.float32, "r", shape=(count, dimension))
    in_bytes = np.memmap(rounded, np.int8, "r", shape=(count, size))
    return VectorMatrix(numbers[:count], np.asarray(vectors), np.asarray(in_bytes))


def extend_matrix(
    folder: Path, numbers: Sequence[int], vectors: "Sequence[NDArray[np.float32]]"
) -> None:
    """Add the vectors of passages to the matrix of a folder, whose lock must be held.

    Those of later passages than all that are here are written behind them, over what a kill may
    have left there; else all are written anew.
    """
    import numpy as np

    held = open_matrix(folder)
    count, added = len(held.numbers), np.asarray(numbers, dtype=np.int64)
    order = np.argsort(added)
    rows = np.stack([vectors[place] for place in order])
    if not count or added[order[0]] < held.numbers[-1]:
        _merge(folder, held, VectorMatrix(added[order], rows))
        return
    file, _, _ = _read_rows(folder)
    _write_vectors(file, count, rows)
    _write_at(folder / _ROWS, (_HEAD + count) * 8, added[order])


def compact_matrix(folder: Path, passages: Sequence[range]) -> None:
    """Leave only some passages in the matrix of a folder, whose lock must be held."""
    import numpy as np

    held = open_matrix(folder)
    starts, stops = held.slices(passages)
    if len(held.numbers) > (stops - starts).sum() > 0:
        slices = zip(starts.tolist(), stops.tolist(), strict=True)
        places = np.concatenate([np.arange(start, stop) for start, stop in slices])
        _write_anew(folder, held.numbers[places], held.rows.__getitem__, places)


def remove_matrix(folder: Path) -> None:
    """Delete the matrix of a folder, whose lock must be held; it is made anew when it is needed."""
    for file in (folder / _ROWS, *folder.glob("compared-*.f32"), *folder.glob("compared-*.i8")):
        file.unlink(missing_ok=True)


def _merge(folder: Path, held: VectorMatrix, added: VectorMatrix) -> None:
    import numpy as np

    count = len(held.numbers)

    def rows(places: "NDArray[np.int64]") -> "NDArray[np.float32]":
        taken = np.empty((len(places), added.rows.shape[1]), np.float32)
        is_new = places >= count
        taken[is_new] = added.rows[places[is_new] - count]
        if not is_new.all():
            taken[~is_new] = held.rows[places[~is_new]]
        return taken

    numbers = np.concatenate((held.numbers, added.numbers))
    order = np.argsort(numbers)
    _write_anew(folder, numbers[order], rows, order)


def _write_anew(
    folder: Path,
    numbers: "NDArray[np.int64]",
    rows: "Callable[[NDArray[np.int64]], NDArray[np.float32]]",
    places: "NDArray[np.int64]",
) -> None:
    """Write the rows of some places into a new file and take that in place of the one in use.

    Who has the old one open keeps it.
    """
    import numpy as np

    before = _read_rows(folder)[0]
    version = int(before.stem.rpartition("-")[2]) + 1
    dimension = rows(places[:1]).shape[1]
    file = _vectors_file(folder, version)
    for old in (file, _rounded_file(file)):
        old.unlink(missing_ok=True)
    for start in range(0, len(places), _AT_ONCE):
        _write_vectors(file, start, rows(places[start : start + _AT_ONCE]))
    half = folder / f"{_ROWS}.part"
    half.unlink(missing_ok=True)
    _write_at(half, 0, np.concatenate((np.array([version, dimension], np.int64), numbers)))
    half.replace(folder / _ROWS)
    for old in (before, _rounded_file(before)):
        old.unlink(missing_ok=True)


def _write_vectors(file: Path, place: int, rows: "NDArray[np.float32]") -> None:
    """Write vectors from a row on, as they are and rounded."""
    dimension = rows.shape[1]
    _write_at(file, place * 4 * dimension, rows)
    _write_at(_rounded_file(file), place * rounded_size(dimension), round_vectors(rows))


def _write_at(file: Path, place: int, values: "NDArray[Any]") -> None:
    """Write values into a file from a place on, and wait until they are on the disk."""
    with file.open("r+b" if file.exists() else "wb") as stream:
        stream.seek(place)
        stream.write(values.tobytes())
        stream.flush()
        os.fsync(stream.fileno())


def _bounds(passages: Sequence[range]) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Return the first number of each range, and the one after its last."""
    import numpy as np

    firsts = np.fromiter((one.start for one in passages), np.int64, len(passages))
    ends = np.fromiter((one.stop for one in passages), np.int64, len(passages))
    return firsts, ends


def _read_rows(folder: Path) -> "tuple[Path, int, NDArray[np.int64]]":
    """Return the file of vectors in use, their length, and the numbers of their passages."""
    import numpy as np

    file = folder / _ROWS
    held = np.fromfile(file, np.int64) if file.exists() else np.empty(0, np.int64)
    if len(held) < _HEAD:
        return _vectors_file(folder, 0), 0, np.empty(0, np.int64)
    return _vectors_file(folder, int(held[0])), int(held[1]), held[_HEAD:]


def _count(file: Path, size: int) -> int:
    """Return how many rows of a size a file has whole."""
    return file.stat().st_size // size if size and file.exists() else 0


def _rounded_file(file: Path) -> Path:
    return file.with_suffix(".i8")


def _vectors_file(folder: Path, version: int) -> Path:
    return folder / f"compared-{version}.f32"
