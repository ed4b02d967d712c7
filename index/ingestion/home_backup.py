"""A home copied beside itself, whole or not at all, and the room that it takes."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from index.errors import IndexingError
from index.ingestion.uploads import UPLOADS_FOLDER
from index.upkeep.home_files import copy_database
from index.web.kept import WEB_FOLDER

_INDEX = ("catalog.sqlite*", "vectors-*")
_LINKED = (UPLOADS_FOLDER, WEB_FOLDER)
_NEW_INDEX = 3  # times the old one: it holds more, and lies there twice for a moment


def back_up(home: Path) -> Path:
    """Copy a home to HOME.backup-DATE and return that folder.

    Databases are copied as of one moment, while others may write to them. Files that were sent or
    fetched are linked where that can be: nothing ever changes them. Raises IndexingError.
    """
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    backup = home.with_name(f"{home.name}.backup-{moment}")
    half = home.with_name(f"{home.name}.backup.part")
    try:
        shutil.rmtree(half, ignore_errors=True)
        copy = partial(_copy, home)
        shutil.copytree(home, half, symlinks=True, copy_function=copy, ignore=_beside_databases)
        half.replace(backup)
    except (OSError, shutil.Error, sqlite3.Error) as error:
        shutil.rmtree(half, ignore_errors=True)
        raise IndexingError(
            f"{home} cannot be backed up to {backup} ({error}); make room or give rights there"
        ) from error
    return backup


def bytes_needed(home: Path) -> int:
    """Return about how many bytes a backup of a home and its new index take."""
    copied = sum(file.stat().st_size for file in _files(home) if not _is_linked(home, file))
    index = sum(
        file.stat().st_size
        for pattern in _INDEX
        for place in home.glob(pattern)
        for file in ((place,) if place.is_file() else _files(place))
    )
    return copied + _NEW_INDEX * index


def check_room(home: Path) -> None:
    """Raise IndexingError where a home's disk has no room for its backup and its new index."""
    needed, free = bytes_needed(home), shutil.disk_usage(home).free
    if free < needed:
        raise IndexingError(
            f"the backup and the new index of {home} need {_megabytes(needed)}, and "
            f"{_megabytes(free)} are free; make room there, then run the same command again"
        )


def _is_linked(home: Path, file: Path) -> bool:
    """Tell whether a file of a home is one that nothing ever changes."""
    return file.relative_to(home).parts[0] in _LINKED


def _copy(home: Path, source: str, target: str) -> str:
    """Copy one file of a home, as `shutil.copy2` does."""
    if Path(source).suffix == ".sqlite" and copy_database(Path(source), Path(target)):
        return target
    if _is_linked(home, Path(source)):
        try:
            os.link(source, target)
        except OSError:  # a disk without links
            return shutil.copy2(source, target)
        return target
    return shutil.copy2(source, target)


def _beside_databases(_: str, names: list[str]) -> set[str]:
    """Return what of a folder belongs to databases that are copied as of one moment."""
    whole = {name for name in names if name.endswith(".sqlite")}
    ends = ("-wal", "-shm", "-journal")
    return {name for name in names if name.endswith(ends) and name.rpartition("-")[0] in whole}


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:,.0f} MB"
