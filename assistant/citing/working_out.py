"""A share or a change that a claim gives, worked out from the figures of sources.

A source seldom prints what a report says of its figures: that a land mined 69% of the world's
output, that a price rose by a quarter. Such a claim is read as the question that it answers.
"""

from collections.abc import Iterator
from dataclasses import replace

from assistant.answer import Answer, CitedClaim
from assistant.calculating import answer_by_calculation
from assistant.citing.comparing import levels_of
from assistant.citing.reading import hole_of
from assistant.figures import FactSearch
from corpus.facts import Absent, Fact, Query
from corpus.language.measures import find_terms, measure_named
from corpus.language.names import find_names
from corpus.language.periods import Period, parse_period
from corpus.language.quantities import Quantity, QuantityMention, find_quantities, same_quantity
from corpus.language.units import is_convertible
from corpus.language.vocabulary import load_vocabulary
from index.facts import LedgerFact

_PERCENT = "percent"
_WAYS = {"up": 1, "down": -1}
_SIGNS = {"+": 1, "-": -1, "−": -1}
_POINTS, _SHARE = 1.0, 0.05  # by which rounding and other editions may let percentages differ
_WHO_SAYS = ("agency", "publisher")
_CITATIONS = 4


def work_out(claim: str, search: FactSearch) -> CitedClaim | None:
    """Return the verdict on a claim of one percentage, by the figures that it is made of.

    None where it has none or several, where sources lack a figure for it, or where what comes out
    is so near that other editions, or the rounding of figures, may explain the difference.
    """
    found = [one for one in find_quantities(claim) if one.quantity.unit == _PERCENT]
    if len(found) != 1:
        return None
    [said] = found
    way = _way_of(claim, said)
    query = search.parse(_question_of(claim, said, is_change=bool(way)))
    if query.rest:  # it says more than the figure: of a part, or why
        return None
    answer = answer_by_calculation(claim, query, search)
    results = _results(answer)
    if not (results and _is_by_whom_it_says(answer, claim)):
        return None
    claimed = said.quantity.value * (way or 1)
    nearest = min(results, key=lambda one: abs(claimed - one))
    cited = CitedClaim(claim, "supported", answer.citations[:_CITATIONS], answer.sentences[0].text)
    if abs(claimed - nearest) <= said.quantity.step / 2:
        return cited
    if abs(claimed - nearest) <= max(_POINTS, _SHARE * abs(nearest)) or not _is_definite(query):
        return None
    is_same_way = claimed * nearest > 0
    wrong = claim[said.start : said.end] if is_same_way else ""
    right = f"{abs(nearest):g}%" if is_same_way else ""
    return CitedClaim(claim, "contradicted", cited.citations, cited.says, wrong, right)


def work_out_change(fact: Fact, query: Query, search: FactSearch) -> tuple[LedgerFact, ...]:
    """Return the two facts of one source that make a claimed change, the later first, or none."""
    if fact.change is None or not isinstance(fact.value, Quantity):
        return ()
    times = list(_times_of(fact))
    if len(times) != 2:
        return ()
    later, earlier = ([*_levels_at(one, fact, query, search)] for one in times)
    for after in later:
        for before in earlier:
            made = _change_between(after, before, fact)
            if made and same_quantity(fact.value, made):
                return after, before
    return ()


def _times_of(fact: Fact) -> Iterator[Period]:
    """Yield the times between which a change is, the later first."""
    against = fact.change.against if fact.change else ""
    ends = (against or (fact.period.text if fact.period else "")).split("/")
    if len(ends) == 2 and all(map(str.isdigit, ends)):  # "between 2024 and 2025"
        yield from map(parse_period, reversed(ends))
    elif fact.period and against:
        yield fact.period
        yield parse_period(against)


def _levels_at(time: Period, fact: Fact, query: Query, search: FactSearch) -> Iterator[LedgerFact]:
    level = replace(fact, value=Absent(), change=None, period=time, rest=(), statistic="")
    hole = replace(hole_of(level, query), periods=(time,))
    yield from levels_of(level, search.as_counted(search.find_in_words(hole).facts, time))


def _change_between(after: LedgerFact, before: LedgerFact, fact: Fact) -> Quantity | None:
    """Return by how much one source's figures differ, as a claim gives it; None where not so."""
    new, old, said = after.fact.value, before.fact.value, fact.value
    if not (isinstance(new, Quantity) and isinstance(old, Quantity)):
        return None
    if after.source.id != before.source.id or not (fact.change and isinstance(said, Quantity)):
        return None
    if new.unit != old.unit and not is_convertible(old.unit, new.unit):
        return None
    old = old.in_unit(new.unit) if old.unit != new.unit else old
    by = new.value - old.value
    if (by > 0) != (fact.change.direction == "up"):
        return None
    if fact.change.kind == "percent":
        part = 100 * abs(by / old.value) if old.value else 0.0
        return Quantity(part, part, _PERCENT, "=", 0.0)
    if fact.change.kind == "points" or not is_convertible(new.unit, said.unit):
        return None
    return Quantity(abs(by), abs(by), new.unit, "=", min(new.step, old.step)).in_unit(said.unit)


def _way_of(text: str, said: QuantityMention) -> int:
    """Return whether a text says that something rose (1) or fell (-1), 0 for neither or both."""
    if sign := _SIGNS.get(text[said.start - 1 : said.start]):
        return sign
    ways = {one.meaning for one in find_terms("markers", text)} & _WAYS.keys()
    return _WAYS[ways.pop()] if len(ways) == 1 else 0


def _question_of(claim: str, said: QuantityMention, is_change: bool) -> str:
    """Return the question of which a claim is the answer: "what share of the world's ..."."""
    vocabulary = load_vocabulary()
    [asked, *_] = vocabulary.words("asked", "size of a change" if is_change else "share")
    words = claim[: said.start].rstrip("+-− ").split()
    while words and words[-1].casefold() in vocabulary.words("asked", "before a percentage"):
        words.pop()
    return f"{asked} {claim[said.end :].strip(' .')} {' '.join(words)}?"


def _results(answer: Answer) -> tuple[float, ...]:
    """Return the percentages that come out of a calculation, or that a source states for it.

    What fell is below zero.
    """
    told = [step.result for step in answer.steps[-1:]] or [one.text for one in answer.sentences]
    return tuple(
        one.quantity.value * (_way_of(text, one) or 1)
        for text in told
        for one in find_quantities(text)
        if one.quantity.unit == _PERCENT
    )


def _is_by_whom_it_says(answer: Answer, claim: str) -> bool:
    """Tell whether figures are of all agencies and publishers that a claim names."""
    told = [answer.sentences[0].text, *(one.source.publisher for one in answer.citations)]
    named = [one.name.text for one in find_names(claim) if one.name.kind in _WHO_SAYS]
    return all(any(name in text for text in told) for name in named)


def _is_definite(query: Query) -> bool:
    """Tell whether the figures worked with are of one kind: imports are counted and valued."""
    name = query.wanted.of or query.wanted.measure
    return bool(measure_named(name).dimension)
