"""What a look-up lacks where nothing fits: slot after slot is left open."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.facts import Fact, Query
from corpus.facts.fact import Role
from corpus.language.quantities import Quantity
from index.facts.ledger import LedgerFact

_MOST_TOLD = 40


def nearest_to(
    query: Query, find: Callable[[Query], Sequence[LedgerFact]]
) -> tuple[str, tuple[str, ...]]:
    """Return which of what was asked keeps facts from fitting, and what there is instead."""
    query = replace(query, parts=())
    for slot, asked, relaxed, told in _relaxed(query):
        if is_empty(relaxed):
            continue
        if found := find(relaxed):
            values = dict.fromkeys(filter(None, (told(one) for one in found)))
            return f"{slot} {asked}", tuple(sorted(values))[:_MOST_TOLD]
    return "", ()


def is_empty(query: Query) -> bool:
    """Tell whether a query asks for nothing that facts could be found by."""
    wanted = query.wanted
    if query.value_kind == "date" and not (wanted.measure or query.rest):
        return True  # a date of what?
    return not (wanted.measure or wanted.arguments or query.rest or query.editions)


def _relaxed(
    query: Query,
) -> Iterator[tuple[str, str, Query, Callable[[LedgerFact], str]]]:
    """Yield what was asked of a slot, the query without it, and how a fact says that slot."""
    wanted = query.wanted
    if query.editions:
        free = replace(query, editions=(), wanted=replace(wanted, edition=""))
        yield "edition", ", ".join(query.editions), free, _edition_of
    if query.unit:
        yield "unit", query.unit, replace(query, unit=""), _unit_of
    if query.periods:
        periods = ", ".join(period.text for period in query.periods)
        free = replace(query, periods=(), wanted=replace(wanted, period=None))
        yield "period", periods, free, _period_of
    for slot in ("statistic", "price_basis", "specification", "basis", "of"):
        if asked := getattr(wanted, slot):
            free = replace(query, wanted=_without(wanted, slot))
            yield slot.replace("_", " "), asked, free, _slot_of(slot)
    if wanted.status != "reported":
        free = replace(query, wanted=replace(wanted, status="reported"))
        yield "status", wanted.status, free, lambda found: found.fact.status
    if query.rest:
        yield "words", " ".join(query.rest), replace(query, rest=()), lambda _: ""
    for argument in wanted.arguments:
        kept = tuple(a for a in wanted.arguments if a is not argument)
        free = replace(query, wanted=replace(wanted, arguments=kept))
        yield argument.role, argument.name.text, free, _names_of(argument.role)
    if wanted.measure:
        free = replace(query, wanted=replace(wanted, measure="", stage=""))
        yield "measure", wanted.measure, free, lambda found: found.fact.measure


def _without(wanted: Fact, slot: str) -> Fact:
    emptied: dict[str, str] = {slot: ""}
    return replace(wanted, **emptied)  # type: ignore[arg-type]


def _edition_of(found: LedgerFact) -> str:
    return found.fact.edition or found.source.edition


def _unit_of(found: LedgerFact) -> str:
    value = found.fact.value
    return value.unit if isinstance(value, Quantity) else ""


def _period_of(found: LedgerFact) -> str:
    return found.fact.period.text if found.fact.period else ""


def _slot_of(slot: str) -> Callable[[LedgerFact], str]:
    return lambda found: str(getattr(found.fact, slot))


def _names_of(role: Role) -> Callable[[LedgerFact], str]:
    return lambda found: ", ".join(name.text for name in found.fact.named(role))
