"""Facts of the ledger as citations: the words that carry each, and what is recorded beside them."""

from dataclasses import replace

from assistant.answer import Citation
from corpus.document import Cell, Context
from index.catalog import Catalog
from index.facts import LedgerFact
from index.passage import Passage


class FactCitations:
    """The citations of one answer, numbered as its facts are cited; one of a place has one."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._cited: dict[tuple[str, int, int, int], Citation] = {}
        self._warnings: dict[str, None] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations in order of their numbers."""
        return tuple(self._cited.values())

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know of cited figures: those recognised without certainty."""
        return tuple(self._warnings)

    def cite(self, found: LedgerFact) -> int:
        """Return the number of the citation of a fact, which must be placed (`Ledger.placed`)."""
        place = found.fact.place
        key = (found.source.id, place.page, place.start, place.value_start)
        if key not in self._cited:
            self._cited[key] = self._citation(len(self._cited) + 1, found)
        return self._cited[key].number

    def _citation(self, number: int, found: LedgerFact) -> Citation:
        place = found.fact.place
        passage = self._catalog.passage_at(found.source.id, place.page, place.value_start)
        start, end = place.start, place.end
        if passage is None:
            return Citation(
                number, found.source, place.page, found.page_label, start, end, found.quote,
                Context(), start, found.quote, verified=bool(found.quote),
            )  # fmt: skip
        start, end = max(start, passage.start), min(end, passage.end)
        quote = passage.text[start - passage.start : end - passage.start]
        cells = _cells_of(passage, place.value_start, place.value_end)
        context = _context_of(passage, cells)
        if doubt := _doubt(passage, place.value_start, place.value_end):
            context = replace(
                context, notes=(*context.notes, f"recognised from a picture, uncertain: {doubt}")
            )
            told = f"was recognised from a picture of page {found.page_label} and is uncertain"
            self._warnings[f"[{number}] {doubt} {told}; check it on the page."] = None
        return Citation(
            number, found.source, place.page, found.page_label, start, end, quote, context,
            passage.start, passage.text, verified=quote in found.quote and bool(quote), cells=cells,
        )  # fmt: skip


def _cells_of(passage: Passage, start: int, end: int) -> tuple[Cell, ...]:
    """Return the cells of a row in which a value stands."""
    return tuple(cell for cell in passage.cells[1:] if cell.start < end and start < cell.end)


def _context_of(passage: Passage, cells: tuple[Cell, ...]) -> Context:
    """Return what is recorded beside a value: of a row, what is of its cell."""
    context = passage.context
    if not cells:
        return context
    return replace(
        context,
        header=(*(context.header[:1] or ("",)), *(cell.column for cell in cells)),
        unit="; ".join(dict.fromkeys(filter(None, (cell.measure for cell in cells)))),
        notes=tuple(dict.fromkeys(note for cell in cells for note in cell.notes)),
    )


def _doubt(passage: Passage, start: int, end: int) -> str:
    """Return the words of a value that were recognised with low confidence, and how low."""
    doubts = (one for one in passage.doubts if one.start < end and start < one.end)
    text, begin = passage.text, passage.start
    return ", ".join(
        f"{text[d.start - begin : d.end - begin]} ({d.confidence:.0%})" for d in doubts
    )
