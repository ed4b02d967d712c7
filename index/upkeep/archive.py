"""A home in one file, taken while others read and write, and made a home again.

The archive is a ZIP:

manifest.json      its form, the program's version, when it was taken, and each file with SHA-256
catalog.sqlite     as of one moment, as are all databases of the home
vectors.ids        the ids of the vectors, a line each, in the order of
vectors.f32        the vectors: 32-bit floats, little-endian, one after the other
home/...           everything else, as it lies in the home

Vectors are read by their ids, as the catalog of that moment names them, and not as Chroma's files:
these cannot be copied whole beside a writer. Those that a writer takes out meanwhile are embedded
anew where the archive is made a home.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from index.errors import ArchiveError
from index.ingestion.sync import Progress
from index.storage.catalog import Catalog
from index.storage.store import PassageStore
from index.upkeep.home_files import CATALOG, HALF, copy_database, kept_files

ARCHIVE_FORM = 1
MANIFEST, IDS, VECTORS = "manifest.json", "vectors.ids", "vectors.f32"
FILES = "home/"
VECTORS_AT_ONCE = 2_000
_BLOCK = 1 << 20

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Archived:
    """What an archive holds."""

    file: Path
    sources: int
    passages: int
    vectors: int  # of the passages, those that were there; the others are embedded when restored
    bytes: int


def archive_home(store: PassageStore, file: Path, progress: OnProgress) -> Archived:
    """Write a home into one file, whole or not at all; others may read and write meanwhile.

    The file may be read by its owner alone, as it holds what people keep in the home. Raises
    ArchiveError where it is there already or cannot be written.
    """
    if file.exists():
        raise ArchiveError(f"{file} is there already; give another name")
    half = file.with_name(f".{file.name}{HALF}")
    beside = file.with_name(f".{file.name}{HALF}-databases")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        with (
            open(half, "wb", opener=_for_the_owner) as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        ):
            counts = _Archiving(store, packed, beside, progress).write()
        half.replace(file)
    except OSError as error:
        raise ArchiveError(
            f"{file} cannot be written ({error.strerror}); make room or give rights there"
        ) from error
    finally:
        half.unlink(missing_ok=True)
        shutil.rmtree(beside, ignore_errors=True)
    return Archived(file, *counts, file.stat().st_size)


class _Archiving:
    """One archive while it is written."""

    def __init__(
        self, store: PassageStore, packed: zipfile.ZipFile, beside: Path, progress: OnProgress
    ) -> None:
        self._store = store
        self._packed = packed
        self._beside = beside
        self._progress = progress
        self._digests: dict[str, str] = {}
        self._done = self._total = 0

    def write(self) -> tuple[int, int, int]:
        """Write all parts; return how many sources, passages and vectors there are."""
        home = self._store.home
        catalog = self._copied(home / CATALOG)
        with closing(Catalog(catalog)) as snapshot:
            ids = sorted(snapshot.vector_ids())
            sources = len(snapshot.sources())
            settings = snapshot.setting("settings")
        files = [file for file in kept_files(home) if file != home / CATALOG]
        self._total = len(files) + 2
        self._put(catalog, CATALOG)
        vectors = self._put_vectors(ids)
        if self._store.catalog.setting("settings") != settings:
            raise ArchiveError("the index was built anew meanwhile; run the same command again")
        for file in files:
            name = file.relative_to(home).as_posix()
            self._put(self._copied(file) if file.suffix == ".sqlite" else file, FILES + name)
        self._put_manifest()
        return sources, len(ids), vectors

    def _copied(self, file: Path) -> Path:
        """Return a database as of this moment; a file that is none, or is damaged, as it lies."""
        copy = self._beside / "database.sqlite"
        copy.unlink(missing_ok=True)
        return copy if copy_database(file, copy) else file

    def _put(self, file: Path, name: str) -> None:
        try:
            stream = file.open("rb")
        except FileNotFoundError:
            return  # a file that was taken out of the home meanwhile
        with stream, self._part(name) as write:
            while block := stream.read(_BLOCK):
                write(block)
        self._tell(name)

    def _put_vectors(self, ids: Sequence[str]) -> int:
        """Write the vectors that are there, then the ids of these."""
        there: list[str] = []
        with self._part(VECTORS, zipfile.ZIP_STORED) as write:
            for start in range(0, len(ids), VECTORS_AT_ONCE):
                for id, vector in self._store.vectors(ids[start : start + VECTORS_AT_ONCE]).items():
                    write(vector.astype("<f4").tobytes())
                    there.append(id)
        with self._part(IDS) as write:
            write("".join(f"{id}\n" for id in there).encode())
        self._tell(VECTORS)
        return len(there)

    def _put_manifest(self) -> None:
        manifest = {
            "form": ARCHIVE_FORM,
            "program": version("rare-earth-assistant"),
            "taken": datetime.now(UTC).isoformat(timespec="seconds"),
            "files": self._digests,
        }
        self._packed.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))

    @contextmanager
    def _part(
        self, name: str, compression: int = zipfile.ZIP_DEFLATED
    ) -> Iterator[Callable[[bytes], None]]:
        """Yield what writes a part of the archive; its digest is kept for the manifest."""
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
        info.compress_type = compression
        with self._packed.open(info, "w", force_zip64=True) as stream:

            def write(data: bytes) -> None:
                digest.update(data)
                stream.write(data)

            yield write
        self._digests[name] = digest.hexdigest()

    def _tell(self, name: str) -> None:
        self._done += 1
        self._progress(Progress(self._done, self._total, name, "new"))


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_TRUNC, 0o600)
