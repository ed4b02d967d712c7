"""Facts of the ledger as citations: the words that carry each, and what is recorded beside them."""

from dataclasses import replace

from assistant.answer import Citation
from corpus.document import Cell, Context
from index.facts import LedgerFact
from index.passage import Evidence, Passage
from index.storage.catalog import Catalog


class FactCitations:
    """The citations of one answer, numbered as its facts are cited; a row of a table has one."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._cited: dict[tuple[str, int, int, int], Citation] = {}  # by source, page and quote
        self._evidence: dict[str, Evidence] = {}  # by passage
        self._warnings: dict[str, None] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations in order of their numbers."""
        return tuple(self._cited.values())

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The passages in which cited facts stand; no search ranked them, so they have no score."""
        return tuple(self._evidence.values())

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know of cited figures: those recognised without certainty."""
        return tuple(self._warnings)

    def cite(self, found: LedgerFact) -> int:
        """Return the number of the citation of a fact, which must be placed (`Ledger.placed`).

        Cells of one row have one citation, which holds all that are cited.
        """
        place = found.fact.place
        passage = self._catalog.passage_at(found.source.id, place.page, place.value_start)
        cells = _cells_of(passage, place.value_start, place.value_end) if passage else ()
        if passage:
            self._evidence.setdefault(passage.id, Evidence(passage, found.source, 0.0, 0.0))
        key = (
            found.source.id,
            place.page,
            place.start,
            place.value_start if passage and not cells else -1,
        )
        held = self._cited.get(key)
        if held and all(cell in held.cells for cell in cells):
            return held.number
        cells = tuple(sorted({*(held.cells if held else ()), *cells}, key=lambda one: one.start))
        number = held.number if held else len(self._cited) + 1
        self._cited[key] = self._citation(number, found, passage, cells)
        return number

    def cell(self, found: LedgerFact) -> Cell | None:
        """Return the cell in which a cited fact stands; None of a sentence."""
        place = found.fact.place
        cells = self.citations[self.cite(found) - 1].cells
        inside = (one for one in cells if one.start < place.value_end)
        return next((one for one in inside if place.value_start < one.end), None)

    def _citation(
        self, number: int, found: LedgerFact, passage: Passage | None, cells: tuple[Cell, ...]
    ) -> Citation:
        place = found.fact.place
        start, end = place.start, place.end
        if passage is None:
            return Citation(
                number, found.source, place.page, found.page_label, start, end, found.quote,
                Context(), start, found.quote, verified=bool(found.quote),
            )  # fmt: skip
        start, end = max(start, passage.start), min(end, passage.end)
        quote = passage.text[start - passage.start : end - passage.start]
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
