"""Which figures a table takes: of which unit and tables, and in each cell which of several.

An official source goes before others, a newer edition before an older; figures are never averaged.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from assistant.tabulating.observation import Observation
from assistant.tabulating.placing import Placed
from assistant.tabulating.request import TableRequest
from assistant.tabulating.selecting import measure_said
from assistant.tabulating.subjects import subjects_of
from corpus.document import Rank
from corpus.figures import figures_differ
from index.signals import DATA_FILES
from index.wording import stem

_RANKS: tuple[str, ...] = get_args(Rank)
_DASHES = frozenset(("—", "–", "--", "-"))  # printed for zero
_RECENT_YEARS = 6  # before the latest that is spoken of
_ENOUGH_CELLS = 6  # of a table, for its rank to count before its size
_OTHERS = 3  # further values that a cell names


@dataclass(frozen=True, slots=True)
class Value:
    """The figure of one cell, and those that differ from it, the newest first."""

    chosen: Observation
    others: tuple[Observation, ...] = ()


def of_one_time(request: TableRequest, placed: Sequence[Placed]) -> list[Placed]:
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


def strength(
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


def of_best_tables(request: TableRequest, placed: Sequence[Placed], latest: int) -> list[Placed]:
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
    first_head = " ".join(context.header[:1]).lower()
    named = sum(
        (word.rstrip("s") in heads) + (word.rstrip("s") in first_head) for word in request.row_words
    )
    cells = _weight(of, latest)
    exact = any(_is_exact(request, one) for one in of)
    return named, min(cells, _ENOUGH_CELLS), exact, _rank_of(first), cells, -first.table.rank


def value_of(found: Sequence[Observation], sizes: Mapping[int, int]) -> Value | None:
    """Return what a cell shows of all figures for it, None where there is none.

    `sizes` are how many figures each table gives, by the ids of the tables: of equal figures that
    of the larger table is shown, so that few rows are cited.
    """
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


def _preference(one: Observation) -> tuple[int, tuple[int, ...], str, bool]:
    """Return what makes a figure the one to show: an official source, then the newest edition.

    Of no edition the date decides. Figures of a data file have not the form they are printed in.
    """
    dated = "" if one.edition.year else one.source.published
    return _rank_of(one), one.edition.rank, dated, _is_printed(one)


def order_of_table(one: Observation) -> tuple[int, int]:
    """Return what makes a table the one whose order of rows is taken."""
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
