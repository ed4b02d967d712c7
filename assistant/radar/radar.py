"""The radar of a home: things are subscribed to as they are kept, and held against it in looks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assistant.errors import RadarError
from assistant.people import HOLDER, Person
from assistant.radar.asked_again import find_other_answers
from assistant.radar.finding import Change, Finding
from assistant.radar.held_library import HeldLibrary
from assistant.radar.library_state import Difference, difference, state_of
from assistant.radar.new_documents import find_new_documents
from assistant.radar.radar_file import Look, RadarFile
from assistant.radar.rivals import Rival, find_rivals
from assistant.radar.standing import find_again, find_ended, standing_of
from assistant.radar.subscription import Ground, Subscription
from index.storage.catalog import Catalog

_LOOKED_AT = "looked at"
_DAY_CHARS = len("2026-02-06")


class Radar:
    """What of a home a person is subscribed to, and what was found of it. Raises RadarError."""

    def __init__(self, home: Path, catalog: Catalog, person: Person = HOLDER) -> None:
        self._file = RadarFile(home, person)
        self._catalog = catalog
        self._person = person

    def subscribe(self, one: Subscription) -> None:
        """Subscribe to a thing that was just kept, over the library as it is."""
        generation = self._catalog.generation()
        owned = replace(one, owner=self._person.id)
        self._file.put(owned, generation, lambda: state_of(self._catalog))

    def save_question(self, question: str) -> None:
        """Subscribe to new documents on a question. Raises RadarError for an empty one."""
        asked = " ".join(question.split())
        if not asked:
            raise RadarError("a saved question needs words; give the question")
        self.subscribe(Subscription("question", asked, asked, asked, open=(asked,)))

    def drop_question(self, question: str) -> None:
        """End the subscription to a question. Raises RadarError where there is none."""
        asked = " ".join(question.split())
        held = Subscription("question", asked, asked, owner=self._person.id)
        if not self._file.drop(held.id):
            raise RadarError(f"no question {asked!r} is saved; rare-earth radar list shows them")

    def subscriptions(self) -> tuple[Subscription, ...]:
        """Return all that the person is subscribed to."""
        return self._file.subscriptions()

    def changes(self, with_seen: bool = False) -> tuple[Change, ...]:
        """Return what was found and not seen yet, the newest first; with what was seen, all."""
        return self._file.changes(with_seen)

    def mark_seen(self, changes: Iterable[Change]) -> int:
        """Mark changes as seen; return for how many kept things they were not before."""
        return self._file.mark_seen([one.number for change in changes for one in change.touched])

    @property
    def looked_at(self) -> str:
        """The moment of the last look, UTC, ISO 8601; "" before the first."""
        return self._file.note(_LOOKED_AT)

    def look(self, library: HeldLibrary, moment: datetime) -> None:
        """Hold all that is subscribed to against the library and the day, and keep what is found.

        Only sources that are new, changed or gone since are read.
        """
        since, today = self.looked_at[:_DAY_CHARS], moment.date().isoformat()
        with self._catalog.reading():
            versions = self._file.known_versions()
            read = state_of(self._catalog)
            now = {id_: version or versions.get(id_, "") for id_, version in read.items()}
            stale = {id_ for id_, version in now.items() if versions.get(id_) != version}
            states = self._file.states()
            by_state: dict[int, list[Subscription]] = defaultdict(list)
            for one in self._file.subscriptions():
                by_state[one.state].append(one)
            known = self._file.known_facts(stale)
            held = [
                _hold(some, difference(states.get(number, now), now), library, known)
                for number, some in by_state.items()
            ]
            subscribed = [one for part in held for one in part.subscriptions]
            ended = [
                (one.id, finding)
                for one in subscribed
                for finding in find_ended(one.standing, since, today)
            ]
            marks = library.marks(stale)
            look = Look(
                generation=self._catalog.generation(),
                sources=now,
                subscriptions=tuple(subscribed),
                findings=(*(pair for part in held for pair in part.findings), *ended),
                known_facts=tuple((id_, now[id_], marks[id_]) for id_ in sorted(stale)),
                gone=tuple(versions.keys() - now.keys()),
                notes=((_LOOKED_AT, moment.isoformat(timespec="milliseconds")),),
            )
        self._file.take_look(look)


@dataclass(frozen=True, slots=True)
class _Held:
    """Subscriptions as they stand after they were held against a state, and what was found."""

    subscriptions: tuple[Subscription, ...]
    findings: tuple[tuple[str, Finding], ...] = ()


def _hold(
    subscriptions: Sequence[Subscription],
    differs: Difference,
    library: HeldLibrary,
    known: Mapping[str, frozenset[bytes]],
) -> _Held:
    """Hold subscriptions of one state against the library, by how it differs from that."""
    if not (differs.fresh or differs.gone):
        return _Held(tuple(subscriptions))
    stood = [_stand(one, differs, library) for one in subscriptions]
    grounds = [ground for one in stood for ground in one.grounds]
    rivals = find_rivals(grounds, differs, library, known)
    kept: list[Subscription] = []
    found: list[tuple[str, Finding]] = []
    at = 0
    for one in stood:
        mine = [list(rivals.get(at + n, ())) for n in range(len(one.grounds))]
        at += len(one.grounds)
        for n, rival in find_other_answers(one.subscription, differs, library):
            if not _is_told_of(rival, mine):
                mine[n].append(rival)
        told = [_settled(ground, some) for ground, some in zip(one.grounds, mine, strict=True)]
        settled = tuple(ground for ground, _ in told)
        subscription = replace(one.subscription, grounds=(*settled, *one.subscription.lost))
        kept.append(subscription)
        findings = [*one.findings, *(finding for _, some in told for finding in some)]
        findings += find_new_documents(subscription, differs, library, known)
        found += ((subscription.id, finding) for finding in findings)
    return _Held(tuple(kept), tuple(found))


def _is_told_of(rival: Rival, told: Iterable[Iterable[Rival]]) -> bool:
    """Tell whether a source is told of already."""
    source_id = rival.finding.reference.source_id
    return any(one.finding.reference.source_id == source_id for some in told for one in some)


@dataclass(frozen=True, slots=True)
class _Stood:
    """A subscription as it stands, and what is to be told of the grounds that it lost."""

    subscription: Subscription
    findings: tuple[Finding, ...]

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The grounds that are still said."""
        return self.subscription.standing


def _stand(one: Subscription, differs: Difference, library: HeldLibrary) -> _Stood:
    """Hold the grounds of a subscription whose sources changed or went against what is there."""
    grounds: list[Ground] = []
    findings: list[Finding] = []
    fresh = sorted(differs.fresh & library.sources.keys())
    for ground in one.grounds:
        source_id = ground.source.id
        if ground.is_lost:
            grounds.append(find_again(ground, fresh, library))
        elif source_id not in differs.touched:
            grounds.append(ground)
        else:
            standing = standing_of(ground, library, is_there=source_id in differs.changed)
            grounds.append(standing.ground)
            findings += [standing.finding] if standing.finding else []
    return _Stood(replace(one, grounds=tuple(grounds)), tuple(findings))


def _settled(ground: Ground, rivals: Sequence[Rival]) -> tuple[Ground, tuple[Finding, ...]]:
    """Return a ground after its rivals, the newest value in its place, and what is to be told."""
    newer = [one for one in rivals if one.finding.kind == "newer value"]
    conflicts = tuple(one.finding for one in rivals if one.finding.kind == "conflict")
    if not newer:
        return ground, conflicts
    newest = max(newer, key=lambda one: one.published)
    return newest.ground, (newest.finding, *conflicts)
