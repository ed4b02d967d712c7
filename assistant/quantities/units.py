"""Units as sources write them: what a written unit is in the base unit of its dimension.

"kt" is 1,000 "t", "short tons" 0.907 "t", "dollars per pound" 2.2 "USD/kg". Currencies are
dimensions of their own, so that none ever turns into another.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

QuantityKind = Literal[
    "amount", "money", "price", "percent", "time", "temperature", "power", "length",
    "year", "date", "edition", "label", "count",
]  # fmt: skip

SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "thousands": 1e3,
    "k": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
# Written forms to the names that pint knows; what is longer than four letters may have capitals.
_MASSES = {
    "metric ton": "tonne",
    "metric tonne": "tonne",
    "tonne": "tonne",
    "ton": "tonne",  # USGS and the trade press mean metric tons
    "t": "tonne",
    "mt": "tonne",  # as SMM writes it
    "MT": "tonne",
    "kt": "kilotonne",
    "Mt": "megatonne",
    "kilotonne": "kilotonne",
    "kiloton": "kilotonne",
    "short ton": "short_ton",
    "long ton": "long_ton",
    "kilogram": "kilogram",
    "kilo": "kilogram",
    "kg": "kilogram",
    "gram": "gram",
    "g": "gram",
    "mg": "milligram",
    "pound": "pound",
    "lb": "pound",
    "ounce": "ounce",
    "oz": "ounce",
}
_YEARLY = {"tpa": "tonne", "t/a": "tonne", "ktpa": "kilotonne", "Mtpa": "megatonne"}
_YEARLY |= {"mtpa": "megatonne", "MTPA": "megatonne", "tpy": "tonne"}
_TIMES = {"year": "year", "yr": "year", "month": "month", "week": "week", "day": "day"}
_TIMES |= {"hour": "hour", "minute": "minute"}
_SHARES = {"%": "percent", "percent": "percent", "per cent": "percent", "pct": "percent"}
_SHARES |= {"ppm": "ppm", "parts per million": "ppm", "part per million": "ppm"}
_POINTS = frozenset(("percentage point", "percent point", "pp", "point"))
_POWERS = {"MW": "megawatt", "GW": "gigawatt", "kW": "kilowatt", "megawatt": "megawatt"}
_POWERS |= {"gigawatt": "gigawatt"}
_LENGTHS = {"km": "kilometer", "kilometer": "kilometer", "kilometre": "kilometer"}
_LENGTHS |= {"mile": "mile", "metre": "meter", "meter": "meter", "feet": "foot", "foot": "foot"}
_DEGREES = {"°C": "degC", "° C": "degC", "℃": "degC", "degrees Celsius": "degC"}
_DEGREES |= {"degree Celsius": "degC", "°F": "degF", "degrees Fahrenheit": "degF"}
CURRENCIES = {
    "US$": "USD",
    "USD": "USD",
    "$": "USD",
    "dollar": "USD",
    "US dollar": "USD",
    "U.S. dollar": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "AUD": "AUD",
    "Australian dollar": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "CAD": "CAD",
    "Canadian dollar": "CAD",
    "NZ$": "NZD",
    "€": "EUR",
    "EUR": "EUR",
    "euro": "EUR",
    "£": "GBP",
    "GBP": "GBP",
    "RMB": "CNY",
    "CNY": "CNY",
    "¥": "CNY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "JPY": "JPY",
    "yen": "JPY",
    "MYR": "MYR",
    "ringgit": "MYR",
    "INR": "INR",
    "rupee": "INR",
}
# The base of a price: in China per metric ton, elsewhere per kilogram.
_PRICED_BY_TON = frozenset(("CNY",))
_SHORT = 4  # letters of a unit whose capitals tell it apart: "Mt" is no "mt"


@dataclass(frozen=True, slots=True)
class WrittenUnit:
    """What one of a written unit is: `factor` of `unit`; temperatures have an offset besides."""

    unit: str
    kind: QuantityKind
    factor: float = 1.0
    offset: float = 0.0


@lru_cache(maxsize=4096)
def plain_unit(written: str) -> WrittenUnit | None:
    """Return what a unit without "per" is: mass, time, share, currency and the like."""
    form = _form(written)
    if form in CURRENCIES:
        return WrittenUnit(CURRENCIES[form], "money")
    if form in _POINTS:
        return WrittenUnit("pp", "percent")
    for table, unit, kind in _DIMENSIONS:
        if form in table:
            return _converted(table[form], unit, kind)
    if form in _TIMES:
        unit = {"month": "year", "week": "day"}.get(_TIMES[form], _TIMES[form])
        return _converted(_TIMES[form], unit, "time")
    return None


@lru_cache(maxsize=4096)
def unit_per(written: str, per: str) -> WrittenUnit | None:
    """Return what a unit per another is: dollars per pound, tonnes per year."""
    upper, lower = plain_unit(written), plain_unit(per)
    if upper is None or lower is None:
        return None
    if upper.kind == "money" and lower.unit == "t":
        base = "t" if upper.unit in _PRICED_BY_TON else "kg"
        factor = _in(f"{upper.unit} / {_MASSES[_form(per)]}", f"{upper.unit} / {_MASSES[base]}")
        return WrittenUnit(f"{upper.unit}/{base}", "price", factor)
    if upper.unit == "t" and _form(per) in ("year", "yr"):
        return WrittenUnit("t/year", "amount", upper.factor)
    if upper.kind in ("money", "amount") and lower.kind == "time":
        return WrittenUnit(f"{upper.unit}/{_form(per)}", upper.kind, upper.factor)
    return upper if lower.kind == "time" else None


def _form(written: str) -> str:
    """Return a unit as the tables have it: singular, and in small letters where it is a word."""
    form = re.sub(r"[\s\u00a0-]+", " ", written).strip(" .")
    if form in CURRENCIES or form in _DEGREES:
        return form
    if len(form) > _SHORT and form not in _YEARLY:
        named = re.fullmatch(r"(US|U\.S\.|Australian|Canadian)( dollar)s?", form, re.IGNORECASE)
        if named:
            return f"{named[1]}{named[2].lower()}"
        form = form.lower()
    lower = form.lower()
    if lower in ("ton", "tons", "year", "yrs", "lbs", "euro", "days", "day", "kgs", "yuan", "kilo"):
        form = lower
    return form if form in ("feet",) or form in _SHARES else form.removesuffix("s")


def _converted(name: str, unit: str, kind: QuantityKind) -> WrittenUnit:
    if kind == "temperature":
        zero = _registry().Quantity(0, name).to("degC").magnitude
        one = _registry().Quantity(1, name).to("degC").magnitude
        return WrittenUnit(unit, kind, one - zero, zero)
    bases = {"t": "tonne", "t/year": "tonne", "%": "percent", "MW": "megawatt", "km": "kilometer"}
    return WrittenUnit(unit, kind, _in(name, bases.get(unit, unit)))


def _in(name: str, base: str) -> float:
    return float(_registry().Quantity(1, name).to(base).magnitude)


@cache
def _registry() -> Any:
    from pint import UnitRegistry

    registry: Any = UnitRegistry()
    for currency in sorted(set(CURRENCIES.values())):
        registry.define(f"{currency} = [currency_{currency}]")
    return registry


_DIMENSIONS: tuple[tuple[dict[str, str], str, QuantityKind], ...] = (
    (_MASSES, "t", "amount"),
    (_YEARLY, "t/year", "amount"),
    (_SHARES, "%", "percent"),
    (_DEGREES, "°C", "temperature"),
    (_POWERS, "MW", "power"),
    (_LENGTHS, "km", "length"),
)
