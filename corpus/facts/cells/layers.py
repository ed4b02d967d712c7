"""The words around the cells of a row, the nearest first: a cell is read by its layers.

Heads of the column come first, then labels of the row, groups, caption, section and title. Each
slot of a fact takes what the nearest layer says. Columns that speak of the figures beside them
("Currency", "Reported by") are nearer than all of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from corpus.document import Block, Cell, Page, Source
from corpus.facts.cells.cues import cue_pattern
from corpus.facts.cells.table_notes import (
    Remark,
    lead_in,
    notes_of_caption,
    table_remarks,
    units_before,
)
from corpus.language.measures import find_measures, find_terms
from corpus.language.named_editions import find_editions, without_editions
from corpus.language.names import find_names
from corpus.language.periods import find_periods
from corpus.language.quantities import find_quantities, find_unit, find_units
from corpus.language.table_words import column_use
from corpus.language.units import currency_of_country, dimension
from corpus.language.vocabulary import Vocabulary, split_forms
from corpus.language.words import content_words
from corpus.lexicon import load_lexicon

_PATH = re.compile(r"\s>\s")
_TITLE = r"<<title>>\s[\w-]{1,4}[.:]?\s"
_NAMED_AS = r"\s(?:\(|<<named as>>\s).*"  # "Holder as named", "Product (oxide)"
_YEAR_FIRST = re.compile(r"(?:FY)?\d{4}(?!\w)")
_OF_WHAT = r"(?P<head>\w+)\s(?:of|for)\s(?:<<article>>\s)?(?=\w)"
_UNIT_PARTS = re.compile(r"[,;:()]")
_NOTE_MARK = re.compile(r"(?<=[a-z)]) \d{1,2}(?= (?P<next>[a-z]+)\b)")
_OF_OTHERS = ("", "code", "notes")  # what no cell tells of the figures beside it
# What a label tells of its row where the head of the labels says so.
_OF_LABELS = (
    *("attributed_to", "owner", "owned", "lender", "borrower", "buyer", "seller"),
    *("operator", "subject"),
)
_COUNTED = "counted as"
_OF_AMOUNTS = ("money", "price", "mass", "mass rate", "money per share")

Distance = Literal["column", "label", "group", "caption", "section", "title"]


@dataclass(frozen=True, slots=True)
class Layer:
    """Words around a cell at one distance."""

    distance: Distance
    text: str

    @property
    def is_own(self) -> bool:
        """Whether they are of the row or the column, and not of the whole table."""
        return self.distance in ("column", "label", "group")


@dataclass(frozen=True)
class RowContext:
    """What the cells of a row have in common.

    `labels` and `groups` have the innermost last. `beside` is what columns of the row say of its
    figures, by slot ("period": "July-Sept. 2024"); `currency` is that of bare amounts, `remarks`
    what the notes below the table say, `notes` are those marked at its caption, and `lead` is the
    sentence before it that speaks of it.
    """

    source: Source
    page: Page
    block: Block
    vocabulary: Vocabulary
    labels: tuple[str, ...]
    groups: tuple[str, ...]
    caption: str
    beside: Mapping[str, str]
    currency: str
    remarks: tuple[Remark, ...]
    lead: str
    notes: tuple[str, ...]

    @property
    def label(self) -> str:
        """The innermost label, "" where the row has none."""
        return self.labels[-1] if self.labels else ""

    @property
    def label_head(self) -> str:
        """The head of the column of labels."""
        return self.block.cells[0].column

    @property
    def is_of_itself(self) -> bool:
        """Whether a company reports of itself."""
        return self.source.rank == "filing" or self.source.series.startswith("10-")

    @cached_property
    def has_items(self) -> bool:
        """Whether the labels of the table are its measures, as in a balance sheet."""
        told = f"{self.caption} {self.block.context.section}"
        return bool(find_terms("statements", told, self.vocabulary))

    @cached_property
    def unit_remarks(self) -> tuple[str, ...]:
        """Short paragraphs before the table, the nearest first, that state a unit."""
        return units_before(self.page, self.block, self.vocabulary)

    @cached_property
    def _sources(self) -> tuple[str, ...]:
        """The labels that say no more than who gave the figures."""
        source = self.beside.get("attributed_to", "")
        named = find_measures(source, self.vocabulary)
        says_more = any(source[one.start].islower() for one in named)
        return () if says_more else (source,)  # "Ministry of Resources" is a name

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The words around all cells, the nearest first; those of a column come before them."""
        placed: tuple[tuple[Distance, Iterable[str]], ...] = (
            ("label", (text for text in reversed(self.labels) if text not in self._sources)),
            ("group", reversed(self.groups)),
            ("caption", (self.caption,)),
            ("section", (self.block.context.section,)),
            ("title", (self.source.title,)),
        )
        return tuple(Layer(at, text) for at, texts in placed for text in texts if text)


@dataclass(frozen=True)
class CellContext:
    """A cell with the words around it: `heads` of its column, outermost first, and all `layers`."""

    row: RowContext
    cell: Cell
    heads: tuple[str, ...]

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that it is read by."""
        return self.row.vocabulary

    @cached_property
    def head(self) -> str:
        """The heads of the column in one line."""
        return " ".join(self.heads)

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The words around the cell, the nearest first."""
        return (*(Layer("column", text) for text in reversed(self.heads)), *self.row.layers)

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes marked at the cell, its row or its column, then those of the table."""
        return (*self.cell.notes, *self.row.notes)

    @property
    def own_texts(self) -> Iterator[str]:
        """Yield what column and row say, the nearest first."""
        return (layer.text for layer in self.layers if layer.is_own)


def row_context(source: Source, page: Page, block: Block, vocabulary: Vocabulary) -> RowContext:
    """Return the context of a row of cells."""
    # A heading that is nothing but a table's title governs it like a caption.
    title = block.context.section
    title = title if title_pattern(vocabulary).match(title) else ""
    caption, *groups = (block.context.caption or title).split(": ")
    labels = tuple(_without_marks(part, vocabulary) for part in path(block.cells[0].text))
    beside: dict[str, str] = {}
    for cell in block.cells[1:]:
        slot = slot_of(cell.column, vocabulary)
        if slot not in _OF_OTHERS and cell.text:
            beside.setdefault(slot, cell.text)
    for slot, label in _slots_of_labels(block, labels, vocabulary):
        beside.setdefault(slot, label)
    return RowContext(
        source=source,
        page=page,
        block=block,
        vocabulary=vocabulary,
        labels=labels,
        groups=tuple(_without_marks(group, vocabulary) for group in groups),
        caption=_without_marks(caption, vocabulary),
        beside=beside,
        currency=_currency(source, block, beside, vocabulary),
        remarks=table_remarks(page, block, vocabulary),
        lead=lead_in(page, block, vocabulary),
        notes=notes_of_caption(page, block, caption),
    )


def title_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of what numbers a table before its title: "Table 3. "."""
    return cue_pattern(_TITLE, vocabulary)


def cell_context(row: RowContext, cell: Cell) -> CellContext:
    """Return a cell with the words around it."""
    return CellContext(row, cell, path(cell.column))


def path(words: str) -> tuple[str, ...]:
    """Return the parts of labels or heads that are set below each other, outermost first."""
    return tuple(part for part in _PATH.split(words) if part)


@lru_cache(maxsize=20_000)
def slot_of(column: str, vocabulary: Vocabulary) -> str:
    """Return the slot that a column's cells tell of the other figures of their rows, or ""."""
    head = " ".join(_PATH.split(column)[-1].split())
    if slot := column_use(head):
        return slot
    short = cue_pattern(_NAMED_AS, vocabulary).sub("", head).casefold()
    for row in vocabulary.rows("columns"):
        if short in map(str.casefold, split_forms(row["heads"])):
            return row["slot"]
    return _slot_of_what(short, vocabulary)


def _slot_of_what(head: str, vocabulary: Vocabulary) -> str:
    """Return the slot of a head that says of what it is one: "source of the figure".

    The date of a report dates no figure.
    """
    of = cue_pattern(_OF_WHAT, vocabulary).match(head)
    is_of_figures = head.split()[-1] in vocabulary.words("markers", "figures") if head else False
    if not of or (find_measures(head[of.end() :], vocabulary) and not is_of_figures):
        return ""
    slots = {row["slot"]: row for row in vocabulary.rows("columns")}
    for slot in ("attributed_to", "period", "status"):
        if of["head"] in map(str.casefold, split_forms(slots[slot]["heads"])):
            documents = vocabulary.words("date_cues", "document")
            is_of_report = any(word in documents for word in head[of.end() :].split())
            return "notes" if slot == "period" and is_of_report else slot
    return ""


def _slots_of_labels(
    block: Block, labels: Sequence[str], vocabulary: Vocabulary
) -> Iterator[tuple[str, str]]:
    """Yield what the labels of a row tell of it by the heads above them."""
    heads = path(block.cells[0].column)
    for head, label in zip(reversed(heads), reversed(labels), strict=False):
        slot = slot_of(head, vocabulary)
        if slot in _OF_LABELS and head != label:
            yield slot, label


# -- words that are understood apart from the others


@lru_cache(maxsize=20_000)
def names_source(head: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a head names who says so, then its date: "Annual report, March 2015"."""
    found = find_periods(head, vocabulary)
    before = head[: found[-1].start] if found else ""
    is_cited = before.rstrip().endswith(",") and found[-1].end == len(head)
    return is_cited and bool(content_words(before, vocabulary)) and not find_editions(head)


@lru_cache(maxsize=20_000)
def year_opened(label: str, vocabulary: Vocabulary) -> str:
    """Return the year that a label is, or is a part or the first of, "" of any other label.

    "2031", "2031 (excluding its first quarter)", "2035 and thereafter".
    """
    year = _YEAR_FIRST.match(label)
    if not year:
        return ""
    rest = label[year.end() :].partition("(")[0]
    beyond = [m for m in find_terms("table_cues", rest, vocabulary) if m.meaning == "thereafter"]
    rest = without(rest, [(m.start, m.end) for m in beyond])
    return "" if content_words(rest, vocabulary) else year.group()


@lru_cache(maxsize=20_000)
def is_sum(label: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a label is nothing but "total"."""
    sums = [m for m in find_terms("statistics", label, vocabulary) if m.meaning == "total"]
    return bool(sums) and not content_words(
        without(label, [(m.start, m.end) for m in sums]), vocabulary
    )


@lru_cache(maxsize=50_000)
def naming_words(text: str, vocabulary: Vocabulary) -> str:
    """Return a text of the same length without editions, units and what amounts are counted as."""
    counted = {m.end for m in find_terms("table_cues", text, vocabulary) if m.meaning == _COUNTED}
    bases = [m for m in find_terms("bases", text, vocabulary) if m.end in counted]
    spans = [*unit_spans(text, vocabulary), *((m.start, m.end) for m in bases)]
    return without(without_editions(text), spans)


@lru_cache(maxsize=50_000)
def unit_spans(text: str, vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    """Return where a text states the unit of an amount: "million U.S. dollars"."""
    return tuple(
        (one.start, one.end)
        for one in find_units(text, vocabulary)
        if dimension(one.unit) in _OF_AMOUNTS and one.end - one.start > 1
    )


@lru_cache(maxsize=50_000)
def stated_unit(text: str, vocabulary: Vocabulary, dollar: str) -> tuple[str, float]:
    """Return unit and scale of the part of a text that says nothing else: "Output, tonnes REO".

    ("", 1.0) where no part does. Beside the unit a part may say what is measured and counted as.
    """
    for part in reversed(_UNIT_PARTS.split(text)):
        units = [
            u for u in find_units(part, vocabulary, dollar) if dimension(u.unit) in _OF_AMOUNTS
        ]
        if len(units) != 1:
            continue
        spans = [(units[0].start, units[0].end)]
        spans += [(one.start, one.end) for one in find_measures(part, vocabulary)]
        for table in ("bases", "statistics", "stages"):
            spans += [(one.start, one.end) for one in find_terms(table, part, vocabulary)]
        if not content_words(without(part, spans), vocabulary):
            return units[0].unit, units[0].scale
    return "", 1.0


@lru_cache(maxsize=50_000)
def unread_words(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the content words of a text that no reader understands."""
    spans = [(one.start, one.end) for one in find_editions(text)]
    spans += [(one.start, one.end) for one in find_names(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_measures(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_periods(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_quantities(text, vocabulary)]
    spans += unit_spans(text, vocabulary)
    for table in ("statistics", "bases", "statuses", "forms", "stages"):
        spans += [(one.start, one.end) for one in find_terms(table, text, vocabulary)]
    for table in ("markers", "table_cues"):
        for one in find_terms(table, text, vocabulary):
            if one.meaning in (
                "figures",
                "change",
                "yearly change",
                "quarterly change",
                "rounding",
            ):
                spans.append((one.start, one.end))
    words = content_words(without(text, spans), vocabulary)
    return tuple(word for word in words if find_unit(word, vocabulary) == ("", 1.0))


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text of the same length in which some spans are left blank."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


@lru_cache(maxsize=20_000)
def _without_marks(text: str, vocabulary: Vocabulary) -> str:
    """Return a label without the number of a note that stands between its words."""

    def is_mark(found: re.Match[str]) -> bool:
        before = text[: found.start()].split()[-1:]
        is_word = bool(before) and bool(content_words(before[0], vocabulary))
        counted = find_terms("markers", before[0], vocabulary) if before else ()
        is_reference = any(one.meaning == "reference" for one in counted)
        return is_word and not is_reference and not content_words(found["next"], vocabulary)

    return _NOTE_MARK.sub(lambda found: "" if is_mark(found) else found.group(), text)


# -- currency


def _currency(
    source: Source, block: Block, beside: Mapping[str, str], vocabulary: Vocabulary
) -> str:
    """Return the currency of a row's bare amounts, that of its other cells or of who speaks."""
    dollar = _dollar_of(source.publisher, vocabulary)
    told = [beside.get("currency", ""), *(cell.text for cell in block.cells[1:])]
    stated = (find_unit(words, vocabulary, dollar)[0].partition("/")[0] for words in told if words)
    return next((unit for unit in stated if dimension(unit) == "money"), dollar)


@lru_cache(maxsize=1024)
def _dollar_of(publisher: str, vocabulary: Vocabulary) -> str:
    """Return whose dollar a bare "$" is: that of the country of the company that publishes."""
    for entry in load_lexicon().named(publisher):
        code = currency_of_country(entry.country, vocabulary) if entry.kind == "company" else ""
        if code.endswith("D"):
            return code
    return "USD"
