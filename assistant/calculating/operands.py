"""Looking up one figure strictly: the table cells that answer a question, and nothing near it.

A cell answers where its row, column or caption names whom the question names and nobody else, its
year is the year, it measures what is asked, and all other words of the question stand with it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.calculating.calculation import LookUp, Operand, Sought
from assistant.calculating.cell_facts import CellFacts, cell_facts, read_value
from assistant.calculating.sentence_figures import sentence_operands
from assistant.calculating.subjects import Entity, find_entities, kinds_measured
from assistant.calculating.wanted import (
    FORMS,
    Wanted,
    stages_named,
    stems_of,
    unit_kinds,
    wanted_of,
)
from assistant.candidates import Candidate, row_text
from corpus.document import Cell
from corpus.lexicon import load_lexicon
from index.passage import Evidence
from index.wording import stem, stems

Search = Callable[[str, int], tuple[Evidence, ...]]
"""Finds the evidence for a question, at most so many pieces."""

_EVIDENCE = 40
# Words of a row that make it a part of what is asked, or something beside it.
_RESTRICTING = """light heavy ionic ion adsorption clay rock monazite bastnaesite xenotime other
    unspecified disposal acquisition planned plan forecast target addition additional sold realised
    floor adjusted stockpile potential scrap old older rest capacity quota"""
_ALL_FORMS = "compound metal"
_TRADED = (("imports",), ("exports",), ("consumption",), ("reliance",))
_FREE_FORMS = "oxide concentrate"
_GENERIC = """mine production quantity output total net annual content rare earth earths price
    oxide revenue reserves world gross weight"""


def look_up_with(search: Search) -> LookUp:
    """Return the lookup of figures over what a search finds."""

    def look_up(several: Sequence[Sought]) -> tuple[tuple[Operand, ...], ...]:
        evidence = [_evidence(sought, search) for sought in several]
        every = {item.passage.id: item for items in evidence for item in items}
        return tuple(
            find_operands(sought, tuple({**{e.passage.id: e for e in own}, **every}.values()))
            for sought, own in zip(several, evidence, strict=True)
        )

    return look_up


def find_operands(sought: Sought, evidence: tuple[Evidence, ...]) -> tuple[Operand, ...]:
    """Return the cells of the evidence that answer a lookup, in its order; else the sentences."""
    wanted = wanted_of(sought.question)
    found = []
    for order, item in enumerate(evidence):
        if item.passage.kind != "row":
            continue
        for cell in item.passage.cells[1:]:
            operand = _operand(wanted, item, cell, order)
            if operand:
                found.append(operand[0])
    return tuple(found) or sentence_operands(wanted, evidence)


def times_found(sought: Sought, search: Search) -> tuple[str, ...]:
    """Return for which years the sources have the figure that is sought, whichever is asked."""
    wanted = wanted_of(sought.question)
    found = []
    for item in _evidence(sought, search):
        if item.passage.kind == "row":
            for cell in item.passage.cells[1:]:
                times = cell_facts(item, cell).times if cell.text else ()
                if len(times) == 1 and _operand(replace(wanted, time=times[0]), item, cell, 0):
                    found.append(times[0])
    return tuple(dict.fromkeys(found))


def _evidence(sought: Sought, search: Search) -> tuple[Evidence, ...]:
    """Return the evidence for a lookup; of a country alone, that for its rare earths too."""
    question = sought.question
    found = search(question, _EVIDENCE)
    if {entity.group for entity in find_entities(question)} == {"area"}:
        found = (*found, *search(f"rare-earth {question}", _EVIDENCE))
    return tuple({item.passage.id: item for item in found}.values())


def _operand(wanted: Wanted, item: Evidence, cell: Cell, order: int) -> tuple[Operand, ...]:
    """Return the operand that a cell is, none where it does not answer."""
    if not _may_be_of_time(wanted, item, cell):
        return ()
    try:
        value = read_value(cell.text)
    except ValueError:
        return ()
    facts = cell_facts(item, cell)
    if not _fits(wanted, facts):
        return ()
    said = stems(facts.own)
    extra = (
        said
        - wanted.words
        - stems_of(_GENERIC)
        - stems(" ".join(e.written for e in wanted.entities))
    )
    if extra & stems_of(_RESTRICTING):
        return ()
    candidate = Candidate(
        item, row_text(item, (cell,)), item.passage.start, item.passage.end, (cell,)
    )
    kind = wanted.kinds[0] if wanted.kinds else (facts.kinds[0] if facts.kinds else "")
    words = {word for word in extra if not re.fullmatch(r"[\d.]+", word)}
    return (
        Operand(
            candidate=candidate,
            text=cell.text,
            low=value.low,
            high=value.high,
            state=value.state,
            measure=facts.measure,
            kind=kind,
            bases=facts.bases,
            edition=facts.edition.name,
            extra_words=len(words),
            order=order,
        ),
    )


def _may_be_of_time(wanted: Wanted, item: Evidence, cell: Cell) -> bool:
    """Tell cheaply whether the year asked for is anywhere near a cell."""
    year = wanted.time[-2:]
    if not year or str(cell.year).endswith(year):
        return True
    context = item.passage.context
    return any(year in text for text in (item.passage.text, cell.column, context.caption))


def _fits(wanted: Wanted, facts: CellFacts) -> bool:
    return (
        _fits_time(wanted, facts)
        and _fits_commodity(wanted, facts)
        and _fits_edition(wanted, facts)
        and _fits_entities(wanted, facts)
        and _fits_kind(wanted, facts)
        and _fits_words(wanted, facts)
    )


def _fits_time(wanted: Wanted, facts: CellFacts) -> bool:
    if facts.is_part_of_year:
        return False
    if not wanted.time:
        return not facts.times or wanted.kinds[:1] == ("reserves",)
    return facts.times == (wanted.time,)


def _fits_commodity(wanted: Wanted, facts: CellFacts) -> bool:
    """Tell whether a figure of a country is of rare earths, not of any commodity."""
    groups = {entity.group for entity in wanted.entities}
    if "material" in groups:
        return True
    if facts.around_materials or facts.bases & {"Y2O3", "Sc2O3"}:
        return False  # a table of one element says nothing of all
    return facts.is_of_rare_earths or groups != {"area"}


def _fits_edition(wanted: Wanted, facts: CellFacts) -> bool:
    return not wanted.edition.series or facts.edition.is_of(wanted.edition)


def _fits_entities(wanted: Wanted, facts: CellFacts) -> bool:
    """Tell whether a cell is about those named and nobody else."""
    allowed = wanted.ids | {_country_of(entity) for entity in wanted.ids}
    if facts.own_entities - allowed:
        return False
    groups = {entity.group for entity in wanted.entities}
    around = facts.around_entities - {"world"}
    for entity in wanted.entities:
        if entity.id in facts.own_entities:
            continue
        if entity.id == "world":
            return False
        if entity.id in around:
            # A caption that names two of a kind does not say whose row this is.
            if any(other in around and other != entity.id for other in _of_group(entity, around)):
                return False
            continue
        # The title speaks for a table that names no other of its kind.
        if entity.id not in facts.far_entities or _of_group(entity, facts.own_entities | around):
            return False
    firms = _firms(facts.own_entities | facts.around_entities | facts.far_entities)
    return bool(firms & wanted.ids) or not firms or "area" in groups or "site" in groups


def _fits_kind(wanted: Wanted, facts: CellFacts) -> bool:
    if not wanted.kinds:
        return not set(facts.kinds[:1]) & {"quota", "capacity", "forecast", "stake", "tariff"}
    kind = wanted.kinds[0]
    allowed = unit_kinds(wanted)
    if allowed and facts.measure.kind not in allowed:
        return False
    if not facts.kinds and kind == "production":
        # A company's table of tonnages says no more than the product.
        return any(entity.group == "firm" for entity in wanted.entities)
    stages = stages_named(facts.own) if kind == "quota" else frozenset()
    if stages and not stages & wanted.stages:
        return False  # one of several quotas, and not the one that is meant
    return facts.kinds[:1] == (kind,)


def _fits_words(wanted: Wanted, facts: CellFacts) -> bool:
    """Tell whether all words stand with the cell, and no form that is not asked for."""
    said = stems(f"{facts.own} | {facts.around} | {facts.far}")
    if wanted.kinds:
        said |= {word for word in wanted.words if kinds_measured(word)[:1] == wanted.kinds[:1]}
        said |= {stem(word) for word in ("mine", "production") if wanted.kinds[0] == "production"}
    if not wanted.words <= said:
        return False
    forms = stems(facts.own) & stems_of(FORMS)
    asked = wanted.words & stems_of(FORMS)
    extra = forms - asked
    if not asked and wanted.kinds[:1] in _TRADED and forms >= stems_of(_ALL_FORMS):
        return True  # "alloys, compounds and metal" are all there is
    return extra <= (stems_of(_FREE_FORMS) if not asked else frozenset())


def _country_of(entry_id: str) -> str:
    lexicon = load_lexicon()
    return lexicon.entry(entry_id).country if entry_id in lexicon else ""


def _of_group(entity: Entity, ids: frozenset[str]) -> frozenset[str]:
    kinds = {"area": ("country", "region"), "firm": ("company",), "site": ("mine", "plant")}
    lexicon = load_lexicon()
    return frozenset(
        other
        for other in ids
        if other in lexicon and lexicon.entry(other).kind in kinds.get(entity.group, ())
    )


def _firms(ids: frozenset[str]) -> frozenset[str]:
    lexicon = load_lexicon()
    return frozenset(i for i in ids if i in lexicon and lexicon.entry(i).kind == "company")
