"""Facts of two editions paired: what is the same, what changed in value, what is gone and added.

What an edition says several times counts once. A table's cell is paired by the label of its row
before words that say as much; attribution, status and a period that is the edition's own part
nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.facts import Absent, Fact
from corpus.facts.compare import Relation, compare
from index.facts import LedgerFact, same_value

_MONTH_CHARS = len("2026-03")


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """What one edition says and what the other says in its place."""

    before: LedgerFact
    after: LedgerFact


@dataclass(frozen=True, slots=True)
class PairedFacts:
    """The facts of two editions, each in one place; those that are the same are counted."""

    same: int
    changed: tuple[ChangedFact, ...]
    gone: tuple[LedgerFact, ...]
    added: tuple[LedgerFact, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    """A fact, and what it says but for its value and a period that is its edition's own.

    `rows` are the labels of all rows of tables that say so.
    """

    found: LedgerFact
    bare: Fact
    rows: frozenset[tuple[str, ...]]

    @property
    def topic(self) -> tuple[str, str]:
        """What two facts must have in common to be compared at all."""
        return self.bare.measure, self.bare.period.text if self.bare.period else ""


def pair_facts(before: Sequence[LedgerFact], after: Sequence[LedgerFact]) -> PairedFacts:
    """Return how the facts of a newer edition stand to those of an older one."""
    left, right = _distinct(before), _distinct(after)
    pairs: list[ChangedFact] = []
    for is_pair in (_are_one_cell_of_one_value, _are_one_cell, _say_the_same, _are_of_one):
        left, right, found = _paired(left, right, is_pair)
        pairs += found
    changed = [one for one in pairs if not same_value(one.before.fact, one.after.fact)]
    return PairedFacts(
        same=len(pairs) - len(changed),
        changed=tuple(sorted(changed, key=lambda one: one.before.row)),
        gone=_in_order(left),
        added=_in_order(right),
    )


def _in_order(statements: Sequence[_Statement]) -> tuple[LedgerFact, ...]:
    return tuple(sorted((one.found for one in statements), key=lambda one: one.row))


def _distinct(facts: Sequence[LedgerFact]) -> list[_Statement]:
    """Return what facts say, each once: as a cell of a table where it stands in one."""
    kept: dict[tuple[str, str], list[_Statement]] = defaultdict(list)
    for found in sorted(facts, key=lambda one: not one.fact.table.row):
        row = found.fact.table.row
        one = _Statement(found, _bare(found), frozenset([row] if row else []))
        held = kept[one.topic]
        at = next((at for at, other in enumerate(held) if _say_the_same(one, other)), None)
        if at is None:
            held.append(one)
        else:
            held[at] = replace(held[at], rows=held[at].rows | one.rows)
    return [one for held in kept.values() for one in held]


def _bare(found: LedgerFact) -> Fact:
    fact = found.fact
    text = fact.period.text if fact.period else ""
    is_own = len(text) >= _MONTH_CHARS and found.source.published.startswith(text)
    return replace(fact, value=Absent(), period=None if is_own else fact.period)


def _paired(
    left: Sequence[_Statement],
    right: Sequence[_Statement],
    is_pair: Callable[[_Statement, _Statement], bool],
) -> tuple[list[_Statement], list[_Statement], list[ChangedFact]]:
    """Return what is left of two editions, and the pairs that are found of the rest."""
    held: dict[tuple[str, str], list[_Statement]] = defaultdict(list)
    for one in right:
        held[one.topic].append(one)
    unpaired: list[_Statement] = []
    pairs: list[ChangedFact] = []
    for one in left:
        twin = next((other for other in held[one.topic] if is_pair(one, other)), None)
        if twin is None:
            unpaired.append(one)
        else:
            held[one.topic].remove(twin)
            pairs.append(ChangedFact(one.found, twin.found))
    return unpaired, [one for rest in held.values() for one in rest], pairs


def _are_one_cell_of_one_value(one: _Statement, other: _Statement) -> bool:
    return same_value(one.found.fact, other.found.fact) and _are_one_cell(one, other)


def _are_one_cell(one: _Statement, other: _Statement) -> bool:
    return bool(one.rows & other.rows) and _are_alike(one, other)


def _say_the_same(one: _Statement, other: _Statement) -> bool:
    return same_value(one.found.fact, other.found.fact) and _are_alike(one, other)


def _are_alike(one: _Statement, other: _Statement) -> bool:
    """Tell whether no slot of two facts is another one, and a name or the whole is the same."""
    if one.found.same == other.found.same:
        return True
    if not one.bare.measure or one.bare.rest != other.bare.rest:
        return False
    relations = _relations(one, other)
    return ("arguments", "same") in relations and not any(it == "other" for _, it in relations)


def _are_of_one(one: _Statement, other: _Statement) -> bool:
    """Tell whether two facts say the same but for their values, by key or slot by slot."""
    if one.found.same == other.found.same:
        return True
    is_named = bool(one.bare.measure and one.bare.arguments and other.bare.arguments)
    return is_named and all(relation == "same" for _, relation in _relations(one, other))


def _relations(one: _Statement, other: _Statement) -> list[tuple[str, Relation]]:
    both = compare(one.bare, other.bare).relations + compare(other.bare, one.bare).relations
    return [(slot, relation) for slot, relation in both if slot != "status"]
