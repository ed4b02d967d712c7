"""The facts of a table's row: each of its figures with what row, column, caption and notes say.

The nearest words decide each slot: the head of the column, the label of the row, its groups, the
caption, the section, the source. What none of the readers knows stays in `rest`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Block, Cell, Page, Source
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
from corpus.language.measures import Measure, find_measures, find_terms, is_kind_of
from corpus.language.names import BODIES, PLACES, Name, find_names
from corpus.language.periods import Period, find_periods
from corpus.language.quantities import Quantity, find_quantities, find_unit
from corpus.language.units import currency_of_country, dimension
from corpus.language.vocabulary import Vocabulary, load_vocabulary, split_forms
from corpus.language.words import content_words
from corpus.lexicon import load_lexicon

_VALUE_CHARS = 80  # a longer cell holds sentences
_NUMBER = re.compile(r"(?P<open>\()?\s?(?P<sign>[-–−])?\s?\d[\d,.\u00a0\u202f ]*\s?(?P<close>\))?")
_CODE = re.compile(r"\d{4}\.\d\d[\d.]*|\d+(?:\.\d+){2,}")
_SPLIT = re.compile(r"\s>\s")


@dataclass(frozen=True, slots=True)
class _Layer:
    """Words around a cell at one distance: the head of its column, a label, a group, a caption."""

    text: str
    is_own: bool  # of the row or the column, not of the whole table


@dataclass(frozen=True, slots=True)
class _Row:
    """What the cells of a row have in common."""

    source: Source
    page: Page
    block: Block
    vocabulary: Vocabulary
    dollar: str
    labels: tuple[str, ...]  # innermost last
    groups: tuple[str, ...]
    caption: str
    beside: dict[str, str]  # what columns of the row say of its figures, by slot

    @property
    def around(self) -> tuple[_Layer, ...]:
        """The words around all cells, the nearest first; those of a column come before them."""
        own = [_Layer(text, True) for text in reversed(self.labels)]
        own += [_Layer(text, True) for text in reversed(self.groups)]
        table = (self.caption, self.block.context.section, self.source.title)
        return (*own, *(_Layer(text, False) for text in table if text))


def cell_facts(
    source: Source, page: Page, block: Block, vocabulary: Vocabulary | None = None
) -> tuple[Fact, ...]:
    """Return a fact for each cell of a row that holds a figure, a date, or a sign for none."""
    if block.kind != "row" or len(block.cells) < 2:
        return ()
    words = vocabulary or load_vocabulary()
    row = _row(source, page, block, words)
    facts: list[Fact] = []
    said = set(row.beside)
    for cell in block.cells[1:]:
        slot = _slot_of(cell.column, words)
        if not cell.text or slot == "code" or (slot in said and slot != ""):
            continue
        facts += _fact_of(row, cell, facts)
    return tuple(facts)


def _row(source: Source, page: Page, block: Block, vocabulary: Vocabulary) -> _Row:
    context = block.context
    caption, *groups = context.caption.split(": ") if context.caption else ("",)
    labels = tuple(part for part in _SPLIT.split(block.cells[0].text) if part)
    beside: dict[str, str] = {}
    figures = [
        c for c in block.cells[1:] if _number_of(c.text) and not _slot_of(c.column, vocabulary)
    ]
    for cell in block.cells[1:]:
        slot = _slot_of(cell.column, vocabulary)
        is_said = slot not in ("", "code", "notes") and cell.text
        if is_said and figures and cell not in figures:
            beside.setdefault(slot, cell.text)
    return _Row(
        source,
        page,
        block,
        vocabulary,
        _dollar(source, vocabulary),
        labels,
        tuple(groups),
        caption,
        beside,
    )


def _dollar(source: Source, vocabulary: Vocabulary) -> str:
    """Return whose dollar a bare "$" is: that of the country of the company that publishes."""
    lexicon = load_lexicon()
    for entry in lexicon.named(source.publisher):
        if entry.kind == "company":
            code = currency_of_country(entry.country, vocabulary)
            return code if code.endswith("D") else "USD"
    return "USD"


@lru_cache(maxsize=20_000)
def _slot_of(column: str, vocabulary: Vocabulary) -> str:
    """Return the slot that a column's cells tell of the other figures of their rows, or ""."""
    head = _SPLIT.split(column)[-1].strip().casefold()
    for row in vocabulary.rows("columns"):
        if head in map(str.casefold, split_forms(row["heads"])):
            return row["slot"]
    return ""


def _number_of(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.strip(" $€£¥%<>~≈+"))) and not _CODE.fullmatch(text)


def _fact_of(row: _Row, cell: Cell, before: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the fact of a cell, if it holds one; `before` are those of the cells left of it."""
    columns = tuple(part for part in _SPLIT.split(cell.column) if part)
    head = " ".join(columns)
    layers = (*(_Layer(text, True) for text in reversed(columns)), *row.around)
    unit, scale = _unit(row, cell, layers)
    value = _value(row, cell, unit, scale)
    if value is None:
        return
    measured = dimension(value.unit) if isinstance(value, Quantity) else dimension(unit)
    measured = measured or ("money" if scale != 1.0 else "")
    measure, taken = _measure(row, columns, layers, measured, value)
    change = _change(head, row, value)
    value = _unsigned(value) if change else value
    if isinstance(value, Quantity) and value.unit in ("", "item"):
        value = replace(value, unit=_unit_of_measure(measure, row, cell))
    period, against = _period(row, head, before, change is not None)
    if change and against and not change.against:
        change = replace(change, against=against)
    arguments = _arguments(row, layers, measure)
    yield Fact(
        value=value,
        measure=measure.name,
        arguments=arguments,
        period=period,
        stage=measure.stage,
        of=_whole(row, columns, measured),
        basis=_basis(row, cell, layers, value),
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


def _unit(row: _Row, cell: Cell, layers: Sequence[_Layer]) -> tuple[str, float]:
    """Return unit and scale of a cell by its column, its row and what the reader found around."""
    vocabulary, dollar = row.vocabulary, row.dollar
    stated = [row.beside.get("unit", ""), cell.unit, row.beside.get("currency", "")]
    unit, scale = "", 1.0
    for words in stated:
        found, factor = find_unit(words, vocabulary, dollar) if words else ("", 1.0)
        if found and not unit:
            unit = found
        if factor != 1.0 and scale == 1.0:
            scale = factor
    if unit:
        return unit, scale
    for layer in layers:
        if not layer.is_own:
            continue
        found, factor = find_unit(layer.text, vocabulary, dollar)
        if found and (factor != 1.0 or dimension(found) in ("money", "price", "share")):
            return found, factor if factor != 1.0 else scale
    if scale == 1.0:
        caption_unit, factor = find_unit(row.caption, vocabulary, dollar)
        if factor != 1.0:
            return caption_unit, factor
    return "", scale


def _value(row: _Row, cell: Cell, unit: str, scale: float) -> Value | None:
    """Return the value that a cell states, None where it states none."""
    printed = cell.text.strip()
    if absent := _absent(printed, cell.notes, row.vocabulary):
        return absent
    if len(printed) > _VALUE_CHARS or _CODE.fullmatch(printed):
        return None
    found = [m.quantity for m in find_quantities(printed, row.vocabulary, row.dollar)]
    if not found and unit and re.fullmatch(r"\d{4}", printed):
        found = [Quantity(float(printed), float(printed), "", "=", 1.0)]  # no year: it is counted
    if not found:
        dates = find_periods(printed, row.vocabulary)
        if len(dates) == 1 and dates[0].end - dates[0].start >= len(printed) - 2:
            return Day(dates[0].period)
        return None
    first = found[0]
    if not first.unit or (dimension(first.unit) == "money" and dimension(unit) == "money"):
        has_own_scale = bool(re.search(r"\d\s?[A-Za-z]{2,}", printed)) and not first.unit
        factor = 1.0 if has_own_scale else scale
        own = first.unit if dimension(first.unit) == "money" and first.unit != row.dollar else unit
        return replace(
            first,
            low=_exact(first.low * factor),
            high=_exact(first.high * factor),
            step=first.step * factor,
            unit=own or first.unit,
        )
    if dimension(first.unit) == "money" and not unit:
        return replace(
            first,
            low=_exact(first.low * scale),
            high=_exact(first.high * scale),
            step=first.step * scale,
        )
    if dimension(first.unit) == "money" and dimension(unit) in ("price", "money per share"):
        return replace(first, unit=unit)
    return first


def _exact(value: float) -> float:
    return float(f"{value:.12g}")


@lru_cache(maxsize=20_000)
def _absent(printed: str, notes: tuple[str, ...], vocabulary: Vocabulary) -> Absent | None:
    """Return why there is no figure where a sign or words stand for one."""
    bare = printed.strip().strip("$€£ ")
    said = [note for note in notes if note.startswith((f"{bare} ", f"{bare}\u00a0"))]
    for row in vocabulary.rows("statuses"):
        if any(
            row["notes"] and form in note.casefold()
            for note in said
            for form in split_forms(row["notes"])
        ):
            if bare in split_forms(row["signs"]):
                return Absent(row["status"], printed)
    for row in vocabulary.rows("statuses"):
        if row["status"] in ("estimated", "revised", "preliminary", "forecast"):
            continue
        if bare in split_forms(row["signs"]):
            return Absent(row["status"], printed)
        if row["status"] in _ABSENT and bare.rstrip(".").casefold() in map(
            str.casefold, split_forms(row["words"])
        ):
            return Absent(row["status"], printed)
    return None


_ABSENT = frozenset(("withheld", "not available", "zero", "not applicable", "net exporter"))


def _measure(
    row: _Row, columns: Sequence[str], layers: Sequence[_Layer], measured: str, value: Value
) -> tuple[Measure, str]:
    """Return the measure of a cell and the words that named it.

    In statements of companies the words of a label that no reader knows name a measure of their
    own; elsewhere a label within a group that names a measure is a part of that.
    """
    vocabulary = row.vocabulary
    is_date = isinstance(value, Day)
    is_item, in_filing = _is_item(row), _is_filing(row.source)
    label = row.labels[-1] if row.labels else ""
    for number, layer in enumerate(layers):
        fitting = [
            found
            for found in find_measures(layer.text, vocabulary)
            if _fits(found.meaning, measured, is_date)
        ]
        is_label = number == len(columns) and layer.text == label
        if (is_item and is_label) or (in_filing and (is_label or number < len(columns))):
            # A word more makes it another thing: "unrealized losses" are no losses.
            if fitting and not _unread(layer.text, vocabulary):
                return _specialised(fitting[0].meaning, layers, measured, vocabulary), layer.text
            if _is_words(layer.text, vocabulary) and (is_item or number < len(columns)):
                return Measure(_plain(layer.text, vocabulary)), layer.text
            continue
        if is_item and layer.is_own and number > len(columns):
            continue
        if fitting and (layer.is_own or len({f.meaning.name for f in fitting}) == 1):
            best = max(fitting, key=lambda f: f.end - f.start)
            return _specialised(best.meaning, layers, measured, vocabulary), layer.text
    for words in (*reversed(columns), *reversed(row.labels)):
        if _is_words(words, vocabulary):
            return Measure(_plain(words, vocabulary)), words
    return Measure(""), ""


def _is_filing(source: Source) -> bool:
    return source.rank == "filing" or source.series.startswith("10-")


def _specialised(
    measure: Measure, layers: Sequence[_Layer], measured: str, vocabulary: Vocabulary
) -> Measure:
    """Return the narrower measure that unit or stage words around a cell make of a broad one."""
    names = {row["name"]: row for row in vocabulary.rows("measures")}
    narrower = [row for row in names.values() if row["broader"] == measure.name]
    if measured == "money":
        for one in narrower:
            if one["dimension"] == "money":
                return Measure(one["name"], measure.name, one["stage"], "money")
    if measure.name in ("production", "production quota", "capacity"):
        for layer in layers:
            stages = {
                f.meaning.stage for f in find_measures(layer.text, vocabulary) if f.meaning.stage
            }
            if len(stages) == 1:
                stage = stages.pop()
                for one in narrower:
                    if one["stage"] == stage:
                        return Measure(one["name"], measure.name, stage, one["dimension"])
    return measure


def _fits(measure: Measure, measured: str, is_date: bool) -> bool:
    """Tell whether figures of a dimension can be of a measure."""
    if is_date:
        return measure.name == "date" or measure.broader == "date"
    if measure.broader == "date" or measure.name == "date":
        return False
    if not measure.dimension or not measured or measured == measure.dimension:
        return True
    if {measured, measure.dimension} <= {"mass", "mass rate"}:
        return True
    if measured in ("share", "points"):
        return measure.dimension == "share"
    if measured == "money" and measure.dimension == "shares":
        return True  # of a table whose unit is only a scale
    return measured in ("count", "people") and measure.dimension in ("people", "shares", "vehicles")


def _is_item(row: _Row) -> bool:
    """Tell whether the labels of a table are its measures, as in a balance sheet."""
    told = f"{row.caption} {row.block.context.section}"
    return bool(find_terms("statements", told, row.vocabulary))


@lru_cache(maxsize=20_000)
def _is_words(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words say more than a name, a time or a general word such as "value"."""
    return bool(_unread(text, vocabulary))


def _plain(words: str, vocabulary: Vocabulary) -> str:
    """Return words as the name of a measure, without the times and units in them."""
    taken = [(m.start, m.end) for m in find_periods(words, vocabulary)]
    for bracket in re.finditer(r"\([^()]*\)", words):
        if find_unit(bracket.group(), vocabulary) != ("", 1.0):
            taken.append(bracket.span())
    for start, end in sorted(taken, reverse=True):
        words = f"{words[:start]} {words[end:]}"
    return " ".join(words.split()).strip(" :,").casefold()


def _unit_of_measure(measure: Measure, row: _Row, cell: Cell) -> str:
    """Return the unit of a figure that is printed without one, by what it measures."""
    by_dimension = {
        "shares": "share",
        "people": "people",
        "vehicles": "vehicle",
        "share": "percent",
    }
    if measure.dimension in by_dimension:
        return by_dimension[measure.dimension]
    scaled = find_unit(cell.unit, row.vocabulary, row.dollar)[1] != 1.0 if cell.unit else False
    return (
        row.dollar
        if measure.dimension == "money" or scaled
        else "item"
        if cell.unit and not scaled
        else ""
    )


def _change(head: str, row: _Row, value: Value) -> Change | None:
    if not isinstance(value, Quantity):
        return None
    label = row.labels[-1] if row.labels else ""
    whole = label if not _unread(label, row.vocabulary) else ""
    found = [m for words in (head, whole) for m in find_terms("markers", words, row.vocabulary)]
    if all(m.meaning != "change" for m in found):
        return None
    kinds: dict[str, ChangeKind] = {"share": "percent", "points": "points"}
    direction: Direction = "down" if value.value < 0 else "up"
    return Change(kinds.get(dimension(value.unit), "absolute"), direction)


def _unsigned(value: Value) -> Value:
    if isinstance(value, Quantity) and value.high <= 0:
        return replace(value, low=-value.high, high=-value.low)
    return value


def _period(
    row: _Row, head: str, before: Sequence[Fact], is_change: bool
) -> tuple[Period | None, str]:
    """Return the period of a cell; of a change, also the one that it is against."""
    vocabulary = row.vocabulary
    own = _last_period(head, vocabulary)
    label = " ".join(row.labels)
    if own and (within := _joined_period(row.labels, own, vocabulary)):
        return within, ""
    if own:
        return own, ""
    if is_change:
        left = [f.period for f in before if f.period and not f.change and _shares_head(f, head)]
        if left:
            return left[-2 if len(left) > 1 else -1], left[-1].text if len(left) > 1 else ""
    if beside := _last_period(row.beside.get("period", ""), vocabulary):
        return beside, ""
    for words in (label, *reversed(row.groups)):
        found = [m.period for m in find_periods(words, vocabulary)]
        if found:
            return found[-1] if len(found) == 1 else _of_several(found), ""
    for words in (row.caption, row.block.context.section, row.source.title):
        found = list({m.period.text: m.period for m in find_periods(words, vocabulary)}.values())
        if len(found) == 1 and not _is_edition(words, vocabulary):
            return found[0], ""
        if found:
            break
    return None, ""


def _of_several(found: Sequence[Period]) -> Period | None:
    return found[0] if len({period.text for period in found}) == 1 else None


def _shares_head(fact: Fact, head: str) -> bool:
    """Tell whether another column of a row belongs to the span of a head."""
    other = " ".join(fact.table.column).casefold().split()
    return (bool(other) and other[:2] == head.casefold().split()[:2]) or len(head.split()) < 3


def _last_period(words: str, vocabulary: Vocabulary) -> Period | None:
    found = find_periods(_without_editions(words), vocabulary)
    return found[-1].period if found else None


def _joined_period(labels: Sequence[str], year: Period, vocabulary: Vocabulary) -> Period | None:
    """Return the month or quarter that a label names within the year of a column."""
    if not labels or not re.fullmatch(r"(?:FY)?\d{4}", year.text):
        return None
    if find_periods(labels[-1], vocabulary) or len(labels[-1]) > 20:
        return None
    found = find_periods(f"{labels[-1]} {year.text}", vocabulary)
    return found[0].period if len(found) == 1 and found[0].start == 0 else None


_EDITION = re.compile(r"[\s,(]*((?:19|20)\d\d)\b")


@lru_cache(maxsize=20_000)
def _editions(words: str) -> tuple[tuple[int, int, str], ...]:
    """Return the editions of publications that words name, with their places: "MCS 2026"."""
    found = []
    for mention in load_lexicon().find_mentions(words):
        year = _EDITION.match(words, mention.end)
        if mention.entry.kind == "publication" and year:
            short = next(
                (n.text for n in mention.entry.names if n.text.isupper()), mention.entry.name
            )
            version = re.match(r"\sv(?:ersion)?\s?(\d+(?:\.\d+)*)", words[year.end() :])
            end = year.end() + (version.end() if version else 0)
            found.append(
                (mention.start, end, f"{short} {year[1]}" + (f" v{version[1]}" if version else ""))
            )
    return tuple(found)


def _without_editions(words: str) -> str:
    for start, end, _ in reversed(_editions(words)):
        words = words[:start] + " " * (end - start) + words[end:]
    return words


def _is_edition(words: str, vocabulary: Vocabulary) -> bool:
    return bool(_editions(words)) and not find_periods(_without_editions(words), vocabulary)


def _edition(row: _Row, head: str) -> str:
    for words in (head, *reversed(row.labels)):
        if found := _editions(words):
            return found[0][2]
    source = row.source
    return " ".join(part for part in (source.edition, source.version) if part)


def _arguments(row: _Row, layers: Sequence[_Layer], measure: Measure) -> tuple[Argument, ...]:
    """Return who and what a cell is about: the nearest of each kind, of trade both its ends."""
    found: dict[str, list[Name]] = {"place": [], "material": [], "subject": []}
    distances: dict[str, list[int]] = {"place": [], "material": [], "subject": []}
    for number, layer in enumerate(layers):
        text = _without_editions(layer.text)[: _specified(layer.text, row.vocabulary)]
        for mention in find_names(text, row.vocabulary):
            role = _role(mention.name)
            if _NOT_OF.search(text[: mention.start]) or (
                role == "place" and not layer.is_own and is_kind_of(measure.name, "price")
            ):
                continue
            if role and mention.name.key not in [n.key for n in found[role]]:
                found[role].append(mention.name)
                distances[role].append(number)
    if beside := [row.beside[s] for s in ("place", "material", "subject") if s in row.beside]:
        for words in beside:
            for mention in find_names(words, row.vocabulary):
                if role := _role(mention.name):
                    found[role].insert(0, mention.name)
                    distances[role].insert(0, -1)
    arguments: list[Argument] = []
    materials = [
        n
        for n, d in zip(found["material"], distances["material"], strict=True)
        if d == distances["material"][0]
    ]
    arguments += [Argument("material", _formed(name, row)) for name in materials[:3]]
    arguments += _places(found["place"], distances["place"], measure)
    if subject := _subject(row, found["subject"]):
        arguments.append(Argument("subject", subject))
    return tuple(arguments)


_NOT_OF = re.compile(r"\b(?:non|outside)[\s-]+$", re.IGNORECASE)


def _role(name: Name) -> str:
    if name.is_material:
        return "material"
    if name.kind in PLACES:
        return "place"
    return "subject" if name.kind in BODIES else ""


def _formed(name: Name, row: _Row) -> Name:
    """Return a material with the form that the head of the labels or the caption states."""
    if name.form:
        return name
    label = row.labels[-1] if row.labels else ""
    of_label = find_terms("forms", label, row.vocabulary)
    if of_label and not find_names(label, row.vocabulary):
        said = {f.meaning for f in of_label}
        return replace(name, form=said.pop() if len(said) == 1 else _plain(label, row.vocabulary))
    if name.id == "rare-earths":
        return name
    for words in (row.block.cells[0].column, *row.groups, row.caption):
        forms = {f.meaning for f in find_terms("forms", words, row.vocabulary)}
        if len(forms) == 1 and name.kind in ("element", "product"):
            return replace(name, form=forms.pop())
    return name


def _places(
    places: Sequence[Name], distances: Sequence[int], measure: Measure
) -> Iterator[Argument]:
    if not places:
        return
    trade = [t for t in ("imports", "exports") if is_kind_of(measure.name, t)]
    here, there = places[0], places[1] if len(places) > 1 and distances[1] > distances[0] else None
    if not trade:
        yield Argument("place", here)
        return
    inward = trade[0] == "imports"
    if there:
        yield Argument("origin" if inward else "destination", here)
        yield Argument("destination" if inward else "origin", there)
        return
    end: Role = "destination" if inward else "origin"
    yield Argument("place", here)
    yield Argument(end, here)


def _subject(row: _Row, names: Sequence[Name]) -> Name | None:
    companies = [name for name in names if name.kind == "company"]
    if companies:
        return companies[0]
    if _is_filing(row.source):
        return Name(row.source.publisher) if row.source.publisher else None
    return None


def _statistic(row: _Row, layers: Sequence[_Layer]) -> str:
    for layer in layers[:-1]:
        text = layer.text[: _specified(layer.text, row.vocabulary)]
        if found := find_terms("statistics", text, row.vocabulary):
            return found[0].meaning
    return ""


def _specified(label: str, vocabulary: Vocabulary) -> int:
    """Return where a label begins to say which purity or mixture is meant: ", 99.5% minimum"."""
    shares = [m for m in find_quantities(label, vocabulary) if m.quantity.unit == "percent"]
    return shares[0].start if shares else len(label)


_WHOLE = re.compile(r"(?:percent(?:age)?|share|%)\s+of\s+(?:the\s+)?([^,;()]+)", re.IGNORECASE)


def _whole(row: _Row, columns: Sequence[str], measured: str) -> str:
    if measured != "share":
        return ""
    for words in (*reversed(columns), *reversed(row.labels), *reversed(row.groups), row.caption):
        if found := _WHOLE.search(words):
            return _plain(found[1], row.vocabulary)
    return ""


def _basis(row: _Row, cell: Cell, layers: Sequence[_Layer], value: Value) -> str:
    words = [row.beside.get("basis", ""), cell.basis]
    for text in words:
        if text:
            found = find_terms("bases", text, row.vocabulary)
            return found[0].meaning if found else _plain(text, row.vocabulary)
    measured = dimension(value.unit) if isinstance(value, Quantity) else ""
    if measured in ("mass", "mass rate"):
        for layer in layers:
            if found := find_terms("bases", layer.text, row.vocabulary):
                return found[0].meaning
    return ""


def _specification(row: _Row, measured: str) -> str:
    if row.beside.get("specification"):
        return row.beside["specification"]
    if measured == "share":
        return ""
    for words in reversed(row.labels):
        if said := words[_specified(words, row.vocabulary) :].strip(" )"):
            return said
    return ""


def _price_basis(row: _Row, cell: Cell, measure: Measure) -> str:
    if not is_kind_of(measure.name, "price", row.vocabulary):
        return ""
    for words in (*reversed(row.labels), cell.column, *row.groups, row.caption, *cell.notes):
        terms = [
            t
            for t in find_terms("specifications", words, row.vocabulary)
            if t.meaning == "price basis"
        ]
        if terms:
            term = words[terms[0].start : terms[0].end]
            places = [
                m.name.text for m in find_names(words, row.vocabulary) if m.name.kind in PLACES
            ]
            return " ".join([term.casefold(), *places[:1]])
    return ""


def _status(row: _Row, cell: Cell, head: str) -> Status:
    vocabulary = row.vocabulary
    marks = {m.mark for m in find_periods(head, vocabulary) if m.mark}
    notes = [note.casefold().strip(" .") for note in cell.notes]
    if "reported" in notes:
        return "reported"
    beside = row.beside.get("status", "")
    for known in vocabulary.rows("statuses"):
        status = _STATUSES.get(known["status"])
        if status is None:
            continue
        told = split_forms(known["notes"])
        if marks & set(split_forms(known["signs"])) or any(
            note == form or note.startswith(f"{form} ") for note in notes for form in told
        ):
            return status
    for words in (beside, head, *reversed(row.labels), *reversed(row.groups)):
        measures = [(m.start, m.end) for m in find_measures(words, vocabulary)]
        for found in find_terms("statuses", words, vocabulary):
            status = _STATUSES.get(found.meaning)
            is_named = any(start <= found.start < end for start, end in measures)
            if status and not is_named and (words == beside or status not in _OF_RULES):
                return status
    return "reported"


_OF_RULES = frozenset(("in force", "expired", "permitted"))
_STATUSES: dict[str, Status] = {
    "estimated": "estimated",
    "revised": "revised",
    "preliminary": "preliminary",
    "forecast": "forecast",
    "target": "target",
    "planned": "planned",
    "proposed": "proposed",
    "permitted": "permitted",
    "in force": "in force",
    "suspended": "suspended",
    "expired": "expired",
}


_SOURCE = re.compile(r"\bSources?: ([^;]+?)(?:\.\s|\.?$)(?![A-Z]\.)")


def _attributed(row: _Row, cell: Cell) -> str:
    if beside := row.beside.get("attributed_to"):
        return beside
    for note in cell.notes:
        if source := _SOURCE.search(note):
            return source[1].strip(" .")
    return ""


def _rest(row: _Row, columns: Sequence[str], taken: str) -> tuple[str, ...]:
    """Return the content words of row and column that no slot took."""
    words: list[str] = []
    for text in (*row.labels, *columns):
        if text != taken:
            words += _unread(text, row.vocabulary)
    return tuple(dict.fromkeys(words))


@lru_cache(maxsize=50_000)
def _unread(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    spans: list[tuple[int, int]] = [(start, end) for start, end, _ in _editions(text)]
    readers: Iterable[Iterable[object]] = (
        find_names(text, vocabulary),
        find_measures(text, vocabulary),
        find_periods(text, vocabulary),
        find_quantities(text, vocabulary),
        find_terms("statistics", text, vocabulary),
        find_terms("bases", text, vocabulary),
        find_terms("statuses", text, vocabulary),
        find_terms("forms", text, vocabulary),
    )
    for found in readers:
        spans += [(one.start, one.end) for one in found]  # type: ignore[attr-defined]
    kept = "".join(
        " " if any(start <= at < end for start, end in spans) else sign
        for at, sign in enumerate(text)
    )
    return tuple(
        word for word in content_words(kept, vocabulary) if find_unit(word, vocabulary) == ("", 1.0)
    )
