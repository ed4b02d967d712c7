"""Tables of a web page: told from tables that only arrange the page, and read with their spans."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.document import Repair
from corpus.html.words import cut
from corpus.page_writer import TableCell
from corpus.repair.marked import Marked, Words, join, one_line
from corpus.tables.heads import has_keys
from corpus.tables.note_lines import is_note
from corpus.tables.split_figures import join_split_figures, text_of

_WIDEST_SPAN = 60
_WIDEST_TABLE = 300  # columns in which a cell may hang from row to row
_MOST_CELLS = 50_000  # that only repeat a spanned one
_LONGEST_CELL = 1_500
_MARK_BEHIND = re.compile(r"(?<=[\w)%])\s?[*†‡§]{1,3}$")
_INDENT = re.compile(
    r"(?:padding-left|text-indent|margin-left)\s*:\s*(\d{1,3}(?:\.\d+)?)(r?em|px|pt)"
)
_ARRANGED = {"h1", "h2", "h3", "table", "article", "section", "main", "pre"}
_NO_WORDS = Marked("")

Cells = tuple[TableCell, ...]
Hanging = dict[int, tuple[int, TableCell]]  # column -> rows still to cover, and with what


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; each spanned cell stands in all the columns and rows that it covers.

    `notes` stand below it; `linked_notes` are those that its marks lead to elsewhere on the page.
    """

    rows: tuple[Cells, ...] = ()
    caption: Marked = _NO_WORDS
    unit: Marked = _NO_WORDS
    notes: tuple[Marked, ...] = ()
    head_rows: int | None = None
    linked_notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words of its caption, cells and notes."""
        cells = (text_of(cell) for row in self.rows for cell in row if not cell.is_repeat)
        notes = (note.text for note in self.notes)
        return " ".join((self.caption.text, self.unit.text, *cells, *notes))


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Cells
    is_alone: bool = False  # one cell stands for the whole row
    is_all_heads: bool = False
    is_head: bool = False
    is_foot: bool = False
    is_labelled: bool = False  # a head cell begins it, values follow


def is_table(element: Any) -> bool:
    """Tell whether a table holds rows of values and is not there to arrange the page."""
    if element.get("role", "").lower() in ("presentation", "none"):
        return False
    rows = [cells for row in element.iter("tr") if (cells := _cells(row))]
    if not rows or any(inner is not element and inner.tag in _ARRANGED for inner in element.iter()):
        return False
    has_heads = element.find(".//th") is not None
    if max(map(len, rows)) < 2:
        return has_heads and len(rows) > 1
    longest = max(sum(map(len, cell.itertext())) for cells in rows for cell in cells)
    return has_heads or longest <= _LONGEST_CELL


def read_grid(element: Any, read_cell: Callable[[Any], Marked]) -> Grid:
    """Return a table; a row of one cell is its title, a note, or the label of a group."""
    rows = _read_rows(element, read_cell)
    named = element.find("caption")
    titles = [] if named is None else [read_cell(named)]
    unit = _NO_WORDS
    while len(rows) > 1 and rows[0].is_alone and (not titles or _goes_on(rows)):
        title = _words(rows.pop(0))
        if titles and title.text[:1] in ("(", "["):
            unit = title
        else:
            titles.append(title)
    notes: list[Marked] = []
    while len(rows) > 1 and rows[-1].is_alone and _is_note(rows[-1]):
        notes[:0] = lines_of(rows.pop().cells[0].words)
    heads = _count_head_rows(rows)
    lines = join_split_figures([row.cells for row in rows], heads)
    return Grid(lines, one_line(join(titles, " ")), unit, tuple(notes), heads)


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _goes_on(rows: Sequence[_Row]) -> bool:
    """Tell whether the first of the rows belongs to the title above it, as the unit does."""
    in_brackets = text_of(rows[0].cells[0])[:1] in ("(", "[")
    return in_brackets or (rows[0].is_all_heads and rows[1].is_head)


def _words(row: _Row) -> Marked:
    return one_line(row.cells[0].words)


def _is_note(row: _Row) -> bool:
    return row.is_foot or is_note(text_of(row.cells[0]))


def lines_of(words: Words) -> list[Marked]:
    """Return the lines of some words."""
    left = words if isinstance(words, Marked) else Marked(words)
    lines: list[Marked] = []
    while "\n" in left.text:
        line, left = cut(left, left.text.index("\n") + 1)
        lines.append(line)
    return [*lines, left]


def _count_head_rows(rows: Sequence[_Row]) -> int | None:
    """Return how many of the first rows are heads, or None where the page does not say."""
    count = next((at for at, row in enumerate(rows) if not row.is_head), len(rows))
    if count == len(rows):
        return min(count, 1)
    if any(row.is_labelled for row in rows[:2]):
        return count
    keyed = has_keys([[text_of(cell) for cell in row.cells] for row in rows])
    return count or (0 if keyed else None)


def _read_rows(table: Any, read_cell: Callable[[Any], Marked]) -> list[_Row]:
    """Return the rows that hold words, spanned cells repeated."""
    elements = list(table.iter("tr"))
    read: list[_Row] = []
    hanging: Hanging = {}
    group = None
    room = _MOST_CELLS
    for element in elements:
        if (
            room <= 0 or element.getparent() is not group
        ):  # a cell spans no further than its part of the table
            group, hanging = element.getparent(), {}
        own = _cells(element)
        hung = bool(hanging)
        cells, hanging = _fill(own, hanging, len(elements) if room > 0 else 1, read_cell)
        room -= len(cells) - len(own)
        if any(text_of(cell) for cell in cells):
            part = "" if group is None else group.tag
            tags = [cell.tag for cell in own]
            is_alone = len(own) == 1 and not hung
            is_all_heads = "td" not in tags
            is_head = part == "thead" or (is_all_heads and part != "tfoot" and not is_alone)
            is_labelled = tags[:1] == ["th"] and "td" in tags
            read.append(_Row(cells, is_alone, is_all_heads, is_head, part == "tfoot", is_labelled))
    if all(len(row.cells) < 2 for row in read):
        return [replace(row, is_alone=False) for row in read]
    return read


def _fill(
    own: Sequence[Any], hanging: Hanging, longest: int, read_cell: Callable[[Any], Marked]
) -> tuple[Cells, Hanging]:
    """Return the cells of a row with those that hang into it, and what hangs into the next."""
    cells: list[TableCell] = []
    below: Hanging = {}

    def put(cell: TableCell, rows: int) -> None:
        if rows > 1 and len(cells) < _WIDEST_TABLE:
            below[len(cells)] = (rows - 1, replace(cell, is_repeat=True))
        cells.append(cell)

    def put_hanging() -> None:
        while len(cells) in hanging:
            rows, cell = hanging[len(cells)]
            put(cell, rows)

    for element in own:
        put_hanging()
        cell = TableCell(_unmarked(read_cell(element)), _indent(element))
        rows = _span(element, "rowspan", longest)
        for column in range(_span(element, "colspan", min(_WIDEST_SPAN, longest))):
            put(replace(cell, is_repeat=column > 0), rows)
    put_hanging()
    return tuple(cells), below


def _unmarked(words: Marked) -> Marked:
    """Return the words of a cell without a sign that marks a note at their end, as in "Sm*"."""
    match = _MARK_BEHIND.search(words.text)
    if not match:
        return words
    left, _ = cut(words, match.start())
    mark = Repair(match.start(), match.start(), match.group(), "footnote mark")
    return Marked(left.text, (*left.repairs, mark))


def _indent(element: Any) -> int:
    """Return how far the words of a cell are moved in, roughly in spaces."""
    text = "".join(element.itertext())[:200]
    lead = re.match(r"\s*", text)
    spaces = len(re.sub(r"[ \t\r\n]", "", lead.group())) if lead else 0
    style = _INDENT.search(element.get("style", ""))
    return spaces + (int(float(style[1]) * (2 if "em" in style[2] else 0.2)) if style else 0)


def _span(cell: Any, side: str, longest: int) -> int:
    """Return how many columns or rows a cell covers; 0 says all of them."""
    written = cell.get(side, "1").strip()
    span = int(written) if re.fullmatch(r"[0-9]{1,6}", written) else 1
    return min(span or longest, longest) if side == "rowspan" else max(1, min(span, longest))
