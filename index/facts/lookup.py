"""From a Query to the facts that fit, the best first.

A fact of another year, unit, role or name than the one asked for is never among them: where the
query names a thing, the fact must say it or imply it. Where nothing fits, it is said what was
understood and what the nearest facts lack.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Source
from corpus.facts import Absent, Fact, Names, Query, Table
from corpus.facts.compare import compare
from corpus.language.measures import find_measures, has_nature, names_of_nature
from corpus.language.periods import Period
from corpus.language.quantities import Quantity, keeps_to
from corpus.language.vocabulary import any_form, load_vocabulary
from corpus.language.words import content_words, fold
from index.facts.argument_matching import FIT, argument_fit, named_around
from index.facts.candidate_selection import own_measures, select_candidates
from index.facts.fact_context import (
    FactContext,
    context_of,
    has_word,
    is_of_other_item,
    is_part_of_figure,
    may_be_unsaid,
    stem,
)
from index.facts.ledger import Ledger, LedgerFact
from index.facts.meaning import Meaning, find_by_meaning
from index.facts.period_matching import is_under_period, period_fit
from index.facts.query_relaxation import is_empty, nearest_to
from index.facts.slot_matching import (
    has_price_basis,
    is_in_unit,
    is_of_dimension,
    is_of_edition,
    is_of_kind,
    is_of_row,
    is_other_commodity,
    is_part_of_total,
    is_told,
    measures_by_dimension,
    sells_by_weight,
    whole_fit,
)
from index.passage import Filters
from index.storage.fact_rows import is_remainder, is_whole, name_key, value_kind

_WORLD = "world"
_WHOLE = "total"  # what comes before its parts
_OTHERS = "other-countries"
_BESIDE_VALUE = 40  # characters beside a value, in which stands what it is of
_POSSESSIVE = re.compile(r"['’]s\b")
_BREAK = re.compile(r"[,;.]\s")
# Where names and words of a look-up may stand: in slots and labels, then around the fact, too.
_HELD, _AROUND = ("held",), "around"
_REACHES = (*_HELD, _AROUND)
_BY_HEADING = 3  # the fit of a time that stands in a heading alone
_MOST_READ = 1000  # candidates of one look-up
_MOST_RELAXED = 500  # where only what is there instead is to be told
_THINGS = ("material", "place", "segment")  # roles of what is no party
_SOFT = frozenset(("basis", "scope", "specification", "price_basis", "statistic", "stage", "of"))


@dataclass(frozen=True, slots=True)
class FoundFacts:
    """What a look-up found: facts, and how the words were understood, slot by slot.

    `without` are words of the look-up that do not stand in the first fact and only tell how.
    `is_by_meaning` tells that facts say it in other words. Where nothing was found, `lacking` says
    what the nearest facts lack, `nearest` which times, places or words there are instead, and
    `may_mean` are facts of several values of which one may be meant.
    """

    query: Query
    facts: tuple[LedgerFact, ...]
    understood: tuple[tuple[str, str], ...]
    lacking: str = ""
    nearest: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    is_by_meaning: bool = False
    may_mean: tuple[LedgerFact, ...] = ()


@dataclass(frozen=True, slots=True)
class FittingFact:
    """A fact that fits with how well it does: `fit` parts those that are shown together.

    `unsaid` are the words asked for that do not stand there.
    """

    found: LedgerFact
    fit: tuple[int, ...]
    order: tuple[object, ...]
    unsaid: tuple[str, ...] = ()


def find_facts(
    ledger: Ledger,
    query: Query,
    limit: int = 10,
    filters: Filters = Filters(),
    meaning: Meaning | None = None,
) -> FoundFacts:
    """Return the facts that fit a query, or what they lack where none does.

    Where none fits in the words of the query, those that answer by their meaning.
    """
    fitting = fitting_facts(ledger, query, limit, filters)
    if fitting.facts:
        return fitting
    likely = _likely_facts(ledger, query, limit, filters, meaning) if meaning else fitting
    if likely.facts:
        return likely
    lacking, nearest = lacking_facts(ledger, query, filters)
    return replace(likely, lacking=lacking, nearest=nearest)


def fitting_facts(
    ledger: Ledger, query: Query, limit: int = 10, filters: Filters = Filters()
) -> FoundFacts:
    """Return the facts that fit a query: exact before broader, official and newest first."""
    facts = _found(ledger, query, ledger.sources(filters))
    shown = ledger.placed(one.found for one in facts[:limit])
    without = facts[0].unsaid if facts else ()
    return FoundFacts(query, shown, describe(query), without=without)


def _likely_facts(
    ledger: Ledger, query: Query, limit: int, filters: Filters, meaning: Meaning
) -> FoundFacts:
    """Return the facts that answer a query by their meaning; `may_mean` where none stands out."""
    likely = find_by_meaning(ledger, query, ledger.sources(filters), meaning)
    told = ledger.placed(likely.facts[:limit])
    understood = describe(query)
    if likely.is_clear:
        return FoundFacts(query, told, understood, is_by_meaning=True)
    return FoundFacts(query, (), understood, may_mean=told)


def lacking_facts(
    ledger: Ledger, query: Query, filters: Filters = Filters()
) -> tuple[str, tuple[str, ...]]:
    """Return what the nearest facts lack of a query that none fits, and what there is instead."""
    sources = ledger.sources(filters)
    return nearest_to(
        query, lambda free: [one.found for one in _found(ledger, free, sources, is_relaxed=True)]
    )


def find_all(ledger: Ledger, query: Query, filters: Filters = Filters()) -> tuple[FittingFact, ...]:
    """Return all facts that fit a query without parts, whatever fits best: the cells of a table.

    Of what its `group_by` names any is asked for.
    """
    return tuple(_fitting(ledger, query, ledger.sources(filters)))


def describe(query: Query) -> tuple[tuple[str, str], ...]:
    """Return how the words of a query were understood, by slot."""
    wanted = query.wanted
    slots = [
        ("measure", wanted.measure),
        ("of", wanted.of),
        *((a.role, f"{a.name.text} {a.name.form}".strip()) for a in wanted.arguments),
        ("period", ", ".join(period.text for period in query.periods)),
        ("edition", ", ".join(query.editions)),
        ("statistic", wanted.statistic),
        ("basis", wanted.basis),
        ("specification", wanted.specification),
        ("price basis", wanted.price_basis),
        ("status", wanted.status if wanted.status != "reported" else ""),
        ("unit", query.unit),
        ("latest", "yes" if query.latest else ""),
        ("limit", str(query.limit or "")),
        ("without", ", ".join(name.text for name in query.without)),
        ("words", " ".join(query.rest)),
    ]
    return tuple((slot, said) for slot, said in slots if said)


def _found(
    ledger: Ledger, query: Query, sources: Mapping[str, Source], is_relaxed: bool = False
) -> list[FittingFact]:
    if query.parts:
        parts = (replace(part, parts=()) for part in query.parts)
        return list(_in_turns([_found(ledger, part, sources, is_relaxed) for part in parts]))
    ranked = _fitting(ledger, query, sources, is_relaxed)
    if not ranked:
        return []
    best = min(one.fit for one in ranked)
    kept = [one for one in ranked if one.fit == best and _keeps_to(query.limit, one)]
    if query.latest and kept:
        last = max(_as_of(one.found) for one in kept)
        kept = [one for one in kept if _as_of(one.found) == last]
    return _newest_first(kept, is_timed=bool(query.periods))


def _keeps_to(limit: Quantity | None, fitting: FittingFact) -> bool:
    value = fitting.found.fact.value
    return limit is None or (isinstance(value, Quantity) and keeps_to(value, limit))


def _fitting(
    ledger: Ledger, query: Query, sources: Mapping[str, Source], is_relaxed: bool = False
) -> list[FittingFact]:
    """Return what fits, in the first reach in which anything does."""
    if is_empty(query):
        return []
    wanted = replace(query.wanted, arguments=(), period=None, of="", price_basis="")
    if has_nature(query.wanted.measure, "part of a whole"):
        wanted = replace(wanted, stage="")
    bare = replace(query, periods=(), unit="", wanted=wanted)
    own = frozenset(own_measures(ledger, query))
    unmeasured = replace(bare, wanted=replace(wanted, measure="", stage=""))
    ranked: list[FittingFact] = []
    is_narrow = bool(query.wanted.measure or own) or query.value_kind in ("date", "names")
    most = _MOST_RELAXED if is_relaxed else _MOST_READ
    for reach in _REACHES if is_narrow and not is_relaxed else _HELD:  # else all around would fit
        contexts = _Contexts(ledger) if reach == _AROUND else None
        for candidate in select_candidates(ledger, query, sources, contexts is not None, most):
            is_own = candidate.fact.measure in own
            as_asked = unmeasured if is_own else bare
            if one := _ranked(ledger, query, as_asked, candidate, contexts, is_own):
                ranked.append(one)
        if ranked:
            break
    return ranked


class _Contexts:
    """What stands around candidates, each and each page read once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._pages: dict[tuple[str, int], str] = {}
        self._told: dict[int, FactContext] = {}

    def of(self, found: LedgerFact) -> FactContext:
        """Return what stands around a fact."""
        if found.row not in self._told:
            at = (found.source.id, found.fact.place.page)
            if at not in self._pages:
                self._pages[at] = self._ledger.page_text(*at)
            self._told[found.row] = context_of(found, self._pages[at])
        return self._told[found.row]


def _in_turns(found: Sequence[Sequence[FittingFact]]) -> Iterator[FittingFact]:
    """Yield the best of each part, then the second of each."""
    for place in range(max(map(len, found), default=0)):
        yield from (facts[place] for facts in found if place < len(facts))


# -- how well a fact fits


def _ranked(
    ledger: Ledger,
    query: Query,
    bare: Query,
    found: LedgerFact,
    contexts: _Contexts | None,
    is_own: bool,
) -> FittingFact | None:
    """Return a fact with its rank, None where it does not fit.

    `bare` is the query without names and times, which are compared here: in their roles, and as
    a company counts its quarters. `is_own` tells that the fact is asked for by its own label.
    """
    fact, wanted = found.fact, query.wanted
    if fact.change and query.operation not in ("growth", "difference"):
        return None
    if query.operation == "growth" and not (fact.change or fact.measure == "growth"):
        return None
    slots = _compare_slots(query, bare, found)
    if slots is None:
        return None
    if query.unit and not is_in_unit(fact, query.unit):
        return None
    is_growth = query.operation == "growth" and value_kind(fact) == "share"
    is_otherwise = is_own or is_growth or sells_by_weight(query, fact)
    if not (query.unit or is_otherwise or is_of_dimension(found, wanted.measure)):
        return None  # 6.44 percent are no reserves
    is_row = is_own or is_of_row(wanted.measure, fact)
    if not (is_growth or (is_of_kind(query, fact) and is_row)):
        return None  # what is paid for imports is no tonnage
    if whole_fit(wanted, fact) != "same" or not has_price_basis(wanted, fact):
        return None
    if query.editions and not any(is_of_edition(found, edition) for edition in query.editions):
        return None
    period = period_fit(ledger, query, found)
    if period is None and contexts and is_under_period(query, found, contexts.of(found).heading):
        period = _BY_HEADING
    if period is None:
        return None
    placed = [argument_fit(argument, found, query) for argument in wanted.arguments]
    if contexts:
        placed = named_around(wanted, placed, found, contexts.of)
    if not all(relation in (*FIT, "coarser") for relation in placed):
        return None
    if any(is_part_of_figure(found, w) or is_of_other_item(found, w) for w in query.rest):
        return None
    around = contexts.of(found) if contexts and query.rest else None
    unsaid = _unsaid_words(query, around, is_continued="coarser" in placed) if around else ()
    if not all(may_be_unsaid(word, query.text) and not _is_event(query) for word in unsaid):
        return None
    missing = slots.missing + placed.count("coarser") + len(unsaid)
    if is_part_of_total(wanted, fact) or is_other_commodity(wanted, found):
        return None
    if not query.group_by and _is_unasked_segment(query, fact):
        return None
    of_subject = all(_is_subject(fact, word) for word in query.rest)
    if query.operation == "growth" and not (wanted.measure or of_subject):
        return None  # "driven by growth in Azure" is growth of another thing
    unasked = _unasked_names(wanted, fact)
    unread = _unasked_words(query, fact)
    narrower = int(fact.measure not in ("", wanted.measure) and not slots.is_broader)
    narrower = -1 if is_own else narrower
    extras = _unasked_slots(wanted, fact)
    is_list = isinstance(fact.value, Names) and query.value_kind != "names"
    far = sum(not _is_in_cell(fact, word) for word in query.rest)
    is_amount = query.operation == "growth" and value_kind(fact) != "share"
    fit = (
        -int(is_own and not wanted.measure),
        int(is_list),
        int(is_amount),  # growth is told in percent
        int(slots.is_broader),
        period,
        missing,
        far,
        int(bool(unread)),
        int(_WORLD in unasked),
    )
    whole_span = bool(query.periods) and "/" in query.periods[0].text
    order = (
        int(query.value_kind == "names" and not isinstance(fact.value, Names)),
        int(isinstance(fact.value, Quantity) and not fact.value.unit),
        -int(is_own),
        int(whole_span and fact.period != query.periods[0]),
        -_shared_words(query.text, _labels(found)),
        int(_is_ahead(fact.status)),
        _age(found) if not query.periods else (),
        -_shared_words(query.text, _beside_value(found)),
        len(unasked),
        narrower,
        extras,
        len(unread),
        fact.statistic != _WHOLE,
        int(isinstance(fact.value, Absent)),
        _RANKS.get(found.source.rank, 3),
    )
    return FittingFact(found, fit, order, unsaid)


def _is_share_of_imports(wanted: Fact, fact: Fact) -> bool:
    """Tell whether a share of imports is asked for, and a fact is one by what it is of."""
    if not has_nature(wanted.measure, "part of imports") or value_kind(fact) != "share":
        return False
    return any(has_nature(one.meaning.name, "inward") for one in find_measures(fact.of))


def _is_event(query: Query) -> bool:
    """Tell whether the day of an event is asked for that words alone tell."""
    return query.value_kind == "date" and not query.wanted.measure


def _unsaid_words(query: Query, around: FactContext, is_continued: bool) -> tuple[str, ...]:
    """Return the words of a query that do not stand around a fact.

    What happened on a day stands where that does.
    """
    if _is_event(query):
        return tuple(word for word in query.rest if stem(word) not in around.said)
    return tuple(
        word
        for word in query.rest
        if not has_word(around, word, is_continued, is_name=_is_written_as_name(word, query.text))
    )


def _is_written_as_name(word: str, asked: str) -> bool:
    """Tell whether a word has a capital within a look-up that is not written in capitals."""
    return word.isalpha() and f" {word.capitalize()}" in asked


@dataclass(frozen=True, slots=True)
class _Slots:
    """How many slots that are asked for are unsaid, and whether the measure is a broader one."""

    missing: int = 0
    is_broader: bool = False


def _compare_slots(query: Query, bare: Query, found: LedgerFact) -> _Slots | None:
    """Compare the slots that are no names and times; None where one of them is another."""
    fact, wanted = found.fact, query.wanted
    slots = _Slots()
    for slot, relation in compare(bare, fact).relations:
        if relation in FIT:
            continue
        if relation == "missing" and slot in _SOFT:
            slots = replace(slots, missing=slots.missing + 1)
        elif slot == "measure":
            if relation == "coarser" and is_told(wanted.measure, fact):
                slots = replace(slots, is_broader=True)
            elif not (
                measures_by_dimension(wanted.measure, fact)
                or sells_by_weight(query, fact)
                or _is_share_of_imports(wanted, fact)
            ):
                return None
        elif not (
            (slot == "value" and query.value_kind == "names" and _names_someone(wanted, fact))
            or (slot == "status" and _is_ahead(wanted.status) and _lies_ahead(found))
        ):
            return None
    return slots


_RANKS = {"official": 0, "filing": 0, "trade press": 1, "news": 2}


def _is_in_cell(fact: Fact, word: str) -> bool:
    """Tell whether a word stands in the row or column of a cell, and not in its caption alone."""
    return fact.table == Table() or _is_subject(fact, word)


def _is_subject(fact: Fact, word: str) -> bool:
    """Tell whether a word stands in the labels or slots of a fact, and not beside it alone."""
    labels = (*fact.table.row, *fact.table.column)
    named = (argument.name.text for argument in fact.arguments)
    told = fold(" ".join((*labels, *named, fact.measure, fact.of, *fact.rest)))
    return stem(word) in told


def _names_someone(wanted: Fact, fact: Fact) -> bool:
    """Tell whether a fact names another body or place than those that are asked about."""
    asked = {name_key(a.name) for a in wanted.arguments}
    things = _THINGS if any(a.role not in _THINGS for a in wanted.arguments) else ("material",)
    return any(name_key(a.name) not in asked for a in fact.arguments if a.role not in things)


def _is_ahead(status: str) -> bool:
    return status in names_of_nature("ahead")


def _lies_ahead(found: LedgerFact) -> bool:
    """Tell whether a fact speaks of what is to come: in its words, or by its time."""
    published = found.source.published
    end = _end(found.fact.period)
    return _is_ahead(found.fact.status) or bool(published and end[: len(published)] > published)


def _unasked_names(wanted: Fact, fact: Fact) -> set[str]:
    asked = {name_key(a.name) for a in wanted.arguments}
    asked |= {
        key for a in fact.arguments if set((key := name_key(a.name)).split()) <= {*wanted.rest}
    }
    return {
        name_key(a.name)
        for a in fact.arguments
        if name_key(a.name) not in asked and not is_whole(replace(a.name, form=""))
    }


def _is_unasked_segment(query: Query, fact: Fact) -> bool:
    """Tell whether a fact is of a part of a company of which no word is asked for."""
    names = " ".join(argument.name.text for argument in query.wanted.arguments)
    asked = {_singular(word) for word in content_words(f"{query.text} {names}")}
    segments = fact.named("segment")
    return bool(segments) and not any(
        {_singular(word) for word in content_words(name.text)} & asked for name in segments
    )


def _unasked_words(query: Query, fact: Fact) -> list[str]:
    asked = " ".join((*query.rest, query.text.casefold()))
    unread = [word for word in fact.rest if word not in asked and word.rstrip("s") not in asked]
    is_other = is_remainder(fact) and not any(a.name.id == _OTHERS for a in query.wanted.arguments)
    return [*unread, *([_OTHERS] if is_other else [])]


def _shared_words(text: str, words: str) -> int:
    """Return how many words of a look-up stand in the labels of a fact as they are written."""
    held = {_singular(word) for word in content_words(_POSSESSIVE.sub("", words))}
    return len({_singular(word) for word in content_words(text) if word.isalpha()} & held)


def _labels(found: LedgerFact) -> str:
    """Return the labels of a cell as they are written, or what a sentence says."""
    table = found.fact.table
    return " | ".join((*table.row, *table.column, table.caption)) or found.words


def _beside_value(found: LedgerFact) -> str:
    """Return what stands in a sentence just beside its value, up to the next comma."""
    if found.fact.table != Table():
        return ""
    quote, place = found.words.rpartition(" | ")[2], found.fact.place
    start, end = place.value_start - place.start, place.value_end - place.start
    before = _BREAK.split(quote[max(0, start - _BESIDE_VALUE) : start])[-1]
    behind = _BREAK.split(quote[end : end + _BESIDE_VALUE])[0]
    return f"{before} {_joint().split(behind)[0]}"  # "and" begins another figure


@lru_cache(maxsize=1)
def _joint() -> re.Pattern[str]:
    words = any_form(word for word in load_vocabulary().words("asked", "listing") if word.isalpha())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _unasked_slots(wanted: Fact, fact: Fact) -> int:
    slots = ("specification", "statistic", "part_of", "of", "scope", "price_basis")
    usual = names_of_nature("usual statistic")
    return sum(
        bool(getattr(fact, slot)) and not getattr(wanted, slot)
        for slot in slots
        if getattr(fact, slot) not in usual
    )


def _end(period: Period | None) -> str:
    if period is None:
        return ""
    return period.last or f"{period.year:04}-12-31"


def _edition_year(found: LedgerFact) -> str:
    year = re.search(r"(?:19|20)\d\d", found.fact.edition or found.source.edition)
    return year[0] if year else ""


def _as_of(found: LedgerFact) -> str:
    """Return the day that a fact is of, "" for none: a stock without one is of its edition."""
    fact = found.fact
    return _end(fact.period) or (_edition_year(found) if has_nature(fact.measure, "stock") else "")


def _age(found: LedgerFact) -> tuple[int, ...]:
    """Return a key that puts facts of a later year first, or of a later edition without one."""
    return _inverse(_end(found.fact.period)[:4] or _edition_year(found))


def _newest_first(ranked: Sequence[FittingFact], is_timed: bool) -> list[FittingFact]:
    """Return facts by rank, of equal ones those of the newest edition first."""

    said = Counter((one.found.source.series, _value_key(one.found.fact)) for one in ranked)

    def key(one: FittingFact) -> tuple[object, ...]:
        fact, source = one.found.fact, one.found.source
        # A statement gives a figure again and again; what stands there once is a part or a change.
        often = said[source.series, _value_key(fact)] if source.rank == "filing" else 0
        edition = fact.edition or source.edition
        year = _edition_year(one.found)
        newer = (-int(year or 0), _inverse(edition), _inverse(source.published))
        latest = () if is_timed else (_inverse(_end(fact.period) or year),)
        return (
            *one.order,
            *latest,
            -often,
            *newer,
            _inverse(_end(fact.period)),
            source.path,
            one.found.row,
        )

    return sorted(ranked, key=key)


def _value_key(fact: Fact) -> str:
    return str(fact.value)


def _inverse(text: str) -> tuple[int, ...]:
    """Return a key that puts later texts first."""
    return (*(-ord(sign) for sign in text), 0) if text else (1,)
