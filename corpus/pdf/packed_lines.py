"""Lines of words as JSON values, as they pass between processes.

Packing and unpacking the thousand words of a page takes some milliseconds, reading them a hundred.
"""

from collections.abc import Iterable
from typing import Any

from corpus.pdf.lines import Line, Word


def pack_lines(lines: Iterable[Line]) -> list[list[list[object]]]:
    """Return lines as JSON values."""
    return [
        [[w.text, w.x0, w.x1, w.y, w.size, w.mark, w.bold, w.confidence] for w in line]
        for line in lines
    ]


def unpack_lines(packed: Iterable[Iterable[Iterable[Any]]]) -> tuple[Line, ...]:
    """Return the lines that were packed."""
    return tuple(tuple(Word(*word) for word in line) for line in packed)
