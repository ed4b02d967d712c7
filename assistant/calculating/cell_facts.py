"""What a cell of a table says it is: its year, edition, measure, bases and the words around it.

Nearer words count before farther ones: a column's head before the row's label, that before the
caption, that before the section.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.calculating.calculation import State
from assistant.calculating.subjects import (
    entity_ids,
    is_of_rare_earths,
    kinds_measured,
    names_material,
)
from assistant.calculating.times import Edition, find_editions, find_times, names_part_of_year
from assistant.calculating.units import Measure, read_measure
from corpus.document import Cell
from index.passage import Evidence

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_VALUE = re.compile(
    rf"^(?:about|around|approximately|some|c\.|~|≈)?\s*(?P<sign>[-−–(]?)\s*(?P<money>[A-Z]{{0,3}}[$€£¥])?"
    rf"\s?(?P<low>{_NUMBER})(?P<high>\s*(?:-|–|—|to)\s*(?:{_NUMBER}))?\)?"
    r"\s?(?P<scale>thousand|million|billion)?\s?(?P<rest>%|percent|\(.*\)|[a-zA-Z$ .,]{0,40})?\.?$",
)
_BOUND = re.compile(
    r"^(?:>|<|≥|≤|more than|less than|over|under|upwards? of|up to|at least|at most|above|below)"
    r"\s*",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"^(?:NA|N/A|W|XX|NR|not (?:quoted|stated|published|available|disclosed|given|covered|"
    r"reported)|withheld|n\.a\.)$",
    re.IGNORECASE,
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_BASES = (
    ("gross weight", r"\bgross\b"),
    ("REO", r"\bREO\b|rare[- ]earths?[- ]oxides?\b|\bTREO\b"),
    ("Y2O3", r"\bY2O3\b|yttrium oxide \("),
    ("Sc2O3", r"\bSc2O3\b|scandium oxide equivalent"),
    ("without VAT", r"(?:without|excluding|excl\.?|ex|before|net of)\s+(?:VAT|value[- ]added tax)"),
    ("with VAT", r"(?:with|including|incl\.?)\s+(?:\d+%\s+)?(?:VAT|value[- ]added tax)"),
    ("f.o.b.", r"\bf\.?o\.?b\b|\bfree on board\b"),
    ("c.i.f.", r"\bc\.?i\.?f\b"),
    ("ex-works", r"\bex[- ]works\b"),
)
_OF_MASSES = frozenset(("gross weight", "REO", "Y2O3", "Sc2O3"))
_MILLIONS = re.compile(r"\bmillions?\b(?!\s+(?:metric\s+)?t)", re.IGNORECASE)
_LONGEST_TIME = 28  # letters of a cell that is a period, not a remark


@dataclass(frozen=True, slots=True)
class CellFacts:
    """What is known of one cell; `own` are the words of its row and column alone."""

    own: str
    around: str  # caption and section
    far: str  # title, unit, basis and notes
    own_entities: frozenset[str]
    around_entities: frozenset[str]
    far_entities: frozenset[str]
    times: tuple[str, ...]
    edition: Edition
    kinds: tuple[str, ...]
    is_part_of_year: bool
    measure: Measure
    bases: frozenset[str]
    is_of_rare_earths: bool
    around_materials: bool  # caption, section or title name an element or product


@dataclass(frozen=True, slots=True)
class Value:
    """The figure of a cell, a range with its two ends."""

    low: Decimal
    high: Decimal
    state: State


def read_value(text: str) -> Value:
    """Return the figure of a cell; what is no figure at all is `withheld` or a zero of state none.

    Raises ValueError where a cell holds words.
    """
    text = text.strip()
    if _WITHHELD.match(text):
        return Value(Decimal(0), Decimal(0), "withheld")
    bound = _BOUND.match(text)
    found = _VALUE.match(text[bound.end() :] if bound else text)
    if not found:
        raise ValueError(f"no figure: {text!r}")
    scale = _SCALES.get(found["scale"] or "", 1)
    low = _decimal(found["low"]) * scale
    if found["sign"] and not found["high"]:
        low = -low
    if found["high"]:
        high = _decimal(re.sub(r"^\s*(?:-|–|—|to)\s*", "", found["high"])) * scale
        if low < high:
            return Value(low, high, "range")
    return Value(low, low, "bound" if bound else "value")


def cell_facts(item: Evidence, cell: Cell) -> CellFacts:
    """Return what a cell of an evidence's row says it is."""
    passage = item.passage
    context = passage.context
    label = passage.row_label
    heads = tuple(head for head in context.header if head)
    stub = heads[0] if heads and len(heads) == len(passage.cells) else ""
    beside = _beside(passage.cells, cell)
    own = f"{cell.column} | {label} | {beside}"
    around = f"{context.caption} | {_last_part(context.section)}"
    unit = _unit(cell, f"{context.unit} | {context.caption} | {_last_part(context.section)}")
    far = " | ".join((item.source.title, stub, cell.measure, *cell.notes))
    return CellFacts(
        own=own,
        around=around,
        far=far,
        own_entities=_entities(own, label, around),
        around_entities=entity_ids(around),
        far_entities=entity_ids(item.source.title),
        times=_times(cell, label, beside, around),
        edition=_edition(item, cell, label, passage.cells),
        kinds=_kinds(
            (cell.column, beside, label), (context.caption, context.section, item.source.title)
        ),
        is_part_of_year=any(
            map(names_part_of_year, (cell.column, label, *beside.split(" | "), context.caption))
        ),
        measure=unit,
        bases=bases_of(" | ".join((own, cell.measure, context.caption, *cell.notes)), unit),
        around_materials=names_material(f"{around} | {item.source.title}"),
        is_of_rare_earths=is_of_rare_earths(f"{own} | {around} | {far}", item.source),
    )


def bases_of(text: str, measure: Measure) -> frozenset[str]:
    """Return the bases that a text names and a unit can have: REO of a mass, tax of a price."""
    found = _bases(text)
    if measure.kind == "mass":
        return found & _OF_MASSES
    return found - _OF_MASSES if measure.kind in ("price", "money") else frozenset()


def _entities(own: str, label: str, around: str) -> frozenset[str]:
    """Return whom row and column name; the total of a table of the world is the world's."""
    found = entity_ids(own)
    total = re.match(r"(?:grand\s+)?total\b", label.strip(), re.IGNORECASE)
    return found | {"world"} if total and "world" in entity_ids(around) else found


def _beside(cells: tuple[Cell, ...], cell: Cell) -> str:
    """Return the other cells of a row that say when or on what basis the figure holds."""
    found = []
    for other in cells[1:]:
        text = other.text.strip()
        if other is cell or not text or len(text) > _LONGEST_TIME:
            continue
        if re.fullmatch(_NUMBER, text) and not find_times(text):
            continue  # a figure of its own
        if re.search(
            r"\b(?:period|year|date|basis|product|item|edition|nature|kind)\b", other.column, re.I
        ):
            found.append(text)
    return " | ".join(found)


def _times(cell: Cell, label: str, beside: str, around: str) -> tuple[str, ...]:
    for text in (cell.column, label, beside):
        found = find_times(text)
        if found:
            return found
    if cell.year and not find_editions(cell.column) and not find_editions(label):
        return (str(cell.year),)
    return find_times(around)


def _edition(item: Evidence, cell: Cell, label: str, cells: tuple[Cell, ...]) -> Edition:
    context = item.passage.context
    at = next((place for place, other in enumerate(cells) if other is cell), 0)
    beside = (*cells[at + 1 :], *cells[1:at])  # a source stands behind what it gives
    texts = [cell.column, label, *(other.text for other in beside), context.caption]
    for text in (*texts, item.source.edition + " " + item.source.version):
        found = find_editions(text)
        if len(found) == 1:
            return found[0]
    return Edition()


def _kinds(own: tuple[str, ...], around: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a cell measures; a "mining" column of a table of quotas measures a quota."""
    near = next((kinds for text in own if (kinds := kinds_measured(text))), ())
    about = next((kinds for text in around if (kinds := kinds_measured(_last_part(text)))), ())
    if near[:1] == ("production",) and about[:1] == ("quota",):
        told = " ".join(own)
        return near if re.search(r"output|produc|mine figure", told, re.IGNORECASE) else about
    return near or about


def _unit(cell: Cell, around: str) -> Measure:
    in_cell = read_measure(cell.text)
    written = _VALUE.match(_BOUND.sub("", cell.text.strip()))
    if in_cell.currency and not in_cell.per:
        scaled = in_cell.scale > 1 or not _MILLIONS.search(f"{cell.column} | {around}")
        return in_cell if scaled else replace(in_cell, scale=10**6)
    if in_cell.currency or in_cell.other == "percent":
        return in_cell
    currency = read_measure(cell.column).currency
    for text in (cell.column, cell.measure, around):
        found = read_measure(text)
        if found.kind:
            scaled = bool(written and written["scale"])
            return replace(found, scale=1) if scaled else found
    return Measure(currency=currency)


def _bases(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _BASES if re.search(pattern, text, re.IGNORECASE))


def _last_part(section: str) -> str:
    return section.rsplit(" > ", 1)[-1]


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", "").strip())
