"""Sources that are sent to a home: kept as files in HOME/uploads, read and indexed as others."""

import shutil
from collections.abc import Callable
from filecmp import cmp
from pathlib import Path
from typing import IO
from uuid import uuid4

from corpus.description.describing import source_id
from corpus.instructions import visible
from corpus.reading import readable_endings
from index.embedding import Embedder
from index.errors import UploadError, UploadNameTakenError
from index.ingestion.sync import Progress, add_paths, remove_source
from index.storage.catalog import SourceRecord
from index.storage.store import PassageStore

UPLOADS_FOLDER = "uploads"
_NAME_BYTES = 200
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


def check_name(name: str) -> str:
    """Return the name of a file that is sent. Raises UploadError for a path or no name."""
    is_long = len(name.encode(errors="replace")) > _NAME_BYTES
    is_plain = name == visible(name).strip() and not set(name) & _NOT_IN_NAMES
    if not name or is_long or not is_plain or name.startswith((".", "~$")):
        raise UploadError(
            f"{visible(name)[:80]!r} cannot be the name of a file; send a plain name, not a path"
        )
    return name


def add_upload(
    store: PassageStore,
    embedder: Callable[[], Embedder],
    name: str,
    data: IO[bytes],
    progress: Callable[[Progress], None],
) -> SourceRecord:
    """Keep a file that is sent, read and index it. What cannot be read is not kept.

    Raises UploadError for a bad name or a file that cannot be read, UploadNameTakenError where the
    name has another content, and what `add_paths` raises.
    """
    folder = store.home / UPLOADS_FOLDER
    file = folder / check_name(name)
    if file.suffix.lower() not in (endings := readable_endings()):
        raise UploadError(f"{name}: files of this kind are not read; send {', '.join(endings)}")
    folder.mkdir(exist_ok=True)
    is_new = _keep(file, data)
    try:
        add_paths(store, embedder, [file], progress)
        record = store.catalog.source(source_id(file.resolve().as_posix()))
        if not record.pages:
            remove_source(store, record.source.id)
            raise UploadError(record.reason)
    except BaseException:
        if is_new:
            file.unlink(missing_ok=True)
        raise
    return record


def remove_with_upload(store: PassageStore, source: str) -> None:
    """Remove a source whole, its file, too, where it was sent. Raises UnknownSourceError."""
    location = Path(store.catalog.source(source).source.location)
    remove_source(store, source)
    if location.parent == (store.home / UPLOADS_FOLDER).resolve():
        location.unlink(missing_ok=True)


def _keep(file: Path, data: IO[bytes]) -> bool:
    """Write a file whole; tell whether it is new. Raises UploadNameTakenError."""
    half = file.with_name(f".{uuid4().hex}.part")
    try:
        with half.open("wb") as out:
            shutil.copyfileobj(data, out)
        file.hardlink_to(half)
    except FileExistsError as error:
        if cmp(half, file, shallow=False):
            return False
        raise UploadNameTakenError(
            f"another source was sent as {file.name}; remove it first, or send this one under "
            "another name"
        ) from error
    finally:
        half.unlink(missing_ok=True)
    return True
