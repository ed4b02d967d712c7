"""The sources for a claim, with a verdict: what it states is held against facts and statements."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, CitedClaim
from assistant.citing.comparing import ComparedFact, compare_with_sources
from assistant.citing.nearness import content_of, measure_nearness, open_slots, open_words
from assistant.citing.reading import ReadClaim, hole_of, read_claim
from assistant.citing.slots import (
    Reading,
    compare_slots,
    missing_slots,
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
from assistant.citing.verdicts import (
    Decision,
    Held,
    HeldClaim,
    decide,
    decide_cell,
    held_shares,
    odds,
)
from assistant.citing.working_out import work_out, work_out_change
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
_IN_WORDS = 2.0  # log-odds by which a statement with all words of a claim is the more telling
_TOGETHER = 8  # claims that are judged at once: what is read of their statements is held by then


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
class Gathered:
    """A claim as it is read, with the facts and the statements that it is held against."""

    claim: ReadClaim
    facts: tuple[ComparedFact, ...]
    statements: tuple[Statement, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The claim, and its parts."""
        return (self.claim.text, *self.claim.parts)


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
    """Yield the verdict on each text, some of them as soon as these are judged."""
    for first in range(0, len(texts), _TOGETHER):
        some = slice(first, first + _TOGETHER)
        gathered = gather(texts[some], found[some], sources)
        held = iter(hold_each([one for one in gathered if one.statements], sources))
        for one in gathered:
            yield _cite_text(one, next(held) if one.statements else None, sources.search)


def gather(
    texts: Sequence[str], found: Sequence[Sequence[Evidence]], sources: Sources
) -> list[Gathered]:
    """Return each text with the facts and statements of the evidence found for it.

    What is to be parsed and embedded of all is so at once.
    """
    parse_ahead(texts)
    here, stated = [], []
    for text, evidence in zip(texts, found, strict=True):
        read_whole = with_neighbours(evidence, sources.store)
        here.append(_facts_in(read_whole, sources.search))
        stated.append(statements_in(read_whole, text, here[-1]))
    sources.embedder.token_vectors([*texts, *(one.text for those in stated for one in those)])
    return [
        _gathered(text, facts, nearest_to(text, those, sources.embedder), sources.search)
        for text, facts, those in zip(texts, here, stated, strict=True)
    ]


def _gathered(
    text: str, here: Sequence[LedgerFact], statements: tuple[Statement, ...], search: FactSearch
) -> Gathered:
    query = search.parse(text)
    claim = read_claim(text, query, search.filer_of(query))
    facts = tuple(_compared(fact, claim, here, search) for fact in claim.facts)
    return Gathered(claim, facts, statements)


def hold_each(gathered: Sequence[Gathered], sources: Sources) -> list[HeldClaim]:
    """Hold each claim, and its parts, against its statements.

    What entails what is judged of all at once; slots are compared, and grammar is parsed, of the
    two statements of a claim that tell most.
    """
    pairs = [
        (text, statement.in_context)
        for one in gathered
        for text in one.texts
        for statement in one.statements
    ]
    judged = iter(sources.entailment.judge(pairs))
    told = [[[next(judged) for _ in one.statements] for _ in one.texts] for one in gathered]
    telling = [_telling(one.statements, rows[0]) for one, rows in zip(gathered, told, strict=True)]
    parse_ahead(
        one.statements[at].text
        for one, places in zip(gathered, telling, strict=True)
        for at in places
    )
    return [
        _held_claim(one, rows, places, sources.embedder)
        for one, rows, places in zip(gathered, told, telling, strict=True)
    ]


def _telling(statements: Sequence[Statement], judged: Sequence[Judgement]) -> tuple[int, int]:
    """Return which statement is likeliest to support a claim, and which to contradict it.

    Of two that are as likely the one that shares more of the claim's words is.
    """

    def first(likely: Callable[[Judgement], float]) -> int:
        return max(
            range(len(judged)),
            key=lambda at: odds(likely(judged[at])) + _IN_WORDS * statements[at].shared,
        )

    return first(lambda one: one.supported), first(lambda one: one.contradicted)


def _held_claim(
    gathered: Gathered,
    judged: Sequence[Sequence[Judgement]],
    telling: tuple[int, int],
    embedder: Embedder,
) -> HeldClaim:
    whole, *parts = (tuple(row) for row in judged)
    text = gathered.claim.text
    held = {at: _held(text, gathered.statements[at], whole[at], embedder) for at in set(telling)}
    best, against = (held[at] for at in telling)
    return HeldClaim(text, gathered.statements, whole, tuple(parts), best, against, gathered.facts)


def _held(text: str, statement: Statement, judgement: Judgement, embedder: Embedder) -> Held:
    """Hold a claim against a statement, slot by slot and word by word."""
    words, around = content_of(text), _read_above(statement)
    said = _read_statement(statement, read)
    near = measure_nearness(*embedder.token_vectors([text, statement.text]))
    far = open_words(words, said.stems | around.stems, near)
    slots = {**compare_slots(read(text), said, around), **near.slots, **open_slots(far, words)}
    return Held(statement, judgement, slots | held_shares(slots), far)


def _cite_text(gathered: Gathered, held: HeldClaim | None, search: FactSearch) -> CitedClaim:
    claim = gathered.claim
    decision = decide(held) if held else Decision("not_found")
    if decision.verdict != "supported" and (found := work_out(claim.text, search)):
        return found
    cited = _cited(claim, decision, held, search)
    is_current = decision.verdict != "supported" or claim.query.editions
    return cited if is_current else _with_newer(cited, gathered.facts, search)


def _facts_in(evidence: Sequence[Evidence], search: FactSearch) -> tuple[LedgerFact, ...]:
    passages = [piece.passage for piece in evidence]
    places = [(one.source_id, one.page, one.start, one.end) for one in passages]
    return tuple(search.ledger.within(places, search.ledger.sources(search.filters)))


def _compared(
    fact: Fact, claim: ReadClaim, here: Sequence[LedgerFact], search: FactSearch
) -> ComparedFact:
    found = search.find_in_words(hole_of(fact, claim.query)).facts
    known = {one.row for one in found}
    told = (*found, *(one for one in here if one.row not in known))
    compared = compare_with_sources(fact, search.as_counted(told, fact.period))
    if compared.carrying:
        return compared
    return replace(compared, worked_from=work_out_change(fact, claim.query, search))


def _read_statement(one: Statement, read_text: Callable[[str], Reading]) -> Reading:
    said = read_text(one.text)
    if not one.is_told_by_cells:
        return said
    return read_row(said, [held.fact for held in one.facts if is_in(held, one.cells)], one.cells)


def _read_above(one: Statement) -> Reading:
    return read_around(f"{one.above}\n{one.before}")


# -- what is told


def _cited(
    claim: ReadClaim, decision: Decision, held: HeldClaim | None, search: FactSearch
) -> CitedClaim:
    text, verdict = claim.text, decision.verdict
    if verdict == "not_found" or held is None:
        return CitedClaim(text, "not_found")
    if decision.facts:
        return _cited_facts(text, decision, search)
    says = ""
    if verdict == "contradicted":
        says = decision.statements[0].text
    elif verdict == "partly":
        says = _parted(claim, decision, held.best)
    return CitedClaim(text, verdict, _citations(decision.statements), says)


def _parted(claim: ReadClaim, decision: Decision, best: Held) -> str:
    """Return which parts of a claim are carried and which are not, else which words are not."""
    parts = list(enumerate(claim.parts))
    carried = [part for number, part in parts if number in decision.carried]
    rest = [part for number, part in parts if number not in decision.carried]
    if not carried or not rest:
        said, around = _read_statement(best.statement, read_around), _read_above(best.statement)
        words = tuple(one.word.text for one in best.open_words)
        carried, rest = [], [*missing_slots(claim.text, said, around), *words]
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
