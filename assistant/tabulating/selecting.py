"""Which figures belong in a table that is asked for, and in which row and column each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.tabulating.measures import is_of_another_form, measures_of, speaks_of, suits_unit
from assistant.tabulating.observation import Observation, RowTable
from assistant.tabulating.request import TableRequest, rows_are_of
from assistant.tabulating.subjects import WORLD, name_of, subjects_of
from index.wording import StemSet, plain_words, stem, stems

OWNER = "of "  # begins the part of a row's key that says of whom its table is
_TOTAL = re.compile(r"^(?:grand |world )?total\b|^world\b|^all countries\b", re.IGNORECASE)
_RARE_EARTHS = re.compile(r"\brare[- ]earths?\b", re.IGNORECASE)
_BY_COUNTRY = re.compile(
    r"\bby country\b|\bcountry or\b|^countr(?:y|ies)\b|\b(?:origin|destination)\b", re.IGNORECASE
)
_LONG_TABLE = 200  # rows; of a file, which may be of many minerals
_PARTS_OF_A_PATH = 3  # of a label in a data file: section, mineral, country, ...
_STATISTICS = StemSet("salient statistics world and mine")
_TOGETHER = re.compile(r"^\w[\w ]* (?:with|including|incl\.) [A-Z][\w ]*$")
_OTHER = re.compile(r"^(?:other|rest)\b", re.IGNORECASE)
_SHARE = StemSet("share")
_VALUE = StemSet("value")
_GOODS_WORDS = frozenset(("element", "oxide", "product", "metal", "mineral"))
# Heads that say no more than that a value stands under them.
_VALUE_WORDS = StemSet(
    """value values figure figures amount amounts quantity raw display current volume
    data total rounded estimate estimated tables table source price average annual reported
    united world country and of the in by for rare earth earths element elements
    metric tons ton t million thousand billion a reo treo equivalent oxide weight us dollars per
    kilogram kg minimum"""
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


def place_figures(request: TableRequest, observations: Iterable[Observation]) -> tuple[Placed, ...]:
    """Return the figures that a request asks for, each with its row and column."""
    placed = []
    for one in observations:
        if _fits(request, one):
            row = _row(request, one)
            column = _column(request, one)
            if row and column:
                placed.append(Placed(Place(row[0], row[1], column), one))
    return tuple(placed)


def _fits(request: TableRequest, one: Observation) -> bool:
    if request.years and one.period.year and one.period.year not in request.years:
        return False
    if not _is_of_the_subject(request, one) or not measure_said(request, one):
        return False
    if not one.is_figure and not one.edition.covers(one.period.year):
        return False
    if not _has_asked_rows(request, one):
        return False
    if request.actors and not (one.actors and {*one.actors[:1]} <= {*request.actors}):
        return False
    if request.owners and not {*request.owners} <= {*_all_actors(one)}:
        return False
    if request.goods and not (one.goods and {*one.goods} <= {*request.goods}):
        return False
    if not request.qualifiers:
        return True
    if is_of_another_form(request.qualifiers, stems(" ".join(one.near))):
        return False
    said = stems(" ".join((*one.near, *one.around, one.context.unit, one.cell.measure)))
    return request.qualifiers <= said


def _is_of_the_subject(request: TableRequest, one: Observation) -> bool:
    """Tell whether a figure is of what is asked for, or of rare earths where nothing is named.

    Files of many minerals have rows that read alike, with the mineral in a part of the label.
    """
    is_of_many = not request.goods and len(one.table.rows) > _LONG_TABLE
    says_so = bool(_RARE_EARTHS.search(one.evidence.passage.text))
    if is_of_many and not says_so and _names_rare_earths(one.table):
        return False
    if not _is_of_named_country(request, one):
        return False
    if len(one.label_parts) < _PARTS_OF_A_PATH:
        return True
    asked = request.qualifiers.union(*request.measures) | _STATISTICS
    for part in one.label_parts[:-1]:
        named = subjects_of(part)
        if {*named.rest} - asked - measures_of(part) or {*named.goods} - {*request.goods}:
            return False
    return True


def _is_of_named_country(request: TableRequest, one: Observation) -> bool:
    """Tell whether a row of a table by country is of who is asked for, where someone is."""
    heads = f"{' '.join(one.context.header[:1])} {one.context.caption}"
    if request.rows != "named" or not one.label or not _BY_COUNTRY.search(heads):
        return True
    is_total = bool(_TOTAL.match(one.label)) and WORLD in request.actors
    named = {*subjects_of(one.label).actors}
    return not request.actors or is_total or bool(named & {*request.actors})


@lru_cache(maxsize=100)
def _names_rare_earths(table: RowTable) -> bool:
    """Tell whether some rows of a table say that they are of rare earths, as others do not."""
    return any(_RARE_EARTHS.search(row.passage.text) for row in table.rows)


def measure_said(request: TableRequest, one: Observation) -> tuple[frozenset[str], ...]:
    """Return which of the measures asked for a figure is of, none where it is of no one."""
    in_shares = request.rows != "named"
    # What is in percent is a share, also where no word says so.
    near = (
        (*one.near, "share")
        if "percent" in one.unit and frozenset(_SHARE) in request.measures
        else one.near
    )
    return tuple(
        asked
        for asked in request.measures
        if speaks_of(asked, near, one.around)
        and suits_unit(asked | _VALUE if request.wants_money else asked, one.unit, in_shares)
    )[:1]


def _all_actors(one: Observation) -> tuple[str, ...]:
    return tuple(actor for level in one.around for actor in subjects_of(level).actors)


def _has_asked_rows(request: TableRequest, one: Observation) -> bool:
    """Tell whether the rows of a figure's table are what a request has rows of ("end use")."""
    context = one.context
    heads = stems(" ".join((*context.header[:1], context.caption, context.section)))
    named = subjects_of(one.label)
    for word in request.row_words:
        of_goods = word.rstrip("s") in _GOODS_WORDS and named.goods
        of_sites = word.rstrip("s") in ("mine", "plant", "project") and named.actors
        if not (of_goods or of_sites or {stem(part) for part in plain_words(word)} <= heads):
            return False
    return True


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
    if _TOTAL.match(label) and request.actors == (WORLD,):
        return (WORLD,), "World total"
    parts = [part for part in one.label_parts if not _says_only_measure(part, request)]
    head = ", ".join(parts[-2:]) if len(one.label_parts) > 1 else label
    if one.actors and not subjects_of(head).actors and (len(request.actors) > 1 or not head):
        told = name_of(one.actors[0])
        head = f"{told}, {_lowered(head)}" if head else told
    if _telling(one.column, request):
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
    if _telling(one.column, request) and not subjects_of(one.column).actors:
        return ()
    if _TOTAL.match(label):
        return ((WORLD,), "World total") if request.rows == "country" else ()
    if _OTHER.match(label) and request.rows == "country":
        return (("other",), label)
    if not one.actors or not rows_are_of(request, one.actors[0]):
        return ()
    actor = one.actors[0]
    named = subjects_of(label)
    if named.actors and actor not in named.actors:
        return ()
    extra = {*named.rest} - _VALUE_WORDS - request.qualifiers - request.told
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
    if not period.year:
        return ((0, 0, ""), "") if request.columns == "time" else ()
    if period.is_span:
        is_wanted = request.columns == "time"
    elif period.part and not re.fullmatch(r"FY ?\d+", period.part, re.IGNORECASE):
        is_wanted = request.columns in ("part", "year and part", "time")
    else:
        is_wanted = request.columns != "part"
    return (period.order, str(period)) if is_wanted else ()


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
    return bool(told & request.told) and not told - measures_of(words) - _VALUE_WORDS


def _telling(column: str, request: TableRequest) -> bool:
    """Tell whether the head of a column says more than the measure that is asked for."""
    named = subjects_of(column)
    if {*named.actors} - {WORLD} or named.goods:
        return True
    return bool({*named.rest} - _VALUE_WORDS - request.told - request.qualifiers)


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
