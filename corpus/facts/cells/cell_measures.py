"""What a cell measures: the standard measure that the nearest words name and its figure fits.

Where none is named, what its unit or stage implies, else the words of head or label as they are.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.facts.cells.cell_values import counted_in
from corpus.facts.cells.cues import cue_pattern
from corpus.facts.cells.layers import (
    CellContext,
    Layer,
    names_source,
    path,
    slot_of,
    title_pattern,
    unread_words,
    without,
)
from corpus.facts.cells.leads import subject_of_lead
from corpus.facts.cells.materials import form_named
from corpus.language.measures import (
    Measure,
    find_measures,
    find_terms,
    has_nature,
    measure_named,
)
from corpus.language.names import find_names
from corpus.language.periods import find_periods
from corpus.language.phrases import Found
from corpus.language.quantities import find_quantities, find_unit, find_units
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary
from corpus.language.words import content_words

_SUM = "total"
_DATE = "date"  # the measure that all dates are of
_PER_SHARE = "money per share"
_ACCOUNTED = ("", "money", "share", "count")  # of which a caption names anything but a measure
_SAID_BESIDE = ("measure", "status")
_PARTIES = ("owner", "owned", "lender", "borrower", "buyer", "seller", "operator")
_PRODUCERS = ("company", "plant", "mine")
_OF_STAGES = ("mass", "mass rate")
_AROUND = ("caption", "section")
_MOST_WORDS = 5  # of a caption that names what its figures measure
_CAPTION_END = r"\s<<phrase end>>\s|[,:;(]"
_PARTS = re.compile(r"[,:;(]")
_WHOLE = r"(?<!\w)<<share of>>\s+(?:<<article>>\s+)?([^,;()]+)"


@dataclass(frozen=True, slots=True)
class MeasureRead:
    """A measure with the words that named it and the whole that a share is of."""

    measure: Measure
    words: str = ""
    of: str = ""


def measure_of(context: CellContext, measured: str, is_date: bool, is_change: bool) -> MeasureRead:
    """Return the measure of a cell whose figure has the dimension `measured`."""
    vocabulary = context.vocabulary
    fitted = "" if is_change or _names_whole(context.head, vocabulary) else measured
    if is_date and (dated := _dated_by_head(context)):
        return dated
    measure, words = _named(context, fitted, is_date)
    if not measure.name:
        measure, words = _implied(context, measured)
    if not measure.name and context.row.is_of_itself:
        measure = Measure(_subject_of_leads(context))
    has_whole = measured == "share" and measure.name not in _without_whole(vocabulary)
    of = whole_of(context) if has_whole else ""
    is_amount = has_nature(measure.name, "amount", vocabulary)
    if measured == "share" and is_amount and not is_change:
        return MeasureRead(_share_of(measure, context), words, of or measure.name)
    return MeasureRead(measure, words, of)


def measure_of_names(context: CellContext) -> MeasureRead | None:
    """Return what a list of names is, by its head or, below a name, by the label of its row."""
    for words in (*reversed(context.heads), context.row.label):
        if content_words(words, context.vocabulary) and not find_names(words, context.vocabulary):
            return MeasureRead(Measure(_plain(words, context.vocabulary)), words)
    return None


def _dated_by_head(context: CellContext) -> MeasureRead | None:
    """Return what a date is of by a head that names no known one: "Start" is the start date."""
    vocabulary = context.vocabulary
    for words in reversed(context.heads):
        named = [m for m in find_measures(words, vocabulary) if _fits(m.meaning, "", True)]
        if named or names_source(words, vocabulary):
            return None
        if unread_words(words, vocabulary):
            return MeasureRead(Measure(f"{_plain(words, vocabulary)} {_DATE}"), words)
    return None


def _subject_of_leads(context: CellContext) -> str:
    """Return what the caption, or the sentence before the table, says that it holds."""
    row = context.row
    heading = row.block.context.section
    told = (subject_of_lead(words, heading, row.vocabulary) for words in (row.caption, row.lead))
    return next((words for words in told if words), "")


def _named(context: CellContext, measured: str, is_date: bool) -> tuple[Measure, str]:
    """Return the measure that the nearest layer names which the figure fits, and its words."""
    row, vocabulary = context.row, context.vocabulary
    joined = _joined(context)
    inner = next((layer.text for layer in row.layers if layer.distance == "label"), "")
    counts_other = not measured and not is_date and _is_head_of_its_own(context)
    for layer in _with_joined(context):
        if counts_other and not layer.is_own:
            break
        is_led = layer.distance in ("section", "title") and row.is_of_itself
        is_led = is_led and not unread_words(row.label, vocabulary)
        if is_led and (led := _subject_of_leads(context)):
            return Measure(led), ""
        is_label = layer.distance == "label" and layer.text in (inner, joined)
        if not is_label and is_change_words(layer.text, vocabulary):
            continue
        is_whole = layer.distance == "column" or (row.is_of_itself and not is_label)
        if is_whole and layer.is_own and _says_only_whole(layer.text, vocabulary):
            continue
        named = find_measures(layer.text, vocabulary)
        fitting = [one for one in named if _fits(one.meaning, measured, is_date)]
        if layer.distance in _AROUND:
            fitting = _left_by_other_heads(fitting, context)
        if row.is_of_itself and (layer.distance == "column" or is_label):
            told = fitting or (named if is_label else ())
            if found := _in_account(context, layer, told):
                return _specialised(found, context, measured), layer.text
        elif row.has_items and row.is_of_itself and layer.is_own:
            continue
        elif fitting and (layer.is_own or len({f.meaning.name for f in fitting}) == 1):
            best = _first_named(fitting, layer.text, measured)
            if row.is_of_itself and _is_made_of_items(best, vocabulary) and inner:
                return Measure(_plain(inner, vocabulary)), inner
            return _specialised(best, context, measured), layer.text
    return Measure(""), ""


def _left_by_other_heads(
    named: Sequence[Found[Measure]], context: CellContext
) -> list[Found[Measure]]:
    """Return the measures of a table that no column is of by its own head.

    Of "World mine production and reserves" with a column "Reserves" those of years are production.
    """
    columns = {cell.column for cell in context.row.block.cells}
    others = [column for column in columns if path(column) != context.heads]
    found = (find_measures(column, context.vocabulary) for column in others)
    taken = {one.meaning.name for some in found for one in some}
    return [one for one in named if one.meaning.name not in taken] or list(named)


def _is_head_of_its_own(context: CellContext) -> bool:
    """Tell whether no reader knows a word of the head of bare figures, which says what they are."""
    head = "".join(context.heads[-1:])
    words = content_words(head, context.vocabulary)
    return bool(words) and len(unread_words(head, context.vocabulary)) == len(words)


def _in_account(
    context: CellContext, layer: Layer, fitting: Sequence[Found[Measure]]
) -> Measure | None:
    """Return the measure that a head or a label of a company's table names.

    A word that no reader knows makes it a measure of its own: "unrealized losses" are no losses. A
    label below another measure is a part of that, and so is a head above rows of measures.
    """
    vocabulary = context.vocabulary
    is_open = bool(_qualifiers(layer.text, vocabulary))
    named = find_measures(layer.text, vocabulary)
    if fitting and not is_open:
        return fitting[0].meaning
    if layer.distance == "column" and (counted := counted_in(layer.text, vocabulary)):
        return Measure(_plain(layer.text, vocabulary), dimension=dimension(counted))
    if layer.distance == "column":
        is_part = not named and _is_row_of_measures(context)
        is_own = is_open and not is_part
    else:
        is_inner = layer.text == context.row.label
        is_own = is_inner and (context.row.has_items or (bool(named) and is_open))
    return _own_measure(layer.text, named, vocabulary) if is_own else None


def _is_row_of_measures(context: CellContext) -> bool:
    """Tell whether labels of a row and of one next to it are measures, of which heads are parts."""
    row = context.row
    at = bisect_left(row.page.blocks, row.block.start, key=lambda one: one.start)
    beside = [one for n in (at - 1, at + 1) for one in row.page.blocks[max(0, n) : n + 1]]
    labels = [path(one.cells[0].text) for one in beside if one.kind == "row" and one.cells]
    others = [label[-1] for label in labels if label]
    heads = [cell.column for cell in row.block.cells[1:]]
    if any(find_measures(head, row.vocabulary) for head in heads):
        return False  # the heads are measures
    return _is_measure(row.label, row.vocabulary) and any(
        _is_measure(label, row.vocabulary) for label in others
    )


def _is_made_of_items(measure: Measure, vocabulary: Vocabulary) -> bool:
    return has_nature(measure.name, "made of items", vocabulary)


def names_sum_of_items(words: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words name a sum whose items have names of their own: operating expenses."""
    named = find_measures(words, vocabulary)
    return any(_is_made_of_items(one.meaning, vocabulary) for one in named)


def _is_measure(label: str, vocabulary: Vocabulary) -> bool:
    return bool(find_measures(label, vocabulary)) and not _qualifiers(label, vocabulary)


def _first_named(fitting: Sequence[Found[Measure]], words: str, measured: str) -> Measure:
    """Return the measure of the part of a label that comes first, there the one that fits best.

    "Imports, refined" are imports; what follows a comma or a colon only says of what.
    """

    def rank(one: Found[Measure]) -> tuple[int, bool, int]:
        part = len(_PARTS.findall(words, 0, one.start))
        return -part, one.meaning.dimension == measured, one.end - one.start

    return max(fitting, key=rank).meaning


def _own_measure(words: str, named: Sequence[Found[Measure]], vocabulary: Vocabulary) -> Measure:
    """Return words as a measure of their own; of a ratio per share it keeps the dimension."""
    before = words[: named[0].start] if named else ""
    is_head = len(content_words(before, vocabulary)) == len(before.split())
    is_ratio = bool(named) and is_head and named[0].meaning.dimension == _PER_SHARE
    return Measure(_plain(words, vocabulary), dimension=_PER_SHARE if is_ratio else "")


def _implied(context: CellContext, measured: str) -> tuple[Measure, str]:
    """Return the measure that stage or unit imply, or that head, label or caption name in words."""
    vocabulary = context.vocabulary
    if measured in _OF_STAGES and (stage_of(context) or _is_of_producer(context)):
        implied = vocabulary.row("dimensions", f"{measured} of a stage")["measure"]
        return _specialised(measure_named(implied, vocabulary), context, measured), ""
    label = context.row.label
    if slot_of(context.row.label_head, vocabulary) == "measure" and unread_words(label, vocabulary):
        if measured == "share" and stage_of(context):
            return measure_named("share", vocabulary), label
        return Measure(_plain(label, vocabulary)), label
    for words in reversed(context.heads):
        if names_source(words, vocabulary):
            continue
        named = find_measures(words, vocabulary)
        if measured == "money" and len(named) == 1 and named[0].meaning.dimension == "price":
            return named[0].meaning, words  # the "Price" of a company
        if unread_words(words, vocabulary):
            return Measure(_plain(words, vocabulary)), words
    is_item = context.row.is_of_itself and bool(unread_words(context.row.label, vocabulary))
    if measured == "share" and whole_of(context) and not is_item:
        return measure_named("share", vocabulary), ""
    for row in vocabulary.rows("dimensions"):
        if row["dimension"] == measured:
            return measure_named(row["measure"], vocabulary), ""
    labels = [layer.text for layer in context.row.layers if layer.distance == "label"]
    for words in labels:
        if unread_words(words, vocabulary) and not find_names(words, vocabulary):
            return Measure(_plain(words, vocabulary)), words
    if measured in _ACCOUNTED:
        return Measure(""), ""
    caption = title_pattern(vocabulary).sub("", context.row.caption)
    ends = [one.start() for one in cue_pattern(_CAPTION_END, vocabulary).finditer(caption)]
    head = caption[: next(iter(ends), None)]
    if len(ends) > 0 and find_unit(head.casefold(), vocabulary)[0]:
        head = caption[: next(iter(ends[1:]), None)]  # "Years of reserves"
    if 0 < len(content_words(head, vocabulary)) <= _MOST_WORDS and not find_names(head, vocabulary):
        return Measure(_plain(head, vocabulary)), ""
    return Measure(""), ""


def _is_of_producer(context: CellContext) -> bool:
    """Tell whether a row is of goods, or of a time, in a table of one company or of its plant.

    The goods of a time stand in the caption: "NdPr at Corvina".
    """
    row, vocabulary = context.row, context.vocabulary
    if unread_words(row.label, vocabulary):
        return False
    around = [layer.text for layer in row.layers if layer.distance in ("caption", "section")]
    named = [m.name for text in around for m in find_names(text, vocabulary)]
    if form_named(row.label, vocabulary):
        return any(name.kind == "company" for name in named)
    is_time = bool(find_periods(row.label, vocabulary)) and not find_names(row.label, vocabulary)
    of_caption = [m.name for m in find_names(row.caption, vocabulary)]
    is_made = any(name.kind in _PRODUCERS for name in of_caption)
    return is_time and is_made and any(name.is_material for name in of_caption)


def _joined(context: CellContext) -> str:
    """Return the label joined to the group that it goes on from.

    "Cash provided by (used in)" goes on in "Financing activities". "" where no measure spans both.
    """
    row = context.row
    outer = (*row.groups, *row.labels)[-2:-1]
    joined = " ".join((*outer, row.label))
    border = len(joined) - len(row.label)
    spans = any(one.start < border < one.end for one in find_measures(joined, row.vocabulary))
    return joined if spans else ""


def _with_joined(context: CellContext) -> Iterator[Layer]:
    """Yield the layers, the joined label before the others of the row.

    What columns beside tell of the kind of a figure ("capacity") follows those of the row itself.
    """
    beside = context.row.beside
    joined, told = _joined(context), [beside[s] for s in _SAID_BESIDE if beside.get(s)]
    if opens_with_measure(beside.get("basis", ""), context.vocabulary):
        told.append(beside["basis"])  # "reserves, REO"
    parties = [beside[s] for s in _PARTIES if beside.get(s)]
    for layer in context.layers:
        if layer.distance == "label" and layer.text in parties:
            continue  # a name: "Maple Export Bank"
        if joined and layer.distance != "column":
            yield Layer("label", joined)
            joined = ""
        if not layer.is_own:
            yield from (Layer("group", words) for words in told)
            told = []
        yield layer


@lru_cache(maxsize=20_000)
def opens_with_measure(words: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words begin with a measure: "reserves, REO"."""
    return any(one.start == 0 for one in find_measures(words, vocabulary))


# -- shares


def whole_of(context: CellContext) -> str:
    """Return the whole that a share is of, "" where the words around do not say."""
    row, vocabulary = context.row, context.vocabulary
    nearest = (*context.own_texts, row.caption, row.lead)
    for words in nearest:
        if found := _whole(words, vocabulary):
            return _plain(found, vocabulary)
    for words in nearest:
        for one in find_measures(words, vocabulary):
            for known in vocabulary.rows("wholes"):
                if known["share"] == one.meaning.name:
                    return known["whole"]
    return ""


@lru_cache(maxsize=4)
def _without_whole(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the shares whose whole goes without saying: a stake."""
    return frozenset(row["share"] for row in vocabulary.rows("wholes") if not row["whole"])


@lru_cache(maxsize=20_000)
def _whole(words: str, vocabulary: Vocabulary) -> str:
    found = cue_pattern(_WHOLE, vocabulary).findall(words)
    return found[-1] if found else ""


def _names_whole(head: str, vocabulary: Vocabulary) -> bool:
    return bool(_whole(head, vocabulary))


def _says_only_whole(head: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a head says no more than of what its figures are shares: "% of revenue"."""
    found = cue_pattern(_WHOLE, vocabulary).search(head)
    return found is not None and not find_measures(without(head, [found.span()]), vocabulary)


def _share_of(measure: Measure, context: CellContext) -> Measure:
    """Return the measure of a percentage of an amount: of imports the import sources."""
    inward = has_nature(measure.name, "inward", context.vocabulary)
    named = min(_named_shares(context.vocabulary)) if inward else "share"
    return measure_named(named, context.vocabulary)


@lru_cache(maxsize=4)
def _named_shares(vocabulary: Vocabulary) -> tuple[str, ...]:
    rows = vocabulary.rows("measures")
    return tuple(r["name"] for r in rows if has_nature(r["name"], "part of imports", vocabulary))


# -- kinds and stages


def _specialised(measure: Measure, context: CellContext, measured: str) -> Measure:
    """Return the narrower measure that unit or stage words around a cell make of a broad one."""
    vocabulary = context.vocabulary
    narrower = _narrower(measure.name, vocabulary)
    if measured == "money" and measure.dimension != "money":
        valued = [one for one in narrower if one.dimension == "money"]
        return valued[0] if valued else measure
    if not narrower:
        return measure
    kinds = {one.name for one in narrower}
    for layer in context.layers:
        named = {f.meaning.name for f in find_measures(layer.text, vocabulary)} & kinds
        if len(named) == 1:
            return _specialised(measure_named(named.pop(), vocabulary), context, measured)
    stage = stage_of(context)
    staged = [one for one in _below(measure.name, vocabulary) if stage and one.stage == stage]
    return staged[0] if len(staged) == 1 else measure


@lru_cache(maxsize=1024)
def _narrower(name: str, vocabulary: Vocabulary) -> tuple[Measure, ...]:
    rows = vocabulary.rows("measures")
    return tuple(measure_named(r["name"], vocabulary) for r in rows if r["broader"] == name)


@lru_cache(maxsize=1024)
def _below(name: str, vocabulary: Vocabulary) -> tuple[Measure, ...]:
    """Return the measures that are kinds of one, at any depth."""
    kinds = _narrower(name, vocabulary)
    return (*kinds, *(below for one in kinds for below in _below(one.name, vocabulary)))


def stage_of(context: CellContext) -> str:
    """Return the stage of the value chain that the nearest words name, "" where they do not."""
    vocabulary = context.vocabulary
    for layer in context.layers:
        if layer.is_own and (found := find_terms("stages", layer.text, vocabulary)):
            return found[0].meaning
    return ""


def stage_told(context: CellContext, measure: Measure) -> str:
    """Return the stage of a measure, of the whole that a share is of, or that the caption names.

    A word within the name of another measure tells none: "World mine production and reserves".
    """
    if measure.stage or measure.dimension not in ("", "mass", "mass rate", "share"):
        return measure.stage
    caption, vocabulary = context.row.caption, context.vocabulary
    named = [m for m in find_measures(caption, vocabulary) if m.meaning.name != measure.name]
    if whole := _whole(caption, vocabulary):
        stages = {m.meaning.stage for m in find_measures(whole, vocabulary)} - {""}
        return stages.pop() if len(stages) == 1 else ""
    stages = {
        one.meaning
        for one in find_terms("stages", caption, vocabulary)
        if not any(m.start <= one.start < m.end for m in named)
        and not _ends_name(caption[: one.start])
    }
    return stages.pop() if len(stages) == 1 else ""


def _ends_name(words: str) -> bool:
    """Tell whether words before a stage end in a name that it goes on: "The Sabinal mine"."""
    before = words.split()
    return len(before) > 1 and before[-1][:1].isupper() and before[-1][1:].islower()


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
    if measured == "share":  # of what is measured in amounts
        return measure.dimension == "mass" and has_nature(measure.name, "amount")
    if measured == "money" and measure.dimension == "shares":
        return True  # of a table whose unit is only a scale
    return measured in ("count", "people") and measure.dimension in ("people", "shares", "vehicles")


# -- words


def is_change_words(words: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words say that figures are changes."""
    return any(m.meaning == "change" for m in find_terms("markers", words, vocabulary))


@lru_cache(maxsize=20_000)
def _qualifiers(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the content words of a label beside a measure: "deferred" of "Deferred revenue"."""
    spans = [(one.start, one.end) for one in find_measures(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_periods(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_quantities(text, vocabulary)]
    sums = [one for one in find_terms("statistics", text, vocabulary) if one.meaning == _SUM]
    spans += [(one.start, one.end) for one in sums]
    return content_words(without(text, spans), vocabulary)


def _plain(words: str, vocabulary: Vocabulary) -> str:
    """Return words as the name of a measure, without the times and units in them."""
    taken = [
        (_with_tie(words, m.start, vocabulary), m.end) for m in find_periods(words, vocabulary)
    ]
    for bracket in re.finditer(r"\([^()]*\)|,[^,]*$", words):
        if find_unit(bracket.group(), vocabulary) != ("", 1.0):
            units = find_units(bracket.group(), vocabulary)
            if bracket.group().startswith("(") or units[0].start <= 2:
                taken.append(bracket.span())
    for start, end in sorted(taken, reverse=True):
        words = f"{words[:start]} {words[end:]}"
    return " ".join(words.split()).strip(" :,").casefold()


def _with_tie(words: str, start: int, vocabulary: Vocabulary) -> int:
    """Return where a time begins with the words that tie it to what it is of: "at", "as of"."""
    before = words[:start].split()
    while before and before[-1].isalpha() and not content_words(before[-1], vocabulary):
        start = words.rindex(before.pop(), 0, start)
    return start


def unread_of(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the content words of several texts that no reader understands, each once."""
    return tuple(dict.fromkeys(w for text in texts for w in unread_words(text, vocabulary)))
