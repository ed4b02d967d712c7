"""The sources for a claim, with a verdict: what it states is held against facts and statements."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, CitedClaim
from assistant.citing.comparing import ComparedFact, compare_with_sources
from assistant.citing.nearness import content_of, near_slots, open_slots, open_words
from assistant.citing.reading import ReadClaim, hole_of, read_claim
from assistant.citing.slots import (
    Reading,
    compare_slots,
    missing_slots,
    nearness_slots,
    read,
    read_around,
    read_row,
)
from assistant.citing.statements import Statement, is_in, statements_for, with_neighbours
from assistant.citing.verdict_model import join, judge_slots
from assistant.citing.verdicts import DECIDING, Decision, Held, decide, nearness_of
from assistant.citing.working_out import work_out
from assistant.entailment import Entailment
from assistant.extractive import Candidate, make_citation
from assistant.figures import FactSearch
from assistant.figures.realising import realise
from assistant.figures.value_words import value_text
from corpus.facts import Fact
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.units import is_convertible
from index.embedding import Embedder
from index.facts import LedgerFact
from index.passage import Evidence
from index.storage.store import PassageStore
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
    read_as = read_claim(claim, sources.search.parse(claim))
    decision = decide(*_hold(read_as, evidence, sources))
    if decision.verdict != "supported" and (found := work_out(claim, sources.search)):
        return found
    return _cited(read_as, decision, sources.search)


def _hold(
    read_as: ReadClaim, evidence: Sequence[Evidence], sources: Sources
) -> tuple[list[Held], list[list[Held]], list[ComparedFact]]:
    """Hold a claim, its parts and its facts against what was found for it."""
    evidence = with_neighbours(evidence, sources.store)
    here = _facts_in(evidence, sources.search)
    statements = statements_for(read_as.text, evidence, here, sources.embedder)
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
    """Hold a text against the statements nearest to it, by slots and by entailment of their words.

    Only of these is the grammar read, and entailment judged where it can count.
    """
    claim, words = read(text), content_of(text)

    def nearness(one: tuple[Statement, TokenVectors]) -> float:
        statement, of_statement = one
        near = near_slots(of_text, of_statement)
        said = _read_statement(statement, read_around)
        return nearness_of(near | nearness_slots(claim, said, _read_above(statement)))

    held = []
    for statement, of_statement in sorted(statements, key=nearness, reverse=True)[:DECIDING]:
        around = _read_above(statement)
        said = _read_statement(statement, read)
        far = open_words(words, said.stems | around.stems, of_text, of_statement)
        slots = compare_slots(claim, said, around)
        slots |= near_slots(of_text, of_statement) | open_slots(far, words)
        held.append(Held(statement, slots, judge_slots(slots), open_words=far))
    open_ones = [one for one in held if one.is_near_enough]
    judged = entailment.judge(text, [one.statement.in_context for one in open_ones])
    entailed = {id(one): found for one, found in zip(open_ones, judged, strict=True)}
    return [
        replace(one, judgement=join(one.judgement, found), entailed=found.supported)
        if (found := entailed.get(id(one)))
        else one
        for one in held
    ]


def _read_statement(one: Statement, read_text: Callable[[str], Reading]) -> Reading:
    said = read_text(one.text)
    if not one.is_told_by_cells:
        return said
    return read_row(said, [held.fact for held in one.facts if is_in(held, one.cells)], one.cells)


def _read_above(one: Statement) -> Reading:
    return read_around(f"{one.above}\n{one.before}")


# -- what is told


def _cited(read_as: ReadClaim, decision: Decision, search: FactSearch) -> CitedClaim:
    claim, verdict = read_as.text, decision.verdict
    if verdict == "not_found":
        return CitedClaim(claim, "not_found")
    if decision.facts:
        return _cited_facts(claim, decision, search)
    says = ""
    if verdict == "contradicted":
        says = decision.held[0].statement.text
    elif verdict == "partly":
        says = _parted(read_as, decision)
    return CitedClaim(claim, verdict, _citations([one.statement for one in decision.held]), says)


def _parted(read_as: ReadClaim, decision: Decision) -> str:
    """Return which parts of a claim are carried and which are not, else which words are not."""
    parts = list(enumerate(read_as.parts))
    carried = [part for number, part in parts if number in decision.carried]
    rest = [part for number, part in parts if number not in decision.carried]
    if not carried or not rest:
        best = decision.held[0]
        said, around = _read_statement(best.statement, read_around), _read_above(best.statement)
        words = tuple(one.word.text for one in best.open_words)
        carried, rest = [], [*missing_slots(read_as.text, said, around), *words]
        if not rest:
            return best.statement.text
    told = (("Carried", carried), ("Not carried", rest))
    return " ".join(f"{lead}: {_listed(some)}." for lead, some in told if some)


def _listed(parts: Sequence[str]) -> str:
    """Return parts of a claim in quotation marks, each once."""
    return ", ".join(f'"{one.rstrip(" .")}"' for one in dict.fromkeys(parts))


def _cited_facts(claim: str, decision: Decision, search: FactSearch) -> CitedClaim:
    """Return the verdict that facts decide; of one that is superseded the newer is told."""
    cited = search.citations()
    placed = search.ledger.placed(decision.facts)[:_CITATIONS]
    newer = [one.newer for one in placed if one.newer]
    for one in (*search.ledger.placed(newer), *placed):
        cited.cite(one)
    citations = cited.citations[:_CITATIONS]
    if decision.verdict != "contradicted":
        return CitedClaim(claim, decision.verdict, citations)
    wrong, right = _correction(claim, placed[0].fact)
    return CitedClaim(claim, "contradicted", citations, realise(placed[0]), wrong, right)


def _correction(claim: str, said: Fact) -> tuple[str, str]:
    """Return the figure of a claim that a fact gives otherwise, and the fact's; "" for several."""
    value = said.value
    if not isinstance(value, Quantity):
        return "", ""
    alike = [one for one in find_quantities(claim) if is_convertible(one.quantity.unit, value.unit)]
    if len(alike) != 1:
        return "", ""
    return claim[alike[0].start : alike[0].end], value_text(replace(said, basis=""))


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
