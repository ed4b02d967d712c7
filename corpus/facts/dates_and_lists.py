"""Dates that a clause is about, and lists of names without figures."""

from collections.abc import Iterator, Sequence

from corpus.facts.enumerations import are_listed
from corpus.facts.fact import Day, Fact, Names, Status
from corpus.facts.mentions import Mention, is_place
from corpus.facts.sentence_context import period_of
from corpus.facts.sentence_slots import SentenceSlots, spans_of
from corpus.language.measures import Measure
from corpus.language.names import Name
from corpus.language.periods import Period

_LEAST_LISTED = 3
_LIST_MEASURES = 8  # dependencies between a list and what it is a list of
_DATE_REACH = 2
_FIGURE_REACH = 3


# --- dates ---


def day_facts(slots: SentenceSlots) -> Iterator[Fact]:
    """Yield dates that a clause is about: founded, signed, in force from, suspended until."""
    taken: set[int] = set()
    for measure, date in dates(slots):
        if date.start in taken:
            continue
        fact = _day_fact(slots, measure, date)
        roles = {a.role for a in fact.arguments}
        if fact.polarity and roles and not ("buyer" in roles and "owned" not in roles):
            taken.add(date.start)
            yield fact


def dates(slots: SentenceSlots) -> Iterator[tuple[Mention[Measure], Mention[Period]]]:
    """Yield what happened, each with its date."""
    sentence = slots.at.sentence
    for measure in slots.at.mentions.measures:
        word = sentence.words[measure.word]
        if measure.meaning.broader != "date" or not (
            word.is_verb or word.tag.startswith(("NN", "JJ"))
        ):
            continue
        steps = {
            one.start: path.index(measure.word)
            for one in slots.at.mentions.periods
            if measure.word in (path := sentence.path(one.word))
            and not slots.at.is_of_publication(one)
            and not _is_of_a_figure(slots, one)
        }
        near = [p for p in slots.at.mentions.periods if steps.get(p.start, 9) <= _DATE_REACH]
        if near:
            yield measure, min(near, key=lambda one: steps[one.start])


def _is_of_a_figure(slots: SentenceSlots, period: Mention[Period]) -> bool:
    """Tell whether a time is near a figure by grammar."""
    distance = slots.at.sentence.distance
    return any(distance(f.word, period.word) <= _FIGURE_REACH for f in slots.at.figures)


def _day_fact(slots: SentenceSlots, measure: Mention[Measure], date: Mention[Period]) -> Fact:
    anchor = anchor_of_date(measure, date)
    arguments, spans = slots.arguments(anchor, measure.meaning.name)
    status: Status = slots.status(anchor)[0]
    day = date.meaning.text.removesuffix("/..").removeprefix("../")
    speaker = slots.speaker(anchor)
    return Fact(
        Day(period_of(day)),
        measure.meaning.name,
        tuple(arguments),
        date.meaning,
        status=status,
        polarity=not slots.at.is_negated(measure.word),
        attributed_to=speaker.meaning.text if speaker else "",
        rest=slots.rest(measure.word, [*spans_of((date, measure, speaker)), *spans]),
        place=slots.place(date.start, date.end),
    )


# --- lists ---


def list_facts(slots: SentenceSlots) -> Iterator[Fact]:
    """Yield the lists of names of one kind that a clause is about, without figures of them."""
    for run in lists(slots):
        if measure := measure_of_list(slots, run):
            yield _list_fact(slots, run, measure)


def anchor_of_list(run: Sequence[Mention[Name]]) -> Mention[object]:
    """Return a list of names as the anchor of a fact."""
    listed = Names(tuple(m.meaning for m in run))
    return Mention(run[0].start, run[-1].end, run[0].word, listed)


def anchor_of_date(measure: Mention[Measure], date: Mention[Period]) -> Mention[object]:
    """Return a date as the anchor of a fact, at the word for what happened."""
    return Mention(date.start, date.end, measure.word, date.meaning)


def lists(slots: SentenceSlots) -> Iterator[tuple[Mention[Name], ...]]:
    """Yield the names that are listed with nothing but commas between."""
    run: list[Mention[Name]] = []
    for one in (*slots.at.mentions.names, None):
        if one and run and _goes_on(slots, run[-1], one):
            run.append(one)
            continue
        if len(run) >= _LEAST_LISTED and all(m.meaning.id for m in run):
            yield tuple(run)
        run = [one] if one else []


def _goes_on(slots: SentenceSlots, before: Mention[Name], one: Mention[Name]) -> bool:
    return are_listed(slots.at.sentence.text, before, one) and (
        before.meaning.is_material == one.meaning.is_material
        and is_place(before.meaning) == is_place(one.meaning)
    )


def measure_of_list(slots: SentenceSlots, run: Sequence[Mention[Name]]) -> Mention[Measure] | None:
    """Return what a list of names is a list of, the nearest by grammar."""
    at, first = slots.at, run[0]
    bare = not at.figures  # a list of whose reserves were revised, without figures of them
    chain = set(at.chain(first.word))
    measures = [
        m
        for m in at.mentions.measures
        if (bare or not m.meaning.dimension)
        and "date" not in (m.meaning.name, m.meaning.broader)
        and set(at.chain(m.word)[:1]) & chain
        and at.sentence.distance(first.word, m.word) < _LIST_MEASURES
    ]
    distance = at.sentence.distance
    return min(measures, key=lambda m: distance(first.word, m.word), default=None)


def _list_fact(
    slots: SentenceSlots, run: Sequence[Mention[Name]], measure: Mention[Measure]
) -> Fact:
    at = slots.at
    anchor = anchor_of_list(run)
    arguments, spans = slots.arguments(anchor, measure.meaning.name)
    keys = {one.meaning.key for one in run}
    periods = [p for p in at.mentions.periods if not at.is_of_publication(p)]
    speaker = slots.speaker(anchor)
    used = [*spans, *spans_of((*run, measure, *periods))]
    return Fact(
        Names(tuple(one.meaning for one in run)),
        measure.meaning.name,
        tuple(a for a in arguments if a.name.key not in keys),
        periods[0].meaning if len(periods) == 1 else None,
        status=slots.status(anchor)[0],
        polarity=not at.is_negated(measure.word),
        attributed_to=speaker.meaning.text if speaker else "",
        rest=slots.rest(anchor.word, used),
        place=slots.place(anchor.start, anchor.end),
    )
