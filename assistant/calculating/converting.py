"""Turns a figure into another unit, into metal or oxide, takes tax off, changes currency.

Each turn is a line with its constant: what pint knows of units, what the lexicon knows of oxides,
the rate that the question gives.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.calculating.calculation import Conversion
from assistant.calculating.terms import Line
from assistant.calculating.units import Measure, factor_between, unit_constant
from assistant.calculating.written import converted, digits_of, plain, to_digits, with_places
from corpus.lexicon import load_lexicon


@dataclass(frozen=True, slots=True)
class Turned:
    """A figure after its conversions; `what` names what it weighs now: "dysprosium metal"."""

    value: Decimal
    measure: Measure
    lines: tuple[Line, ...]
    what: str = ""

    @property
    def is_turned(self) -> bool:
        """Whether anything was converted at all."""
        return bool(self.lines)


def convert(
    value: Decimal, measure: Measure, conversion: Conversion, operands: tuple[int, ...]
) -> Turned:
    """Return a figure turned into what is asked for; as it is where nothing applies."""
    turned = Turned(value, measure, ())
    if conversion.vat_percent and measure.currency:
        turned = _without_tax(turned, conversion, operands)
    if conversion.form and conversion.element and measure.mass:
        turned = _other_form(turned, conversion, operands)
    unit = conversion.unit
    if conversion.rate and unit.currency and unit.currency != turned.measure.currency:
        turned = _other_currency(turned, conversion, operands)
    return _other_unit(turned, unit, operands)


def told(turned: Turned) -> str:
    """Return a converted figure in words, with its rounding to the digits of the source's."""
    is_money = bool(turned.measure.currency)
    return turned.measure.amount(converted(turned.value, is_money))


def rounded_words(turned: Turned, given: Decimal) -> str:
    """Return the figure at the precision of the one it comes from, "" where that is the same."""
    full = converted(turned.value, bool(turned.measure.currency))
    short = to_digits(turned.value, digits_of(given))
    return "" if short == full or len(short) >= len(full) + 1 else short


def _without_tax(turned: Turned, conversion: Conversion, operands: tuple[int, ...]) -> Turned:
    divisor = 1 + conversion.vat_percent / 100
    value = turned.value / divisor
    result = turned.measure.amount(converted(value, True))
    text = (
        f"Without {plain(conversion.vat_percent)}% value-added tax: {plain(turned.value)} ÷ "
        f"{plain(divisor)} = {result}"
    )
    line = Line(text, result, operands)
    return replace(turned, value=value, lines=(*turned.lines, line))


def _other_form(turned: Turned, conversion: Conversion, operands: tuple[int, ...]) -> Turned:
    element = load_lexicon().elements[conversion.element]
    name = load_lexicon().entry(conversion.element).name
    share = Decimal(str(element.oxide_to_metal))
    sign, value = (
        ("×", turned.value * share) if conversion.form == "metal" else ("÷", turned.value / share)
    )
    words = turned.measure.words
    text = (
        f"{element.oxide} is {plain(share)} {name} by mass (from atomic weights): "
        f"{plain(turned.value)} {sign} {plain(share)} = {converted(value, False)} {words} of "
        f"{name} {conversion.form}"
    )
    line = Line(text, f"{converted(value, False)} {words}", operands)
    what = f"{name} {conversion.form}"
    return replace(turned, value=value, lines=(*turned.lines, line), what=what)


def _other_currency(turned: Turned, conversion: Conversion, operands: tuple[int, ...]) -> Turned:
    given, wanted = turned.measure.currency, conversion.unit.currency
    divides = (conversion.rate_of, conversion.rate_in) == (wanted, given)
    value = turned.value / conversion.rate if divides else turned.value * conversion.rate
    measure = replace(turned.measure, currency=wanted)
    sign = "÷" if divides else "×"
    text = (
        f"At {plain(conversion.rate)} {_named(conversion.rate_in)} per "
        f"{_named(conversion.rate_of)} (the rate of "
        f"the question): {converted(turned.value, True)} {sign} {plain(conversion.rate)} = "
        f"{measure.amount(converted(value, True))}"
    )
    line = Line(text, measure.amount(converted(value, True)), operands)
    return replace(turned, value=value, measure=measure, lines=(*turned.lines, line))


def _named(currency: str) -> str:
    return "yuan" if currency == "RMB" else currency


def _other_unit(turned: Turned, unit: Measure, operands: tuple[int, ...]) -> Turned:
    measure = turned.measure
    value, constant, sign = turned.value, "", "×"
    if unit.mass and measure.mass and unit.mass != measure.mass:
        factor = factor_between(measure.mass, unit.mass)
        constant = unit_constant(measure.mass, unit.mass)
        wanted = replace(measure, mass=unit.mass, scale=unit.scale)
    elif unit.per and measure.per and unit.per != measure.per and _same_money(unit, measure):
        factor = factor_between(unit.per, measure.per)
        constant = unit_constant(measure.per, unit.per)
        wanted = replace(measure, per=unit.per, scale=unit.scale)
    elif unit.scale != measure.scale and unit.kind == measure.kind and _same_money(unit, measure):
        factor = Decimal(1)
        wanted = replace(measure, scale=unit.scale)
    else:
        return turned
    factor *= Decimal(measure.scale) / Decimal(wanted.scale)
    value = turned.value * factor
    shown = converted(value, bool(wanted.currency))
    if factor < 1:
        sign, worth = "÷", with_figures(1 / factor)
    else:
        worth = with_figures(factor)
    lead = f"{constant}: " if constant else ""
    result = wanted.amount(shown)
    line = Line(f"{lead}{_before(turned)} {sign} {worth} = {result}", result, operands)
    return replace(turned, value=value, measure=wanted, lines=(*turned.lines, line))


def with_figures(value: Decimal) -> str:
    """Return a constant with up to nine digits."""
    return to_digits(value, 9)


def _before(turned: Turned) -> str:
    if not turned.lines:
        return turned.measure.amount(plain(turned.value))
    return turned.measure.amount(with_places(turned.value, 2))


def _same_money(unit: Measure, measure: Measure) -> bool:
    return unit.currency in ("", measure.currency)
