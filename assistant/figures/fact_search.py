"""What answers about figures are looked up in: the ledger of a home, under the reader's filters."""

from dataclasses import dataclass, field

from assistant.figures.fact_citations import FactCitations
from corpus.facts import Query
from index.catalog import Catalog
from index.facts import FoundFacts, Ledger, Meaning, find_facts
from index.passage import Filters
from index.query import parse_query


@dataclass(frozen=True, slots=True)
class FactSearch:
    """A ledger with the catalog that cites its facts; `meaning` judges other words than its own."""

    ledger: Ledger
    catalog: Catalog
    filters: Filters = field(default=Filters())
    meaning: Meaning | None = None

    def parse(self, question: str) -> Query:
        """Return what a question asks for, in the names that the home knows."""
        return parse_query(question, self.ledger.own_names())

    def find(self, query: Query, limit: int = 20) -> FoundFacts:
        """Return the facts that fit a query; by their meaning where no words fit."""
        return find_facts(self.ledger, query, limit, self.filters, self.meaning)

    def find_in_words(self, query: Query, limit: int = 20) -> FoundFacts:
        """Return the facts that fit a query in its own words."""
        return find_facts(self.ledger, query, limit, self.filters)

    def citations(self) -> FactCitations:
        """Return the citations of an answer to come."""
        return FactCitations(self.catalog)
