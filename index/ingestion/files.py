"""Which files an `add` is about: those to read, and the sources whose files are gone."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.description.describing import source_id
from corpus.document import Source
from corpus.reading import FILE_TYPES
from index.storage.catalog import SourceRecord

KEPT_REMARK = (
    "its file could not be read when the home was upgraded: what an earlier version read is kept"
)


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file to read, and the folder it is added from.

    `by_name` tells that it was named itself, `is_alone` that it was not found in a folder too, so
    that its root is only the folder where it happens to lie.
    """

    file: Path
    root: Path
    location: str  # the resolved file
    by_name: bool
    is_alone: bool
    known_id: str = ""  # of a page that was fetched: its address says what source it is

    @property
    def path(self) -> str:
        """The path of the file from its root."""
        return _words(self.file.relative_to(self.root))

    @property
    def source_id(self) -> str:
        """The id of the source that the file is."""
        return self.known_id or source_id(self.location)

    @property
    def file_type(self) -> str:
        """The type that the ending of the file tells, or the ending itself."""
        suffix = Path(self.path).suffix.lower()
        return FILE_TYPES.get(suffix, suffix.lstrip("."))

    @property
    def is_link(self) -> bool:
        """Whether the file is reached by a link, and lies elsewhere."""
        return _words(self.file) != self.location

    @property
    def has_valid_name(self) -> bool:
        """Whether the name of the file can be written down."""
        return all(_words(name) == name.as_posix() for name in (self.file, self.file.resolve()))

    def unread_source(self) -> Source:
        """Return what can be said of a file that was not read."""
        return Source(
            id=self.source_id,
            location=self.location,
            path=self.path,
            title=Path(self.path).stem,
            file_type=self.file_type,
            sha256="",
        )


def wanted_files(
    paths: Sequence[Path], known: Mapping[str, SourceRecord] | None = None
) -> list[WantedFile]:
    """Return the files of all paths; one reached twice, by a link too, is once.

    Hidden files and folders, and those that office programs keep beside an open file ("~$"), are
    passed over in folders, and linked folders are not followed. Of the sources that are `known` by
    their ids, those that were removed are left out unless they are named, and what is named alone
    or reached by a link keeps the place that it has.
    """
    found: dict[str, WantedFile] = {}
    for path in paths:
        for wanted in _files(path):
            held = found.get(wanted.location, wanted)
            better = min(held, wanted, key=lambda file: (file.is_link, file.is_alone))
            by_name = held.by_name or wanted.by_name
            found[wanted.location] = replace(better, by_name=by_name)
    records = known or {}
    fetched = {r.source.location: id for id, r in records.items() if r.source.fetched}
    files = (replace(file, known_id=fetched.get(place, "")) for place, file in found.items())
    placed = (_at_known_place(file, records.get(file.source_id)) for file in files)
    return [
        file
        for file in placed
        if file.by_name
        or file.source_id not in records
        or records[file.source_id].state != "removed"
    ]


def gone_sources(
    records: Sequence[SourceRecord], paths: Sequence[Path], present: Sequence[WantedFile]
) -> list[SourceRecord]:
    """Return the sources of the folders among the paths whose files are no longer there."""
    folders = [path.resolve() for path in paths if path.is_dir()]
    there = {file.location for file in present}
    return [
        record
        for record in records
        if record.state != "removed"
        and record.source.location not in there
        and any(_is_gone_from(folder, record) for folder in folders)
    ]


def _is_gone_from(folder: Path, record: SourceRecord) -> bool:
    """Tell whether a source belongs to a folder in which its file was not found."""
    location = Path(record.source.location)
    if not location.is_relative_to(folder):
        return Path(record.root).is_relative_to(folder)  # a link was there
    path = location.relative_to(folder)
    if _is_passed_over(path):  # it was added by name
        return not os.path.isfile(location)
    between = (folder / parent for parent in path.parents)
    # A folder that we may not look into does not tell what is gone.
    return all(os.access(place, os.R_OK | os.X_OK) for place in between if os.path.isdir(place))


def _at_known_place(file: WantedFile, record: SourceRecord | None) -> WantedFile:
    if record is None or not (file.is_alone or file.is_link) or not file.has_valid_name:
        return file
    root = Path(record.root)
    place = root / record.source.path
    return replace(file, file=place, root=root) if place.as_posix() == file.location else file


def _files(path: Path) -> list[WantedFile]:
    path = path.resolve()
    if path.is_file():
        return [WantedFile(path, path.parent, _words(path), by_name=True, is_alone=True)]
    return [
        WantedFile(file, path, _words(file.resolve()), by_name=False, is_alone=False)
        for file in sorted(path.rglob("*"))
        if not _is_passed_over(file.relative_to(path)) and os.path.isfile(file)
    ]


def _is_passed_over(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _words(path: Path) -> str:
    """Return a path as text; what in it is no Unicode is escaped."""
    return path.as_posix().encode(errors="backslashreplace").decode()
