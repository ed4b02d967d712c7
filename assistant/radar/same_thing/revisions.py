"""Facts of one voice held against each other: which value takes the place of which.

A publisher that prints another figure for the same thing has revised it, also where the old one,
rounded, could be the new one. What is given of an edition, such as reserves, is of the time of that
edition: the next one has it anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.radar.same_thing.same_figure import is_printed_anew
from assistant.radar.same_thing.same_time import are_of_one_time
from assistant.views.fact_pairs import pair_facts
from corpus.document import Source
from corpus.facts import Absent, Fact
from corpus.language.measures import has_nature
from corpus.language.periods import find_periods
from corpus.language.quantities import Quantity
from corpus.language.units import is_convertible
from index.facts import LedgerFact, rivals_among, same_value
from index.storage.fact_rows import same_key


def revision_of(held: LedgerFact, facts: Sequence[LedgerFact]) -> LedgerFact | None:
    """Return what another version says in place of a fact, None where it says nothing else.

    Where it says the old value, too, only what stands beside that in one sentence takes its place:
    "7.2 million tonnes, not 6.9 million".
    """
    changed = [one.after for one in pair_facts([held], facts).changed]
    changed += [one for _, one in rivals_among([held], facts, is_revised)]
    changed += [one for one in facts if is_twin(held, one) and is_revised(held.fact, one.fact)]
    revised = [one for one in changed if _is_given(one) and are_of_one_time(held.fact, one.fact)]
    same = [one for one in facts if is_twin(held, one) and _prints_the_same(held.fact, one.fact)]
    places = {(one.fact.place.page, one.fact.place.start) for one in same}
    if same:
        revised = [o for o in revised if (o.fact.place.page, o.fact.place.start) in places]
    return revised[0] if revised else None


def _is_given(one: LedgerFact) -> bool:
    return not isinstance(one.fact.value, Absent)


def says_as_much(held: LedgerFact, facts: Sequence[LedgerFact]) -> bool:
    """Tell whether another version has a fact with its value, in whatever words."""
    paired = pair_facts([held], facts)
    return not (paired.changed or paired.gone)


def is_twin(one: LedgerFact, other: LedgerFact) -> bool:
    """Tell whether facts say the same of somebody or something that both name."""
    return bool(one.fact.arguments) and one.same == other.same


def is_revised(held: Fact, said: Fact) -> bool:
    """Tell whether a figure was printed anew with another number, and no less precisely."""
    one, other = held.value, said.value
    if not (isinstance(one, Quantity) and isinstance(other, Quantity)):
        return not isinstance(other, Absent) and not same_value(held, said)
    is_of_kind = one.unit == other.unit or is_convertible(other.unit, one.unit)
    return is_of_kind and is_printed_anew(one, other)


def of_one_voice(
    held: Sequence[LedgerFact], facts: Sequence[LedgerFact]
) -> Iterator[tuple[LedgerFact, LedgerFact]]:
    """Yield held facts with what a later source of the same voice says in their place."""
    said = [_without_edition(one) for one in facts]
    by_row = {one.row: one for one in facts}
    for mine in held:
        if revised := revision_of(_without_edition(mine), said):
            yield mine, by_row[revised.row]


def _without_edition(one: LedgerFact) -> LedgerFact:
    """Return a fact without the time of its edition, or one that its sentence does not name."""
    fact = one.fact
    if not (fact.period and has_nature(fact.measure, "of an edition")):
        return one
    is_of_edition = _is_year_of(one.source, fact.period.text)
    if not (is_of_edition if fact.table.row else not find_periods(one.quote)):
        return one
    bare = replace(fact, period=None)
    return replace(one, fact=bare, same=same_key(bare))


def _is_year_of(source: Source, period: str) -> bool:
    return bool(period) and (source.edition or source.published).find(period) >= 0


def _prints_the_same(held: Fact, said: Fact) -> bool:
    one, other = held.value, said.value
    is_figure = isinstance(one, Quantity) and isinstance(other, Quantity)
    return same_value(held, said) and not (is_figure and is_revised(held, said))
