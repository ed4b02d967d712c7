"""Dates that a clause is about, and lists of names without figures."""

from collections.abc import Iterator, Sequence
from typing import get_args

from corpus.facts.enumerations import are_listed
from corpus.facts.fact import (
    Day,
    Fact,
    Names,
    Status,
)
from corpus.facts.mentions import (
    Mention,
    is_place,
)
from corpus.facts.sentence_slots import SentenceSlots
from corpus.facts.told_before import period_of
from corpus.language.measures import Measure
from corpus.language.names import Name
from corpus.language.periods import Period

_LEAST_LISTED = 3
_LIST_MEASURES = 8  # dependencies between a list and what it is a list of
_DATE_REACH = 2


class DatesAndLists(SentenceSlots):
    """The facts of a sentence whose value is a date or a set of names."""

    # -- dates ----------------------------------------------------------------------------------

    def _day_facts(self) -> Iterator[Fact]:
        """Yield dates that a clause is about: founded, signed, in force from, suspended until."""
        taken: set[int] = set()
        for measure in self._mentions.measures:
            if measure.meaning.broader != "date":
                continue
            word = self._sentence.words[measure.word]
            if not (word.is_verb or word.tag.startswith(("NN", "JJ"))):
                continue
            date = self._date_of(measure)
            if not date or date.start in taken:
                continue
            fact = self._day_fact(measure, date)
            roles = {a.role for a in fact.arguments}
            if fact.polarity and roles and not ("buyer" in roles and "owned" not in roles):
                taken.add(date.start)
                yield fact

    def _date_of(self, measure: Mention[Measure]) -> Mention[Period] | None:
        sentence = self._sentence
        best: tuple[int, Mention[Period]] | None = None
        figures = {p.start for p in self._figure_periods()}
        for one in self._mentions.periods:
            if one.start in figures or self._times.is_of_publication(one):
                continue
            path = sentence.path(one.word)
            if measure.word not in path:
                continue
            steps = path.index(measure.word)
            if steps <= _DATE_REACH and (best is None or steps < best[0]):
                best = (steps, one)
        return best[1] if best else None

    def _figure_periods(self) -> Iterator[Mention[Period]]:
        for number, figure in enumerate(self._at.figures):
            found = self._times.period(number)
            if found and self._sentence.distance(figure.word, found.word) <= 3:
                yield found

    def _day_fact(self, measure: Mention[Measure], date: Mention[Period]) -> Fact:
        arguments = self._names.arguments_at(measure.word, measure.meaning.name)
        named = [a for a, _ in arguments]
        if not any(a.role != "material" for a in named):
            named += self._stood_for(measure.word, measure.meaning.name)
        used = [(date.start, date.end), (measure.start, measure.end)]
        used += [(m.start, m.end) for _, m in arguments]
        day = date.meaning.text.removesuffix("/..").removeprefix("../")
        statuses = [
            m for m in self._mentions.statuses if m.start < measure.end and measure.start < m.end
        ]
        status: Status = "reported"
        for one in statuses:
            if one.meaning in get_args(Status):
                status = one.meaning  # type: ignore[assignment]
        if status == "reported" and self._at.has_future(measure.word):
            status = "planned"
        return Fact(
            Day(period_of(day)),
            measure.meaning.name,
            tuple(named),
            date.meaning,
            status=status,
            polarity=not self._at.is_negated(measure.word),
            attributed_to=self._attributed(measure.word),
            rest=self._rest(measure.word, used),
            place=self._place(date.start, date.end),
        )

    # -- lists ----------------------------------------------------------------------------------

    def _list_facts(self) -> Iterator[Fact]:
        """Yield the lists of names of one kind that a clause is about, without figures of them."""
        run: list[Mention[Name]] = []
        for one in (*self._mentions.names, None):
            if one and run and self._goes_on(run[-1], one):
                run.append(one)
                continue
            if len(run) >= _LEAST_LISTED:
                fact = self._list_fact(run)
                if fact:
                    yield fact
            run = [one] if one else []

    def _goes_on(self, before: Mention[Name], one: Mention[Name]) -> bool:
        return are_listed(self._sentence.text, before, one) and (
            before.meaning.is_material == one.meaning.is_material
            and is_place(before.meaning) == is_place(one.meaning)
        )

    def _list_fact(self, run: Sequence[Mention[Name]]) -> Fact | None:
        first = run[0]
        measures = [m for m in self._mentions.measures if not m.meaning.dimension]
        chain = self._at.chain(first.word)
        best: Mention[Measure] | None = None
        lowest = _LIST_MEASURES
        for one in measures:
            if not set(self._at.chain(one.word)[:1]) & set(chain):
                continue
            steps = self._sentence.distance(first.word, one.word)
            if steps < lowest:
                best, lowest = one, steps
        if best is None or best.meaning.broader == "date" or best.meaning.name == "date":
            return None
        if not all(m.meaning.id for m in run):
            return None
        listed = {m.start for m in run}
        arguments = [
            (a, m)
            for a, m in self._names.arguments_at(best.word, best.meaning.name)
            if m.start not in listed
        ]
        periods = [p for p in self._mentions.periods if not self._times.is_of_publication(p)]
        period = periods[0].meaning if len(periods) == 1 else None
        used = [(m.start, m.end) for m in run] + [(best.start, best.end)]
        used += [(m.start, m.end) for _, m in arguments]
        used += [(p.start, p.end) for p in periods]
        return Fact(
            Names(tuple(m.meaning for m in run)),
            best.meaning.name,
            tuple(a for a, _ in arguments),
            period,
            polarity=not self._at.is_negated(best.word),
            attributed_to=self._attributed(best.word),
            rest=self._rest(first.word, used),
            place=self._place(first.start, run[-1].end),
        )
