"""One row of a grid as a block whose every cell says its column, year, unit and notes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpus.document import Block, Cell, Context
from corpus.figures import find_figures, find_years
from corpus.tables.column_roles import Roles
from corpus.tables.heads import NO_FIGURE, is_code, is_value, is_year, plain_name
from corpus.tables.label_groups import Groups
from corpus.tables.note_lines import NoteBook, split_marks
from corpus.tables.row_measures import Around, measure
from corpus.tables.units import Measure

_VALUE_CHARS = 60  # a longer cell holds sentences
_CAPTION_CHARS = 240
_TRAILING_MARK = re.compile(r"(?<=[\d)%])\s?((?:\d{1,2}/|[a-z*†‡])(?:,\s?(?:\d{1,2}/|[a-z]))*)$")
_MARK_ONLY = re.compile(r"[a-z]?,?\s?\d*")
_LABEL_MARK = re.compile(r"\s?\((\d{1,2}|[a-z])\)$|\s(\d{1,2})/$")


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
class About:
    """What is said around a table. `unit` is that of all of it, `marks` are at its caption."""

    section: str = ""
    caption: str = ""
    unit: str = ""
    marks: tuple[str, ...] = ()
    notes: NoteBook = field(default_factory=NoteBook)


@dataclass(frozen=True, slots=True)
class Body:
    """What the rows of a table have in common.

    `names` and `marks` are those of the columns' heads, `signs` the currency or % that some
    cell of a column of values is printed with, `used` the columns in which anything stands.
    """

    about: About
    names: tuple[str, ...]
    marks: tuple[tuple[str, ...], ...]
    roles: Roles
    signs: Mapping[int, str]
    used: frozenset[int]


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


def row_block(line: Line, groups: Groups, body: Body) -> Block:
    """Return the block of a row that stands in the groups which are open."""
    about, roles = body.about, body.roles
    label, label_marks = _label(line, roles, about.notes)
    row_marks = (*label_marks, *groups.marks)
    cells = [replace(label, notes=about.notes.of(row_marks), column=_label_name(body))]
    said = _Said(
        labels=(label.text, *reversed(groups.names)),
        marks=row_marks,
        unit=" ".join(line.text(n) for n in roles.units),
        year=" ".join(line.text(n) for n in roles.years),
        notes=tuple(line.text(n) for n in roles.notes if line.text(n)),
    )
    for column, placed in enumerate(line.cells):
        if column not in roles.consumed and column in body.used:
            cells.append(_cell(column, placed, said, body))
    measures = {cell.measure for cell in cells[1:] if cell.measure}
    context = Context(
        section=about.section,
        caption=_caption(about.caption, groups.names),
        header=tuple(cell.column for cell in cells),
        unit=measures.pop() if len(measures) == 1 else "",
        notes=tuple(dict.fromkeys((*(n for c in cells for n in c.notes), *about.notes.general))),
    )
    return Block("row", line.start, line.end, context, tuple(cells))


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says of its values: its label and groups, their marks, and what it states."""

    labels: tuple[str, ...]
    marks: tuple[str, ...]
    unit: str
    year: str
    notes: tuple[str, ...]


def _label(line: Line, roles: Roles, notes: NoteBook) -> tuple[Cell, tuple[str, ...]]:
    """Return the label of a row and its marks; one of several cells is parted by ">"."""
    placed = [line.cells[n] for n in roles.labels if n < len(line.cells)]
    told = [cell for cell in placed if cell.text]
    if not told:
        at = placed[0].start if placed else line.start
        return Cell("", at, at), ()
    texts, marks = [], [mark for cell in told for mark in cell.marks]
    for cell in told:
        text, found = _without_mark(cell.text, notes)
        texts.append(plain_name(text) if len(told) > 1 else text)
        marks += found
    words = " > ".join(t for n, t in enumerate(texts) if not _is_said(t, texts[n + 1 :]))
    printed = [cell for cell in told if cell.end > cell.start] or told
    return Cell(words, printed[0].start, printed[-1].end), tuple(marks)


def _is_said(words: str, later: Sequence[str]) -> bool:
    """Tell whether one of the later parts of a label says the words too, or all but a mark."""
    return any(_says(part, words) for part in later)


@lru_cache(maxsize=4096)
def _says(part: str, words: str) -> bool:
    if words.startswith(part) and _MARK_ONLY.fullmatch(words, len(part)):
        return True
    within, sought = part.lower(), words.lower()
    at = within.find(sought)
    while at >= 0:
        around = within[max(at - 1, 0) : at] + within[at + len(sought) : at + len(sought) + 1]
        if not any(sign.isalnum() for sign in around):
            return True
        at = within.find(sought, at + 1)
    return False


def _without_mark(label: str, notes: NoteBook) -> tuple[str, tuple[str, ...]]:
    """Take a mark set in ordinary type ("Thailand (5)", "Thailand 5/") off, if a note has it."""
    match = _LABEL_MARK.search(label)
    marks = tuple(mark for mark in match.groups() if mark) if match else ()
    if match and notes.explains(marks):
        return label[: match.start()], marks
    return label, ()


def _label_name(body: Body) -> str:
    names = (body.names[n] for n in body.roles.labels if n < len(body.names))
    return " > ".join(name for name in names if name)


def _cell(column: int, placed: Placed, said: _Said, body: Body) -> Cell:
    text, marks, end = placed.text, placed.marks, placed.end
    notes, roles = body.about.notes, body.roles
    is_value_column = column in roles.values
    if (match := _TRAILING_MARK.search(text)) and notes.explains(split_marks(match[1])):
        text, marks = text[: match.start()], (*marks, *split_marks(match[1]))
        end -= len(match[0]) if end > placed.start else 0
    name = body.names[column]
    counts = column not in roles.numbers and _counts(text, is_value_column)
    found = Measure()
    if counts:
        found = measure(
            Around(
                printed=text,
                column=name,
                labels=said.labels,
                caption=body.about.caption,
                unit=said.unit if is_value_column else "",
                table_unit=body.about.unit,
                notes=said.notes,
                sign=body.signs.get(column, ""),
            )
        )
    year = 0
    if column not in roles.numbers:
        years = find_years(name) or (find_years(said.year) if is_value_column else ())
        if said.year and is_value_column and len(said.year) > 4 and is_year(said.year):
            year = 0  # of several years, as from one to another
        else:
            year = years[-1] if years else _year_around(said.labels, body.about.caption, counts)
    if said.year and is_value_column and name:
        name = f"{said.year} > {name}"
    meaning = notes.legend.get(text, "")
    of_marks = notes.of((*marks, *said.marks, *body.marks[column], *body.about.marks))
    of_row = said.notes if is_value_column else ()
    all_notes = tuple(dict.fromkeys((*of_marks, *of_row, *([meaning] if meaning else []))))
    return Cell(
        text, placed.start, end, name, year, found.unit, found.basis, all_notes if text else ()
    )


def _counts(text: str, is_value_column: bool) -> bool:
    """Tell whether a cell holds a figure that counts something, or a sign in its stead."""
    if len(text) > _VALUE_CHARS or is_code(text):
        return False
    if NO_FIGURE.fullmatch(text):
        return True
    return any(f.kind not in ("year", "day") or is_value_column for f in find_figures(text))


def _year_around(labels: Sequence[str], caption: str, counts: bool) -> int:
    """Return the year that the row names, else for a figure that its groups or table name alone."""
    for words in (*labels, caption) if counts else labels[:1]:
        if years := find_years(words):
            return years[0] if len(years) == 1 else 0
    return 0


def _caption(caption: str, groups: Sequence[str]) -> str:
    if len(caption) > _CAPTION_CHARS:
        caption = f"{caption[: _CAPTION_CHARS - 1]}…"
    return ": ".join([caption.rstrip(" :"), *groups] if caption else groups) if groups else caption
