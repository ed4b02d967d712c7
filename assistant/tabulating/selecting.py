"""Which figures belong in a table that is asked for."""

import re
from functools import lru_cache

from assistant.tabulating.measures import is_of_another_form, measures_of, speaks_of, suits_unit
from assistant.tabulating.observation import Observation, RowTable
from assistant.tabulating.request import TableRequest
from assistant.tabulating.subjects import WORLD, subjects_of
from index.wording import StemSet, plain_words, stem, stems

TOTAL = re.compile(r"^(?:grand |world )?total\b|^world\b|^all countries\b", re.IGNORECASE)
_RARE_EARTHS = re.compile(r"\brare[- ]earths?\b", re.IGNORECASE)
_BY_COUNTRY = re.compile(
    r"\bby country\b|\bcountry or\b|^countr(?:y|ies)\b|\b(?:origin|destination)\b", re.IGNORECASE
)
_LONG_TABLE = 200  # rows; of a file, which may be of many minerals
_PARTS_OF_A_PATH = 3  # of a label in a data file: section, mineral, country, ...
_STATISTICS = StemSet("salient statistics world and mine")
_SHARE = StemSet("share")
_VALUE = StemSet("value")
_GOODS_WORDS = frozenset(("element", "oxide", "product", "metal", "mineral"))


def fits(request: TableRequest, one: Observation) -> bool:
    """Tell whether a figure is one of those that a request asks for."""
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
    goods = {*one.goods} or {good for part in one.label_parts for good in subjects_of(part).goods}
    if request.goods and not (goods and goods <= {*request.goods}):
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
    is_total = bool(TOTAL.match(one.label)) and WORLD in request.actors
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
