"""Operands brought to one unit, and how they and what comes of them are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.calculating.calculation import Calculation, Operand
from assistant.calculating.units import Measure, factor_between
from assistant.calculating.written import places_of, plain, with_places


@dataclass(frozen=True, slots=True)
class Line:
    """One step: its words, its result, and which operands (by place) it takes."""

    text: str
    result: str
    operands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A calculation worked out: the sentence that answers, the steps, and the bare figure."""

    sentence: str
    lines: tuple[Line, ...]
    value: Decimal
    measure: Measure  # of the bare figure; empty where it is a ratio or percentage


@dataclass(frozen=True, slots=True)
class Terms:
    """Operands brought to one unit: their values, labels, unit and bases in words."""

    values: tuple[Decimal, ...]
    labels: tuple[str, ...]
    measure: Measure
    basis: str
    lines: tuple[Line, ...]

    @property
    def places(self) -> int:
        """The decimals that the values are written with."""
        return places_of(self.values)

    @property
    def all_operands(self) -> tuple[int, ...]:
        """The places of all operands."""
        return tuple(range(len(self.values)))

    def amount(self, value: Decimal) -> str:
        """Return a value with its unit, as exact as the operands are."""
        return self.measure.amount(with_places(value, self.places), self.basis)

    def against(self, one: int, other: int) -> str:
        """Return two values with their unit: "4,800 against 2,900 metric tons REO"."""
        return f"{self.figure(one)} against {self.measure.amount(self.figure(other), self.basis)}"

    def points(self, value: Decimal) -> str:
        """Return a difference with its unit; of percentages in percentage points."""
        if self.measure.other == "percent":
            return f"{with_places(value, self.places)} percentage points"
        return self.amount(value)

    def difference_line(self, one: int, other: int) -> Line:
        """Return the step that takes one value from another."""
        told = self.points(self.values[one] - self.values[other])
        return Line(f"{self.figure(one)} − {self.figure(other)} = {told}", told, (other, one))

    def figure(self, at: int) -> str:
        """Return one value as it is written."""
        return with_places(self.values[at], places_of((self.values[at],)))


def terms_of(calculation: Calculation, operands: Sequence[Operand]) -> Terms:
    """Bring operands to the unit of the first, with a line for each and for each conversion."""
    first = operands[0].measure
    lines: list[Line] = []
    values: list[Decimal] = []
    for at, (sought, operand) in enumerate(zip(calculation.sought, operands, strict=True)):
        edition = f" ({operand.edition})" if operand.edition not in ("", sought.label) else ""
        told = operand_words(operand)
        lines.append(Line(f"{sought.label}: {told}{edition}", told, (at,)))
        value = operand.value
        if operand.state == "range":
            low, high = plain(operand.low), plain(operand.high)
            lines.append(
                Line(f"Mid-point: ({low} + {high}) ÷ 2 = {plain(value)}", plain(value), (at,))
            )
        factor = _factor(operand.measure, first)
        if factor != 1:
            turned = value * factor
            told = first.amount(plain(turned))
            line = f"{operand.measure.amount(plain(value))} = {told}"
            lines.append(Line(line, told, (at,)))
            value = turned
        values.append(value)
    basis = sorted(frozenset[str]().union(*(o.bases for o in operands)))
    labels = tuple(sought.label for sought in calculation.sought)
    return Terms(tuple(values), labels, first, ", ".join(basis), tuple(lines))


def operand_words(operand: Operand) -> str:
    """Return the figure of an operand with its unit and basis, as the source has it."""
    figure = plain(operand.low)
    if operand.state == "range":
        figure = f"{figure} to {plain(operand.high)}"
    return operand.measure.amount(figure, ", ".join(sorted(operand.bases)))


def _factor(one: Measure, other: Measure) -> Decimal:
    """Return what one of a unit is in another of the same kind."""
    factor = Decimal(one.scale) / Decimal(other.scale)
    if one.mass and other.mass and one.mass != other.mass:
        factor *= factor_between(one.mass, other.mass)
    if one.per and other.per and one.per != other.per:
        factor *= factor_between(other.per, one.per)
    return factor
