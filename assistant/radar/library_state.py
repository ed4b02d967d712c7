"""The state of a library: which version of which source it holds, and how two states differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.storage.catalog import Catalog

_VERSIONS = "SELECT id, state, json_extract(record, '$.sha256') FROM sources"
_UNREAD = ""  # the version of a file that is there and could not be read this time


@dataclass(frozen=True, slots=True)
class Difference:
    """The sources that are new, that changed and that are gone, by their ids.

    What only moved is gone under its old id, and under its new one neither new nor changed.
    """

    new: frozenset[str]
    changed: frozenset[str]
    gone: frozenset[str]

    @property
    def fresh(self) -> frozenset[str]:
        """The sources that may say what was not said before."""
        return self.new | self.changed

    @property
    def touched(self) -> frozenset[str]:
        """The sources that may no longer say what they said."""
        return self.changed | self.gone


def state_of(catalog: Catalog) -> dict[str, str]:
    """Return the version of each source that can be searched, and of files that fail now, ""."""
    rows = catalog.database.rows(_VERSIONS)
    held = {id_: (state, sha256) for id_, state, sha256 in rows}
    return {
        id_: sha256 if state == "indexed" else _UNREAD
        for id_, (state, sha256) in held.items()
        if state in ("indexed", "unreadable")
    }


def difference(before: Mapping[str, str], now: Mapping[str, str]) -> Difference:
    """Return how a later state differs; a source that cannot be read now counts as unchanged."""
    known = set(before.values())
    return Difference(
        new=frozenset(i for i, v in now.items() if i not in before and v and v not in known),
        changed=frozenset(i for i, v in now.items() if v and before.get(i, v) not in (_UNREAD, v)),
        gone=frozenset(before.keys() - now.keys()),
    )
