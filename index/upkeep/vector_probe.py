"""Reads all vectors of a home in a process of its own: Chroma may crash on damaged files.

`python -m index.upkeep.vector_probe HOME EMBEDDER` prints as JSON which vectors are wrong, and ends
with another exit code than 0 where they cannot be read.
"""

import json
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import IndexingError
from index.storage.store import PassageStore

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE = 5_000
_OFF = 1e-2  # from the length of one
_APART = 1e-4  # in a number, where a vector is compared as another than is stored
_MODULE = "index.upkeep.vector_probe"


@dataclass(frozen=True, slots=True)
class Probe:
    """The ids of stored vectors that are no unit vectors, and of those compared as others."""

    wrong: tuple[str, ...]
    compared: tuple[str, ...]


def probe_apart(store: PassageStore) -> Probe | None:
    """Read all vectors of a home, in another process where they are files; None where none can be.

    Those on servers are read in this one.
    """
    if store.place.servers.addresses:
        try:
            return probe(store)
        except IndexingError:
            return None
    command = [sys.executable, "-m", _MODULE, str(store.home), store.embedder_name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    told = json.loads(done.stdout)
    return Probe(tuple(told["wrong"]), tuple(told["compared"]))


def probe(store: PassageStore) -> Probe:
    """Read all vectors of a home. Raises what Chroma raises."""
    import numpy as np

    wrong, compared = list[str](), list[str]()
    ids = sorted(store.catalog.vector_ids())
    for start in range(0, len(ids), _AT_ONCE):
        held = store.vectors(ids[start : start + _AT_ONCE])
        right: dict[str, NDArray[np.float32]] = {}
        for id, vector in held.items():
            if abs(float(np.linalg.norm(vector)) - 1.0) < _OFF:
                right[id] = vector
            else:  # NaN, too
                wrong.append(id)
        compared += store.compared_as_others(right, _APART)
    return Probe(tuple(wrong), tuple(compared))


if __name__ == "__main__":
    with closing(PassageStore(Path(sys.argv[1]), sys.argv[2])) as opened:
        print(json.dumps(asdict(probe(opened))))
