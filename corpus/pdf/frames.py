"""What a reading process and its parent say to each other: JSON values, each after its length.

JSON, not pickle: the process has read a hostile file, and what it sends must not be run. Packing
and unpacking the thousand words of a page takes some milliseconds, reading them a hundred.
"""

import json
import struct
from collections.abc import Iterable
from typing import IO, Any

from corpus.pdf.lines import Line, Word

OUT_OF_MEMORY = 12  # exit status of a reading process whose memory did not suffice
_LENGTH = struct.Struct(">I")
_LONGEST = 64_000_000  # bytes; the most words that a page may have take a tenth


def write_frame(stream: IO[bytes], value: object) -> None:
    """Send one value."""
    data = json.dumps(value, separators=(",", ":")).encode()
    if len(data) > _LONGEST:
        raise ValueError(f"an answer of {len(data):,} bytes is too long")
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:
    """Receive one value; raises EOFError where the other side has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    if length > _LONGEST:
        raise EOFError(f"{length:,} bytes are announced")
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return json.loads(data)


def pack_lines(lines: Iterable[Line]) -> list[list[list[object]]]:
    """Return lines as JSON values."""
    return [
        [[w.text, w.x0, w.x1, w.y, w.size, w.mark, w.bold, w.confidence] for w in line]
        for line in lines
    ]


def unpack_lines(packed: Iterable[Iterable[Iterable[Any]]]) -> tuple[Line, ...]:
    """Return the lines that were packed."""
    return tuple(tuple(Word(*word) for word in line) for line in packed)
