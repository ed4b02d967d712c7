"""What quotes say, with what is recorded beside them: figures, times, names and measures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, permutations

from assistant.writing.quoting import Quoted
from corpus.document import Cell
from corpus.facts import Day, Fact
from corpus.facts.statement import name_words
from corpus.language.names import Name, find_names
from corpus.language.periods import (
    Period,
    contains,
    find_parts,
    find_periods,
    parse_period,
    same_period,
)
from corpus.language.quantities import Quantity, QuantityMention, find_quantities, find_unit
from corpus.language.units import is_convertible
from corpus.lexicon import load_lexicon

_NUMERAL = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?")
_WORD = re.compile(r"[^\W\d_]{2}")
_EXACT = 1e-9  # to which two figures are one
_UNNAMED = frozenset(("term", "basis"))  # words of the trade that name nobody
_SPOKEN_FOR = frozenset(("publication", "agency"))  # who stands behind them speaks, too


@dataclass(frozen=True)
class Said:
    """What quotes say, with what is recorded beside them."""

    quoted: tuple[Quoted, ...]

    def __init__(self, quoted: Sequence[Quoted]) -> None:
        object.__setattr__(self, "quoted", tuple(quoted))

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that stand in them."""
        return tuple(dict.fromkeys(f.fact for one in self.quoted for f in one.facts))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Their words, and those beside and above them."""
        return tuple(dict.fromkeys(chain.from_iterable(map(_texts, self.quoted))))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the rows among them."""
        return tuple(cell for one in self.quoted for cell in one.cited.cells)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """All their figures."""
        written = (q.quantity for text in self.texts for q in find_quantities(text))
        of_cells = (q for cell in self.cells for q in quantities_of(cell))
        of_facts = (f.value for f in self.facts if isinstance(f.value, Quantity))
        return tuple(dict.fromkeys((*written, *of_cells, *of_facts)))

    @cached_property
    def own_quantities(self) -> tuple[Quantity, ...]:
        """The figures of the quotes themselves, of a row in the units of its cells."""
        of_cells = (q for cell in self.cells for q in quantities_of(cell))
        of_words = (q.quantity for one in self.quoted for q in find_quantities(one.cited.text))
        return tuple(dict.fromkeys((*of_cells, *of_words)))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """All times that they or what stands beside them name."""
        written = (p.period for text in self.texts for p in find_periods(text))
        of_facts = (f.period for f in self.facts if f.period)
        days = (f.value.date for f in self.facts if isinstance(f.value, Day))
        years = (parse_period(str(cell.year)) for cell in self.cells if cell.year)
        return tuple(dict.fromkeys((*written, *of_facts, *days, *years)))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """All whom and what they name."""
        written = [n.name for text in self.texts for n in find_names(text)]
        lexicon = load_lexicon()
        speakers = [
            Name(entry.name, entry.id, entry.kind)
            for one in written
            if one.kind in _SPOKEN_FOR
            for entry in map(lexicon.entry, lexicon.entry(one.id).parents)
        ]
        of_facts = [a.name for f in self.facts for a in f.arguments]
        return tuple(dict.fromkeys((*written, *speakers, *of_facts)))

    @cached_property
    def own_names(self) -> tuple[Name, ...]:
        """Whom and what they name themselves."""
        written = (n.name for one in self.quoted for n in find_names(one.cited.text))
        return (*written, *(a.name for f in self.facts for a in f.arguments))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words, those of names bare."""
        return frozenset(word for text in self.texts for word in name_words(text))

    def has_quantity(self, wanted: Quantity) -> bool:
        """Tell whether a figure with its unit stands there."""
        return any(is_figure(wanted, one) for one in self.quantities)

    def has_unread(self, words: str) -> bool:
        """Tell whether the numerals of a figure stand there, unread: "2000-ton", "37 to 99"."""
        told = frozenset(_numerals(words))
        return bool(told) and told <= self._unread

    @cached_property
    def _unread(self) -> frozenset[str]:
        """The numerals that are no quantity that was read, or an end of a range."""
        found = set[str]()
        for text in self.texts:
            read = [(one.start, one.end) for one in find_quantities(text) if not _is_range(one)]
            found |= {
                numeral.group().replace(",", "")
                for numeral in _NUMERAL.finditer(text)
                if not any(start <= numeral.start() < end for start, end in read)
            }
        return frozenset(found)

    def has_period(self, wanted: Period) -> bool:
        """Tell whether a time, or one within it, stands there; a month maybe without its year."""
        if any(is_time(wanted, one) or contains(wanted, one) for one in self.periods):
            return True
        if wanted.is_open:  # "since 2024" of what is told of 2024
            return any(
                (wanted.first and one.first == wanted.first)
                or (wanted.last and one.last == wanted.last)
                for one in self.periods
            )
        if not any(wanted.year in one.years for one in self.periods):
            return False
        parts = (p.period for text in self.texts for p in find_parts(text, str(wanted.year)))
        return any(is_time(wanted, one) for one in parts)

    def has_name(self, wanted: Name) -> bool:
        """Tell whether a name stands there, of a material with its form."""
        if wanted.kind in _UNNAMED or (wanted.is_material and not wanted.id):
            return True
        if not wanted.id:
            return name_words(wanted.text) <= self.words
        same = [one for one in self.names if one.id == wanted.id]
        own = {one.form for one in self.own_names if one.id == wanted.id} - {""}
        forms = own or {one.form for one in same}
        return bool(same) and (not wanted.form or wanted.form in forms or "" in forms)


def _texts(one: Quoted) -> Iterator[str]:
    cited, source = one.cited, one.evidence.source
    passage = one.evidence.passage
    context = passage.context
    yield cited.text
    if not cited.is_row:
        yield passage.text[: cited.start - passage.start]  # tells who "it" or "the company" is
    yield from (context.section, context.caption, context.unit, *context.header, *context.notes)
    yield from (cell.column for cell in cited.cells)
    yield from (source.title, source.publisher, source.author)
    yield " ".join(filter(None, (source.edition, source.version)))
    yield source.published


def quantities_of(cell: Cell) -> Iterator[Quantity]:
    """Yield the figures of a cell in its unit."""
    unit, scale = find_unit(cell.unit) if cell.unit else ("", 1.0)
    for found in find_quantities(cell.text):
        one = found.quantity
        is_told_whole = one.unit and (one.unit != unit or _WORD.search(cell.text))
        if is_told_whole or not unit:  # "$81,797" in dollars in millions is not
            yield one
            continue
        yield Quantity(one.low * scale, one.high * scale, unit, one.bound, one.step * scale)


def is_figure(wanted: Quantity, held: Quantity) -> bool:
    """Tell whether a figure is one that stands there; a unit may be left to the figure before.

    It may be rounded where it is said to be, or given in another unit; never told more exactly.
    """
    if {wanted.bound[0], held.bound[0]} == {"<", ">"}:
        return False
    units = wanted.unit, held.unit
    is_short = any(f"{one}/" == other[: len(one) + 1] for one, other in permutations(units))
    if wanted.unit == held.unit or is_short or not all(units):
        slack = wanted.step / 2 if wanted.bound == "~" else 0.0
    elif is_convertible(held.unit, wanted.unit):
        held, slack = held.in_unit(wanted.unit), wanted.step / 2
    else:
        return False
    slack += _EXACT * max(abs(wanted.value), 1.0)
    if wanted.low < 0 or held.low < 0:  # "a loss of 287" for -287
        wanted, held = _unsigned(wanted), _unsigned(held)
    return abs(wanted.low - held.low) <= slack and abs(wanted.high - held.high) <= slack


def is_time(wanted: Period, held: Period) -> bool:
    """Tell whether a time is one that stands there; a day is no other day."""
    if wanted.first and wanted.first == wanted.last:
        return (wanted.first, wanted.last) == (held.first, held.last)
    return same_period(wanted, held)


def _unsigned(one: Quantity) -> Quantity:
    low, high = sorted((abs(one.low), abs(one.high)))
    return replace(one, low=low, high=high)


def _is_range(one: QuantityMention) -> bool:
    return one.quantity.low != one.quantity.high


def _numerals(text: str) -> Iterator[str]:
    return (found.group().replace(",", "") for found in _NUMERAL.finditer(text))


def holds(cell: Cell, wanted: Quantity) -> bool:
    """Tell whether a cell holds a figure."""
    return any(is_figure(wanted, one) for one in quantities_of(cell))
