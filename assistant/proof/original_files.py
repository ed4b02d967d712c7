"""Original files found again under folders: by their digest, else by their name.

No path of a bundle is ever opened: paths are only compared with those of files that were found.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile
from pathlib import Path, PurePosixPath

from assistant.errors import ProofError
from assistant.proof.proof import ProofCitation

MOST_FILES = 200_000  # that are looked at
MOST_DIGESTS = 2_000  # of files of a size that is looked for
_PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that is, or by its name should be, an original one."""

    place: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class FileSearch:
    """The file found for each digest that was looked for, and what was not looked at, a line each.

    A file with another digest has the name of the original, and no file has its digest.
    """

    found: Mapping[str, FoundFile]
    skipped: tuple[str, ...]


def file_digest(file: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    digest = sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def find_originals(citations: Iterable[ProofCitation], folders: Sequence[Path]) -> FileSearch:
    """Look for the files of citations under folders. Raises ProofError for what is no folder.

    Hidden folders are passed over, links to folders not followed.
    """
    for folder in folders:
        if not folder.is_dir():
            raise ProofError(f"{folder} is no folder; give the one where the original files lie")
    wanted = {one.sha256: one for one in citations}
    sizes = {one.size for one in wanted.values()}
    names = {PurePosixPath(one.path).name for one in wanted.values()}
    skipped: list[str] = []
    files = [
        (file, size)
        for file, size in _files(folders, skipped)
        if size in sizes or file.name in names
    ]
    digests = _Digests(skipped)
    found = {one.sha256: _find(one, files, digests) for one in wanted.values()}
    held = {digest: file for digest, file in found.items() if file}
    return FileSearch(held, tuple(skipped))


class _Digests:
    """Digests of files, each worked out once, and of not too many; "" for one that is not known."""

    def __init__(self, skipped: list[str]) -> None:
        self._known: dict[Path, str] = {}
        self._skipped = skipped

    def of(self, file: Path) -> str:
        """Return the digest of a file."""
        if file not in self._known:
            self._known[file] = self._digest(file)
        return self._known[file]

    def _digest(self, file: Path) -> str:
        if len(self._known) >= MOST_DIGESTS:
            if len(self._known) == MOST_DIGESTS:
                self._skipped.append(f"more than {MOST_DIGESTS:,} files of the sizes looked for")
            return ""
        try:
            return file_digest(file)
        except OSError as error:
            self._skipped.append(f"{file} ({error.strerror})")
            return ""


def _files(folders: Sequence[Path], skipped: list[str]) -> Iterator[tuple[Path, int]]:
    """Yield the files under folders with their sizes; what is passed over is added to `skipped`."""
    seen = 0

    def note(error: OSError) -> None:
        skipped.append(f"{error.filename} ({error.strerror})")

    for folder in folders:
        for place, inner, names in os.walk(folder, onerror=note):
            hidden = sorted(name for name in inner if name.startswith("."))
            skipped += (f"{Path(place, name)} (hidden)" for name in hidden)
            inner[:] = sorted(set(inner) - set(hidden))
            for name in sorted(names):
                seen += 1
                if seen > MOST_FILES:
                    skipped.append(f"all behind the first {MOST_FILES:,} files, from {place}")
                    return
                file = Path(place, name)
                if file.is_file():
                    yield file, file.stat().st_size


def _find(
    cited: ProofCitation, files: Iterable[tuple[Path, int]], digests: _Digests
) -> FoundFile | None:
    """Return the file with the digest that is cited, else the likeliest of its name."""
    path = PurePosixPath(cited.path)
    likely = sorted(files, key=lambda one: _likeness(path, one[0]), reverse=True)
    for file, size in likely:
        if size == cited.size and digests.of(file) == cited.sha256:
            return FoundFile(file, cited.sha256)
    named = next((file for file, _ in likely if file.name == path.name), None)
    digest = digests.of(named) if named else ""
    return FoundFile(named, digest) if named and digest else None


def _likeness(path: PurePosixPath, file: Path) -> tuple[int, bool]:
    """Return how many last parts of two paths are the same, and whether their endings are."""
    pairs = zip(reversed(path.parts), reversed(file.parts), strict=False)
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return same, path.suffix.lower() == file.suffix.lower()
