"""A stretch of a source as the support check reads it: its words, and what stands around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.candidates import Candidate
from corpus.document import Cell
from corpus.lexicon import load_lexicon


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source says in one place.

    Of prose `quote` is the sentence; of a table row it is empty of meaning without its `cells`,
    and `label`, `cells` and `others` are read: the cells that are held against the claim, and the
    rest of the row. `before` is what stands before the sentence in its passage.
    """

    quote: str
    section: str = ""
    caption: str = ""
    notes: tuple[str, ...] = ()
    title: str = ""
    publisher: str = ""
    edition: str = ""
    label: str = ""
    label_column: str = ""
    cells: tuple[Cell, ...] = ()
    others: tuple[Cell, ...] = ()
    before: str = ""
    entities: tuple[str, ...] = ()  # the lexicon's ids of what the source is about
    beside: str = ""  # the other cells of the row in one of whose cells the sentence stands

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.cells)

    @property
    def own_words(self) -> str:
        """The words of the statement itself: a sentence, or a row's label, columns and cells."""
        if not self.is_row:
            return self.quote
        told = [f"{cell.column} {cell.text} {cell.measure}" for cell in self.cells]
        told += [cell.text for cell in self.others if not _is_figure(cell.text)]
        return " | ".join((self.label, *told))

    @property
    def core(self) -> str:
        """The words of a sentence, or of a row's label and chosen cells alone."""
        if not self.is_row:
            return self.quote
        return " | ".join((self.label, *(f"{cell.column} {cell.text}" for cell in self.cells)))

    @property
    def scopes(self) -> tuple[str, ...]:
        """What says whose a figure is and what it measures, from the nearest to the farthest."""
        around = (self.caption, self.label_column, *(self.notes if self.is_row else ()))
        texts = (self.own_words, *around, self.section, self.before, self.title)
        return tuple(text for text in texts if text)

    @property
    def context(self) -> tuple[str, ...]:
        """The statement with what is recorded of it, the sentences before aside."""
        around = (self.caption, self.label_column, *self.notes, self.section, self.title)
        return (self.own_words, *around)

    @property
    def source_words(self) -> str:
        """Who published the source, which edition it is, and whom it is about."""
        lexicon = load_lexicon()
        names = [lexicon.entry(one).name for one in self.entities if one in lexicon]
        return " | ".join((self.publisher, self.edition, *names))


def statement_of(candidate: Candidate) -> Statement:
    """Return the statement of a candidate; of a row with its chosen cells."""
    passage, source = candidate.evidence.passage, candidate.evidence.source
    context = passage.context
    chosen = candidate.cells
    return Statement(
        quote=candidate.text,
        section=context.section,
        caption=context.caption,
        notes=tuple(note for cell in chosen for note in cell.notes) or context.notes,
        title=source.title,
        publisher=source.publisher,
        edition=" ".join((source.edition, source.version)).strip(),
        label=passage.row_label if chosen else "",
        label_column=passage.cells[0].column if chosen and passage.cells else "",
        cells=chosen,
        others=_others(passage.cells[1:], chosen),
        before="" if chosen else " ".join(passage.text[: candidate.start - passage.start].split()),
        entities=source.entities,
        beside=_beside(candidate),
    )


def _beside(candidate: Candidate) -> str:
    cells = () if candidate.cells else candidate.evidence.passage.cells[1:]
    others = (cell for cell in cells if cell.text not in candidate.text)
    return " | ".join(f"{cell.column}: {cell.text}" for cell in others)


def _others(cells: Sequence[Cell], chosen: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(cell for cell in cells if chosen and cell not in chosen and cell.text)


def _is_figure(text: str) -> bool:
    return not re.search(r"[A-Za-z]{2}", text)
