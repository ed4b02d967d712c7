"""The facts of a claim beside facts of sources: which carry it, and which say otherwise.

Facts are compared by `corpus.facts.compare`; what is not understood makes nothing contradicted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.facts import Fact
from corpus.facts.compare import Relation, compare
from corpus.facts.fact import Role
from index.facts import LedgerFact

_FIT: frozenset[Relation] = frozenset(("same", "implied"))
_SLOTS = ("statistic", "part_of", "of", "specification", "basis", "stage", "status", "change")
_OPPOSITE: Mapping[Role, Role] = {
    "buyer": "seller",
    "seller": "buyer",
    "lender": "borrower",
    "borrower": "lender",
    "owner": "owned",
    "owned": "owner",
    "origin": "destination",
    "destination": "origin",
}


@dataclass(frozen=True, slots=True)
class ComparedFact:
    """A fact of a claim with those of sources that carry it, and those that say otherwise."""

    fact: Fact
    carrying: tuple[LedgerFact, ...] = ()
    rivals: tuple[LedgerFact, ...] = ()


def compare_with_sources(fact: Fact, found: Sequence[LedgerFact]) -> ComparedFact:
    """Return which facts of sources carry a claim's, and which give the same thing otherwise.

    One carries it that says all of it; one is a rival that has another value of the same thing, or
    gives the value to another time or with the roles exchanged.
    """
    carrying: list[LedgerFact] = []
    rivals: list[LedgerFact] = []
    for one in found:
        relations = dict(compare(fact, one.fact).relations)
        value = relations.pop("value", "unread")
        others = [slot for slot, relation in relations.items() if relation not in _FIT]
        if value in _FIT and not others:
            (rivals if _has_roles_exchanged(fact, one.fact) else carrying).append(one)
        elif _is_definite(fact, one.fact):
            is_of_other_time = value in _FIT and others == ["period"]
            is_other_value = value == "other" and not others
            if is_other_value or (is_of_other_time and relations["period"] == "other"):
                rivals.append(one)
    return ComparedFact(fact, tuple(carrying), () if carrying else tuple(rivals))


def _is_definite(fact: Fact, other: Fact) -> bool:
    """Tell whether a fact names measure, something and a time, and all that the other does."""
    is_one = fact.measure and fact.arguments and fact.period and not fact.rest
    same_slots = all(getattr(other, slot) == getattr(fact, slot) for slot in _SLOTS)
    named = {(a.role, a.name.key) for a in fact.arguments}
    return bool(is_one) and same_slots and {(a.role, a.name.key) for a in other.arguments} <= named


def _has_roles_exchanged(fact: Fact, other: Fact) -> bool:
    """Tell whether a name has in one fact the role that is opposite to its role in the other."""
    return any(
        _OPPOSITE.get(a.role) == b.role and a.name.key == b.name.key
        for a in fact.arguments
        for b in other.arguments
    )
