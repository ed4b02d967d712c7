"""Which figures of statements a calculation is of: by their times, names and words beside them.

Where they leave a choice, none are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise, product

from corpus.facts import Fact, Query
from corpus.facts.fact import Operation
from corpus.language.measures import measure_named
from corpus.language.periods import Period, contains
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.units import dimension, is_convertible
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import content_words
from index.facts import LedgerFact
from index.query import points_of
from index.storage.fact_rows import name_key
from index.wording import stem

Fits = Callable[[Period, LedgerFact], int | None]  # how well a fact is of a time, 0 the best
OVER_TIME: tuple[Operation, ...] = ("growth", "difference")
_NO_UNITS = ("percent", "point", "time")
_MONEY = ("money", "price")
_FEWEST = 2
_NEAR = 9  # worse than any fit of a time


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a statement, which is told by its place among the statements."""

    found: LedgerFact
    quantity: Quantity
    statement: int

    @property
    def fact(self) -> Fact:
        """What the statement says with the figure."""
        return self.found.fact

    @property
    def names(self) -> frozenset[str]:
        """Whom and what it is of."""
        return frozenset(name_key(argument.name) for argument in self.fact.arguments)

    @property
    def materials(self) -> frozenset[str]:
        """Which materials it is of."""
        return frozenset(map(name_key, self.fact.named("material")))

    @property
    def last_day(self) -> str:
        """The last day of its time, "" where it has none."""
        return self.fact.period.last if self.fact.period else ""


def figures_meant(
    query: Query, asked: Operation, told: Sequence[Sequence[LedgerFact]], fits: Fits
) -> tuple[Figure, ...]:
    """Return the figures that a result is made of, in the order that its calculation takes them.

    Two times may stand in two statements of one kind, what is added up in two of one page; all
    else stands in the first.
    """
    figures = [tuple(_figures(query, facts, at)) for at, facts in enumerate(told)]
    read = dropwhile(lambda at: not told[at], range(len(told)))  # of what no fact is read
    figures = [figures[at] for at in read] or [()]
    times = times_asked(query)
    if asked not in OVER_TIME or len(times) < _FEWEST:
        timely = [_of_time(own, times[0], fits) for own in figures] if len(times) == 1 else figures
        return (
            _of_parts(query, asked, timely[0])
            or _of_one_statement(query, asked, timely[0])
            or _of_rows(query, asked, timely)
            or _of_one_page(query, asked, figures, timely)
        )
    of_times = {t: [_of_time(own, t, fits) for own in figures] for t in times}
    dated = [those for those in of_times.values() if any(those)]  # not "as of January 2025"
    if len(dated) != _FEWEST:
        return ()
    by_statement = list(zip(*dated, strict=True))
    return _of_times(query, asked, by_statement[0]) or _of_two_statements(by_statement)


def has_figure_of(time: Period, facts: Sequence[LedgerFact], fits: Fits) -> bool:
    """Tell whether facts have a figure of a time."""
    return any(
        isinstance(one.fact.value, Quantity)
        and one.fact.value.dimension != "time"
        and not one.fact.change
        and fits(time, one) is not None
        for one in facts
    )


def are_in_time(figures: Sequence[Figure]) -> bool:
    """Tell whether two figures are of two times of one place, one after the other."""
    days = {one.last_day for one in figures}
    return len(figures) == len(days) == _FEWEST and "" not in days and not _are_apart(figures)


def _are_apart(figures: Sequence[Figure]) -> bool:
    """Tell whether each of two figures is of a place that the other is not of."""
    one, other = (frozenset(map(name_key, figure.fact.named("place"))) for figure in figures)
    return bool(one - other and other - one)


def are_before_and_after(figures: Sequence[Figure]) -> bool:
    """Tell whether two figures are one thing before and after: "from 21 to 11 million"."""
    ordered = sorted(figures, key=lambda one: one.fact.place.value_start)
    places = [(one.fact.place, one.found.quote) for one in ordered]
    until = load_vocabulary().words("asked", "count to")
    return any(
        quote[one.value_end - one.start : other.value_start - other.start].strip() in until
        for (one, quote), (other, _) in pairwise(places)
        if one.start == other.start
    )


def _figures(query: Query, facts: Sequence[LedgerFact], statement: int) -> Iterator[Figure]:
    """Yield the figures of a statement that may be meant, of no other measure where it has this.

    A figure that the question gives tells what is asked of, and is not asked for.
    """
    measures = {query.wanted.measure, *query.calculation.measures}
    measured = {
        one.fact.value.unit
        for one in facts
        if one.fact.measure in measures - {""} and isinstance(one.fact.value, Quantity)
    }
    given = {(one.quantity.value, one.quantity.unit) for one in find_quantities(query.text)}
    for one in facts:
        fact, value = one.fact, one.fact.value
        if fact.change or not isinstance(value, Quantity) or not _is_in_unit(query, value.unit):
            continue
        is_given = (value.value, value.unit) in given
        is_range = value.low != value.high and not query.calculation.takes_middle
        if is_range or value.dimension == "time" or is_given:
            continue
        is_other = fact.measure not in measures and measure_named(fact.measure).dimension != ""
        if not (is_other and any(is_convertible(value.unit, unit) for unit in measured)):
            yield Figure(one, value, statement)


def _is_in_unit(query: Query, unit: str) -> bool:
    """Tell whether a figure may be told in the unit that is asked for."""
    if query.unit and query.unit not in _NO_UNITS:
        return is_convertible(unit, query.unit)
    return query.value_kind != "money" or dimension(unit) in _MONEY


def times_asked(query: Query) -> tuple[Period, ...]:
    """Return the times that figures are asked of, the earlier first."""
    points = points_of(query.periods)
    if query.calculation.against and len(points) == 1:
        points = (query.calculation.against, *points)
    return tuple(sorted(points, key=lambda one: (one.last or one.text[-4:], one.text)))


def _of_time(figures: Sequence[Figure], time: Period, fits: Fits) -> tuple[Figure, ...]:
    """Return the figures that fit a time best; those of no time fit any.

    The last to do is a time within it, or one that ends with it: "the year to ...".
    """
    found: dict[int, list[Figure]] = {}
    for one in figures:
        own = one.fact.period
        fit = fits(time, one.found)
        is_near = own is None or own.is_open or contains(time, own)
        is_near = is_near or bool(own and own.last and own.last == time.last)
        if fit is not None or is_near:
            found.setdefault(_NEAR if fit is None else fit, []).append(one)
    return tuple(found[min(found)]) if found else ()


# -- of two times


def _of_times(
    query: Query, asked: Operation, of_times: Sequence[Sequence[Figure]]
) -> tuple[Figure, ...]:
    """Return the figure of each time, where a statement has one of each."""
    groups = [_by_unit(query, asked, those) for those in of_times]
    for unit in groups[0]:
        fit = [_distinct(_named(query, group.get(unit, ()))) for group in groups]
        found = tuple(those[0] for those in fit if len(those) == 1)
        if len(found) == len(fit) == len({one.found.row for one in found}):
            return found
    return ()


def _of_two_statements(of_times: Sequence[Sequence[Sequence[Figure]]]) -> tuple[Figure, ...]:
    """Return the figures of two times in the first statement and the next one of its kind.

    Two rows of a table need not be the first.
    """
    distinct = [[_distinct(those) for those in own] for own in of_times]
    for one, other in sorted(product(range(len(distinct)), repeat=2), key=sum):
        earlier, later = distinct[one][0], distinct[other][1]
        pairs = [pair for pair in product(earlier, later) if _are_of_one_kind(*pair)]
        if one == other or len(pairs) != 1:
            continue
        are_rows = pairs[0][0].fact.is_cell
        if are_rows or (min(one, other) == 0 and len(earlier) == len(later) == 1):
            return pairs[0]
    return ()


def _are_of_one_kind(one: Figure, other: Figure) -> bool:
    """Tell whether two figures of two statements differ in their time alone.

    Those of two rows of one column do, as far as these are not of others.
    """
    if one.quantity.unit != other.quantity.unit or one.fact.measure != other.fact.measure:
        return False
    columns = [figure.fact.table.column[-1:] for figure in (one, other)]  # behind their times
    if one.fact.is_cell and _are_of_one_table(one, other) and columns[0] == columns[1]:
        return one.names <= other.names or other.names <= one.names
    return (
        one.names == other.names
        and one.fact.table.caption == other.fact.table.caption
        and (not one.fact.is_cell or one.fact.table.row == other.fact.table.row)
    )


# -- of several names


def _of_parts(query: Query, asked: Operation, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figure of each of several names that a question puts together."""
    named = [frozenset(map(name_key, part.wanted.named())) for part in query.parts]
    if asked not in ("total", "difference") or len(named) < _FEWEST:
        return ()
    own = [names.difference(*named[:at], *named[at + 1 :]) for at, names in enumerate(named)]
    for group in _by_unit(query, asked, figures).values():
        of_parts = [_printed([one for one in group if names & one.names]) for names in own]
        if all(len(those) == 1 for those in of_parts):
            return tuple(those[0] for those in of_parts)
    return ()


# -- of several rows


def _of_rows(
    query: Query, asked: Operation, figures: Sequence[Sequence[Figure]]
) -> tuple[Figure, ...]:
    """Return the figures of two rows of one table whose labels the question says."""
    first = next(iter(figures[0]), None)
    if first is None or asked not in ("difference", "total"):
        return ()
    said = frozenset(stem(word) for word in content_words(query.text))
    found: dict[tuple[str, ...], list[Figure]] = {}
    for own in figures:
        for one in _by_unit(query, asked, own).get(first.quantity.unit, ()):
            label = frozenset(map(stem, content_words(" ".join(one.fact.table.row[-1:]))))
            is_beside = first.fact.table.column == one.fact.table.column
            if label and label <= said and is_beside and _are_of_one_table(first, one):
                found.setdefault(one.fact.table.row, []).append(one)
    if any(len(_distinct(those)) != 1 for those in found.values()):
        return ()  # which one of a row
    rows = tuple(those[0] for those in found.values())
    return rows if len(rows) == _FEWEST else ()  # of more, some may not have been found


def _are_of_one_table(one: Figure, other: Figure) -> bool:
    """Tell whether two figures stand in one table."""
    is_captioned = one.fact.table.caption == other.fact.table.caption
    return _are_of_one_page(one, other) and is_captioned


# -- of two statements of one page


def _of_one_page(
    query: Query,
    asked: Operation,
    figures: Sequence[Sequence[Figure]],
    timely: Sequence[Sequence[Figure]],
) -> tuple[Figure, ...]:
    """Return the figures of two sentences of one page that each say what the other does not.

    Each must have one figure alone of what is asked for, and asked words of its own. A figure of
    another time is none, but may be what the sentence goes on to tell.
    """
    found = [_single(query, own) for own in figures]
    single = [one for one, own in zip(found, timely, strict=True) if one and one in own]
    if asked != "total" or not single or single[0].statement != 0:
        return ()
    said = frozenset(stem(word) for word in content_words(query.text))
    first, *others = single
    for other in others:
        texts = (first.found.quote, other.found.quote)
        own, its = (said & frozenset(map(stem, content_words(text))) for text in texts)
        is_new = other.quantity.value != first.quantity.value
        is_new = is_new and other.quantity.unit == first.quantity.unit
        if is_new and _are_of_one_page(first, other) and own - its and its - own:
            return (first, other)
    return ()


def _single(query: Query, figures: Sequence[Figure]) -> Figure | None:
    """Return the figure of a sentence that may be added, the one that is named where it has two."""
    groups = [_distinct(those) for those in _by_unit(query, "total", figures).values()]
    if len(groups) != 1 or groups[0][0].fact.is_cell:
        return None
    found = groups[0] if len(groups[0]) == 1 else _named_beside(query, groups[0])
    return found[0] if len(found) == 1 else None


def _are_of_one_page(one: Figure, other: Figure) -> bool:
    return (
        one.found.source.id == other.found.source.id
        and one.fact.place.page == other.fact.place.page
    )


# -- of one statement


def _of_one_statement(
    query: Query, asked: Operation, figures: Sequence[Figure]
) -> tuple[Figure, ...]:
    """Return the figures of a statement that are meant, none where they leave a choice."""
    if asked == "share" and any(one.quantity.dimension == "share" for one in figures):
        return ()  # told as it is
    for group in _by_unit(query, asked, figures).values():
        those = _printed(group) if asked == "total" else _distinct(group)
        if len(those) > _FEWEST:
            those = _named(query, those)
        if len(those) >= _FEWEST:
            return tuple(_meant(query, asked, those))
    return ()


def _meant(query: Query, asked: Operation, figures: Sequence[Figure]) -> Sequence[Figure]:
    """Return which figures of one unit are meant, in the order that the calculation takes them."""
    named = _named_beside(query, figures)
    if asked == "total":
        values = [one.quantity.value for one in figures]
        if len(values) > _FEWEST and any(2 * value == sum(values) for value in values):
            return ()  # told as it is
        if are_before_and_after(figures):
            return ()
        is_all = len(figures) in (_FEWEST, len(named)) or len(figures) in _counts(query.text)
        return figures if is_all else named if len(named) >= _FEWEST else ()
    pair = figures if len(figures) == _FEWEST else named
    if len(pair) != _FEWEST:
        return ()
    if asked in OVER_TIME and are_before_and_after(pair):
        return sorted(pair, key=lambda one: one.fact.place.value_start)
    if asked == "growth" and not are_in_time(pair):
        return ()
    if asked == "share":
        are_of_one_time = len({one.fact.period for one in pair} - {None}) < len(pair)
        are_parts = all(one.materials - other.materials for one, other in (pair, pair[::-1]))
        is_whole = are_of_one_time and not are_parts  # light and heavy ones are two parts
        return sorted(pair, key=lambda one: one.quantity.value) if is_whole else ()
    return sorted(pair, key=lambda one: one.last_day) if are_in_time(pair) else pair


def _counts(question: str) -> frozenset[int]:
    """Return the numbers that a question has in words: "both", "the three"."""
    said = set(question.casefold().split())
    numerals = load_vocabulary().forms("numerals", "words")
    return frozenset(int(row["value"]) for form, row in numerals if form in said)


def _by_unit(query: Query, asked: Operation, figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    """Return figures by their unit: those of what is asked for, where that is said."""
    groups: dict[str, list[Figure]] = {}
    for one in figures:
        if asked not in ("share", "growth") or one.quantity.dimension != "share":
            groups.setdefault(one.quantity.unit, []).append(one)
    measured = measure_named(query.wanted.measure).dimension if query.wanted.measure else ""
    fit = {own: those for own, those in groups.items() if dimension(own) == measured}
    return fit if measured and fit else groups


def naming_most(query: Query, facts: Sequence[LedgerFact]) -> list[LedgerFact]:
    """Return the facts that name most of those that are asked for, all where these differ."""
    asked = {name_key(argument.name) for argument in query.wanted.arguments}
    named = [asked & {name_key(a.name) for a in one.fact.arguments} for one in facts]
    most = max(map(len, named), default=0)
    best = {frozenset(one) for one in named if len(one) == most}
    return [f for f, own in zip(facts, named, strict=True) if len(best) > 1 or len(own) == most]


def _named(query: Query, figures: Sequence[Figure]) -> list[Figure]:
    kept = naming_most(query, [one.found for one in figures])
    return [one for one in figures if one.found in kept]


def _distinct(figures: Sequence[Figure]) -> list[Figure]:
    """Return figures, each value once."""
    return list({(f.quantity.value, f.quantity.unit): f for f in reversed(figures)}.values())[::-1]


def _printed(figures: Sequence[Figure]) -> list[Figure]:
    """Return figures, each print once: two loans may be of one amount."""
    return list({f.fact.place.value_start: f for f in reversed(figures)}.values())[::-1]


def _named_beside(query: Query, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures whose own words the question says.

    They stand behind each figure where words stand behind the last, else before it.
    """
    ordered = sorted(figures, key=lambda one: one.fact.place.value_start)
    places = [one.fact.place for one in ordered]
    quote = ordered[0].found.quote
    if len({place.start for place in places}) > 1 or not quote:
        return []  # cells, which have no words between them
    spans = [(one.value_start - one.start, one.value_end - one.start) for one in places]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    if content_words(quote[ends[-1] :]):
        gaps = [quote[end:at] for end, at in zip(ends, [*starts[1:], len(quote)], strict=True)]
    else:
        gaps = [quote[at:start] for at, start in zip([0, *ends[:-1]], starts, strict=True)]
    asked = frozenset(stem(word) for word in content_words(query.text))
    return _said(asked, ordered, gaps)


def _said(asked: frozenset[str], figures: Sequence[Figure], gaps: Sequence[str]) -> list[Figure]:
    """Return the figures beside which a text has asked words that stand beside no other."""
    words = [frozenset(map(stem, content_words(gap))) for gap in gaps]
    return [
        one
        for at, one in enumerate(figures)
        if asked & words[at].difference(*words[:at], *words[at + 1 :])
    ]
