"""The sources for a claim, with a verdict: what it states is held against facts and statements."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, CitedClaim
from assistant.answering import make_citation
from assistant.candidates import Candidate
from assistant.citing.comparing import ComparedFact, compare_with_sources
from assistant.citing.reading import ReadClaim, hole_of, read_claim
from assistant.citing.slots import compare_slots, near_slots, read, read_around, read_statement
from assistant.citing.statements import Statement, statements_for, with_neighbours
from assistant.citing.verdict_model import join, judge_slots
from assistant.citing.verdicts import Decision, Held, decide
from assistant.entailment import Entailment
from assistant.figures import FactSearch
from assistant.figures.realising import realise
from corpus.facts import Fact
from index.embedding import Embedder
from index.facts import LedgerFact
from index.passage import Evidence
from index.store import PassageStore
from index.token_vectors import TokenVectors

_CITATIONS = 3


@dataclass(frozen=True, slots=True)
class Sources:
    """What claims are held against: facts, passages, and the models that read both."""

    search: FactSearch
    store: PassageStore
    embedder: Embedder
    entailment: Entailment


def cite_claim(claim: str, evidence: Sequence[Evidence], sources: Sources) -> CitedClaim:
    """Return the verdict on one claim and the passages that carry it, or deny it, best first."""
    whole, parts, facts = hold(claim, evidence, sources)
    return _cited(claim, decide(whole, parts, facts), sources.search)


def hold(
    claim: str, evidence: Sequence[Evidence], sources: Sources
) -> tuple[list[Held], list[list[Held]], list[ComparedFact]]:
    """Hold a claim, its parts and its facts against what was found for it."""
    read_as = read_claim(claim, sources.search.parse(claim))
    evidence = with_neighbours(evidence, sources.store)
    here = _facts_in(evidence, sources.search)
    statements = statements_for(claim, evidence, here, sources.embedder)
    if not statements:
        return [], [[] for _ in read_as.parts], []
    whole, parts = _held_by(read_as, statements, sources)
    facts = [_compared(fact, read_as, here, sources.search) for fact in read_as.facts]
    return whole, parts, facts


def _held_by(
    read_as: ReadClaim, statements: Sequence[Statement], sources: Sources
) -> tuple[list[Held], list[list[Held]]]:
    """Hold a claim and each of its parts against statements."""
    claims = (read_as.text, *read_as.parts)
    vectors = sources.embedder.token_vectors([*claims, *(one.text for one in statements)])
    of_claims, of_statements = vectors[: len(claims)], vectors[len(claims) :]
    whole, *parts = (
        _held(text, of_text, list(zip(statements, of_statements, strict=True)), sources.entailment)
        for text, of_text in zip(claims, of_claims, strict=True)
    )
    return whole, parts


def _facts_in(evidence: Sequence[Evidence], search: FactSearch) -> tuple[LedgerFact, ...]:
    passages = [piece.passage for piece in evidence]
    places = [(one.source_id, one.page, one.start, one.end) for one in passages]
    return tuple(search.ledger.within(places, search.ledger.sources(search.filters)))


def _compared(
    fact: Fact, claim: ReadClaim, here: Sequence[LedgerFact], search: FactSearch
) -> ComparedFact:
    found = search.find_in_words(hole_of(fact, claim.query)).facts
    known = {one.row for one in found}
    return compare_with_sources(fact, (*found, *(one for one in here if one.row not in known)))


def _held(
    text: str,
    of_text: TokenVectors,
    statements: Sequence[tuple[Statement, TokenVectors]],
    entailment: Entailment,
) -> list[Held]:
    """Hold a text against statements, by their slots and by the entailment of their words."""
    claim = read(text)
    held = []
    for statement, of_statement in statements:
        around = read_around(f"{statement.above}\n{statement.before}")
        said = read_statement(statement.text, [one.fact for one in statement.facts_of_row])
        slots = compare_slots(claim, said, around)
        slots |= near_slots(of_text, of_statement)
        held.append(Held(statement, slots, judge_slots(slots)))
    judged = entailment.judge(text, [one.statement.in_context for one in held])
    return [
        replace(one, judgement=join(one.judgement, entailed))
        for one, entailed in zip(held, judged, strict=True)
    ]


# -- what is told


def _cited(claim: str, decision: Decision, search: FactSearch) -> CitedClaim:
    if decision.verdict == "not_found":
        return CitedClaim(claim, "not_found")
    if decision.facts:
        return _cited_facts(claim, decision, search)
    says = decision.held[0].statement.text if decision.verdict == "contradicted" else ""
    statements = [held.statement for held in decision.held]
    return CitedClaim(claim, decision.verdict, _citations(statements), says)


def _cited_facts(claim: str, decision: Decision, search: FactSearch) -> CitedClaim:
    """Return the verdict that facts decide; of one that is superseded the newer is told."""
    cited = search.citations()
    placed = search.ledger.placed(decision.facts)[:_CITATIONS]
    newer = [one.newer for one in placed if one.newer]
    for one in (*search.ledger.placed(newer), *placed):
        cited.cite(one)
    says = realise(placed[0]) if decision.verdict == "contradicted" else ""
    return CitedClaim(claim, decision.verdict, cited.citations[:_CITATIONS], says)


def _citations(statements: Sequence[Statement]) -> tuple[Citation, ...]:
    """Return the citations of statements, each place once."""
    places: dict[tuple[str, int, int], Statement] = {}
    for one in statements:
        passage = one.evidence.passage
        places.setdefault((passage.source_id, passage.page, one.start), one)
    cited = list(places.values())[:_CITATIONS]
    return tuple(
        make_citation(number, Candidate(one.evidence, one.text, one.start, one.end, one.cells))
        for number, one in enumerate(cited, 1)
    )
