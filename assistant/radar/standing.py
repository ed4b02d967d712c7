"""Whether a ground still stands after its source changed or went: there, elsewhere, or not at all.

The words themselves are looked for first, then the fact, then a sentence that says the same. A
value that took the place of another is told as such.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.answer import Citation, Reference, reference_of
from assistant.fact_writing import about_text
from assistant.radar.finding import Finding
from assistant.radar.held_library import HeldLibrary, Said
from assistant.radar.same_thing.claim_comparison import contradiction_of
from assistant.radar.same_thing.revisions import is_twin, revision_of, says_as_much
from assistant.radar.same_thing.same_cell import cell_of
from assistant.radar.same_thing.same_figure import is_printed_anew
from assistant.radar.same_thing.sentence_comparison import compare_sentences, ruling_until
from assistant.radar.subscription import Ground
from corpus.document import Context, Source
from corpus.facts import Fact
from index.facts import LedgerFact, same_value

_NEAR = 5  # passages in which the words of a lost ground may stand
_ROW = -2  # of a ground that is held against facts by itself
_ABOUT_CHARS = 160


@dataclass(frozen=True, slots=True)
class Standing:
    """A ground as it stands now, maybe as a lost one, and what is to be told of it."""

    ground: Ground
    finding: Finding | None = None


def standing_of(ground: Ground, library: HeldLibrary, is_there: bool) -> Standing:
    """Return how a ground stands whose source changed, or is no longer there."""
    if is_there and (standing := _in_its_source(ground, library)):
        return standing
    for source_id in _near(ground, library):
        if source_id != ground.source.id and (held := _said_again(ground, source_id, library)):
            return Standing(held)
    place = reference_at(ground.source, words_of(ground))
    told = Finding("no longer said", about(ground), _held(ground), "", place)
    return Standing(replace(ground, is_lost=True), told)


def find_again(ground: Ground, source_ids: Iterable[str], library: HeldLibrary) -> Ground:
    """Return a lost ground as one of some sources says it again, as it is where none does."""
    lost = replace(ground, is_lost=False)
    found = (_said_again(lost, source_id, library) for source_id in source_ids)
    return next((one for one in found if one), ground)


def find_ended(grounds: Iterable[Ground], since: str, today: str) -> Iterator[Finding]:
    """Yield what held until a day that is over since the day of the last look (ISO)."""
    for ground in grounds:
        ruling = ruling_until(ground.quote)
        if since and since <= ruling.until < today:
            place = reference_at(ground.source, words_of(ground))
            yield Finding("out of date", about(ground), ruling.words, "", place)


def about(ground: Ground) -> str:
    """Return of what a ground is, in words: the slots of its fact, else what it says."""
    return about_fact(ground.fact) if ground.fact else _short(ground.quote)


def about_fact(fact: Fact) -> str:
    """Return of what a fact is, in words."""
    period = fact.period.text if fact.period else ""
    return ", ".join(part for part in (fact.measure, about_text(fact), period) if part)


def ground_of(found: LedgerFact, library: HeldLibrary) -> Ground:
    """Return a fact of the ledger as a ground, with its value as printed and its cell."""
    place = found.fact.place
    return Ground(
        *(found.source, place.page, found.page_label, place.start, place.end, found.quote),
        *(found.fact, library.value_of(found), found.same),
        cell_of(found, library.facts(found.source.id)),
    )


def with_words(ground: Ground, said: Said) -> Ground:
    """Return a ground that rests on other words from now on; its fact stays."""
    return replace(
        ground,
        source=said.source,
        page=said.page,
        page_label=said.page_label,
        start=said.start,
        end=said.end,
        quote=said.text,
    )


def without_fact(ground: Ground) -> Ground:
    """Return a ground that rests on its words alone."""
    return replace(ground, fact=None, value="", same="", cell=None)


def said_in(citation: Citation) -> Said:
    """Return where a citation stands."""
    return Said(
        *(citation.source, citation.page, citation.page_label),
        *(citation.start, citation.end, citation.quote),
    )


def stretch_of(found: LedgerFact) -> Said:
    """Return where a fact stands."""
    place = found.fact.place
    return Said(found.source, place.page, found.page_label, place.start, place.end, found.quote)


def reference_at(source: Source, said: Said) -> Reference:
    """Return a stretch of a source as a reference."""
    return reference_of(
        Citation(
            *(1, source, said.page, said.page_label, said.start, said.end, said.text),
            *(Context(), said.start, said.text, True),
        )
    )


def _in_its_source(ground: Ground, library: HeldLibrary) -> Standing | None:
    """Return how a ground stands in the new version of its source, None where nothing tells."""
    source_id = ground.source.id
    if said := library.find(source_id, ground.quote):
        return Standing(with_words(ground, said))
    if ground.fact and (standing := _by_fact(ground, source_id, library)):
        return standing
    return _by_sentence(ground, source_id, library) or _by_claim(ground, source_id, library)


def _by_fact(ground: Ground, source_id: str, library: HeldLibrary) -> Standing | None:
    held, facts = ground.readings(_ROW), library.facts(source_id)
    for one in held:
        if revised := revision_of(one, facts):
            return _newer_standing(ground, revised, library)
    if any(says_as_much(one, facts) for one in held):
        return Standing(replace(ground, source=library.source(source_id)))
    return None


def _newer_standing(ground: Ground, found: LedgerFact, library: HeldLibrary) -> Standing:
    """Return a ground that gives way to a fact with a newer value."""
    newer = ground_of(found, library)
    place = reference_at(found.source, stretch_of(found))
    told = Finding("newer value", about(ground), ground.value, newer.value, place)
    return Standing(newer, told)


def _by_sentence(ground: Ground, source_id: str, library: HeldLibrary) -> Standing | None:
    """Return how a ground stands by the sentence that is most like its own."""
    compared = [
        (said, compare_sentences(ground.quote, said.text, is_printed_anew))
        for said in library.said(source_id)
        if not said.is_row
    ]
    for said, how in compared:
        if how.relation == "same":
            return Standing(with_words(ground, said))
    for said, how in compared:
        if how.relation == "other value":
            place = reference_at(said.source, said)
            told = Finding("newer value", about(ground), how.before, how.after, place)
            return Standing(without_fact(with_words(ground, said)), told)
    return None


def _by_claim(ground: Ground, source_id: str, library: HeldLibrary) -> Standing | None:
    """Return how a ground stands by the verdict on its words as a claim."""
    if ground.is_row:
        return None
    cited = library.doors.cite(ground.quote, (source_id,))
    if cited.verdict == "supported" and cited.citations:
        return Standing(with_words(ground, said_in(cited.citations[0])))
    if found := contradiction_of(ground.quote, ground.source, cited):
        said = said_in(found.citation)
        place = reference_at(said.source, said)
        told = Finding("newer value", about(ground), found.before, found.after, place)
        return Standing(without_fact(with_words(ground, said)), told)
    return None


def _near(ground: Ground, library: HeldLibrary) -> Iterator[str]:
    """Yield the sources that may say the same: those with the same fact, those with like words."""
    found: dict[str, None] = {}
    if ground.same:
        rivals = library.ledger.select(["same = ?"], [ground.same], library.sources)
        found |= dict.fromkeys(one.source.id for one in rivals)
    near = library.doors.search(ground.quote)[:_NEAR] if library.sources else ()
    yield from found | dict.fromkeys(one.source.id for one in near)


def _said_again(ground: Ground, source_id: str, library: HeldLibrary) -> Ground | None:
    """Return a ground as another source has it, None where that says no such thing."""
    if said := library.find(source_id, ground.quote):
        return with_words(ground, said)
    for held in ground.readings(_ROW):
        for one in library.facts(source_id):
            if is_twin(held, one) and same_value(one.fact, held.fact):
                return ground_of(one, library)
    if ground.is_row:
        return None
    for said in library.said(source_id):
        if not said.is_row and compare_sentences(ground.quote, said.text).relation == "same":
            return with_words(ground, said)
    return None


def words_of(ground: Ground) -> Said:
    """Return where a ground stands."""
    return Said(
        *(ground.source, ground.page, ground.page_label, ground.start, ground.end, ground.quote)
    )


def _held(ground: Ground) -> str:
    """Return what a ground says in short: its value, else its words."""
    return ground.value or _short(ground.quote)


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= _ABOUT_CHARS else f"{told[: _ABOUT_CHARS - 1]}…"
