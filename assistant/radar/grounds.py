"""The grounds of what is kept: the facts at the places that it cites, else the words there.

A row or a sentence says more than what it is cited for: of its facts those are taken that fit the
question, and those whose figures the citing words have.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation
from assistant.drafts import CheckedSentence
from assistant.extractive.asked import read_asked
from assistant.radar.same_thing.same_cell import cell_of
from assistant.radar.subscription import Ground
from assistant.sentences import sentence_spans
from corpus.document import Source
from corpus.facts import Query
from corpus.facts.compare import compare
from corpus.language.quantities import Quantity, find_quantities, same_quantity
from corpus.language.units import is_convertible
from index.errors import UnknownSourceError
from index.facts import Ledger, LedgerFact
from index.question import analyze
from index.wording import stems

_DECIDING = ("period", "arguments", "measure")  # slots that part the cells of a row


@dataclass(frozen=True, slots=True)
class _Cited:
    """A cited stretch of a page with the words that cite it; of a row the cited cells."""

    source: Source
    page: int
    page_label: str
    start: int
    end: int
    quote: str
    stated: str
    cells: tuple[tuple[int, int], ...] = ()


def grounds_of_answer(
    answer: Answer, ledger: Ledger, parse: Callable[[str], Query]
) -> tuple[Ground, ...]:
    """Return what an answer rests on, as the ledger has it now."""
    if not answer.citations:
        return ()
    asked = answer.standalone_question or answer.question
    query = parse(asked)
    cited = [_of_citation(one, answer) for one in answer.citations]
    if not (answer.table or answer.steps):
        cited = _to_the_point(asked, cited)
    return _unique(ground for one in cited for ground in _grounds(one, ledger, query))


def grounds_of_draft(
    checked: Iterable[CheckedSentence], ledger: Ledger, parse: Callable[[str], Query]
) -> tuple[Ground, ...]:
    """Return what the sentences of a checked draft rest on that sources carry."""
    found: list[Ground] = []
    for one in checked:
        if one.verdict not in ("supported", "partly"):
            continue
        claim = one.meant or one.sentence.stated
        query = parse(claim)
        for cited in _of_references(one, claim, ledger):
            found += _grounds(cited, ledger, query)
    return _unique(found)


def grounds_of_facts(facts: Iterable[LedgerFact], ledger: Ledger) -> tuple[Ground, ...]:
    """Return what an exported table of facts rests on: each of them."""
    texts: dict[tuple[str, int], str] = {}
    return _unique(_of_fact(one, ledger, texts) for one in facts)


def _of_citation(citation: Citation, answer: Answer) -> _Cited:
    carried = (one.text for one in answer.sentences if citation.number in one.citations)
    return _Cited(
        citation.source,
        citation.page,
        citation.page_label,
        citation.start,
        citation.end,
        citation.quote,
        " ".join(carried),
        tuple((cell.start, cell.end) for cell in citation.cells),
    )


def _to_the_point(asked: str, cited: Sequence[_Cited]) -> list[_Cited]:
    """Return what is cited without the sentences that only stand beside what is asked.

    They have less than half of the words that are asked about of the one that has most.
    """
    words = read_asked(analyze(asked), {}).words
    shares = [sum(bool(word.stems & stems(one.quote)) for word in words) for one in cited]
    most = max(shares)
    return [one for one, share in zip(cited, shares, strict=True) if one.cells or 2 * share >= most]


def _of_references(one: CheckedSentence, claim: str, ledger: Ledger) -> Iterator[_Cited]:
    for reference in one.references:
        try:
            source = ledger.catalog.source(reference.source_id).source
        except UnknownSourceError:
            continue  # it was removed since
        number, start, end = reference.number, reference.start, reference.end
        quote = ledger.page_text(source.id, number)[start:end]
        yield _Cited(source, number, reference.label, start, end, quote, claim)


def _grounds(cited: _Cited, ledger: Ledger, query: Query) -> Iterator[Ground]:
    """Yield the facts of a cited stretch that it is cited for, its sentences where there are none.

    A sentence that is cited beside those with facts is left out: they say what is cited.
    """
    cited = _whole(cited, ledger)
    place = (cited.source.id, cited.page, cited.start, cited.end)
    facts = tuple(ledger.within([place], {cited.source.id: cited.source}))
    if chosen := _cited_for(facts, cited, query):
        texts: dict[tuple[str, int], str] = {}
        yield from (_of_fact(one, ledger, texts, cited.page_label) for one in chosen)
        return
    for start, end in sentence_spans(cited.quote):
        begin, stop = cited.start + start, cited.start + end
        quote = cited.quote[start:end]
        yield Ground(cited.source, cited.page, cited.page_label, begin, stop, quote)


def _whole(cited: _Cited, ledger: Ledger) -> _Cited:
    """Return a cited stretch with all of the sentences that it is a part of; cells stay cells."""
    try:
        page = ledger.catalog.page(cited.source.id, cited.page)
    except UnknownSourceError:
        return cited  # it was removed since
    spans = [
        (block.start + start, block.start + end)
        for block in page.blocks
        if block.kind != "row" and block.start < cited.end and cited.start < block.end
        for start, end in sentence_spans(page.text[block.start : block.end])
    ]
    around = [span for span in spans if span[0] < cited.end and cited.start < span[1]]
    if cited.cells or not around or page.text[cited.start : cited.end] != cited.quote:
        return cited
    start, end = min(cited.start, around[0][0]), max(cited.end, around[-1][1])
    return replace(cited, start=start, end=end, quote=page.text[start:end])


def _cited_for(facts: Sequence[LedgerFact], cited: _Cited, query: Query) -> tuple[LedgerFact, ...]:
    """Return the facts of a stretch that the words which cite it are about.

    Those whose figures they have are so even where they call them otherwise: "supply" of a country.
    """
    if cited.cells:
        return tuple(one for one in facts if _is_in_cells(one, cited.cells))
    figures = [one.quantity for one in find_quantities(cited.stated)]
    stated = [one for one in facts if any(_is_stated(one, figure) for figure in figures)]
    fitting = [one for one in facts if not _is_of_another(query, one)]
    return tuple([one for one in stated if one in fitting] or stated or fitting)


def _is_in_cells(one: LedgerFact, cells: Iterable[tuple[int, int]]) -> bool:
    place = one.fact.place
    return any(start < place.value_end and place.value_start < end for start, end in cells)


def _is_of_another(query: Query, one: LedgerFact) -> bool:
    return any(slot in _DECIDING for slot in compare(query, one.fact).others)


def _is_stated(one: LedgerFact, figure: Quantity) -> bool:
    value = one.fact.value
    if not isinstance(value, Quantity):
        return False
    is_of_kind = figure.unit == value.unit or is_convertible(figure.unit, value.unit)
    return is_of_kind and same_quantity(figure, value)


def _of_fact(
    one: LedgerFact, ledger: Ledger, texts: dict[tuple[str, int], str], label: str = ""
) -> Ground:
    place = one.fact.place
    at = one.source.id, place.page
    if at not in texts:
        texts[at] = ledger.page_text(*at)
    text = texts[at]
    return Ground(
        one.source,
        place.page,
        label or one.page_label or str(place.page),
        place.start,
        place.end,
        text[place.start : place.end],
        one.fact,
        text[place.value_start : place.value_end],
        one.same,
        None if one.fact.table.row else cell_of(one, _of_page(one, ledger)),
    )


def _of_page(one: LedgerFact, ledger: Ledger) -> Iterator[LedgerFact]:
    """Yield the facts of the page of a fact."""
    place = (one.source.id, one.fact.place.page, 0, sys.maxsize)
    return ledger.within([place], {one.source.id: one.source})


def _unique(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    """Return grounds, those at one place once."""
    found: dict[tuple[object, ...], Ground] = {}
    for one in grounds:
        place = one.fact.place if one.fact else (one.start, one.end)
        found.setdefault((one.source.id, one.page, place), one)
    return tuple(found.values())
