"""Units as sources and questions write them, and their conversion by pint.

A unit is taken apart into scale, currency, mass and "per mass", so that "million RMB", "US$ per
kilogram" and "thousand metric tons" are all one kind of value.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_MASSES = (
    ("short_ton", r"short tons?"),
    ("long_ton", r"long tons?"),
    ("kilotonne", r"kt\b|kilotonn?e?s?\b|kilotons?\b|ktpa\b"),
    ("megatonne", r"(?-i:Mt)\b|megatonn?e?s?\b"),
    ("metric_ton", r"metric tonn?e?s?|tonnes?|tons?\b|(?-i:mt|MT|t)\b"),
    ("kilogram", r"kilogram(?:me)?s?|kilos?\b|kgs?\b"),
    ("gram", r"gram(?:me)?s?\b"),
    ("pound", r"pounds?\b|lbs?\b"),
)
_CURRENCIES = (
    ("A$", r"A\$|AU\$|AUD\b|Australian dollars?"),
    ("C$", r"C\$|CA\$|CAD\b|Canadian dollars?"),
    ("US$", r"US\s?\$|USD\b|U\.?S\.? dollars?|(?<![A-Za-z])\$|\bdollars?\b"),
    ("RMB", r"RMB\b|CNY\b|yuan\b|renminbi\b"),
    ("EUR", r"€|EUR\b|euros?\b"),
    ("GBP", r"£|GBP\b"),
    ("JPY", r"JPY\b|yen\b"),
)
MASS = "|".join(pattern for _, pattern in _MASSES)
CURRENCY = "|".join(pattern for _, pattern in _CURRENCIES)
SCALE = "|".join(_SCALES)
_PER = re.compile(rf"(?:\bper\s+(?:one\s+)?|\ba\s+|/\s?)(?P<mass>{MASS})", re.IGNORECASE)
_SHOWN = {
    "short_ton": "short tons",
    "long_ton": "long tons",
    "kilotonne": "kt",
    "megatonne": "Mt",
    "metric_ton": "metric tons",
    "kilogram": "kilograms",
    "gram": "grams",
    "pound": "pounds",
}
_PER_SHOWN = {
    "short_ton": "short ton",
    "long_ton": "long ton",
    "metric_ton": "metric ton",
    "kilogram": "kilogram",
    "gram": "gram",
    "pound": "pound",
    "kilotonne": "kt",
    "megatonne": "Mt",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit taken apart; parts that it does not have are empty.

    "thousand yuan per metric ton" has scale 1000, currency RMB and per metric_ton.
    """

    scale: int = 1
    currency: str = ""
    mass: str = ""  # as pint names it
    per: str = ""  # as pint names it
    other: str = ""  # "percent", "number"

    @property
    def kind(self) -> str:
        """What is counted: "mass", "price", "money", "percent", "number", "" where unknown."""
        if self.currency:
            return "price" if self.per else "money"
        return "mass" if self.mass else self.other

    def amount(self, figure: str, basis: str = "") -> str:
        """Return a written figure with this unit: "US$69 per kilogram", "270,000 metric tons REO".

        A basis ("REO", "f.o.b.") stands behind.
        """
        if self.other:
            return f"{figure.rstrip('%')}%" if self.other == "percent" else figure
        if not self.currency.endswith("$"):
            return " ".join(filter(None, (figure, self.words, basis)))
        rest = self.words.replace(self.currency, "", 1).split()
        return " ".join(filter(None, (f"{self.currency}{figure}", *rest, basis)))

    @property
    def words(self) -> str:
        """The unit in words: "million RMB", "US$ per kilogram"."""
        scale = next((word for word, worth in _SCALES.items() if worth == self.scale), "")
        currency = "yuan" if self.currency == "RMB" and self.per else self.currency
        told = [scale, currency or _SHOWN.get(self.mass, "")]
        if self.per:
            told.append(f"per {_PER_SHOWN[self.per]}")
        if self.other == "percent":
            told = ["percent"]
        return " ".join(filter(None, told))


NO_UNIT = Measure()


def read_measure(text: str) -> Measure:
    """Return the unit that a text names, an empty one where it names none."""
    per = _PER.search(text)
    rest = text[: per.start()] + " " + text[per.end() :] if per else text
    currency = _first(_CURRENCIES, rest)
    mass = "" if currency else _first(_MASSES, rest)
    found = re.search(rf"\b({SCALE})s?\b", rest, re.IGNORECASE)
    scale = _SCALES[found[1].lower()] if found and (currency or mass) else 1
    if currency:
        return Measure(scale, currency, "", _named(_MASSES, per["mass"]) if per else "")
    if mass:
        return Measure(scale, "", mass)
    if re.search(r"%|\bper\s?cent\b|\bpercentage\b", text, re.IGNORECASE):
        return Measure(other="percent")
    if re.fullmatch(r"number", text.strip(), re.IGNORECASE):
        return Measure(other="number")
    return Measure()


def factor_between(one: str, other: str) -> Decimal:
    """Return how many of the mass unit `other` are in one of `one`, as pint knows it."""
    registry = _registry()
    return Decimal(registry.Quantity(Decimal(1), one).to(other).magnitude)


def unit_constant(one: str, other: str) -> str:
    """Return the constant between two units of mass in words: "1 pound = 0.45359237 kilograms"."""
    large, small = sorted((one, other), key=lambda unit: -factor_between(unit, "kilogram"))
    small = "kilogram" if {large, small} == {"pound", "kilogram"} else small
    large = "pound" if {one, other} == {"pound", "kilogram"} else large
    worth = factor_between(large, small)
    return f"1 {_PER_SHOWN[large]} = {_plain(worth)} {_SHOWN[small]}"


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('1e-8')).normalize():,f}"


def _first(names: tuple[tuple[str, str], ...], text: str) -> str:
    """Return the name whose pattern stands first in a text; of two at one place the earlier."""
    places = []
    for order, (name, pattern) in enumerate(names):
        found = re.search(rf"(?<![A-Za-z])(?:{pattern})", text, re.IGNORECASE)
        if found:
            places.append((found.start(), order, name))
    return min(places)[2] if places else ""


def _named(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next(
        (name for name, pattern in names if re.fullmatch(f"(?:{pattern})", text, re.IGNORECASE)),
        "",
    )


@cache
def _registry() -> Any:
    """Return pint's registry, with figures kept as decimals."""
    import pint

    return pint.UnitRegistry(non_int_type=Decimal)
