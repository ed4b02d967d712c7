"""The ledger of facts, the facts that fit a Query, and where sources contradict each other."""

from index.facts.argument_matching import are_said_beside
from index.facts.conflicts import Conflict, conflicts, conflicts_about, rivals_among
from index.facts.dated import dated_facts, dated_within
from index.facts.ledger import Ledger, LedgerFact, is_newer_edition, same_value
from index.facts.lookup import (
    FittingFact,
    FoundFacts,
    describe,
    find_all,
    find_facts,
    fitting_facts,
    lacking_facts,
)
from index.facts.meaning import Meaning, facts_of_time
from index.facts.period_matching import period_fit

__all__ = [
    "Conflict",
    "FittingFact",
    "FoundFacts",
    "Ledger",
    "LedgerFact",
    "Meaning",
    "are_said_beside",
    "conflicts",
    "conflicts_about",
    "dated_facts",
    "dated_within",
    "describe",
    "facts_of_time",
    "find_all",
    "find_facts",
    "fitting_facts",
    "is_newer_edition",
    "lacking_facts",
    "period_fit",
    "rivals_among",
    "same_value",
]
