"""The dated facts of a topic: whatever its words name, in the fact, its heading or its source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.facts import Day, Query
from corpus.language.measures import forms_of_measure, is_kind_of
from corpus.language.periods import contains
from index.facts.fact_context import FactContext, context_of, has_word, is_named, is_written_in
from index.facts.ledger import Ledger, LedgerFact
from index.passage import Filters
from index.storage.fact_rows import is_whole, name_key

_DATES = "dimension = 'date'"


def dated_facts(
    ledger: Ledger, query: Query, filters: Filters = Filters()
) -> tuple[LedgerFact, ...]:
    """Return the facts whose value is a date and that are about all that a query names.

    A name or word may stand in the heading above or the title of the source as well: what a
    chapter is about is dated in its sentences. Of the times of a query one must hold the date.
    """
    dated = ledger.select([_DATES], [], ledger.sources(filters))
    return _about(ledger, query, dated)


def dated_within(
    ledger: Ledger,
    query: Query,
    places: Sequence[tuple[str, int, int, int]],
    filters: Filters = Filters(),
) -> tuple[LedgerFact, ...]:
    """Return the dated facts in places: source, page, start and end.

    They are about the names and times of a query, whatever its other words.
    """
    named = replace(query, rest=(), wanted=replace(query.wanted, measure=""))
    within = ledger.within(places, ledger.sources(filters))
    return _about(ledger, named, (one for one in within if isinstance(one.fact.value, Day)))


def _about(ledger: Ledger, query: Query, dated: Iterable[LedgerFact]) -> tuple[LedgerFact, ...]:
    pages: dict[tuple[str, int], str] = {}
    found = []
    for one in dated:
        at = (one.source.id, one.fact.place.page)
        if at not in pages:
            pages[at] = ledger.page_text(*at)
        if _is_about(query, one, context_of(one, pages[at])):
            found.append(one)
    return ledger.placed(found)


def _is_about(query: Query, one: LedgerFact, around: FactContext) -> bool:
    return _is_in_time(query, one) and all(_fits(query, one, around))


def _is_in_time(query: Query, one: LedgerFact) -> bool:
    date = one.fact.value
    assert isinstance(date, Day), "only dates are selected"
    return not query.periods or any(contains(period, date.date) for period in query.periods)


def _fits(query: Query, one: LedgerFact, around: FactContext) -> Iterator[bool]:
    """Yield whether each thing that a query names is what a fact is about."""
    held = {name_key(argument.name) for argument in one.fact.arguments}
    for argument in query.wanted.arguments:
        if not is_whole(argument.name):
            yield name_key(argument.name) in held or is_named(around, argument.name)
    if measure := query.wanted.measure:
        told = f"{around.said} | {around.heading} | {around.beside}"
        is_said = is_written_in(forms_of_measure(measure), told)
        yield is_said or is_kind_of(one.fact.measure, measure)
    for word in query.rest:
        yield has_word(around, word)
