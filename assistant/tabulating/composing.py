"""A table from placed figures: one unit and basis, for each cell the newest official figure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from assistant.answer_table import NOT_GIVEN
from assistant.tabulating.measures import measures_of
from assistant.tabulating.observation import Observation
from assistant.tabulating.request import TableRequest
from assistant.tabulating.selecting import Placed, measure_said, order_of
from assistant.tabulating.subjects import WORLD, subjects_of
from corpus.document import Rank
from corpus.figures import figures_differ
from index.signals import DATA_FILES
from index.wording import stem, stems

_RANKS: tuple[str, ...] = get_args(Rank)
_ROWS = 60
_DASHES = frozenset(("—", "–", "--", "-"))  # printed for zero
_RECENT_YEARS = 6  # before the latest that is spoken of
_ENOUGH_CELLS = 6  # of a table, for its rank to count before its size
_OTHERS = 3  # further values that a cell names


@dataclass(frozen=True, slots=True)
class Value:
    """The figure of one cell, and those that differ from it, the newest first."""

    chosen: Observation
    others: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures by their columns; None where the sources give nothing."""

    key: tuple[str, ...]
    head: str
    values: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """Figures in rows and columns, with what was left out of them."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells have a figure."""
        return sum(value is not None for row in self.rows for value in row.values)


def compose(request: TableRequest, placed: Sequence[Placed]) -> Composed:
    """Return the table that the figures of one unit and basis make; without rows if they make none.

    Where several units give figures, the one that is asked for is taken, else the one that fills
    most cells; what the others give is named in a remark.
    """
    groups: dict[frozenset[str], list[Placed]] = {}
    for one in placed:
        groups.setdefault(one.observation.unit, []).append(one)
    if not groups:
        return Composed((), ())
    latest = max(one.observation.period.year for one in placed)
    best = {unit: _of_best_tables(request, group, latest) for unit, group in groups.items()}
    chosen = max(groups, key=lambda unit: _strength(request, unit, best[unit], latest))
    figures = _of_one_time(request, best[chosen])
    rows = _rows(request, figures)
    columns = sorted({one.place.column for one in figures})
    table = _filled(request, rows, columns, figures)
    return Composed(table.columns, table.rows, _remarks(request, chosen, groups, table))


def _of_one_time(request: TableRequest, placed: Sequence[Placed]) -> list[Placed]:
    """Return the figures that are dated, or those that are not, whichever the better sources give.

    Reserves have no year in most sources; side by side with a year they would stand there twice.
    """
    if request.columns != "time" or request.years:
        return list(placed)
    kinds: dict[bool, list[Placed]] = {}
    for one in placed:
        kinds.setdefault(one.observation.period.year > 0, []).append(one)

    def merit(of: list[Placed]) -> tuple[int, int]:
        return max(_rank_of(one.observation) for one in of), len({one.place.row for one in of})

    measures = {one.place.column[1:-1] for one in placed}  # of several, each has its own time
    return max(kinds.values(), key=merit) if len(measures) <= 1 else list(placed)


def _strength(
    request: TableRequest, unit: frozenset[str], placed: Sequence[Placed], latest: int
) -> tuple[bool, int, int, int]:
    """Return how well figures of one unit fill a table, recent ones counted twice."""
    asked = bool(request.unit) and request.unit <= unit
    found = _weight([one for one in placed if one.observation.is_figure], latest)
    official = sum(one.observation.source.rank == "official" for one in placed)
    return asked, found, official, -min(one.observation.table.rank for one in placed)


def _weight(placed: Sequence[Placed], latest: int) -> int:
    """Return how many cells figures fill, those of the last years counted twice."""
    years = {(one.place.row, one.place.column): one.observation.period.year for one in placed}
    return len(years) + sum(year > latest - _RECENT_YEARS for year in years.values())


def _of_best_tables(request: TableRequest, placed: Sequence[Placed], latest: int) -> list[Placed]:
    """Return the figures of the rows that the best table for each name has.

    Rows of the same name in other tables are of other specifications, and would repeat it. By
    country and by company each table may add rows.
    """
    if request.rows in ("country", "company"):
        return list(placed)
    tables: dict[tuple[str, frozenset[str]], dict[str, list[Placed]]] = {}
    for one in placed:
        [measure] = measure_said(request, one.observation)
        for subject in _subjects(request, one.observation):
            of_subject = tables.setdefault((subject, measure), {})
            of_subject.setdefault(_whole_table(one.observation), []).append(one)
    keys: set[tuple[str, ...]] = set()
    for of_subject in tables.values():
        best = max(of_subject.values(), key=lambda of: _merit(request, of, latest))
        keys |= {one.place.row for one in best}
    return [one for one in placed if one.place.row in keys]


def _whole_table(one: Observation) -> str:
    """Return what is the same for all groups of a table ("Statistics: Exports: Metals")."""
    passage = one.evidence.passage
    caption = one.table.caption.split(": ", maxsplit=1)[0]
    return f"{one.source.id} {passage.page} {one.table.section} {caption}"


def _subjects(request: TableRequest, one: Observation) -> tuple[str, ...]:
    """Return which of the names of a request a figure is of; "" where it names none."""
    several = request.goods if len(request.goods) > 1 else request.actors
    return tuple(name for name in several if name in (*one.goods, *one.actors)) or ("",)


def _is_exact(request: TableRequest, one: Placed) -> bool:
    """Tell whether a row is of nothing but what is asked for; a grade in figures is no more."""
    named = subjects_of(one.place.head)
    more = {*named.goods} - {*request.goods} | {*named.rest} - request.qualifiers - request.told
    return not any(re.search(r"[^\W\d]", word) and word != stem("minimum") for word in more)


def _merit(
    request: TableRequest, of: Sequence[Placed], latest: int
) -> tuple[int, int, bool, int, int, int]:
    """Return how good a table is for a request, for comparing."""
    first = of[0].observation
    context = first.table.rows[0].passage.context
    heads = f"{' '.join(context.header[:1])} {first.table.caption} {first.table.section}".lower()
    named = sum(word.rstrip("s") in heads for word in request.row_words)
    cells = _weight(of, latest)
    exact = any(_is_exact(request, one) for one in of)
    return named, min(cells, _ENOUGH_CELLS), exact, _rank_of(first), cells, -first.table.rank


def _rows(request: TableRequest, placed: Sequence[Placed]) -> list[tuple[tuple[str, ...], str]]:
    """Return the rows in the order of the newest source, those of others after them."""
    heads: dict[tuple[str, ...], str] = {}
    tables: dict[int, list[Placed]] = {}
    for one in placed:
        tables.setdefault(id(one.observation.table), []).append(one)
    ordered = sorted(
        tables.values(),
        key=lambda of: (max(_order_of_table(one.observation) for one in of), len(of)),
        reverse=True,
    )
    for table in ordered:
        for one in table:
            known = heads.setdefault(one.place.row, one.place.head)
            if _said_of(request, one.place.head) > _said_of(request, known):
                heads[one.place.row] = one.place.head
    rows = list(heads.items())
    if request.rows == "named":
        named = (*request.actors, *request.goods)
        rows.sort(key=lambda row: _first_named(row[0], named))
    rows.sort(key=lambda row: order_of(row[0][0]))
    return rows


def _said_of(request: TableRequest, head: str) -> int:
    """Return how many of the words that a request wants said a head says itself."""
    return len(request.qualifiers & stems(head))


def _first_named(key: Sequence[str], named: Sequence[str]) -> tuple[int, ...]:
    at = [place for place, subject in enumerate(named) if subject in key]
    return tuple(at) or (len(named),)


def _filled(
    request: TableRequest,
    rows: Sequence[tuple[tuple[str, ...], str]],
    columns: Sequence[tuple[object, ...]],
    placed: Sequence[Placed],
) -> Composed:
    cells: dict[tuple[tuple[str, ...], tuple[object, ...]], list[Observation]] = {}
    for one in placed:
        cells.setdefault((one.place.row, one.place.column), []).append(one.observation)
    sizes: dict[int, int] = {}
    for one in placed:
        sizes[id(one.observation.table)] = sizes.get(id(one.observation.table), 0) + 1
    filled = [
        Row(key, head, tuple(_value(cells.get((key, column), ()), sizes) for column in columns))
        for key, head in rows
    ]
    if request.changed:
        filled = [row for row in filled if _has_changed(row)]
        if request.rows == "country":
            filled = [row for row in filled if row.key[0] not in (WORLD, "other")]
    filled = filled[:_ROWS]
    kept = [at for at in range(len(columns)) if any(row.values[at] for row in filled)]
    return Composed(
        tuple(_column_title(request, columns[at]) for at in kept),
        tuple(Row(r.key, r.head, tuple(r.values[at] for at in kept)) for r in filled),
    )


def _value(found: Sequence[Observation], sizes: dict[int, int]) -> Value | None:
    if not found:
        return None
    ordered = sorted(
        found,
        key=lambda one: (*_preference(one), sizes[id(one.table)], -one.table.rank),
        reverse=True,
    )
    best = ordered[0]
    best = max(
        (one for one in ordered if _is_same_in_print(best, one)),
        key=lambda one: (_rank_of(one), _is_printed(one), sizes[id(one.table)]),
    )
    others: dict[str, Observation] = {}
    for one in ordered[1:]:
        if _differs(best, one):
            others.setdefault(_plain_figure(one.cell.text), one)
    return Value(best, tuple(others.values())[:_OTHERS])


def _differs(best: Observation, other: Observation) -> bool:
    if not other.is_figure:
        return False
    if not best.is_figure:
        is_zero = best.cell.text.strip() in _DASHES and other.cell.text.strip() == "0"
        return not is_zero
    return figures_differ(best.cell.text, other.cell.text)


def _has_changed(row: Row) -> bool:
    given = [value.chosen for value in row.values if value]
    if len(given) < 2:
        return False
    first, last = given[0], given[-1]
    if first.is_figure != last.is_figure:
        return True
    if not first.is_figure:
        return False
    return figures_differ(first.cell.text, last.cell.text)


def _preference(one: Observation) -> tuple[int, tuple[int, ...], str, bool]:
    """Return what makes a figure the one to show: an official source, then the newest edition.

    Of no edition the date decides. Figures of a data file have not the form they are printed in.
    """
    dated = "" if one.edition.year else one.source.published
    return _rank_of(one), one.edition.rank, dated, _is_printed(one)


def _order_of_table(one: Observation) -> tuple[int, int]:
    return _rank_of(one), one.edition.year


def _is_same_in_print(best: Observation, one: Observation) -> bool:
    """Tell whether a figure is the best one again, of its edition or of none that is named."""
    if _plain_figure(one.cell.text) != _plain_figure(best.cell.text):
        return False
    same = (one.edition.name, one.edition.year) == (best.edition.name, best.edition.year)
    return same or not one.edition.name


def _is_printed(one: Observation) -> bool:
    return one.source.file_type not in DATA_FILES


def _plain_figure(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d)", "", text.strip())


def _rank_of(one: Observation) -> int:
    return -_RANKS.index(one.source.rank)


def _column_title(request: TableRequest, column: tuple[object, ...]) -> str:
    words = [word for word in request.measure_words.split() if measures_of(word)]
    return str(column[-1]) or " ".join(words).capitalize() or "Value"


def _remarks(
    request: TableRequest,
    chosen: frozenset[str],
    groups: dict[frozenset[str], list[Placed]],
    table: Composed,
) -> tuple[str, ...]:
    remarks = []
    if request.unit and not request.unit <= chosen:
        remarks.append("The sources do not give these figures in the unit asked for.")
    heads = {row.key for row in table.rows}
    left = {
        one.observation.cell.measure or "no unit named"
        for unit, placed in groups.items()
        if unit != chosen
        for one in placed
        if one.place.row in heads and one.observation.is_figure
    }
    if left:
        remarks.append(f"Left out, as of another unit or basis: {'; '.join(sorted(left)[:3])}.")
    captions = {
        value.chosen.context.caption
        for row in table.rows
        for value in row.values
        if value and value.chosen.is_figure and not value.chosen.cell.unit
    }
    if any(captions):
        remarks.append(f"The unit is as the source heads it: {'; '.join(sorted(captions)[:2])}.")
    given = {int(year) for title in table.columns for year in re.findall(r"(?:19|20)\d\d", title)}
    missing = [year for year in request.years if year not in given]
    if missing and request.columns != "edition" and len(missing) < 40:
        told = ", ".join(map(str, missing))
        remarks.append(f"Years for which nothing was found: {told}.")
    if any(value is None for row in table.rows for value in row.values):
        remarks.append(f'"{NOT_GIVEN}" marks what the sources that were found do not give.')
    return tuple(remarks)
