"""Comparing facts slot by slot: what is asked or claimed with what a source says.

What is not understood is unread, never equal: it makes nothing contradicted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.facts.fact import Absent, Argument, Day, Fact, Names, Query, Role
from corpus.language.measures import is_kind_of
from corpus.language.names import Name
from corpus.language.periods import Period, contains, same_period
from corpus.language.quantities import Quantity, same_quantity
from corpus.language.units import dimension, is_convertible
from corpus.language.words import fold

Relation = Literal["same", "implied", "coarser", "other", "missing", "unread"]

_TRADE: frozenset[Role] = frozenset(("origin", "destination"))
_PARTIES: frozenset[Role] = frozenset(("buyer", "seller", "lender", "borrower", "owner", "owned"))
_WHO: frozenset[Role] = frozenset(("subject", "operator", "owner", "seller", "borrower", "lender"))
_GROUPS = frozenset(("rare-earths", "lanthanides"))


@dataclass(frozen=True, slots=True)
class Differences:
    """How a fact stands to what is wanted, by slot, in the order of the slots."""

    relations: tuple[tuple[str, Relation], ...]

    def of(self, slot: str) -> Relation:
        """Return the relation of a slot; "same" where nothing was wanted of it."""
        return dict(self.relations).get(slot, "same")

    @property
    def others(self) -> tuple[str, ...]:
        """The slots in which the fact is another one."""
        return tuple(slot for slot, relation in self.relations if relation == "other")

    @property
    def open(self) -> tuple[str, ...]:
        """The slots that are wanted and not said, or not understood."""
        told = ("missing", "unread")
        return tuple(slot for slot, relation in self.relations if relation in told)


def compare(wanted: Fact | Query, fact: Fact) -> Differences:
    """Return how a fact stands to a wanted one, whose empty slots want nothing.

    Of a Query one of its periods is enough, and its unit must be one that the fact's can be given
    in.
    """
    if isinstance(wanted, Query):
        return Differences(tuple(_of_query(wanted, fact)))
    return Differences(tuple(relations_of(wanted, fact)))


def _of_query(query: Query, fact: Fact) -> Iterator[tuple[str, Relation]]:
    for slot, relation in relations_of(query.wanted, fact):
        if slot != "period" or not query.periods:
            yield slot, relation
    if query.periods:
        yield "period", _best(_period(period, fact) for period in query.periods)
    if query.unit and isinstance(fact.value, Quantity):
        is_same = is_convertible(fact.value.unit, query.unit) or (
            dimension(fact.value.unit) == dimension(query.unit)
        )
        yield "unit", "same" if is_same else "other"
    if query.value_kind == "date":
        yield "value", "same" if isinstance(fact.value, Day) else "other"
    elif query.value_kind == "names":
        yield "value", "same" if isinstance(fact.value, Names) else "other"


def relations_of(wanted: Fact, fact: Fact) -> Iterator[tuple[str, Relation]]:
    """Yield how a fact stands to a wanted one, slot by slot, that of the value last."""
    if wanted.measure:
        yield "measure", _measure(wanted.measure, fact)
    if wanted.stage:
        yield "stage", _words(wanted.stage, fact.stage)
    for argument in wanted.arguments:
        yield "arguments", _argument(argument, fact)
    if wanted.period:
        yield "period", _period(wanted.period, fact)
    for slot in ("basis", "scope", "specification", "price_basis", "statistic", "of"):
        said = getattr(wanted, slot)
        if said:
            yield slot, _words(said, getattr(fact, slot))
    if wanted.status != "reported":
        yield "status", "same" if wanted.status == fact.status else "other"
    if wanted.polarity != fact.polarity:
        yield "polarity", "other"
    if wanted.change:
        yield "change", _change(wanted, fact)
    elif fact.change and not isinstance(wanted.value, Absent):
        yield "change", "other"
    if not isinstance(wanted.value, Absent):
        yield "value", _value(wanted, fact)


def _measure(wanted: str, fact: Fact) -> Relation:
    if not fact.measure:
        return "unread"
    if wanted == fact.measure:
        return "same"
    if is_kind_of(fact.measure, wanted):
        return "implied"
    return "coarser" if is_kind_of(wanted, fact.measure) else "other"


def _argument(wanted: Argument, fact: Fact) -> Relation:
    """Compare one argument: in its role, where the role tells parties or ends of trade apart."""
    named = [a for a in fact.arguments if _may_stand(wanted.role, a.role)]
    best: Relation = "missing"
    for argument in named:
        relation = _name(wanted.name, argument.name)
        if relation in ("same", "implied"):
            return relation
        best = "other" if best == "missing" else best
        best = relation if relation == "coarser" else best
    return best


def _may_stand(wanted: Role, said: Role) -> bool:
    """Tell whether a name asked for in one role may stand in another in a fact."""
    if wanted == said:
        return True
    if wanted == "place":
        return said in _TRADE
    if wanted in _WHO and wanted == "subject":
        return said in _WHO or said in _PARTIES or said == "buyer"
    return wanted == "subject" and said == "place"


def _name(wanted: Name, said: Name) -> Relation:
    if wanted.key == said.key:
        return "same"
    same_thing = (wanted.id or fold(wanted.text)) == (said.id or fold(said.text))
    if same_thing:
        return "implied" if not wanted.form else "coarser" if not said.form else "other"
    if said.id in _GROUPS and wanted.is_material:
        return "coarser"
    return "other"


def _period(wanted: Period, fact: Fact) -> Relation:
    said = fact.period
    if said is None:
        return "missing"
    if same_period(wanted, said):
        return "same"
    if said.first and wanted.first and contains(wanted, said):
        return "implied" if _is_end(wanted, said) else "other"
    if contains(said, wanted):
        return "coarser"
    if not (said.first or said.last) and said.year == wanted.year and "FY" in said.text:
        return "coarser"
    return "other"


def _is_end(wanted: Period, said: Period) -> bool:
    """Tell whether a day is the end of the year that is asked for: a stock at its end."""
    return said.first == said.last and said.last == wanted.last


def _words(wanted: str, said: str) -> Relation:
    if not said:
        return "missing"
    if fold(wanted) == fold(said) or fold(wanted) in fold(said):
        return "same"
    return "other"


def _change(wanted: Fact, fact: Fact) -> Relation:
    if fact.change is None or wanted.change is None:
        return "other"
    same = wanted.change.kind == fact.change.kind and (
        not wanted.change.direction or wanted.change.direction == fact.change.direction
    )
    return "same" if same else "other"


def _value(wanted: Fact, fact: Fact) -> Relation:
    one, other = wanted.value, fact.value
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        if not one.unit or not other.unit:
            return "unread" if one.low != other.low else "same"
        return "same" if same_quantity(one, other) else "other"
    if isinstance(one, Day) and isinstance(other, Day):
        if same_period(one.date, other.date):
            return "same"
        return "implied" if contains(one.date, other.date) else "other"
    if isinstance(one, Names) and isinstance(other, Names):
        held = {name.key for name in other.names}
        return "same" if {name.key for name in one.names} <= held else "other"
    return "other" if type(one) is not type(other) else "unread"


def _best(relations: Iterator[Relation]) -> Relation:
    order: tuple[Relation, ...] = ("same", "implied", "coarser", "unread", "missing", "other")
    return min(relations, key=order.index)
