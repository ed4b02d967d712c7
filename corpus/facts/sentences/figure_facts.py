"""The facts of the figures of a sentence: each slot holds what the model links to the figure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.facts.fact import Argument, Change, Fact
from corpus.facts.sentences.candidates.figure_candidates import LinkedMeasure
from corpus.facts.sentences.candidates.own_words import Qualifiers
from corpus.facts.sentences.candidates.period_candidates import LinkedPeriod
from corpus.facts.sentences.candidates.terms import Terms
from corpus.facts.sentences.mentions import Mention
from corpus.facts.sentences.sentence_context import period_of, same_part, year_before
from corpus.facts.sentences.sentence_slots import SentenceSlots, Span, spans_of
from corpus.language.measures import Measure, find_terms, has_nature
from corpus.language.names import Name
from corpus.language.periods import Period
from corpus.language.quantities import Quantity

_OF_RARE_EARTHS = frozenset(("REO", "TREO"))
_RARE_EARTHS = Name("rare earths", "rare-earths", "term")
_SHARE = "share"
_YEAR = re.compile(r"(?:FY)?\d{4}")
_OF_LITTLE = frozenset(("time", "factor", "count", "companies", "countries", ""))


def figure_facts(slots: SentenceSlots) -> Iterator[Fact]:
    """Yield what the figures of a sentence say, in their order."""
    reader = _FigureReader(slots)
    for figure in slots.at.figures:
        yield from reader.facts(figure)


class _FigureReader:
    """The figures of one sentence."""

    def __init__(self, slots: SentenceSlots) -> None:
        self._slots = slots
        self._at = slots.at
        self._terms = Terms(slots.at)
        self._qualifiers = Qualifiers(slots.at)

    def facts(self, figure: Mention[Quantity]) -> Iterator[Fact]:
        at, slots = self._at, self._slots
        of = at.kind(figure)
        change = at.change(at.number(figure))
        chosen = slots.model.choose("measure", slots.candidates.measures(figure, change))
        linked = chosen.meaning if chosen else LinkedMeasure("")
        named = linked.mention
        if of in _OF_LITTLE and not (named and named.meaning.dimension == of):
            return
        if self._terms.purity(figure) or self._terms.is_difference(figure):
            return
        measure, segments, qualifier = self._qualified(linked, figure, change)
        whole = self._whole(figure, linked, change)
        period = self._period(figure, change)
        if change:
            change = self._against(change, figure, period)
        stage = slots.model.choose("stage", slots.candidates.stages(figure, linked))
        basis = slots.model.choose("basis", slots.candidates.bases(figure))
        statistic = slots.model.choose("statistic", slots.candidates.statistics(figure))
        status, status_at = slots.status(figure)
        speaker = slots.speaker(figure)
        if speaker and status == "reported":
            told = find_terms("statuses", speaker.meaning.text)
            status = "estimated" if any(t.meaning == "estimated" for t in told) else status
        arguments, spans = slots.arguments(figure, measure)
        if named and not _has_material(arguments) and (of_it := self._material_before(named)):
            arguments.append(Argument("material", of_it.meaning))
            spans.append((of_it.start, of_it.end))
        if basis and basis.meaning in _OF_RARE_EARTHS and not _has_material(arguments):
            arguments.append(Argument("material", _RARE_EARTHS))
        part_of = linked.part_of or _whole_of(measure, arguments)
        price_basis = self._terms.price_basis(figure)
        used: list[Span] = [
            *spans,
            *spans_of(m for m in at.mentions.bases if basis and m.meaning == basis.meaning),
            *spans_of(
                (figure, named, speaker, status_at, statistic.meaning if statistic else None)
            ),
            *(span for span in (whole, qualifier, price_basis) if span),
        ]
        fact = Fact(
            self._value(figure),
            measure,
            (*arguments, *segments),
            period.period if period else None,
            stage=stage.meaning if stage else "",
            of=self._terms.words(whole) if whole else part_of,
            basis=basis.meaning if basis else "",
            price_basis=self._terms.words(price_basis) if price_basis else "",
            specification=self._terms.specification(figure),
            statistic=statistic.meaning.meaning if statistic else "",
            change=change,
            status=status,
            polarity=not at.is_negated(figure.word),
            attributed_to=speaker.meaning.text if speaker else "",
            rest=slots.rest(figure.word, used),
            place=slots.place(figure.start, figure.end),
        )
        yield fact
        if period and not change:
            for further in self._further_periods(period):
                yield replace(fact, period=further)

    def _qualified(
        self, linked: LinkedMeasure, figure: Mention[Quantity], change: Change | None
    ) -> tuple[str, list[Argument], Span | None]:
        """Return the name of a measure with what qualifies it, or a segment that it is of."""
        named = linked.mention
        if self._slots.context.filer and linked.name == _SHARE and not change:
            part = self._qualifiers.part(figure)
            return f"{part} {_SHARE}".strip(), [], None
        if named is None or linked.part_of:
            return linked.name, [], None
        qualifier = self._qualifiers.qualifier(named)
        if qualifier is None:
            own = self._qualifiers.of_figure(figure) if self._slots.context.filer else ""
            is_more = not change and set(linked.name.split()) <= set(own.split())
            return own if is_more else linked.name, [], None
        words = self._terms.words(qualifier)
        if self._qualifiers.is_proper(qualifier):
            segments = [Argument("segment", Name(words))] if self._slots.context.filer else []
            return linked.name, segments, qualifier if segments else None
        if self._slots.context.filer or " " not in words:
            name = f"{words} {self._terms.words((named.start, named.end))}".casefold()
            return name, [], qualifier
        return linked.name, [], None

    def _material_before(self, measure: Mention[Measure]) -> Mention[Name] | None:
        """Return the material that a measure is named with: "raised its NdPr output"."""
        text = self._at.sentence.text
        for one in self._at.mentions.names:
            is_before = one.end < measure.start and not text[one.end : measure.start].strip()
            if one.meaning.is_material and is_before:
                return one
        return None

    def _whole(
        self, figure: Mention[Quantity], linked: LinkedMeasure, change: Change | None
    ) -> Span | None:
        if change:
            return None
        whole = self._at.whole(figure)
        if whole and linked.name == "stake" and self._slots.candidates.is_owned(figure, whole):
            return None
        named = linked.mention
        is_tied = not whole and named is not None and named.meaning.dimension == "share"
        return self._at.whole_of_measure(named) if named and is_tied else whole

    def _period(self, figure: Mention[Quantity], change: Change | None) -> LinkedPeriod | None:
        is_old = self._at.is_old(figure)
        candidates = self._slots.periods.periods(figure, change, is_old)
        found = self._slots.model.choose("period", candidates)
        if found is None or change:
            return found.meaning if found else None
        return replace(found.meaning, period=self._own_part(figure, found.meaning.period))

    def _own_part(self, figure: Mention[Quantity], period: Period) -> Period:
        """Return which part of what a sentence names as its time a figure is of.

        "$2 billion in 2024, from $3 billion a year earlier"; "between 2024 and 2025, from 560 to
        2,000 tons".
        """
        if self._at.is_of_year_before(figure):
            named = {one.meaning.text for one in self._at.mentions.periods}
            before = year_before(period) if period.text in named else ""
            return period_of(before) if before else period
        ends = [end for end in period.text.split("/") if _YEAR.fullmatch(end)]
        old = [self._at.is_old(one) for one in self._at.figures]
        if len(ends) != 2 or sum(old) != 1 or len(old) < 2:
            return period
        at = old.index(True)
        if figure not in self._at.figures[max(at - 1, 0) : at + 2]:
            return period
        return period_of(ends[figure is not self._at.figures[at]])

    def _against(
        self, change: Change, figure: Mention[Quantity], period: LinkedPeriod | None
    ) -> Change:
        of = period.period if period else None
        found = self._slots.model.choose("against", self._slots.periods.compared(figure, of))
        if not found:
            return change
        against = found.meaning
        if of and self._at.mentions.marked("same", "the same"):
            against = same_part(of, against)
        return replace(change, against=against)

    def _further_periods(self, period: LinkedPeriod) -> Iterator[Period]:
        """Yield the times that one figure has beside its own: "29,000 in 2024 and in 2025"."""
        own = period.mention
        if own and len(self._at.figures) == 1:
            yield from (one.meaning for one in self._terms.joined_periods(own))

    def _value(self, figure: Mention[Quantity]) -> Quantity:
        """Return a figure without the "about" of "an estimated", which its status says."""
        written = self._at.sentence.text[figure.start : figure.end]
        estimated = any(m.meaning == "estimated" for m in find_terms("statuses", written))
        if estimated and figure.meaning.bound == "~":
            return replace(figure.meaning, bound="=")
        return figure.meaning


def _whole_of(measure: str, arguments: Sequence[Argument]) -> str:
    """Return the whole that a measure is a share of by itself: an import source of imports."""
    is_part = has_nature(measure, "part of imports") and any(a.role == "origin" for a in arguments)
    return "imports" if is_part else ""


def _has_material(arguments: Sequence[Argument]) -> bool:
    return any(a.role == "material" for a in arguments)
