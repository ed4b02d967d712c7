"""Writing the stored text of a page piece by piece, with its blocks and the repairs of each piece.

For formats that come as elements (web pages, office files, workbooks, feeds): their readers say
what each piece is, and where it stands follows from the writing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.document import Block, Context, Page, Repair
from corpus.repair import repair_encoding
from corpus.repair.marked import Marked, Words, and_earlier, one_line, tidy_lines
from corpus.tables.grid import table_blocks
from corpus.tables.grid_rows import About
from corpus.tables.heads import count_heads
from corpus.tables.lines import Placed
from corpus.tables.note_lines import read_notes, split_marks
from corpus.text.printed.printed_tables import with_printed_tables

_CELL_BREAK = " | "


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table that says more than its words.

    `mark` is printed beside them and marks a note. A repeat is what a cell that spans several
    columns or rows means in all but the first of them: it is told there, and not written again.
    """

    words: Words
    indent: int = 0
    mark: str = ""
    is_repeat: bool = False


CellWords = Words | TableCell


def cell_words(cell: TableCell) -> Marked:
    """Return the words of a cell as they are written, in one line."""
    if isinstance(cell.words, str):
        return Marked(" ".join(cell.words.split()))
    return one_line(cell.words)


class PageWriter:
    """One page that is being written. Paragraphs are parted by a blank line, table rows are lines.

    A heading is the section of all that follows it, up to the next.
    """

    def __init__(self, number: int = 1, label: str = "") -> None:
        self._number = number
        self._label = label or str(number)
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._repairs: list[Repair] = []
        self._section = ""

    def heading(self, words: Words) -> None:
        """Write a heading."""
        written = self._write(one_line(words), "\n\n")
        if written.text:
            self._section = written.text
            self._blocks.append(Block("heading", written.start, written.end))

    def prose(self, words: Words) -> None:
        """Write a paragraph or an item of a list; line breaks inside it are kept."""
        self._paragraph(words)

    def aside(self, words: Words) -> None:
        """Write words that belong to the page but can be no passage, such as its navigation."""
        self._write(one_line(words), "\n\n")

    def table(
        self,
        rows: Sequence[Sequence[CellWords]],
        caption: Words = "",
        notes: Sequence[Words] = (),
        head_rows: int | None = None,
        unit: Words = "",
        linked_notes: Mapping[str, str] | None = None,
    ) -> None:
        """Write a table: its caption, its unit, a line for each row, and the notes below it.

        `unit` is the line above the rows that says what all figures are in. Cells that span
        columns are given in each of them. With `head_rows` None the heads are told by what they
        hold, and there is one row of them at least. Empty cells that close a row are not written.
        `linked_notes` are notes that stand elsewhere on the page, by their marks.
        """
        over = self._paragraph(caption)
        unit_line = self._paragraph(unit)
        placed = [self._row(row, first=number == 0) for number, row in enumerate(rows)]
        blocks_before = len(self._blocks)
        notes_below = read_notes([self._paragraph(note).text for note in notes])
        if linked_notes:
            entries = {**linked_notes, **notes_below.entries}
            notes_below = replace(notes_below, entries=entries)
        if head_rows is None:
            head_rows = max(1, count_heads([[cell.text for cell in row] for row in placed]))
        about = About(
            self._section,
            " ".join(over.text.split()),
            unit_line.text,
            (*over.marks, *unit_line.marks),
            notes_below,
        )
        self._blocks[blocks_before:blocks_before] = table_blocks(placed, about, head_rows)

    def page(self) -> Page:
        """Return the page as written so far."""
        text = "".join(self._pieces)
        blocks = with_printed_tables(text, self._blocks)
        return Page(self._number, self._label, text, blocks, tuple(self._repairs))

    def _paragraph(self, words: Words) -> Placed:
        written = self._write(tidy_lines(words), "\n\n")
        if written.text:
            context = Context(section=self._section)
            self._blocks.append(Block("prose", written.start, written.end, context))
        return written

    def _row(self, row: Sequence[CellWords], first: bool) -> list[Placed]:
        cells = [cell if isinstance(cell, TableCell) else TableCell(cell) for cell in row]
        written: list[Placed] = []
        waiting = "\n\n" if first else "\n"  # breaks of empty cells, written before the next words
        for column, cell in enumerate(cells):
            waiting += _CELL_BREAK if column else ""
            words = cell_words(cell)
            if cell.is_repeat or not words.text:
                at = self._length
                written.append(Placed(words.text, at, at, indent=cell.indent))
                continue
            placed = self._write(words, waiting if self._length else waiting.lstrip("\n"))
            waiting = ""
            if cell.mark:
                self._append(f" {cell.mark}")
            marks = (*placed.marks, *split_marks(cell.mark))
            written.append(Placed(placed.text, placed.start, placed.end, marks, cell.indent))
        return written

    def _write(self, words: Marked, breaking: str) -> Placed:
        """Append repaired words behind a break; return them, where they stand and their marks."""
        stored, repairs = repair_encoding(words.text)
        if not stored:
            return Placed("", self._length, self._length)
        if self._length or not breaking.startswith("\n"):
            self._append(breaking)
        start = self._length
        self._append(stored)
        self._repairs += and_earlier(repairs, words.repairs, start)
        marks = tuple(mark for taken in words.marks for mark in split_marks(taken))
        return Placed(stored, start, self._length, marks)

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
