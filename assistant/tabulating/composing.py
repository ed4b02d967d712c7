"""A table from chosen figures: rows and columns in order, what comes first, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer.answer_table import NOT_GIVEN
from assistant.tabulating.choosing import Chosen, UnitKey, Value, choose, is_rest, is_total
from assistant.tabulating.figures import Figure, own_name, part_key
from assistant.tabulating.request import is_by_edition, row_groups, single_periods
from corpus.facts import Query
from corpus.language.quantities import Quantity, keeps_to
from corpus.language.units import is_convertible
from index.facts.ledger import same_value
from index.storage.fact_rows import name_key

_ROWS = 60
_RANKED = 10  # rows of a ranking that does not say how many
_FEWEST_PARTS = 3  # of a row that is their sum
_ROUNDING = 0.002
_CAPTIONS = 4  # of source tables, are named
_MANY_YEARS = 40  # without a figure are not named one by one


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures by their columns; None where the sources give nothing.

    `is_sum` tells that its figures are those of all other rows together.
    """

    key: tuple[str, ...]
    head: str
    values: tuple[Value | None, ...]
    is_sum: bool = False

    @property
    def is_ranked(self) -> bool:
        """Whether it is one of those that are ranked: no total and no rest."""
        return not (self.is_whole or is_rest(self.key))

    @property
    def is_whole(self) -> bool:
        """Whether it is the total of the others: the world, or "Consolidated" of segments."""
        return self.is_sum or is_total(self.key)


@dataclass(frozen=True, slots=True)
class Composed:
    """Figures in rows and columns, with what was left out of them."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    unit: UnitKey = ("", "")
    remarks: tuple[str, ...] = ()

    @property
    def figures(self) -> int:
        """How many cells have a figure, no sign or word in its place."""
        values = (value for row in self.rows for value in row.values if value)
        return sum(isinstance(value.chosen.fact.value, Quantity) for value in values)


def compose(query: Query, figures: Sequence[Figure]) -> Composed:
    """Return the table that the figures make; without rows if they make none."""
    without = {name_key(name) for name in query.without}
    chosen = choose(query, [f for f in figures if not without & {*map(name_key, f.fact.named())}])
    if not chosen.values:
        return Composed((), ())
    titles: dict[tuple[str, ...], str] = {}
    for one in figures:
        titles.setdefault(one.column, one.title)
    columns = _told_columns(query, chosen)
    rows = _with_sums(_rows(query, chosen, columns), chosen.unit[0])
    rows = _wanted(query, rows, chosen.unit)
    kept = [at for at in range(len(columns)) if any(row.values[at] for row in rows)]
    rows = [replace(r, values=tuple(r.values[at] for at in kept)) for r in rows]
    table = Composed(tuple(titles[columns[at]] for at in kept), tuple(rows), chosen.unit)
    return Composed(table.columns, table.rows, table.unit, _remarks(query, chosen, table))


def _told_columns(query: Query, chosen: Chosen) -> list[tuple[str, ...]]:
    """Return the columns in order: of an edition its versions, where these say all that it says."""
    columns = sorted({column for _, column in chosen.values})
    if not is_by_edition(query):
        return columns
    kept = []
    for one in columns:
        versions = [other for other in columns if other[-1].startswith(f"{one[-1]} ")]
        rows = {row for row, column in chosen.values if column == one}
        in_versions = {row for row, column in chosen.values if column in versions}
        if not versions or rows - in_versions:
            kept.append(one)
    return kept


def amount(value: Value | None, unit: str) -> float | None:
    """Return the number of a cell in the unit of its table; None where it has none."""
    said = value.chosen.fact.value if value else None
    if not isinstance(said, Quantity) or not is_convertible(said.unit, unit):
        return None
    return said.in_unit(unit).value if said.unit != unit else said.value


def _rows(query: Query, chosen: Chosen, columns: Sequence[tuple[str, ...]]) -> list[Row]:
    """Return the rows, those of what is named in its order, others as the newest source has them.

    The rest and the total stand last.
    """
    heads: dict[tuple[str, ...], str] = {}
    places: dict[tuple[str, ...], tuple[str, ...]] = {}
    for (row, _), value in sorted(chosen.values.items(), key=lambda one: _print_place(one[1])):
        head = value.chosen.head
        if row not in heads or len(head) < len(heads[row]):
            heads[row] = head
        places.setdefault(row, _print_place(value))
    filled = [
        Row(key, heads[key], tuple(chosen.values.get((key, column)) for column in columns))
        for key in heads
    ]
    named = [one.wanted for one in query.parts]
    if named and not row_groups(query):
        return filled if len({row.key[0] for row in filled}) < 2 else _as_named(query, filled)
    return sorted(filled, key=lambda row: (is_total(row.key), is_rest(row.key)))


def _with_sums(rows: Sequence[Row], unit: str) -> list[Row]:
    """Return rows, the one that is the sum of the others marked and last."""
    marked = [replace(row, is_sum=_is_sum(row, rows, unit)) for row in rows]
    return sorted(marked, key=lambda row: row.is_sum)


def _is_sum(row: Row, rows: Sequence[Row], unit: str) -> bool:
    """Tell whether each figure of a row is the sum of the others in its column, rounded."""
    others = [one for one in rows if one is not row]
    columns = [at for at, value in enumerate(row.values) if amount(value, unit) is not None]
    for at in columns:
        given = [told for one in others if (told := amount(one.values[at], unit)) is not None]
        own = amount(row.values[at], unit) or 0.0
        if len(given) < _FEWEST_PARTS or abs(own - sum(given)) > _ROUNDING * abs(own):
            return False
    return bool(columns) and len(others) >= _FEWEST_PARTS


def _print_place(value: Value) -> tuple[str, ...]:
    one = value.chosen
    edition = one.fact.edition or one.found.source.edition
    newest = "".join(chr(0x10FFFF - ord(sign)) for sign in edition)
    return newest, f"{one.fact.place.page:06}", f"{one.fact.place.start:09}"


def _as_named(query: Query, rows: Sequence[Row]) -> list[Row]:
    order: dict[str, int] = {}
    for part in query.parts:
        own = own_name(query, part)
        order.setdefault(part_key(own) if own else part.wanted.measure, len(order))
    return sorted(rows, key=lambda row: order.get(row.key[0], len(order)))


def _wanted(query: Query, rows: Sequence[Row], unit: UnitKey) -> list[Row]:
    """Return the rows that are asked for: the first of a ranking, or those that changed."""
    if query.order in ("changed", "rose", "fell"):
        return [row for row in rows if row.is_ranked and _went(query, row, unit[0])]
    is_ranking = query.order in ("largest", "smallest") and bool(row_groups(query))
    if not (is_ranking or query.operation == "rank"):
        return list(rows[:_ROWS])
    columns = len(rows[0].values) if rows else 0
    filled = [sum(row.values[at] is not None for row in rows) for at in range(columns)]
    at = max(range(columns), key=lambda at: (filled[at] > 1, at), default=0)

    def size(row: Row) -> float:
        return amount(row.values[at], unit[0]) or 0.0

    is_rising = query.order == "smallest"
    ranked = [row for row in rows if row.is_ranked and amount(row.values[at], unit[0]) is not None]
    ranked.sort(key=size, reverse=not is_rising)
    totals = [row for row in rows if row.is_whole and row.values[at]]
    most = query.most if query.most > 1 else _RANKED
    if query.limit:
        ranked = [row for row in ranked if _keeps_to(row.values[at], query.limit)]
        totals, most = [], _ROWS
    if not query.periods and not is_by_edition(query):  # the newest alone is ranked
        only = tuple(index == at for index in range(columns))
        ranked, totals = ([_of_columns(row, only) for row in of] for of in (ranked, totals))
    return [*ranked[:most], *totals]


def _keeps_to(value: Value | None, limit: Quantity) -> bool:
    said = value.chosen.fact.value if value else None
    return isinstance(said, Quantity) and keeps_to(said, limit)


def _of_columns(row: Row, kept: Sequence[bool]) -> Row:
    values = tuple(v if keep else None for v, keep in zip(row.values, kept, strict=True))
    return replace(row, values=values)


def _went(query: Query, row: Row, unit: str) -> bool:
    """Tell whether the last figure of a row differs from its first as is asked."""
    given = [value for value in row.values if value]
    if len(given) < 2:
        return False
    first, last = amount(given[0], unit), amount(given[-1], unit)
    if first is None or last is None:
        return query.order == "changed" and (first is None) != (last is None)
    if same_value(given[0].chosen.fact, given[-1].chosen.fact):
        return False
    return query.order == "changed" or (query.order == "rose") == (last > first)


def _remarks(query: Query, chosen: Chosen, table: Composed) -> tuple[str, ...]:
    remarks = []
    if query.unit and not is_convertible(chosen.unit[0], query.unit):
        remarks.append("The sources do not give these figures in the unit asked for.")
    if absent := _absent(query, table):
        remarks.append(f"Asked for, and not in this table: {', '.join(absent)}.")
    if chosen.left_out:
        told = "; ".join(chosen.left_out[:3])
        remarks.append(f"Left out, as of another unit or basis: {told}.")
    remarks += _taken_from(table)
    missing = [text for text in single_periods(query) if not _has_time(table, text)]
    if missing and not is_by_edition(query) and len(missing) < _MANY_YEARS and table.columns:
        remarks.append(f"Years for which nothing was found: {', '.join(missing)}.")
    if any(value is None for row in table.rows for value in row.values):
        remarks.append(f'"{NOT_GIVEN}" marks what the sources do not give.')
    return tuple(remarks)


def _has_time(table: Composed, text: str) -> bool:
    titles = [title for title in table.columns if title]
    periods = {
        value.chosen.fact.period
        for row in table.rows
        for value in row.values
        if value and value.chosen.fact.period
    }
    told = {period.text.removeprefix("FY") for period in periods}
    told |= {str(year) for period in periods for year in period.years}
    return not titles or text.removeprefix("FY") in told or any(text in t for t in titles)


def _absent(query: Query, table: Composed) -> list[str]:
    """Return the names and measures of a list of which no figure came into a table."""
    shown = {part for row in table.rows for part in row.key}
    own = [argument for part in query.parts if (argument := own_name(query, part))]
    absent = {part_key(a): f"{a.name.text} {a.name.form}".strip() for a in own}
    told = [text for key, text in absent.items() if key not in shown] if len(absent) > 1 else []
    measures = {part.wanted.measure for part in query.parts}
    if len(measures) > 1:
        shown |= {v.chosen.column[0] for row in table.rows for v in row.values if v}
        told += sorted(measures - shown)
    return told


def _taken_from(table: Composed) -> list[str]:
    captions = list(
        dict.fromkeys(
            " ".join(value.chosen.fact.table.caption.split())
            for row in table.rows
            for value in row.values
            if value and value.chosen.fact.table.caption
        )
    )
    more = f" and {len(captions) - _CAPTIONS} more" if len(captions) > _CAPTIONS else ""
    told = f"Taken from: {'; '.join(captions[:_CAPTIONS])}{more}"
    return [f"{told.rstrip('.')}."] if captions else []
