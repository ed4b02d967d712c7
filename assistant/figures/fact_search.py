"""What answers about figures are looked up in: the ledger of a home, under the reader's filters."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answer import Citation
from assistant.figures.fact_citations import FactCitations
from corpus.facts import Query
from corpus.language.quantities import find_quantities
from index.catalog import Catalog
from index.facts import (
    FittingFact,
    FoundFacts,
    Ledger,
    LedgerFact,
    Meaning,
    describe,
    facts_of_kind,
    find_all,
    find_facts,
    fitting_facts,
    lacking_facts,
    likely_facts,
)
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
        """Return the facts that fit a query in its own words; what is lacking is not looked for."""
        return fitting_facts(self.ledger, query, limit, self.filters)

    def find_by_meaning(self, query: Query, limit: int = 20) -> FoundFacts:
        """Return the facts that answer a query in other words, where one stands out."""
        if self.meaning is None:
            return FoundFacts(query, (), ())
        return likely_facts(self.ledger, query, limit, self.filters, self.meaning)

    def lacking(self, query: Query) -> tuple[str, tuple[str, ...]]:
        """Return what the facts nearest to a query lack, and what there is instead."""
        return lacking_facts(self.ledger, query, self.filters)

    def has_figure(self, query: Query, cited: Sequence[Citation]) -> bool:
        """Tell whether cited words have a figure of the kind that is asked for, and of its time."""
        places = [(c.source.id, c.page, c.start, c.end) for c in cited]
        sources = self.ledger.sources(self.filters)
        kinds = [is_asked for _, is_asked in facts_of_kind(self.ledger, query, places, sources)]
        if kinds:
            return any(kinds)
        asked = {one.quantity.value for one in find_quantities(query.text)}
        told = (one.quantity for c in cited for one in find_quantities(c.quote))
        return any(one.value not in asked for one in told)

    def rivals(self, one: LedgerFact) -> tuple[LedgerFact, ...]:
        """Return what other sources and editions under the filters say of the same thing."""
        sources = self.ledger.sources(self.filters)
        return tuple(rival for rival in self.ledger.rivals(one) if rival.source.id in sources)

    def find_all(self, query: Query) -> tuple[FittingFact, ...]:
        """Return all facts that fit a query without parts, for the cells of a table."""
        return find_all(self.ledger, query, self.filters)

    def describe(self, query: Query) -> tuple[tuple[str, str], ...]:
        """Return how a question was understood, slot by slot."""
        return describe(query)

    def citations(self) -> FactCitations:
        """Return the citations of an answer to come."""
        return FactCitations(self.catalog)
