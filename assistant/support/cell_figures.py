"""The figures of a table row's cells, with the unit, year and names that belong to them."""

import re

from assistant.quantities import find_quantities
from assistant.quantities.written_unit import SIGN, recorded_unit
from assistant.support.facets import find_marks
from assistant.support.reading import (
    BOUND_FACETS,
    Figure,
    editions_in,
    figures_in,
    is_of_the_row,
    years_named,
)
from assistant.support.statement import Statement
from corpus.document import Cell
from corpus.tables.units import unit_of

_SCALE = re.compile(r"\b(?:thousand|million|billion|bn|mn)s?\b", re.IGNORECASE)
_SCALE_OF_TABLE = re.compile(
    r"\b(thousand|million|billion)s?(?: of)? "
    r"(?=U\.?S|A\$|C\$|\$|€|euro|dollar|yuan|RMB|the curr|of|metric t|tons|tonnes)",
    re.IGNORECASE,
)
_UNIT_WORDS = re.compile(r"\b(?:Thousands?|Millions?|Billions?|Metric|Percent|Tons|Kilograms)\b")
_UNIT_COLUMN = re.compile(r"\b(?:unit|currency)\b", re.IGNORECASE)


def figures_of_cells(statement: Statement) -> tuple[Figure, ...]:
    """Return the figures of a row's cells, with the year and names of label and column."""
    found = list(figures_in(statement.label))
    for cell in statement.cells:
        around = f"{statement.label} | {cell.column}"
        unit = _unit_of(cell, statement)
        quantities = find_quantities(cell.text, unit) if _is_value(cell) else ()
        years = years_named(around, *(c.text for c in statement.others if is_of_the_row(c)))
        if year := year_of(cell):
            years.add(str(year))
        named = years_named(statement.caption)
        if years & named and any(year.startswith("FY") for year in named):
            years |= named  # a quarter of 2024 that is one of FY25
        bound = _names_around(around)
        for quantity in quantities:
            found.append(Figure(quantity, frozenset(years), editions_in(around), names=bound))
        if not quantities or not _is_value(cell):
            found += figures_in(cell.text)
        # "Three months ended June 25"
        found += [one for one in figures_in(cell.column) if one.quantity.kind == "time"]
    return tuple(found)


def year_of(cell: Cell) -> int:
    """Return the year that a cell is of; 0 where it is only the year of an edition.

    The column "2024 (MCS 2025)" gives values of 2024.
    """
    named = find_quantities(cell.column)
    editions = {q.low for q in named if q.kind == "edition"}
    years = {q.low for q in named if q.kind == "year"}
    return 0 if cell.year in editions - years else cell.year


def _unit_of(cell: Cell, statement: Statement) -> str:
    """Return what is recorded of a cell's unit, with what the caption says more of it."""
    unit = cell.measure or _unit_beside(statement) or _unit_of_column(cell.column)
    told = _unit_of_column(statement.caption)
    scale = _SCALE_OF_TABLE.search(f"{cell.column} | {statement.caption}")
    sign = re.search(SIGN, cell.text)
    if not unit and sign:
        unit = sign[0]
    if sign and (alone := _SCALE.fullmatch(unit)):
        return f"{alone[0].rstrip('s')} {sign[0]}"  # "$336,309" under "in millions"
    if not unit:
        unit = _unit_of_label(statement.label) or _sign_beside(statement)
    if not unit:
        degrees = re.search(r"°\s?[CF]", f"{cell.column} {statement.caption}")
        return told or (degrees[0] if degrees else "")
    more, less = recorded_unit(told), recorded_unit(unit)
    if more and less and more.kind == "price" and less.kind in ("money", "amount"):
        return told  # "US$" of a table in "US$ per kilogram"
    if scale and less and less.kind in ("money", "amount"):
        return unit if _SCALE.search(f"{unit} {cell.text}") else f"{scale[1].lower()} {unit}"
    return unit


def _unit_of_column(column: str) -> str:
    return unit_of(_UNIT_WORDS.sub(lambda word: word[0].lower(), column))


def _unit_beside(statement: Statement) -> str:
    """Return the unit that another cell of the row gives, with the scale word of the caption."""
    units = [cell.text for cell in statement.others if _UNIT_COLUMN.search(cell.column)]
    scale = re.search(r"\b(million|billion|thousand)s?\b", statement.caption, re.IGNORECASE)
    if units and scale and scale[1] not in units[0]:
        return f"{units[0]} {scale[1]}"
    return units[0] if units else ""


def _unit_of_label(label: str) -> str:
    """Return the unit that ends a label: "Expected investment, billion euro"."""
    tail = label.rpartition(", ")[2]
    return tail if tail != label and recorded_unit(tail) else ""


def _sign_beside(statement: Statement) -> str:
    """Return the currency sign of another cell, where the caption says that all have one."""
    if not _SCALE_OF_TABLE.search(statement.caption):
        return ""
    signs = (re.search(SIGN, cell.text) for cell in statement.others)
    return next((sign[0] for sign in signs if sign), "")


def _names_around(around: str) -> tuple[tuple[str, frozenset[str]], ...]:
    marks = find_marks(around)
    found = {facet: frozenset(m.value for m in marks if m.facet == facet) for facet in BOUND_FACETS}
    return tuple((facet, named) for facet, named in found.items() if named)


def _is_value(cell: Cell) -> bool:
    return not re.search(r"[A-Za-z]{3,}.*\d.*[A-Za-z]{3,}", cell.text)
