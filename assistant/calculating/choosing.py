"""Which facts of the ledger are the operands: of one row, table, source and edition if it can be.

A fact that names a segment, a product or a place that is not asked for is a part of what is, and no
operand. Figures on unlike bases are not put together; what stands in the way is said instead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import takewhile

from assistant.calculating.amounts import Unit, exact
from assistant.calculating.operands import Operands, Sought
from assistant.figures import FactSearch
from assistant.figures.labels import own_label
from corpus.facts import Absent, Argument, Fact, Query
from corpus.language.measures import find_terms, has_nature, measure_named
from corpus.language.names import Name
from corpus.language.quantities import Quantity
from corpus.language.units import dimension, is_convertible
from corpus.language.words import content_words, fold
from index.facts import LedgerFact
from index.storage.fact_rows import is_whole, name_key, singular_words
from index.wording import stem

_MOST = 20  # facts of one operand
_WORLD = Argument("place", Name("World", "world", "region"))
_OXIDES = frozenset(("reo", "treo", "oxide"))  # one basis under several names
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_SCALES = tuple(map(Decimal, ("1", "1e3", "1e6", "1e9")))


@dataclass(frozen=True, slots=True)
class Operand:
    """A fact with how its figure is printed: 12,060 of the unit "million US$"."""

    found: LedgerFact
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    unit: Unit = field(default=Unit())

    @property
    def value(self) -> Decimal:
        """The figure, of a range its middle."""
        return self.low if self.low == self.high else (self.low + self.high) / 2

    @property
    def edition(self) -> str:
        """The edition that gives it."""
        return self.found.fact.edition or self.found.source.edition


@dataclass(frozen=True, slots=True)
class Choice:
    """The operands chosen, by the order of what was sought, with what was not found.

    `obstacle` says why they cannot be put together, "" where they can.
    """

    operands: tuple[Operand, ...] = ()
    missing: tuple[Sought, ...] = ()
    obstacle: str = ""


def choose(operands: Operands, search: FactSearch, takes_middle: bool) -> Choice:
    """Find the facts for all operands and choose those that belong together best."""
    found = [find_operand(sought.query, search) for sought in operands.sought]
    whole = operands.sought[-1].query
    if operands.over == "whole" and not found[-1] and whole.editions:  # another tells it all
        freed = replace(whole, editions=(), wanted=replace(whole.wanted, edition=""))
        found[-1] = find_operand(freed, search)
    if operands.over == "line":  # whose whole is no line itself
        found[1:] = [tuple(one for one in facts if _is_of_all(one.fact)) for facts in found[1:]]
    missing = tuple(s for s, facts in zip(operands.sought, found, strict=True) if not facts)
    if missing:
        return Choice(tuple(_operand(facts[0]) for facts in found if facts), missing)
    if takes_middle:
        found = [tuple(sorted(facts, key=lambda one: _is_exact(one.fact))) for facts in found]
    chosen = max(_combinations(found), key=lambda facts: _worth(facts, takes_middle))
    if rival := _rival(chosen, found):
        return Choice(tuple(map(_operand, chosen)), obstacle=rival)
    taken = tuple(map(_operand, chosen))
    return Choice(taken, obstacle=_obstacle(operands.sought, taken, takes_middle))


def find_operand(query: Query, search: FactSearch) -> tuple[LedgerFact, ...]:
    """Return the facts that are what a query asks for, and no part of it, the best first."""
    for asked in _less_and_less(query):
        facts = search.find_in_words(asked, _MOST).facts
        fit = tuple(one for one in facts if _is_operand(asked, one))
        if fit:
            return fit
    return ()


def one_operand(facts: Sequence[LedgerFact]) -> Operand:
    """Return the best of some facts as an operand: a cell before a sentence, which may round."""
    return _operand(max(facts, key=lambda one: bool(one.fact.table.row)))


def _less_and_less(query: Query) -> Iterator[Query]:
    """Yield a query, then without what a fact may leave unsaid.

    That is the rare earths as a whole, and at which stage they are counted where it is the usual
    one: "production" of a country is that of its mines. Of nobody it is the world's.
    """
    wanted = query.wanted
    if not wanted.arguments and has_nature(wanted.measure, "national"):
        yield replace(query, wanted=replace(wanted, arguments=(_WORLD,)))
    yield query
    kept = tuple(a for a in wanted.arguments if not is_whole(a.name) or a.role != "material")
    if len(kept) < len(wanted.arguments) and (kept or query.rest):
        yield replace(query, wanted=replace(wanted, arguments=kept))
    if has_nature(wanted.measure, "usual kind"):
        broader = measure_named(wanted.measure).broader
        yield replace(query, wanted=replace(wanted, measure=broader, stage=""))


def _is_operand(query: Query, found: LedgerFact) -> bool:
    fact = found.fact
    if fact.change or not fact.polarity or not isinstance(fact.value, Quantity | Absent):
        return False
    return says_all(query, fact) and not narrower_names(query, found)


def says_all(query: Query, fact: Fact) -> bool:
    """Tell whether all words that no slot of a query took stand in the labels or slots of a fact.

    Words that stand elsewhere in its sentence may be of another figure.
    """
    table = fact.table
    named = (argument.name.text for argument in fact.arguments)
    told = (*table.row, *table.column, table.caption, *named, fact.measure, fact.of, *fact.rest)
    said = {stem(word) for word in content_words(" ".join(told))}
    return all(stem(part) in said for word in query.rest for part in word.split())


def narrower_names(query: Query, found: LedgerFact) -> list[str]:
    """Return the names of a fact that make it a part of what is asked for, or another thing.

    A place beside the company that is asked for tells only where it is, and a publisher who says
    so; a segment that the words name in full is what is asked for.
    """
    fact = found.fact
    asked = {name_key(a.name) for a in query.wanted.arguments}
    roles = {a.role for a in query.wanted.arguments}
    said = singular_words(" ".join((*query.rest, query.wanted.measure)))
    is_of_all = not roles and has_nature(query.wanted.measure, "national")  # the world's
    return [
        a.name.text
        for a in fact.arguments
        if name_key(a.name) not in asked
        and not is_whole(replace(a.name, form=""))
        and not (a.role == "place" and "place" not in roles and not is_of_all)
        and not (a.role == "material" and not roles - {"place"} and fact.statistic == "total")
        and not (a.role in ("subject", "operator") and not roles)
        and not singular_words(a.name.text) <= said
        and a.name.text != found.source.publisher
    ]


# -- which belong together


def _combinations(
    found: Sequence[Sequence[LedgerFact]],
) -> Iterator[tuple[LedgerFact, ...]]:
    """Yield for each fact of the first operand those of the others that are nearest to it."""
    for first in found[0]:
        yield (
            first,
            *(max(facts, key=lambda one: _nearness(first, one)) for facts in found[1:]),
        )


def _nearness(one: LedgerFact, other: LedgerFact) -> tuple[object, ...]:
    return (
        isinstance(other.fact.value, Quantity),
        not _unlike(one.fact, other.fact),
        not other.is_superseded or _edition(one) == _edition(other),
        _place(one)[:1] == _place(other)[:1] and _edition(one) == _edition(other),
        _shared_places(one, other),
        other.source.rank == "official",
    )


def _shared_places(one: LedgerFact, other: LedgerFact) -> int:
    """Return how near two facts stand: 0 in two sources, 4 in one row."""
    pairs = zip(_place(one), _place(other), strict=True)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _place(one: LedgerFact) -> tuple[object, ...]:
    table = one.fact.table
    return (one.source.id, one.fact.place.page, table.caption, table.row)


def _edition(one: LedgerFact) -> str:
    return one.fact.edition or one.source.edition


def _worth(facts: Sequence[LedgerFact], takes_middle: bool) -> tuple[object, ...]:
    first = facts[0]
    return (
        all(isinstance(one.fact.value, Quantity) for one in facts),
        all(_is_exact(one.fact) != takes_middle for one in facts),
        not any(_unlike(first.fact, one.fact) for one in facts),
        -sum(one.is_superseded for one in facts),
        len({_edition(one) for one in facts}) == 1,
        min(_shared_places(first, one) for one in facts),
        all(one.source.rank in ("official", "filing") for one in facts),
        sum(bool(one.fact.table.row) for one in facts),
    )


def _is_exact(fact: Fact) -> bool:
    value = fact.value
    return isinstance(value, Quantity) and value.low == value.high and value.bound in "=~"


def _is_of_all(fact: Fact) -> bool:
    """Tell whether no label parts a fact from the whole that it stands under."""
    named = {name_key(argument.name) for argument in fact.arguments}
    label = own_label(fact, named)
    sums = {one.meaning for one in find_terms("statistics", label)}
    return not label or sums == {fact.statistic}


def _rival(chosen: Sequence[LedgerFact], found: Sequence[Sequence[LedgerFact]]) -> str:
    """Return that two figures of one table row and column fit one operand equally well."""
    for taken, facts in zip(chosen, found, strict=True):
        alike = [
            one
            for one in facts
            if _place(one) == _place(taken)
            and one.fact.table.row
            and replace(one.fact, value=taken.fact.value) == taken.fact
        ]
        if any(one.fact.value != taken.fact.value for one in alike):
            return "several figures of one table fit the question equally well"
    return ""


def _operand(found: LedgerFact) -> Operand:
    value = found.fact.value
    if not isinstance(value, Quantity):
        return Operand(found)
    scale = _scale(found, exact(value.low))
    unit = Unit(value.unit, scale, found.fact.basis)
    return Operand(found, exact(value.low) / scale, exact(value.high) / scale, unit)


def _scale(found: LedgerFact, value: Decimal) -> Decimal:
    """Return in which scale a value is printed: 1e6 where a table counts in millions."""
    place = found.fact.place
    start, end = place.value_start - place.start, place.value_end - place.start
    match = _NUMBER.search(found.quote[start:end])
    printed = Decimal(match[0].replace(",", "")) if match else Decimal(0)
    return next((s for s in _SCALES if printed and printed * s == abs(value)), Decimal(1))


# -- what stands in the way


def _unlike(one: Fact, other: Fact) -> str:
    """Return in words on which unlike bases two facts stand, "" where they are alike."""
    if not (isinstance(one.value, Quantity) and isinstance(other.value, Quantity)):
        return ""
    units = one.value.unit, other.value.unit
    if not is_convertible(*units):
        kinds = [dimension(unit) or "a figure without unit" for unit in units]
        if kinds[0] == kinds[1] and kinds[0] in ("money", "price"):
            codes = " and ".join(sorted(unit.partition("/")[0] for unit in units))
            return (
                f"the currencies differ ({codes}) and neither the question nor the figures give "
                "an exchange rate"
            )
        return f"the units differ: {' and '.join(sorted(kinds))}"
    for slot in ("basis", "price_basis", "scope"):
        said = getattr(one, slot), getattr(other, slot)
        if all(said) and fold(said[0]) != fold(said[1]) and not {*map(fold, said)} <= _OXIDES:
            return f"the bases differ: {said[0]} and {said[1]}"
    for nature in ("ruled", "yearly"):
        if has_nature(one.measure, nature) != has_nature(other.measure, nature):
            return f"the bases differ: {one.measure} and {other.measure}"
    return ""


def _obstacle(sought: Sequence[Sought], operands: Sequence[Operand], takes_middle: bool) -> str:
    for one, operand in zip(sought, operands, strict=True):
        match operand.found.fact.value:
            case Absent(reason, printed):
                sign = f" ({printed})" if printed else ""
                return f"the value for {one.label} is {reason or 'not given'}{sign}"
            case Quantity() as value if value.bound not in "=~":
                return f"the value for {one.label} is only a bound ({value.bound})"
            case Quantity() as value if value.low != value.high and not takes_middle:
                return (
                    f"the value for {one.label} is a range; ask for its mid-point if that is meant"
                )
    first = operands[0].found.fact
    told = (_unlike(first, operand.found.fact) for operand in operands[1:])
    return next(filter(None, told), "")
