"""The facts of a table's row: each of its figures with what row, column, caption and notes say.

The nearest words decide each slot: the head of the column, the label of the row, its groups, the
caption, the section, the source. What none of the readers knows stays in `rest`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import get_args

from corpus.document import Block, Cell, Page, Source
from corpus.facts.around import (
    Layer,
    RowContext,
    path,
    row_context,
    slot_of,
)
from corpus.facts.fact import (
    Absent,
    Argument,
    Change,
    ChangeKind,
    Day,
    Direction,
    Fact,
    Place,
    Role,
    Status,
    Table,
    Value,
)
from corpus.language.measures import (
    Measure,
    find_measures,
    find_terms,
    is_kind_of,
    measure_named,
)
from corpus.language.named_editions import find_editions, without_editions
from corpus.language.names import BODIES, PLACES, Name, find_names, listed_forms
from corpus.language.periods import Period, find_periods
from corpus.language.quantities import Bound, Quantity, find_quantities, find_unit
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary, load_vocabulary, split_forms
from corpus.language.words import content_words
from corpus.lexicon import load_lexicon

_SUM = "total"  # said of one row or column, never of a whole table
_VALUE_CHARS = 80  # a longer cell holds sentences
_CODE = re.compile(r"\d{4}\.\d\d[\d.]*|\d+(?:\.\d+){2,}")
_PLACE_CHARS = 40
_OF_MANY = frozenset(("mass", "time", "money"))  # dimensions whose figures have many units
_SHORTEST_NAME = 3  # letters of the first word of a publisher's name
_OF_SOURCES = " sources"
_NOTE_CHARS = 60  # a longer note tells more than a basis
_OF_RARE_EARTHS = frozenset(("REO", "TREO"))
_MOST_MATERIALS = 3
# What stands for a figure, where words say it and no sign does.
_ABSENT = frozenset(("withheld", "not available", "zero", "not applicable", "net exporter"))
_OF_FIGURES = frozenset(("estimated", "revised", "preliminary", "forecast"))
_OF_RULES = frozenset(("in force", "expired", "permitted"))
_STATUSES: dict[str, Status] = {status: status for status in get_args(Status)}
_WHOLE = re.compile(r"(?:percent(?:age)?|share|%)\s+of\s+(?:the\s+)?([^,;()]+)", re.IGNORECASE)
_SOURCE = re.compile(r"\bSources?: (.+?)(?:(?<=[a-z)]{2})\.\s|; |\.?$)")
_TAKEN_IN = re.compile(r"(?:Ex|In)cludes?\b|Does not include\b|.{0,40}; does not include")
_NOT_OF = re.compile(r"\b(?:non|outside)[\s-]+$", re.IGNORECASE)
_COUNTED = re.compile(r"\bnumber of\b|\b(?=shares$)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[$€£¥]?\s?\([$€£¥]?[\d.,\s]+\)\s?%?")
_PLAIN_YEAR = re.compile(r"(?:FY)?\d{4}")


def cell_facts(
    source: Source, page: Page, block: Block, vocabulary: Vocabulary | None = None
) -> tuple[Fact, ...]:
    """Return a fact for each cell of a row that holds a figure, a date, or a sign for none."""
    if block.kind != "row" or len(block.cells) < 2:
        return ()
    words = vocabulary or load_vocabulary()
    row = row_context(source, page, block, words)
    facts: list[Fact] = []
    for cell in block.cells[1:]:
        if cell.text and slot_of(cell.column, words) in ("", "measure"):
            facts += _fact_of(row, cell, facts)
    return tuple(facts)


def _fact_of(row: RowContext, cell: Cell, before: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the fact of a cell, if it holds one; `before` are those of the cells left of it."""
    columns = path(cell.column)
    head = " ".join(columns)
    layers = (*(Layer(text, True) for text in reversed(columns)), *row.layers)
    unit, scale = _unit(row, cell, layers)
    value = _value(row, cell, unit, scale)
    if value is None:
        return
    measured = dimension(value.unit) if isinstance(value, Quantity) else dimension(unit)
    measured = measured or ("money" if scale != 1.0 else "")
    change = _change(head, row, value)
    if change:
        value = _unsigned(value)
    is_relative = (change and change.kind == "percent") or _WHOLE.search(head)
    of_what = "" if is_relative else measured
    measure, taken = _measure(row, columns, layers, of_what, isinstance(value, Day))
    if isinstance(value, Quantity) and value.unit in ("", "item"):
        value = replace(value, unit=_unit_of_measure(measure, row, cell))
    if isinstance(value, Quantity) and not value.unit and not columns:
        return  # a page number of a table of contents, a number of a form
    period, against = _period(row, head, before, change is not None)
    if change and not against and period and _is_yearly(row, head):
        against = _year_before(period)
    if change and against:
        change = replace(change, against=against)
    basis, of = _basis(row, cell, layers, measured), _whole(row, columns, measured)
    if measured == "share" and cell.basis and not of and taken not in (*columns, *row.labels):
        # A percentage of what the unit of the table names: "percentage of total oxides".
        measure, of, basis = measure_named("share", row.vocabulary), cell.basis, ""
    if isinstance(value, Quantity) and value.bound == "=":
        value = replace(value, bound=_bound(row, head))
    yield Fact(
        value=value,
        measure=measure.name,
        arguments=_arguments(row, layers, measure, taken, basis),
        period=period,
        stage=measure.stage,
        of=of,
        basis=basis,
        scope=_scope(cell),
        specification=_specification(row, measured),
        price_basis=_price_basis(row, cell, measure),
        statistic=_statistic(row, layers),
        change=change,
        status=_status(row, cell, head),
        attributed_to=_attributed(row, cell),
        edition=_edition(row, head),
        rest=_rest(row, columns, taken),
        place=Place(row.page.number, row.block.start, row.block.end, cell.start, cell.end),
        table=Table(row.caption, (*row.groups, *row.labels), columns, cell.notes),
    )


# -- value and unit


def _unit(row: RowContext, cell: Cell, layers: Sequence[Layer]) -> tuple[str, float]:
    """Return unit and scale of a cell by its column, its row and what the reader found around."""
    vocabulary, currency = row.vocabulary, row.currency
    unit, scale = "", 1.0
    for words in (row.beside.get("unit", ""), cell.unit, row.beside.get("currency", "")):
        found, factor = find_unit(words, vocabulary, currency) if words else ("", 1.0)
        unit = unit or found
        scale = factor if scale == 1.0 else scale
    if unit and scale == 1.0 and dimension(unit) == "money":
        scale = find_unit(row.caption, vocabulary, currency)[1]
    if unit:
        return unit, scale
    for layer in layers:
        if layer.is_own:
            found, factor = find_unit(layer.text, vocabulary, currency)
            if found and (factor != 1.0 or dimension(found) in ("money", "price", "share")):
                return found, factor if factor != 1.0 else scale
    if scale == 1.0:
        found, factor = find_unit(row.caption, vocabulary, currency)
        if factor != 1.0 or (found and not row.block.context.caption):
            return found, factor
    return "", scale


def _value(row: RowContext, cell: Cell, unit: str, scale: float) -> Value | None:
    """Return the value that a cell states, None where it states none."""
    printed = cell.text.strip()
    if absent := _absent(printed, cell.notes, row.vocabulary):
        return absent
    if len(printed) > _VALUE_CHARS or _CODE.fullmatch(printed):
        return None
    found = [m.quantity for m in find_quantities(printed, row.vocabulary, row.currency)]
    if not found and unit and re.fullmatch(r"\d{4}", printed):
        found = [Quantity(float(printed), float(printed), "", "=", 1.0)]  # no year: it is counted
    if not found:
        dates = find_periods(printed, row.vocabulary)
        whole = len(dates) == 1 and dates[0].end - dates[0].start >= len(printed) - 2
        return Day(dates[0].period) if whole else None
    figure = found[0]
    if _IN_BRACKETS.fullmatch(printed):  # as accounts write what is negative
        figure = replace(figure, low=-abs(figure.high), high=-abs(figure.low))
    return _in_unit(figure, printed, unit, scale)


def _in_unit(first: Quantity, printed: str, unit: str, scale: float) -> Quantity:
    """Return a printed figure in the unit and scale of its column, unless it has its own."""
    own, of_column = dimension(first.unit), dimension(unit)
    if first.unit and own != "money":
        return first
    has_own_scale = bool(re.search(r"\d\s?[A-Za-z]{2,}", printed))
    factor = 1.0 if has_own_scale else scale
    if own == "money" and of_column in ("money", ""):
        unit = first.unit
    return replace(
        first,
        low=_exact(first.low * factor),
        high=_exact(first.high * factor),
        step=first.step * factor,
        unit=unit or first.unit,
    )


def _exact(value: float) -> float:
    return float(f"{value:.12g}")


@lru_cache(maxsize=20_000)
def _absent(printed: str, notes: tuple[str, ...], vocabulary: Vocabulary) -> Absent | None:
    """Return why there is no figure where a sign or words stand for one.

    A note that explains the sign ("W Withheld ...") decides what it means.
    """
    bare = printed.strip("$€£ ")
    told = [note.casefold() for note in notes if note.startswith((f"{bare} ", f"{bare}\u00a0"))]
    rows = [row for row in vocabulary.rows("statuses") if row["status"] not in _OF_FIGURES]
    signed = [row for row in rows if bare in split_forms(row["signs"])]
    explained = [
        row for row in signed if any(f in note for note in told for f in split_forms(row["notes"]))
    ]
    for row in (*explained, *signed):
        return Absent(row["status"], printed)
    for row in rows:
        words = map(str.casefold, split_forms(row["words"]))
        if row["status"] in _ABSENT and bare.rstrip(".").casefold() in words:
            return Absent(row["status"], printed)
    return None


def _unsigned(value: Value) -> Value:
    if isinstance(value, Quantity) and value.high <= 0:
        return replace(value, low=-value.high, high=-value.low)
    return value


def _unit_of_measure(measure: Measure, row: RowContext, cell: Cell) -> str:
    """Return the unit of a figure that is printed without one, by what it measures."""
    vocabulary = row.vocabulary
    if measure.dimension == "money per share":
        return f"{row.currency}/share"
    for one in vocabulary.rows("units"):
        if one["dimension"] == measure.dimension and measure.dimension not in _OF_MANY:
            return one["symbol"]
    is_count = _COUNTED.search(measure.name)
    if is_count and (counted := find_unit(measure.name[is_count.end() :], vocabulary)[0]):
        return counted
    scaled = find_unit(cell.unit, vocabulary, row.currency)[1] != 1.0 if cell.unit else False
    if measure.dimension == "money" or scaled:
        return row.currency
    return "item" if cell.unit else ""


# -- measure


def _measure(
    row: RowContext, columns: Sequence[str], layers: Sequence[Layer], measured: str, is_date: bool
) -> tuple[Measure, str]:
    """Return the measure of a cell and the words that named it.

    In statements of companies the words of a label that no reader knows name a measure of their
    own; elsewhere a label within a group that names a measure is a part of that.
    """
    vocabulary = row.vocabulary
    first_label = len(columns) + 1
    for number, layer in enumerate(_with_joined(layers, row, len(columns))):
        is_column, is_label = number < len(columns), number in (first_label - 1, first_label)
        if not is_label and _is_change(layer.text, vocabulary):
            continue
        if is_column and _is_share_of(layer.text, vocabulary):
            continue
        named = find_measures(layer.text, vocabulary)
        fitting = [one for one in named if _fits(one.meaning, measured, is_date)]
        if row.is_filing and (is_column or is_label):
            # A word more makes it another thing: "unrealized losses" are no losses.
            is_open = bool(_qualifiers(layer.text, vocabulary))
            if named and not is_open and (fitting or is_label):
                meaning = (fitting or named)[0].meaning
                return _specialised(meaning, layers, measured, vocabulary), layer.text
            is_item = row.has_items and number == first_label and layer.text
            if is_item or (is_open and is_column):
                return Measure(_plain(layer.text, vocabulary)), layer.text
            continue
        if row.has_items and row.is_filing and layer.is_own:
            continue
        if fitting and (layer.is_own or len({f.meaning.name for f in fitting}) == 1):
            best = max(fitting, key=lambda f: (f.meaning.dimension == measured, f.end - f.start))
            return _specialised(best.meaning, layers, measured, vocabulary), layer.text
    if measured in ("mass", "mass rate") and _stage(layers, vocabulary):
        return _specialised(measure_named("production"), layers, measured, vocabulary), ""
    for words in (*reversed(columns), *reversed(row.labels)):
        if _unread(words, vocabulary):
            return Measure(_plain(words, vocabulary)), words
    return Measure(""), ""


def _with_joined(layers: Sequence[Layer], row: RowContext, columns: int) -> tuple[Layer, ...]:
    """Return the layers with the label joined to the group that it goes on from, put before it.

    "Cash provided by (used in)" goes on in "Financing activities". The joined words are "" where
    no measure spans both.
    """
    outer = (*row.groups, *row.labels)[-2:-1]
    joined = " ".join((*outer, row.label))
    border = len(joined) - len(row.label)
    spans = any(one.start < border < one.end for one in find_measures(joined, row.vocabulary))
    return (*layers[:columns], Layer(joined if spans else "", True), *layers[columns:])


def _is_share_of(head: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a head says no more than of what its figures are shares: "% of revenue"."""
    return bool(_WHOLE.search(head)) and not find_measures(_WHOLE.sub(" ", head), vocabulary)


def _specialised(
    measure: Measure, layers: Sequence[Layer], measured: str, vocabulary: Vocabulary
) -> Measure:
    """Return the narrower measure that unit or stage words around a cell make of a broad one."""
    narrower = [row for row in vocabulary.rows("measures") if row["broader"] == measure.name]
    if measured == "money" and measure.dimension != "money":
        narrower = [row for row in narrower if row["dimension"] == "money"]
        return measure_named(narrower[0]["name"], vocabulary) if narrower else measure
    kinds = {row["name"] for row in narrower}
    for layer in layers:
        named = {f.meaning.name for f in find_measures(layer.text, vocabulary)} & kinds
        if len(named) == 1:
            known = measure_named(named.pop(), vocabulary)
            return _specialised(known, layers, measured, vocabulary)
    stage = _stage(layers, vocabulary) if any(row["stage"] for row in narrower) else ""
    for row in narrower:
        if stage and row["stage"] == stage:
            return measure_named(row["name"], vocabulary)
    return measure


def _stage(layers: Sequence[Layer], vocabulary: Vocabulary) -> str:
    """Return the stage of the value chain that row or column name, "" where they do not."""
    for layer in layers:
        if layer.is_own and (found := find_terms("stages", layer.text, vocabulary)):
            return found[0].meaning
    return ""


@lru_cache(maxsize=20_000)
def _qualifiers(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the content words of a label beside a measure: "deferred" of "Deferred revenue"."""
    spans = [(one.start, one.end) for one in find_measures(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_periods(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_quantities(text, vocabulary)]
    sums = [one for one in find_terms("statistics", text, vocabulary) if one.meaning == _SUM]
    spans += [(one.start, one.end) for one in sums]
    return content_words(_without(text, spans), vocabulary)


def _fits(measure: Measure, measured: str, is_date: bool) -> bool:
    """Tell whether figures of a dimension can be of a measure."""
    if is_date or "date" in (measure.name, measure.broader):
        return is_date and "date" in (measure.name, measure.broader)
    if not measure.dimension or not measured or measured == measure.dimension:
        return True
    if {measured, measure.dimension} <= {"mass", "mass rate"}:
        return True
    if measured == "points":
        return measure.dimension == "share"
    if measured == "money" and measure.dimension == "shares":
        return True  # of a table whose unit is only a scale
    return measured in ("count", "people") and measure.dimension in ("people", "shares", "vehicles")


def _plain(words: str, vocabulary: Vocabulary) -> str:
    """Return words as the name of a measure, without the times and units in them."""
    taken = [(m.start, m.end) for m in find_periods(words, vocabulary)]
    for bracket in re.finditer(r"\([^()]*\)", words):
        if find_unit(bracket.group(), vocabulary) != ("", 1.0):
            taken.append(bracket.span())
    for start, end in sorted(taken, reverse=True):
        words = f"{words[:start]} {words[end:]}"
    return " ".join(words.split()).strip(" :,").casefold()


# -- change and period


def _is_change(words: str, vocabulary: Vocabulary) -> bool:
    return any(m.meaning == "change" for m in find_terms("markers", words, vocabulary))


def _change(head: str, row: RowContext, value: Value) -> Change | None:
    """Return the change that a figure is, where its column, label or group says that it is one."""
    if not isinstance(value, Quantity):
        return None
    whole = row.label if not _unread(row.label, row.vocabulary) else ""
    group = row.groups[-1] if row.groups and not row.has_items else ""
    if not any(_is_change(words, row.vocabulary) for words in (head, whole, group)):
        return None
    kinds: dict[str, ChangeKind] = {"share": "percent", "points": "points"}
    direction: Direction = "down" if value.value < 0 else "up"
    return Change(kinds.get(dimension(value.unit), "absolute"), direction)


def _period(
    row: RowContext, head: str, before: Sequence[Fact], is_change: bool
) -> tuple[Period | None, str]:
    """Return the period of a cell; of a change, also the one that it is against."""
    vocabulary = row.vocabulary
    label = " ".join(row.labels)
    if finer := _batch_period(label, row.label_head, vocabulary):
        return finer, ""
    if own := _last_period(head, vocabulary):
        return _within(row.label, own, vocabulary) or own, ""
    if is_change:
        beside = [f.period for f in before if f.period and not f.change and _shares_head(f, head)]
        if left := sorted(beside[-2:], key=lambda period: period.last):
            return left[-1], left[0].text if len(left) > 1 else ""
    if told_beside := _last_period(row.beside.get("period", ""), vocabulary):
        return told_beside, ""
    for words in (label, *reversed(row.groups)):
        told = find_periods(without_editions(words), vocabulary)
        if found := [m.period for m in told if not (m.period.is_open and row.is_filing)]:
            return found[0] if len({period.text for period in found}) == 1 else None, ""
    for words in (row.caption, row.block.context.section, row.source.title):
        told = find_periods(without_editions(words), vocabulary)
        periods = {m.period.text: m.period for m in told}
        if periods:
            only = next(iter(periods.values()))
            years = {year for period in periods.values() for year in period.years}
            if len(years) == 1 and (part := _within(row.label, Period(str(only.year)), vocabulary)):
                return part, ""
            return only if len(periods) == 1 else None, ""
    return None, ""


def _is_yearly(row: RowContext, head: str) -> bool:
    told = (head, row.label, *row.groups[-1:])
    return any(
        found.meaning == "yearly change"
        for words in told
        for found in find_terms("markers", words, row.vocabulary)
    )


def _year_before(period: Period) -> str:
    """Return the same time one year before, "" of one that is open."""
    if period.is_open:
        return ""
    return re.sub(r"(?:19|20)\d\d", lambda year: str(int(year.group()) - 1), period.text)


def _bound(row: RowContext, head: str) -> Bound:
    """Return the bound that label or column set a figure: "at least"."""
    for words in (row.label, head):
        said = words[: _specified(words, row.vocabulary)].casefold().rstrip(" :")
        for known in row.vocabulary.rows("bounds"):
            for form in split_forms(known["before"]):
                if " " in form and said.endswith(f" {form}"):
                    return next(bound for bound in get_args(Bound) if bound == known["sign"])
    return "="


def _scope(cell: Cell) -> str:
    """Return what a note says that a figure takes in or leaves out."""
    return next((note for note in cell.notes if _TAKEN_IN.match(note)), "")


def _last_period(words: str, vocabulary: Vocabulary) -> Period | None:
    found = find_periods(without_editions(words), vocabulary)
    return found[-1].period if found else None


def _within(label: str, year: Period, vocabulary: Vocabulary) -> Period | None:
    """Return the month or quarter that a label names within the year of a column."""
    if not label or not _PLAIN_YEAR.fullmatch(year.text) or find_periods(label, vocabulary):
        return None
    found = find_periods(f"{label} {year.text}", vocabulary)
    return found[0].period if len(found) == 1 and found[0].start == 0 else None


def _batch_period(label: str, head: str, vocabulary: Vocabulary) -> Period | None:
    """Return the part of a year that a label names with its head: "2023, first" of a "Batch"."""
    alone = [m.period.text for m in find_periods(label, vocabulary)]
    if not alone or not head or find_periods(head, vocabulary):
        return None
    for word in head.split():
        found = [m.period for m in find_periods(f"{label} {word}", vocabulary)]
        if found and [period.text for period in found] != alone:
            return found[-1]
    return None


def _shares_head(fact: Fact, head: str) -> bool:
    """Tell whether the column of another figure belongs to the span of a head."""
    words = head.casefold().split()
    return len(words) < 3 or " ".join(fact.table.column).casefold().split()[:2] == words[:2]


# -- who and what


def _arguments(
    row: RowContext, layers: Sequence[Layer], measure: Measure, taken: str, basis: str
) -> tuple[Argument, ...]:
    """Return who and what a cell is about: the nearest of each kind, of trade both its ends."""
    told = [Layer(row.beside[s], True) for s in ("place", "material", "subject") if s in row.beside]
    places: list[tuple[int, Name]] = []
    companies: list[Name] = []
    if unknown := _unknown_place(row):
        places.append((-1, unknown))
    for number, layer in enumerate((*told, *layers)):
        text = _naming(layer.text, row.vocabulary)
        for mention in find_names(text, row.vocabulary):
            name = mention.name
            if _NOT_OF.search(text[: mention.start]):
                continue
            is_new = name.key not in [known.key for _, known in places]
            is_own = layer.is_own or not is_kind_of(measure.name, "price", row.vocabulary)
            if name.kind in PLACES and is_new and is_own:
                places.append((number, name))
            elif name.kind in BODIES and name.kind == "company":
                companies.append(name)
    materials = tuple(_materials((*told, *layers), row.label_head, row.vocabulary))
    if not materials and basis in _OF_RARE_EARTHS:
        materials = (Name("rare earths", "rare-earths", "term"),)
    arguments = [Argument("material", name) for name in materials[:_MOST_MATERIALS]]
    arguments += _places(places, measure)
    is_own = row.is_filing or (not places and _speaks_of_itself(row))
    if companies or (row.source.publisher and is_own):
        arguments.append(
            Argument("subject", companies[0] if companies else Name(row.source.publisher))
        )
    if row.is_filing and not row.has_items:
        arguments += _segments(row, taken)
    return tuple(arguments)


def _speaks_of_itself(row: RowContext) -> bool:
    """Tell whether the title or caption of a table names who publishes it: a company's report."""
    first = next(iter(row.source.publisher.casefold().split()), "")
    known = [entry.kind for entry in load_lexicon().named(row.source.publisher)]
    told = f"{row.caption} {row.source.title}".casefold().split()
    named = any(word.strip(".,:;’'s") == first for word in told)
    return named and len(first) > _SHORTEST_NAME and all(kind == "company" for kind in known)


def _segments(row: RowContext, taken: str) -> Iterator[Argument]:
    """Yield the product, service or segment of a company that a label names below its measure."""
    label = row.label
    sums = [f for f in find_terms("statistics", label, row.vocabulary) if f.meaning == _SUM]
    if label and label != taken and not sums:
        places = [m for m in find_names(label, row.vocabulary) if m.name.kind in PLACES]
        if not places:
            yield Argument("segment", Name(" ".join(label.split())))


def _naming(text: str, vocabulary: Vocabulary) -> str:
    """Return the words of a layer without its editions, and without a purity or mixture."""
    return without_editions(text)[: _specified(text, vocabulary)]


def _materials(layers: Sequence[Layer], head: str, vocabulary: Vocabulary) -> Iterator[Name]:
    """Yield the materials that the nearest words name, with the form that is stated nearest.

    "Compounds" below "Imports" of a table on rare earths are rare-earth compounds; `head` is that
    of the labels, "Product (oxide)".
    """
    form = ""
    for layer in layers:
        text = _naming(layer.text, vocabulary)
        named = [m.name for m in find_names(text, vocabulary) if m.name.is_material]
        found = list({name.key: name for name in named}.values())
        if not found:
            form = form or (_form(text, vocabulary) if layer.is_own else "")
            continue
        if len({name.id for name in found}) > 1:
            yield from (replace(name, form=name.form or form) for name in found)
            return
        stated = form or (
            _form(text, vocabulary) if layer.is_own else listed_forms(text, vocabulary)
        )
        stated = stated or found[0].form
        if not stated and found[0].kind in ("element", "product"):
            stated = listed_forms(head, vocabulary)
        yield replace(found[0], form=stated)
        return


@lru_cache(maxsize=20_000)
def _form(label: str, vocabulary: Vocabulary) -> str:
    """Return the form of a material that a label states: "oxide", or "other compounds" as written.

    "" where it states none.
    """
    for text in reversed(_PARTS.split(label)):
        named = find_names(text, vocabulary)
        spans = [(m.start, m.end) for m in named if not m.name.is_material]
        spans += [(m.start, m.end) for m in find_measures(text, vocabulary)]
        spans += [(m.start, m.end) for m in find_periods(text, vocabulary)]
        spans += [(m.start, m.end) for m in find_quantities(text, vocabulary)]
        for table in ("statistics", "bases", "statuses"):
            spans += [(m.start, m.end) for m in find_terms(table, text, vocabulary)]
        left = _without(text, spans)
        forms = find_terms("forms", left, vocabulary)
        if not forms:
            continue
        own = {word for m in named if m.name.is_material for word in _words_of(m.name)}
        kept = [word for word in left.split() if _bare(word) not in own]
        kept = [word for word in kept if any(map(str.isalpha, word))]
        if not own and any(word[:1].isupper() for word in kept[1:]):
            return ""  # a name: "Tessaly Oxides"
        stated = {_bare(word) for one in forms for word in text[one.start : one.end].split()}
        beside = {_bare(word) for word in kept} - stated - {""}
        meanings = {one.meaning for one in forms}
        if len(meanings) == 1 and not beside:
            return meanings.pop()
        return " ".join(kept).strip(" ,;–—-()").casefold()
    return ""


_PARTS = re.compile(r"[:;]\s|\s\(")


def _bare(word: str) -> str:
    return word.casefold().strip(" ,;:–—-()")


def _words_of(name: Name) -> Iterator[str]:
    """Yield the words by which a material is called, without those of its forms."""
    lexicon = load_lexicon()
    for written in (name.text, *(n.text for n in lexicon.entry(name.id).names)):
        for word in re.split(r"[\s-]+", written.casefold()):
            yield word
            yield f"{word}s"
        yield written.casefold().replace(" ", "-")


def _unknown_place(row: RowContext) -> Name | None:
    """Return the country that a label names below such a head, where the lexicon lacks it."""
    heads = split_forms(row.vocabulary.row("columns", "place")["heads"])
    label = row.label
    head = (*path(row.label_head), "")[-1 if not row.label_head else -2].casefold()
    if not label or not any(form in head for form in heads):
        return None
    if find_names(label, row.vocabulary) or find_terms("statistics", label, row.vocabulary):
        return None
    is_plain = label[0].isupper() and not any(map(str.isdigit, label))
    return Name(label, kind="country") if is_plain and len(label) < _PLACE_CHARS else None


def _places(places: Sequence[tuple[int, Name]], measure: Measure) -> Iterator[Argument]:
    """Yield the places: of trade the partner is named nearer than the country it is traded with."""
    if not places:
        return
    here = places[0][1]
    inward = measure.name.startswith("import")
    if not inward and not measure.name.startswith("export"):
        yield Argument("place", here)
        return
    far: Role = "origin" if inward else "destination"
    near: Role = "destination" if inward else "origin"
    if measure.broader == "share":  # of a country's imports by where they come from
        yield Argument(far, here)
        return
    others = [name for number, name in places if number > places[0][0]]
    if others:
        yield Argument(far, here)
        yield Argument(near, others[0])
    else:
        yield Argument("place", here)
        yield Argument(near, here)


# -- the other slots


def _whole(row: RowContext, columns: Sequence[str], measured: str) -> str:
    if measured != "share":
        return ""
    for words in (*reversed(columns), *reversed(row.labels), *reversed(row.groups), row.caption):
        if found := _WHOLE.search(words):
            return _plain(found[1], row.vocabulary)
        for one in find_measures(words, row.vocabulary):
            if one.meaning.broader == "share" and one.meaning.name.endswith(_OF_SOURCES):
                return one.meaning.name.removesuffix(_OF_SOURCES)
    return ""


def _basis(row: RowContext, cell: Cell, layers: Sequence[Layer], measured: str) -> str:
    beside = "" if measured == "price" else row.beside.get("basis", "")
    noted = [note.split(". ")[0] for note in cell.notes]
    noted = [note for note in noted if len(note) <= _NOTE_CHARS]
    for words in (cell.text, *noted, *row.labels):
        found = find_terms("bases", words, row.vocabulary)
        if found and (measured in ("mass", "mass rate") or words == cell.text):
            return found[0].meaning
    for words in (beside, cell.basis):
        found = find_terms("bases", words, row.vocabulary)
        if found or (words == beside and content_words(words, row.vocabulary)):
            return found[0].meaning if found else _plain(words, row.vocabulary)
    for layer in layers if measured in ("mass", "mass rate") else ():
        if found := find_terms("bases", layer.text, row.vocabulary):
            return found[0].meaning
    return ""


@lru_cache(maxsize=20_000)
def _specified(label: str, vocabulary: Vocabulary) -> int:
    """Return where a label begins to say which purity or mixture is meant: ", 99.5% minimum"."""
    shares = [m for m in find_quantities(label, vocabulary) if m.quantity.unit == "percent"]
    return shares[0].start if shares else len(label)


def _specification(row: RowContext, measured: str) -> str:
    if beside := row.beside.get("specification"):
        return beside
    if measured == "share":
        return ""
    for words in reversed(row.labels):
        if said := words[_specified(words, row.vocabulary) :].strip(" )"):
            return said
    return ""


def _price_basis(row: RowContext, cell: Cell, measure: Measure) -> str:
    if not is_kind_of(measure.name, "price", row.vocabulary):
        return ""
    if beside := row.beside.get("price_basis") or row.beside.get("basis"):
        return beside
    for words in (*reversed(row.labels), cell.column, *row.groups, row.caption, *cell.notes):
        for term in find_terms("specifications", words, row.vocabulary):
            if term.meaning == "price basis":
                names = [m.name for m in find_names(words, row.vocabulary)]
                places = [name.text for name in names if name.kind in PLACES]
                said = words[term.start : term.end].casefold()
                said += "." if "." in said and words[term.end : term.end + 1] == "." else ""
                return " ".join([said, *places[:1]])
    return ""


def _statistic(row: RowContext, layers: Sequence[Layer]) -> str:
    if beside := find_terms("statistics", row.beside.get("statistic", ""), row.vocabulary):
        return beside[0].meaning
    for layer in layers[:-1]:
        text = layer.text[: _specified(layer.text, row.vocabulary)]
        found = [f.meaning for f in find_terms("statistics", text, row.vocabulary)]
        found = [name for name in found if layer.is_own or name != _SUM]
        if found:
            return found[0]
    return ""


def _status(row: RowContext, cell: Cell, head: str) -> Status:
    """Return the status that marks, notes or words give a figure, the notes' own words first."""
    vocabulary = row.vocabulary
    notes = [note.casefold().strip(" .") for note in cell.notes]
    if "reported" in notes:
        return "reported"
    marks = {m.mark for m in find_periods(head, vocabulary) if m.mark}
    for known in vocabulary.rows("statuses"):
        said = split_forms(known["notes"])
        is_noted = any(_opens_with(note, form) for note in notes for form in said)
        is_marked = bool(marks & set(split_forms(known["signs"])))
        if known["status"] in _STATUSES and (is_noted or is_marked):
            return _STATUSES[known["status"]]
    beside = row.beside.get("status", "")
    for words in (beside, head, *reversed(row.labels), *reversed(row.groups)):
        measures = [(m.start, m.end) for m in find_measures(words, vocabulary)]
        for found in find_terms("statuses", words, vocabulary):
            status = _STATUSES.get(found.meaning)
            is_named = any(start <= found.start < end for start, end in measures)
            if status and not is_named and (words == beside or status not in _OF_RULES):
                return status
    return "reported"


def _opens_with(note: str, form: str) -> bool:
    return note.startswith(form) and not note[len(form) : len(form) + 1].isalnum()


def _attributed(row: RowContext, cell: Cell) -> str:
    if beside := row.beside.get("attributed_to"):
        return beside
    for words in (" ".join(path(cell.column)), *reversed(row.labels), row.caption):
        found = [one for one in find_editions(words) if one.name != row.source.edition]
        if len(found) == 1:
            return f"{found[0].publisher}, {found[0].name}"
    for note in cell.notes:
        if source := _SOURCE.search(note):
            return source[1].strip(" .")
    return ""


def _edition(row: RowContext, head: str) -> str:
    """Return the edition that row or column name, else that of the source."""
    for words in (head, *reversed(row.labels), row.caption):
        if len(found := find_editions(words)) == 1:
            return found[0].name
    return " ".join(part for part in (row.source.edition, row.source.version) if part)


def _rest(row: RowContext, columns: Sequence[str], taken: str) -> tuple[str, ...]:
    """Return the content words of row and column that no slot took."""
    words = (
        w
        for text in (*row.labels, *columns)
        if text != taken
        for w in _unread(text, row.vocabulary)
    )
    return tuple(dict.fromkeys(words))


@lru_cache(maxsize=50_000)
def _unread(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the content words of a text that no reader understands."""
    spans = [(one.start, one.end) for one in find_editions(text)]
    spans += [(one.start, one.end) for one in find_names(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_measures(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_periods(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_quantities(text, vocabulary)]
    for table in ("statistics", "bases", "statuses", "forms", "stages"):
        spans += [(one.start, one.end) for one in find_terms(table, text, vocabulary)]
    kept = _without(text, spans)
    words = content_words(kept, vocabulary)
    return tuple(word for word in words if find_unit(word, vocabulary) == ("", 1.0))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)
