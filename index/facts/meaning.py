"""Facts that answer a look-up in other words than its own, as the matching model judges.

Finding brings the passages near in meaning and in words; of the facts that stand in them those of
another time, unit, edition or name than asked for are left out, and the model says of the others
whether they answer.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.document import Source
from corpus.facts import Argument, Fact, Query, Table
from corpus.facts.compare import compare
from corpus.facts.fact import Value
from corpus.language.measures import has_nature
from corpus.language.periods import contains, find_years
from corpus.language.quantities import Quantity, same_quantity
from corpus.language.words import content_words, fold
from corpus.lexicon import load_lexicon
from index.facts.argument_matching import BESIDE, FIT, are_rivals, argument_fit
from index.facts.fact_context import (
    FactContext,
    context_of,
    has_word,
    is_written,
    may_be_unsaid,
    stem,
)
from index.facts.ledger import Ledger, LedgerFact
from index.facts.period_matching import is_under_period, period_fit
from index.facts.slot_matching import is_in_unit, is_of_dimension, is_of_edition
from index.matching.fact_text import FactText
from index.passage import Evidence
from index.query.answer_type import MONEY
from index.storage.fact_rows import is_whole, name_key, value_kind

_PASSAGES = 30
_MOST_JUDGED = 32
_LEAST = 0.6  # that a fact answers
_CLEAR = 0.1  # by how much the best must be likelier than any of another value
_DIMENSIONS = {"money": MONEY, "share": ("share",)}
_KINDS = ("date", "names")  # of values that are no figures
_NAMED = (*FIT, "coarser")
_OTHER_COMMODITY = "metal"  # in the lexicon, what is no rare earth


class Judge(Protocol):
    """Tells how likely facts answer a question."""

    def judge(self, asked: str, facts: Sequence[FactText]) -> list[float]:
        """Return for each fact how likely it answers, from 0 to 1."""
        ...


@dataclass(frozen=True, slots=True)
class Meaning:
    """What judges by meaning: a search for passages, best first, and what loads the model."""

    search: Callable[[str, int], Sequence[Evidence]]
    model: Callable[[], Judge]


@dataclass(frozen=True, slots=True)
class Likely:
    """Facts that likely answer, the likeliest first; `is_clear` where the first one stands out."""

    facts: tuple[LedgerFact, ...]
    is_clear: bool


def find_by_meaning(
    ledger: Ledger, query: Query, sources: Mapping[str, Source], meaning: Meaning
) -> Likely:
    """Return the facts that answer a query by their meaning."""
    near = []
    pages: dict[tuple[str, int], str] = {}
    for found in _near(ledger, meaning.search(query.text, _PASSAGES), sources):
        at = found.source.id, found.fact.place.page
        if at not in pages:
            pages[at] = ledger.page_text(*at)
        around = context_of(found, pages[at])
        if _may_answer(ledger, query, found, around):
            near.append((found, fact_text(found, around, pages[at])))
    words = {stem(word) for word in content_words(query.text)}
    near.sort(key=lambda one: -_shared(words, one[1]))
    near = near[:_MOST_JUDGED]
    judged = meaning.model().judge(query.text, [text for _, text in near])
    likely = [(one, found) for one, (found, _) in zip(judged, near, strict=True) if one >= _LEAST]
    likely.sort(key=lambda one: (one[0], one[1].source.published), reverse=True)
    return Likely(tuple(found for _, found in likely), _is_clear(likely))


def facts_of_time(
    ledger: Ledger,
    query: Query,
    places: Sequence[tuple[str, int, int, int]],
    sources: Mapping[str, Source],
) -> Iterator[tuple[LedgerFact, bool]]:
    """Yield the facts in places (source, page, start, end), and whether each is of a time asked."""
    for found in ledger.within(places, sources):
        page = ledger.page_text(found.source.id, found.fact.place.page)
        around = context_of(found, page)
        yield found, not query.periods or _is_of_period(ledger, query, found, around)


def _is_clear(likely: Sequence[tuple[float, LedgerFact]]) -> bool:
    """Tell whether the likeliest fact stands out from those that have another value."""
    best, first = likely[0] if likely else (0.0, None)
    others = (
        one
        for one, found in likely
        if first and not _same_value(found.fact.value, first.fact.value)
    )
    return bool(likely) and best - max(others, default=0.0) >= _CLEAR


def _same_value(one: Value, other: Value) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return same_quantity(one, other)
    return one == other


def _shared(words: Collection[str], text: FactText) -> int:
    """Return how many words of a look-up a fact has in print."""
    told = fold(f"{text.above} {text.said}")
    return sum(word in told for word in words)


def _near(
    ledger: Ledger, evidence: Sequence[Evidence], sources: Mapping[str, Source]
) -> Iterator[LedgerFact]:
    """Yield the facts that stand in passages, those of the best passage first."""
    passages = [piece.passage for piece in evidence]
    places = [(one.source_id, one.page, one.start, one.end) for one in passages]
    found = sorted(ledger.within(places, sources), key=lambda one: one.row)
    yielded: set[int] = set()
    for passage in passages:
        for one in found:
            place = one.fact.place
            is_here = (one.source.id, place.page) == (passage.source_id, passage.page)
            is_within = place.value_start < passage.end and passage.start < place.value_end
            if is_here and is_within and one.row not in yielded:
                yielded.add(one.row)
                yield one


def _may_answer(ledger: Ledger, query: Query, found: LedgerFact, around: FactContext) -> bool:
    """Tell whether nothing that was understood of a query speaks against a fact."""
    fact, kind = found.fact, value_kind(found.fact)
    if query.unit and not is_in_unit(fact, query.unit):
        return False
    if kind not in _DIMENSIONS.get(query.value_kind, (kind,)):
        return False
    if query.value_kind in _KINDS and kind != query.value_kind:
        return False
    if not (query.unit or is_of_dimension(found, query.wanted.measure)):
        return False
    if query.editions and not any(is_of_edition(found, edition) for edition in query.editions):
        return False
    if query.periods and not _is_of_period(ledger, query, found, around):
        return False
    if _is_of_other_measure(query, fact):
        return False
    if any(
        ledger.source_has(found.source.id, stem(word)) and not has_word(around, word, True)
        for word in query.rest
        if not may_be_unsaid(word, query.text)
    ):
        return False  # the source has the word, and not for this
    asked = frozenset(name_key(argument.name) for argument in query.wanted.arguments)
    return not any(
        _is_of_another(argument, asked, query, found, around) for argument in query.wanted.arguments
    )


def _is_of_period(ledger: Ledger, query: Query, found: LedgerFact, around: FactContext) -> bool:
    """Tell whether a fact is of a time asked for, within it, or says none where its years stand."""
    if period_fit(ledger, query, found) is not None:
        return True
    if is_under_period(query, found, around.heading):
        return True
    said = found.fact.period
    if said is not None:
        return any(contains(asked, said) for asked in query.periods if asked.first and said.first)
    years = {year for period in query.periods for year in period.years}
    told = f"{around.said} {around.heading} {around.before} {around.beside}"
    return bool(years & {*find_years(told)})


def _is_of_other_measure(query: Query, fact: Fact) -> bool:
    """Tell whether a fact has another measure than a query that was understood in all its words.

    Words that were not understood may be what is meant; but what is bought is never what is sold.
    """
    asked, said = query.wanted.measure, fact.measure
    if not asked or not said:
        return False
    sides = ("inward", "outward")
    if any(has_nature(asked, a) and has_nature(said, b) for a, b in (sides, sides[::-1])):
        return True
    return not query.rest and compare(query, fact).of("measure") == "other"


def _is_of_another(
    wanted: Argument, asked: frozenset[str], query: Query, found: LedgerFact, around: FactContext
) -> bool:
    """Tell whether a fact is not of a name that is asked for.

    A material may be left unsaid where no other is named, and a country by its own survey.
    """
    name, materials = wanted.name, found.fact.named("material")
    if is_whole(name) and name.is_material:
        return bool(materials) and all(one.kind == _OTHER_COMMODITY for one in materials)
    if is_whole(name) or name.kind in BESIDE or argument_fit(wanted, found, query) in _NAMED:
        return False
    if name.form and any(one.id == name.id and one.form for one in materials):
        return True  # the oxide of a metal
    if is_written(name, around):
        return False
    if not name.is_material:
        publishers = load_lexicon().named(found.source.publisher)
        return not any(entry.country == name.id for entry in publishers)
    return any(
        are_rivals(wanted, a, found) and name_key(a.name) not in asked and not is_whole(a.name)
        for a in found.fact.arguments
    )


def fact_text(found: LedgerFact, around: FactContext, page: str) -> FactText:
    """Return a fact in print, as the matching model reads it."""
    fact, place = found.fact, found.fact.place
    value = page[place.value_start : place.value_end]
    if fact.table != Table():
        above = " | ".join(filter(None, (found.source.title, fact.table.caption)))
        labels = " | ".join((*fact.table.row, *fact.table.column))
        said = f"{labels}: {value}"
        return FactText(above, said, len(said) - len(value), len(said))
    above = " | ".join(filter(None, (found.source.title, around.heading.lstrip("# "))))
    before = around.before.rpartition(". ")[2] if not around.before.endswith(".") else ""
    quote = page[place.start : place.end]
    lead = f"{before} " if before else ""
    start = len(lead) + place.value_start - place.start
    return FactText(above, lead + quote, start, start + len(value))
