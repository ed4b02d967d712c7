"""Which words of a claim have a counterpart in evidence, and which of evidence in the claim.

Small encoders read figures, years and names poorly. These are read by `corpus.language`, and the
entailment model is told of each word whether the other text has its like (DrQA's exact match: Chen
and others 2017).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from corpus.language.measures import find_terms
from corpus.language.names import NameMention, find_names
from corpus.language.periods import PeriodMention, contains, find_periods, same_period
from corpus.language.quantities import (
    Quantity,
    QuantityMention,
    find_quantities,
    same_quantity,
)
from corpus.language.units import is_convertible
from corpus.language.words import fold, word_spans
from index.facts.fact_context import stem

_NEAR = 0.06  # of a figure that is told roughly


class Counterpart(IntEnum):
    """How a word stands to the other text."""

    NONE = 0
    WORD_SAME = 1
    WORD_ALONE = 2
    PROPER_SAME = 3
    PROPER_ALONE = 4
    FIGURE_SAME = 5
    FIGURE_NEAR = 6
    FIGURE_OTHER = 7  # the other text has figures of this kind, and not this one
    FIGURE_ALONE = 8
    PERIOD_SAME = 9
    PERIOD_WITHIN = 10
    PERIOD_OTHER = 11
    PERIOD_ALONE = 12
    NAME_SAME = 13
    NAME_OTHER = 14  # the other text has names of this kind, and not this one
    NAME_ALONE = 15
    TERM_SAME = 16  # a marker or status: "not", "rose", "planned"
    TERM_OPPOSED = 17
    TERM_ALONE = 18
    FIGURE_UNIT = 19  # the number is there, of another unit


KINDS = len(Counterpart)
_OPPOSED = {"up": "down", "down": "up"}
_MARKERS = frozenset(("negation", "up", "down", "ability"))


@dataclass(frozen=True, slots=True)
class Marked:
    """How `text[start:end]` stands to the other text."""

    start: int
    end: int
    kind: Counterpart


@dataclass(frozen=True, slots=True)
class _Read:
    """What the readers find in a text."""

    quantities: tuple[QuantityMention, ...]
    periods: tuple[PeriodMention, ...]
    names: tuple[NameMention, ...]
    terms: tuple[tuple[int, int, str], ...]
    words: tuple[tuple[int, int, str, bool], ...]  # place, stem, whether it is capitalised


@lru_cache(maxsize=4_000)
def find_counterparts(text: str, other: str) -> tuple[Marked, ...]:
    """Return how the words of a text stand to another text; of overlapping ones the last counts."""
    one, beside = _read(text), _read(other)
    names = (Marked(m.start, m.end, _of_name(m, beside.names)) for m in one.names)
    periods = (Marked(m.start, m.end, _of_period(m, beside.periods)) for m in one.periods)
    figures = (
        Marked(m.start, m.end, _of_figure(m.quantity, beside.quantities)) for m in one.quantities
    )
    return (*_words(one, beside), *_terms(one, beside), *names, *periods, *figures)


@lru_cache(maxsize=4_000)
def _read(text: str) -> _Read:
    terms = [
        (one.start, one.end, one.meaning)
        for table in ("markers", "statuses")
        for one in find_terms(table, text)
        if table == "statuses" or one.meaning in _MARKERS
    ]
    words = tuple(
        (start, end, stem(fold(text[start:end])), text[start].isupper())
        for start, end in word_spans(text)
    )
    return _Read(find_quantities(text), find_periods(text), find_names(text), tuple(terms), words)


def _words(one: _Read, other: _Read) -> Iterator[Marked]:
    stems = {word for _, _, word, _ in other.words}
    for start, end, word, is_proper in one.words:
        if is_proper:
            kind = Counterpart.PROPER_SAME if word in stems else Counterpart.PROPER_ALONE
        else:
            kind = Counterpart.WORD_SAME if word in stems else Counterpart.WORD_ALONE
        yield Marked(start, end, kind)


def _terms(one: _Read, other: _Read) -> Iterator[Marked]:
    found = {meaning for _, _, meaning in other.terms}
    for start, end, meaning in one.terms:
        yield Marked(start, end, _of_term(meaning, found))


def _of_term(meaning: str, found: Collection[str]) -> Counterpart:
    if meaning in found:
        return Counterpart.TERM_SAME
    if _OPPOSED.get(meaning) in found:
        return Counterpart.TERM_OPPOSED
    return Counterpart.TERM_ALONE


def _of_name(mention: NameMention, others: Sequence[NameMention]) -> Counterpart:
    if any(mention.name.key == one.name.key for one in others):
        return Counterpart.NAME_SAME
    is_rivalled = any(mention.name.kind == one.name.kind for one in others)
    return Counterpart.NAME_OTHER if is_rivalled else Counterpart.NAME_ALONE


def _of_period(mention: PeriodMention, others: Sequence[PeriodMention]) -> Counterpart:
    period = mention.period
    if any(same_period(period, one.period) for one in others):
        return Counterpart.PERIOD_SAME
    for one in others:
        is_within = contains(one.period, period) or contains(period, one.period)
        if is_within or set(one.period.years) & set(period.years):
            return Counterpart.PERIOD_WITHIN
    return Counterpart.PERIOD_OTHER if others else Counterpart.PERIOD_ALONE


def _of_figure(one: Quantity, others: Sequence[QuantityMention]) -> Counterpart:
    found = [mention.quantity for mention in others]
    if any(_is_same(one, other) for other in found):
        return Counterpart.FIGURE_SAME
    alike = [o for o in found if o.unit == one.unit or is_convertible(o.unit, one.unit)]
    for other in alike:
        value = other.in_unit(one.unit).value if other.unit != one.unit else other.value
        if abs(value - one.value) <= _NEAR * max(abs(value), abs(one.value)):
            return Counterpart.FIGURE_NEAR
    if any((one.low, one.high) == (other.low, other.high) for other in found):
        return Counterpart.FIGURE_UNIT
    return Counterpart.FIGURE_OTHER if alike else Counterpart.FIGURE_ALONE


def _is_same(one: Quantity, other: Quantity) -> bool:
    if same_quantity(one, other):
        return True
    is_bare = not (one.unit and other.unit)  # where a unit was not read
    return is_bare and (one.low, one.high) == (other.low, other.high)
