"""Twins of drafted questions that nothing in the library answers.

One part of a question is exchanged: its year, the country or company, or what is counted. The
twin reads like its sibling, so that an answer to it is a mistake and no misunderstanding.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.evaluation.case import Case
from assistant.evaluation.drafting.absence import Absence, subject_terms, terms_of
from assistant.evaluation.drafting.asking import Ask, kind_of_owner, question
from assistant.evaluation.drafting.periods import take_edition
from assistant.evaluation.drafting.proposal import Proposal, case_id
from assistant.evaluation.drafting.source_library import Library
from corpus.lexicon import load_lexicon

_YEARS_BACK = 12
_TRIES = 6  # of each kind of exchange
_YEARS_OF_EDITION = 7  # an older year is none that one would look for in it
_SPAN = re.compile(r"from \d{4} to \d{4}")
_WORLD = "the world"


@dataclass(frozen=True, slots=True)
class Pools:
    """What can take the place of a part: owners by kind, things by quantity, the last year."""

    owners: dict[str, tuple[str, ...]]
    partners: tuple[str, ...]
    things: dict[str, tuple[str, ...]]
    last_year: int


def pools_of(proposals: Iterable[Proposal], library: Library) -> Pools:
    """Return what the questions and sentences of a library name, for exchange among them."""
    owners: dict[str, set[str]] = defaultdict(set)
    things: dict[str, set[str]] = defaultdict(set)
    partners: set[str] = set()
    last_year = 0
    for proposal in proposals:
        ask = proposal.ask
        last_year = max(last_year, proposal.year)
        if ask is None or ask.frame == "content":
            continue
        if ask.owner and ask.owner != _WORLD:
            owners["company" if kind_of_owner(ask.owner) == "company" else "place"].add(ask.owner)
        if ask.partner:
            partners.add(ask.partner.split(" ", 1)[1])
        if ask.of:
            things[_measured(ask)].add(ask.of)
    lexicon = load_lexicon()
    owners["company"] |= {
        mention.entry.name
        for sentence in library.sentences
        for mention in lexicon.find_mentions(sentence.text)
        if mention.entry.kind == "company"
    }
    places = owners["place"] | partners
    return Pools(
        {"place": tuple(sorted(places)), "company": tuple(sorted(owners["company"]))},
        tuple(sorted(places)),
        {quantity: tuple(sorted(named)) for quantity, named in things.items()},
        last_year,
    )


def twin_of(proposal: Proposal, pools: Pools, absence: Absence, seed: str) -> Case | None:
    """Return a question like a drafted one that the library cannot answer, None for none found.

    The same seed gives the same twin.
    """
    chance = random.Random(seed)
    if proposal.ask is None:
        return _dated_twin(proposal, pools, absence, chance)
    exchanges = [_other_years, _other_owners, _other_things]
    chance.shuffle(exchanges)
    for exchange in exchanges:
        for ask in _some(exchange(proposal.ask, pools), chance):
            if absence.holds_nothing(ask.subject, ask.year, terms_of(ask)):
                return _case(question(ask, chance.randrange(_TRIES)))
    return None


def _some(asks: Iterator[Ask], chance: random.Random) -> list[Ask]:
    listed = list(asks)
    return chance.sample(listed, min(_TRIES, len(listed)))


def _other_years(ask: Ask, pools: Pools) -> Iterator[Ask]:
    if not ask.year or _SPAN.search(ask.period) or ask.frame != "quantity":
        return
    first, last = ask.year - _YEARS_BACK, min(ask.year + 2, pools.last_year)
    edition, _ = take_edition(ask.edition)
    if edition:
        first, last = max(first, edition.year - _YEARS_OF_EDITION), min(last, edition.year)
    for year in range(first, last + 1):
        if year != ask.year:
            period = ask.period.replace(str(ask.year), str(year))
            yield replace(ask, period=period, year=year)


def _other_owners(ask: Ask, pools: Pools) -> Iterator[Ask]:
    if ask.frame == "content":
        return
    if ask.partner:
        towards = ask.partner.split(" ", 1)[0]
        for partner in pools.partners:
            if partner not in (ask.owner, _WORLD) and not ask.partner.endswith(partner):
                yield replace(ask, partner=f"{towards} {partner}")
        return
    if not ask.owner or ask.owner == _WORLD:
        return
    if re.search("quota|price", ask.quantity):
        return
    edition = "" if ask.edition.startswith('"') else ask.edition
    basis = "" if ask.basis.startswith("fiscal") else ask.basis
    kind = "company" if kind_of_owner(ask.owner) == "company" else "place"
    for owner in pools.owners[kind]:
        if owner != ask.owner and (kind == "place" or _same_country(owner, ask.owner)):
            yield replace(ask, owner=owner, edition=edition, basis=basis)


def _same_country(company: str, other: str) -> bool:
    """Tell whether two companies are of one country, and so report in one currency."""
    countries = [
        entry.country
        for name in (company, other)
        for entry in load_lexicon().named(name)
        if entry.country
    ]
    return len(countries) == 2 and countries[0] == countries[1]


def _other_things(ask: Ask, pools: Pools) -> Iterator[Ask]:
    """Yield asks for another element in the same words, or for what others ask the same of."""
    lexicon = load_lexicon()
    elements = [lexicon.entry(entry_id).name for entry_id in lexicon.elements]
    part = "quantity" if ask.frame == "content" else "of"
    words = ask.quantity if part == "quantity" else ask.of
    found = [name for name in elements if re.search(rf"\b{name}\b", words)]
    if len(found) == 1:
        symbol = re.compile(r" \([A-Z][a-z]?\)")
        for name in elements:
            if name != found[0]:
                changed = symbol.sub("", words).replace(found[0], name)
                yield (
                    replace(ask, quantity=changed)
                    if part == "quantity"
                    else replace(ask, of=changed)
                )
    elif part == "of" and ask.owner not in ("", _WORLD):
        for of in pools.things.get(_measured(ask), ()):
            if of != ask.of:
                yield replace(ask, of=of)


def _measured(ask: Ask) -> str:
    """Return what two things have in common that one may stand in the other's question."""
    return " | ".join((ask.quantity, ask.unit, ask.basis, *ask.notes))


def _dated_twin(
    proposal: Proposal, pools: Pools, absence: Absence, chance: random.Random
) -> Case | None:
    """Return the question of a sentence with another year."""
    named = re.findall(rf"\b{proposal.year}\b", proposal.question) if proposal.year else []
    if len(named) != 1 or str(proposal.year) in proposal.subject:
        return None
    first, last = proposal.year - _YEARS_BACK, min(proposal.year + 2, pools.last_year)
    years = [year for year in range(first, last + 1) if year != proposal.year]
    groups = subject_terms(proposal.subject)
    if len(groups) < 2:
        return None
    for year in chance.sample(years, min(_TRIES, len(years))):
        if absence.holds_nothing(proposal.subject, year, groups):
            return _case(proposal.question.replace(str(proposal.year), str(year)))
    return None


def _case(asked: str) -> Case:
    return Case(
        id=case_id(asked),
        question=asked,
        answer="Not in the sources",
        expected_status=("not_found",),
        answerable=False,
        near_miss=True,
        kind="unanswerable",
    )
