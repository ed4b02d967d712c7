"""One figure of a source's table with all that the table says of it: of what, when, by whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from assistant.tabulating.measures import unit_key
from assistant.tabulating.periods import (
    Edition,
    Period,
    find_editions,
    find_period,
    without_editions,
    without_period,
)
from assistant.tabulating.subjects import WORLD, subjects_of
from corpus.document import Cell, Context, Source
from index.passage import Evidence, Passage

_FIGURE = re.compile(
    r"^(?:about|around|some|nearly|approximately|more than|less than|at least|over|up to|ca\.?)?\s*"
    r"[<>~≈±≥≤(]*\s?(?:US\$|A\$|C\$|RMB|CNY|EUR|USD|[$€£¥])?\s?[-–−]?\d",
    re.IGNORECASE,
)
_CODE = re.compile(r"^\d+(?:\.\d+){2,}")  # of a tariff
_SCALE = re.compile(r"\b(?:thousand|million|billion)\b", re.IGNORECASE)
_DATE = re.compile(
    r"^\d{1,2}\.? (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)|^(?:19|20)\d\d\b(?!,\d)",
    re.IGNORECASE,
)
# What a source prints instead of a figure, and says something by it.
_SIGNS = {
    "na": "NA usually means not available.",
    "n.a.": "n.a. usually means not available.",
    "w": "W usually means withheld to avoid disclosing company data.",
    "—": "A dash usually means zero.",
    "–": "A dash usually means zero.",
    "-": "A dash usually means zero.",
    "--": "A dash usually means zero.",
    "xx": "XX usually means not applicable.",
    "e": "E usually means net exporter.",
    "nr": "",
}
_WITHHELD = re.compile(
    r"^(?:not (?:published|disclosed|available|released)|withheld|undisclosed|net exporter|none)\b",
    re.IGNORECASE,
)
_TIME_HEAD = re.compile(r"^(?:period|year|date|quarter|fiscal year|time|month)s?$", re.IGNORECASE)
_EDITION_HEAD = re.compile(r"\b(?:edition|publication)\b", re.IGNORECASE)
_BASIS_HEAD = re.compile(r"\b(?:basis|nature|currency|unit)\b", re.IGNORECASE)
_SPEAKER_HEAD = re.compile(
    r"\b(?:reported by|sources?|references?|remarks?|notes?|url|link|publisher)\b", re.IGNORECASE
)
_CELL_NOTES = 4


@dataclass(frozen=True, slots=True, eq=False)
class RowTable:
    """A table of one source: its rows as evidence, in their order."""

    source: Source
    section: str
    caption: str
    rows: tuple[Evidence, ...]
    rank: int = 0  # where search found its first row among other tables


@dataclass(frozen=True)
class Observation:
    """A cell of a table, with the words that say what it is.

    `label` and `column` are without their times and editions. `near` are the words closest to the
    figure, `around` those of caption, section and title, the nearest first.
    """

    table: RowTable
    evidence: Evidence
    cell: Cell
    label: str
    column: str
    side: tuple[str, ...]
    period: Period
    edition: Edition
    unit: frozenset[str]
    told: tuple[str, ...] = ()  # on what basis it is, where a cell beside it says so

    @property
    def source(self) -> Source:
        """The source that says so."""
        return self.table.source

    @property
    def context(self) -> Context:
        """What is recorded beside the row."""
        return self.evidence.passage.context

    @cached_property
    def label_parts(self) -> tuple[str, ...]:
        """The parts of a label that is a path ("Production > China > Mine"), the last one last."""
        return tuple(part.strip() for part in self.label.split(" > ") if part.strip())

    @cached_property
    def near(self) -> tuple[str, ...]:
        """The words closest to the figure."""
        return (self.column, *self.label_parts[-1:], *self.side)

    @cached_property
    def around(self) -> tuple[str, ...]:
        """The words further off, the nearest first."""
        context = self.context
        captions = [part for part in re.split(r": ", context.caption) if part][::-1]
        parts = (*self.label_parts[:-1][::-1], *captions, context.section, self.source.title)
        return tuple(part for part in parts if part.strip())

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """Who acts, by the nearest words that name one."""
        levels = [*self.near[1:], *self.near[:1], *self.around]
        return next((found for level in levels if (found := subjects_of(level).actors)), ())

    @cached_property
    def owner(self) -> str:
        """Of whom the whole table is, by its caption, section and title; "" for no one."""
        named = (subjects_of(level).actors for level in self.around)
        return next((actors[0] for actors in named if actors and actors[0] != WORLD), "")

    @cached_property
    def goods(self) -> tuple[str, ...]:
        """Of which goods it is, by the nearest words that name some, the column's head first."""
        levels = list(self.near)
        if not (self.label and _labels_name_goods(self.table)):
            levels += self.around  # else a label that names none is of something else
        return next((found for level in levels if (found := subjects_of(level).goods)), ())

    @property
    def is_figure(self) -> bool:
        """Whether the cell holds a figure, and no sign or word in place of one."""
        return is_figure(self.cell.text)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the cell: its footnotes, and what a sign means."""
        notes = [*self.told, *self.cell.notes[:_CELL_NOTES]]
        sign = self.cell.text.strip().lower()
        meaning = _SIGNS.get(sign, "")
        if meaning and not any(sign == note.strip().lower()[: len(sign)] for note in notes):
            notes.append(meaning)
        return tuple(dict.fromkeys(notes))


@lru_cache(maxsize=500)
def _labels_name_goods(table: RowTable) -> bool:
    return any(subjects_of(row.passage.row_label).goods for row in table.rows)


def is_figure(text: str) -> bool:
    """Tell whether a cell holds a figure: "270,000", "about 6,500", ">95", "890–1,000"."""
    plain = text.strip()
    return bool(_FIGURE.match(plain)) and not (_DATE.match(plain) or _CODE.match(plain))


def says_something(text: str) -> bool:
    """Tell whether a cell holds a figure, or a sign or words by which a source refuses one."""
    plain = text.strip()
    return is_figure(plain) or plain.lower() in _SIGNS or bool(_WITHHELD.match(plain))


def observe(table: RowTable) -> tuple[Observation, ...]:
    """Return the figures of a table, and what stands in place of figures."""
    values = _value_columns(table)
    return tuple(
        observed
        for row in table.rows
        for at, cell in enumerate(_values_of(row.passage))
        if (at, cell.column) in values and says_something(cell.text)
        for observed in (_observed(table, row, at, cell, values),)
    )


def _label_of(passage: Passage) -> str:
    return "" if _has_no_label(passage) else passage.row_label


def _values_of(passage: Passage) -> tuple[Cell, ...]:
    """Return the cells of a row after its label, or all where its first is a figure of a year."""
    if not _has_no_label(passage):
        return passage.cells[1:]
    first, second = passage.cells[:2]
    return (replace(first, unit=second.unit, basis=second.basis), *passage.cells[1:])


def _has_no_label(passage: Passage) -> bool:
    return (
        len(passage.cells) > 1
        and is_figure(passage.row_label)
        and find_period(passage.cells[0].column).year > 0
    )


def _value_columns(table: RowTable) -> dict[tuple[int, str], frozenset[str]]:
    """Return the columns that hold figures, each with the unit that its figures have."""
    columns: dict[tuple[int, str], list[Cell]] = {}
    for row in table.rows:
        for at, cell in enumerate(_values_of(row.passage)):
            columns.setdefault((at, cell.column), []).append(cell)
    found = {}
    for key, cells in columns.items():
        head = without_editions(key[1]).split(" > ")[-1].strip()
        told = [cell for cell in cells if cell.text.strip()]
        figures = [cell for cell in told if is_figure(cell.text)]
        if _TIME_HEAD.match(head) or not told:
            continue
        if figures and 2 * sum(says_something(cell.text) for cell in told) >= len(told):
            units = [unit_key(cell.measure) for cell in figures if cell.measure]
            found[key] = max(units, key=units.count) if units else frozenset()
    # A row that has only words, in a table that has figures in the same column under another head.
    by_place = {at: unit for (at, _), unit in found.items()}
    for at, column in columns:
        if (at, column) not in found and at in by_place:
            cells = columns[at, column]
            if all(says_something(cell.text) or not cell.text.strip() for cell in cells):
                found[at, column] = by_place[at]
    return found


def _observed(
    table: RowTable,
    row: Evidence,
    at: int,
    cell: Cell,
    values: dict[tuple[int, str], frozenset[str]],
) -> Observation:
    passage = row.passage
    beside = [
        one
        for place, one in enumerate(_values_of(passage))
        if place != at and (place, one.column) not in values and one.text.strip()
    ]
    column, label = without_editions(cell.column), without_editions(_label_of(passage))
    times = [one.text for one in beside if _TIME_HEAD.match(one.column.split(" > ")[-1].strip())]
    published = [one.text for one in beside if _EDITION_HEAD.search(one.column)]
    speakers = (cell.column, _label_of(passage), *published, passage.context.caption)
    edition = _edition(speakers, table.source)
    period = _period((column, label, *times), passage.context, cell, speakers)
    scale = _SCALE.search(cell.column)
    if scale and cell.unit and not _SCALE.search(cell.unit):
        # A head may name the scale of its figures, of which the unit that is read has nothing.
        cell = replace(cell, unit=f"{scale.group().lower()} {cell.unit}")
    unit = unit_key(cell.measure) if is_figure(cell.text) and cell.measure else frozenset[str]()
    return Observation(
        table=table,
        evidence=row,
        cell=cell,
        label=_plain(without_period(label)),
        column=_plain(without_period(column.split(" > ")[-1])),
        side=tuple(_short(one) for one in beside if one.text not in times and _short(one)),
        period=period,
        edition=edition,
        unit=unit or values[at, cell.column],
        told=tuple(
            f"{one.column}: {one.text.strip()}" for one in beside if _BASIS_HEAD.search(one.column)
        ),
    )


def _edition(speakers: Sequence[str], source: Source) -> Edition:
    for words in speakers:
        if found := find_editions(words):
            return found[-1]
    own = find_editions(source.edition)
    if own:
        version = "".join(re.findall(r"[\d.]+", source.version)) if source.version else ""
        return Edition(own[0].name, own[0].year, version)
    return Edition("", 0)


def _period(levels: Sequence[str], context: Context, cell: Cell, speakers: Sequence[str]) -> Period:
    """Return the time of a figure: of its column, its label, a cell beside it, or the caption."""
    for words in levels:
        if (found := find_period(words)).year:
            return found
    caption = find_period(without_editions(context.caption))
    if caption.year:
        return caption
    editions = {edition.year for words in speakers for edition in find_editions(words)}
    return Period(cell.year) if cell.year and cell.year not in editions else Period()


def _short(cell: Cell) -> str:
    """Return words beside a figure that say of what it is: few, under a head, and no remark."""
    told = cell.text.strip()
    if not cell.column or _SPEAKER_HEAD.search(cell.column):
        return ""
    return told if len(told) <= 40 and not is_figure(told) else ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;:–—-")
