"""The value of a cell: a figure in unit and scale of its column, a date, names, or why none."""

import re
from dataclasses import replace
from functools import lru_cache

from corpus.facts.cells.cues import cue_pattern
from corpus.facts.cells.layers import CellContext, stated_unit, unread_words, without
from corpus.facts.fact import Absent, Day, Names, Value
from corpus.language.measures import Measure, find_measures, find_terms, has_nature
from corpus.language.names import BODIES, find_names
from corpus.language.periods import find_periods
from corpus.language.quantities import Quantity, find_quantities, find_unit, find_units
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary, split_forms
from corpus.language.words import content_words

_VALUE_CHARS = 80  # a longer cell holds sentences
# Numbers of goods, of versions, of laws: "2846.90.80", "1.2.3", "84 FR 18156".
_CODE = re.compile(
    r"\d{4}\.\d\d[\d.]*|\d+(?:\.\d+){2,}|\d+ [A-Z](?:\.? ?[A-Z]){1,4}\.?(?: §| Sec\.)? ?\d\S*"
)
_IN_BRACKETS = re.compile(r"[$€£¥]?\s?\([$€£¥]?[\d.,\s]+\)\s?(?:%|[A-Za-z]{1,6}\.?)?")
_OWN_SCALE = re.compile(r"\d\s?[A-Za-z]{2,}")
_YEAR = re.compile(r"\d{4}")
_RATE = "mass rate"
_JOINED = r"(?:[\s,;&]|\b<<joining>>\b)*"
_OF_GOODS = frozenset(("mass", "mass rate"))
_NAMED_GOODS = frozenset(("mineral", "product", "element"))
_OF_MANY = frozenset(("mass", "time", "money"))  # dimensions whose figures have many units
_CAPTION_END = r"\s<<phrase end>>\s|[,:;(]"
_COUNTED = ("shares", "people", "vehicles", "count")
_MOST_PERCENT = 1000.0  # a larger figure is no share, whatever its head is taken for
# What stands for a figure, where words say it and no sign does.
_ABSENT = frozenset(("withheld", "not available", "zero", "not applicable", "net exporter"))
_OF_FIGURES = frozenset(("estimated", "revised", "preliminary", "forecast"))


def unit_of(context: CellContext) -> tuple[str, float]:
    """Return unit and scale of a cell by its column, its row and what the reader found around."""
    row, vocabulary = context.row, context.vocabulary
    currency = row.currency
    unit, scale = "", 1.0
    beside = [row.beside.get(slot, "") for slot in ("unit", "currency", "basis")]
    for words in (beside[0], context.cell.unit, *beside[1:]):
        found, factor = find_unit(words, vocabulary, currency) if words else ("", 1.0)
        unit = unit or found
        scale = factor if scale == 1.0 else scale
    if dimension(unit) in ("", "money") and (ratio := _is_ratio(context)):
        return ("percent" if ratio == "share" else unit), 1.0
    if unit and scale == 1.0 and dimension(unit) == "money":
        of_caption, factor = find_unit(row.caption, vocabulary, currency)
        scale = 1.0 if dimension(of_caption) in _COUNTED else factor
    if unit:
        return unit, scale
    for head in reversed(context.heads):
        if counted := counted_in(head, vocabulary):
            return counted, scale
    for layer in context.layers:
        if layer.is_own:
            found, factor = find_unit(layer.text, vocabulary, currency)
            if factor != 1.0 or dimension(found) in ("money", "price", "share"):
                return found, factor if factor != 1.0 else scale
            if layer.distance == "column" and _ends_in_unit(layer.text, vocabulary, currency):
                return found, scale
    if scale == 1.0:
        found, factor = find_unit(row.caption, vocabulary, currency)
        if factor != 1.0 or (found and not row.block.context.caption):
            return found, factor
    return _unit_of_table(context) if scale == 1.0 else ("", scale)


def _unit_of_table(context: CellContext) -> tuple[str, float]:
    """Return the unit that a table states for all its figures.

    It stands above the labels or in a group, the title, the heading or the remarks before the
    table, and holds for what its row and column may measure.
    """
    row, vocabulary = context.row, context.vocabulary
    for words in (row.label_head, *row.groups, row.caption, row.block.context.section):
        unit, scale = stated_unit(words, vocabulary, row.currency)
        if unit and _may_have(context, unit):
            return unit, scale
    for words in row.unit_remarks:
        unit, scale = stated_unit(words, vocabulary, row.currency)
        if unit and _may_have(context, unit):
            return unit, scale
    return _unit_in_notes(context), 1.0


def _unit_in_notes(context: CellContext) -> str:
    """Return the one unit in which the notes of a row speak of what it measures."""
    vocabulary = context.vocabulary
    named = [m.meaning for t in context.own_texts for m in find_measures(t, vocabulary)]
    kinds = {measure.dimension for measure in named if measure.dimension} & _OF_GOODS
    notes = context.cell.notes if kinds else ()
    units = {
        one.unit
        for note in notes
        for one in find_units(note, vocabulary)
        if dimension(one.unit) in kinds and one.scale == 1.0
    }
    return units.pop() if len(units) == 1 else ""


def _may_have(context: CellContext, unit: str) -> bool:
    """Tell whether the measures that row and column name come in a unit, if they name any."""
    kind = dimension(unit).removesuffix(" rate")
    named = (m.meaning for text in context.own_texts for m in find_measures(text))
    known = {one.dimension.removesuffix(" rate") for one in named if one.dimension}
    return not known or kind in known


def _is_ratio(context: CellContext) -> str:
    """Return the dimension of the ratio that label or group of an amount's table name."""
    texts = (*context.row.labels, *context.row.groups)
    return next((kind for text in texts if (kind := _ratio(text, context.vocabulary))), "")


@lru_cache(maxsize=20_000)
def _ratio(words: str, vocabulary: Vocabulary) -> str:
    for one in find_measures(words, vocabulary):
        if has_nature(one.meaning.name, "ratio", vocabulary):
            return one.meaning.dimension
    return ""


def _ends_in_unit(head: str, vocabulary: Vocabulary, currency: str) -> bool:
    """Tell whether a head ends in the unit of its figures: "2022 gross t"."""
    found = find_units(head, vocabulary, currency)
    is_mass = bool(found) and dimension(found[-1].unit) in ("mass", "mass rate")
    return is_mass and not head[found[-1].end :].strip(" )]")


def value_of(context: CellContext, unit: str, scale: float) -> Value | None:
    """Return the value that a cell states, None where it states none."""
    printed, vocabulary = context.cell.text.strip(), context.vocabulary
    if absent := _absent(printed, context.cell.notes, vocabulary):
        return absent
    if len(printed) > _VALUE_CHARS or _CODE.fullmatch(printed):
        return None
    mentions = find_quantities(printed, vocabulary, context.row.currency)
    found = [mention.quantity for mention in mentions]
    if found and not _leads_to_figure(printed[: mentions[0].start], vocabulary):
        return None  # "Licence renewed for three years" states no figure of its column
    if not found and unit and _YEAR.fullmatch(printed):
        found = [Quantity(float(printed), float(printed), "", "=", 1.0)]  # no year: it is counted
    if not found:
        dates = find_periods(printed, vocabulary)
        whole = len(dates) == 1 and dates[0].end - dates[0].start >= len(printed) - 2
        return Day(dates[0].period) if whole else _names_of(context)
    figure = found[0]
    if _IN_BRACKETS.fullmatch(printed):  # as accounts write what is negative
        figure = replace(figure, low=-abs(figure.high), high=-abs(figure.low))
    return _in_unit(figure, printed, unit, scale)


def _names_of(context: CellContext) -> Names | None:
    """Return the bodies or goods that a cell lists and says nothing else of: "Tessaly and Inver".

    A company's own tables name what their rows are of, and not what is told of them.
    """
    if context.row.is_of_itself or not context.head:
        return None
    return _listed(context.cell.text, context.vocabulary)


@lru_cache(maxsize=20_000)
def _listed(printed: str, vocabulary: Vocabulary) -> Names | None:
    found = find_names(printed, vocabulary)
    left = without(printed, [(one.start, one.end) for one in found])
    names = {one.name.key: one.name for one in found}.values()
    is_named = all(one.kind in BODIES or one.kind in _NAMED_GOODS for one in names)
    is_list = bool(names) and is_named and cue_pattern(_JOINED, vocabulary).fullmatch(left)
    return Names(tuple(names)) if is_list else None


@lru_cache(maxsize=20_000)
def _leads_to_figure(words: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words before a figure only say of what it is: "a term of", "two to"."""
    joining = (*vocabulary.words("table_cues", "joining"), *vocabulary.words("periods", "span"))
    return not unread_words(words, vocabulary) or words.casefold().split()[-1] in joining


def _in_unit(first: Quantity, printed: str, unit: str, scale: float) -> Quantity:
    """Return a printed figure in the unit and scale of its column, unless it has its own."""
    own, of_column = dimension(first.unit), dimension(unit)
    if first.unit and (own != "money" or of_column in _COUNTED):
        return first  # "$12.10" in a table of thousands of shares
    factor = 1.0 if _OWN_SCALE.search(printed) else scale
    if own == "money" and of_column in ("money", ""):
        unit = first.unit
    return replace(
        first,
        low=_exact(first.low * factor),
        high=_exact(first.high * factor),
        step=first.step * factor,
        unit=unit or first.unit,
    )


def measured_value(value: Value, measure: Measure, context: CellContext, scale: float) -> Value:
    """Return a value in the unit that its measure has, where none is printed or only a scale."""
    if not isinstance(value, Quantity):
        return value
    if measure.dimension == "money per share" and dimension(value.unit) == "money":
        by = 1.0 if _OWN_SCALE.search(context.cell.text) else 1.0 / scale
        return replace(
            value,
            low=_exact(value.low * by),
            high=_exact(value.high * by),
            step=value.step * by,
            unit=f"{value.unit}/share",
        )
    if value.unit in ("", "item"):
        return replace(value, unit=_unit_of_measure(value, measure, context))
    if measure.dimension == _RATE and dimension(value.unit) == "mass" and _is_yearly(context):
        return replace(value, unit=f"{value.unit}/yr")
    return value


def _is_yearly(context: CellContext) -> bool:
    """Tell whether head or label say that a figure is of each year: "a year"."""
    kinds = (find_terms("markers", words, context.vocabulary) for words in context.own_texts)
    return any(found.meaning == "annual" for told in kinds for found in told)


def unsigned(value: Value) -> Value:
    """Return a value without its minus."""
    if isinstance(value, Quantity) and value.high <= 0:
        return replace(value, low=-value.high, high=-value.low)
    return value


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


def _unit_of_measure(value: Quantity, measure: Measure, context: CellContext) -> str:
    """Return the unit of a figure that is printed without one, by what it measures."""
    row, vocabulary = context.row, context.vocabulary
    if measure.dimension == "money per share":
        return f"{row.currency}/share"
    for one in vocabulary.rows("units"):
        if one["dimension"] == measure.dimension and measure.dimension not in _OF_MANY:
            is_large = measure.dimension == "share" and value.high > _MOST_PERCENT
            return "" if is_large else one["symbol"]
    if counted := counted_in(measure.name, vocabulary):
        return counted
    written = context.cell.unit
    scaled = find_unit(written, vocabulary, row.currency)[1] != 1.0 if written else False
    if measure.dimension == "money" or scaled:
        return row.currency
    return "item" if written else ""


@lru_cache(maxsize=20_000)
def counted_in(words: str, vocabulary: Vocabulary) -> str:
    """Return what words count: "shares used in", "number of jobs", "weighted-average shares".

    It opens the phrase that comes first or ends it, of what is called a number the next one.
    "Proceeds from sales of shares" count nothing, "" as of all that has no unit of its own.
    """
    phrases = cue_pattern(_CAPTION_END, vocabulary).split(words.casefold())
    if len(phrases) > 1 and phrases[0].split()[-1:] == ["number"]:
        phrases = phrases[1:]
    head = content_words(phrases[0], vocabulary)
    for one in find_units(phrases[0], vocabulary):
        counted = phrases[0][one.start : one.end]
        is_edge = counted.split()[0] in head[:1] or counted.split()[-1] in head[-1:]
        if is_edge and counted.endswith("s"):
            return one.unit if dimension(one.unit) in _COUNTED else ""
    return ""
