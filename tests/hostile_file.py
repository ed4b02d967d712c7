"""A hostile file as a recipe, and zip files of any content, the same ones on every run."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

_PIECE_BYTES = 1 << 20
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_CENTRAL = b"PK\x01\x02"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A head, a unit repeated, and a tail; written piece by piece, as it may be large."""

    head: bytes
    unit: bytes = b""
    times: int = 0
    tail: bytes = b""

    def write_to(self, write: Callable[[bytes], object]) -> None:
        """Hand the content to a function."""
        at_once = max(1, _PIECE_BYTES // max(1, len(self.unit)))
        piece = self.unit * min(at_once, self.times)
        write(self.head)
        for _ in range(self.times // at_once):
            write(piece)
        write(self.unit * (self.times % at_once) + self.tail)

    def write(self, file: Path) -> None:
        """Write the file."""
        with file.open("wb") as stream:
            self.write_to(stream.write)


def packed(members: Mapping[str, bytes | Hostile], level: int = 6) -> bytes:
    """Return a zip of members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compresslevel=level) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            if isinstance(content, bytes):
                archive.writestr(info, content)
            else:
                with archive.open(info, "w") as stream:
                    content.write_to(stream.write)
    return made.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed_entries(
    data: bytes, size: int | None = None, flags: int = 0, method: int | None = None
) -> bytes:
    """Return a zip whose directory lies: of the sizes of its members, their flags, their method."""
    changed = bytearray(data)
    at = changed.find(_CENTRAL)
    while at >= 0:
        changed[at + 8] |= flags
        if method is not None:
            changed[at + 10 : at + 12] = struct.pack("<H", method)
        if size is not None:
            changed[at + 24 : at + 28] = struct.pack("<I", size)
        at = changed.find(_CENTRAL, at + 4)
    return bytes(changed)


def repeated_entry(data: bytes, times: int) -> bytes:
    """Return a zip whose last member is named many times in the directory, at the same place."""
    end = data.rindex(b"PK\x05\x06")
    last = data.rindex(_CENTRAL, 0, end)
    first = data.index(_CENTRAL)
    entry = data[last:end]
    count = min(data.count(_CENTRAL, first, end) + times, 65_535)
    directory = data[first:end] + entry * times
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), first, 0)
    return data[:first] + directory + tail
