"""Whether a source contradicts a held sentence, as claims are judged, or still supports it.

The verdict on a claim tells that something is said otherwise. Of the very same thing it is only
where the times are the same, nobody else is named, and one figure of a kind stands for another.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Citation, CitedClaim
from assistant.citing.slots import Reading, read
from assistant.radar.same_thing.same_goods import are_of_other_goods
from assistant.radar.same_thing.same_time import is_same_time
from corpus.document import Source
from corpus.language.periods import Period
from corpus.language.quantities import QuantityMention, find_quantities, same_quantity
from corpus.language.words import content_words

_TERMS = ("statuses", "bases", "stages")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The words of a claim that a source gives otherwise, and the words that it has there."""

    citation: Citation
    before: str
    after: str


def contradiction_of(held: str, source: Source, cited: CitedClaim) -> Contradiction | None:
    """Return how a citation contradicts a held sentence of a source, None where it does not."""
    if cited.verdict != "contradicted" or not cited.citations:
        return None
    citation = cited.citations[0]
    if citation.cells or not _are_of_one_thing(held, source, citation):
        return None
    pairs = list(_exchanged(held, citation.quote))
    if len(pairs) != 1:
        return None
    before, after = pairs[0]
    return Contradiction(citation, before, after)


def _are_of_one_thing(held: str, source: Source, citation: Citation) -> bool:
    one, other = read(held), read(citation.quote)
    if not _has_all(one.periods, other.periods) or (other.periods and not one.periods):
        return False
    if one.measures and other.measures and not one.measures & other.measures:
        return False
    if any(_differ(one, other, table) for table in _TERMS) or are_of_other_goods(
        one.names, other.names
    ):
        return False
    titles = [frozenset(content_words(title)) for title in (source.title, citation.source.title)]
    if one.proper:
        return one.proper <= other.proper | titles[1]
    return not other.proper or bool(other.proper & titles[0])


def _has_all(wanted: Iterable[Period], said: Iterable[Period]) -> bool:
    return all(any(is_same_time(one, other) for other in said) for one in wanted)


def _differ(one: Reading, other: Reading, table: str) -> bool:
    held, said = one.terms.get(table, frozenset()), other.terms.get(table, frozenset())
    return bool(held and said) and held.isdisjoint(said)


def _exchanged(held: str, said: str) -> Iterable[tuple[str, str]]:
    """Yield figures of one text with the only one of their kind that another has for it."""
    mine, theirs = find_quantities(held), find_quantities(said)
    for one in mine:
        kind = one.quantity.dimension
        rivals = [other for other in theirs if other.quantity.dimension == kind]
        if not any(same_quantity(one.quantity, other.quantity) for other in rivals):
            yield from ((_written(held, one), _written(said, other)) for other in rivals)


def _written(text: str, mention: QuantityMention) -> str:
    return text[mention.start : mention.end]
