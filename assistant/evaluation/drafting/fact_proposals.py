"""Questions for figures of the ledger, each with one right answer in all of the library."""

import re
from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import replace

from assistant.evaluation.drafting.evidence import fact_place
from assistant.evaluation.drafting.fact_questions import labels_beside, question_of
from assistant.evaluation.drafting.proposal import Proposal
from assistant.figures.patterns import HOLDERS
from assistant.figures.realising import is_plain
from assistant.figures.value_words import value_words
from corpus.facts import Absent, Fact
from corpus.facts.compare import compare
from corpus.facts.fact import Role
from corpus.language.measures import (
    fits,
    has_nature,
    measure_named,
    names_of_nature,
    root_of,
)
from corpus.language.named_editions import find_editions
from corpus.language.names import PLACES
from corpus.language.quantities import Quantity
from index.facts import Ledger, LedgerFact, same_value
from index.storage.catalog import Catalog
from index.storage.fact_rows import is_remainder, is_whole, name_key, value_kind

_Key = tuple[str, frozenset[str], str]
_PARTIES: tuple[Role, ...] = ("owner", "owned", "lender", "borrower", "origin", "destination")
_LEAST_DIGITS = 2  # one digit stands in many a wrong answer


class FactQuestions:
    """The figures of a ledger that a question can ask for, each worked out when it is wanted."""

    def __init__(self, ledger: Ledger, catalog: Catalog, names: Mapping[str, str]) -> None:
        """Take the ledger with its catalog, and what questions call each source ("" for none)."""
        self._ledger = ledger
        self._catalog = catalog
        self._names = names
        self._alike: dict[_Key, list[LedgerFact]] = defaultdict(list)
        for found in ledger.select([], [], ledger.sources()):
            if isinstance(found.fact.value, Quantity):
                self._alike[key_of(found.fact)].append(found)

    def of(self, sources: Container[str]) -> list[LedgerFact]:
        """Return the facts of some sources that a question can ask for, in their order."""
        every = (one for group in self._alike.values() for one in group)
        asked = (one for one in every if one.source.id in sources and _is_askable(one.fact))
        return sorted(asked, key=lambda one: one.row)

    def ask(self, one: LedgerFact) -> Proposal | None:
        """Return the question for a fact, None where the library leaves it two answers.

        What else is said of the same thing decides: the same value is an alternate place, another
        one makes the question name its source, and within one source it leaves none.
        """
        alike = self._alike[key_of(one.fact)]
        others = [other for other in alike if other.row != one.row and _may_be_meant(one, other)]
        same = [other for other in others if same_value(one.fact, other.fact)]
        against = [other for other in others if not same_value(one.fact, other.fact)]
        own = _said_by(one, self._names)
        if any(_said_by(other, self._names) == own for other in against):
            return None
        is_named = bool(against) or one.fact.period is None
        if is_named and not own:
            return None
        if is_named:
            same = [other for other in same if _said_by(other, self._names) == own]
        found, *places = self._ledger.placed((one, *same))
        printed = _printed(found)
        labels = labels_beside(found)
        if labels is None or len(re.sub(r"\D", "", printed)) < _LEAST_DIGITS:
            return None
        said_by = own if is_named else ""
        return Proposal(
            kind=kind_of(one.fact),
            source_id=one.source.id,
            question=question_of(found, labels, said_by),
            answer=value_words(found),
            must_include=(_forms(found.fact, printed),),
            evidence=(fact_place(found, self._catalog),),
            alternates=tuple(fact_place(other, self._catalog) for other in places),
            found=found,
            labels=labels,
            key=f"{key_of(one.fact)} {said_by}",
        )


def kind_of(fact: Fact) -> str:
    """Return the kind of question that a fact answers."""
    return "table_lookup" if fact.is_cell else "number_unit_year"


def key_of(fact: Fact) -> _Key:
    """Return what facts that a question may mean have in common: kind of measure, names, time."""
    told = frozenset(name_key(a.name) for a in fact.arguments if not is_whole(a.name))
    measure = root_of(measure_named(fact.measure)).name
    return measure, told, fact.period.text if fact.period else ""


def _is_askable(fact: Fact) -> bool:
    """Tell whether a question can say all that tells a fact from others."""
    measure = measure_named(fact.measure)
    if (
        not measure.dimension
        or not fits(measure, value_kind(fact))
        or fact.rest
        or fact.part_of
        or not fact.polarity
        or is_remainder(fact)
    ):
        return False
    if fact.change and (fact.change.kind, bool(fact.change.direction)) != ("percent", True):
        return False
    if not fact.is_cell:
        holders = fact.named(*HOLDERS)
        is_of_known = all(name.id or " " in name.text for name in holders)  # "Board" is nobody
        if not is_of_known or not is_plain(replace(fact, change=None)):
            return False
    if fact.status in names_of_nature("ahead"):
        return False
    if fact.period.is_open if fact.period else not has_nature(fact.measure, "stock"):
        return False
    if has_nature(fact.measure, "quoted"):
        return bool(fact.named("material"))
    if value_kind(fact) == "mass" and not (fact.named("material") or fact.basis):
        return False
    if fact.measure in names_of_nature("part of a whole") and not fact.of:
        return False
    has_parties = not has_nature(fact.measure, "between two") or len(fact.named(*_PARTIES)) > 1
    is_of_somebody = fact.named(*HOLDERS) or any(n.kind in PLACES for n in fact.named())
    return bool(is_of_somebody) and has_parties


def _may_be_meant(one: LedgerFact, other: LedgerFact) -> bool:
    """Tell whether a question for one fact may as well ask for another."""
    if value_kind(one.fact) != value_kind(other.fact):
        return False
    if bool(one.fact.change) != bool(other.fact.change):
        return False
    wanted = replace(one.fact, value=Absent(), status="reported", of="")
    return not compare(wanted, other.fact).others


def _said_by(found: LedgerFact, names: Mapping[str, str]) -> str:
    """Return what a question calls who says a fact: a quoted edition, or the source."""
    for edition in find_editions(found.fact.edition):
        return edition.name
    return names.get(found.source.id, "")


def _printed(found: LedgerFact) -> str:
    place = found.fact.place
    return " ".join(
        found.quote[place.value_start - place.start : place.value_end - place.start].split()
    )


def _forms(fact: Fact, printed: str) -> tuple[str, ...]:
    """Return the forms of a figure that an answer may hold: as printed, and with its scale."""
    value = fact.value
    if not isinstance(value, Quantity) or value.low != value.high:
        return (printed,)
    whole = float(f"{value.low:.12g}")
    number = f"{int(whole):,}" if whole.is_integer() else f"{whole:,.12g}"
    return tuple(dict.fromkeys((printed, number)))
