"""A home made of an archive: unpacked beside its place, held against its digests, put in whole."""

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from index.embedding import Embedder
from index.errors import ArchiveError
from index.ingestion.sync import Progress
from index.storage.store import PLACE_SETTING, PassageStore, lock_home
from index.upkeep.archive import (
    ARCHIVE_FORM,
    FILES,
    IDS,
    MANIFEST,
    VECTORS,
    VECTORS_AT_ONCE,
)
from index.upkeep.embedding_anew import embed_anew
from index.upkeep.home_files import CATALOG, HALF

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Restored:
    """What a home was made of; `before` is where the home that stood there lies now, if any."""

    taken: str  # when the archive was, ISO 8601
    sources: int
    passages: int
    embedded: int  # passages whose vectors the archive has not
    before: Path | None


def restore_home(
    file: Path,
    home: Path,
    embedder_name: str,
    embedder: Callable[[], Embedder],
    replaces: bool,
    progress: Callable[[Progress], None],
) -> Restored:
    """Make a home of an archive, whole or not at all; its vectors lie in the home itself.

    A home that stands there is put aside under another name where it is to be replaced. Raises
    ArchiveError where the archive is damaged, no archive or of a later version, or where a home
    stands there; StaleIndexError where it was indexed by another embedding model.
    """
    is_there = home.exists() and any(home.iterdir())
    if is_there and not replaces:
        raise ArchiveError(
            f"{home} is not empty; give another --home, or --replace, which puts it aside"
        )
    half = home.with_name(f"{home.name}.restore{HALF}")
    shutil.rmtree(half, ignore_errors=True)
    try:
        with _opened(file) as packed:
            manifest = _manifest(packed, file)
            _unpack(packed, manifest.digests, half, file)
        sources, passages, embedded = _fill(half, embedder_name, embedder, progress)
        before = _put_in_place(half, home)
    except OSError as error:
        raise ArchiveError(
            f"{home} cannot be made ({error.strerror}); make room or give rights there"
        ) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return Restored(manifest.taken, sources, passages, embedded, before)


@dataclass(frozen=True, slots=True)
class _Manifest:
    form: int
    taken: str
    digests: dict[str, str]  # by the name of the file


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as packed:
            yield packed
    except FileNotFoundError as error:
        raise ArchiveError(f"{file} does not exist; give a file that backup made") from error
    except zipfile.BadZipFile as error:
        raise ArchiveError(f"{file} is damaged or no backup ({error}); give another") from error


def _manifest(packed: zipfile.ZipFile, file: Path) -> _Manifest:
    try:
        told = json.loads(packed.read(MANIFEST))
        manifest = _Manifest(int(told["form"]), str(told["taken"]), dict(told["files"]))
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise ArchiveError(
            f"{file} is no backup of a home; give a file that backup made"
        ) from error
    if manifest.form != ARCHIVE_FORM:
        raise ArchiveError(
            f"{file} was made by another version of rare-earth-assistant ({told.get('program')}); "
            "install that version"
        )
    return manifest


def _unpack(packed: zipfile.ZipFile, digests: dict[str, str], folder: Path, file: Path) -> None:
    """Write the files of an archive into a folder, held against their digests."""
    for name in (CATALOG, VECTORS, IDS, *(n for n in digests if n.startswith(FILES))):
        if name not in digests:
            raise ArchiveError(f"{file} lacks {name}; give another backup")
        target = folder / _place(name, file)
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        try:
            with packed.open(name) as stream, target.open("wb") as out:
                while block := stream.read(_BLOCK):
                    digest.update(block)
                    out.write(block)
        except (KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise ArchiveError(f"{file}: {name} cannot be read; give another backup") from error
        if digest.hexdigest() != digests[name]:
            raise ArchiveError(f"{file}: {name} is not what was backed up; give another backup")


def _place(name: str, file: Path) -> PurePosixPath:
    """Return where a file of an archive belongs in the home. Raises ArchiveError for outside."""
    place = PurePosixPath(name.removeprefix(FILES))
    if place.is_absolute() or ".." in place.parts or "\\" in name or not place.parts:
        raise ArchiveError(f"{file} holds a file that would lie outside the home: {name!r}")
    return place


def _fill(
    home: Path,
    embedder_name: str,
    embedder: Callable[[], Embedder],
    progress: Callable[[Progress], None],
) -> tuple[int, int, int]:
    """Put the vectors into a home; return its sources, passages, and how many were embedded."""
    store = PassageStore(home, embedder_name)
    total = store.catalog.passage_count()

    def tell(done: int) -> None:
        progress(Progress(done, total, VECTORS, "embedding"))

    try:
        if store.catalog.setting(PLACE_SETTING):  # they lay on servers
            with store.catalog.change() as change:
                change.put_setting(PLACE_SETTING, "")
        store.check_settings()
        with store.writing() as writer:
            stored = 0
            for ids, rows in _vectors(home):
                writer.put_vectors_of(ids, rows)
                stored += len(ids)
                tell(stored)
            missing = sorted(writer.missing())
            embed_anew(writer, embedder, missing, lambda done, _: tell(stored + done))
        return len(store.catalog.sources()), total, len(missing)
    finally:
        store.close()
        for name in (IDS, VECTORS):
            (home / name).unlink(missing_ok=True)


def _vectors(home: Path) -> "Iterator[tuple[list[str], NDArray[np.float32]]]":
    """Yield the vectors that were unpacked with their ids, some thousand at once."""
    import numpy as np

    ids = (home / IDS).read_text(encoding="utf-8").splitlines()
    if not ids:
        return
    rows = np.memmap(home / VECTORS, "<f4", mode="r").reshape(len(ids), -1)
    for start in range(0, len(ids), VECTORS_AT_ONCE):
        yield ids[start : start + VECTORS_AT_ONCE], rows[start : start + VECTORS_AT_ONCE]


def _put_in_place(half: Path, home: Path) -> Path | None:
    """Give a home its name; return where the one that had it lies now."""
    if not home.exists():
        half.replace(home)
        return None
    if not any(home.iterdir()):
        home.rmdir()
        half.replace(home)
        return None
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    before = home.with_name(f"{home.name}.before-restore-{moment}")
    with lock_home(home):
        home.replace(before)
        half.replace(home)
    return before
