"""A table from placed figures: one unit and basis, for each cell the newest official figure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer_table import NOT_GIVEN
from assistant.tabulating.choosing import (
    Value,
    of_best_tables,
    of_one_time,
    order_of_table,
    strength,
    value_of,
)
from assistant.tabulating.measures import measures_of
from assistant.tabulating.observation import Observation
from assistant.tabulating.placing import OWNER, Placed, order_of
from assistant.tabulating.request import Change, TableRequest
from assistant.tabulating.selecting import measure_said
from assistant.tabulating.subjects import WORLD, name_of
from corpus.figures import figures_differ, find_figures
from index.wording import stems

ABSENT = "Asked for, and not in this table"
_ROWS = 60
_CAPTIONS = 4  # of source tables, are named


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
    def figures(self) -> int:
        """How many cells have a figure, no sign or word in its place."""
        values = (value for row in self.rows for value in row.values if value)
        return sum(value.chosen.is_figure for value in values)


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
    best = {unit: of_best_tables(request, group, latest) for unit, group in groups.items()}
    chosen = max(groups, key=lambda unit: strength(request, unit, best[unit], latest))
    figures = of_one_time(request, best[chosen])
    rows = _rows(request, figures)
    columns = sorted({one.place.column for one in figures})
    table = _filled(request, rows, columns, figures)
    return Composed(table.columns, table.rows, _remarks(request, chosen, groups, table))


def _rows(request: TableRequest, placed: Sequence[Placed]) -> list[tuple[tuple[str, ...], str]]:
    """Return the rows in the order of the newest source, those of others after them."""
    heads: dict[tuple[str, ...], str] = {}
    tables: dict[int, list[Placed]] = {}
    for one in placed:
        tables.setdefault(id(one.observation.table), []).append(one)
    ordered = sorted(
        tables.values(),
        key=lambda of: (max(order_of_table(one.observation) for one in of), len(of)),
        reverse=True,
    )
    for table in ordered:
        for one in table:
            known = heads.setdefault(one.place.row, one.place.head)
            if _said_of(request, one.place.head) > _said_of(request, known):
                heads[one.place.row] = one.place.head
    rows = _with_owners(heads)
    if request.rows == "named":
        named = (*request.actors, *request.goods)
        rows.sort(key=lambda row: _first_named(row[0], named))
    rows.sort(key=lambda row: order_of(row[0][0]))
    return rows


def _with_owners(
    heads: Mapping[tuple[str, ...], str],
) -> list[tuple[tuple[str, ...], str]]:
    """Return rows with the names of whom their tables are, where these are several."""
    owners = {key: key[-1].removeprefix(OWNER) for key in heads if key[-1].startswith(OWNER)}
    if len(set(owners.values())) < 2:
        return list(heads.items())
    return [
        (key, f"{head} ({name_of(owners[key])})" if key in owners else head)
        for key, head in heads.items()
    ]


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
        Row(key, head, tuple(value_of(cells.get((key, column), ()), sizes) for column in columns))
        for key, head in rows
    ]
    if request.change != "none":
        filled = [row for row in filled if _has_changed(row, request.change)]
        if request.rows == "country":
            filled = [row for row in filled if row.key[0] not in (WORLD, "other")]
    filled = filled[:_ROWS]
    kept = [at for at in range(len(columns)) if any(row.values[at] for row in filled)]
    return Composed(
        tuple(_column_title(request, columns[at]) for at in kept),
        tuple(Row(r.key, r.head, tuple(r.values[at] for at in kept)) for r in filled),
    )


def _has_changed(row: Row, change: Change) -> bool:
    """Tell whether the last figure of a row differs from its first as is asked."""
    given = [value.chosen for value in row.values if value]
    if len(given) < 2:
        return False
    first, last = given[0], given[-1]
    if not (first.is_figure and last.is_figure):
        return change == "any" and first.is_figure != last.is_figure
    if change == "any" or not figures_differ(first.cell.text, last.cell.text):
        return figures_differ(first.cell.text, last.cell.text)
    before, after = (find_figures(one.cell.text)[:1] for one in (first, last))
    rises = bool(before and after and after[0].value > before[0].value)
    return rises == (change == "up")


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
        one.observation.cell.measure or "figures with no unit named"
        for unit, placed in groups.items()
        if unit != chosen
        for one in placed
        if one.place.row in heads and one.observation.is_figure
    }
    if absent := _absent(request, table):
        remarks.append(f"{ABSENT}: {', '.join(absent)}.")
    if left:
        remarks.append(f"Left out, as of another unit or basis: {'; '.join(sorted(left)[:3])}.")
    captions = dict.fromkeys(
        " ".join(value.chosen.context.caption.split())
        for row in table.rows
        for value in row.values
        if value and value.chosen.context.caption
    )
    if captions:
        more = f" and {len(captions) - _CAPTIONS} more" if len(captions) > _CAPTIONS else ""
        remarks.append(f"Taken from: {'; '.join(list(captions)[:_CAPTIONS])}{more}.")
    given = {int(year) for title in table.columns for year in re.findall(r"(?:19|20)\d\d", title)}
    missing = [year for year in request.years if year not in given]
    if missing and request.columns != "edition" and len(missing) < 40:
        told = ", ".join(map(str, missing))
        remarks.append(f"Years for which nothing was found: {told}.")
    if any(value is None for row in table.rows for value in row.values):
        remarks.append(f'"{NOT_GIVEN}" marks what the sources that were found do not give.')
    return tuple(remarks)


def _absent(request: TableRequest, table: Composed) -> list[str]:
    """Return the measures and names of a request of which no figure came into a table."""
    shown = [value.chosen for row in table.rows for value in row.values if value]
    measures = {measure for one in shown for measure in measure_said(request, one)}
    absent: list[str] = []
    for measure in request.measures:
        if len(request.measures) > 1 and measure not in measures:
            told = [w for w in request.measure_words.split() if measures_of(w) & measure]
            absent.append(" ".join(told).lower())
    names = {name for one in shown for name in (*one.actors, *one.goods)}
    for wanted in (request.actors, request.goods):
        if len(wanted) > 1:
            absent += [name_of(name) for name in wanted if name not in names]
    return [words for words in absent if words]
