"""The ledger of facts, and the facts that fit a Query."""

from index.facts.ledger import Conflict, Ledger, LedgerFact, conflicts
from index.facts.lookup import FoundFacts, find_facts

__all__ = ["Conflict", "FoundFacts", "Ledger", "LedgerFact", "conflicts", "find_facts"]
