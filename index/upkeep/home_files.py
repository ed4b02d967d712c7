"""The files of a home: those that cannot be made from others, and databases as of one moment."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

CATALOG = "catalog.sqlite"
MADE_ANEW = ("rebuild", "upgrade")  # folders in which an index is made before it is swapped in
VECTORS = "vectors-"
HALF = ".part"
_BESIDE = ("-wal", "-shm", "-journal")


def kept_files(home: Path) -> Iterator[Path]:
    """Yield the files of a home that cannot be made from others, by path.

    Databases count as one file. Left out are vectors, locks, links, and what is half written.
    """
    for file in sorted(home.rglob("*")):
        first = file.relative_to(home).parts[0]
        is_made = first in MADE_ANEW or first.startswith(VECTORS)
        is_passing = file.suffix in (HALF, ".lock") or _is_beside_database(file)
        if not is_made and not is_passing and not file.is_symlink() and file.is_file():
            yield file


def databases(home: Path) -> Iterator[Path]:
    """Yield the databases of a home, the catalog first."""
    found = (file for file in kept_files(home) if file.suffix == ".sqlite")
    yield from sorted(found, key=lambda file: (file.name != CATALOG, file))


def copy_database(source: Path, target: Path) -> bool:
    """Copy a database as of one moment; tell whether it could be read as one."""
    try:
        with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as copy:
            held.backup(copy)
    except sqlite3.DatabaseError:
        target.unlink(missing_ok=True)
        return False
    shutil.copymode(source, target)
    return True


def put_aside(file: Path, name: str) -> Path:
    """Rename a damaged database, with what stands beside it, to a name that is free."""
    aside = file.with_name(f"{file.name}.{name}")
    number = 1
    while aside.exists():
        number += 1
        aside = file.with_name(f"{file.name}.{name}-{number}")
    for end in _BESIDE:
        file.with_name(file.name + end).unlink(missing_ok=True)
    file.replace(aside)
    return aside


def _is_beside_database(file: Path) -> bool:
    database, _, end = file.name.rpartition("-")
    return f"-{end}" in _BESIDE and file.with_name(database).exists()
