"""The sources for a claim, with a verdict: each statement of the evidence is held against it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, CitedClaim, Verdict
from assistant.answering import make_citation
from assistant.candidates import Candidate
from assistant.claim_statements import statements_for, with_neighbours
from assistant.claims import parts_of, spelled_out
from assistant.quantities import find_quantities
from assistant.support import Support, check, statement_of
from assistant.support.entailment import Entailment, lower
from index.embedding import Embedder
from index.passage import Evidence
from index.store import PassageStore

_MEASURED = ("amount", "money", "price", "percent")
_FAR_WORDS = 0.45  # share of its words from which a statement with a claim's figures is about it
_CITATIONS = 3
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
    evidence = with_neighbours(evidence, store)
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
        for candidate in statements_for(claim, evidence)
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


def _citations(found: Sequence[_Held]) -> tuple[Citation, ...]:
    places: dict[tuple[str, int], Candidate] = {}
    for one in found:
        places.setdefault((one.candidate.evidence.passage.id, one.candidate.start), one.candidate)
    cited = list(places.values())[:_CITATIONS]
    return tuple(make_citation(number, candidate) for number, candidate in enumerate(cited, 1))
