"""A home made as small and as fast as what it holds allows."""

import shutil

from index.errors import IndexingError
from index.storage.store import PassageStore


def compact(store: PassageStore) -> int:
    """Merge the indexes of a home's words and give up the room of what was removed.

    Others may read meanwhile. Returns how many bytes fewer it takes. Raises HomeLockedError, and
    IndexingError where the disk has no room for a second catalog, which it takes for a while.
    """
    with store.writing():
        before = _size(store)
        catalog = sum(file.stat().st_size for file in store.home.glob("catalog.sqlite*"))
        if shutil.disk_usage(store.home).free < 2 * catalog:
            raise IndexingError(
                f"compacting {store.home} needs {2 * catalog / 1e6:.0f} MB that are not free; make "
                "room on its disk, then run the same command again"
            )
        store.catalog.database.compact()
        store.compact_matrix()
        return before - _size(store)


def _size(store: PassageStore) -> int:
    return sum(file.stat().st_size for file in store.home.rglob("*") if file.is_file())
