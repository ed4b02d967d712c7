"""The sources for a claim, with a verdict: each statement of the evidence is held against it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answer import Citation, CitedClaim, Verdict
from assistant.answering import make_citation
from assistant.candidates import Candidate, candidates, row_text
from assistant.claims import parts_of, spelled_out
from assistant.quantities import find_quantities
from assistant.support import Support, check, statement_of
from assistant.support.entailment import Entailment, lower
from assistant.support.facets import values
from corpus.document import Cell
from index.embedding import Embedder
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
_TIMES = ("year", "date", "label", "edition")
_MEASURED = ("amount", "money", "price", "percent")
_FAR_WORDS = 0.45  # share of its words from which a statement with a claim's figures is about it
_LARGE_SOURCE = 1_500  # passages from which a source is not read whole
_LARGE_PAGE = 150
_CITATIONS = 3
_WHOLE_PAGES = 3  # of the evidence, whose other passages are read too
_CELLS = 24  # of a row that are held against a claim one by one
_VERDICTS: tuple[Verdict, ...] = ("supported", "contradicted", "partly")


@dataclass(frozen=True, slots=True)
class _Held:
    """A statement with how it carries the claim."""

    candidate: Candidate
    support: Support
    has_figures: bool  # of the claim

    @property
    def rank(self) -> float:
        """Higher for a statement that says more of the claim itself."""
        support = self.support
        return support.coverage + support.own_coverage - 0.2 * len(support.reasons)

    @property
    def carries_figures(self) -> bool:
        """Whether it has all figures, names and times of the claim, and only words are missing."""
        support = self.support
        if support.verdict == "contradicted" or support.against or not self.has_figures:
            return False
        return support.missing <= {"words"} and support.coverage >= _FAR_WORDS


def cite_claim(
    claim: str,
    evidence: Sequence[Evidence],
    store: PassageStore,
    embedder: Embedder,
    entailment: Entailment | None = None,
) -> CitedClaim:
    """Return the verdict on one claim and the passages that carry it, best first.

    `supported` where one statement carries it whole, `contradicted` where one says otherwise of
    the same matter, `partly` where one carries its figures and most of its words.
    """
    evidence = _with_neighbours(evidence, store)
    told = spelled_out(claim)
    cited = replace(_cite_whole(told, evidence, embedder, entailment), claim=claim)
    if cited.verdict == "supported":
        return cited
    parts = parts_of(told)
    if len(parts) < 2:
        return cited
    by_part = [_cite_whole(part, evidence, embedder, entailment) for part in parts]
    return _joined(claim, cited, by_part)


def _joined(claim: str, whole: CitedClaim, parts: Sequence[CitedClaim]) -> CitedClaim:
    """Return the verdict on a claim of several parts, each of which may have its own source."""
    verdicts = [part.verdict for part in parts]
    citations = [citation for part in parts for citation in part.citations[:1]]
    numbered = tuple(replace(c, number=number) for number, c in enumerate(citations, 1))
    if all(verdict == "supported" for verdict in verdicts):
        return CitedClaim(claim, "supported", numbered)
    contradicted = [part for part in parts if part.verdict == "contradicted"]
    if contradicted and whole.verdict != "contradicted":
        return replace(contradicted[0], claim=claim)
    return whole


def _cite_whole(
    claim: str,
    evidence: Sequence[Evidence],
    embedder: Embedder,
    entailment: Entailment | None,
) -> CitedClaim:
    """Return the verdict on a claim by the one statement that says most of it."""
    has_figures = any(q.kind in _MEASURED for q in find_quantities(claim))
    held = [
        _Held(candidate, check(claim, statement_of(candidate), embedder), has_figures)
        for candidate in _statements(claim, evidence)
    ]
    ranked = sorted(held, key=lambda one: one.rank, reverse=True)
    if entailment is not None:
        ranked = [_lowered(claim, one, entailment) for one in ranked]
    carrying = [one for one in ranked if one.carries_figures]
    for verdict in _VERDICTS:
        found = [one for one in ranked if one.support.verdict == verdict]
        if not found:
            continue
        if verdict == "contradicted" and carrying:
            # What one place says otherwise another says so, if in words too far off to be sure.
            return CitedClaim(claim, "partly", _citations(carrying))
        says = found[0].candidate.text if verdict == "contradicted" else ""
        return CitedClaim(claim, verdict, _citations(found), says)
    return CitedClaim(claim, "not_found")


def _lowered(claim: str, held: _Held, entailment: Entailment) -> _Held:
    statement = statement_of(held.candidate)
    return replace(held, support=lower(claim, statement, held.support, entailment))


def _with_neighbours(evidence: Sequence[Evidence], store: PassageStore) -> tuple[Evidence, ...]:
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


def _citations(found: Sequence[_Held]) -> tuple[Citation, ...]:
    places: dict[tuple[str, int], Candidate] = {}
    for one in found:
        places.setdefault((one.candidate.evidence.passage.id, one.candidate.start), one.candidate)
    cited = list(places.values())[:_CITATIONS]
    return tuple(make_citation(number, candidate) for number, candidate in enumerate(cited, 1))


def _statements(claim: str, evidence: Sequence[Evidence]) -> Iterator[Candidate]:
    """Yield the sentences of the evidence, and its rows cell by cell and two cells together."""
    question = analyze(claim)
    figures = [q for q in find_quantities(claim) if q.kind not in _TIMES]
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
