"""Words of a source together with the repairs that were made to them before they are written."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import Repair

_SPACE = re.compile(r"\s+")
_SPACE_IN_LINE = re.compile(r"[^\S\n]+")
_LINE_BREAK = re.compile(r" ?\n\s*")  # where blanks are single: more would cost their square
_EDGES = re.compile(r"\A\s+|\s+\Z")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words as they are to be stored, with the repairs that made them so, in order."""

    text: str
    repairs: tuple[Repair, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """The footnote marks that were taken off them."""
        taken = (repair.original for repair in self.repairs if repair.kind == "footnote mark")
        return tuple(mark for mark in taken if mark)


Words = str | Marked


def one_line(words: Words) -> Marked:
    """Return the words with white space of any kind and length as one space."""
    return _sub(_EDGES, "", _sub(_SPACE, " ", _marked(words)))


def tidy_lines(words: Words) -> Marked:
    """Return the words without empty lines and needless white space; line breaks are kept."""
    single = _sub(_SPACE_IN_LINE, " ", _marked(words))
    return _sub(_EDGES, "", _sub(_LINE_BREAK, "\n", single))


def join(parts: Sequence[Words], between: str) -> Marked:
    """Return several words as one, parted by `between`."""
    text = ""
    repairs: list[Repair] = []
    for position, part in enumerate(map(_marked, parts)):
        text += between if position else ""
        repairs += _moved(part.repairs, len(text))
        text += part.text
    return Marked(text, tuple(repairs))


def and_earlier(
    repairs: Sequence[Repair], earlier: Sequence[Repair], shift: int = 0
) -> tuple[Repair, ...]:
    """Return all repairs of a text in order, `earlier` being those made before `repairs` were.

    `shift` is added to all places: where the text begins on its page.
    """

    def place(at: int) -> int:
        moved = at
        for repair in repairs:  # each stands in the text that results
            if moved <= repair.start:
                break
            moved += (repair.end - repair.start) - len(repair.original)
        return moved

    before = [
        replace(repair, start=place(repair.start), end=place(repair.end)) for repair in earlier
    ]
    return _moved(sorted((*before, *repairs), key=lambda repair: repair.start), shift)


def _marked(words: Words) -> Marked:
    return Marked(words) if isinstance(words, str) else words


def _moved(repairs: Sequence[Repair], by: int) -> tuple[Repair, ...]:
    return tuple(
        replace(repair, start=repair.start + by, end=repair.end + by) for repair in repairs
    )


def _sub(pattern: re.Pattern[str], new: str, words: Marked) -> Marked:
    """Substitute in marked words; the repairs keep to their places."""
    if not words.repairs:
        return Marked(pattern.sub(new, words.text))
    pieces: list[str] = []
    edges: list[tuple[int, int]] = [(0, 0)]  # places of the old text, and of the new
    length = position = 0
    for match in pattern.finditer(words.text):
        pieces += [words.text[position : match.start()], new]
        length += match.start() - position
        edges += [(match.start(), length), (match.end(), length + len(new))]
        length += len(new)
        position = match.end()
    pieces.append(words.text[position:])

    def place(at: int) -> int:
        index = bisect_right(edges, (at, len(words.text) + 1)) - 1
        old, moved = edges[index]
        limit = edges[index + 1][1] if index + 1 < len(edges) else moved + at - old
        return min(moved + at - old, limit)

    repairs = (
        replace(repair, start=place(repair.start), end=place(repair.end))
        for repair in words.repairs
    )
    return Marked("".join(pieces), tuple(repairs))
