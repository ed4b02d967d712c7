"""A home looked at from the files up to the vectors, and what is damaged mended where it can be.

What is mended is made of what the home has: pages from the files that were read, passages, words,
facts and copies from the pages, vectors from the passages. What is told as lost cannot be.
"""

from collections.abc import Callable, Iterator

from index.errors import IndexingError
from index.upkeep.catalog_checks import (
    damaged_facts,
    damaged_groups,
    damaged_pages,
    damaged_records,
    damaged_settings,
    damaged_words,
    stray_rows,
)
from index.upkeep.damage import Damage, Finding, Patient
from index.upkeep.database_checks import damaged_databases, left_over
from index.upkeep.vector_checks import damaged_vectors

# Each stands on what those before it have found whole, or mended.
_CHECKS: tuple[Callable[[Patient], Iterator[Damage]], ...] = (
    damaged_databases,
    left_over,
    damaged_settings,
    damaged_records,
    stray_rows,
    damaged_pages,
    damaged_words,
    damaged_facts,
    damaged_groups,
    damaged_vectors,
)


def examine(patient: Patient, mends: bool) -> Iterator[Finding]:
    """Yield the damage of a home, as it is found; with `mends` after it was mended.

    Raises IndexingError where the home was made by another version or with other settings, and
    HomeLockedError where another process writes.
    """
    if not patient.home.is_dir():
        raise IndexingError(f"there is no home at {patient.home}; give another --home")
    for check in _CHECKS:
        found = list(check(patient))
        for damage in found:
            if mends:
                lost = damage.mend()
                yield Finding(damage.kind, damage.what, "lost" if lost else "mended", lost)
            else:
                yield Finding(damage.kind, damage.what, "found")
        if found and not mends and check in (damaged_databases, damaged_settings):
            return  # what stands on it cannot be looked at
        if check is damaged_databases:
            with patient.store() as store:
                store.check_settings()
