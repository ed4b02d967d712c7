"""Reads all vectors of a home in a process of its own: Chroma may crash on damaged files.

`python -m index.upkeep.vector_probe HOME EMBEDDER` prints the ids of vectors that are no unit
vectors as JSON, and ends with another exit code than 0 where they cannot be read.
"""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from index.storage.store import PassageStore

_AT_ONCE = 5_000
_MODULE = "index.upkeep.vector_probe"


def wrong_vectors(home: Path, embedder_name: str) -> tuple[str, ...] | None:
    """Return the ids of stored vectors that are no unit vectors, None where none can be read."""
    command = [sys.executable, "-m", _MODULE, str(home), embedder_name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return tuple(json.loads(done.stdout)) if done.returncode == 0 else None


def probe(home: Path, embedder_name: str) -> list[str]:
    """Return the ids of stored vectors that are no unit vectors. Raises what Chroma raises."""
    import numpy as np

    with closing(PassageStore(home, embedder_name)) as store:
        ids = sorted(store.catalog.vector_ids())
        wrong = []
        for start in range(0, len(ids), _AT_ONCE):
            held = store.vectors(ids[start : start + _AT_ONCE])
            for id, vector in held.items():
                length = float(np.linalg.norm(vector))
                if not abs(length - 1.0) < 1e-2:  # NaN, too
                    wrong.append(id)
            if ids and held:
                one = held[next(iter(held))]
                store.nearest(one, 1, {next(iter(store.catalog.sources_of(list(held)).values()))})
        return wrong


if __name__ == "__main__":
    print(json.dumps(probe(Path(sys.argv[1]), sys.argv[2])))
