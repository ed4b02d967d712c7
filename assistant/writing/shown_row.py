"""A row of a table as a model is shown it: the cells that its page has, under their heads."""

from collections import deque
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Cell
from index.passage import Passage

_BAR = " | "
_LEVEL = " > "  # between the levels of a head
_MOST_CELLS = 24


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell with the head of its column and the texts of its notes."""

    text: str
    head: str = ""
    notes: tuple[str, ...] = ()


def shown_row(passage: Passage) -> tuple[ShownCell, ...]:
    """Return the cells of a row.

    A date in a cell of its own is read as the time of what stands beside it, and stands in the
    heads of its columns. Shown it is a cell again, so that the rows of a table have one head.
    """
    return _shown(passage.text, passage.context.header[:1], passage.cells)


@lru_cache(maxsize=4_000)
def _shown(line: str, label: tuple[str, ...], row: tuple[Cell, ...]) -> tuple[ShownCell, ...]:
    heads = ["".join(label), *(cell.column for cell in row[1:])]
    told = zip(row, heads, strict=False)
    cells = [ShownCell(cell.text, head, cell.notes) for cell, head in told]
    times = {head.partition(_LEVEL)[0] for head in heads if _LEVEL in head}
    shown, left = list[ShownCell](), deque(cells)
    for text in map(str.strip, line.split(_BAR)):
        if left and left[0].text.strip() == text:
            shown.append(left.popleft())
        elif text in times:
            shown.append(ShownCell(text))
    put = {one.text for one in shown if one not in cells}
    if left or not put:
        return tuple(cells[:_MOST_CELLS])
    return tuple(replace(one, head=_without(one.head, put)) for one in shown[:_MOST_CELLS])


def _without(head: str, times: set[str]) -> str:
    """Return the head of a column without the time that it begins with."""
    time, level, below = head.partition(_LEVEL)
    return below if level and time in times else head
