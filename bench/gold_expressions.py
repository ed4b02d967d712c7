"""Gold expressions: times, quantities and measures as written, with what each says.

`bench/facts_gold/expressions.jsonl` was typed by people who had not seen the readers. Where a
writing can be understood in two ways, `also` has the other one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.gold_slots import (
    GOLD,
    canonical_unit,
    is_close,
    load_lines,
    measure_faults,
    same_time,
)
from corpus.language.measures import find_measures, find_terms
from corpus.language.periods import Period, find_periods, parse_period
from corpus.language.quantities import Quantity, find_quantities

READERS = ("time", "quantity", "measure")


@dataclass(frozen=True, slots=True)
class Expression:
    """A text with what a reader must find in it; `expected` are the readings that are right."""

    id: str
    reader: str
    text: str
    expected: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ReadExpression:
    """An expression with what was read, in words, and the faults; none if it is right."""

    expression: Expression
    read: str
    faults: tuple[str, ...]


def load_expressions(path: Path = GOLD / "expressions.jsonl") -> tuple[Expression, ...]:
    """Return the gold expressions of a file."""
    return tuple(
        Expression(
            line["id"],
            line["reader"],
            line["text"],
            (line["expect"], *line.get("also", ())),
        )
        for line in load_lines(path)
    )


def read_expression(expression: Expression) -> ReadExpression:
    """Read an expression and tell what is wrong in it; the reading that is nearest to it counts."""
    if expression.reader == "time":
        periods = tuple(mention.period for mention in find_periods(expression.text))
        faults = [_time_faults(periods, wanted) for wanted in expression.expected]
        read = " ".join(period.text for period in periods)
    elif expression.reader == "quantity":
        quantities = tuple(mention.quantity for mention in find_quantities(expression.text))
        faults = [_quantity_faults(quantities, wanted) for wanted in expression.expected]
        read = " ".join(map(str, quantities))
    else:
        measures = [found.meaning for found in find_measures(expression.text)]
        statistics = [found.meaning for found in find_terms("statistics", expression.text)]
        faults = [
            measure_faults([(m.name, m.stage) for m in measures], statistics, wanted)
            for wanted in expression.expected
        ]
        read = "; ".join([*(measure.name for measure in measures), *statistics])
    return ReadExpression(expression, read, tuple(min(faults, key=lambda one: len(list(one)))))


def _time_faults(found: Sequence[Period], wanted: Sequence[str]) -> list[str]:
    if len(found) != len(wanted):
        return ["not found" if not found else "found where none is" if not wanted else "count"]
    return [
        "another time"
        for period, text in zip(found, wanted, strict=True)
        if not same_time(parse_period(text), period)
    ]


def _quantity_faults(
    found: Sequence[Quantity], wanted: Mapping[str, Any] | Iterable[Mapping[str, Any]]
) -> list[str]:
    all_wanted = [wanted] if isinstance(wanted, Mapping) else list(wanted)
    if len(found) != len(all_wanted):
        return ["not found" if not found else "found where none is" if not all_wanted else "count"]
    faults = []
    for quantity, one in zip(found, all_wanted, strict=True):
        low, high = one.get("low", one.get("value")), one.get("high", one.get("value"))
        unit = canonical_unit(one.get("unit", ""))
        if "units" in one:  # yen or yuan: unsaid
            unit = quantity.unit if quantity.unit.startswith("¥") else "¥"
        if quantity.unit != unit:
            try:
                quantity = quantity.in_unit(unit)
            except ValueError:
                faults.append("unit")
        if not (is_close(quantity.low, low, unit) and is_close(quantity.high, high, unit)):
            faults.append("value")
        if quantity.bound != one.get("bound", "="):
            faults.append("bound")
    return faults
