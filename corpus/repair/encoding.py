"""Repairs of damaged text, each recorded so that it can be undone.

Damage of the encoding is repaired where it is certain what stood there: UTF-8 that was read as
Thai (`thai_mojibake`) or as Windows-1252 (`latin_mojibake`). A replacement character (U+FFFD)
says nothing of what it was, and stays.
"""

from collections.abc import Iterable

from corpus.document import Repair
from corpus.repair.latin_mojibake import find_latin_mojibake
from corpus.repair.thai_mojibake import find_thai_mojibake


def repair_encoding(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return the text with certain encoding damage repaired, and the repairs in order."""
    if text.isascii():
        return text, ()
    found: list[tuple[int, int, str]] = []
    position = 0
    for start, end, meant in sorted([*find_thai_mojibake(text), *find_latin_mojibake(text)]):
        if start >= position:
            found.append((start, end, meant))
            position = end
    return replace(text, found, "encoding")


def replace(
    text: str, replacements: Iterable[tuple[int, int, str]], kind: str
) -> tuple[str, tuple[Repair, ...]]:
    """Return the text with stretches (start, end, new), in order, replaced and recorded."""
    pieces: list[str] = []
    repairs: list[Repair] = []
    position = length = 0
    for start, end, new in replacements:
        pieces += [text[position:start], new]
        length += start - position
        repairs.append(Repair(length, length + len(new), text[start:end], kind))
        length += len(new)
        position = end
    pieces.append(text[position:])
    return "".join(pieces), tuple(repairs)
