"""What the sources of a catalog state: the figures that questions can ask for, and, of every
figure in a table or a sentence, what it is said of, so that a question with two answers is seen.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.evaluation.drafting.figure_forms import read_figure
from assistant.evaluation.drafting.periods import take_edition
from assistant.evaluation.drafting.phrases import common_words
from assistant.evaluation.drafting.table_rows import Row, figure_rows, long_heads
from assistant.sentences import sentence_spans
from corpus.document import Block, Page, Source
from corpus.figures import find_figures
from corpus.language.periods import find_years
from index.catalog import Catalog
from index.passage import Filters
from index.wording import content_words, stem, stems

# Words of a question that other statements of the same need not hold.
_LOOSE = frozenset(
    stem(word)
    for word in """minimum maximum purity average annual total rounded estimated value year full
    percentage percent quantity lot size powder ingot bulk end""".split()
)
_LONGEST_SENTENCE = 600
_VALUE_CHARS = 60


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure, or the figures of a sentence, and where they stand.

    `years` are those that are named for them, none where they have no time.
    """

    source_id: str
    page: int
    start: int
    end: int
    is_row: bool
    years: frozenset[int]
    worth: frozenset[Decimal]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of prose in its page; `text` has its line breaks as spaces."""

    source: Source
    page: Page
    block: Block
    start: int
    end: int
    text: str


@dataclass
class Library:
    """The searched sources of a catalog, read once.

    `rows` are the figures of tables, `sentences` the sentences of prose, `common` the words that
    are no names.
    """

    sources: dict[str, Source]
    pages: dict[str, tuple[Page, ...]]
    common: frozenset[str]
    rows: list[Row] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    _about: dict[str, set[int]] = field(default_factory=dict)  # statements by the stems around them
    _own: dict[str, set[int]] = field(default_factory=dict)  # by those of label, head and sentence
    _stems: dict[str, frozenset[str]] = field(default_factory=dict)

    def stating(self, words: Iterable[str], own: Iterable[str] = ()) -> list[Statement]:
        """Return the statements about all of these stems.

        `own` must stand in their label, head or sentence, not only in a caption or title.
        """
        sets = [self._about.get(word, set()) for word in words]
        sets += [self._own.get(word, set()) for word in own]
        if not sets:
            return []
        found = set.intersection(*sorted(sets, key=len))
        return [self.statements[number] for number in sorted(found)]

    def stems_of(self, words: str) -> frozenset[str]:
        """Return the stems of words, each piece worked out once."""
        known = self._stems.get(words)
        if known is None:
            known = self._stems[words] = stems(words)
        return known

    def add(self, statement: Statement, about: frozenset[str], own: frozenset[str]) -> None:
        """Add a statement with the stems of what it is about, and of its own words."""
        number = len(self.statements)
        self.statements.append(statement)
        for word in about | own:
            self._about.setdefault(word, set()).add(number)
        for word in own:
            self._own.setdefault(word, set()).add(number)


def read_library(catalog: Catalog, filters: Filters) -> Library:
    """Read the sources that filters admit: of copies, the best admitted one."""
    sources = dict(
        sorted(catalog.searchable(filters).items(), key=lambda item: (item[1].path, item[0]))
    )
    pages = {source_id: catalog.pages(source_id) for source_id in sources}
    common = common_words(page.text for held in pages.values() for page in held)
    library = Library(sources, pages, common)
    for source_id, source in sources.items():
        for page in pages[source_id]:
            heads = long_heads(page)
            library.rows += figure_rows(source, page, heads)
            for block in page.blocks:
                if block.kind == "row":
                    _add_row(library, source, page, block)
                elif block.kind == "prose":
                    _add_prose(library, source, page, block)
    return library


def core_stems(subject: str) -> frozenset[str]:
    """Return the stems that any statement of a subject must hold: no figures, no qualifiers."""
    found = {stem(word) for word in content_words(subject)}
    return frozenset(word for word in found if not word[0].isdigit()) - _LOOSE


def worths(cell: str) -> frozenset[Decimal]:
    """Return what the figures of a cell are worth, none for a cell that holds sentences."""
    if figure := read_figure(cell):
        return frozenset([figure.worth])
    told = find_figures(cell) if len(cell) <= _VALUE_CHARS else ()
    return frozenset(Decimal(str(figure.value)) for figure in told)


def _add_row(library: Library, source: Source, page: Page, block: Block) -> None:
    context = block.context
    around = _union(library, (source.title, context.section, context.caption))
    label = (
        _union(library, re.split(r" > |: ", block.cells[0].text)) if block.cells else frozenset()
    )
    named = find_years(take_edition(block.cells[0].text)[1]) if block.cells else ()
    for cell in block.cells[1:]:
        worth = worths(cell.text)
        if not worth:
            continue
        years = {*find_years(take_edition(cell.column)[1]), *named}
        if not years and cell.year:
            years = {cell.year}
        own = label | _union(library, cell.column.split(" > "))
        library.add(
            Statement(
                source.id, page.number, block.start, block.end, True, frozenset(years), worth
            ),
            around,
            own,
        )


def _add_prose(library: Library, source: Source, page: Page, block: Block) -> None:
    around = _union(library, (source.title, block.context.section))
    for sentence in _sentences(source, page, block):
        library.sentences.append(sentence)
        figures = [f for f in find_figures(sentence.text) if f.kind not in ("year", "day")]
        if not figures:
            continue
        worth = frozenset(Decimal(str(figure.value)) for figure in figures)
        years = frozenset(find_years(sentence.text))
        library.add(
            Statement(source.id, page.number, sentence.start, sentence.end, False, years, worth),
            around,
            stems(sentence.text),
        )


def _sentences(source: Source, page: Page, block: Block) -> Iterator[Sentence]:
    text = page.text[block.start : block.end]
    for start, end in sentence_spans(text):
        if end - start <= _LONGEST_SENTENCE:
            told = re.sub(r"\s+", " ", text[start:end])
            yield Sentence(source, page, block, block.start + start, block.start + end, told)


def _union(library: Library, pieces: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(library.stems_of(piece) for piece in pieces if piece))
