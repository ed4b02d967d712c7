"""The words around the cells of a row: label, groups, caption, and columns that speak of others.

A table says much of a figure outside its cell. `RowContext` holds it taken apart, the nearest
words first, with the editions of publications told from the years that figures are of.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.document import Block, Page, Source
from corpus.language.measures import find_terms
from corpus.language.quantities import find_unit
from corpus.language.units import currency_of_country, dimension
from corpus.language.vocabulary import Vocabulary, split_forms
from corpus.lexicon import load_lexicon

_PATH = re.compile(r"\s>\s")
_TITLE = re.compile(r"Table \w{1,4}[.:]? ", re.IGNORECASE)
_NO_SLOT_OF_OTHERS = ("", "code", "notes", "measure")


@dataclass(frozen=True, slots=True)
class Layer:
    """Words around a cell at one distance; `is_own` where they are of its row or column."""

    text: str
    is_own: bool


@dataclass(frozen=True)
class RowContext:
    """What the cells of a row have in common.

    `labels` and `groups` have the innermost last. `beside` is what columns of the row say of its
    figures, by slot ("period": "July-Sept. 2024"); `currency` is that of bare amounts.
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

    @property
    def label(self) -> str:
        """The innermost label, "" where the row has none."""
        return self.labels[-1] if self.labels else ""

    @property
    def label_head(self) -> str:
        """The head of the column of labels."""
        return self.block.cells[0].column

    @property
    def is_filing(self) -> bool:
        """Whether a company reports of itself."""
        return self.source.rank == "filing" or self.source.series.startswith("10-")

    @cached_property
    def has_items(self) -> bool:
        """Whether the labels of the table are its measures, as in a balance sheet."""
        told = f"{self.caption} {self.block.context.section}"
        return bool(find_terms("statements", told, self.vocabulary))

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The words around all cells, the nearest first; those of a column come before them."""
        own = [Layer(text, True) for text in (*reversed(self.labels), *reversed(self.groups))]
        table = (self.caption, self.block.context.section, self.source.title)
        return (*own, *(Layer(text, False) for text in table if text))


def row_context(source: Source, page: Page, block: Block, vocabulary: Vocabulary) -> RowContext:
    """Return the context of a row of cells."""
    # A heading that is nothing but a table's title governs it like a caption.
    title = block.context.section if _TITLE.match(block.context.section) else ""
    caption, *groups = (block.context.caption or title).split(": ")
    beside: dict[str, str] = {}
    for cell in block.cells[1:]:
        slot = slot_of(cell.column, vocabulary)
        if slot not in _NO_SLOT_OF_OTHERS and cell.text:
            beside.setdefault(slot, cell.text)
    return RowContext(
        source=source,
        page=page,
        block=block,
        vocabulary=vocabulary,
        labels=path(block.cells[0].text),
        groups=tuple(groups),
        caption=caption,
        beside=beside,
        currency=_currency(source, block, beside, vocabulary),
    )


def path(words: str) -> tuple[str, ...]:
    """Return the parts of labels or heads that are set below each other, outermost first."""
    return tuple(part for part in _PATH.split(words) if part)


@lru_cache(maxsize=20_000)
def slot_of(column: str, vocabulary: Vocabulary) -> str:
    """Return the slot that a column's cells tell of the other figures of their rows, or ""."""
    head = _PATH.split(column)[-1].strip().casefold()
    for row in vocabulary.rows("columns"):
        if head in map(str.casefold, split_forms(row["heads"])):
            return row["slot"]
    return ""


def _currency(
    source: Source, block: Block, beside: Mapping[str, str], vocabulary: Vocabulary
) -> str:
    """Return the currency of a row's bare amounts, that of its other cells or of who speaks."""
    dollar = _dollar(source, vocabulary)
    told = [beside.get("currency", ""), *(cell.text for cell in block.cells[1:])]
    stated = (find_unit(words, vocabulary, dollar)[0].partition("/")[0] for words in told if words)
    return next((unit for unit in stated if dimension(unit) == "money"), dollar)


@lru_cache(maxsize=1024)
def _dollar_of(publisher: str, vocabulary: Vocabulary) -> str:
    for entry in load_lexicon().named(publisher):
        code = currency_of_country(entry.country, vocabulary) if entry.kind == "company" else ""
        if code.endswith("D"):
            return code
    return "USD"


def _dollar(source: Source, vocabulary: Vocabulary) -> str:
    """Return whose dollar a bare "$" is: that of the country of the company that publishes."""
    return _dollar_of(source.publisher, vocabulary)
