"""The sources for a claim, with a verdict: what it states is held against facts and statements."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, CitedClaim
from assistant.citing.comparing import ComparedFact, compare_with_sources
from assistant.citing.nearness import (
    Nearness,
    content_of,
    measure_nearness,
    open_slots,
    open_words,
)
from assistant.citing.reading import ReadClaim, hole_of, read_claim
from assistant.citing.slots import (
    Reading,
    compare_slots,
    missing_slots,
    nearness_slots,
    parse_ahead,
    read,
    read_around,
    read_row,
)
from assistant.citing.statements import (
    Statement,
    is_in,
    nearest_to,
    statements_in,
    with_neighbours,
)
from assistant.citing.verdict_model import join, judge_slots
from assistant.citing.verdicts import (
    DECIDING,
    Decision,
    Held,
    decide,
    decide_cell,
    nearness_of,
)
from assistant.citing.working_out import work_out
from assistant.entailment import Entailment, Judgement
from assistant.extractive import Candidate, make_citation
from assistant.figures import FactSearch
from assistant.figures.realising import realise
from assistant.figures.value_words import forms, value_text
from corpus.facts import Absent, Fact, Query
from corpus.language.quantities import Quantity, find_quantities, same_quantity
from corpus.language.units import is_convertible
from index.embedding import Embedder
from index.facts import LedgerFact, is_newer_edition
from index.passage import Evidence
from index.storage.store import PassageStore

_CITATIONS = 3


@dataclass(frozen=True, slots=True)
class Sources:
    """What claims are held against: facts, passages, and the models that read both."""

    search: FactSearch
    store: PassageStore
    embedder: Embedder
    entailment: Entailment


@dataclass(frozen=True, slots=True)
class Stated:
    """What is to be held against sources: a claim in words, or a cell of a table with its fact."""

    text: str
    cell: Fact | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim with the facts and the statements that were found for it."""

    text: str
    facts: tuple[LedgerFact, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class _Near:
    """A statement, and how near its words are to those of a text."""

    statement: Statement
    words: Nearness


def cite_claims(
    claims: Sequence[Stated],
    find: Callable[[Sequence[str]], Sequence[Sequence[Evidence]]],
    sources: Sources,
) -> Iterator[CitedClaim]:
    """Yield the verdict on each claim and the passages that carry it, or deny it, best first.

    `find` finds the evidence for each of some texts. A cell is held against facts alone: a figure
    below a few words is too little for words to carry or contradict it.
    """
    worded = [one.text for one in claims if one.cell is None]
    cited = _cite_texts(worded, find(worded), sources)
    for one in claims:
        yield _cite_cell(one.text, one.cell, sources.search) if one.cell else next(cited)


def _cite_cell(text: str, cell: Fact, search: FactSearch) -> CitedClaim:
    """Hold a cell against facts, whatever else its caption says, and whose word its table is."""
    fact = replace(cell, rest=(), attributed_to="")
    found = search.find_in_words(hole_of(fact, Query(text, Fact(Absent())))).facts
    compared = compare_with_sources(fact, found)
    decision = decide_cell(compared)
    if decision.verdict == "not_found":
        return CitedClaim(text, "not_found")
    cited = _cited_facts(text, decision, search)
    return _with_newer(cited, [compared], search) if decision.verdict == "supported" else cited


def _cite_texts(
    texts: Sequence[str], found: Sequence[Sequence[Evidence]], sources: Sources
) -> Iterator[CitedClaim]:
    """Yield the verdict on each text; what is to be embedded or parsed of all is so at once."""
    asked = [_gathered(*one, sources) for one in zip(texts, found, strict=True)]
    told = [statement.text for one in asked for statement in one.statements]
    sources.embedder.token_vectors([*texts, *told])  # kept text by text
    asked = [_narrowed(one, sources.embedder) for one in asked]
    deciding = [_deciding(one.text, one.statements, sources.embedder) for one in asked]
    parse_ahead([*texts, *(near.statement.text for those in deciding for near in those)])
    near = [*zip(texts, deciding, strict=True)]
    held = _hold_each(near, sources.entailment, lambda one: one.is_judged)
    for claim, whole in zip(asked, held, strict=True):
        yield _cite_text(claim, whole, sources)


def _gathered(text: str, evidence: Sequence[Evidence], sources: Sources) -> _Claim:
    evidence = with_neighbours(evidence, sources.store)
    facts = _facts_in(evidence, sources.search)
    return _Claim(text, facts, statements_in(evidence, text, facts))


def _narrowed(claim: _Claim, embedder: Embedder) -> _Claim:
    return replace(claim, statements=nearest_to(claim.text, claim.statements, embedder))


def _cite_text(claim: _Claim, whole: Sequence[Held], sources: Sources) -> CitedClaim:
    search = sources.search
    read_as = read_claim(claim.text, search.parse(claim.text))
    facts = [_compared(fact, read_as, claim.facts, search) for fact in read_as.facts]
    decision = _decide(claim, whole, read_as, facts, sources)
    if decision.verdict != "supported" and (found := work_out(claim.text, search)):
        return found
    cited = _cited(read_as, decision, search)
    is_current = decision.verdict != "supported" or read_as.query.editions
    return cited if is_current else _with_newer(cited, facts, search)


def _decide(
    claim: _Claim,
    whole: Sequence[Held],
    read_as: ReadClaim,
    facts: Sequence[ComparedFact],
    sources: Sources,
) -> Decision:
    """Decide by a claim as a whole, its facts, and where need be its parts.

    Of a part it is only asked whether statements support it.
    """
    if not whole:
        return Decision("not_found")

    def parts() -> list[list[Held]]:
        embedder = sources.embedder
        near = [(part, _deciding(part, claim.statements, embedder)) for part in read_as.parts]
        return _hold_each(near, sources.entailment, lambda one: one.may_support_by_words)

    return decide(whole, parts, facts)


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


def _deciding(text: str, statements: Sequence[Statement], embedder: Embedder) -> list[_Near]:
    """Return the statements that a text is held against, the nearest first."""
    of_text, *vectors = embedder.token_vectors([text, *(one.text for one in statements)])
    claim = read_around(text)

    def nearness(one: _Near) -> float:
        said, around = _read_statement(one.statement, read_around), _read_above(one.statement)
        return nearness_of({**one.words.slots, **nearness_slots(claim, said, around)})

    placed = [
        _Near(statement, measure_nearness(of_text, of_statement))
        for statement, of_statement in zip(statements, vectors, strict=True)
    ]
    return sorted(placed, key=nearness, reverse=True)[:DECIDING]


def _hold_each(
    texts: Sequence[tuple[str, Sequence[_Near]]],
    entailment: Entailment,
    is_judged: Callable[[Held], bool],
) -> list[list[Held]]:
    """Hold each text against statements, by slots and by entailment of their words.

    Entailment is judged of those of which it counts, of all texts at once.
    """
    held = [_by_slots(text, near) for text, near in texts]
    pairs = [
        (text, one)
        for (text, _), those in zip(texts, held, strict=True)
        for one in those
        if is_judged(one)
    ]
    judged = entailment.judge([(text, one.statement.in_context) for text, one in pairs])
    entailed = {id(one): found for (_, one), found in zip(pairs, judged, strict=True)}
    return [[_entailed(one, entailed.get(id(one))) for one in those] for those in held]


def _entailed(held: Held, found: Judgement | None) -> Held:
    if found is None:
        return held
    return replace(held, judgement=join(held.judgement, found), entailed=found.supported)


def _by_slots(text: str, deciding: Sequence[_Near]) -> list[Held]:
    """Hold a text against statements, by what slots of the two say."""
    claim, words = read(text), content_of(text)
    held = []
    for near in deciding:
        around = _read_above(near.statement)
        said = _read_statement(near.statement, read)
        far = open_words(words, said.stems | around.stems, near.words)
        slots = {**compare_slots(claim, said, around), **near.words.slots, **open_slots(far, words)}
        held.append(Held(near.statement, slots, judge_slots(slots), open_words=far))
    return held


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


def _with_newer(cited: CitedClaim, facts: Sequence[ComparedFact], search: FactSearch) -> CitedClaim:
    """Return a claim that is supported, but contradicted by what has superseded its figure."""
    for one in facts:
        if newer := _superseding(one, search):
            wrong, right = _correction(cited.claim, newer.fact, one.fact)
            says = forms("voice")["newer"].format(said=realise(newer))
            return replace(cited, verdict="contradicted", says=says, wrong=wrong, right=right)
    return cited


def _superseding(compared: ComparedFact, search: FactSearch) -> LedgerFact | None:
    """Return what a newer edition gives in place of a figure that a claim still has."""
    found = [one.newer for one in search.ledger.placed(compared.carrying) if one.newer]
    newest = found[0] if found else None
    for other in found[1:]:
        newest = other if newest and is_newer_edition(other, newest) else newest
    if newest is None or any(is_newer_edition(one, newest) for one in compared.carrying):
        return None
    [placed] = search.ledger.placed([newest])
    return placed


def _correction(claim: str, said: Fact, claimed: Fact | None = None) -> tuple[str, str]:
    """Return the figure of a claim that a fact gives otherwise, and the fact's; "" for several.

    Of several it is the one that the claim's own fact has, where that is known.
    """
    value, own = said.value, claimed.value if claimed else None
    if not isinstance(value, Quantity):
        return "", ""
    alike = [one for one in find_quantities(claim) if is_convertible(one.quantity.unit, value.unit)]
    if isinstance(own, Quantity):
        alike = [one for one in alike if same_quantity(one.quantity, own)]
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
