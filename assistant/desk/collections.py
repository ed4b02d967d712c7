"""Named sets of sources to ask within, kept in HOME/collections.json.

There a collection is a list of sources under its name; one that has an owner is told with him.
"""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.errors import CollectionError
from assistant.evaluation.whole_files import write_whole
from assistant.people import HOLDER, Deed, Person, write_down
from index.passage import Filters

COLLECTIONS_FILE = "collections.json"
_WAIT_SECONDS = 5.0  # for another process that writes
_NAME_CHARS = 80


@dataclass(frozen=True, slots=True)
class SourceCollection:
    """A named set of sources, by their ids in the order they were put in.

    That of another has his name in its own, so that the names a person sees are told apart.
    """

    name: str
    source_ids: tuple[str, ...] = ()
    is_own: bool = True
    is_shared: bool = False
    may_change: bool = True


@dataclass(frozen=True, slots=True)
class _Kept:
    """A collection as it is kept; `owner` is an id, "" for nobody."""

    name: str
    source_ids: tuple[str, ...] = ()
    owner: str = ""
    owner_name: str = ""
    is_shared: bool = False

    @property
    def key(self) -> str:
        """What it is kept under."""
        return f"{self.owner}/{self.name}" if self.owner else self.name


class Collections:
    """The collections of one home that a person sees: his own, what is shared, what is nobody's.

    Those of others are not changed; what is nobody's editors change. They are opened for each use,
    so that any process may write between.
    """

    def __init__(self, home: Path, person: Person = HOLDER) -> None:
        self._home = home
        self._file = home / COLLECTIONS_FILE
        self._person = person

    def all(self) -> tuple[SourceCollection, ...]:
        """Return all collections by name. Raises CollectionError for a damaged file."""
        seen = [self._told(one) for one in self._read().values() if self._sees(one)]
        return tuple(sorted(seen, key=lambda one: one.name.lower()))

    def get(self, name: str) -> SourceCollection:
        """Return one collection. Raises CollectionError, naming those that are near."""
        return self._told(self._found(name, self._read()))

    def make(self, name: str, source_ids: Iterable[str]) -> SourceCollection:
        """Make a collection. Raises CollectionError where the name is taken or is none."""
        plain = " ".join(name.split())
        if not plain or len(plain) > _NAME_CHARS or not plain.isprintable():
            raise CollectionError(f"a collection needs a name of 1 to {_NAME_CHARS} characters")
        me = self._person
        with self._changing() as held:
            if any(one.name == plain for one in map(self._told, filter(self._sees, held.values()))):
                raise CollectionError(f"there is a collection {plain!r}; add to it or delete it")
            made = _Kept(plain, _unique(source_ids), me.id, me.name if me.id else "")
            held[made.key] = made
            return self._told(made)

    def add(self, name: str, source_ids: Iterable[str]) -> SourceCollection:
        """Put sources into a collection. Raises CollectionError."""
        with self._changing() as held:
            one = self._changeable(name, held)
            held[one.key] = replace(one, source_ids=_unique((*one.source_ids, *source_ids)))
            return self._told(held[one.key])

    def remove(self, name: str, source_ids: Iterable[str]) -> SourceCollection:
        """Take sources out of a collection; they stay in the home. Raises CollectionError."""
        out = set(source_ids)
        with self._changing() as held:
            one = self._changeable(name, held)
            left = tuple(id for id in one.source_ids if id not in out)
            held[one.key] = replace(one, source_ids=left)
            return self._told(held[one.key])

    def share(self, name: str, is_shared: bool) -> None:
        """Have all see one's own collection, or nobody else any more. Raises CollectionError."""
        with self._changing() as held:
            one = self._changeable(name, held)
            held[one.key] = replace(one, is_shared=is_shared)
        deed: Deed = "shared" if is_shared else "unshared"
        write_down(self._home, self._person, deed, "collection", name)

    def delete(self, name: str) -> None:
        """Delete a collection; its sources stay in the home. Raises CollectionError."""
        with self._changing() as held:
            del held[self._changeable(name, held).key]
        write_down(self._home, self._person, "deleted", "collection", name)

    def _found(self, name: str, held: Mapping[str, _Kept]) -> _Kept:
        """Return the collection that has a name, as the person sees it. Raises CollectionError."""
        seen = {self._told(one).name: one for one in held.values() if self._sees(one)}
        if name in seen:
            return seen[name]
        near = difflib.get_close_matches(name, seen) or list(seen)[:3]
        there = ", ".join(near)
        instead = f"there is: {there}" if near else "make one: rare-earth collections make"
        raise CollectionError(f"no collection has the name {name!r}; {instead}")

    def _changeable(self, name: str, held: Mapping[str, _Kept]) -> _Kept:
        """Return a collection that may be changed. Raises CollectionError."""
        one = self._found(name, held)
        if not self._told(one).may_change:
            whose = f"belongs to {one.owner_name}" if one.owner else "is changed by editors alone"
            raise CollectionError(f"the collection {name!r} {whose}; make one of your own")
        return one

    def _sees(self, one: _Kept) -> bool:
        me = self._person.id
        return not me or one.owner in ("", me) or one.is_shared

    def _told(self, one: _Kept) -> SourceCollection:
        me = self._person
        is_own = one.owner == me.id
        name = one.name if is_own or not one.owner else f"{one.name} ({one.owner_name})"
        may_change = is_own or not me.id or (not one.owner and me.is_editor)
        return SourceCollection(name, one.source_ids, is_own, one.is_shared, may_change)

    def _read(self) -> dict[str, _Kept]:
        """Return all collections by their keys. Raises CollectionError for a damaged file."""
        if not self._file.exists():
            return {}
        try:
            read = json.loads(self._file.read_text(encoding="utf-8"))
            held = [_kept(str(name), told) for name, told in read.items()]
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise CollectionError(
                f"{self._file} cannot be read ({error}); move it away and make the collections anew"
            ) from error
        return {one.key: one for one in held}

    @contextmanager
    def _changing(self) -> Iterator[dict[str, _Kept]]:
        """Yield the collections by their keys, and write them whole at the end."""
        try:
            with FileLock(self._file.with_suffix(".lock"), timeout=_WAIT_SECONDS):
                held = self._read()
                yield held
                told = {one.key: _told_whole(one) for one in held.values()}
                content = json.dumps(told, ensure_ascii=False, indent=1)
                write_whole(self._file, content.encode())
        except Timeout as error:
            raise CollectionError(f"{self._file} is being written; try again") from error
        except OSError as error:
            raise CollectionError(
                f"{self._file} cannot be written ({error.strerror}); free space or rights there"
            ) from error


def within(collections: Collections, name: str, filters: Filters) -> Filters:
    """Return filters that admit the sources of a collection alone, all that they admit for "".

    Raises CollectionError where there is no such collection, or nothing is in it.
    """
    if not name:
        return filters
    source_ids = collections.get(name).source_ids
    if not source_ids:
        raise CollectionError(
            f"the collection {name!r} is empty; rare-earth collections add {name!r} SOURCE fills it"
        )
    return replace(filters, source_ids=source_ids)


def _unique(source_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source_ids))


def _told_whole(one: _Kept) -> object:
    """Return a collection as it is kept: the ids alone where it belongs to nobody."""
    if not one.owner:
        return list(one.source_ids)
    return asdict(one) | {"source_ids": list(one.source_ids)}


def _kept(key: str, read: Any) -> _Kept:
    """Return a collection that is read. Raises TypeError where it is none."""
    if isinstance(read, dict):
        return replace(_Kept(**read), source_ids=_ids(read.get("source_ids")))
    return _Kept(key, _ids(read))


def _ids(read: Any) -> tuple[str, ...]:
    if not isinstance(read, list) or not all(isinstance(id, str) for id in read):
        raise TypeError("a collection is no list of ids")
    return tuple(read)
