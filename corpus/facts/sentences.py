"""Facts of running text: what each clause with a figure, a date or a list of names says.

What a clause leaves unsaid is taken from its sentence, its paragraph, the heading and the title,
in this order; what stays unclear stays empty, and its words are the fact's `rest`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.document import Block, Page, Source
from corpus.facts.dates_and_lists import DatesAndLists
from corpus.facts.fact import (
    Argument,
    Change,
    Fact,
)
from corpus.facts.mentions import (
    Mention,
    is_body,
    read_mentions,
)
from corpus.facts.roles import frame_named, frame_of
from corpus.facts.said_figures import SaidFigures
from corpus.facts.said_measures import fits
from corpus.facts.said_times import compared_with, same_part, year_after, year_before
from corpus.facts.told_before import Told, heading_of, period_of
from corpus.language.clauses import Sentence, parse_sentences, split_sentences
from corpus.language.measures import Measure, find_measures, find_terms, is_kind_of, measure_named
from corpus.language.names import Name, find_names
from corpus.language.periods import Period, find_periods
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.vocabulary import Vocabulary, load_vocabulary

_MOST_CHARS = 2_000  # of a sentence that is read
_LEAST_LISTED = 3
_COPULA = "be"
_OF_A_WHOLE = "share"
_IMPORT_SOURCES = "import sources"
_OF_SOURCES = ("imports", _OF_A_WHOLE)
_STATISTIC_REACH = 3
_FRONTED = 12  # characters before a time that a sentence begins with
_MOST_BESIDE = 4
_OF_LITTLE = frozenset(("time", "factor", "count", "companies", "countries", ""))
_OF_UNBOUND = frozenset(("mass", "money"))  # measures of no dimension of their own: exports
_BUILT = frozenset(("mine", "plant", "project", "deposit"))
_LABEL = re.compile(r"[^.:;]{2,80}:\s")


def sentence_facts(
    source: Source, page: Page, block: Block, vocabulary: Vocabulary | None = None
) -> tuple[Fact, ...]:
    """Return what the sentences of a block of prose state, in the order of their figures.

    `page.text[place.start:place.end]` is the sentence, `value_start` to `value_end` the figure.
    """
    if block.context.section.strip() in _bibliographies():
        return ()
    printed = page.text[block.start : block.end]
    spans = split_sentences(printed)
    text = re.sub(r"\s", " ", printed)  # of the same length: lines end within phrases
    parsed = _parse_page(
        page.text, tuple((b.start, b.end) for b in _prose(page, block)), vocabulary
    )
    told = Told.before(source, heading_of(page, block))
    facts: list[Fact] = []
    for start, end in spans:
        sentence = parsed.get(block.start + start)
        if sentence is None or not sentence.words:
            told = told.after(text[start:end])
            continue
        mentions = read_mentions(sentence, vocabulary, told.home, told.year)
        place = (page.number, block.start + start)
        attached = SaidFigures(sentence, mentions, vocabulary)
        reader = _SentenceReader(attached, told, place)
        facts += reader.facts()
        told = reader.told_after()
    return tuple(facts)


def _names_in(text: str, vocabulary: Vocabulary | None) -> list[tuple[int, int]]:
    """Return where companies, agencies and sites are named that the model may not have met."""
    return [
        (one.start, one.end)
        for one in find_names(text, vocabulary)
        if is_body(one.name) or one.name.kind in _BUILT
    ]


def _prose(page: Page, block: Block) -> tuple[Block, ...]:
    """Return the blocks of a page that are parsed together, which is faster than one by one."""
    held = tuple(b for b in page.blocks if b.kind == block.kind)
    return held if block in held else (block,)


@lru_cache(maxsize=8)
def _parse_page(
    printed: str, blocks: tuple[tuple[int, int], ...], vocabulary: Vocabulary | None
) -> dict[int, Sentence]:
    """Return the sentences of a page that may state something, by their beginnings."""
    text = re.sub(r"\s", " ", printed)  # of the same length: lines end within phrases
    wanted = [
        (start + first, start + last)
        for start, end in blocks
        for first, last in split_sentences(printed[start:end])
        if _may_state(text[start + first : start + last], vocabulary)
    ]
    names = [
        (start + s, start + e)
        for start, end in wanted
        for s, e in _names_in(text[start:end], vocabulary)
    ]
    return {one.start: one for one in parse_sentences(text, wanted, names)}


def _may_state(text: str, vocabulary: Vocabulary | None) -> bool:
    """Tell whether a sentence may state a figure, a date, validity or a list of names."""
    if len(text) > _MOST_CHARS:
        return False
    if any(one.quantity.unit for one in find_quantities(text, vocabulary)):
        return True
    measures = find_measures(text, vocabulary)
    dates = any(one.meaning.broader == "date" for one in measures)
    if dates and find_periods(text, vocabulary):
        return True
    is_list = any(not one.meaning.dimension for one in measures)
    return is_list and len(find_names(text, vocabulary)) >= _LEAST_LISTED


class _SentenceReader(DatesAndLists):
    """The facts of one sentence."""

    def facts(self) -> Iterator[Fact]:
        """Yield the facts in the order of their values."""
        found = [
            *self._figure_facts(),
            *self._day_facts(),
            *self._list_facts(),
        ]
        yield from sorted(found, key=lambda fact: fact.place.value_start)

    def told_after(self) -> Told:
        """Return what the next sentence may take from this one."""
        told = self._told.naming(
            [n.meaning for n in self._mentions.names if not self._is_beside(n)]
        )
        periods = [p for p in self._mentions.periods if not self._is_beside(p)]
        fronted = [p for p in periods if p.start <= _FRONTED]
        if len(self._levels) == 1:
            told = told.timed([period_of(next(iter(self._levels)))])
        else:
            told = told.timed(p.meaning for p in fronted or periods)
        return replace(told, measure=self._last_measure)

    # -- figures --------------------------------------------------------------------------------

    def _figure_facts(self) -> Iterator[Fact]:
        read: dict[int, Fact] = {}
        for number, figure in enumerate(self._at.figures):
            if fact := self._figure_fact(number, figure):
                read[number] = self._with_earlier(number, fact, read)
        for number, fact in read.items():
            fact = self._with_level(number, fact, read)
            self._last_measure = fact.measure or self._last_measure
            if fact.period and not fact.change and not self._at.is_old(self._at.figures[number]):
                self._levels.add(fact.period.text)
            yield fact
            for period in self._times.further_periods(number):
                yield replace(fact, period=period.meaning)

    def _with_earlier(self, number: int, fact: Fact, read: dict[int, Fact]) -> Fact:
        """Return a fact with who, what and how certain the one before in its sentence is.

        Who and what where it measures the same and names neither: "the value of these imports".
        """
        before = max((n for n in read if n < number), default=-1)
        if before < 0:
            return fact
        earlier = read[before]
        estimated = earlier.status == "estimated" and fact.status == "reported"
        if estimated and not fact.change and self._goes_on_from(before, number):
            fact = replace(fact, status=earlier.status)
        if fact.measure and _are_akin(fact.measure, earlier.measure):
            fact = _taking(fact, earlier)
        return fact

    def _goes_on_from(self, before: int, number: int) -> bool:
        """Tell whether two figures are of one clause, or of clauses that are joined."""
        one, other = self._at.figures[before], self._at.figures[number]
        if self._at.is_old(other):
            return False
        first, second = self._at.clause(one.word), self._at.clause(other.word)
        if first is None or second is None:
            return False
        joined = self._sentence.words[second.predicate]
        return first == second or (
            joined.relation == "conj" and joined.head == first.predicate and second.subject < 0
        )

    def _with_level(self, number: int, fact: Fact, read: dict[int, Fact]) -> Fact:
        """Return a change, or what a figure is compared with, as of the same thing as its level."""
        is_old = self._at.is_old(self._at.figures[number])
        if not (fact.change or is_old):
            return fact
        at = self._times.level_beside(number)
        level = read.get(at) if at is not None else None
        if level is None or level is fact or not level.measure:
            return fact
        if fact.measure and not _are_akin(fact.measure, level.measure):
            return fact
        unit = None if fact.change else _unit_of_level(fact, level)
        fact = _taking(fact, level)
        return replace(
            fact,
            value=unit or fact.value,
            measure=fact.measure or level.measure,
            stage=fact.stage or level.stage,
            of=fact.of or level.of,
            basis=fact.basis or level.basis,
            statistic=fact.statistic or level.statistic,
            status=level.status if fact.change and fact.status == "reported" else fact.status,
            attributed_to=fact.attributed_to or level.attributed_to,
        )

    def _figure_fact(self, number: int, figure: Mention[Quantity]) -> Fact | None:
        change = self._at.change(number)
        whole = None if change else self._terms.whole(figure)
        named = self._measures.measure(number, whole or (0, 0))
        if whole and self._names.is_owned(number, whole):
            whole = None
        elif not named and not whole and not self._acting_measure(figure):
            named = self._measures.only(number, whole or (0, 0))
        if (
            whole
            and named
            and (named.meaning.dimension != "share" or self._names.is_held(named.meaning.name))
        ):
            named = None
        if named and not whole and named.meaning.dimension == "share":
            whole = self._terms.whole_of_measure(named)
        if named and self._names.lacks_holder(number, named.meaning.name):
            named = self._measures.measure(
                number, whole or (0, 0), frozenset((named.meaning.name,))
            )
        if named and self._measures.is_of_something_else(figure, named):
            named = None
        named = self._measures.in_money(number, named)
        excluded = whole or (0, 0)
        of = self._at.kind(figure)
        if of in _OF_LITTLE and not (named and named.meaning.dimension == of):
            return None
        if self._terms.purity(figure) or self._terms.is_difference(figure):
            return None
        measure = self._measure(figure, named, whole)
        qualifier = self._own.qualifier(named) if named and measure == named.meaning.name else None
        segments: list[Argument] = []
        if named and qualifier:
            used_words = self._terms.words(qualifier)
            if self._is_proper(qualifier):
                segments = [Argument("segment", Name(used_words))] if self._told.filer else []
            elif self._told.filer or " " not in used_words:
                measure = f"{used_words} {self._terms.words((named.start, named.end))}".casefold()
        if not measure or (self._told.filer and not qualifier and not change):
            own = self._own.of_figure(figure)
            measure = own if set(measure.split()) <= set(own.split()) else measure
        used: list[tuple[int, int]] = [(figure.start, figure.end)]
        if named:
            used.append((named.start, named.end))
        if whole:
            used.append(whole)
        if qualifier and (segments or measure != (named and named.meaning.name)):
            used.append(qualifier)
        period, period_at = self._time(number)
        if period_at:
            used.append((period_at.start, period_at.end))
        change = self._against(change, figure, period)
        price_basis = self._terms.price_basis(figure)
        barred = [w for f in self._at.figures if f is not figure and (w := self._terms.whole(f))]
        barred = [span for span in barred if span != whole] + ([price_basis] if price_basis else [])
        arguments = self._names.arguments(number, measure, excluded, named, barred)
        used += [(m.start, m.end) for _, m in arguments]
        inside = self._terms.words(qualifier) if qualifier and segments else ""
        named_here = [a for a, m in arguments if a.name.text not in inside]
        held = self._with_told(named_here, measure, figure) + segments
        basis = self._at.basis(number)
        statistics = [
            s for s in self._terms.statistics() if not excluded[0] <= s.start < excluded[1]
        ]
        statistic = self._at.nearest(number, statistics, _STATISTIC_REACH)
        if statistic is None and named:
            statistic = next((s for s in statistics if self._is_said_of(s, named)), None)
        status, status_at = self._terms.status(number, figure, held)
        used += [(m.start, m.end) for m in (basis, statistic, status_at) if m]
        speaker = self._names.speaker(figure.word)
        if speaker:
            used.append((speaker.start, speaker.end))
            status = self._terms.status_of_speaker(speaker, status)
        of_sources = of == "share" and not change and self._is_of_sources(measure, held)
        if of_sources:
            measure = _IMPORT_SOURCES
            held += self._importers(held)
        has_origin = of_sources and any(a.role == "origin" for a in held)
        value = self._value(figure)
        return Fact(
            value,
            measure,
            tuple(held),
            period,
            stage=(named.meaning.stage if named else "") or self._stage_of(whole),
            of=self._whole(figure, named, whole) or ("imports" if has_origin else ""),
            basis=basis.meaning if basis else "",
            price_basis=self._terms.words(price_basis) if price_basis else "",
            specification=self._terms.specification(figure),
            statistic=statistic.meaning if statistic else "",
            change=change,
            status=status,
            polarity=not self._at.is_negated(figure.word),
            attributed_to=speaker.meaning.text if speaker else "",
            rest=self._rest(figure.word, used),
            place=self._place(figure.start, figure.end),
        )

    def _whole(
        self,
        figure: Mention[Quantity],
        named: Mention[Measure] | None,
        whole: tuple[int, int] | None,
    ) -> str:
        return self._terms.words(whole) if whole else self._terms.part_of(figure, named)

    def _stage_of(self, whole: tuple[int, int] | None) -> str:
        """Return the stage of the value chain that a share is of: "92% of refining"."""
        stages = find_terms("stages", self._terms.words(whole)) if whole else ()
        return stages[0].meaning if stages else ""

    @staticmethod
    def _is_of_sources(measure: str, arguments: Sequence[Argument]) -> bool:
        """Tell whether a share is that of an origin among imports: "imported from Japan, 89%"."""
        has_origin = any(a.role == "origin" for a in arguments)
        return measure == _IMPORT_SOURCES or (has_origin and measure in _OF_SOURCES)

    def _importers(self, arguments: Sequence[Argument]) -> list[Argument]:
        """Return who imports, where it is not said: the country of who speaks."""
        is_told = any(a.role in ("destination", "place", "buyer") for a in arguments)
        home = self._told.home
        return [Argument("destination", home)] if home and not is_told else []

    def _value(self, figure: Mention[Quantity]) -> Quantity:
        """Return a figure without the "about" of "an estimated", which its status says."""
        written = self._sentence.text[figure.start : figure.end]
        estimated = any(m.meaning == "estimated" for m in find_terms("statuses", written))
        if estimated and figure.meaning.bound == "~":
            return replace(figure.meaning, bound="=")
        return figure.meaning

    def _is_proper(self, span: tuple[int, int]) -> bool:
        """Tell whether words are a name of a product or segment: "Professional Visualization"."""
        words = [w for w in self._sentence.words if span[0] <= w.start < span[1]]
        if words[0].start == 0 and not words[0].is_name and len(words) == 1:
            is_measure = any(m.start == words[0].start for m in self._mentions.measures)
            return words[0].tag.startswith("NN") and not is_measure
        return all(w.text[0].isupper() or len(w.text) < len("ands") for w in words)

    def _is_said_of(self, statistic: Mention[str], named: Mention[Measure]) -> bool:
        """Tell whether a statistic is said of the measure: "the average price for yttria"."""
        return self._sentence.words[statistic.word].head == named.word

    def _measure(
        self,
        figure: Mention[Quantity],
        named: Mention[Measure] | None,
        whole: tuple[int, int] | None,
    ) -> str:
        run_in = self._told.run_in
        if run_in and _suits(run_in, self._at.kind(figure)) and self._is_item():
            return run_in
        if named and self._terms.is_part(figure, named):
            return _OF_A_WHOLE
        if named:
            return named.meaning.name
        if whole:
            return _OF_A_WHOLE
        if figure.meaning.unit == "percent" and self._terms.is_of_oxide(figure):
            return _measure_of_dimension("share of oxide")
        if not whole and self._names.is_owned(
            self._at.figures.index(figure), self._terms.whole(figure)
        ):
            return frame_named("holding").measure
        if acting := self._acting_measure(figure):
            return acting
        dimension = self._at.kind(figure)
        told = self._told.measure
        if told and _suits(told, dimension) and self._goes_on_with_measure(figure.word):
            return told
        return _measure_of_dimension(dimension)

    def _acting_measure(self, figure: Mention[Quantity]) -> str:
        """Return what the verb of a figure says to be measured: "bought it for $5 million"."""
        frame = frame_of(self._at.verb(self._at.clause(figure.word)), "")
        suits = frame.measure and _suits(frame.measure, self._at.kind(figure))
        return frame.measure if suits and self._acts(figure, frame.measure) else ""

    def _goes_on_with_measure(self, word: int) -> bool:
        """Tell whether a clause gives another figure of what the sentence before has measured."""
        clause = self._at.clause(word)
        if self._mentions.measures or self._has_unread_subject(word) or not clause:
            return False
        predicate = self._sentence.words[clause.predicate]
        moves = self._mentions.marked("up", "down", "more", "less")
        is_tonnage = any(self._at.kind(f) == "mass" for f in self._at.figures if f.word == word)
        is_bare = predicate.lemma == _COPULA or not predicate.is_verb
        return is_bare or bool(moves) or is_tonnage

    def _is_item(self) -> bool:
        """Tell whether a sentence is no sentence but an item of a list: "Erbium: China, 40%"."""
        label = _LABEL.match(self._sentence.text)
        first = self._at.figures[0].start if self._at.figures else 0
        return bool(label and label.end() <= first) or not any(
            c.predicate >= 0 and self._sentence.words[c.predicate].is_verb
            for c in self._sentence.clauses
        )

    def _acts(self, figure: Mention[Quantity], measure: str) -> bool:
        """Tell whether a verb alone says what is measured: gives to somebody, owns something."""
        verb = self._at.verb(self._at.clause(figure.word))
        others = {role for _, body, _ in frame_of(verb, "").roles if (role := body)}
        if not others - {"subject"}:
            return True
        found = self._names.arguments(self._at.figures.index(figure), measure)
        return any(
            a.role not in ("subject", "material", "place", "lender", "buyer") for a, _ in found
        )

    def _time(self, number: int) -> tuple[Period | None, Mention[Period] | None]:
        found = self._times.period(number)
        figure = self._at.figures[number]
        if found and self._is_same_part(figure, found):
            # "9% in the same quarter of 2022": of one figure it is known which, of lists not.
            level = self._times.level_beside(number)
            now = self._times.period(level) if level is not None else None
            alone = now and sum(map(self._at.is_old, self._at.figures)) == 1
            if not (alone and now and len(self._at.group(number)) < _MOST_BESIDE):
                return None, found
            return period_of(same_part(now.meaning, found.meaning.text)), found
        if found:
            return found.meaning, found
        if self._at.is_old(figure):
            level = self._times.level_beside(number)
            current = self._time(level)[0] if level is not None else None
            yearly = any(
                0 <= m.start - figure.end <= 1 for m in self._mentions.marked("yearly change")
            )
            earlier = year_before(current) if current and yearly else ""
            return (period_of(earlier) if earlier else None), None
        if any(not self._is_beside(p) for p in self._mentions.periods):
            return None, None
        if self._told.period is None and (against := self._compared(number)):
            later = year_after(compared_with(against.meaning))
            return (period_of(later) if later[:4] == self._told.year else None), None
        return self._told.period, None

    def _compared(self, number: int) -> Mention[Period] | None:
        """Return what a change is measured against: its own time, else the one of its sentence."""
        if own := self._times.compared_period(number):
            return own
        others = [self._times.compared_period(n) for n in range(len(self._at.figures))]
        held = {one.meaning.text: one for one in others if one}
        return next(iter(held.values())) if len(held) == 1 and self._at.change(number) else None

    def _is_same_part(self, figure: Mention[Quantity], found: Mention[Period]) -> bool:
        return any(
            figure.end <= m.start < found.start for m in self._mentions.marked("same")
        ) and self._at.is_old(figure) | any(f.end < figure.start for f in self._at.figures)

    def _against(
        self, change: Change | None, figure: Mention[Quantity], period: Period | None
    ) -> Change | None:
        if not change:
            return None
        compared = self._compared(self._at.figures.index(figure))
        if compared:
            against = compared_with(compared.meaning)
            if period and self._mentions.marked("same"):
                against = same_part(period, against)
            return replace(change, against=against)
        if period and self._is_yearly(figure):
            return replace(change, against=year_before(period))
        if period and period == self._told.period and self._told.against:
            return replace(change, against=self._told.against)
        return change

    def _is_yearly(self, figure: Mention[Quantity]) -> bool:
        """Tell whether a change is one on the year, by words between it and the next figure."""
        following = [f.start for f in self._at.figures if f.start > figure.start]
        end = following[0] if following else len(self._sentence.text)
        before = [f.end for f in self._at.figures if f.end < figure.start]
        start = figure.start if before else 0
        return any(start <= m.start < end for m in self._mentions.marked("yearly change"))


def _are_akin(one: str, other: str) -> bool:
    """Tell whether one of two measures is the other or a kind of it."""
    return is_kind_of(one, other) or is_kind_of(other, one)


def _taking(fact: Fact, other: Fact) -> Fact:
    """Return a fact with who and what another is about, where it names neither."""
    held = list(fact.arguments)
    if not any(not a.name.is_material for a in held):
        held += [a for a in other.arguments if not a.name.is_material]
    if not any(a.name.is_material for a in held):
        held += [a for a in other.arguments if a.name.is_material]
    return replace(fact, arguments=tuple(held))


def _unit_of_level(fact: Fact, level: Fact) -> Quantity | None:
    """Return an amount as the price it is compared with: "$21.02 per kilogram, after $33.80"."""
    one, other = fact.value, level.value
    if not (isinstance(one, Quantity) and isinstance(other, Quantity)):
        return None
    return replace(one, unit=other.unit) if other.unit.startswith(f"{one.unit}/") else None


def _suits(measure: str, dimension: str) -> bool:
    wanted = measure_named(measure).dimension
    return fits(measure_named(measure), dimension) if wanted else dimension in _OF_UNBOUND


def _measure_of_dimension(dimension: str) -> str:
    rows = load_vocabulary().rows("dimensions")
    return next((row["measure"] for row in rows if row["dimension"] == dimension), "")


@lru_cache(maxsize=1)
def _bibliographies() -> frozenset[str]:
    return frozenset(load_vocabulary().words("grammar", "bibliography"))
