"""Units and currencies: one registry of pint, built from the tables, and what a unit measures.

A unit is written in one canonical form, its symbol in the table or a quotient of two: "t",
"USD/kg", "t/yr". Money is the currency's ISO 4217 code; currencies are never converted.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.language.vocabulary import Vocabulary, load_vocabulary, split_forms

if TYPE_CHECKING:
    import pint

YEN_OR_YUAN = "¥"
_TEMPERATURE = "temperature"


def convert(value: float, unit: str, to: str, vocabulary: Vocabulary | None = None) -> float:
    """Return a value of one unit in another; ValueError where they do not measure the same."""
    if unit == to:
        return value
    vocabulary = vocabulary or load_vocabulary()
    factor = _factor(unit, to, vocabulary)
    if factor is None:
        raise ValueError(f"{unit!r} and {to!r} do not measure the same")
    if has_own_zero(unit):
        return float(_registry(vocabulary).Quantity(value, unit).to(to).magnitude)
    return value * factor


def has_own_zero(unit: str) -> bool:
    """Tell whether a unit begins at a zero of its own, so that no factor turns it: degrees."""
    return dimension(unit) == _TEMPERATURE


def is_convertible(unit: str, to: str, vocabulary: Vocabulary | None = None) -> bool:
    """Tell whether values of one unit can be given in the other."""
    return unit == to or _factor(unit, to, vocabulary or load_vocabulary()) is not None


@lru_cache(maxsize=4096)
def dimension(unit: str, vocabulary: Vocabulary | None = None) -> str:
    """Return what a unit measures: "mass", "money", "share", "price" (money for a mass), ...

    A rate of a mass is "mass rate", money for a share "money per share"; "" where it is unknown.
    """
    known = _dimensions(vocabulary or load_vocabulary())
    if unit in known:
        return known[unit]
    above, _, below = unit.partition("/")
    of, per = known.get(above, ""), known.get(below, "")
    if of == "money" and per in ("mass", "count"):
        return "price"
    if of == "money" and per == "shares":
        return "money per share"
    if of and per == "time":
        return f"{of} rate"
    return f"{of} per {per}" if of and per else ""


def unit_forms(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield each written form of each unit and currency with its canonical symbol."""
    for row in vocabulary.rows("units"):
        yield row["symbol"], row["symbol"]
    yield YEN_OR_YUAN, YEN_OR_YUAN
    for column in ("written", "chinese"):
        for form, row in vocabulary.forms("units", column):
            yield form, row["symbol"]
    for column in ("signs", "words", "chinese"):
        for form, row in vocabulary.forms("currencies", column):
            yield form, row["code"]


def currency_signs(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield the signs that stand before an amount with their codes; "$" and "¥" are themselves."""
    for form, row in vocabulary.forms("currencies", "signs"):
        yield form, row["code"]
    yield "$", "$"
    yield YEN_OR_YUAN, YEN_OR_YUAN
    yield "￥", YEN_OR_YUAN


def currency_of_country(country: str, vocabulary: Vocabulary | None = None) -> str:
    """Return the code of a country's currency by the country's id in the lexicon, or ""."""
    rows = (vocabulary or load_vocabulary()).rows("currencies")
    return next((row["code"] for row in rows if row["country"] == country), "")


@lru_cache(maxsize=4)
def _dimensions(vocabulary: Vocabulary) -> dict[str, str]:
    units = {row["symbol"]: row["dimension"] for row in vocabulary.rows("units")}
    money = {row["code"]: "money" for row in vocabulary.rows("currencies")}
    return {**units, **money, YEN_OR_YUAN: "money"}


@lru_cache(maxsize=4)
def _registry(vocabulary: Vocabulary) -> "pint.UnitRegistry[float]":
    import pint

    registry: pint.UnitRegistry[float] = pint.UnitRegistry(None)
    waiting = [
        (row["symbol"], row["definition"])
        for row in vocabulary.rows("units")
        if "/" not in row["symbol"]
    ]
    waiting += [(row["code"], f"[{row['code']}]") for row in vocabulary.rows("currencies")]
    for symbol, definition in waiting:
        registry.define(f"{symbol} = {definition}")
    return registry


@lru_cache(maxsize=4096)
def _factor(unit: str, to: str, vocabulary: Vocabulary) -> float | None:
    import pint

    known = _dimensions(vocabulary)
    parts = (*unit.split("/"), *to.split("/"))
    if YEN_OR_YUAN in parts or not all(part in known for part in parts):
        return None
    registry = _registry(vocabulary)
    try:
        return float(registry.Quantity(1.0, unit).to(to).magnitude)
    except (pint.errors.PintError, ValueError):
        return None


def written_units(vocabulary: Vocabulary, symbol: str) -> tuple[str, ...]:
    """Return the written forms of a unit."""
    row = next(row for row in vocabulary.rows("units") if row["symbol"] == symbol)
    return split_forms(row["written"])
