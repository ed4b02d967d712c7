"""How well the slots of a fact fit those asked for: measure, unit, whole, basis and edition."""

import re
from dataclasses import replace
from functools import lru_cache

from corpus.facts import Absent, Fact, Query
from corpus.facts.compare import Relation
from corpus.language.measures import (
    find_measures,
    find_terms,
    has_nature,
    is_kind_of,
    measure_named,
    names_of_nature,
)
from corpus.language.names import PLACES, find_names
from corpus.language.quantities import Quantity
from corpus.language.units import dimension, is_convertible
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import fold
from corpus.lexicon import load_lexicon
from index.facts.ledger import LedgerFact
from index.query.answer_type import MONEY
from index.ranking.signals import DATA_FILES
from index.ranking.traits import names_rare_earths
from index.storage.fact_rows import is_whole, name_key, value_kind

_WORLD = "world"
_OTHER_COMMODITY = "metal"  # in the lexicon, what is no rare earth
_WHOLE = "total"  # what comes before its parts
_FIGURES = frozenset(("money", "share", "figure"))
_DIMENSIONS = {"money": MONEY, "share": ("share", "points")}
_OF_ALL = frozenset(("reo", "treo"))  # bases that count all rare earths together


def is_told(measure: str, fact: Fact) -> bool:
    """Tell whether the labels around a broader measure say that it is the narrower one."""
    told = " | ".join((fact.table.caption, *fact.table.row, *fact.table.column))
    if any(found.meaning.name == measure for found in find_measures(told)):
        return True
    stage = measure_named(measure).stage
    return bool(stage) and {one.meaning for one in find_terms("stages", told)} == {stage}


def measures_by_dimension(measure: str, fact: Fact) -> bool:
    """Tell whether a fact of no known measure has a figure that only this measure can have."""
    return not fact.measure and bool(measure) and value_kind(fact) == dimension_of_one(measure)


def sells_by_weight(query: Query, fact: Fact) -> bool:
    """Tell whether a fact is of how much was sold, where "sales" of a material are asked for."""
    sold = names_of_nature("by weight or money")
    is_goods = any(a.role == "material" for a in query.wanted.arguments)
    is_amount = query.value_kind != "money" and value_kind(fact) == "mass"
    return is_goods and is_amount and {query.wanted.measure, fact.measure} <= sold


@lru_cache(maxsize=500)
def dimension_of_one(measure: str) -> str:
    """Return the dimension of a measure where no other has it, else "": an area is in hectares."""
    kind = measure_named(measure).dimension
    rows = load_vocabulary().rows("measures")
    return kind if kind and sum(row["dimension"] == kind for row in rows) == 1 else ""


def is_in_unit(fact: Fact, unit: str) -> bool:
    """Tell whether a fact's figure can be given in a unit; of a price its currency may be asked."""
    if not isinstance(fact.value, Quantity):
        return isinstance(fact.value, Absent) and dimension(unit) not in ("money", "price")
    said = fact.value.unit
    if is_convertible(said, unit) or said.partition("/")[0] == unit:
        return True
    rates = dimension(said), dimension(unit)
    return rates in (("mass rate", "mass"), ("mass", "mass rate")) and is_convertible(
        said.partition("/")[0], unit.partition("/")[0]
    )


def is_of_dimension(found: LedgerFact, measure: str) -> bool:
    """Tell whether a figure can be one of the measure that is asked for."""
    fact = found.fact
    if found.source.rank == "filing" and value_kind(fact) == "money":
        return True  # companies count their stocks in money, too
    asked, said = measure_named(measure).dimension, value_kind(fact)
    if not asked or not said or asked == said or not isinstance(fact.value, Quantity):
        return True
    return {asked, said} in ({"mass", "mass rate"}, {"money", "price"})


def is_of_row(measure: str, fact: Fact) -> bool:
    """Tell whether the label of a row can be of a measure: a loss a share in dollars is no loss."""
    asked, said = measure_named(measure).dimension, value_kind(fact)
    named = {
        found.meaning.dimension
        for label in fact.table.row[-1:]
        for found in find_measures(label)
        if found.end - found.start == len(label.strip())
    }
    return not asked or named <= {"", asked, said}


def is_of_kind(query: Query, fact: Fact) -> bool:
    """Tell whether a value is a figure where one is asked for; money or a share, where those."""
    if query.value_kind not in _FIGURES or isinstance(fact.value, Absent):
        return True
    if query.value_kind == "figure" and not (query.unit or query.wanted.measure):
        return value_kind(fact) not in MONEY  # how many there are
    dimensions = _DIMENSIONS.get(query.value_kind)
    return isinstance(fact.value, Quantity) and (not dimensions or value_kind(fact) in dimensions)


def whole_fit(wanted: Fact, fact: Fact) -> Relation:
    """Compare the whole that a share is of, by its words or by the stage of production it is."""
    is_part = has_nature(wanted.measure, "part of a whole")
    asked = wanted.of or (wanted.stage if is_part else "")
    if not asked:
        return "same"
    told = f"{fact.of} {fact.stage} {fact.table.caption if not fact.of else ''}"
    if not told.strip():
        return "missing"
    named = {name_key(a.name) for a in wanted.arguments}
    if any(
        m.name.kind in PLACES and name_key(m.name) not in named | {_WORLD}
        for m in find_names(fact.of)
    ):
        return "other"  # of what another country buys
    if wanted.of and not _names_use(wanted, fact):
        return "other"  # of what goes into another use
    if fold(asked) in fold(told):
        return "same"
    if wanted.of and any(is_kind_of(m.meaning.name, wanted.of) for m in find_measures(told)):
        return "same"
    stages = {one.meaning for one in find_terms("stages", told)}
    stages |= {m.meaning.stage for m in find_measures(told) if m.meaning.stage}
    stage = wanted.stage if not wanted.of else measure_named(wanted.of).stage
    return "same" if stage and stage in stages else "other"


def _names_use(wanted: Fact, fact: Fact) -> bool:
    """Tell whether a share of a whole is of the stage that is asked for beside that whole.

    Of all that is consumed, magnets are a use, which the fact must name.
    """
    if not wanted.stage or wanted.stage == measure_named(wanted.of).stage:
        return True
    told = " | ".join((fact.of, *fact.table.row, *fact.table.column, *fact.rest))
    named = {one.meaning for one in find_terms("stages", told)}
    return wanted.stage in named or fact.stage == wanted.stage


def is_other_commodity(wanted: Fact, found: LedgerFact) -> bool:
    """Tell whether a fact is of copper or gold, where a country's figure is asked for no material.

    Here that is one of rare earths; a file of data may hold the rows of any commodity.
    """
    if wanted.rest or any(a.role in ("material", "subject") for a in wanted.arguments):
        return False
    lexicon = load_lexicon()
    materials = [name_key(name) for name in found.fact.named("material")]
    known = [lexicon.entry(key).kind for key in materials if key in lexicon]
    if not known and found.source.file_type in DATA_FILES:
        return not names_rare_earths(f"{found.source.title} | {found.words}")
    return bool(known) and set(known) == {_OTHER_COMMODITY}


def is_part_of_total(wanted: Fact, fact: Fact) -> bool:
    """Tell whether a fact is of one material where the total of all, or their oxide, is asked for.

    6,558 t of NdPr are no total output of REO.
    """
    is_total = wanted.statistic == _WHOLE or fold(wanted.basis) in _OF_ALL
    asked = any(a.role == "material" for a in wanted.arguments)
    return (
        is_total
        and not asked
        and any(
            a.role == "material" and not is_whole(replace(a.name, form="")) for a in fact.arguments
        )
    )


def has_price_basis(wanted: Fact, fact: Fact) -> bool:
    """Tell whether a price is on the terms that are asked for."""
    letters = [
        re.sub(r"[^a-z]", "", text.casefold()) for text in (wanted.price_basis, fact.price_basis)
    ]
    return letters[0] in letters[1]


def is_of_edition(found: LedgerFact, edition: str) -> bool:
    """Tell whether a fact stands in a named edition: "MCS 2026", of any version."""
    source = found.source
    held = found.fact.edition or source.edition
    if held:
        return held == edition or held.startswith(f"{edition} ")
    told = "".join(re.findall(r"[^\W_]+", f"{source.title} {source.path}")).casefold()
    return all(part.casefold() in told for part in edition.split())
