"""Whether two facts contradict each other: one thing said twice, with values apart.

A slot that only one of them states counts as that of the other where the trade understands it, and
what one of them read as a name may stand among the words that the other did not understand. What
is left over on either side makes them two things.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from corpus.facts.fact import Day
from corpus.facts.statement import Entity, Statement, name_words, singular
from corpus.language.measures import (
    find_measures,
    find_terms,
    has_nature,
    is_kind_of,
    measure_named,
    names_of_nature,
)
from corpus.language.names import bare_words, find_names, has_whole_name
from corpus.language.periods import Period, contains, find_periods, same_period
from corpus.language.quantities import Quantity, same_quantity
from corpus.language.units import is_convertible
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import fold

_WHOLE = frozenset(("rare-earths", "lanthanides"))
_INSTRUMENTS = frozenset(("law",))
_TERMS = ("bases", "forms", "measures", "specifications", "stages", "statistics")
_YEAR_END = "12-31"
_YEAREND = "yearend"
_YEAR_DAYS = 300  # what happens once a year lies further apart
_FIGURES = re.compile(r"\d+(?:\.\d+)?")


def contradict(one: Statement, other: Statement, labels: frozenset[str] = frozenset()) -> bool:
    """Tell whether two facts say the same with values apart beyond their precision."""
    return (
        _same_measure(one, other)
        and _same_times(one, other)
        and values_apart(one, other)
        and _same_names_and_slots(one, other, labels)
    )


def same_but_for_values(
    one: Statement, other: Statement, labels: frozenset[str] = frozenset()
) -> bool:
    """Tell whether two facts are the same in all but their values.

    `labels` are the words by which the sources of a home tell figures apart: one of them that was
    not understood is decisive.
    """
    return (
        _same_measure(one, other)
        and _same_times(one, other)
        and _same_names_and_slots(one, other, labels)
    )


def topics(one: Statement) -> Iterator[tuple[str, ...]]:
    """Yield what a fact shares with one that it contradicts: measure, status, time, who or what."""
    fact = one.fact
    if not one.measure:
        return
    root = measure_named(one.measure)
    while root.broader:
        root = measure_named(root.broader)
    years: Iterable[int] = fact.period.years if fact.period else ()
    if isinstance(fact.value, Day):
        years = {year + step for year in fact.value.date.years for step in (0, 1)}
    is_any_year = any(has_nature(one.measure, n) for n in ("of an edition", "single event"))
    for time in {""} if is_any_year else set(map(str, years)):
        for word in one.anchors:
            yield root.name, _status(one), _statistic(one), time, word


def _same_names_and_slots(one: Statement, other: Statement, labels: frozenset[str]) -> bool:
    """Tell whether two facts are the same in their names and slots."""
    return (
        _same_slots(one, other)
        and not _is_one_voice(one, other)
        and _same_entities(one, other, labels)
    )


# --- values ---


def values_apart(one: Statement, other: Statement) -> bool:
    """Tell whether the values of two facts lie apart beyond the precision of both."""
    first, second = one.fact.value, other.fact.value
    if isinstance(first, Quantity) and isinstance(second, Quantity):
        if has_nature(one.measure, "yearly"):
            first, second = _a_year(first), _a_year(second)
        if not first.unit or not is_convertible(first.unit, second.unit):
            return False
        mirrored = replace(first, low=-first.high, high=-first.low)
        if first.low * second.low < 0 and same_quantity(mirrored, second):
            return False  # a net loss of so much, and that net income
        return not same_quantity(first, second)
    if isinstance(first, Day) and isinstance(second, Day):
        dates = first.date, second.date
        if same_period(*dates) or contains(*dates) or contains(dates[1], dates[0]):
            return False
        return abs(_day_number(dates[0]) - _day_number(dates[1])) < _YEAR_DAYS
    return False


def _a_year(quantity: Quantity) -> Quantity:
    """Return a mass as that of a year, as capacities are meant."""
    if quantity.dimension != "mass":
        return quantity
    return replace(quantity, unit=f"{quantity.unit}/yr")


def _day_number(period: Period) -> int:
    return date.fromisoformat(period.last).toordinal() if period.last else 0


# --- measure, time and the other slots ---


def _same_measure(one: Statement, other: Statement) -> bool:
    """Tell whether both measure one thing; of a broader measure its words must tell the stage."""
    if not one.measure or one.fact.polarity != other.fact.polarity:
        return False
    if one.measure == other.measure:
        return True
    for broad, narrow in ((one, other), (other, one)):
        if is_kind_of(narrow.measure, broad.measure):
            if has_nature(narrow.measure, "single event"):
                return True  # both parties of it are named
            if narrow.measure in names_of_nature("usual kind") and _is_plain(broad):
                return True
            stage = measure_named(narrow.measure).stage
            told = {broad.fact.stage} if broad.fact.stage else _stages_told(broad)
            return bool(stage) and stage in told
    return False


def _is_plain(one: Statement) -> bool:
    """Tell whether a fact is of a country, of all stages and in no form that would tell one."""
    is_known = all(entity.id and not entity.form for entity in one.entities)
    return is_known and not one.fact.stage and one.basis_kind == "oxide"


def _stages_told(one: Statement) -> frozenset[str]:
    """Return the stages that the words of a fact tell: those that were not understood, above."""
    texts = (*one.fact.rest, *one.above, *(a.name.text for a in one.fact.arguments))
    return frozenset(found.meaning for text in texts for found in find_terms("stages", text))


def _same_times(one: Statement, other: Statement) -> bool:
    first, second = one.fact.period, other.fact.period
    if isinstance(one.fact.value, Day):
        return True  # the date is what is said
    if first is None or second is None:
        return _are_of_one_edition(one, other)
    if first.text == second.text or same_period(first, second):
        return True
    if has_nature(one.measure, "single event"):
        return _may_contain(first, second) or _may_contain(second, first)
    inner, outer = (first, second) if contains(second, first) else (second, first)
    is_of_end = has_nature(one.measure, "stock") or _statistic(one) == _YEAREND
    return is_of_end and contains(outer, inner) and inner.last == outer.last


def _may_contain(outer: Period, inner: Period) -> bool:
    """Tell whether a period holds another, a fiscal year one of that year or the year before."""
    if outer.first or not inner.years:
        return contains(outer, inner)
    return bool({year - step for year in outer.years for step in (0, 1)} & set(inner.years))


def _are_of_one_edition(one: Statement, other: Statement) -> bool:
    """Tell whether two facts, of which one has no time, are of one: the edition of its table."""
    years: list[set[int]] = []
    for said in (one, other):
        if period := said.fact.period:
            years.append(set(period.years) if period.last.endswith(_YEAR_END) else set())
        else:
            named = find_periods(said.fact.edition or said.published) if said.is_cell else ()
            years.append({y - step for n in named for y in n.period.years for step in (0, 1)})
    return has_nature(one.measure, "of an edition") and bool(years[0] & years[1])


def _same_slots(one: Statement, other: Statement) -> bool:
    first, second = one.fact, other.fact
    return (
        first.change == second.change
        and _status(one) == _status(other)
        and _statistic(one) == _statistic(other)
        and _basis(one, other)
        and _scope(first.scope, second.scope)
        and _specification(first.specification, second.specification)
        and _price_basis(first.price_basis, second.price_basis)
        and _of(one, other)
        and _stage(one, other)
    )


def _status(one: Statement) -> str:
    """Return a status as conflicts compare it: what was is one kind, each plan another."""
    status = one.fact.status
    if status in names_of_nature("firm") or status == "reported":
        return ""
    is_ruled = isinstance(one.fact.value, Day) or has_nature(one.measure, "ruled")
    return "" if is_ruled and status in names_of_nature("ruling") else status


def _statistic(one: Statement) -> str:
    """Return a statistic, "" for the one that a measure is usually given as.

    Of the last day of a year is its yearend.
    """
    statistic, period = one.fact.statistic, one.fact.period
    usual = names_of_nature("usual statistic")
    if has_nature(one.measure, "stock"):
        usual |= {_YEAREND}
    elif period and not statistic and period.first == period.last and period.last[5:] == _YEAR_END:
        return _YEAREND
    return "" if statistic in usual else statistic


def _basis(one: Statement, other: Statement) -> bool:
    """Tell whether both count alike; of what is unsaid the usual one of the measure."""
    if has_nature(one.measure, "quoted"):
        return True  # a price has its own
    first, second = one.basis_kind, other.basis_kind
    return first == second or not (first and second)


def _scope(first: str, second: str) -> bool:
    """Tell whether two scopes leave out the same; one that names nothing leaves out nothing."""
    if not (first and second):
        return not any(one.name.is_material for one in find_names(first or second))
    return _words_of(first) == _words_of(second)


def _specification(first: str, second: str) -> bool:
    if not first or not second:
        return True
    figures = _FIGURES.findall(first), _FIGURES.findall(second)
    return figures[0] == figures[1] if all(figures) else _words_of(first) == _words_of(second)


def _price_basis(first: str, second: str) -> bool:
    """Tell whether the terms of two prices agree: the tax alike, the rest where both say it."""
    tax = _taxes(first), _taxes(second)
    if tax[0] != tax[1]:
        return False
    words = _words_of(first), _words_of(second)
    return words[0] <= words[1] or words[1] <= words[0]


def _taxes(price_basis: str) -> frozenset[str]:
    """Return the words of the part of a price's terms that speaks of a tax."""
    parts = re.split(r"[,;()]", price_basis)
    taxed = [p for p in parts if any(m.meaning.name == "tax" for m in find_measures(p))]
    return frozenset(word for part in taxed for word in _words_of(part))


def _of(one: Statement, other: Statement) -> bool:
    first, second = one.fact.of, other.fact.of
    if fold(first) == fold(second):
        return True
    if not first or not second:
        return has_nature(one.measure, "of a usual whole")
    return _whole(first) == _whole(second)


@lru_cache(maxsize=20_000)
def _whole(of: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return what a whole is made of: measures, names and the words beside them."""
    of = re.sub(r"['’]s\b", "", of)
    measures, names = find_measures(of), find_names(of)
    taken = [(m.start, m.end) for m in measures] + [(n.start, n.end) for n in names]
    left = list(of)
    for start, end in taken:
        left[start:end] = " " * (end - start)
    return (
        frozenset(m.meaning.name for m in measures),
        frozenset(n.name.key for n in names if n.name.id not in _WHOLE or n.name.form),
        _words_of("".join(left)),
    )


def _stage(one: Statement, other: Statement) -> bool:
    first, second = one.fact.stage, other.fact.stage
    return first == second or not first or not second


def _is_one_voice(one: Statement, other: Statement) -> bool:
    """Tell whether both figures are one body's, which at least one of them quotes."""
    first, second = one.fact.attributed_to, other.fact.attributed_to
    if not first and not second:
        return False
    quoted = _voices(first, one.speaker), _voices(second, other.speaker)
    own = _voices(one.speaker), _voices(other.speaker)
    return bool(quoted[0] & quoted[1] or quoted[0] & own[1] or quoted[1] & own[0])


@lru_cache(maxsize=20_000)
def _voices(said: str, speaker: str = "") -> frozenset[str]:
    """Return whose word it is; nobody's where somebody only prints the own name."""
    if fold(said) == fold(speaker):
        return frozenset()
    named = {n.name.id for n in find_names(said) if n.name.id}
    return frozenset(named or {" ".join(bare_words(said))}) - {""}


# --- who and what ---


def _same_entities(one: Statement, other: Statement, labels: frozenset[str]) -> bool:
    """Tell whether two facts are about the same, of which something is named."""
    matched = [t for t in one.entities if any(t.is_same(o) for o in other.entities)]
    first = [t for t in one.entities if t not in matched]
    second = [t for t in other.entities if not any(t.is_same(o) for o in one.entities)]
    taken = set(one.unread & other.unread)
    named = len({t.id or t.words for t in matched}) + bool(taken)
    taken |= _words_of_stage(one, other)
    for left, there in ((first, other), (second, one)):
        for entity in tuple(left):
            if words := _unread_name(entity, there):
                left.remove(entity)
                matched.append(entity)
                named += not words <= taken
                taken |= words
    names = {t.words for t in matched if t.words}
    is_site = any(t.is_site for t in (*matched, *one.entities, *other.entities) if t.words in names)
    for left, there in ((first, other), (second, one)):
        for entity in tuple(left):
            if _is_above(entity, there):
                left.remove(entity)
                named += 1
            elif is_site and not entity.side and entity.kind in ("", "company"):
                left.remove(entity)  # who owns it
            elif entity.words in names or _is_understood(entity, there, taken, bool(names)):
                left.remove(entity)
    if first or second:
        return False
    known = taken | one.words_above | one.text_words, taken | other.words_above | other.text_words
    if any(t.kind in _INSTRUMENTS for t in matched):
        return True  # its number says all
    if _decisive(one, known[1], labels) or _decisive(other, known[0], labels):
        return False
    return named > _is_of_many_days(one)


def _unread_name(entity: Entity, there: Statement) -> frozenset[str]:
    """Return the words of a name that another fact did not read as one, none where it has not."""
    for words in entity.named:
        if words and has_whole_name(there.text, words):
            return name_words(" ".join(words))
    return frozenset()


def _is_above(entity: Entity, there: Statement) -> bool:
    """Tell whether what one fact names stands above another."""
    if entity.id:
        is_told = entity.id in there.names_above and name_words(entity.form) <= there.words_above
        return is_told and not any(other.id == entity.id for other in there.entities)
    texts = (*there.above, there.speaker)
    return any(has_whole_name(text, words) for words in entity.named if words for text in texts)


def _is_understood(
    entity: Entity, there: Statement, taken: Collection[str], has_name: bool
) -> bool:
    """Tell whether what one fact names goes without saying in another.

    The country of terms of delivery, or of a site that both name, and the place in its name.
    """
    if not entity.id:
        return bool(entity.words) and entity.words <= set(taken)
    is_country = entity.kind in ("country", "region")
    if not is_country or any(t.kind == entity.kind for t in there.entities):
        return False
    return has_name or has_nature(there.measure, "quoted")


def _decisive(one: Statement, known: Collection[str], labels: frozenset[str]) -> bool:
    """Tell whether a word that was not understood makes a fact another one.

    In a table, and of a date of many, each does; in a sentence the terms of the trade, and those by
    which tables and names tell things apart.
    """
    words = one.unread.difference(known)
    if one.is_cell or _is_of_many_days(one):
        return bool(words)
    if not isinstance(one.fact.value, Day) and not words.isdisjoint(_words_of_times()):
        return True
    return not words.isdisjoint(labels) or not words.isdisjoint(_terms())


def _is_of_many_days(one: Statement) -> bool:
    """Tell whether a fact is a date of what may happen to one name more than once."""
    return isinstance(one.fact.value, Day) and not has_nature(one.measure, "happens once")


def _words_of_stage(one: Statement, other: Statement) -> frozenset[str]:
    """Return the words for the stage that the narrower measure of two is of."""
    for measure in (one.measure, other.measure):
        if stage := measure_named(measure).stage:
            return frozenset(
                w for f in load_vocabulary().words("stages", stage) for w in name_words(f)
            )
    return frozenset()


# --- words ---


@lru_cache(maxsize=1)
def _terms() -> frozenset[str]:
    """Return the single words by which the trade tells figures apart: "batch", "contained"."""
    vocabulary = load_vocabulary()
    events = names_of_nature("dated")
    forms = [
        form
        for table in _TERMS
        for form, row in vocabulary.forms(table)
        if row.get("broader") not in events
    ]
    plain = names_of_nature("plain marker")
    forms += [form for form, row in vocabulary.forms("markers") if row["kind"] not in plain]
    single = {singular(fold(form)) for form in forms if " " not in form}
    return frozenset(single)


@lru_cache(maxsize=1)
def _words_of_times() -> frozenset[str]:
    """Return the words of times: "quarter", "winter"."""
    forms = load_vocabulary().forms("periods")
    return frozenset(word for form, _ in forms for word in name_words(form))


@lru_cache(maxsize=20_000)
def _words_of(said: str) -> frozenset[str]:
    """Return the words of a slot that tell it from another: figures without their marks."""
    words = re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", fold(said).replace("'s", ""))
    return frozenset(singular(word) for word in words if len(word) > 1 or word.isdigit())
