"""The figures of the ledger that a table may hold, each in its row and column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.figures.fact_search import FactSearch
from assistant.figures.labels import is_measure_label, label_of_words, own_label, plain_label
from assistant.figures.value_words import time_text
from assistant.tabulating.request import ANY, is_by_edition, look_ups, row_groups
from corpus.facts import Absent, Argument, Fact, Query
from corpus.facts.fact import Role
from corpus.language.measures import find_terms, has_nature, names_of_nature
from corpus.language.names import PLACES, Name, find_names
from corpus.language.periods import find_periods
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import fold
from index.facts import FittingFact, LedgerFact
from index.storage.fact_rows import is_remainder, is_whole, name_key

WORLD = "world"
OTHERS = "other-countries"
_PARTIES: tuple[Role, ...] = (
    *("subject", "operator", "owner", "owned", "seller", "buyer", "lender", "borrower"),
)
_LANDS: tuple[Role, ...] = ("place", "origin", "destination")
_ROLES: dict[str, tuple[Role, ...]] = {
    "place": _LANDS,
    "subject": _PARTIES,
    "who": (*_LANDS, *_PARTIES),
    "material": ("material",),
    "segment": ("segment",),
}
_COUNTRIES = frozenset(("country", "region"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERIOD = 4  # of a fit, how near the time is: of a stock without one the edition tells it
_COVERED = 5  # years before its own of which an edition tells


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact in a row and a column of a table, as a question asks for it.

    `extras` are names that it has beyond those; `fit` and `order` are as a look-up ranks it.
    """

    found: LedgerFact
    row: tuple[str, ...]
    head: str
    column: tuple[str, ...]
    title: str
    extras: tuple[str, ...]
    fit: tuple[int, ...]

    @property
    def fact(self) -> Fact:
        """What it says."""
        return self.found.fact

    @property
    def table(self) -> tuple[str, int, str]:
        """The table of its source, or the source of its sentence."""
        return _table(self.found)


def find_figures(query: Query, search: FactSearch) -> tuple[Query, list[Figure]]:
    """Return the figures that a question may ask for, complete over the sources.

    The question is returned with what the rows are of, where the figures tell that first.
    """
    found: list[Figure] = []
    asked = {name_key(a.name) for part in (query, *query.parts) for a in part.wanted.arguments}
    groups = query.group_by
    for variants in look_ups(query):
        for variant in variants:
            grouped = replace(query, group_by=variant.group_by)
            fitting = search.find_all(replace(variant, limit=None))  # of all the newest count
            sites = frozenset(_table(one.found) for one in fitting if _names_site(one.found.fact))
            look_up = _LookUp(grouped, variant, asked, sites)
            figures = [one for fact in fitting for one in _placed(look_up, fact)]
            if _is_enough(grouped, figures):
                found += figures
                groups = variant.group_by
                break
    return replace(query, group_by=tuple(one for one in groups if one != ANY)), found


def _is_enough(query: Query, figures: Sequence[Figure]) -> bool:
    """Tell whether figures make what is asked for: of groups more than one, totals aside."""
    rows = {one.row for one in figures if not {WORLD, OTHERS} & {*one.row}}
    cells = {(one.row, one.column) for one in figures}
    if row_groups(query):
        return len(rows) > 1 or (len(rows) == 1 and bool(query.parts) and len(cells) > 1)
    return bool(cells)


@dataclass(frozen=True, slots=True)
class _LookUp:
    """A question with the part of it that is looked up, and the keys of all that it names.

    `sites` are tables of which a row names a mine or a plant, so that all their rows are of one.
    """

    query: Query
    part: Query
    asked: set[str]
    sites: frozenset[tuple[str, int, str]]


def _placed(look_up: _LookUp, fitting: FittingFact) -> Iterator[Figure]:
    """Yield a fact in its place, nothing where it has none in the table that is asked for."""
    query, part, asked = look_up.query, look_up.part, look_up.asked
    fact = fitting.found.fact
    if isinstance(fact.value, Absent) and not _is_covered(fact):
        return
    column = _column(query, fitting.found)
    if column and is_by_measure(query):
        measure = part.wanted.measure
        title = f"{measure[:1].upper()}{measure[1:]} {column[1]}".strip()
        column = (measure, *column[0]), title
    row = _row(look_up, fitting.found)
    if column is None or row is None:
        return
    key, head, taken = row
    extras = [
        name_key(a.name)
        for a in fact.arguments
        if name_key(a.name) not in asked
        and a.name not in taken
        and not is_whole(replace(a.name, form=""))
        and not (a.role == "place" and has_nature(fact.measure, "quoted"))  # who prints a price
    ]
    is_named = "segment" in row_groups(query)  # "OEM and Other" is a market of its own
    if is_remainder(fact) and OTHERS not in key and not is_named:
        extras.append(OTHERS)
    place, title = column
    is_timed = fact.period is not None and fact.measure not in _stocks()
    fit = fitting.fit if is_timed else (*fitting.fit[:_PERIOD], *fitting.fit[_PERIOD + 1 :])
    yield Figure(fitting.found, key, head, place, title, tuple(dict.fromkeys(extras)), fit)


# -- rows


def _row(
    look_up: _LookUp, found: LedgerFact
) -> tuple[tuple[str, ...], str, tuple[Name, ...]] | None:
    """Return the key and the head of a row, and the names that it is of."""
    query, part, asked, fact = look_up.query, look_up.part, look_up.asked, found.fact
    measures = {one.wanted.measure for one in query.parts}
    measure = part.wanted.measure if len(measures) > 1 else ""
    own = own_name(query, part)
    heads = [_as_said(own.name, fact)] if own else []
    key = [part_key(own)] if own else []
    if not own and (words := [word for word in part.rest if word not in query.rest]):
        heads, key = [label_of_words(query, part)], [" ".join(words)]
    taken: list[Name] = []
    for group in row_groups(query):
        named = _names_of_group(group, fact, asked)
        if len({name_key(name) for name in named}) > 1:
            return None
        if named:
            key.append(name_key(named[0]))
            heads.append(_named(named[0]))
            taken += named
        elif group in _ROLES and group not in ("segment", "material"):
            return None
        elif label := _label_of_group(group, found, look_up):
            key.append(fold(label))
            heads.append(label)
            taken += [m.name for m in find_names(label)]
        else:
            return None
    if measure and not is_by_measure(query):
        heads.append(_label_of_measure(fact) or measure)
        key.append(measure)
    if not row_groups(query) and not is_by_measure(query):
        key += [fact.measure, *_forms(part, fact), fact.specification, fact.statistic]
        heads = [_head(part, fact, own)]
    head = ", ".join(filter(None, dict.fromkeys(heads)))
    return tuple(key), f"{head[:1].upper()}{head[1:]}", tuple(taken)


def own_name(query: Query, part: Query) -> Argument | None:
    """Return the name that tells a part of a question from its other parts."""
    for argument in part.wanted.arguments:
        if any(argument not in one.wanted.arguments for one in query.parts):
            return argument
    return None


def part_key(own: Argument) -> str:
    """Return what the rows of a part begin with that is of this name."""
    return f"{name_key(own.name)} {own.name.form}".strip()


def _as_said(name: Name, fact: Fact) -> str:
    """Return a name in the form that a fact is of: the oxide of a metal that is asked for."""
    said = [a.name for a in fact.arguments if name_key(a.name) == name_key(name)]
    return _named(said[0]) if said and name.is_material else _named(name)


def _names_of_group(group: str, fact: Fact, asked: set[str]) -> list[Name]:
    roles = _ROLES.get(group, ())
    named = [a.name for a in fact.arguments if a.role in roles and name_key(a.name) not in asked]
    if group == "place":
        named = [name for name in named if name.kind in _COUNTRIES]
    if group == "who":
        companies = [name for name in named if name.kind not in PLACES]
        named = companies or [name for name in named if name.kind in _COUNTRIES]
    if group == "material":
        named = [name for name in named if not is_whole(name)]
    if group == "place" and not named and is_remainder(fact) and fact.table.row:
        return [Name(own_label(fact, asked) or fact.table.row[-1], OTHERS, "region")]
    return list({name_key(name): name for name in named}.values())


def is_of_land(figure: Figure) -> bool:
    """Tell whether the row of a figure is of a country or a region."""
    lands = {name_key(a.name) for a in figure.fact.arguments if a.name.kind in _COUNTRIES}
    return bool({*figure.row} & {*lands, WORLD, OTHERS})


def _named(name: Name) -> str:
    if name.id == WORLD:
        return f"{name.text} total"
    if name.form and not name.text.endswith(name.form):
        return f"{name.text} {name.form}"
    return name.text


def is_by_measure(query: Query) -> bool:
    """Tell whether the columns of a table are measures, of which rows of names have several."""
    measures = {one.wanted.measure for one in query.parts}
    names = {a.name.key for one in query.parts for a in one.wanted.arguments}
    shared = [{a.name.key for a in one.wanted.arguments} for one in query.parts]
    is_named = any(names - held for held in shared)
    return len(measures) > 1 and (is_named or bool(row_groups(query)))


def _label_of_measure(fact: Fact) -> str:
    """Return the label by which a cell tells its measure from others of its table."""
    labels = (*fact.table.row, *fact.table.column)
    told = [label for label in labels if is_measure_label(label) or find_terms("stages", label)]
    return told[0] if told else ""


def _label_of_group(group: str, found: LedgerFact, look_up: _LookUp) -> str:
    """Return the label of a row of a group: of sites some, or the table says what its rows are of.

    Below a heading "Net sales by reportable segment" the label of the row alone is told. Of
    regions the label names a place.
    """
    fact = found.fact
    label = own_label(fact, look_up.asked)
    if group == "material" or not label:
        return ""
    if group == "site" and _table(found) in look_up.sites:
        return label
    if group == "region":
        if not (_names_land(fact.table.row[-1:]) or is_remainder(fact)):
            return ""
        return _label_of_group("segment", found, look_up) or _told_of("region", fact, label)
    return _told_of(group, fact, label)


def _told_of(group: str, fact: Fact, label: str) -> str:
    """Return the label of a row where its table or a heading above it says what the rows are of."""
    own = plain_label(fact.table.row[-1]) if fact.table.row else ""
    forms = load_vocabulary().words("groupings", group)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(fold(form))}(?!\w)" for form in forms))
    if own and any(pattern.search(fold(heading)) for heading in fact.table.row[:-1]):
        return own
    told = fold(f"{fact.table.caption} | {fact.of} | {fact.measure}")
    return label if pattern.search(told) else ""


def _names_land(labels: Sequence[str]) -> bool:
    named = (mention.name.kind for label in labels for mention in find_names(label))
    return any(kind in _COUNTRIES for kind in named)


def _names_site(fact: Fact) -> bool:
    kinds = {mention.name.kind for label in fact.table.row for mention in find_names(label)}
    return bool(kinds & PLACES - _COUNTRIES)


def _table(found: LedgerFact) -> tuple[str, int, str]:
    return found.source.id, found.fact.place.page, found.fact.table.caption


def _forms(part: Query, fact: Fact) -> tuple[str, ...]:
    wanted = {name_key(a.name): a.name.form for a in part.wanted.arguments}
    return tuple(
        a.name.form
        for a in fact.arguments
        if a.role == "material" and a.name.form and not wanted.get(name_key(a.name))
    )


def _row_label(fact: Fact) -> str:
    """Return the label of a row as it is printed, of its column where the row is a time."""
    labels = (*reversed(fact.table.row), *reversed(fact.table.column))
    return next((plain for label in labels if (plain := plain_label(label))), "")


def _head(part: Query, fact: Fact, own: Argument | None) -> str:
    """Return the head of a row: its label, behind what it is of where the label does not say it."""
    label = _row_label(fact)
    asked = [own.name] if own else [n for n in part.wanted.named() if not is_whole(n)]
    named = {name_key(mention.name) for mention in find_names(label)}
    if label and (not asked or named & set(map(name_key, asked))):
        return label
    told = label or ", ".join(filter(None, (fact.measure, fact.specification)))
    return f"{', '.join(_as_said(name, fact) for name in asked)}: {told}" if asked else told


# -- columns


def _column(query: Query, found: LedgerFact) -> tuple[tuple[str, ...], str] | None:
    """Return the key by which a column is sorted and its title; None where it is not asked for."""
    fact = found.fact
    edition = fact.edition or found.source.edition
    if is_by_edition(query):
        if not edition:
            return None
        return (*_edition_key(edition), edition), edition
    period = fact.period
    if period is None or fact.measure in _stocks():
        return ("",), ""
    title = _printed_time(fact)
    text = title if re.fullmatch(r"(?:19|20)\d\d", title) else period.text
    title = title or _time_title(period.text)
    groups = [one for one in query.group_by if one in ("year", "quarter")]
    kind = _kind_of_time(text)
    if groups and kind not in ("year", *(("part",) if "quarter" in groups else ())):
        return None
    if groups == ["quarter"] and kind == "year":
        return None
    last = period.last or f"{period.year}-12-31"
    return (last, text), title


def _kind_of_time(text: str) -> str:
    if re.fullmatch(r"(?:FY)?(?:19|20)\d\d", text) or text.startswith("P12M"):
        return "year"
    return "part" if re.fullmatch(r"(?:FY)?\d{4}-[QHB]\d|P\d+M/.*", text) else "other"


@lru_cache(maxsize=1)
def _stocks() -> frozenset[str]:
    return names_of_nature("of an edition")


def _time_title(text: str) -> str:
    """Return a time as the head of a column: "2024-Q3", "3 months to 30 July 2023"."""
    if months := re.fullmatch(r"P(\d+)M/(.+)", text):
        return f"{months[1]} months to {time_text(months[2])}"
    first, _, last = text.partition("/")
    return f"{first} to {last}" if last.strip(".") and first.strip(".") else text


def _printed_time(fact: Fact) -> str:
    """Return the time of a cell as its labels print it."""
    for label in (*fact.table.row, *fact.table.column):
        for mention in find_periods(label):
            if mention.period == fact.period or (
                fact.period and mention.period.text == fact.period.text.removeprefix("FY")
            ):
                return label[mention.start : mention.end]
    return ""


def _edition_key(edition: str) -> tuple[str, ...]:
    year = _YEAR.search(edition)
    return (year[0] if year else "",)


def _is_covered(fact: Fact) -> bool:
    """Tell whether a sign instead of a figure says something: an old edition has no later year."""
    edition = _YEAR.search(fact.edition)
    if not edition or fact.period is None:
        return True
    return int(edition[0]) - _COVERED <= fact.period.year <= int(edition[0])
