"""The facts of a claim beside facts of sources: which carry it, and which say otherwise.

Facts are compared by `corpus.facts.compare`; what is not understood makes nothing contradicted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citing.parties import OPPOSITE_ROLES
from corpus.facts import Absent, Change, Day, Fact, Names
from corpus.facts.compare import Relation, relations_of
from corpus.language.measures import has_nature, measure_named, names_of_nature
from corpus.language.quantities import Quantity
from corpus.language.units import is_convertible
from corpus.language.words import content_words
from index.facts import LedgerFact
from index.facts.fact_context import stem

_OXIDE = "REO"
_FIT: frozenset[Relation] = frozenset(("same", "implied"))
_SLOTS = ("statistic", "part_of", "of", "specification", "basis", "stage", "status", "change")


@dataclass(frozen=True, slots=True)
class ComparedFact:
    """A fact of a claim with those of sources that carry it, and those that say otherwise.

    Each of `carrying` carries it by itself; a change that no source states is worked out from the
    two facts of `worked_from`, the later first.
    """

    fact: Fact
    carrying: tuple[LedgerFact, ...] = ()
    rivals: tuple[LedgerFact, ...] = ()
    worked_from: tuple[LedgerFact, ...] = ()

    @property
    def carried_by(self) -> tuple[LedgerFact, ...]:
        """The facts to cite for it, none where it is not carried."""
        return self.carrying[:1] or self.worked_from

    @property
    def says_all(self) -> bool:
        """Whether what carries it has each word that was not understood in it."""
        unread = _unread(self.fact)
        return any(unread <= _stems(one) for one in (*self.carrying, *self.worked_from))


def compare_with_sources(fact: Fact, found: Sequence[LedgerFact]) -> ComparedFact:
    """Return which facts of sources carry a claim's, and which give the same thing otherwise.

    One carries it that says all of it; one is a rival that has another value of the same thing, or
    gives the value to another time or with the roles exchanged.
    """
    carrying: list[LedgerFact] = []
    rivals: list[LedgerFact] = []
    for one in found:
        told = _same_thing(fact, one.fact)
        if told is None:
            continue
        time, value = told
        if value in _FIT and _is_less_precise(one.fact, fact):
            continue
        if value in _FIT and time in _FIT:
            (rivals if _has_roles_exchanged(fact, one.fact) else carrying).append(one)
        elif _is_definite(fact, one.fact) and not _is_unsaid(one.fact):
            is_of_other_time = value in _FIT and time == "other"
            is_other_value = value == "other" and time in _FIT
            if is_of_other_time or is_other_value:
                rivals.append(one)
    return ComparedFact(fact, tuple(carrying), () if carrying else tuple(rivals))


def levels_of(fact: Fact, found: Sequence[LedgerFact]) -> tuple[LedgerFact, ...]:
    """Return which facts give how much there was of a thing at a time, which a fact names."""
    levels = []
    for one in found:
        told = _same_thing(fact, one.fact)
        is_level = isinstance(one.fact.value, Quantity) and one.fact.change is None
        if told and told[0] in _FIT and is_level:
            levels.append(one)
    return tuple(levels)


def _same_thing(fact: Fact, other: Fact) -> tuple[Relation, Relation] | None:
    """Return how the time and the value of a fact stand to a claim's, None for another thing.

    A rise is another value than a fall, by however much.
    """
    told: dict[str, Relation] = {"period": "same", "value": "unread"}
    is_opposed = _is_opposed(fact.change, other.change)
    for slot, relation in relations_of(fact, other):
        if slot == "change" and is_opposed:
            continue
        if slot in told:
            told[slot] = relation
        elif relation not in _FIT and not (slot in _SLOTS and _is_same_slot(slot, fact, other)):
            return None
    is_read = isinstance(fact.value, Quantity | Day | Names)
    if is_opposed:
        return told["period"], "other"
    return told["period"], told["value"] if is_read else "unread"


def _is_opposed(one: Change | None, other: Change | None) -> bool:
    """Tell whether one of two changes of a kind goes up and the other down."""
    if one is None or other is None or one.kind != other.kind:
        return False
    return {one.direction, other.direction} == {"up", "down"}


def _is_definite(fact: Fact, other: Fact) -> bool:
    """Tell whether a fact names measure, something and a time, and all that the other does.

    What is in stock, such as reserves, is given without a time.
    """
    is_timed = fact.period or has_nature(fact.measure, "stock")
    is_one = fact.measure and fact.arguments and is_timed and not fact.rest
    is_opposed = _is_opposed(fact.change, other.change)
    slots = (slot for slot in _SLOTS if not (slot == "change" and is_opposed))
    same_slots = all(_is_same_slot(slot, fact, other) for slot in slots)
    named = {(a.role, a.name.key) for a in fact.arguments}
    return bool(is_one) and same_slots and {(a.role, a.name.key) for a in other.arguments} <= named


def _is_unsaid(other: Fact) -> bool:
    """Tell whether a fact is that a source gives no figure: who gives one is not denied by it."""
    return isinstance(other.value, Absent) and other.value.reason != "zero"


def _is_same_slot(slot: str, fact: Fact, other: Fact) -> bool:
    """Tell whether a slot says the same, or one leaves unsaid what its measure tells by itself."""
    said, told = getattr(fact, slot), getattr(other, slot)
    if said == told:
        return True
    if slot == "status":  # an estimate is what is known of it
        return {said, told} <= names_of_nature("firm")
    if slot == "stage":
        return {said, told} == {"", measure_named(fact.measure).stage}
    if slot == "basis":
        return {said, told} == {"", _OXIDE} and has_nature(fact.measure, "counted as oxide")
    return False


def _has_roles_exchanged(fact: Fact, other: Fact) -> bool:
    """Tell whether a name has in one fact the role that is opposite to its role in the other."""
    return any(
        OPPOSITE_ROLES.get(a.role) == b.role and a.name.key == b.name.key
        for a in fact.arguments
        for b in other.arguments
    )


def _is_less_precise(said: Fact, claimed: Fact) -> bool:
    """Tell whether a figure is a bound, or one with a claim's only by how roughly it is given."""
    if not isinstance(said.value, Quantity) or not isinstance(claimed.value, Quantity):
        return False
    is_bounded = bool(said.value.bound.strip("=~")) and said.value.bound != claimed.value.bound
    return is_bounded or is_rougher(said.value, claimed.value)


def is_rougher(said: Quantity, claimed: Quantity) -> bool:
    """Tell whether a figure is one with a claim's by its own rounding, not by the claim's."""
    if said.unit != claimed.unit:
        said = said.in_unit(claimed.unit) if is_convertible(said.unit, claimed.unit) else claimed
    return said.step > claimed.step and abs(said.value - claimed.value) > claimed.step / 2


def _unread(fact: Fact) -> frozenset[str]:
    """Return the stems of the words of a fact that were not understood."""
    return frozenset(stem(word) for one in fact.rest for word in content_words(one))


def _stems(one: LedgerFact) -> frozenset[str]:
    """Return the stems of what is read of a fact of a source, and of its edition."""
    fact = one.fact
    said = (*fact.rest, fact.measure, fact.basis, fact.scope, fact.specification, fact.stage)
    named = (f"{a.name.text} {a.name.form}" for a in fact.arguments)
    above = (fact.of, fact.attributed_to, fact.edition)
    texts = (*said, *named, *above)
    return frozenset(stem(word) for text in texts for word in content_words(text))
