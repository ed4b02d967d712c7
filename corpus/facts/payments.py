"""What accounts print below zero because it was paid, as the amount that was paid."""

import re
from dataclasses import replace
from functools import lru_cache

from corpus.facts.fact import Fact
from corpus.language.measures import has_nature
from corpus.language.quantities import Quantity
from corpus.language.vocabulary import Vocabulary, any_form, load_vocabulary


def as_paid(fact: Fact) -> Fact:
    """Return a cell's payment below zero as the amount that was paid, any other fact as it is.

    A statement of cash flows has "Purchases of property and equipment (12,479)": 12,479 was spent,
    and a year with (16,378) had more of it.
    """
    value = fact.value
    if not isinstance(value, Quantity) or value.high >= 0 or value.dimension != "money":
        return fact
    if fact.change or not fact.is_cell or not _is_payment(fact):
        return fact
    return replace(fact, value=replace(value, low=-value.high, high=-value.low))


def _is_payment(fact: Fact) -> bool:
    vocabulary = load_vocabulary()
    label = fact.table.row[-1] if fact.table.row else ""
    return has_nature(fact.measure, "paid out", vocabulary) or bool(
        _payment(vocabulary).match(label)
    )


@lru_cache(maxsize=4)
def _payment(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of a label that begins as payments do: "Repayments of debt"."""
    return re.compile(rf"{any_form(vocabulary.words('table_cues', 'payment'))}(?!\w)", re.I)
