"""The lines of a table: cells with their words and places, and how lines are joined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.tables.heads import is_value
from corpus.tables.note_lines import NoteBook, split_marks

_TRAILING_MARK = re.compile(
    r"(?<=[\d)%:])\s?((?:\d{1,2}/|[a-z*†‡])(?:,\s?(?:\d{1,2}/|[a-z]))*|\((?:\d{1,2}|[a-z])\))$"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """Plain words, such as those of a cell, and their place on the page.

    `marks` are the marks of notes beside them, `indent` is how far right they are set.
    """

    text: str
    start: int
    end: int
    marks: tuple[str, ...] = ()
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a row, and where the printed ones among them begin and end.

    In the columns of `dittos` a ditto mark is printed for the words of the cell.
    """

    cells: tuple[Placed, ...]
    start: int = 0
    end: int = 0
    dittos: frozenset[int] = frozenset()

    def text(self, column: int) -> str:
        """Return the words of a cell, "" where the row is shorter."""
        return self.cells[column].text if column < len(self.cells) else ""

    def is_alone(self, column: int) -> bool:
        """Tell whether only this cell has words."""
        return bool(self.text(column)) and sum(bool(cell.text) for cell in self.cells) == 1

    def is_banner(self) -> bool:
        """Tell whether one cell spans several columns and the others are empty."""
        told = [cell.text for cell in self.cells if cell.text]
        return len(told) > 1 and len(set(told)) == 1 and not is_value(told[0])

    def and_below(self, line: "Line") -> "Line":
        """Return this line with the words below joined to those of the cells above them."""
        cells = [
            replace(
                cell,
                text=f"{cell.text} {line.text(column)}".strip(),
                marks=(*cell.marks, *(line.cells[column].marks if line.text(column) else ())),
            )
            for column, cell in enumerate(self.cells)
        ]
        return replace(self, cells=tuple(cells), end=line.end)

    def with_text(self, column: int, words: str) -> "Line":
        """Return this line with words for an empty cell; they are not printed there."""
        if column >= len(self.cells):
            return self
        cells = list(self.cells)
        cells[column] = replace(cells[column], text=words)
        return replace(self, cells=tuple(cells))

    def with_indent(self, column: int, indent: int) -> "Line":
        """Return this line with a cell that has words set so far right."""
        if not self.text(column):
            return self
        cells = list(self.cells)
        cells[column] = replace(cells[column], indent=indent)
        return replace(self, cells=tuple(cells))

    def with_marks_off(self, notes: NoteBook) -> "Line":
        """Return this line with marks in ordinary type taken off its figures: "17,903 p"."""
        if not notes.entries:
            return self
        return replace(self, cells=tuple(_without_mark(cell, notes) for cell in self.cells))

    def and_then(self, line: "Line", column: int) -> "Line":
        """Return the line below with the words of this one's label in front of its own."""
        label, below = self.cells[column], line.cells[column]
        whole = replace(
            label, text=f"{label.text} {below.text}", marks=(*label.marks, *below.marks)
        )
        cells = (*line.cells[:column], whole, *line.cells[column + 1 :])
        return replace(line, cells=cells, start=self.start)


def line_of(cells: Sequence[Placed], dittos: frozenset[int] = frozenset()) -> Line:
    """Return a row of cells; the place of an empty one is moved to the edge of the row."""
    told = [cell for cell in cells if cell.text]
    printed = [cell for cell in told if cell.end > cell.start] or told
    if not printed:
        return Line(tuple(cells))
    start, end = printed[0].start, printed[-1].end
    within = (
        c if c.text else Placed("", *(min(max(c.start, start), end),) * 2, c.marks, c.indent)
        for c in cells
    )
    return Line(tuple(within), start, end, dittos)


def _without_mark(cell: Placed, notes: NoteBook) -> Placed:
    match = _TRAILING_MARK.search(cell.text)
    if not match or not notes.explains(split_marks(match[1])):
        return cell
    end = cell.end - len(match[0]) if cell.end > cell.start else cell.end
    marks = (*cell.marks, *split_marks(match[1]))
    return replace(cell, text=cell.text[: match.start()], end=end, marks=marks)
