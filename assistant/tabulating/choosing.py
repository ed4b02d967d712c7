"""Which figures make a table: of one unit and basis, of the best tables, the newest in a cell."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from assistant.tabulating.figures import OTHERS, WORLD, Figure, is_by_measure, is_of_land
from assistant.tabulating.request import is_by_edition, row_groups
from corpus.document import Rank
from corpus.facts import Absent, Query
from corpus.language.measures import has_nature, names_of_nature
from corpus.language.quantities import Quantity
from corpus.language.units import is_convertible
from corpus.language.words import fold
from index.facts.ledger import is_newer_edition, same_value
from index.ranking.signals import DATA_FILES

_RANKS: tuple[str, ...] = get_args(Rank)
_ENOUGH_CELLS = 6  # of a table, for its rank to count before its size
_FEW_ROWS = 3  # of tables, from which on sentences add none
_OTHERS = 3  # further values that a cell names
_OXIDE = "reo"
_SLOTS_OF_MEASURE = slice(0, 4)  # of a fit: how near the measure is
UnitKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Value:
    """The figure of one cell, and those that differ from it, the newest first."""

    chosen: Figure
    others: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The figures of a table by row and column, its unit, and the units that were left out."""

    values: Mapping[tuple[tuple[str, ...], tuple[str, ...]], Value]
    unit: UnitKey
    left_out: tuple[str, ...]


def choose(query: Query, figures: Sequence[Figure]) -> Chosen:
    """Return the figures that make the table which is asked for."""
    best = min((one.fit[_SLOTS_OF_MEASURE] for one in figures), default=())
    figures = [one for one in figures if one.fit[_SLOTS_OF_MEASURE] == best]
    figures = _of_one_kind(query, _without_extras(query, _of_tables(query, figures)))
    figures = _of_asked_time(query, _of_last_time(query, figures))
    groups = _by_unit(figures)
    if not groups:
        return Chosen({}, ("", ""), ())
    merits = {unit: _merit(query, unit, of) for unit, of in groups.items()}
    unit = max(groups, key=lambda one: merits[one])
    kept = _of_best_tables(query, groups[unit])
    if query.parts and not row_groups(query):
        kept = [one for part in _by_part(query, groups) for one in _of_best_tables(query, part)]
    rows = {one.row for one in kept}
    kept += [one for one in figures if unit_key(one) is None and (one.row in rows or not rows)]
    kept = _split(query, _of_one_time(query, kept))
    sizes = Counter(one.table for one in kept)
    cells: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Figure]] = defaultdict(list)
    for one in kept:
        cells[one.row, one.column].append(one)
    shown = {unit, *(unit_key(one) for one in kept)}
    left = dict.fromkeys(
        " ".join(filter(None, other))
        for other, of in groups.items()
        if other[0] and other not in shown and {one.row for one in of} & rows
    )
    return Chosen({key: _value(of, sizes) for key, of in cells.items()}, unit, tuple(left))


def _of_tables(query: Query, figures: Sequence[Figure]) -> list[Figure]:
    """Return figures without sentences for rows that tables have, or where these have enough."""
    tabled = {one.row for one in figures if one.fact.is_cell}
    enough = len(tabled) >= _FEW_ROWS and bool(row_groups(query))
    return [
        one
        for one in figures
        if one.fact.is_cell or not (enough or one.row in tabled or one.fact.rest)
    ]


def _without_extras(query: Query, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that name least beyond what is asked for, by part of a question."""
    least: dict[str, int] = {}
    for one in figures:
        part = _part(query, one)
        least[part] = min(least.get(part, len(one.extras)), len(one.extras))
    return [one for one in figures if len(one.extras) == least[_part(query, one)]]


def _of_one_kind(query: Query, figures: Sequence[Figure]) -> list[Figure]:
    """Return figures of lands alone or of companies alone, whichever give more rows.

    "Who" asks for either, and what a company makes is part of what its land does.
    """
    if "who" not in query.group_by:
        return list(figures)
    kinds: dict[bool, list[Figure]] = defaultdict(list)
    for one in figures:
        kinds[is_of_land(one)].append(one)
    return max(kinds.values(), key=lambda of: len({one.row for one in of}), default=[])


def _of_last_time(query: Query, figures: Sequence[Figure]) -> list[Figure]:
    """Return figures of the last time that all parts of a comparison have one of, if none is asked.

    Figures of unlike units are no comparison, so that a time must have them in one; what is
    planned is no last time.
    """
    is_open = query.operation == "compare" and not (query.periods or row_groups(query))
    if not (is_open and len(query.parts) > 1) or is_by_edition(query) or is_by_measure(query):
        return list(figures)
    ahead = names_of_nature("ahead")
    firm = [one for one in figures if one.fact.status not in ahead]
    times: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for unit, of in _by_unit(firm).items():
        for one in of:
            times[(*one.column, *unit)].add(_part(query, one))
    whole = [key for key, parts in times.items() if len(parts) == len(query.parts)]
    last = max(whole, default=None)
    if last is None:
        return list(figures)
    return [one for one in firm if (*one.column, *(unit_key(one) or ())) == last]


def _of_asked_time(query: Query, figures: Sequence[Figure]) -> list[Figure]:
    """Return figures of the times that are asked for where all parts of a comparison have them.

    Beside the average of a year its days are other figures.
    """
    times = () if row_groups(query) or query.operation != "compare" else query.periods
    exact = [one for one in figures if one.fact.period in times]
    compared = {_part(query, one) for one in figures}
    return exact if {_part(query, one) for one in exact} == compared else list(figures)


def _by_part(query: Query, groups: Mapping[UnitKey, list[Figure]]) -> list[list[Figure]]:
    """Return for each part of a question the figures of the unit that gives most of them.

    Two companies may count in their own ways; their rows tell it.
    """
    parts: dict[str, dict[UnitKey, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for unit, figures in groups.items():
        for one in figures:
            parts[_part(query, one)][unit].append(one)
    return [
        max(of.items(), key=lambda one: _merit(query, one[0], one[1]))[1] for of in parts.values()
    ]


def _part(query: Query, one: Figure) -> str:
    return one.row[0] if query.parts else ""


# -- units


def _by_unit(figures: Iterable[Figure]) -> dict[UnitKey, list[Figure]]:
    groups: dict[UnitKey, list[Figure]] = {}
    for one in figures:
        if (unit := unit_key(one)) is not None:
            alike = (u for u in groups if u[1] == unit[1] and is_convertible(u[0], unit[0]))
            groups.setdefault(next(alike, unit), []).append(one)
    return groups


def unit_key(one: Figure) -> UnitKey | None:
    """Return unit and basis of a figure; oxide is what is mined counted as, also unsaid."""
    fact = one.fact
    if not isinstance(fact.value, Quantity):
        return None
    basis = fact.basis
    if not basis and has_nature(fact.measure, "counted as oxide"):
        basis = _OXIDE.upper()
    if fact.value.dimension == "share":
        basis = ""
    return fact.value.unit, basis


def _merit(query: Query, unit: UnitKey, figures: Sequence[Figure]) -> tuple[bool, bool, int, int]:
    """Return how well figures of one unit fill a table."""
    wanted = bool(query.unit) and is_convertible(unit[0], query.unit)
    basis = bool(query.wanted.basis) and fold(query.wanted.basis) == fold(unit[1])
    cells = {(one.row, one.column) for one in figures}
    official = sum(one.found.source.rank == "official" for one in figures)
    return wanted, basis, len(cells), official


# -- rows and times


def _of_best_tables(query: Query, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures of the rows that the best table of each part has.

    Rows of other tables are of other specifications, and would repeat it; by country or company
    each table may add rows.
    """
    if row_groups(query) and not _is_by_label(query):
        return list(figures)
    tables: dict[str, dict[tuple[str, int, str], list[Figure]]] = defaultdict(dict)
    for one in figures:
        tables[_part(query, one)].setdefault(one.table, []).append(one)
    rows: set[tuple[str, ...]] = set()
    for of_part in tables.values():
        best = max(of_part.values(), key=_table_merit)
        rows |= {one.row for one in best}
    return [one for one in figures if one.row in rows]


def _is_by_label(query: Query) -> bool:
    return bool({*row_groups(query)} - {"place", "subject", "who", "material"})


def _table_merit(figures: Sequence[Figure]) -> tuple[int, int, int, int, str]:
    cells = len({(one.row, one.column) for one in figures})
    first = figures[0]
    enough = min(cells, _ENOUGH_CELLS)
    last = max(one.column[-1] for one in figures)  # of two as good the one that goes on longer
    return enough, _rank(first), cells, -min(sum(one.fit) for one in figures), last


def _of_one_time(query: Query, figures: Sequence[Figure]) -> list[Figure]:
    """Return figures that are dated, or those that are not, whichever the better sources give."""
    if is_by_edition(query) or is_by_measure(query):
        return list(figures)
    if query.periods and any(one.title for one in figures):
        single = [one for one in figures if one.title and not _is_span(one)]
        return single or [one for one in figures if one.title]
    kinds: dict[bool, list[Figure]] = defaultdict(list)
    for one in figures:
        kinds[bool(one.title)].append(one)
    return max(
        kinds.values(),
        key=lambda of: (max(map(_rank, of)), len({(one.row, one.column) for one in of})),
        default=[],
    )


def _split(query: Query, figures: Sequence[Figure]) -> list[Figure]:
    """Return figures in a row for each line of a table that gives several for one time.

    Lines that the reader did not tell apart are told apart by their labels, or left out where
    another table has but one.
    """
    if row_groups(query) or is_by_measure(query):
        return list(figures)
    cells: dict[tuple[object, ...], set[tuple[str, ...]]] = defaultdict(set)
    for one in figures:
        if one.fact.is_cell:
            cells[one.table, one.row, one.column, _edition(one)].add(_line(one))
    unclear = {key[:2] for key, lines in cells.items() if len(lines) > 1}
    clear = {row for table, row, _, _ in cells if (table, row) not in unclear}
    figures = [
        one for one in figures if (one.table, one.row) not in unclear or one.row not in clear
    ]
    split = {row for _, row in unclear if row not in clear}
    return [_of_line(one) if one.row in split else one for one in figures]


def _line(one: Figure) -> tuple[str, ...]:
    """Return the labels of a cell that are no time: its line, or its column where lines are."""
    table = one.fact.table
    is_time = one.title and any(one.title in label for label in table.row)
    return table.column if is_time else table.row


def _of_line(one: Figure) -> Figure:
    labels = [label for label in _line(one) if label]
    return replace(one, row=(*one.row, *map(fold, labels)), head=", ".join(labels) or one.head)


def _is_span(one: Figure) -> bool:
    text = one.column[-1]
    return "/" in text and not text.startswith("P")


# -- cells


def _value(figures: Sequence[Figure], sizes: Mapping[tuple[str, int, str], int]) -> Value:
    """Return what a cell shows of all figures for it, and what newer or other sources say."""
    fit = min(one.fit for one in figures)
    fitting = [one for one in figures if one.fit == fit]
    best = fitting[0]
    for one in fitting[1:]:
        if _is_better(one, best, sizes):
            best = one
    alike = [one for one in fitting if _is_same_in_print(one, best)]
    best = max(alike, key=lambda one: (_rank(one), _is_printed(one), sizes[one.table]))
    others: dict[str, Figure] = {}
    for one in sorted(figures, key=lambda one: _edition_order(one), reverse=True):
        is_rival = one.found.same == best.found.same and not same_value(one.fact, best.fact)
        if is_rival and not isinstance(one.fact.value, Absent):
            others.setdefault(str(one.fact.value), one)
    return Value(best, tuple(others.values())[:_OTHERS])


def _is_better(one: Figure, other: Figure, sizes: Mapping[tuple[str, int, str], int]) -> bool:
    if _rank(one) != _rank(other):
        return _rank(one) > _rank(other)
    if is_newer_edition(one.found, other.found):
        return True
    if is_newer_edition(other.found, one.found):
        return False
    return _print_order(one, sizes) > _print_order(other, sizes)


def _print_order(
    one: Figure, sizes: Mapping[tuple[str, int, str], int]
) -> tuple[bool, str, bool, int]:
    dated = "" if _edition(one) else one.found.source.published
    return bool(_edition(one)), dated, _is_printed(one), sizes[one.table]


def _is_printed(one: Figure) -> bool:
    return one.found.source.file_type not in DATA_FILES


def _is_same_in_print(one: Figure, best: Figure) -> bool:
    """Tell whether a figure is the best one again, of its edition or of none that is named."""
    return one.fact.value == best.fact.value and _edition(one) in ("", _edition(best))


def _edition(one: Figure) -> str:
    return one.fact.edition or one.found.source.edition


def _edition_order(one: Figure) -> tuple[str, str]:
    return _edition(one), one.found.source.published


def _rank(one: Figure) -> int:
    return -_RANKS.index(one.found.source.rank)


def is_total(row: Sequence[str]) -> bool:
    """Tell whether a row is of the world, of all that other rows are of."""
    return WORLD in row


def is_rest(row: Sequence[str]) -> bool:
    """Tell whether a row holds what others leave."""
    return OTHERS in row
