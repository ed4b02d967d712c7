"""Twins of drafted questions that nothing in the library answers.

One part of a question is exchanged: its year, the country or company, or the material. The twin
reads like its sibling, so that an answer to it is a mistake and no misunderstanding.
"""

import random
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.evaluation.case import Case
from assistant.evaluation.drafting.fact_questions import question_of
from assistant.evaluation.drafting.proposal import Proposal, case_id
from assistant.figures.patterns import SITES
from corpus.facts import Absent, Argument, Fact, Query
from corpus.language.measures import forms_of_measure, measure_named, root_of
from corpus.language.names import PLACES, Name
from corpus.language.periods import parse_period
from corpus.lexicon import load_lexicon
from index.facts import Ledger, fitting_facts
from index.storage.catalog import Catalog

_Kind = tuple[str, str]  # measure and basis, "" where any will do
_Named = dict[_Kind, dict[str, Name]]
_YEARS_BACK, _YEARS_AHEAD = 12, 2
_TRIES = 6  # of each kind of exchange
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_NAME = 4  # letters, of which a beginning is no name


@dataclass(frozen=True, slots=True)
class Pools:
    """What can take the place of a name: countries and companies by measure, materials by measure
    and basis, and the last year."""

    places: dict[_Kind, tuple[Name, ...]]
    bodies: dict[_Kind, tuple[Name, ...]]
    materials: dict[_Kind, tuple[Name, ...]]
    last_year: int


def pools_of(facts: Iterable[Fact]) -> Pools:
    """Return what facts name, for exchange among them."""
    places: _Named = defaultdict(dict)
    bodies: _Named = defaultdict(dict)
    materials: _Named = defaultdict(dict)
    last_year = 0
    for fact in facts:
        last_year = max(last_year, fact.period.year if fact.period else 0)
        for name in fact.named():
            if name.kind == "country":
                places[fact.measure, ""][name.key] = name
            elif name.kind == "company" and name.id:
                bodies[fact.measure, ""][name.key] = name
            elif name.is_material and name.id:
                materials[fact.measure, fact.basis][name.key] = name
    return Pools(_sorted(places), _sorted(bodies), _sorted(materials), last_year)


def _sorted(named: _Named) -> dict[_Kind, tuple[Name, ...]]:
    return {kind: tuple(found[key] for key in sorted(found)) for kind, found in named.items()}


def twin_of(
    proposal: Proposal, pools: Pools, ledger: Ledger, catalog: Catalog, seed: str
) -> Case | None:
    """Return a question like a drafted one that the library cannot answer, None for none found.

    The same seed gives the same twin.
    """
    if proposal.found is None:
        return None
    chance = random.Random(seed)
    exchanges = [_other_years, _other_holders, _other_materials]
    chance.shuffle(exchanges)
    source_ids = [one.source.id for one in catalog.sources() if one.state == "indexed"]
    for exchange in exchanges:
        exchanged = list(exchange(proposal.found.fact, pools))
        for fact in chance.sample(exchanged, min(_TRIES, len(exchanged))):
            if is_absent(fact, ledger, catalog, source_ids):
                return _case(question_of(replace(proposal.found, fact=fact), proposal.labels))
    return None


def is_absent(fact: Fact, ledger: Ledger, catalog: Catalog, source_ids: Collection[str]) -> bool:
    """Tell whether no fact says it, and no passage names measure, names and year together."""
    wanted = Fact(
        Absent(),
        measure=root_of(measure_named(fact.measure)).name,
        arguments=fact.arguments,
        period=fact.period,
    )
    periods = (fact.period,) if fact.period else ()
    if fitting_facts(ledger, Query("", wanted, periods=periods), 1).facts:
        return False
    groups = [_forms_of(argument.name) for argument in fact.arguments]
    groups.append([*forms_of_measure(fact.measure), *forms_of_measure(wanted.measure)])
    if fact.period:
        groups.append([str(fact.period.year)])
    query = " AND ".join(f"({_any(group)})" for group in groups if group)
    return not catalog.match_words(query, 1, list(source_ids))


# -- exchanges


def _other_years(fact: Fact, pools: Pools) -> Iterator[Fact]:
    """Yield a fact at years around its own."""
    is_against = fact.change is not None and bool(fact.change.against)
    if is_against or fact.period is None or len(_YEAR.findall(fact.period.text)) != 1:
        return
    own = fact.period.year
    for year in range(own - _YEARS_BACK, min(own + _YEARS_AHEAD, pools.last_year) + 1):
        if year != own:
            yield replace(fact, period=parse_period(_YEAR.sub(str(year), fact.period.text)))


def _other_holders(fact: Fact, pools: Pools) -> Iterator[Fact]:
    """Yield a fact of other countries or companies."""
    if any(name.kind in SITES for name in fact.named()):
        return  # a mine is not another's
    for name in dict.fromkeys(fact.named()):
        pools_of_kind = {"country": pools.places, "company": pools.bodies}
        pool = pools_of_kind.get(name.kind, {})
        yield from _exchanged(fact, name, pool.get((fact.measure, ""), ()))


def _other_materials(fact: Fact, pools: Pools) -> Iterator[Fact]:
    """Yield a fact of other materials of which there are figures of its measure."""
    for name in dict.fromkeys(fact.named("material")):
        yield from _exchanged(fact, name, pools.materials.get((fact.measure, fact.basis), ()))


def _exchanged(fact: Fact, own: Name, pool: Sequence[Name]) -> Iterator[Fact]:
    """Yield a fact with other names of the same form in all places of its own."""
    held = {argument.name.id for argument in fact.arguments}
    for name in pool:
        if name.id not in held and name.form == own.form:
            yield replace(
                fact,
                arguments=tuple(
                    Argument(one.role, name if one.name.key == own.key else one.name)
                    for one in fact.arguments
                ),
            )


# -- words


def _forms_of(name: Name) -> list[str]:
    """Return the names under which a word search may find a thing: "Bolivi*" is Bolivian, too."""
    lexicon = load_lexicon()
    entry = lexicon.entry(name.id) if name.id in lexicon else None
    names = [entry.name, *lexicon.other_names(entry)] if entry else [name.text]
    names = [one for one in names if len(re.sub(r"\W", "", one)) > 1]
    is_place = name.kind in PLACES and name.text.isalpha() and len(name.text) > _SHORT_NAME
    return [*names, f"{name.text[:-1]}*"] if is_place else names


def _any(group: Iterable[str]) -> str:
    """Return the words of a group as an FTS5 query; those that end in "*" are beginnings."""
    found = dict.fromkeys(
        f'"{term.rstrip("*").replace(chr(34), chr(34) * 2)}"{" *" if term.endswith("*") else ""}'
        for term in group
    )
    return " OR ".join(found)


def _case(question: str) -> Case:
    return Case(
        id=case_id(question),
        question=question,
        answer="Not in the sources",
        expected_status=("not_found",),
        answerable=False,
        near_miss=True,
        kind="unanswerable",
    )
