"""Keeping copy groups in the catalog: which sources are compared again after a change.

What makes sources copies of one another is up to `corpus.copies`. A changed source is compared
with those that share sampled word sequences with it, and with the rest of their groups.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import Any

from corpus.copies import CANDIDATE_HASHES, Fingerprint, Member, group_copies
from corpus.records import load_source

_LIKELIEST = 12  # candidates: pages of one site or template share a little with thousands
_COMMON = 200  # a word sequence that more sources share is a site's own furniture


class CopyGroups:
    """The copy groups of a catalog within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._changed: set[str] = set()  # sources whose groups are to be made anew

    def put(self, source_id: str, fingerprint: Fingerprint) -> None:
        """Take in the fingerprint of a source."""
        self._db.executemany(
            "INSERT OR IGNORE INTO sketches VALUES (?, ?)",
            ((value, source_id) for value in fingerprint.sketch),
        )
        self._changed.add(source_id)

    def clear(self, source_id: str) -> None:
        """Forget the fingerprint of a source; those that shared its group are compared again."""
        self._changed |= self._group_of(source_id)
        self._db.execute("DELETE FROM sketches WHERE source_id = ?", (source_id,))

    def regroup(self) -> None:
        """Compare the changed sources with what may be copies of them, and record the groups."""
        compared = self._compared()
        affected = {source_id for ids in compared for source_id in ids}
        alike = _alike([m for s in sorted(affected) for m in self._member(s)])
        first_of = {m.source.id: first for first, members in alike.items() for m in members}
        pairs = {
            pair
            for ids in compared
            for pair in combinations(sorted({first_of[i] for i in ids if i in first_of}), 2)
        }
        for group in group_copies([members[0] for members in alike.values()], pairs):
            reasons = dict(group.set_aside)
            ordered = [(first, m.source.id) for first in group.members for m in alike[first]]
            for order, (first, source_id) in enumerate(ordered):
                reason = reasons.get(first, "")
                self._db.execute(
                    "UPDATE sources SET copy_group = ?, copy_order = ?, state = ?, reason = ?"
                    " WHERE id = ?",
                    (group.id, order, "set aside" if reason else "indexed", reason, source_id),
                )
        self._changed.clear()

    def _compared(self) -> set[frozenset[str]]:
        """Return the sets of sources that are compared among themselves.

        These are each changed source with its likeliest copies, and the groups of all of them as
        they are, so that no change takes a group apart.
        """
        near = {frozenset({s, *self._candidates(s)}) for s in self._changed}
        every = {source_id for ids in near for source_id in ids}
        return near | {frozenset(self._group_of(source_id)) for source_id in every}

    def _group_of(self, source_id: str) -> set[str]:
        query = (
            "SELECT id FROM sources WHERE copy_group ="
            " (SELECT copy_group FROM sources WHERE id = ?)"
        )
        return {row[0] for row in self._db.execute(query, (source_id,))}

    def _candidates(self, source_id: str) -> set[str]:
        """Return the sources that share enough of a source's sketch, or its whole content."""
        shared: Counter[str] = Counter()
        query = "SELECT hash FROM sketches WHERE source_id = ?"
        for (value,) in self._db.execute(query, (source_id,)).fetchall():
            holders = self._db.execute(
                "SELECT source_id FROM sketches WHERE hash = ? LIMIT ?", (value, _COMMON + 1)
            ).fetchall()
            if len(holders) <= _COMMON:
                shared.update(row[0] for row in holders)
        query = (
            "SELECT id FROM sources WHERE fingerprint != '' AND content ="
            " (SELECT content FROM sources WHERE id = ?) LIMIT ?"
        )
        equal = {row[0] for row in self._db.execute(query, (source_id, _COMMON))}
        del shared[source_id]
        likely = shared.most_common(_LIKELIEST)
        return equal | {other for other, count in likely if count >= CANDIDATE_HASHES}

    def _member(self, source_id: str) -> list[Member]:
        """Return a source as it is compared, none where it was not read."""
        query = "SELECT record, fingerprint FROM sources WHERE id = ? AND fingerprint != ''"
        return [
            Member(load_source(json.loads(record)), load_fingerprint(fingerprint))
            for record, fingerprint in self._db.execute(query, (source_id,))
        ]


def _alike(members: Iterable[Member]) -> dict[str, tuple[Member, ...]]:
    """Return members of which only the place differs together, by the id of the first.

    That is the first by path of those whose file is there: pages are drawn and proofs made from it.
    One is compared for all of them: a hundred copies of a file would be thousands of pairs.
    """
    found: dict[tuple[object, ...], list[Member]] = {}
    for member in members:
        source = member.source
        title = "" if source.title == Path(source.path).stem else source.title
        about = (source.publisher, source.published, source.edition, source.version, source.rank)
        content = member.fingerprint if member.fingerprint.words else source.id
        key = (content, title, about, source.file_type, source.confidence)
        found.setdefault(key, []).append(member)
    ordered = (tuple(sorted(alike, key=_by_place)) for alike in found.values())
    return {alike[0].source.id: alike for alike in ordered}


def _by_place(member: Member) -> tuple[bool, str, str]:
    source = member.source
    return not Path(source.location).is_file(), source.path, source.id


def dump_fingerprint(fingerprint: Fingerprint) -> str:
    """Return a fingerprint as JSON."""
    return json.dumps(asdict(fingerprint), ensure_ascii=False, separators=(",", ":"))


def load_fingerprint(record: str) -> Fingerprint:
    """Return the fingerprint that a record holds."""
    fields: dict[str, Any] = json.loads(record)
    lists = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    return Fingerprint(**fields | lists)
