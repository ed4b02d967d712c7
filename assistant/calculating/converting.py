"""Turns a figure into another unit, into metal or oxide, takes tax off, changes currency.

Each turn is a line with its constant: what the table of units knows, what the lexicon knows of
oxides, the rate and the tax that the question gives.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.calculating.amounts import (
    Unit,
    at_precision,
    converted,
    exact,
    plain,
    unit_constant,
    unit_factor,
    with_places,
)
from assistant.calculating.terms import Line
from corpus.facts import Query
from corpus.language.units import convert, dimension, has_own_zero, is_convertible
from corpus.lexicon import load_lexicon

_MASS, _MONEY, _PRICE = "mass", "money", "price"
_CONSTANT_DIGITS = Decimal("0.123456789")


@dataclass(frozen=True, slots=True)
class Turned:
    """A figure after its conversions; `what` names what it weighs now: "dysprosium metal"."""

    value: Decimal
    unit: Unit
    lines: tuple[Line, ...] = ()
    what: str = ""

    @property
    def is_turned(self) -> bool:
        """Whether anything was converted at all."""
        return bool(self.lines)

    @property
    def text(self) -> str:
        """The converted figure with its unit and what it weighs."""
        told = self.unit.amount(converted(self.value, self.unit.is_money))
        return f"{told} of {self.what}" if self.what else told


def convert_figure(
    value: Decimal, unit: Unit, query: Query, operands: tuple[int, ...] = ()
) -> Turned:
    """Return a figure turned into what a query asks for; as it is where nothing applies."""
    asked, turned = query.calculation, Turned(value, unit)
    if asked.takes_tax_off and asked.tax_percent and unit.is_money:
        turned = _without_tax(turned, exact(asked.tax_percent), operands)
    if asked.form and asked.element and dimension(unit.symbol) == _MASS:
        turned = _other_form(turned, query, operands)
    wanted = unit_asked(query.unit, unit.symbol)
    if asked.rate and wanted.partition("/")[0] != turned.unit.symbol.partition("/")[0]:
        turned = _other_currency(turned, query, wanted, operands)
    if wanted != turned.unit.symbol and is_convertible(turned.unit.symbol, wanted):
        turned = _other_unit(turned, wanted, operands)
    return turned


def may_be_turned(query: Query, unit: str) -> bool:
    """Tell whether a figure can be had in the unit that is asked for, at the question's rate."""
    return is_convertible(unit, unit_asked(query.unit, unit)) or (
        query.calculation.rate is not None and dimension(unit) == dimension(query.unit) == _MONEY
    )


def unit_asked(asked: str, given: str) -> str:
    """Return the unit that a figure is asked for in: of "per pound" the price for a pound."""
    money, slash, per = given.partition("/")
    if not asked or (dimension(asked) == _MONEY and asked == money):
        return given
    if slash and dimension(asked) == dimension(per):
        return f"{money}/{asked}"
    return f"{asked}/{per}" if slash and dimension(asked) == _MONEY else asked


def rounded_text(turned: Turned, given: Decimal) -> str:
    """Return the figure at the precision of the one it comes from, "" where that is the same."""
    full = converted(turned.value, turned.unit.is_money)
    short = at_precision(turned.value, given)
    return "" if short == full or len(short) > len(full) else short


def _without_tax(turned: Turned, percent: Decimal, operands: tuple[int, ...]) -> Turned:
    divisor = 1 + percent / 100
    value = turned.value / divisor
    result = turned.unit.amount(converted(value, is_money=True))
    text = f"Without {plain(percent)}% value-added tax: {plain(turned.value)} ÷ {plain(divisor)}"
    line = Line(f"{text} = {result}", result, operands)
    return replace(turned, value=value, lines=(*turned.lines, line))


def _other_form(turned: Turned, query: Query, operands: tuple[int, ...]) -> Turned:
    form, element_id = query.calculation.form, query.calculation.element
    element, name = load_lexicon().elements[element_id], load_lexicon().entry(element_id).name
    share = Decimal(str(element.oxide_to_metal))
    is_metal = form == "metal"
    value = turned.value * share if is_metal else turned.value / share
    unit = replace(turned.unit, basis="")
    result = unit.amount(converted(value, is_money=False))
    text = (
        f"{element.oxide} is {plain(share)} {name} by mass (from atomic weights): "
        f"{plain(turned.value)} {'×' if is_metal else '÷'} {plain(share)} = {result} of "
        f"{name} {form}"
    )
    lines = (*turned.lines, Line(text, result, operands))
    return Turned(value, unit, lines, f"{name} {form}")


def _other_currency(turned: Turned, query: Query, wanted: str, operands: tuple[int, ...]) -> Turned:
    rate = query.calculation.rate
    currency = wanted.partition("/")[0]
    given, slash, per = turned.unit.symbol.partition("/")
    if rate is None or {currency, given} != {*rate.unit.split("/")}:
        return turned
    worth = exact(rate.value)
    divides = rate.unit == f"{given}/{currency}"
    value = turned.value / worth if divides else turned.value * worth
    unit = replace(turned.unit, symbol=f"{currency}{slash}{per}")
    result = unit.amount(converted(value, is_money=True))
    text = (
        f"At {plain(worth)} {rate.unit} (the rate of the question): "
        f"{converted(turned.value, is_money=True)} {'÷' if divides else '×'} {plain(worth)}"
    )
    line = Line(f"{text} = {result}", result, operands)
    return replace(turned, value=value, unit=unit, lines=(*turned.lines, line))


def _other_unit(turned: Turned, wanted: str, operands: tuple[int, ...]) -> Turned:
    if has_own_zero(wanted):
        return _other_degrees(turned, wanted, operands)
    factor = unit_factor(turned.unit.symbol, wanted) * turned.unit.scale
    value = turned.value * factor
    unit = replace(turned.unit, symbol=wanted, scale=Decimal(1))
    result = unit.amount(converted(value, unit.is_money))
    sign, worth = ("÷", 1 / factor) if factor < 1 else ("×", factor)
    before = plain(turned.value) if not turned.lines else with_places(turned.value, 2)
    one, other = turned.unit.symbol, wanted
    if dimension(one) == _PRICE:
        one, other = one.partition("/")[2], other.partition("/")[2]
    text = f"{unit_constant(one, other)}: {turned.unit.amount(before)} {sign} {_constant(worth)}"
    line = Line(f"{text} = {result}", result, operands)
    return replace(turned, value=value, unit=unit, lines=(*turned.lines, line))


def _other_degrees(turned: Turned, wanted: str, operands: tuple[int, ...]) -> Turned:
    value = exact(convert(float(turned.value), turned.unit.symbol, wanted))
    unit = replace(turned.unit, symbol=wanted)
    result = unit.amount(converted(value, is_money=False))
    line = Line(f"{turned.unit.amount(plain(turned.value))} = {result}", result, operands)
    return replace(turned, value=value, unit=unit, lines=(*turned.lines, line))


def _constant(value: Decimal) -> str:
    """Return a constant with up to nine digits."""
    return at_precision(value, _CONSTANT_DIGITS)
