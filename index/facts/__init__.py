"""The ledger of facts, the facts that fit a Query, and where sources contradict each other."""

from index.facts.conflicts import Conflict, conflicts
from index.facts.ledger import Ledger, LedgerFact
from index.facts.lookup import FoundFacts, find_facts
from index.facts.meaning import Meaning

__all__ = [
    "Conflict",
    "FoundFacts",
    "Ledger",
    "LedgerFact",
    "Meaning",
    "conflicts",
    "find_facts",
]
