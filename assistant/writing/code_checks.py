"""What code holds a sentence to: its quotes stand, and its figures, times and names stand in them.

Figures are compared as values with their units; one that is worked out of quoted ones is worked
out again. What the words mean beyond that is for the verifier.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, combinations, combinations_with_replacement, permutations
from typing import Literal

from assistant.figures.value_words import value_text
from assistant.writing.quoted_values import Said, holds, is_figure, is_time
from assistant.writing.quoting import Quoted
from assistant.writing.sentence_reading import ReadSentence
from corpus.facts.sentences.mentions import Mention, Mentions, is_place
from corpus.facts.statement import name_words
from corpus.language.measures import find_measures
from corpus.language.named_editions import find_editions
from corpus.language.names import Name, find_names
from corpus.language.periods import Period, contains, find_periods
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.units import is_convertible
from index.facts import LedgerFact

Fault = Literal["", "quote", "figure", "time", "name", "superseded"]
"""Why code does not let a sentence pass: mostly what stands in no quote."""

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOST_OPERANDS = 24  # quoted figures that a worked-out one is looked for in
_PERCENT = 100.0
_SHARES = ("percent", "point")
_SLACK = 0.5  # of the last digit that is told


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of the checks: the fault, said in words, and whether a figure was worked out."""

    fault: Fault = ""
    reason: str = ""
    is_worked_out: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What may stand in a sentence beside its quotes: words of the question, what was told before.

    `around` is all that was given of the pages that are quoted, `told` the figures of earlier
    sentences of the answer.
    """

    asked: str = ""
    around: tuple[str, ...] = ()
    told: tuple[Quantity, ...] = ()


def check_sentence(
    sentence: ReadSentence, quoted: Sequence[Quoted], beside: Beside = Beside()
) -> Checked:
    """Return what stands against a sentence, of what code can tell.

    A figure must stand in the quotes or be worked out of quoted ones; a time or name must stand
    somewhere on the pages that are quoted. Whether they belong together is for the verifier.
    """
    if not quoted:
        return Checked("quote", "the words that it quotes stand nowhere in the sources")
    said = Said(quoted)
    found = _check_figures(sentence, said, beside)
    if found.fault:
        return found
    places = _Places(said, beside)
    for period in (p.meaning for m in sentence.mentions for p in m.periods):
        if not places.has_period(period):
            return Checked("time", f"{period.text} stands nowhere in what it quotes")
    told_names = zip(sentence.parsed, sentence.mentions, strict=True)
    for name in chain.from_iterable(_decisive_names(p.text, m) for p, m in told_names):
        if not places.has_name(name):
            return Checked("name", f"{name.text} stands nowhere in what it quotes")
    if newer := _untold_newer(sentence, quoted, beside.asked):
        told_now = f"{newer.source.title} gives {value_text(newer.fact)}"
        return Checked("superseded", f"a newer edition has another value: {told_now}")
    return found


def _untold_newer(
    sentence: ReadSentence, quoted: Sequence[Quoted], asked: str
) -> LedgerFact | None:
    """Return the newer value of a figure that a newer edition gives otherwise.

    None where the sentence tells it, too, or it or the question names an edition.
    """
    if find_editions(f"{sentence.text} | {asked}"):
        return None
    told = [q.meaning for m in sentence.mentions for q in m.quantities]
    held = [one for each in quoted for one in each.facts if isinstance(one.fact.value, Quantity)]
    for figure in told:
        same = [one for one in held if _is_value(figure, one)]
        newer = same[0].newer if same and all(one.is_superseded for one in same) else None
        if newer and not any(_is_value(one, newer) for one in told):
            return newer
    return None


def _is_value(figure: Quantity, one: LedgerFact) -> bool:
    return isinstance(one.fact.value, Quantity) and is_figure(figure, one.fact.value)


def _check_figures(sentence: ReadSentence, said: Said, beside: Beside) -> Checked:
    given = [*(one.quantity for one in find_quantities(beside.asked)), *beside.told]
    worked_out = False
    for parsed, mentions in zip(sentence.parsed, sentence.mentions, strict=True):
        for one in mentions.quantities:
            told = one.meaning
            if said.has_quantity(told) or any(is_figure(told, each) for each in given):
                continue
            words = parsed.text[one.start : one.end]
            if said.has_unread(words) or not _DIGIT.search(words):
                continue
            held = (*said.own_quantities, *given)
            if all(any(is_figure(end, one) for one in held) for end in _ends(told)):
                continue  # "from 2,371 to 1,004", read as a range
            if not _is_worked_out(told, held):
                return Checked("figure", f"{words} stands in none of its quotes")
            worked_out = True
            given.append(told)  # "20 + 5.5 = 25.5, 1.28 times as much"
    return Checked(is_worked_out=worked_out)


class _Places:
    """Where times and names may stand: in quotes, in the question, on the pages quoted."""

    def __init__(self, said: Said, beside: Beside) -> None:
        self._said = said
        self._texts = (beside.asked, *beside.around)

    @cached_property
    def _periods(self) -> tuple[Period, ...]:
        return tuple(one.period for text in self._texts for one in find_periods(text))

    @cached_property
    def _years(self) -> frozenset[int]:
        """Years in whatever is written there, as in the name of a file."""
        texts = (*self._texts, *self._said.texts)
        return frozenset(int(year) for text in texts for year in _YEAR.findall(text))

    @cached_property
    def _words(self) -> frozenset[str]:
        texts = (*self._texts, *(text.replace(".", "") for text in self._texts))  # "10 U.S.C."
        return frozenset(word for text in texts for word in name_words(text))

    @cached_property
    def _parts(self) -> frozenset[str]:
        return frozenset(_parts(self._words | self._said.words))

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(one.name.id for text in self._texts for one in find_names(text)) - {""}

    def has_period(self, period: Period) -> bool:
        """Tell whether a time, or one of its year, stands there."""
        if self._said.has_period(period):
            return True
        is_year = period.text == str(period.year)
        if is_year and period.year in self._years:
            return True
        return any(
            is_time(period, one)
            or contains(one, period)
            or contains(period, one)
            or (is_year and period.year in one.years)
            for one in self._periods
        )

    def has_name(self, name: Name) -> bool:
        """Tell whether a name stands there, by its entry or by its words."""
        if self._said.has_name(name) or (name.id and name.id in self._ids):
            return True
        return self._parts.issuperset(_parts(name_words(name.text)))


def cited_of(sentence: ReadSentence, quoted: Sequence[Quoted]) -> tuple[Quoted, ...]:
    """Return quotes as they are cited: of a row the cells whose figures the sentence has.

    Sentences of a passage that follow each other are cited as one.
    """
    told = [q.meaning for found in sentence.mentions for q in found.quantities]
    found = []
    for one in quoted:
        cells = [cell for cell in one.cited.cells if any(holds(cell, figure) for figure in told)]
        found.append(one.with_cells(cells) if cells else one)
    return tuple(_joined({one.cited: one for one in found}.values()))


def _joined(quoted: Iterable[Quoted]) -> Iterator[Quoted]:
    """Yield quotes in their order, those of neighbouring sentences joined where the first stood."""
    left = list(quoted)
    while left:
        one = left.pop(0)
        while after := next((other for other in left if one.is_followed_by(other)), None):
            left.remove(after)
            one = one.joined(after)
        yield one


def _is_worked_out(told: Quantity, quoted: Sequence[Quantity]) -> bool:
    """Tell whether a figure comes of quoted ones: sum, difference, mean, ratio, share or growth.

    Each end of a range may, and a difference of two shares that are worked out themselves.
    """
    ends = dict.fromkeys(end for one in quoted for end in _ends(one))
    held = list(ends)[:_MOST_OPERANDS]
    results = list(_results(told.unit, held))
    if told.unit == "point":
        shares = list(_results("percent", held))
        results += [one - other for one, other in permutations(shares, 2)]
    return all(any(_is_rounded(end, told, value) for value in results) for end in _range(told))


def _ends(one: Quantity) -> Iterator[Quantity]:
    yield from (replace(one, low=value, high=value) for value in dict.fromkeys(_range(one)))


def _range(one: Quantity) -> tuple[float, float]:
    return one.low, one.high


def _results(unit: str, held: Sequence[Quantity]) -> Iterator[float]:
    """Yield what can be worked out of figures in a unit."""
    for one, other in permutations(held, 2):
        if one.unit != other.unit and not is_convertible(one.unit, other.unit):
            continue
        base = other.in_unit(one.unit) if one.unit != other.unit else other
        if base.value and (unit in _SHARES or unit != one.unit):
            ratio = one.value / base.value
            yield from (ratio, ratio * _PERCENT, abs(ratio - 1) * _PERCENT, abs(ratio - 1))
    for one, other in permutations(held, 2):
        if one.unit in _SHARES and other.unit == unit:  # a share of an amount
            yield one.value / _PERCENT * other.value
    above, _, below = unit.partition("/")
    for one, other in permutations(held, 2) if below else ():
        if one.unit == above and other.unit == below and other.value:
            yield one.value / other.value
    for those in _alike(unit, held):
        yield from _sums(those)


def _alike(unit: str, held: Sequence[Quantity]) -> Iterator[list[float]]:
    """Yield figures that may be added, in one unit; of those without one, each unit by itself."""
    for one in (unit,) if unit else dict.fromkeys(each.unit for each in held):
        yield [_in_unit(each, one) for each in held if _is_same_measure(one, each)]


def _sums(alike: Sequence[float]) -> Iterator[float]:
    for first, second in combinations(alike, 2):
        yield from (first - second, first + second, (first + second) / 2)
    for first, second, third in permutations(alike, 3):
        yield from (first - second - third, first + second - third)
    if len(alike) > 2:
        yield from (sum(alike), sum(alike) / len(alike))
        yield from (sum(few) for few in combinations_with_replacement(alike, 3))


def _parts(words: Iterable[str]) -> Iterator[str]:
    """Yield the parts of words with hyphens, without what is left of a possessive."""
    for word in words:
        yield from (part.rstrip("'’") for part in word.split("-"))


def _is_same_measure(unit: str, one: Quantity) -> bool:
    return unit == one.unit or is_convertible(one.unit, unit)


def _in_unit(one: Quantity, unit: str) -> float:
    return one.value if one.unit == unit else one.in_unit(unit).value


def _is_rounded(end: float, told: Quantity, value: float) -> bool:
    """Tell whether an end of a figure is a value as it is rounded."""
    slack = told.step if told.bound == "~" else max(told.step * _SLACK, abs(end) * 1e-6)
    return abs(abs(end) - abs(value)) <= slack * (1 + 1e-6)


def _decisive_names(text: str, mentions: Mentions) -> Iterator[Name]:
    """Yield who and what a sentence names.

    A measure names nobody, and the land of a place that is named before it goes without saying.
    """
    before: Mention[Name] | None = None
    for one in mentions.names:
        written = text[one.start : one.end]
        is_measure = any(m.end - m.start == len(written) for m in find_measures(written))
        is_land = before is not None and one.start == before.end + len(", ")
        is_land = is_land and (is_place(one.meaning) or not one.meaning.id)
        if not is_measure and not (is_land and before and _may_be_place(before.meaning)):
            yield one.meaning
        before = one


def _may_be_place(name: Name) -> bool:
    """Tell whether a name may be of a place."""
    return is_place(name) or not name.id
