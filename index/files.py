"""Which files an `add` is about: those to read, and the sources whose files are gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.describing import source_id
from corpus.document import Source
from corpus.reading import FILE_TYPES
from index.catalog import SourceRecord


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file to read, the folder it is added from, and whether it was named itself."""

    file: Path
    root: Path
    location: str  # the resolved file
    by_name: bool

    @property
    def path(self) -> str:
        """The path of the file from its root."""
        return self.file.relative_to(self.root).as_posix()

    @property
    def source_id(self) -> str:
        """The id of the source that the file is."""
        return source_id(self.location)

    @property
    def file_type(self) -> str:
        """The type that the ending of the file tells, or the ending itself."""
        suffix = self.file.suffix.lower()
        return FILE_TYPES.get(suffix, suffix.lstrip("."))

    def unread_source(self) -> Source:
        """Return what can be said of a file that was not read."""
        return Source(
            id=self.source_id,
            location=self.location,
            path=self.path,
            title=self.file.stem,
            file_type=self.file_type,
            sha256="",
        )


def wanted_files(paths: Sequence[Path]) -> list[WantedFile]:
    """Return the files of all paths; one reached twice, by a link too, is once.

    Hidden files and folders, and those that office programs keep beside an open file ("~$"), are
    passed over in folders.
    """
    found: dict[str, WantedFile] = {}
    for path in paths:
        for wanted in _files(path):
            held = found.get(wanted.location)
            is_place_itself = wanted.file.as_posix() == wanted.location
            if held is None or (is_place_itself and held.file.as_posix() != held.location):
                found[wanted.location] = wanted
    return list(found.values())


def gone_sources(
    records: Sequence[SourceRecord], paths: Sequence[Path], present: Sequence[WantedFile]
) -> list[SourceRecord]:
    """Return the sources of the folders among the paths whose files are no longer there."""
    folders = [path.resolve() for path in paths if path.is_dir()]
    there = {file.location for file in present}
    return [
        record
        for record in records
        if record.source.location not in there
        and any(
            Path(place).is_relative_to(folder)
            for place in (record.source.location, record.root)
            for folder in folders
        )
    ]


def _files(path: Path) -> list[WantedFile]:
    path = path.resolve()
    if path.is_file():
        return [WantedFile(path, path.parent, path.as_posix(), by_name=True)]
    return [
        WantedFile(file, path, file.resolve().as_posix(), by_name=False)
        for file in sorted(path.rglob("*"))
        if not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
        and file.is_file()
    ]
