"""Facts as JSON values, and back: compact, since a home holds hundreds of thousands of them.

A slot that is empty is left out. A name is a list of its text, id, kind and form; a period its
canonical form, with its days where these do not follow from it.
"""

from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import Any

from corpus.facts.fact import Absent, Argument, Change, Day, Fact, Names, Place, Table, Value
from corpus.language.names import Name
from corpus.language.periods import Period, parse_period
from corpus.language.quantities import Quantity

_NOWHERE = Place(0, 0, 0, 0, 0)
_EMPTY = Fact(Absent())
_WORDS = tuple(f.name for f in fields(Fact) if isinstance(getattr(_EMPTY, f.name), str))


def fact_record(fact: Fact) -> dict[str, Any]:
    """Return a fact as JSON values."""
    record: dict[str, Any] = {
        name: getattr(fact, name) for name in _WORDS if getattr(fact, name) != getattr(_EMPTY, name)
    }
    record["value"] = _value_record(fact.value)
    if fact.arguments:
        record["arguments"] = [[a.role, *_trimmed(astuple(a.name))] for a in fact.arguments]
    if fact.period:
        record["period"] = _period_record(fact.period)
    if fact.change:
        record["change"] = _trimmed(astuple(fact.change))
    if not fact.polarity:
        record["polarity"] = False
    if fact.rest:
        record["rest"] = list(fact.rest)
    if fact.place != _NOWHERE:
        record["place"] = list(astuple(fact.place))
    if fact.is_cell:
        record["table"] = _trimmed(astuple(fact.table))
    return record


def load_fact(record: dict[str, Any]) -> Fact:
    """Return the fact that a record holds."""
    return Fact(
        value=_load_value(record["value"]),
        arguments=tuple(Argument(role, Name(*name)) for role, *name in record.get("arguments", ())),
        period=_load_period(record["period"]) if "period" in record else None,
        change=Change(*record["change"]) if "change" in record else None,
        polarity=record.get("polarity", True),
        rest=tuple(record.get("rest", ())),
        place=Place(*record["place"]) if "place" in record else _NOWHERE,
        table=_load_table(*record.get("table", ())),
        **{name: record[name] for name in _WORDS if name in record},
    )


def _value_record(value: Value) -> list[Any]:
    match value:
        case Quantity():
            return ["n", *_trimmed((value.low, value.high, value.unit, value.bound, value.step))]
        case Day():
            return ["d", *_period_record(value.date)]
        case Names():
            return ["s", *(_trimmed(astuple(name)) for name in value.names)]
        case Absent():
            return ["-", *_trimmed(astuple(value))]


def _load_value(record: list[Any]) -> Value:
    kind, *held = record
    if kind == "n":
        return Quantity(*held)
    if kind == "d":
        return Day(_load_period(held))
    if kind == "s":
        return Names(tuple(Name(*name) for name in held))
    return Absent(*held)


def _load_table(
    caption: str = "",
    row: Sequence[str] = (),
    column: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Table:
    return Table(caption, tuple(row), tuple(column), tuple(notes))


def _period_record(period: Period) -> list[str]:
    derived = parse_period(period.text)
    if (period.first, period.last) == (derived.first, derived.last):
        return [period.text]
    return [period.text, period.first, period.last]


def _load_period(record: list[str]) -> Period:
    return parse_period(record[0]) if len(record) == 1 else Period(*record)


def _trimmed(values: Sequence[Any]) -> list[Any]:
    """Return values without the empty ones at their end, which are so by default."""
    held = list(values)
    while held and held[-1] in ("", (), 0.0, []):
        held.pop()
    return held
