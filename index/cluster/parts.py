"""What a cluster has read and the home has not yet stored: Parquet files in HOME/ray.

HOME/ray/VERSION/part-N.parquet    one row group a file
"""

import os
import shutil
import threading
import time
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from index.cluster.prepared_records import load_prepared
from index.ingestion.files import WantedFile
from index.ingestion.reading_ahead import Read

if TYPE_CHECKING:
    import pyarrow as pa

_FOLDER = "ray"
_PART_SECONDS = 2.0  # a part is written no sooner after the last one: that much is lost at a kill
_PART_BYTES = 32 << 20  # but at once where it holds so much


@dataclass(frozen=True, slots=True)
class _Place:
    """In which part a file is, and in which of its row groups."""

    part: Path
    group: int


class Parts:
    """What was read of files of one content, by nodes of one version, kept until it is stored."""

    def __init__(self, home: Path, version: str) -> None:
        self._folder = home / _FOLDER / sha256(version.encode()).hexdigest()[:16]
        self._changed = threading.Condition()
        self._places: dict[tuple[str, str], _Place] = {}
        self._pending: list[pa.Table] = []
        self._written_at = 0.0
        self._number = 0
        for other in self._folder.parent.glob("*"):
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)
        for part in sorted(self._folder.glob("part-*.parquet")):
            self._number = max(self._number, int(part.stem.partition("-")[2]) + 1)
            self._note(part)

    def holds(self, file: WantedFile, digest: str) -> bool:
        """Tell whether a file of this content was read."""
        with self._changed:
            return (file.location, digest) in self._places

    def add(self, table: "pa.Table") -> None:
        """Keep what nodes have read; it is on the disk some seconds later."""
        self._pending.append(table)
        size = sum(one.nbytes for one in self._pending)
        if size >= _PART_BYTES or time.monotonic() - self._written_at >= _PART_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Put all that was added on the disk."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not self._pending:
            return
        part = self._folder / f"part-{self._number:06}.parquet"
        half = part.with_suffix(".half")
        with half.open("wb") as stream:
            pq.write_table(pa.concat_tables(self._pending), stream, row_group_size=1)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(part)
        self._pending.clear()
        self._number += 1
        self._written_at = time.monotonic()
        self._note(part)

    def wait(self, seconds: float) -> None:
        """Wait until something more was read, no longer than so many seconds."""
        with self._changed:
            self._changed.wait(seconds)

    def read(self, file: WantedFile, digest: str) -> Read | None:
        """Return what came of a file of this content, None where it was not read."""
        import numpy as np
        import pyarrow.parquet as pq

        with self._changed:
            place = self._places.get((file.location, digest))
        if place is None:
            return None
        with pq.ParquetFile(place.part) as held:
            (row,) = held.read_row_group(place.group).to_pylist()
        if row["reason"]:
            return Read(file, reason=row["reason"], holds_no_facts=row["holds_no_facts"])
        prepared = load_prepared(row["record"])
        vectors = np.frombuffer(row["vectors"], dtype=np.float32)
        rows = vectors.reshape(len(row["digests"]), -1) if row["digests"] else ()
        made = dict(zip(row["digests"], rows, strict=True))
        return Read(file, replace(prepared, vectors=made))

    def delete(self) -> None:
        """Delete all parts: what they hold is stored."""
        shutil.rmtree(self._folder.parent, ignore_errors=True)

    def _note(self, part: Path) -> None:
        """Note what a part holds."""
        import pyarrow.parquet as pq

        held = pq.read_table(part, columns=["location", "sha256"]).to_pylist()
        with self._changed:
            for group, row in enumerate(held):
                if row["sha256"]:
                    self._places[row["location"], row["sha256"]] = _Place(part, group)
            self._changed.notify_all()
