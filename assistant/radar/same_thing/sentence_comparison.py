"""Whether two sentences say the same thing, and with which value: where the ledger has no fact.

Names and times must be the same, most other words, too; of what is left, quantities of one kind
are compared in their order. In sentences without any a date is what is said.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.language.names import NameMention, find_names
from corpus.language.periods import PeriodMention, find_periods
from corpus.language.quantities import QuantityMention, find_quantities, same_quantity
from corpus.language.words import content_words, fold
from index.storage.fact_rows import name_form, name_key
from index.wording import stem

_LIKE = 0.5  # the share of words in common from which on two sentences may be of one thing
_ALIKE = 0.75  # where no figure tells that they say the same


@dataclass(frozen=True, slots=True)
class ComparedSentence:
    """How a sentence stands to another: the same, with another value, or of another thing.

    `before` and `after` are the words in which they differ, where the value is another.
    """

    relation: Literal["same", "other value", "other thing"]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Slots:
    """What a sentence names, when, and how much; `words` are the stems of the others."""

    text: str
    names: frozenset[tuple[str, frozenset[str]]]
    periods: tuple[PeriodMention, ...]
    quantities: tuple[QuantityMention, ...]
    words: frozenset[str]

    @property
    def times(self) -> frozenset[str]:
        """The times in their canonical form."""
        return frozenset(one.period.text for one in self.periods)


_OTHER_THING = ComparedSentence("other thing")


def compare_sentences(held: str, said: str) -> ComparedSentence:
    """Return how a sentence that is said stands to one that is held."""
    one, other = _slots(held), _slots(said)
    likeness = _likeness(one.words, other.words)
    if one.names != other.names or likeness < _LIKE:
        return _OTHER_THING
    if one.times != other.times:
        return _compare_dates(one, other, likeness)
    if not one.quantities:
        is_same = likeness >= _ALIKE and not other.quantities
        return ComparedSentence("same") if is_same else _OTHER_THING
    return _compare_quantities(one, other)


def is_definite(sentence: str) -> bool:
    """Tell whether a sentence names who or what, when and how much: another can contradict it."""
    one = _slots(sentence)
    return bool(one.names and one.periods) and len(one.quantities) == 1


def _compare_dates(one: _Slots, other: _Slots, likeness: float) -> ComparedSentence:
    """Compare sentences of two times: where one date alone is what is said."""
    pairs = [one.periods, other.periods]
    is_said = all(len(periods) == 1 for periods in pairs) and likeness >= _ALIKE
    if not is_said or one.quantities or other.quantities:
        return _OTHER_THING
    before, after = (_written(slots.text, slots.periods[0]) for slots in (one, other))
    return ComparedSentence("other value", before, after)


def _compare_quantities(one: _Slots, other: _Slots) -> ComparedSentence:
    """Compare quantities of each kind in their order; one that is left over is another thing."""
    held, said = _by_kind(one.quantities), _by_kind(other.quantities)
    if any(len(held[kind]) != len(said.get(kind, ())) for kind in held):
        return _OTHER_THING
    apart = [
        (mine, theirs)
        for kind in held
        for mine, theirs in zip(held[kind], said[kind], strict=True)
        if not same_quantity(mine.quantity, theirs.quantity)
    ]
    if not apart:
        return ComparedSentence("same")
    before = ", ".join(_written(one.text, mine) for mine, _ in apart)
    after = ", ".join(_written(other.text, theirs) for _, theirs in apart)
    return ComparedSentence("other value", before, after)


def _by_kind(mentions: Sequence[QuantityMention]) -> dict[str, list[QuantityMention]]:
    held: dict[str, list[QuantityMention]] = defaultdict(list)
    for mention in mentions:
        held[mention.quantity.dimension].append(mention)
    return held


def _written(text: str, mention: QuantityMention | PeriodMention) -> str:
    return text[mention.start : mention.end]


def _is_within(name: NameMention, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < name.end and name.start < end for start, end in taken)


def _likeness(one: Collection[str], other: Collection[str]) -> float:
    held, said = frozenset(one), frozenset(other)
    return len(held & said) / len(held | said) if held | said else 1.0


@lru_cache(maxsize=20_000)
def _slots(text: str) -> _Slots:
    quantities, periods = find_quantities(text), find_periods(text)
    taken = [(one.start, one.end) for one in quantities]
    taken += [(one.start, one.end) for one in periods]
    names = [one for one in find_names(text) if not _is_within(one, taken)]
    left = list(text)
    for start, end in [*taken, *[(one.start, one.end) for one in names]]:
        left[start:end] = " " * (end - start)
    words = frozenset(stem(word) for word in content_words(fold("".join(left))))
    keys = frozenset((name_key(one.name), name_form(one.name)) for one in names)
    return _Slots(text, keys, periods, quantities, words)
