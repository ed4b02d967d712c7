"""Named sets of sources to ask within, kept in HOME/collections.json."""

import difflib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.errors import CollectionError
from assistant.evaluation.whole_files import write_whole
from index.passage import Filters

COLLECTIONS_FILE = "collections.json"
_WAIT_SECONDS = 5.0  # for another process that writes
_NAME_CHARS = 80


@dataclass(frozen=True, slots=True)
class SourceCollection:
    """A named set of sources, by their ids in the order they were put in."""

    name: str
    source_ids: tuple[str, ...] = ()


class Collections:
    """The collections of one home. Opened for each use, so that any process may write between."""

    def __init__(self, home: Path) -> None:
        self._file = home / COLLECTIONS_FILE

    def all(self) -> tuple[SourceCollection, ...]:
        """Return all collections by name. Raises CollectionError for a damaged file."""
        if not self._file.exists():
            return ()
        try:
            read = json.loads(self._file.read_text(encoding="utf-8"))
            held = [SourceCollection(str(name), _ids(ids)) for name, ids in read.items()]
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise CollectionError(
                f"{self._file} cannot be read ({error}); move it away and make the collections anew"
            ) from error
        return tuple(sorted(held, key=lambda one: one.name.lower()))

    def get(self, name: str) -> SourceCollection:
        """Return one collection. Raises CollectionError, naming those that are near."""
        held = {one.name: one for one in self.all()}
        if name in held:
            return held[name]
        near = difflib.get_close_matches(name, held) or list(held)[:3]
        there = ", ".join(near)
        instead = f"there is: {there}" if near else "make one: rare-earth collections make"
        raise CollectionError(f"no collection has the name {name!r}; {instead}")

    def make(self, name: str, source_ids: Iterable[str]) -> SourceCollection:
        """Make a collection. Raises CollectionError where the name is taken or is none."""
        plain = " ".join(name.split())
        if not plain or len(plain) > _NAME_CHARS or not plain.isprintable():
            raise CollectionError(f"a collection needs a name of 1 to {_NAME_CHARS} characters")
        with self._changing() as held:
            if plain in held:
                raise CollectionError(f"there is a collection {plain!r}; add to it or delete it")
            held[plain] = SourceCollection(plain, _unique(source_ids))
            return held[plain]

    def add(self, name: str, source_ids: Iterable[str]) -> SourceCollection:
        """Put sources into a collection. Raises CollectionError."""
        with self._changing() as held:
            one = self.get(name)
            held[name] = replace(one, source_ids=_unique((*one.source_ids, *source_ids)))
            return held[name]

    def remove(self, name: str, source_ids: Iterable[str]) -> SourceCollection:
        """Take sources out of a collection; they stay in the home. Raises CollectionError."""
        out = set(source_ids)
        with self._changing() as held:
            one = self.get(name)
            left = tuple(id for id in one.source_ids if id not in out)
            held[name] = replace(one, source_ids=left)
            return held[name]

    def delete(self, name: str) -> None:
        """Delete a collection; its sources stay in the home. Raises CollectionError."""
        with self._changing() as held:
            del held[self.get(name).name]

    @contextmanager
    def _changing(self) -> Iterator[dict[str, SourceCollection]]:
        """Yield the collections by name, and write them whole at the end."""
        try:
            with FileLock(self._file.with_suffix(".lock"), timeout=_WAIT_SECONDS):
                held = {one.name: one for one in self.all()}
                yield held
                told = {one.name: list(one.source_ids) for one in held.values()}
                content = json.dumps(told, ensure_ascii=False, indent=1)
                write_whole(self._file, content.encode())
        except Timeout as error:
            raise CollectionError(f"{self._file} is being written; try again") from error
        except OSError as error:
            raise CollectionError(
                f"{self._file} cannot be written ({error.strerror}); free space or rights there"
            ) from error


def within(home: Path, name: str, filters: Filters) -> Filters:
    """Return filters that admit the sources of a collection alone, all that they admit for "".

    Raises CollectionError where there is no such collection, or nothing is in it.
    """
    if not name:
        return filters
    source_ids = Collections(home).get(name).source_ids
    if not source_ids:
        raise CollectionError(
            f"the collection {name!r} is empty; rare-earth collections add {name!r} SOURCE fills it"
        )
    return replace(filters, source_ids=source_ids)


def _unique(source_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source_ids))


def _ids(read: Any) -> tuple[str, ...]:
    if not isinstance(read, list) or not all(isinstance(id, str) for id in read):
        raise TypeError("a collection is no list of ids")
    return tuple(read)
