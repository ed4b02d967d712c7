"""Facts of the ledger as figures that may stand side by side: rows, a pivot, series of one kind.

Figures of different measures, units or bases are never put into one pivot or one series.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.facts import Argument, Fact
from corpus.language.measures import measure_named, names_of_nature
from corpus.language.periods import Period
from corpus.language.quantities import Quantity
from index.facts import Conflict, FoundFacts, LedgerFact, same_value
from index.storage.fact_rows import is_whole, name_key

Standing = Literal["current", "superseded", "conflicting"]
SeriesBy = Literal["period", "entity", "edition"]

_UNNAMED = "not named"
UNDATED = "no period"
_LEADING = ("subject", "operator", "owner", "place", "origin", "material")
_PLAIN = ("subject", "material", "place", "operator")


@dataclass(frozen=True, slots=True)
class FigureKind:
    """What figures must have in common to stand side by side; `terms` are their other slots."""

    measure: str
    unit: str
    basis: str
    terms: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The kind in words: "mine production, t, REO"."""
        return ", ".join(filter(None, (self.measure, self.unit, self.basis, *self.terms)))


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact of the ledger with what it is put into rows, columns and series by.

    `rivals` are what others say in its place: the newer edition, or those that contradict it.
    """

    found: LedgerFact
    kind: FigureKind
    entity: str
    period: str
    edition: str
    standing: Standing = "current"
    rivals: tuple[LedgerFact, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether it can be drawn: its value is a number or a range."""
        return isinstance(self.found.fact.value, Quantity)

    @property
    def number(self) -> float:
        """Its value, of a range the middle; 0 where it has none."""
        value = self.found.fact.value
        return value.value if isinstance(value, Quantity) else 0.0

    @property
    def is_firm(self) -> bool:
        """Whether it is reported, and no estimate, forecast or plan."""
        status = self.found.fact.status
        return status in names_of_nature("firm") and status != "estimated"


@dataclass(frozen=True, slots=True)
class FoundFigures:
    """What a look-up found, and its facts as figures: those that fit, else what may be meant."""

    found: FoundFacts
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class PivotRow:
    """An entity with its figures by period; a cell of several holds values that disagree."""

    entity: str
    cells: tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True, slots=True)
class Pivot:
    """Figures of one kind: rows by entity, columns by period."""

    kind: FigureKind
    periods: tuple[str, ...]
    rows: tuple[PivotRow, ...]


def figures_of(facts: Iterable[LedgerFact], conflicts: Iterable[Conflict]) -> tuple[Figure, ...]:
    """Return facts as figures, in their order, with what stands against each."""
    disputed: dict[str, tuple[LedgerFact, ...]] = {}
    for conflict in conflicts:
        disputed |= {one.same: conflict.facts for one in conflict.facts}
    return tuple(_figure_of(one, disputed.get(one.same, ())) for one in facts)


def kinds_of(figures: Iterable[Figure]) -> tuple[FigureKind, ...]:
    """Return the kinds of those figures that are numbers, first what fills most of a pivot."""
    places = {(one.kind, one.entity, one.period): None for one in figures if one.is_number}
    counted = Counter(kind for kind, _, _ in places)
    return tuple(kind for kind, _ in counted.most_common())


def pivot(figures: Iterable[Figure], kind: FigureKind) -> Pivot:
    """Return the figures of one kind by entity and period, the largest entity of the last first.

    A superseded value stands in a cell only where there is no other.
    """
    cells: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    periods: dict[str, Period | None] = {}
    for figure in figures:
        if figure.is_number and figure.kind == kind:
            cells[figure.entity, figure.period].append(figure)
            periods[figure.period] = figure.found.fact.period
    columns = sorted(periods, key=lambda text: _end(periods[text]))
    kept = {place: _one_of_each_value(held) for place, held in cells.items()}
    rows = [
        PivotRow(entity, tuple(kept.get((entity, period), ()) for period in columns))
        for entity in dict.fromkeys(entity for entity, _ in cells)
    ]
    return Pivot(kind, tuple(columns), tuple(sorted(rows, key=_last_value, reverse=True)))


def series(
    figures: Sequence[Figure], kind: FigureKind, by: SeriesBy, period: str = ""
) -> tuple[Figure, ...]:
    """Return the figures of one kind to be drawn by period, by entity or by edition, in order.

    By entity and edition they are of one `period`; by edition superseded values stand, too. What
    has no period is in no series by period.
    """
    if by == "edition":
        return tuple(_by_edition(figures, kind, period))
    table = pivot(figures, kind)
    shown = [one for one in table.periods if one != UNDATED] if by == "period" else [period]
    return tuple(
        figure
        for at, column in enumerate(table.periods)
        if column in shown
        for row in table.rows
        for figure in row.cells[at]
    )


def _figure_of(one: LedgerFact, disputed: Sequence[LedgerFact]) -> Figure:
    fact = one.fact
    others = tuple(rival for rival in disputed if not same_value(rival.fact, fact))
    standing: Standing = "conflicting" if others else "current"
    return Figure(
        found=one,
        kind=_kind_of(fact),
        entity=_entity_of(fact),
        period=fact.period.text if fact.period else UNDATED,
        edition=fact.edition or one.source.edition,
        standing="superseded" if one.newer else standing,
        rivals=(one.newer,) if one.newer else others,
    )


def _kind_of(fact: Fact) -> FigureKind:
    unit = fact.value.unit if isinstance(fact.value, Quantity) else ""
    change = f"change {fact.change.against}".strip() if fact.change else ""
    of = f"of {fact.of}" if fact.of else ""
    part = f"part of {fact.part_of}" if fact.part_of else ""
    stage = "" if fact.stage == measure_named(fact.measure).stage else fact.stage
    terms = (stage, of, fact.scope, fact.price_basis, fact.statistic, part, change)
    return FigureKind(fact.measure, unit, fact.basis, tuple(filter(None, terms)))


def _entity_of(fact: Fact) -> str:
    """Return who and what a fact is of, the same for the same things in another order.

    Rare earths as a whole are named only where nothing else is; what a value of them is left out
    of, and grades, are told, since they make another thing of it.
    """
    named = sorted(fact.arguments, key=lambda one: (_rank(one), name_key(one.name)))
    told = [one for one in named if not is_whole(one.name)] or named[:1]
    names = dict.fromkeys(filter(None, (*map(_told, told), fact.specification, *fact.rest)))
    return "; ".join(names) or _UNNAMED


def _rank(argument: Argument) -> int:
    return _LEADING.index(argument.role) if argument.role in _LEADING else len(_LEADING)


def _told(argument: Argument) -> str:
    name = argument.name
    is_said = not name.form or name.text.endswith(name.form)
    text = name.text if is_said else f"{name.text} {name.form}"
    return text if argument.role in _PLAIN else f"{text} ({argument.role})"


def _one_of_each_value(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    current = [one for one in figures if one.standing != "superseded"] or figures
    kept: list[Figure] = []
    for figure in current:
        if not any(same_value(figure.found.fact, one.found.fact) for one in kept):
            kept.append(figure)
    return tuple(kept)


def _by_edition(figures: Sequence[Figure], kind: FigureKind, period: str) -> Iterator[Figure]:
    """Yield one figure a value that an edition gives, the oldest edition first."""
    voices: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        is_drawn = figure.is_number and figure.kind == kind and figure.period == period
        if is_drawn and figure.edition:
            voices[figure.edition, figure.entity].append(figure)
    for place in sorted(voices):
        yield from _one_of_each_value(voices[place])


def _end(period: Period | None) -> tuple[str, str]:
    if period is None:
        return "", ""
    return period.last or period.first or f"{period.year:04}-12-31", period.text


def _last_value(row: PivotRow) -> tuple[int, float]:
    """Return a key by the last period in which a row has a figure, and by how much."""
    for at in range(len(row.cells) - 1, -1, -1):
        for figure in row.cells[at]:
            value = figure.found.fact.value
            return at, value.value if isinstance(value, Quantity) else 0.0
    return -1, 0.0
