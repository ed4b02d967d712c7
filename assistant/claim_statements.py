"""Which statements of the evidence a claim is held against: sentences, and rows cell by cell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.candidates import Candidate, candidates, row_text
from assistant.quantities import TIME_KINDS, find_quantities
from assistant.support.facets import values
from corpus.document import Cell
from index.passage import Evidence, Passage
from index.question import analyze
from index.store import PassageStore

_REFERENCES = re.compile(r"\b(?:sources|references|bibliography)$", re.IGNORECASE)
_REPORTED = re.compile(r"\b(?:reported by|source)\b", re.IGNORECASE)  # says nothing itself
_SENTENCE_END = re.compile(r"[.!?:;][\"”'’)\]]*\s*$")
_WORD = re.compile(r"[^\W\d_]")
_FLAG = re.compile(r"(?:yes|no|true|false)$", re.IGNORECASE)  # means nothing without its column
_AMOUNT = re.compile(r"[^\w]{0,3}(?!(?:19|20)\d\d$)\d*[1-9]")
_DIGITS = re.compile(r"\d+")
_GAP = 2  # characters between two passages that follow each other
_LARGE_SOURCE = 1_500  # passages from which a source is not read whole
_LARGE_PAGE = 150
_WHOLE_PAGES = 3  # of the evidence, whose other passages are read too
_CELLS = 24  # of a row that are held against a claim one by one


def statements_for(claim: str, evidence: Sequence[Evidence]) -> Iterator[Candidate]:
    """Yield the sentences of evidence, and its rows cell by cell and two cells together."""
    question = analyze(claim)
    figures = [q for q in find_quantities(claim) if q.kind not in TIME_KINDS]
    turns = bool(values(claim, "direction"))
    for candidate in candidates(question, evidence):
        if _REFERENCES.search(candidate.evidence.passage.context.section):
            continue  # a list of titles says nothing itself
        if candidate.is_row:
            yield from _cells_of(candidate, len(figures), turns)
        else:
            yield candidate


def _series(cells: Sequence[Cell]) -> list[tuple[Cell, ...]]:
    """Return the cells of a row that give one thing in several years: they say how it went."""
    series: dict[str, list[Cell]] = {}
    for cell in cells:
        if cell.year and _AMOUNT.match(cell.text):
            series.setdefault(_DIGITS.sub("", cell.column), []).append(cell)
    return [tuple(found) for found in series.values() if len({c.year for c in found}) > 1]


def _cells_of(row: Candidate, figures: int, turns: bool) -> Iterator[Candidate]:
    """Yield a row by each of its cells that could carry a claim with so many figures.

    Of a claim that something rose or fell (`turns`) by the cells of several years, too.
    """
    item = row.evidence
    cells = [
        cell for cell in item.passage.cells[1:] if cell.text and not _REPORTED.search(cell.column)
    ]
    worded = [cell for cell in cells if _WORD.search(cell.text) and not _FLAG.match(cell.text)]
    held = (cells if figures else worded or [c for c in cells if _AMOUNT.match(c.text)])[:_CELLS]
    chosen: list[tuple[Cell, ...]] = [(cell,) for cell in held]
    if figures > 1 and len(held) > 1:
        chosen.append(tuple(held))
    chosen += _series(cells) if turns else []
    for some in chosen:
        yield replace(row, cells=some, text=row_text(item, some))


def with_neighbours(evidence: Sequence[Evidence], store: PassageStore) -> tuple[Evidence, ...]:
    """Return evidence with the other passages of its first pages.

    A claim may be near the words around a sentence rather than to the sentence itself.
    """
    pages = list(dict.fromkeys((e.passage.source_id, e.passage.page) for e in evidence))
    first = set(pages[:_WHOLE_PAGES])
    sources = {e.source.id: e.source for e in evidence}
    known = {e.passage.id for e in evidence}
    added: list[Evidence] = []
    for source_id in dict.fromkeys(source_id for source_id, _ in pages[:_WHOLE_PAGES]):
        vector_ids = store.catalog.vector_ids(source_id)
        if len(vector_ids) > _LARGE_SOURCE:
            continue  # a table of thousands of rows has no words around its sentences
        passages = store.catalog.passages(sorted(vector_ids)).values()
        for number in sorted(page for source, page in first if source == source_id):
            text = store.catalog.page(source_id, number).text
            there = [passage for passage in passages if passage.page == number]
            if len(there) > _LARGE_PAGE:
                continue
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
