"""What a worker process and its parent say to each other: JSON values, each after its length.

JSON, not pickle: the process has read a hostile file, and what it sends must not be run.
"""

import json
import struct
from typing import IO, Any

OUT_OF_MEMORY = 12  # exit status of a reading process whose memory did not suffice
LONGEST_BYTES = 512_000_000  # of a frame
_LENGTH = struct.Struct(">I")


class LongFrameError(ValueError):
    """A value is longer than a frame may be; nothing of it has been sent."""


def write_frame(stream: IO[bytes], value: object, longest: int = LONGEST_BYTES) -> None:
    """Send one value. Raises LongFrameError for one that takes more than `longest` bytes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    data = text.encode("utf-8", "surrogatepass")  # as in the name of a file that is no UTF-8
    if len(data) > longest:
        raise LongFrameError(f"{len(data):,} bytes are more than {longest:,}")
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:
    """Receive one value; raises EOFError where the other side has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST_BYTES:
        raise EOFError(f"{length:,} bytes are announced")
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return json.loads(data)
