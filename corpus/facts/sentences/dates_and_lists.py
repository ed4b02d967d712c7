"""Dates that a clause is about, and lists of names without figures."""

import re
from collections.abc import Iterator, Sequence

from corpus.facts.fact import Day, Fact, Names, Status
from corpus.facts.sentences.enumerations import are_listed
from corpus.facts.sentences.mentions import Mention, grammar_words, is_place
from corpus.facts.sentences.sentence_context import period_of
from corpus.facts.sentences.sentence_slots import SentenceSlots, spans_of
from corpus.language.measures import Measure, measure_named
from corpus.language.names import Name
from corpus.language.periods import Period

_LEAST_LISTED = 3
_OF_CLAUSE = ("nsubj", "nsubjpass", "dobj", "attr")
_FINITE = ("VBD", "VBP", "VBZ")
_COPULA = "be"
_NOT_OF_NOUN = ("DT", "PDT", "PRP$", "CD", "-LRB-", ",", "``")
_DATE_REACH = 2
_TIED = 2  # dependencies between a verb and the time that a preposition ties to it
_DATE = "date"
_PAST = ("VBD", "VBN")
_STATES = ("attribution", "up", "down", "change")
_EXACT = re.compile(r"(?:\.\./)?\d{4}-\d\d(?:-\d\d)?(?:/\.\.)?")  # a month or a day
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


def _has_end(date: Mention[Period]) -> bool:
    """Tell whether a time is one until which: what is denied until then happened then."""
    return date.meaning.text.startswith("../")


def dates(slots: SentenceSlots) -> Iterator[tuple[Mention[Measure], Mention[Period]]]:
    """Yield what happened, each with its date."""
    sentence = slots.at.sentence
    for measure in (*slots.at.mentions.measures, *_events(slots)):
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


def is_exact(period: Period) -> bool:
    """Tell whether a time is a month or a day, on which something may have happened."""
    return bool(_EXACT.fullmatch(period.text))


def _events(slots: SentenceSlots) -> Iterator[Mention[Measure]]:
    """Yield what happened that no measure names, by its verb: "granted", "revised"."""
    at = slots.at
    unmoved = grammar_words("reporting") | grammar_words("lasting")
    counted = {at.clause_of[f.word] for f in at.figures}
    taken = {m.word for m in at.mentions.measures} | {m.word for m in at.mentions.marked(*_STATES)}
    for number, word in enumerate(at.sentence.words):
        is_other = number in taken or at.clause_of[number] in counted
        if word.tag not in _PAST or word.lemma in unmoved or is_other:
            continue
        inner = at.sentence.children(number)
        if any(at.sentence.words[i].relation == "ccomp" for i in inner):
            continue  # "found that": who says something
        if any(p.start < word.end and word.start < p.end for p in at.mentions.periods):
            continue  # "the three months ended"
        near = [p for p in at.mentions.periods if at.sentence.distance(number, p.word) <= _TIED]
        if any(is_exact(p.meaning) for p in near):
            name = f"{word.text.casefold()} {_DATE}"
            yield Mention(word.start, word.end, number, Measure(name, _DATE))


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
        polarity=_has_end(date) or not slots.at.is_negated(measure.word),
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
    """Return what a list of names is a list of: a measure that governs it, or a noun it stands for.

    In "the producers are A, B and C" and "other nations (A, B and C)" it is the noun.
    """
    at, first = slots.at, run[0]
    bare = not at.figures  # a list of whose reserves were revised, without figures of them
    if noun := _noun_of_list(slots, run):
        return noun
    above = set(_above(slots, first.word))
    own = at.clause_of[first.word]
    above |= {
        n for n, w in enumerate(at.sentence.words) if at.clause_of[n] == own and not w.is_verb
    }
    above |= set(_said_to_be(slots, first.word))
    measures = [
        m
        for m in at.mentions.measures
        if (bare or not m.meaning.dimension)
        and "date" not in (m.meaning.name, m.meaning.broader)
        and m.word in above
    ]
    distance = at.sentence.distance
    return min(measures, key=lambda m: distance(first.word, m.word), default=None)


def _above(slots: SentenceSlots, word: int) -> Iterator[int]:
    """Yield what a list hangs on, and what else is said in the clauses that it hangs in."""
    at, words = slots.at, slots.at.sentence.words
    direct = at.place_in_clause(word) in ("subject", "object")
    for above in at.sentence.path(word):
        if not words[above].is_verb:
            yield above
            continue
        if direct:
            yield above
        for beside in at.sentence.children(above):
            if words[beside].relation in _OF_CLAUSE:
                yield from at.sentence.subtree(beside)
            elif words[beside].relation == "prep" and direct:
                yield from at.sentence.children(beside)


def _said_to_be(slots: SentenceSlots, word: int) -> Iterator[int]:
    """Yield the subject that is said to be a list, where no other verb stands between the two.

    By order, since parsers lose lists behind an aside: "destinations were, in order of size, A, B".
    """
    sentence = slots.at.sentence
    finite = [n for n in range(word) if sentence.words[n].tag in _FINITE]
    if finite and sentence.words[finite[-1]].lemma == _COPULA:
        for child in sentence.children(finite[-1]):
            if sentence.words[child].relation == "nsubj":
                yield from sentence.subtree(child)


def _noun_of_list(slots: SentenceSlots, run: Sequence[Mention[Name]]) -> Mention[Measure] | None:
    """Return the noun that a list explains or is said to be, in the sentence's own words."""
    at, words = slots.at, slots.at.sentence.words
    first = words[run[0].word]
    noun = first.head if first.relation == "appos" else -1
    clause = at.clause(run[0].word)
    if noun < 0 and clause and clause.subject == run[0].word:
        complements = at.sentence.children(clause.predicate)
        noun = next((i for i in complements if words[i].relation == "attr"), -1)
    is_plural = noun >= 0 and words[noun].tag == "NNS"
    measures = at.mentions.measures
    if not is_plural or any(m.word == noun for m in measures):
        return None
    inside = [i for i in at.sentence.subtree(noun) if i <= noun]
    kept = [i for i in inside if words[i].tag not in _NOT_OF_NOUN]
    start, end = words[kept[0]].start, words[noun].end
    if any(one.start <= start < one.end or start <= one.start < end for one in run):
        return None
    name = " ".join(at.sentence.text[start:end].split()).casefold()
    return Mention(start, end, noun, measure_named(name))


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
