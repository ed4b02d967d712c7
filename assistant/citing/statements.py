"""What a claim is held against: the sentences and the rows of the passages found for it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from assistant.citing.slots import stems_of
from assistant.extractive import row_text, segments
from corpus.document import Cell
from corpus.instructions import is_instruction
from corpus.language.clauses import split_sentences
from corpus.language.periods import find_years
from corpus.language.quantities import Quantity, find_quantities, same_quantity
from corpus.language.vocabulary import load_vocabulary
from index.embedding import Embedder
from index.facts import LedgerFact
from index.passage import Evidence, Passage
from index.storage.store import PassageStore

_NEAREST = 16  # statements that a claim is held against
_EMBEDDED = 32  # of those with the most words of a claim
_CELLS = 8  # of a row of which none is told by the claim
_WHOLE_PAGES = 2  # of the evidence, whose other passages are read too
_LARGE_PAGE = 60  # passages from which a page is not read whole
_PROSE_CELL_CHARS = 60  # a longer cell holds sentences, not a value
_GAP = 2  # characters between two passages that follow each other
_SENTENCE_END = re.compile(r"[.!?:;][\"”'’)\]]*\s*$")
_QUESTION = re.compile(r"\?[\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or a row by some of its cells: `page.text[start:end]` is its quote.

    `before` is the sentence before it, `facts` are those of the ledger that stand in it.
    """

    evidence: Evidence
    text: str
    start: int
    end: int
    before: str = ""
    cells: tuple[Cell, ...] = ()
    facts: tuple[LedgerFact, ...] = ()
    nearness: float = 0.0  # cosine of claim and statement
    shared: float = 0.0  # the share of the claim's words that it has, in it or right above it

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.evidence.passage.kind == "row"

    @property
    def is_told_by_cells(self) -> bool:
        """Whether it is a row whose text leaves units and times to the heads of its columns."""
        return self.is_row and not any(len(cell.text) > _PROSE_CELL_CHARS for cell in self.cells)

    @property
    def above(self) -> str:
        """The title of the source, and what stands above the statement in it."""
        context = self.evidence.passage.context
        edition = self.evidence.source.edition
        told = (self.evidence.source.title, edition, context.section, context.caption)
        return " | ".join(dict.fromkeys(filter(None, told)))

    @property
    def in_context(self) -> str:
        """The statement behind what stands above and before it, as entailment is judged."""
        return f"{self.above}\n{self.before} {self.text}".replace("\n ", "\n")


def statements_in(
    evidence: Sequence[Evidence], claim: str, facts: Sequence[LedgerFact]
) -> tuple[Statement, ...]:
    """Return the statements of evidence with the most words of a claim."""
    stems = stems_of(claim)
    of_pages: dict[tuple[str, int], list[LedgerFact]] = defaultdict(list)
    for fact in facts:
        of_pages[fact.source.id, fact.fact.place.page].append(fact)
    found: dict[tuple[str, int, int, str], Statement] = {}
    for piece in evidence:
        if _is_bibliography(piece.passage):
            continue
        here = of_pages[piece.source.id, piece.passage.page]
        for one in _statements_of(piece, claim, here):
            found.setdefault((piece.source.id, one.start, one.end, one.text), one)
    nearest = sorted(found.values(), key=lambda one: -_shared(stems, one))
    return tuple(islice((one for one in nearest if not is_instruction(one.text)), _EMBEDDED))


def nearest_to(
    claim: str, statements: Sequence[Statement], embedder: Embedder
) -> tuple[Statement, ...]:
    """Return the statements that are nearest to a claim in meaning and words, the nearest first."""
    stems = stems_of(claim)
    of_claim, *read = embedder.token_vectors([claim, *(one.text for one in statements)])
    placed = [
        replace(one, nearness=float(of_one.whole @ of_claim.whole), shared=_shared(stems, one))
        for one, of_one in zip(statements, read, strict=True)
    ]
    placed.sort(key=lambda one: -(one.nearness + one.shared))
    return tuple(placed[:_NEAREST])


def _shared(stems: frozenset[str], one: Statement) -> float:
    """Return which share of the words of a claim a statement has, in it or right above it."""
    return len(stems & (stems_of(one.above) | stems_of(one.text))) / max(len(stems), 1)


def _is_bibliography(passage: Passage) -> bool:
    section = passage.context.section.rpartition(" › ")[2].strip()
    return section in load_vocabulary().words("grammar", "bibliography")


def _statements_of(piece: Evidence, claim: str, here: Sequence[LedgerFact]) -> Iterator[Statement]:
    """Yield what a passage states; `here` are the facts of its page."""
    passage = piece.passage

    def within(start: int, end: int) -> tuple[LedgerFact, ...]:
        return tuple(one for one in here if start <= one.fact.place.value_start < end)

    if passage.kind == "row":
        held = within(passage.start, passage.end)
        for cells in _chosen_cells(passage, claim):
            if any(len(cell.text) > _PROSE_CELL_CHARS for cell in cells):
                continue
            text = row_text(piece, cells)
            facts_of = tuple(one for one in held if is_in(one, cells))
            yield Statement(
                piece, text, passage.start, passage.end, cells=cells, facts=facts_of or held
            )
        yield from _sentences_of_cells(piece, held)
        return
    before = ""
    for one in segments(passage):
        start, end = passage.start + one.start, passage.start + one.end
        if not _QUESTION.search(one.text):
            yield Statement(piece, one.text, start, end, before, facts=within(start, end))
        before = one.text


def _sentences_of_cells(piece: Evidence, held: Sequence[LedgerFact]) -> Iterator[Statement]:
    """Yield what the sentences in the cells of a row say, each of what its label names."""
    passage = piece.passage
    for cell in passage.cells[1:]:
        if len(cell.text) <= _PROSE_CELL_CHARS:
            continue
        facts = tuple(one for one in held if is_in(one, (cell,)))
        for start, end in split_sentences(cell.text):
            text = f"{passage.row_label}: {cell.text[start:end]}"
            yield Statement(piece, text, passage.start, passage.end, cells=(cell,), facts=facts)


def is_in(one: LedgerFact, cells: Sequence[Cell]) -> bool:
    """Tell whether a fact stands in one of some cells."""
    place = one.fact.place
    return any(c.start < place.value_end and place.value_start < c.end for c in cells)


def _chosen_cells(passage: Passage, claim: str) -> list[tuple[Cell, ...]]:
    """Return the cells by which a row is held against a claim: of its years, figures and words.

    A row of which none is told by the claim is held against it by its first cells.
    """
    cells = tuple(cell for cell in passage.cells[1:] if cell.text)
    years = set(find_years(claim))
    figures = [one.quantity for one in find_quantities(claim)]
    words = stems_of(claim)
    dated = tuple(c for c in cells if c.year in years)
    valued = tuple(c for c in cells if any(_has(c, figure) for figure in figures))
    worded = tuple(c for c in cells if stems_of(f"{c.column} {c.text}") & words and not c.year)
    both = tuple(c for c in cells if c in dated or c in valued or c in worded)
    chosen = [both, dated, valued, *((c,) for c in both[:_CELLS])]
    kept = list(dict.fromkeys(some for some in chosen if some and len(some) <= _CELLS))
    return kept or [cells[:_CELLS]] if cells else []


def _has(cell: Cell, figure: Quantity) -> bool:
    told = find_quantities(f"{cell.text} {cell.measure}")
    return any(
        same_quantity(one.quantity, figure) or one.quantity.low == figure.low for one in told
    )


def with_neighbours(evidence: Sequence[Evidence], store: PassageStore) -> tuple[Evidence, ...]:
    """Return evidence with the other passages of its first pages, and sentences cut apart by them.

    A claim may be near the words around a sentence rather than to the sentence itself.
    """
    known = {piece.passage.id for piece in evidence}
    sources = {piece.source.id: piece.source for piece in evidence}
    pages = list(dict.fromkeys((e.passage.source_id, e.passage.page) for e in evidence))
    added: list[Evidence] = []
    for source_id, number in pages[:_WHOLE_PAGES]:
        there = store.catalog.passages_of_page(source_id, number)
        if len(there) > _LARGE_PAGE:
            continue
        text = store.catalog.page(source_id, number).text
        added += [
            Evidence(passage, sources[source_id], 0.0, 0.0)
            for passage in (*there, *_joined_prose(there, text))
            if passage.id not in known
        ]
    return (*evidence, *added)


def _joined_prose(passages: Sequence[Passage], page_text: str) -> Iterator[Passage]:
    """Yield each two passages of prose that part a sentence between them as one."""
    prose = sorted((p for p in passages if p.kind == "prose"), key=lambda passage: passage.start)
    for first, second in pairwise(prose):
        if _SENTENCE_END.search(first.text) or second.start - first.end > _GAP:
            continue
        text = page_text[first.start : second.end]
        yield replace(first, id=f"{first.id}+", end=second.end, text=text)
