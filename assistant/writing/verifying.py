"""Whether the words that a sentence quotes carry it: its figures, times and names, and its facts.

A figure, with its unit, a time and a name must stand in the quotes or in what is recorded beside
them. Then facts are compared: one that the quotes tie to another time, name, measure or direction
is against the sentence, and so is a clause that the quotes deny or only plan.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal

from assistant.citing import adds_words, clauses_differ
from assistant.writing.quoting import Quoted
from assistant.writing.sentence_reading import ReadSentence, parsed
from corpus.document import Cell
from corpus.facts import Argument, Day, Fact
from corpus.facts.compare import compare
from corpus.facts.sentences.mentions import Mention, Mentions, is_place, read_mentions
from corpus.facts.statement import name_words
from corpus.language.clauses import Sentence
from corpus.language.measures import find_measures, find_terms, has_nature, is_kind_of
from corpus.language.named_editions import find_editions
from corpus.language.names import Name, find_names
from corpus.language.periods import (
    Period,
    contains,
    find_parts,
    find_periods,
    parse_period,
    same_period,
)
from corpus.language.quantities import Quantity, find_quantities, find_unit
from corpus.language.units import is_convertible
from corpus.language.words import fold
from corpus.lexicon import load_lexicon
from index.embedding import Embedder

Fault = Literal[
    "", "quote", "figure", "time", "name", "contradicted", "superseded", "added", "pointing"
]
"""Why a sentence is left out: what stands in no quote, what quotes say otherwise, and so on."""

_GIVERS = frozenset(("lender", "seller", "owner", "origin"))
_TAKERS = frozenset(("borrower", "buyer", "owned", "destination"))
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,})[\"”»]")
_EXACT = 1e-9  # to which two figures are one
_UNNAMED = frozenset(("term", "basis"))  # words of the trade that name nobody
_SPOKEN_FOR = frozenset(("publication", "agency"))  # who stands behind them speaks, too


def find_fault(sentence: ReadSentence, quoted: Sequence[Quoted], asked: str = "") -> Fault:
    """Return why quotes do not carry a sentence, "" where they do; `asked` is the question."""
    said = Said(quoted)
    mentions = sentence.mentions
    if not all(said.has_words(words) for words in _QUOTED.findall(sentence.text)):
        return "quote"
    if not all(said.has_quantity(q.meaning) for m in mentions for q in m.quantities):
        return "figure"
    if not all(said.has_period(p.meaning) for m in mentions for p in m.periods):
        return "time"
    told = zip(sentence.parsed, mentions, strict=True)
    if not all(said.has_name(one) for p, m in told for one in _decisive_names(p.text, m)):
        return "name"
    if _rows_are_of_others(sentence, said):
        return "name"
    wholes = (m.meaning.name for fact in sentence.facts for m in find_measures(fact.of))
    if not all(map(said.has_measure, wholes)):
        return "contradicted"
    if _facts_differ(sentence, said) or clauses_differ(sentence.parsed, said.parsed):
        return "contradicted"
    if _is_denied_by_cells(sentence, said) or _is_of_other_cells(sentence, said):
        return "contradicted"
    if _is_of_other_clauses(sentence, said):
        return "contradicted"
    return "superseded" if _is_superseded(sentence, said, asked) else ""


def says_more(
    sentence: ReadSentence, quoted: Sequence[Quoted], asked: str, embedder: Embedder
) -> bool:
    """Tell whether a sentence adds a word of which its quotes and what was asked say nothing."""
    said = tuple(dict.fromkeys(one.cited.text for one in quoted))
    beside = [text for text in Said(quoted).texts if text not in said]
    return adds_words(sentence.text, said, (*beside, asked), embedder)


def cited_of(sentence: ReadSentence, quoted: Sequence[Quoted]) -> tuple[Quoted, ...]:
    """Return quotes as they are cited: of a row the cells whose figures the sentence has."""
    told = [q.meaning for found in sentence.mentions for q in found.quantities]
    found = []
    for one in quoted:
        cells = [cell for cell in one.cited.cells if any(_holds(cell, q) for q in told)]
        found.append(one.with_cells(cells) if cells else one)
    return tuple({one.cited: one for one in found}.values())


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
        if not is_measure and not (is_land and before and is_place_or_unknown(before.meaning)):
            yield one.meaning
        before = one


def is_place_or_unknown(name: Name) -> bool:
    """Tell whether a name may be of a place."""
    return is_place(name) or not name.id


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
    def parsed(self) -> tuple[Sentence, ...]:
        """The grammar of what is no row."""
        return tuple(s for q in self.quoted if not q.cited.is_row for s in parsed(q.cited.text))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """All their figures."""
        written = (q.quantity for text in self.texts for q in find_quantities(text))
        of_cells = (q for cell in self.cells for q in _quantities_of(cell))
        of_facts = (f.value for f in self.facts if isinstance(f.value, Quantity))
        return tuple(dict.fromkeys((*written, *of_cells, *of_facts)))

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
    def measures(self) -> frozenset[str]:
        """What they measure."""
        written = (m.meaning.name for text in self.texts for m in find_measures(text))
        return frozenset((*written, *(f.measure for f in self.facts)))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words, those of names bare."""
        return frozenset(word for text in self.texts for word in name_words(text))

    def has_words(self, words: str) -> bool:
        """Tell whether words that a sentence has in quotation marks stand there."""
        return any(fold(words).strip(" .,;:") in fold(text) for text in self.texts)

    def has_measure(self, wanted: str) -> bool:
        """Tell whether a measure, or one of its kind, stands there."""
        return any(is_kind_of(one, wanted) or is_kind_of(wanted, one) for one in self.measures)

    def has_quantity(self, wanted: Quantity) -> bool:
        """Tell whether a figure with its unit stands there."""
        return any(_is_figure(wanted, one) for one in self.quantities)

    def has_period(self, wanted: Period) -> bool:
        """Tell whether a time, or one within it, stands there; a month maybe without its year."""
        if any(same_period(wanted, one) or contains(wanted, one) for one in self.periods):
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
        return any(same_period(wanted, one) for one in parts)

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


def _rows_are_of_others(sentence: ReadSentence, said: Said) -> bool:
    """Tell whether all quotes are rows, each of a place, and a sentence names only other places.

    What a caption names is then not what the figures of a row are of.
    """
    told = {n.meaning.key for m in sentence.mentions for n in m.names if is_place(n.meaning)}
    held = [frozenset(n.key for n in _row_names(q) if is_place(n)) for q in said.quoted]
    is_rows = all(one.cited.is_row for one in said.quoted)
    return is_rows and bool(told) and all(own and not own & told for own in held)


def _row_names(one: Quoted) -> Sequence[Name]:
    cells = one.evidence.passage.cells
    told = (text for cell in cells for text in (cell.column, cell.text))
    return [found.name for text in told for found in find_names(text)]


def _texts(one: Quoted) -> Iterator[str]:
    cited, source = one.cited, one.evidence.source
    passage = one.evidence.passage
    context = passage.context
    yield cited.text
    if any(m.meaning == "speaker" for m in find_terms("grammar", cited.text)):
        yield passage.text[: cited.start - passage.start]  # tells who "it" or "the company" is
    yield from (context.section, context.caption, context.unit, *context.header, *context.notes)
    yield from (cell.column for cell in cited.cells)
    yield from (source.title, source.publisher, source.author)
    yield " ".join(filter(None, (source.edition, source.version)))
    yield source.published


def _quantities_of(cell: Cell) -> Iterator[Quantity]:
    """Yield the figures of a cell in its unit."""
    unit, scale = find_unit(cell.unit) if cell.unit else ("", 1.0)
    for found in find_quantities(cell.text):
        one = found.quantity
        if one.unit or not unit:
            yield one
            continue
        yield Quantity(one.low * scale, one.high * scale, unit, one.bound, one.step * scale)


def _is_figure(wanted: Quantity, held: Quantity) -> bool:
    """Tell whether a figure is one that stands there; a unit may be left to the figure before.

    It may be rounded where it is said to be, or given in another unit; never told more exactly.
    """
    if {wanted.bound[0], held.bound[0]} == {"<", ">"}:
        return False
    is_short = not wanted.unit or held.unit.startswith(f"{wanted.unit}/") or not held.unit
    if wanted.unit == held.unit or (is_short and (held.unit or not wanted.unit)):
        slack = wanted.step / 2 if wanted.bound == "~" else 0.0
    elif is_convertible(held.unit, wanted.unit):
        held, slack = held.in_unit(wanted.unit), wanted.step / 2
    else:
        return False
    slack += _EXACT * max(abs(wanted.value), 1.0)
    return abs(wanted.low - held.low) <= slack and abs(wanted.high - held.high) <= slack


# --- facts ---


def _facts_differ(sentence: ReadSentence, said: Said) -> bool:
    """Tell whether the quotes tie a figure of a sentence to something else than it does."""
    mistimed = 0
    for fact in sentence.facts:
        same = [one for one in said.facts if _same_value(fact, one)]
        if not same:
            continue
        if _measure_differs(fact, same, sentence, said) or _who_differs(fact, same, sentence, said):
            return True
        if _turns_round(fact, same) or _went_otherwise(fact, same, sentence, said):
            return True
        if all(one.polarity != fact.polarity for one in same) or _is_of_other_edition(
            sentence, same
        ):
            return True
        if _period_differs(fact, same, sentence):
            others = [
                p.meaning
                for m in sentence.mentions
                for p in m.periods
                if not (fact.period and same_period(p.meaning, fact.period))
            ]
            held = [one.period for one in same if one.period]
            if not any(same_period(p, one) for p in others for one in held):
                return True
            mistimed += 1
    return mistimed > 1


def _same_value(one: Fact, other: Fact) -> bool:
    if isinstance(one.value, Quantity) and isinstance(other.value, Quantity):
        return _is_figure(one.value, other.value)
    if isinstance(one.value, Day) and isinstance(other.value, Day):
        return same_period(one.value.date, other.value.date)
    return False


def _period_differs(fact: Fact, same: Sequence[Fact], sentence: ReadSentence) -> bool:
    told = [p.meaning for m in sentence.mentions for p in m.periods]
    if fact.period is None or fact.period not in told:
        return False
    relations = [compare(fact, one).of("period") for one in same]
    is_stock = has_nature(fact.measure, "stock")
    apart = ("other",) if is_stock else ("other", "coarser")  # what a year has no quarter has
    return all(relation in apart for relation in relations)


def _measure_differs(fact: Fact, same: Sequence[Fact], sentence: ReadSentence, said: Said) -> bool:
    """Tell whether the figure is of another measure, and the one told is another figure's."""
    told = {m.meaning.name for found in sentence.mentions for m in found.measures}
    is_told_by_verb = not told and all(
        map(find_measures, {fact.measure, *(f.measure for f in same)})
    )
    is_read = fact.measure in told or is_told_by_verb
    if (
        not fact.measure
        or not is_read
        or not all(compare(fact, one).of("measure") == "other" for one in same)
    ):
        return False
    of_others = {one.measure for one in said.facts if one not in same}
    return fact.measure in of_others or not any(
        is_kind_of(one, fact.measure) or is_kind_of(fact.measure, one) for one in said.measures
    )


def _who_differs(fact: Fact, same: Sequence[Fact], sentence: ReadSentence, said: Said) -> bool:
    """Tell whether the figure is of others, and who is told is of another figure."""
    told = {n.meaning.key for found in sentence.mentions for n in found.names}
    of_others = {a.name.key for one in said.facts if one not in same for a in one.arguments}
    for argument in fact.arguments:
        key = argument.name.key
        if key not in told or not (argument.name.id or argument.name.text.istitle()):
            continue
        if any(_is_on_other_side(argument, one) for one in same):
            return True
        wanted = Fact(fact.value, arguments=(argument,))
        relations = [compare(wanted, one).of("arguments") for one in same]
        if key in of_others and all(relation == "other" for relation in relations):
            return True
    return False


def _is_on_other_side(argument: Argument, fact: Fact) -> bool:
    """Tell whether a fact has somebody on the other side of a deal."""
    sides = {**dict.fromkeys(_GIVERS, _TAKERS), **dict.fromkeys(_TAKERS, _GIVERS)}
    opposite = sides.get(argument.role, frozenset())
    return any(a.role in opposite and a.name.key == argument.name.key for a in fact.arguments)


def _is_of_other_edition(sentence: ReadSentence, same: Sequence[Fact]) -> bool:
    """Tell whether a figure is of another edition than a sentence names."""
    named = {one.name for one in find_editions(sentence.text)}
    held = [_editions_of(one) for one in same]
    return bool(named) and all(
        bool(of_fact) and not any(_may_be(one, other) for one in named for other in of_fact)
        for of_fact in held
    )


def _is_superseded(sentence: ReadSentence, said: Said, asked: str) -> bool:
    """Tell whether a figure is one that a newer edition gives otherwise, which nobody says."""
    if find_editions(f"{sentence.text} | {asked}"):
        return False
    held = [f for one in said.quoted for f in one.facts]
    for fact in sentence.facts:
        same = [one for one in held if _same_value(fact, one.fact)]
        if same and all(one.is_superseded for one in same):
            return True
    return False


def _may_be(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _editions_of(fact: Fact) -> frozenset[str]:
    told = (fact.attributed_to, fact.edition, *fact.table.column, *fact.table.row)
    return frozenset(one.name for text in told for one in find_editions(text))


def _turns_round(fact: Fact, same: Sequence[Fact]) -> bool:
    """Tell whether a change goes the other way."""
    direction = fact.change.direction if fact.change else ""
    told = [one.change.direction for one in same if one.change and one.change.direction]
    return bool(direction and told) and direction not in told


def _went_otherwise(fact: Fact, same: Sequence[Fact], sentence: ReadSentence, said: Said) -> bool:
    """Tell whether a figure that is told to have risen is lower than the one before it."""
    turns = {m.meaning for found in sentence.mentions for m in found.marked("up", "down")}
    if len(turns) != 1 or fact.change or _is_base(fact, sentence):
        return False
    years = {p.meaning.year for found in sentence.mentions for p in found.periods} - {0}
    for one in same:
        if not isinstance(one.value, Quantity) or one.period is None:
            continue
        if years and one.period.year != max(years):
            continue
        before = [
            other
            for other in said.facts
            if isinstance(other.value, Quantity)
            and other.period is not None
            and 0 < other.period.year < one.period.year
            and other.value.unit == one.value.unit
            and (other.measure, other.arguments, other.change)
            == (one.measure, one.arguments, one.change)
        ]
        if not before:
            continue
        last = max(before, key=lambda other: other.period.year if other.period else 0)
        if not isinstance(last.value, Quantity) or last.value.value == one.value.value:
            continue
        rose = one.value.value > last.value.value
        return rose != ("up" in turns)
    return False


def _is_base(fact: Fact, sentence: ReadSentence) -> bool:
    """Tell whether a figure is the one that another is compared with: "up from $55"."""
    for found in sentence.mentions:
        for one in found.quantities:
            if one.meaning == fact.value:
                return any(0 <= one.start - other.end <= 1 for other in found.marked("compared"))
    return False


def _is_denied_by_cells(sentence: ReadSentence, said: Said) -> bool:
    """Tell whether the cells of the times of a sentence say no where the sentence says yes."""
    years = [p.meaning for found in sentence.mentions for p in found.periods]
    if not years or any(found.marked("negation") for found in sentence.mentions):
        return False
    for one in said.quoted:
        of_time = [c for c in one.cited.cells if _is_of(c, years)]
        if of_time and all(_says_no(cell.text) for cell in of_time):
            return True
    return False


def _is_of_other_cells(sentence: ReadSentence, said: Said) -> bool:
    """Tell whether a figure stands under another time than the one told, which has its own."""
    told = [q.meaning for found in sentence.mentions for q in found.quantities]
    times = [p.meaning for found in sentence.mentions for p in found.periods]
    for one in said.quoted:
        held = [c for c in one.cited.cells if any(_holds(c, q) for q in told)]
        of_time = [c for c in one.cited.cells if _is_of(c, times)]
        is_timed = bool(of_time) and all(find_periods(c.column) for c in held)
        if held and is_timed and not any(c in held for c in of_time):
            return True
    return False


def _holds(cell: Cell, wanted: Quantity) -> bool:
    return any(_is_figure(wanted, one) for one in _quantities_of(cell))


def _is_of_other_clauses(sentence: ReadSentence, said: Said) -> bool:
    """Tell whether a figure goes with somebody named in another clause of a quote, with another."""
    for told in _figures_with_names(zip(sentence.parsed, sentence.mentions, strict=True)):
        for quote in said.parsed:
            held = list(_figures_with_names([(quote, read_mentions(quote))]))
            own = [one for one in held if _is_figure(told.figure, one.figure)]
            others = [one for one in held if one not in own]
            if any(one.names & told.names or not one.names for one in own):
                continue
            if own and any(one.names & told.names for one in others):
                return True
    return False


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with the keys of those who are named in its clause."""

    figure: Quantity
    names: frozenset[str]


def _figures_with_names(read: Iterable[tuple[Sentence, Mentions]]) -> Iterator[_Figure]:
    for sentence, mentions in read:
        for one in mentions.quantities:
            clause = sentence.clause_of(one.word)
            yield _Figure(
                one.meaning,
                frozenset(
                    n.meaning.key
                    for n in mentions.names
                    if not n.meaning.is_material and sentence.clause_of(n.word) == clause
                ),
            )


def _is_of(cell: Cell, years: Iterable[Period]) -> bool:
    named = [p.period for p in find_periods(cell.column)]
    return any(same_period(one, year) for one in named for year in years)


def _says_no(text: str) -> bool:
    found = find_terms("markers", text)
    return any(m.meaning == "negation" and m.end - m.start == len(text.strip()) for m in found)
