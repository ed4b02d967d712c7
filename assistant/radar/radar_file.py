"""The file in which a home keeps its radar: HOME/radar.sqlite.

It holds what is subscribed to, the states of the library that this was held against, which facts
the sources had at the last look, and what was found.
"""

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answer import reference_to_json
from assistant.answer.reference import reference_of_json
from assistant.errors import RadarError
from assistant.people import HOLDER, Person
from assistant.radar.finding import Change, Finding, Touched
from assistant.radar.subscription import KeptKind, Subscription, packed_grounds, unpacked_grounds
from index.storage.home_database import HomeDatabase

RADAR_FILE = "radar.sqlite"
KEPT_SUBSCRIPTIONS = 20_000  # beyond it the oldest answers are dropped, as their records are
_SCHEMA = """
CREATE TABLE IF NOT EXISTS subscriptions (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, ref TEXT NOT NULL,
    title TEXT NOT NULL, asked TEXT NOT NULL, owner TEXT NOT NULL, state INTEGER NOT NULL,
    open TEXT NOT NULL, grounds BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS states (
    number INTEGER PRIMARY KEY, generation INTEGER NOT NULL, sources BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS known_facts (
    source TEXT PRIMARY KEY, version TEXT NOT NULL, marks BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS findings (
    number INTEGER PRIMARY KEY, subscription TEXT NOT NULL, key TEXT NOT NULL, time TEXT NOT NULL,
    kind TEXT NOT NULL, about TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
    place TEXT NOT NULL, is_seen INTEGER NOT NULL DEFAULT 0, UNIQUE (subscription, key));
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)
"""
_SEEN_BY = "(:person = '' OR subscriptions.owner IN ('', :person))"
MARK_BYTES = 8  # of what tells a fact that a source had from one that it has since


@dataclass(frozen=True, slots=True)
class Look:
    """What one look over the library leaves to be kept.

    `sources` are the versions of the sources that were looked at, `subscriptions` those that are
    held against this state from now on, `findings` what was found by the ids of the subscriptions,
    `known_facts` the version and the marks of the facts of sources that are new or changed since
    the last look, by their ids; `gone` are those that it knew and are no longer there.
    """

    generation: int
    sources: Mapping[str, str]
    subscriptions: tuple[Subscription, ...]
    findings: tuple[tuple[str, Finding], ...] = ()
    known_facts: tuple[tuple[str, str, frozenset[bytes]], ...] = ()
    gone: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


class RadarFile:
    """The radar of one home as a person sees it. Every method raises RadarError."""

    def __init__(self, home: Path, person: Person = HOLDER) -> None:
        self._file = HomeDatabase(home / RADAR_FILE, _SCHEMA, RadarError, "a new radar begins")
        self._person = person

    def put(
        self, one: Subscription, generation: int, sources: Callable[[], Mapping[str, str]]
    ) -> None:
        """Subscribe to a thing, in place of what was kept under its id, in a state of the library.

        `sources` is asked only where the state of this generation is not kept yet.
        """
        with self._file.writing() as connection:
            state = _state(connection, generation) or _new_state(connection, generation, sources())
            _put(connection, one, state)
            connection.execute(
                "DELETE FROM subscriptions WHERE kind = 'answer' AND"
                " number <= (SELECT max(number) FROM subscriptions) - ?",
                (KEPT_SUBSCRIPTIONS,),
            )

    def subscriptions(self) -> tuple[Subscription, ...]:
        """Return all things that the person is subscribed to, in the order in which they came."""
        query = (
            "SELECT kind, ref, title, asked, grounds, owner, state, open FROM subscriptions"
            f" WHERE {_SEEN_BY} ORDER BY number"
        )
        with self._file.reading() as connection:
            rows = connection.execute(query, {"person": self._person.id})
            return tuple(map(_subscription, rows))

    def drop(self, subscription_id: str) -> bool:
        """End a subscription with what was found for it; tell whether the person has it."""
        told = {"id": subscription_id, "person": self._person.id}
        with self._file.writing() as connection:
            dropped = connection.execute(
                f"DELETE FROM subscriptions WHERE id = :id AND {_SEEN_BY}", told
            )
            if dropped.rowcount:
                connection.execute("DELETE FROM findings WHERE subscription = :id", told)
        return bool(dropped.rowcount)

    def states(self) -> dict[int, dict[str, str]]:
        """Return the states that things were last held against, by their numbers."""
        with self._file.reading() as connection:
            rows = connection.execute("SELECT number, sources FROM states")
            return {number: json.loads(zlib.decompress(packed)) for number, packed in rows}

    def known_versions(self) -> dict[str, str]:
        """Return the versions in which sources were read at the last look, by their ids."""
        with self._file.reading() as connection:
            return dict(connection.execute("SELECT source, version FROM known_facts").fetchall())

    def known_facts(self, source_ids: Iterable[str]) -> dict[str, frozenset[bytes]]:
        """Return the marks of the facts that sources had at the last look."""
        query = (
            "SELECT source, marks FROM known_facts WHERE source IN (SELECT value FROM json_each(?))"
        )
        with self._file.reading() as connection:
            rows = connection.execute(query, (json.dumps(sorted(source_ids)),)).fetchall()
        return {source: frozenset(_parts(marks)) for source, marks in rows}

    def note(self, name: str) -> str:
        """Return what is noted under a name, "" where nothing is."""
        with self._file.reading() as connection:
            row = connection.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def take_look(self, look: Look) -> None:
        """Keep what a look found, all of it or nothing. What was reported before is not again."""
        moment = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._file.writing() as connection:
            state = _new_state(connection, look.generation, look.sources)
            for one in look.subscriptions:
                _put(connection, one, state)
            connection.executemany(
                "INSERT OR IGNORE INTO findings"
                " (subscription, key, time, kind, about, before, after, place)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                ((id_, *_row(one, moment)) for id_, one in look.findings),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO known_facts VALUES (?, ?, ?)",
                ((id_, version, b"".join(sorted(m))) for id_, version, m in look.known_facts),
            )
            connection.executemany(
                "DELETE FROM known_facts WHERE source = ?", ((id_,) for id_ in look.gone)
            )
            connection.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?)", look.notes)
            connection.execute(
                "DELETE FROM states WHERE number <> ? AND number NOT IN"
                " (SELECT state FROM subscriptions)",
                (state,),
            )

    def changes(self, with_seen: bool = False) -> tuple[Change, ...]:
        """Return what was found, put together by change, the newest first."""
        query = (
            "SELECT findings.number, findings.time, findings.kind, about, before, after, place,"
            " is_seen, subscriptions.kind, ref, title FROM findings"
            f" JOIN subscriptions ON subscription = subscriptions.id WHERE {_SEEN_BY}"
            " ORDER BY findings.number"
        )
        with self._file.reading() as connection:
            rows = connection.execute(query, {"person": self._person.id})
            changes = _together(rows)
        return tuple(one for one in reversed(changes) if with_seen or not one.is_seen)

    def mark_seen(self, numbers: Sequence[int]) -> int:
        """Mark findings of the person's as seen; return how many were not before."""
        told = {"numbers": json.dumps(list(numbers)), "person": self._person.id}
        with self._file.writing() as connection:
            done = connection.execute(
                "UPDATE findings SET is_seen = 1 WHERE NOT is_seen AND"
                " number IN (SELECT value FROM json_each(:numbers)) AND subscription IN"
                f" (SELECT id FROM subscriptions WHERE {_SEEN_BY})",
                told,
            )
        return done.rowcount


def _state(connection: sqlite3.Connection, generation: int) -> int:
    """Return the number of the last state of a generation, 0 where none is kept."""
    query = "SELECT max(number) FROM states WHERE generation = ?"
    return int(connection.execute(query, (generation,)).fetchone()[0] or 0)


def _new_state(connection: sqlite3.Connection, generation: int, sources: Mapping[str, str]) -> int:
    packed = zlib.compress(json.dumps(dict(sources)).encode())
    query = "INSERT INTO states (generation, sources) VALUES (?, ?)"
    return int(connection.execute(query, (generation, packed)).lastrowid or 0)


def _put(connection: sqlite3.Connection, one: Subscription, state: int) -> None:
    connection.execute(
        "INSERT INTO subscriptions (id, kind, ref, title, asked, owner, state, open, grounds)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title,"
        " asked = excluded.asked, state = excluded.state, open = excluded.open,"
        " grounds = excluded.grounds",
        (
            *(one.id, one.kind, one.ref, one.title, one.asked, one.owner, state),
            *(json.dumps(one.open), packed_grounds(one.grounds)),
        ),
    )


def _subscription(row: tuple[KeptKind, str, str, str, bytes, str, int, str]) -> Subscription:
    kind, ref, title, asked, grounds, owner, state, open_ = row
    unanswered = tuple(json.loads(open_))
    return Subscription(
        kind, ref, title, asked, unpacked_grounds(grounds), unanswered, owner, state
    )


def _row(one: Finding, moment: str) -> tuple[str, ...]:
    place = json.dumps(reference_to_json(one.reference, 1), ensure_ascii=False)
    key = one.key if one.is_told_once else f"{one.key}\n{moment}"
    return key, moment, one.kind, one.about, one.before, one.after, place


def _together(rows: Iterable[tuple[Any, ...]]) -> list[Change]:
    """Return findings by what changed; those of one look that say the same are one change."""
    changes: dict[tuple[str, ...], Change] = {}
    for number, time, kind, about, before, after, place, is_seen, kept, ref, title in rows:
        touched = Touched(number, kept, ref, title, bool(is_seen))
        told = reference_of_json(json.loads(place))
        key = (time, kind, about, before, after, told.source_id)
        held = changes.get(key)
        if held is None:
            changes[key] = Change(Finding(kind, about, before, after, told), time, (touched,))
        else:
            changes[key] = replace(held, touched=(*held.touched, touched))
    return list(changes.values())


def _parts(marks: bytes) -> Iterator[bytes]:
    return (marks[at : at + MARK_BYTES] for at in range(0, len(marks), MARK_BYTES))
