"""In which row and column of a table each figure stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.tabulating.measures import measures_of
from assistant.tabulating.observation import Observation
from assistant.tabulating.request import TableRequest, rows_are_of
from assistant.tabulating.selecting import TOTAL, fits, measure_said
from assistant.tabulating.subjects import WORLD, name_of, subjects_of
from index.wording import StemSet, plain_words, stems

OWNER = "of "  # begins the part of a row's key that says of whom its table is
_TOGETHER = re.compile(r"^\w[\w ]* (?:with|including|incl\.) [A-Z][\w ]*$")
_OTHER = re.compile(r"^(?:other|rest)\b", re.IGNORECASE)
_STOCKS = StemSet("reserves resources")  # of the ground, as known when a source was written
_LAST = (9_999, 0, "")  # stands after the columns of years
# Heads that say no more than that a value stands under them.
_VALUE_WORDS = StemSet(
    """value values figure figures amount amounts quantity raw display current volume
    data total rounded estimate estimated tables table source price average annual reported
    united world country and of the in by for rare earth earths element elements
    metric tons ton t million thousand billion a reo treo equivalent oxide weight us dollars per
    kilogram kg minimum all"""
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands in a table: the key and head of its row, and its column."""

    row: tuple[str, ...]
    head: str
    column: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure in its place."""

    place: Place
    observation: Observation


def place_figures(request: TableRequest, observations: Sequence[Observation]) -> tuple[Placed, ...]:
    """Return the figures that a request asks for, each with its row and column.

    Of "oxide and metal prices" a figure is one that says both itself; where there is none, the
    figures of the oxide and those of the metal.
    """
    placed = _placed(request, observations)
    every = frozenset[str]().union(*request.alternatives)
    says_all = any(_says_itself(one.observation, every) for one in placed)
    if len(request.alternatives) < 2 or says_all:
        return placed
    parts = [_placed_of_one(request, one, observations) for one in request.alternatives]
    return tuple(one for part in parts for one in part) if all(parts) else placed


def _placed_of_one(
    request: TableRequest, qualifiers: frozenset[str], observations: Sequence[Observation]
) -> list[Placed]:
    """Return the figures of one of several things that a request names, in rows of their own."""
    of_one = replace(request, qualifiers=qualifiers, alternatives=())
    saying = [one for one in observations if _says_itself(one, qualifiers)]
    return [replace(one, place=_place_of_one(one, qualifiers)) for one in _placed(of_one, saying)]


def _place_of_one(one: Placed, qualifiers: frozenset[str]) -> Place:
    """Return the place of a figure in a row that says which of several things it is of."""
    place, head = one.place, one.place.head
    if not qualifiers <= stems(head):
        words = next((told for told in one.observation.near if qualifiers <= stems(told)), "")
        head = f"{head}: {words}" if words else head
    return replace(place, row=(*place.row, " ".join(sorted(qualifiers))), head=head)


def _says_itself(one: Observation, qualifiers: frozenset[str]) -> bool:
    return qualifiers <= stems(" ".join(one.near))


def _placed(request: TableRequest, observations: Iterable[Observation]) -> tuple[Placed, ...]:
    placed = []
    for one in observations:
        if fits(request, one):
            row = _row(request, one)
            column = _column(request, one)
            if row and column:
                placed.append(Placed(Place(row[0], row[1], column), one))
    return tuple(placed)


def _row(request: TableRequest, one: Observation) -> tuple[tuple[str, ...], str] | tuple[()]:
    """Return key and head of the row that a figure belongs to; () where it belongs to none."""
    if request.rows in ("country", "company"):
        row = _row_of_actor(request, one)
    else:
        row = _row_of_label(request, one)
    if row and request.columns == "edition" and one.period.year and len(request.years) != 1:
        # The years of editions that stand side by side are rows of their own.
        return (*row[0], str(one.period)), f"{row[1]}, {one.period}"
    return row


def _row_of_label(
    request: TableRequest, one: Observation
) -> tuple[tuple[str, ...], str] | tuple[()]:
    label = one.label_parts[-1] if one.label_parts else ""
    if TOTAL.match(label) and request.actors == (WORLD,):
        return (WORLD,), "World total"
    parts = [part for part in one.label_parts if not _says_only_measure(part, request)]
    head = ", ".join(parts[-2:]) if len(one.label_parts) > 1 else label
    if one.actors and not subjects_of(head).actors and (len(request.actors) > 1 or not head):
        told = name_of(one.actors[0])
        head = f"{told}, {_lowered(head)}" if head else told
    if _telling(one.column, request.told | request.qualifiers):
        head = f"{head}: {one.column}" if head else one.column
    if not request.told and not any(measures_of(words) for words in one.near):
        head = f"{_measure_word(request, one)}: {head}"
    key = tuple(sorted({*_key_words(head)} - request.qualifiers - request.told))
    if not head:
        return ()
    # Tables of one shape may be of different mines or countries, and never make one row.
    owner = () if request.actors or not one.owner else (f"{OWNER}{one.owner}",)
    return (*(key or (head.lower(),)), *owner), head


def _lowered(head: str) -> str:
    """Return words as they stand after a comma; a name or abbreviation keeps its capitals."""
    first = head.split(" ", maxsplit=1)[0]
    return head[:1].lower() + head[1:] if first[1:].islower() else head


def _row_of_actor(
    request: TableRequest, one: Observation
) -> tuple[tuple[str, ...], str] | tuple[()]:
    own = [part for part in one.label_parts if not _says_only_measure(part, request)]
    label = ", ".join(own)
    asked = request.every | request.qualifiers
    if _telling(one.column, asked) and not subjects_of(one.column).actors:
        return ()
    if TOTAL.match(label):
        return ((WORLD,), "World total") if request.rows == "country" else ()
    other = next((part for part in own if _OTHER.match(part)), "")
    if other and request.rows == "country":
        return (("other",), other)
    if not one.actors or not rows_are_of(request, one.actors[0]):
        return ()
    actor = one.actors[0]
    named = subjects_of(label)
    if named.actors and actor not in named.actors:
        return ()
    extra = {*named.rest} - _VALUE_WORDS - request.qualifiers - request.every
    goods = {*named.goods} - {*request.goods}
    if request.rows == "country":
        joined = label if _TOGETHER.search(label) else ""  # "China with Hong Kong"
        if (extra and not joined) or goods or (label and not named.actors):
            return ()
        return (actor,), "World total" if actor == WORLD else joined or name_of(actor)
    if not named.actors and label:
        label = f"{name_of(actor)}, {label}"
    return (actor, *sorted({*_key_words(label)})), label or name_of(actor)


def _column(request: TableRequest, one: Observation) -> tuple[object, ...]:
    """Return the column of a figure as a key that sorts; () where it belongs in none."""
    column = _time_column(request, one)
    if column and not request.told and request.rows in ("country", "company"):
        measure = _measure_word(request, one)
        return (*column[:-1], measure, f"{measure} {column[-1]}".strip())
    return column


def _time_column(request: TableRequest, one: Observation) -> tuple[object, ...]:
    if request.columns == "edition":
        return _edition_column(request, one)
    if request.editions and _name_and_year(one) not in {(e.name, e.year) for e in request.editions}:
        return ()
    period = one.period
    if _is_undated(request, one):
        return (_LAST, "")
    if not period.year:
        return ((0, 0, ""), "") if request.columns == "time" else ()
    if period.is_span:
        is_wanted = request.columns == "time"
    elif period.part and not re.fullmatch(r"FY ?\d+", period.part, re.IGNORECASE):
        is_wanted = request.columns in ("part", "year and part", "time")
    else:
        is_wanted = request.columns != "part"
    return (period.order, str(period)) if is_wanted else ()


def _is_undated(request: TableRequest, one: Observation) -> bool:
    """Tell whether a figure beside those of some years is of a measure that has none itself."""
    is_second = not request.told and request.rows == "country" and request.columns == "year"
    return is_second and bool(measure_said(request, one)[0] & _STOCKS)


def _edition_column(request: TableRequest, one: Observation) -> tuple[object, ...]:
    if not one.edition.name:
        return ()
    if not request.editions:
        return ((one.edition.year,), str(replace(one.edition, version="")))
    asked = [e for e in request.editions if (e.name, e.year) == _name_and_year(one)]
    asked = [e for e in asked if e.version in ("", one.edition.version)]
    return (asked[-1].rank, str(asked[-1])) if asked else ()


def _measure_word(request: TableRequest, one: Observation) -> str:
    """Return which of several measures a figure is of, in the words of the question."""
    asked = measure_said(request, one)[0]
    told = [word for word in request.measure_words.split() if measures_of(word) & asked]
    return " ".join(told).capitalize()


def _name_and_year(one: Observation) -> tuple[str, int]:
    return one.edition.name, one.edition.year


def _says_only_measure(words: str, request: TableRequest) -> bool:
    """Tell whether a part of a label names nothing but the measure, or what all sources are of."""
    named = subjects_of(words)
    if (named.actors and named.actors != (WORLD,)) or named.goods:
        return False
    told = {*named.rest}
    if not told:
        return named.actors != (WORLD,)
    asked = told & (request.told or request.every)
    # "Mine production and reserves" tells neither; "Reserves" tells which of the two it is.
    says_one = not request.told and len(asked) == 1 and named.actors != (WORLD,)
    more = told - measures_of(words) - _VALUE_WORDS - request.qualifiers
    return bool(asked) and not says_one and not more


def _telling(column: str, asked: frozenset[str]) -> bool:
    """Tell whether the head of a column says more than what is asked for."""
    named = subjects_of(column)
    if {*named.actors} - {WORLD} or named.goods:
        return True
    return bool({*named.rest} - _VALUE_WORDS - asked)


def _key_words(head: str) -> tuple[str, ...]:
    """Return what tells rows apart: names by their ids, other words by their stems."""
    named = subjects_of(head)
    told = [word for word in named.rest if word not in ("minimum", "and", "of", "the")]
    return (*named.actors, *named.goods, *told) or plain_words(head)


def order_of(actor: str) -> int:
    """Return where a row stands by what it is of: countries first, then others, the world last."""
    if actor == "other":
        return 1
    return 2 if actor == WORLD else 0
