"""Whether two sentences say the same thing, and with which value: where the ledger has no fact.

Names and times must be the same, most other words, too; of what is left, quantities of one kind
are compared in their order. In sentences without any a date is what is said, or whether a rule is
in force.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.radar.same_thing.same_figure import is_apart
from corpus.language.measures import find_measures, find_terms, names_of_nature
from corpus.language.names import NameMention, find_names
from corpus.language.periods import PeriodMention, find_periods
from corpus.language.phrases import Found
from corpus.language.quantities import Quantity, QuantityMention, find_quantities
from corpus.language.words import content_words, fold
from index.storage.fact_rows import name_form, name_key
from index.wording import plain_words, stem

Differ = Callable[[Quantity, Quantity], bool]
_LIKE = 0.5  # the share of words in common from which on two sentences may be of one thing
_ENDED = "expired"
_SPAN = "/"  # in the canonical form of a time from one day until another
_RATE = "mass rate"
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
    """What a sentence names, when, and how much; `words` are the stems of the others.

    `numbers` are those that count nothing: "phase 1".
    """

    text: str
    names: frozenset[tuple[str, frozenset[str]]]
    periods: tuple[PeriodMention, ...]
    quantities: tuple[QuantityMention, ...]
    words: frozenset[str]
    numbers: frozenset[str]
    rulings: tuple[Found[str], ...]
    has_law: bool

    @property
    def times(self) -> frozenset[str]:
        """The times in their canonical form."""
        return frozenset(one.period.text for one in self.periods)


@dataclass(frozen=True, slots=True)
class Ruling:
    """The words that say whether a rule is in force, and until which day that holds (ISO)."""

    words: str
    until: str


_OTHER_THING = ComparedSentence("other thing")


def compare_sentences(
    held: str, said: str, differ: Differ = is_apart, before: str = ""
) -> ComparedSentence:
    """Return how a sentence that is said stands to one that is held.

    `differ` tells when two figures are apart. What names nobody is of whom the sentence `before`
    it names.
    """
    one, other = _slots(held), _slots(said)
    if before and not other.names:
        other = replace(other, names=_slots(before).names)
    if _is_ruled_otherwise(one, other):
        return ComparedSentence("other value", _ruling(one), _ruling(other))
    likeness = _likeness(one.words, other.words)
    is_of_one = one.names == other.names and one.numbers == other.numbers
    if not is_of_one or likeness < _LIKE:
        return _OTHER_THING
    if one.times != other.times:
        return _compare_series(one, other, differ) or _compare_dates(one, other, likeness)
    if not one.quantities:
        is_same = likeness >= _ALIKE and not other.quantities
        return ComparedSentence("same") if is_same else _OTHER_THING
    return _compare_quantities(one, other, differ)


def is_definite(sentence: str) -> bool:
    """Tell whether a sentence names who or what, when and how much: another can contradict it.

    What lasts, such as a capacity, is said without a time, and so is that a rule is in force.
    """
    one = _slots(sentence)
    is_dated = bool(one.periods) or _lasts(one)
    return says_ruling(sentence) or (bool(one.names) and is_dated and len(one.quantities) == 1)


def ruling_until(sentence: str) -> Ruling:
    """Return what a sentence says of a rule with the day on which that ends, "" for none.

    "Suspended until 10 November 2026", "expires on 31 March 2026".
    """
    one = _slots(sentence)
    if not one.rulings:
        return Ruling("", "")
    is_end = any(found.meaning == _ENDED for found in one.rulings)
    periods = [found.period for found in one.periods]
    ends = [period.last for period in periods if is_end or _SPAN in period.text]
    return Ruling(_ruling(one), max(ends, default=""))


def _lasts(one: _Slots) -> bool:
    """Tell whether what a sentence measures is so at any time: so much a year, a capacity."""
    named = {found.meaning.name for found in find_measures(one.text)}
    is_rate = any(found.quantity.dimension == _RATE for found in one.quantities)
    return is_rate or not named.isdisjoint(names_of_nature("stock"))


def says_ruling(sentence: str) -> bool:
    """Tell whether a sentence says of a rule that has a number whether it is in force."""
    one = _slots(sentence)
    return one.has_law and bool(one.rulings)


def _is_ruled_otherwise(one: _Slots, other: _Slots) -> bool:
    """Tell whether two sentences say of one rule that it is in force, and that it is not.

    A rule that has a number is known by it, another one by the words for it.
    """
    states = [{found.meaning for found in slots.rulings} for slots in (one, other)]
    if not all(len(state) == 1 for state in states) or states[0] == states[1]:
        return False
    if one.names != other.names or one.has_law:
        return one.names == other.names
    words = [slots.words - _stems_of_rulings(slots) for slots in (one, other)]
    return all(words) and _likeness(*words) >= _ALIKE


def _stems_of_rulings(one: _Slots) -> frozenset[str]:
    told = " ".join(one.text[found.start : found.end] for found in one.rulings)
    return frozenset(stem(word) for word in content_words(fold(told)))


def _ruling(one: _Slots) -> str:
    """Return the words of a sentence that say whether a rule is in force, with their times."""
    start = one.rulings[0].start
    ends = [*(found.end for found in one.rulings), *(found.end for found in one.periods)]
    return one.text[start : max(ends)]


def _compare_series(one: _Slots, other: _Slots, differ: Differ) -> ComparedSentence | None:
    """Compare the figures of the times that both give one of; None where not all figures have one.

    "274,000 t in 2025, after 268,000 t in 2024" is a series, and so is a single time.
    """
    held, said = _series(one), _series(other)
    common = [time for time in held if time in said]
    if not common:
        return None
    apart = [time for time in common if differ(held[time].quantity, said[time].quantity)]
    if apart:
        before = ", ".join(_written(one.text, held[time]) for time in apart)
        after = ", ".join(_written(other.text, said[time]) for time in apart)
        return ComparedSentence("other value", before, after)
    return ComparedSentence("same") if len(common) == len(held) else None


def _series(one: _Slots) -> dict[str, QuantityMention]:
    """Return the figures of a sentence by their times, where it has one of a kind for each."""
    kinds = {mention.quantity.dimension for mention in one.quantities}
    if len(kinds) != 1 or not len(one.times) == len(one.periods) == len(one.quantities):
        return {}
    times = (found.period.text for found in one.periods)
    return dict(zip(times, one.quantities, strict=True))


def _compare_dates(one: _Slots, other: _Slots, likeness: float) -> ComparedSentence:
    """Compare sentences of two times: where one date alone is what is said."""
    pairs = [one.periods, other.periods]
    is_said = all(len(periods) == 1 for periods in pairs) and likeness >= _ALIKE
    if not is_said or one.quantities or other.quantities:
        return _OTHER_THING
    before, after = (_written(slots.text, slots.periods[0]) for slots in (one, other))
    return ComparedSentence("other value", before, after)


def _compare_quantities(one: _Slots, other: _Slots, differ: Differ) -> ComparedSentence:
    """Compare quantities of each kind in their order; one that is left over is another thing."""
    held, said = _by_kind(one.quantities), _by_kind(other.quantities)
    if any(len(held[kind]) != len(said.get(kind, ())) for kind in held):
        return _OTHER_THING
    apart = [
        (mine, theirs)
        for kind in held
        for mine, theirs in zip(held[kind], said[kind], strict=True)
        if differ(mine.quantity, theirs.quantity)
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


def _is_number_of(figure: QuantityMention | PeriodMention, names: Sequence[NameMention]) -> bool:
    """Tell whether a figure is the number of a rule: "Notice 57 of 2025"."""
    laws = (one for one in names if one.name.kind == "law")
    return any(one.start <= figure.start and figure.end <= one.end for one in laws)


def _is_within(name: NameMention, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < name.end and name.start < end for start, end in taken)


def _likeness(one: Collection[str], other: Collection[str]) -> float:
    held, said = frozenset(one), frozenset(other)
    return len(held & said) / len(held | said) if held | said else 1.0


@lru_cache(maxsize=20_000)
def _slots(text: str) -> _Slots:
    found = find_names(text)
    periods = tuple(one for one in find_periods(text) if not _is_number_of(one, found))
    quantities = tuple(one for one in find_quantities(text) if not _is_number_of(one, found))
    taken = [(one.start, one.end) for one in quantities]
    taken += [(one.start, one.end) for one in periods]
    names = [one for one in found if not _is_within(one, taken)]
    left = list(text)
    for start, end in [*taken, *[(one.start, one.end) for one in names]]:
        left[start:end] = " " * (end - start)
    rest = fold("".join(left))
    words = frozenset(stem(word) for word in content_words(rest))
    numbers = frozenset(word for word in plain_words(rest) if word.isdigit())
    keys = frozenset((name_key(one.name), name_form(one.name)) for one in names)
    ruling = names_of_nature("ruling")
    rulings = tuple(one for one in find_terms("statuses", text) if one.meaning in ruling)
    has_law = any(one.name.kind == "law" for one in names)
    return _Slots(text, keys, periods, quantities, words, numbers, rulings, has_law)
