"""The cell of its own page that prints the value of a sentence.

A sentence names more than the row of the table does that it puts into words, and the next edition
may have the row alone.
"""

from collections.abc import Iterable

from corpus.facts import Fact
from corpus.facts.compare import compare
from corpus.language.names import Name
from corpus.language.quantities import Quantity
from index.facts import LedgerFact
from index.storage.fact_rows import is_whole, same_key


def cell_of(said: LedgerFact, facts: Iterable[LedgerFact]) -> Fact | None:
    """Return what a cell says of the value of a sentence, None where no one cell alone does.

    It has the same figure, unit and time, and names nobody whom the sentence does not name.
    """
    fact = said.fact
    if fact.table.row or not isinstance(fact.value, Quantity):
        return None
    cells = [
        one.fact
        for one in facts
        if one.source.id == said.source.id and one.fact.place.page == fact.place.page
    ]
    found = {same_key(one): one for one in cells if one.table.row and _is_put_into(one, fact)}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_put_into(cell: Fact, sentence: Fact) -> bool:
    """Tell whether a sentence says what a cell says."""
    one, other = cell.value, sentence.value
    if not (isinstance(one, Quantity) and isinstance(other, Quantity)):
        return False
    is_unit = one.unit in ("", other.unit)  # of a cell it may not be understood
    is_printed = is_unit and (one.low, one.high) == (other.low, other.high)
    if not is_printed or cell.period != sentence.period:
        return False
    named, wanted = _names(cell), _names(sentence)
    differs = "measure" in (*compare(cell, sentence).others, *compare(sentence, cell).others)
    return bool(named) and named <= wanted and not differs


def _names(fact: Fact) -> frozenset[str]:
    """Return what a fact names, forms aside, but the rare earths as a whole."""
    return frozenset(_name(one) for one in fact.named() if not is_whole(one))


def _name(one: Name) -> str:
    return one.id or one.key
