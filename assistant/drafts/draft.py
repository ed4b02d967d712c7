"""The draft of a report: its sentences, list items and figures of tables, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import DraftError
from assistant.sentences import sentence_spans
from corpus.document import Block, Cell, Context, Page, Source
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.facts.cells import cell_facts
from corpus.language.measures import find_measures
from corpus.language.quantities import find_quantities
from corpus.reading import read_document
from corpus.tables.units import is_unit

DRAFT_ENDINGS = (".docx", ".md", ".markdown", ".txt", ".text", ".pdf")
_SECTION_BAR = " › "
_CAPTION_PARTS = re.compile(r"[,;()]")
_BESIDE = " | "  # between the cells of a row
_DRAFT = Source("draft", "", "", "", "text", "")
_TOLD_WORDS = 6  # of a row without figures that says something


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence or a cell of a draft: `page.text[start:end]` on one line is its `text`.

    `before` is the sentence before it under the same heading. A cell has the label of its `row`,
    the head of its `column`, what its `table` is called, its `unit` and its `basis`.
    """

    id: str
    text: str
    page: int
    start: int
    end: int
    section: str = ""
    before: str = ""
    row: str = ""
    column: str = ""
    table: str = ""
    unit: str = ""
    basis: str = ""

    @property
    def is_cell(self) -> bool:
        """Whether it is a cell of a table."""
        return bool(self.row or self.column)

    @property
    def stated(self) -> str:
        """What it states: of a cell, with its row, its column and its table."""
        if not self.is_cell:
            return self.text
        told = ", ".join(part for part in (self.table, self.row, self.column) if part)
        has_unit = any(found.quantity.unit for found in find_quantities(self.text))
        measure = "" if has_unit else ", ".join(filter(None, (self.unit, self.basis)))
        return f"{told}: {self.text} {measure}".rstrip()


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was read: the `name` and `data` of its file, its `pages` as stored text."""

    name: str
    data: bytes
    title: str
    sha256: str
    pages: tuple[Page, ...]
    sentences: tuple[DraftSentence, ...]


def cell_fact(one: DraftSentence) -> Fact | None:
    """Return what a cell says with its row, its column and its table, None where that is unread."""
    label, figure = len(one.row), len(one.row) + len(_BESIDE)
    text = f"{one.row}{_BESIDE}{one.text}"
    cells = (
        Cell(one.row, 0, label),
        Cell(one.text, figure, len(text), one.column, unit=one.unit, basis=one.basis),
    )
    context = Context(one.section, one.table, ("", one.column), one.unit)
    row = Block("row", 0, len(text), context, cells)
    facts = cell_facts(_DRAFT, Page(1, "1", text, (row,)), row)
    return facts[0] if len(facts) == 1 else None


def draft_of(name: str, data: bytes) -> Draft:
    """Read a draft that was not opened as a file. Raises DraftError as `read_draft` does."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / Path(name).name
        file.write_bytes(data)
        return read_draft(file)


def read_draft(path: Path) -> Draft:
    """Read the draft of a report, tracked changes as accepted.

    Raises DraftError for a file of another kind, or one that is damaged or says nothing.
    """
    if path.suffix.lower() not in DRAFT_ENDINGS:
        kinds = "a .docx, .md, .txt or .pdf"
        raise DraftError(f"{path.name}: a draft is {kinds}; save it as one of these")
    try:
        document = read_document(path, path.parent)
        data = path.read_bytes()
    except (CorpusError, OSError) as error:
        raise DraftError(str(error)) from error
    sentences = tuple(_sentences(document.pages, document.source.title))
    if not sentences:
        raise DraftError(f"{path.name}: holds no sentence and no figure to check")
    source = document.source
    return Draft(path.name, data, source.title, source.sha256, document.pages, sentences)


def _sentences(pages: tuple[Page, ...], title: str) -> Iterator[DraftSentence]:
    number, before, section = 0, "", ""
    for page in pages:
        for block in page.blocks:
            if block.kind == "heading":
                continue
            if block.context.section != section:
                section, before = block.context.section, ""
            for start, end, cell in _stretches(page, block):
                number += 1
                text = " ".join(page.text[start:end].split())
                told = _beside(block, cell, title) if cell else ("", "", "", "", "")
                yield DraftSentence(
                    f"s{number}", text, page.number, start, end, section, before, *told
                )
                before = "" if cell else text


def _stretches(page: Page, block: Block) -> Iterator[tuple[int, int, Cell | None]]:
    """Yield the sentences of running words, or the figures of a row; one without any is one."""
    if block.kind == "row" and block.cells:
        with_figures = [one for one in block.cells[1:] if any(map(str.isdigit, one.text))]
        for cell in with_figures:
            yield cell.start, cell.end, cell
        row = page.text[block.start : block.end]
        if not with_figures and len(row.split()) >= _TOLD_WORDS:
            yield block.start, block.end, None
        return
    for start, end in sentence_spans(page.text[block.start : block.end]):
        yield block.start + start, block.start + end, None


def _beside(block: Block, cell: Cell, title: str) -> tuple[str, str, str, str, str]:
    """Return a cell's row label and column head, what its table is called, its unit and basis.

    A table without a caption is called by the head of its labels, where that says what its figures
    are ("Mine production, t REO"), else by its section; a draft's title calls it nothing.
    """
    context = block.context
    corner = context.header[0] if len(context.header) == len(block.cells) else ""
    section = context.section.split(_SECTION_BAR)[-1]
    says_figures = bool(_unit_in(corner) or find_measures(corner))
    caption = context.caption or (corner if says_figures else "" if section == title else section)
    unit = cell.unit or ("" if cell.basis else context.unit or _unit_in(caption))
    return block.cells[0].text, cell.column, caption, unit, cell.basis


def _unit_in(caption: str) -> str:
    """Return the unit that a caption ends in: "Output, t REO", "Prices ($/kg)"; "" without one."""
    parts = (part.strip() for part in reversed(_CAPTION_PARTS.split(caption)))
    return next(filter(is_unit, parts), "")
