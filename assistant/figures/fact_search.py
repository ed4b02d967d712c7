"""What answers about figures are looked up in: the ledger of a home, under the reader's filters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Citation
from assistant.figures.fact_citations import FactCitations
from corpus.facts import Absent, Fact, Query
from corpus.language.measures import find_terms, measure_named, related_dimension
from corpus.language.names import Name
from corpus.language.periods import Period, find_periods, same_period
from corpus.language.quantities import find_quantities
from corpus.language.units import dimension
from corpus.language.vocabulary import load_vocabulary
from index.facts import (
    FittingFact,
    FoundFacts,
    Ledger,
    LedgerFact,
    Meaning,
    describe,
    facts_of_time,
    find_all,
    find_facts,
    fitting_facts,
    lacking_facts,
    period_fit,
)
from index.passage import Filters
from index.query import edition_spans
from index.query.answer_type import MONEY
from index.storage.catalog import Catalog
from index.storage.fact_rows import value_kind

_AMOUNTS = ("mass", "mass rate")  # dimensions of what is weighed or counted
_SHARES = ("share", "points")


@dataclass(frozen=True, slots=True)
class FactSearch:
    """A ledger with the catalog that cites its facts; `meaning` judges other words than its own."""

    ledger: Ledger
    catalog: Catalog
    filters: Filters = field(default=Filters())
    meaning: Meaning | None = None

    def parse(self, question: str) -> Query:
        """Return what a question asks for, in the names that the home knows."""
        return self.ledger.parse(question)

    def find(self, query: Query, limit: int = 20) -> FoundFacts:
        """Return the facts that fit a query; by their meaning where no words fit."""
        return find_facts(self.ledger, query, limit, self.filters, self.meaning)

    def find_in_words(self, query: Query, limit: int = 20) -> FoundFacts:
        """Return the facts that fit a query in its own words; what is lacking is not looked for."""
        return fitting_facts(self.ledger, query, limit, self.filters)

    def filer_of(self, query: Query) -> Name | None:
        """Return the company that a query is of and that is known by its reports alone."""
        names = [a.name for a in query.wanted.arguments if a.role == "subject" and not a.name.id]
        return next((name for name in names if self.ledger.files(name.text)), None)

    def as_counted(
        self, found: Sequence[LedgerFact], period: Period | None
    ) -> tuple[LedgerFact, ...]:
        """Return facts with the time that is meant, where their source counts its months so.

        The three months to 30 April 2023 are the first quarter of NVIDIA's fiscal 2024.
        """
        meant = period.text.replace("FY", "") if period else ""
        return tuple(
            replace(one, fact=replace(one.fact, period=period))
            if meant and self.ledger.quarter_of(one) == meant
            else one
            for one in found
        )

    def lacking(self, query: Query) -> tuple[str, tuple[str, ...]]:
        """Return what the facts nearest to a query lack, and what there is instead."""
        return lacking_facts(self.ledger, query, self.filters)

    def has_figure(self, query: Query, cited: Sequence[Citation]) -> bool:
        """Tell whether cited words have a figure of a dimension and of a time that is asked for.

        What says that there is none of it answers, too.
        """
        places = [(c.source.id, c.page, c.start, c.end) for c in cited]
        sources = self.ledger.sources(self.filters)
        facts = tuple(facts_of_time(self.ledger, query, places, sources))
        is_timed = not facts or any(is_asked for _, is_asked in facts)
        if not (is_timed or any(_names_time(query, c) for c in cited)):
            return False
        if any(_says_none(c.quote) for c in cited):
            return True
        asked = {one.quantity.value for one in find_quantities(query.text)}
        told = [one.quantity for c in cited for one in find_quantities(c.quote)]
        dimensions = {one.dimension for one in told if one.value not in asked}
        dimensions |= {value_kind(found.fact) for found, _ in facts}
        return bool(dimensions & wanted) if (wanted := _dimensions(query)) else bool(dimensions)

    def has_money_alone(self, query: Query, cited: Sequence[Citation]) -> bool:
        """Tell whether cited words have no figure but money and shares, and an amount is asked."""
        measured = measure_named(query.wanted.measure).dimension
        is_amount = measured in _AMOUNTS and query.value_kind != "share"
        told = {one.quantity.dimension for c in cited for one in find_quantities(c.quote)}
        return is_amount and bool(told & {*MONEY}) and told <= {*MONEY, *_SHARES}

    def figures_cited(self, query: Query, cited: Sequence[Citation]) -> tuple[LedgerFact, ...]:
        """Return the facts in cited words that are of a time asked for."""
        places = [(c.source.id, c.page, c.start, c.end) for c in cited]
        sources = self.ledger.sources(self.filters)
        facts = facts_of_time(self.ledger, query, places, sources)
        return tuple(found for found, is_asked in facts if is_asked)

    def told_at(self, place: tuple[str, int, int, int]) -> tuple[LedgerFact, ...]:
        """Return what a place (source, page, start, end) tells, fact by fact."""
        sources = self.ledger.sources(self.filters)
        return self.ledger.placed(self.ledger.within([place], sources))

    def fit_of_time(self, time: Period, found: LedgerFact) -> int | None:
        """Return how well a fact is of a time: 0 is best, None where it is of another."""
        return period_fit(self.ledger, Query("", Fact(Absent()), periods=(time,)), found)

    def has_change(self, query: Query, cited: Sequence[Citation]) -> bool:
        """Tell whether cited words state a change, of a time that is asked for."""
        return any(found.fact.change for found in self.figures_cited(query, cited))

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


def names_all_times(periods: Iterable[Period], cited: Sequence[Citation]) -> bool:
    """Tell whether cited words, with the record of their cells, name each of some times."""
    named = [said for one in cited for said in _times(one)]
    return all(any(same_period(asked, said) for said in named) for asked in periods)


def _names_time(query: Query, cited: Citation) -> bool:
    """Tell whether cited words, or the record of their cells, name a time that is asked for."""
    return any(same_period(asked, said) for asked in query.periods for said in _times(cited))


def _times(cited: Citation) -> Iterator[Period]:
    context = cited.context
    told = " | ".join((cited.quote, context.caption, *context.header))
    editions = edition_spans(told, load_vocabulary())  # "the 2025 edition" is no time of a figure
    return (
        one.period
        for one in find_periods(told)
        if not any(edition.start <= one.start < edition.end for edition in editions)
    )


def _says_none(quote: str) -> bool:
    """Tell whether words say that there was none of something."""
    return any(
        one.meaning == "zero" and quote[one.start : one.end].isalpha()
        for one in find_terms("statuses", quote)
    )


def _dimensions(query: Query) -> frozenset[str]:
    """Return the dimensions of which a figure must be one, none where any will do.

    How much of something there is may be told as a share or as an amount of it, and a measure that
    is a share itself is no money, whatever words stand beside it.
    """
    measured = measure_named(query.wanted.measure).dimension
    if query.value_kind == "money":
        is_share = measured == "share" and dimension(query.unit) not in MONEY
        return frozenset((*MONEY, "share") if is_share else MONEY)
    if query.value_kind == "share":
        is_part = dimension(query.unit) != "share"
        return frozenset((*_SHARES, *((measured,) if is_part and measured else ())))
    asked = dimension(query.unit)
    return frozenset(filter(None, (asked, related_dimension(asked)))) if asked else frozenset()
