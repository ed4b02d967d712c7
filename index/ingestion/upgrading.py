"""A home of an earlier version made one of today: backed up, indexed anew, swapped in whole.

HOME.backup-DATE/      the home as it was
HOME/upgrade/          the new index while it is made; `backup` names the backup, and of what state

Only the index is made anew; what people made stays where it is. Killed at any moment, the home is
the old one or the new one, and the same call goes on.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.embedding import Embedder
from index.ingestion.files import KEPT_REMARK
from index.ingestion.home_backup import back_up, check_room
from index.ingestion.rebuilding import (
    OnProgress,
    clear,
    index_pages,
    new_index,
    put_sources,
    swap_in,
)
from index.ingestion.sync import add_paths
from index.storage.older_catalog import OlderSource, older_sources
from index.storage.store import PassageStore

_FOLDER = "upgrade"
_BACKUP_FILE = "backup"


@dataclass(frozen=True, slots=True)
class UpgradePlan:
    """What an upgrade would do, by the paths of the sources."""

    read_anew: tuple[str, ...]  # from their files
    kept: tuple[str, ...]  # from the stored pages


@dataclass(frozen=True, slots=True)
class UpgradeReport:
    """What an upgrade has done, by the paths of the sources."""

    backup: Path
    indexed: tuple[str, ...]
    kept: tuple[str, ...]  # of these, whose files could not be read: what was read before is kept
    unreadable: tuple[str, ...]  # "path: reason", a line each


def plan_upgrade(store: PassageStore) -> UpgradePlan:
    """Return what `upgrade` would do with a home of an earlier version."""
    sources = older_sources(store.catalog.database)
    read = {one.source.id for one in sources if _reads_files(store) and _is_there(one)}
    return UpgradePlan(
        tuple(one.source.path for one in sources if one.source.id in read),
        tuple(one.source.path for one in sources if one.pages and one.source.id not in read),
    )


def upgrade(
    store: PassageStore, embedder: Callable[[], Embedder], progress: OnProgress
) -> UpgradeReport:
    """Back up a home of an earlier version, make its index anew, and swap it in whole.

    Where files are read in another way now, they are read again; of one that is gone or can no
    longer be read the stored pages are kept. Raises HomeLockedError, StaleIndexError for a home of
    a later version, and IndexingError where there is no room for backup and new index.
    """
    with store.locked():
        folder = store.home / _FOLDER
        backup = _backed_up(store, folder)
        sources = older_sources(store.catalog.database)
        with new_index(store, folder) as made:
            put_sources(made, sources)
            left = _left(made, sources)
            if _reads_files(store):
                files = [Path(one.source.location) for one in sources if _is_there(one)]
                add_paths(made, embedder, files, progress)
                _put_places(made, sources)
                left = [_with_remark(one) for one in _left(made, sources)]
            index_pages(store, made, left, embedder, progress)
            report = _report(made, backup)
        swap_in(store, folder)
    return report


def clear_upgrade(store: PassageStore) -> None:
    """Delete what an upgrade that was killed at its end has left over."""
    folder = store.home / _FOLDER
    if folder.exists():
        with store.locked():
            clear(store, folder)


def _reads_files(store: PassageStore) -> bool:
    """Tell whether the stored pages of a home are not as they are read today."""
    version = store.version()
    return version is not None and not version.keeps_pages


def _is_there(one: OlderSource) -> bool:
    return one.state != "removed" and os.path.isfile(one.source.location)


def _backed_up(store: PassageStore, folder: Path) -> Path:
    """Return the backup of a home: that of an upgrade of its very state that was broken off."""
    told = folder / _BACKUP_FILE
    state = f"{store.version()}, generation {store.catalog.generation()}"
    if told.exists():
        name, _, backed_up = told.read_text(encoding="utf-8").partition("\n")
        if backed_up == state:
            return store.home.with_name(name)
    shutil.rmtree(folder, ignore_errors=True)
    check_room(store.home)
    backup = back_up(store.home)
    folder.mkdir()
    half = told.with_suffix(".part")
    half.write_text(f"{backup.name}\n{state}", encoding="utf-8")
    half.replace(told)
    return backup


def _put_places(made: PassageStore, sources: Sequence[OlderSource]) -> None:
    """Have sources that were read by a link, or from another folder, keep root and path."""
    with made.writing(), made.catalog.change() as change:
        for one in sources:
            source = made.catalog.source(one.source.id).source
            change.put_place(replace(source, path=one.source.path), one.root)


def _left(made: PassageStore, sources: Sequence[OlderSource]) -> list[OlderSource]:
    """Return the sources with stored pages that the new index has not, and did not set aside."""
    records = {record.source.id: record for record in made.catalog.all_sources()}
    return [one for one in sources if one.pages and records[one.source.id].state == "unreadable"]


def _with_remark(one: OlderSource) -> OlderSource:
    remarks = tuple(dict.fromkeys((*one.source.remarks, KEPT_REMARK)))
    return replace(one, source=replace(one.source, remarks=remarks))


def _report(made: PassageStore, backup: Path) -> UpgradeReport:
    records = made.catalog.sources()
    return UpgradeReport(
        backup,
        tuple(one.source.path for one in records if one.pages),
        tuple(one.source.path for one in records if KEPT_REMARK in one.source.remarks),
        tuple(
            f"{one.source.path}: {one.reason or 'its file is gone'}"
            for one in records
            if one.state == "unreadable"
        ),
    )
