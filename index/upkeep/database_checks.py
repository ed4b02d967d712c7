"""Damage of a home's databases as files, and what interrupted work has left over."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from index.errors import HomeLockedError
from index.storage.database import Database
from index.storage.store import lock_home
from index.upkeep.damage import Damage, Patient
from index.upkeep.home_files import CATALOG, HALF, MADE_ANEW, databases, put_aside
from index.upkeep.salvage import is_whole, salvage

_OLD_SECONDS = 3600.0
_BASE_TABLES = ("meta", "sources", "pages", "passages", "facts")  # all else is made from these


def damaged_databases(patient: Patient) -> Iterator[Damage]:
    """Yield the databases of a home that cannot be read whole; the catalog first."""
    for file in databases(patient.home):
        if not is_whole(file):
            name = file.relative_to(patient.home).as_posix()
            yield Damage(
                "damaged database", f"{name} cannot be read whole", partial(_mend, patient, file)
            )


def left_over(patient: Patient) -> Iterator[Damage]:
    """Yield folders and files that a broken-off run has left, while no other process writes."""
    try:
        with lock_home(patient.home):
            found = [patient.home / name for name in MADE_ANEW]
            found += filter(_is_old, patient.home.rglob(f"*{HALF}"))
    except HomeLockedError:
        return
    for place in found:
        if place.exists():
            name = place.relative_to(patient.home).as_posix()
            what = f"{name} was left over by a run that was broken off"
            yield Damage("left over", what, partial(_delete, patient, place))


def _is_old(place: Path) -> bool:
    """Tell whether nobody has written to a half file for so long that nobody will."""
    return time.time() - place.stat().st_mtime > _OLD_SECONDS


def _mend(patient: Patient, file: Path) -> str:
    """Put a new database with what can be read in the place of a damaged one."""
    half = file.with_name(file.name + HALF)
    half.unlink(missing_ok=True)
    tables: tuple[str, ...] = ()
    if file.name == CATALOG:
        Database(half).close()
        tables = _BASE_TABLES
    with lock_home(patient.home), closing(sqlite3.connect(half)) as made:
        salvaged = salvage(file, made, tables)
        made.close()
        aside = put_aside(file, f"damaged-{datetime.now(UTC).strftime('%Y%m%d-%H%M%S')}")
        half.replace(file)
    kept = sum(salvaged.rows.values())
    if not salvaged.damaged and kept:
        return ""
    told = f"not all rows of {', '.join(salvaged.damaged) or file.name} could be read"
    return f"{told}; {kept} were kept, and the damaged file is {aside.name}"


def _delete(patient: Patient, place: Path) -> str:
    with lock_home(patient.home):
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)
    return ""
