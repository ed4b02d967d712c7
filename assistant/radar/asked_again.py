"""The question of a kept answer asked of new sources alone, and what they answer otherwise.

What publishers say in words of their own, facts and sentences do not always bring together; that
both answer one question does. The values must be of one time, and of the same kind and certainty.
"""

from collections.abc import Iterator, Sequence

from assistant.radar.held_library import HeldLibrary
from assistant.radar.library_state import Difference
from assistant.radar.new_documents import grounds_answering, is_first_copy
from assistant.radar.rivals import Rival, rival_of_fact
from assistant.radar.same_thing.same_figure import is_apart
from assistant.radar.same_thing.same_goods import are_of_other_goods
from assistant.radar.same_thing.same_time import are_of_one_time
from assistant.radar.subscription import Ground, Subscription
from corpus.facts import Fact
from corpus.facts.compare import compare
from corpus.language.measures import names_of_nature
from corpus.language.quantities import Quantity
from corpus.language.units import is_convertible
from index.facts import LedgerFact

_MAY_DIFFER = ("arguments", "value", "stage", "status")  # the question says who, what and where


def find_other_answers(
    one: Subscription, differs: Difference, library: HeldLibrary
) -> Iterator[tuple[int, Rival]]:
    """Yield what new sources answer otherwise, with the places of the standing grounds."""
    grounds = one.standing
    new = differs.new & library.sources.keys()
    source_ids = {id_ for id_ in new if is_first_copy(id_, differs, library)}
    if one.kind != "answer" or not any(ground.fact for ground in grounds):
        return
    near = {id_ for id_ in source_ids if _may_answer(grounds, library.facts(id_))}
    for found in grounds_answering(one.asked, near, library):
        for at, ground in enumerate(grounds):
            if _is_otherwise(ground, found) and (rival := rival_of_fact(ground, found)):
                yield at, rival
                break


def _may_answer(grounds: Sequence[Ground], facts: Sequence[LedgerFact]) -> bool:
    """Tell whether a source has a fact of somebody or something of a ground, at its time."""
    return any(
        ground.fact.period == one.fact.period and _share_name(ground.fact, one.fact)
        for ground in grounds
        if ground.fact
        for one in facts
    )


def _share_name(one: Fact, other: Fact) -> bool:
    return not {name.key for name in one.named()}.isdisjoint(name.key for name in other.named())


def _is_otherwise(ground: Ground, found: Ground) -> bool:
    """Tell whether two facts give two values of what one question asks."""
    held, said = ground.fact, found.fact
    if not (held and said and held.period and said.period and are_of_one_time(held, said)):
        return False
    one, other = held.value, said.value
    if not (isinstance(one, Quantity) and isinstance(other, Quantity)):
        return False
    apart = {*compare(held, said).others, *compare(said, held).others}.difference(_MAY_DIFFER)
    ahead = names_of_nature("ahead")
    is_as_sure = (held.status in ahead) == (said.status in ahead)
    is_of_kind = is_convertible(one.unit, other.unit) and _share_name(held, said)
    is_one = is_of_kind and not are_of_other_goods(held.named(), said.named())
    return is_one and is_as_sure and not apart and is_apart(one, other)
