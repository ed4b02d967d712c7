"""One row of a grid as a block whose every cell says its column, year, unit and notes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpus.document import Block, Cell, Context
from corpus.language.periods import find_periods
from corpus.language.quantities import find_quantities
from corpus.language.table_words import stands_for_none
from corpus.tables.column_roles import Roles
from corpus.tables.heads import is_code, is_figure, is_year, plain_name
from corpus.tables.label_groups import Groups
from corpus.tables.lines import Line, Placed
from corpus.tables.note_lines import NoteBook, split_marks
from corpus.tables.units import Around, Measure, measure

_VALUE_CHARS = 60  # a longer cell holds sentences
_CAPTION_CHARS = 240
_OF_AN_EDITION = re.compile(
    r"\b(?:MCS|MYB|GCMO|WEO|Summaries|Yearbook|Outlook|Edition)[\s,(]+(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d (?:MCS|MYB|edition)\b"
)
_MARK_ONLY = re.compile(r"[a-z]?,?\s?\d*")
_LABEL_MARK = re.compile(r"\s?\((\d{1,2}|[a-z]|[⁰¹²³⁴-⁹]{1,2})\)$|\s(\d{1,2})/$|([⁰¹²³⁴-⁹]{1,2})$")


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
    told = [cell for cell in placed if cell.text] or _first_words(line, roles)
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


def _first_words(line: Line, roles: Roles) -> list[Placed]:
    """Return the cell of words that begins a row whose label is empty: "Total" below codes."""
    first = next((n for n, cell in enumerate(line.cells) if cell.text), None)
    leads = first is not None and roles.values and first < roles.values[0]
    return [line.cells[first]] if first is not None and leads and _is_words(line, first) else []


def _is_words(line: Line, column: int) -> bool:
    return not any(map(str.isdigit, line.text(column)))


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
    marks = split_marks(" ".join(mark for mark in match.groups() if mark)) if match else ()
    if match and notes.explains(marks):
        return label[: match.start()], marks
    return label, ()


def _label_name(body: Body) -> str:
    names = (body.names[n] for n in body.roles.labels if n < len(body.names))
    return " > ".join(name for name in names if name)


def _cell(column: int, placed: Placed, said: _Said, body: Body) -> Cell:
    text, marks = placed.text, placed.marks
    notes, roles = body.about.notes, body.roles
    is_value_column = column in roles.values
    name = body.names[column]
    meaning = notes.meaning(text)
    stands = _counts(text, is_value_column) or bool(meaning and is_value_column)
    counts = column not in roles.numbers and stands
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
        years = _years_in(name) or (_years_in(said.year) if is_value_column else ())
        if said.year and is_value_column and len(said.year) > 4 and is_year(said.year):
            year = 0  # of several years, as from one to another
        else:
            year = years[-1] if years else _year_around(said.labels, body.about.caption, counts)
    if said.year and is_value_column and name:
        name = f"{said.year} > {name}"
    of_marks = notes.of((*marks, *said.marks, *body.marks[column], *body.about.marks))
    of_row = said.notes if is_value_column else ()
    all_notes = tuple(dict.fromkeys((*of_marks, *of_row, *([meaning] if meaning else []))))
    return Cell(
        text,
        placed.start,
        placed.end,
        name,
        year,
        found.unit,
        found.basis,
        all_notes if text else (),
    )


def _counts(text: str, is_value_column: bool) -> bool:
    """Tell whether a cell holds a figure that counts something, or a sign in its stead."""
    if len(text) > _VALUE_CHARS or is_code(text):
        return False
    if is_figure(text) or stands_for_none(text):
        return True
    return bool(find_quantities(text)) or (is_value_column and bool(find_periods(text)))


@lru_cache(maxsize=4096)
def _years_in(words: str) -> tuple[int, ...]:
    """Return the years that words speak of: "2024, MCS 2025" speaks of 2024, by an edition.

    Fiscal years count where no other is named: "July to September 2024 (Q1 FY25)" is of 2024.
    """
    named = find_periods(_OF_AN_EDITION.sub(" ", words)) or find_periods(words)
    calendar = [one for one in named if not one.period.text.startswith("FY")]
    years = (year for one in calendar or named for year in one.period.years)
    return tuple(dict.fromkeys(years))


def _year_around(labels: Sequence[str], caption: str, counts: bool) -> int:
    """Return the year that the row names, else for a figure that its groups or table name alone."""
    for words in (*labels, caption) if counts else labels[:1]:
        if years := _years_in(words):
            return years[0] if len(years) == 1 else 0
    return 0


def _caption(caption: str, groups: Sequence[str]) -> str:
    if len(caption) > _CAPTION_CHARS:
        caption = f"{caption[: _CAPTION_CHARS - 1]}…"
    return ": ".join([caption.rstrip(" :"), *groups] if caption else groups) if groups else caption
