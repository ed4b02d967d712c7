"""Operands brought to one unit, and how they and what comes of them are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.calculating.amounts import Unit, places_of, plain, unit_factor, with_places
from assistant.calculating.choosing import Operand
from assistant.calculating.operands import Sought

_PERCENT = "percent"


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
    unit: Unit  # of the bare figure; none where it is a ratio or percentage


@dataclass(frozen=True, slots=True)
class Terms:
    """Operands brought to one unit: what they are of, their values, labels and unit."""

    subject: str
    values: tuple[Decimal, ...]
    labels: tuple[str, ...]
    unit: Unit
    lines: tuple[Line, ...]

    @property
    def places(self) -> int:
        """The decimals that the values are written with."""
        return places_of(self.values)

    @property
    def all_operands(self) -> tuple[int, ...]:
        """The places of all operands."""
        return tuple(range(len(self.values)))

    @property
    def is_share(self) -> bool:
        """Whether the values are percentages, whose difference is in points."""
        return self.unit.symbol == _PERCENT

    def amount(self, value: Decimal) -> str:
        """Return a value with its unit, as exact as the operands are."""
        return self.unit.amount(with_places(value, self.places))

    def told(self, at: int) -> str:
        """Return one operand with its unit, as it is written."""
        return self.unit.amount(self.figure(at))

    def against(self, one: int, other: int) -> str:
        """Return two values with their unit: "4,800 t REO against 2,900 t REO"."""
        return f"{self.told(one)} against {self.told(other)}"

    def points(self, value: Decimal) -> str:
        """Return a difference with its unit; of percentages in percentage points."""
        if self.is_share:
            return f"{with_places(value, self.places)} percentage points"
        return self.amount(value)

    def difference_line(self, one: int, other: int) -> Line:
        """Return the step that takes one value from another."""
        told = self.points(self.values[one] - self.values[other])
        return Line(f"{self.figure(one)} − {self.figure(other)} = {told}", told, (other, one))

    def shown(self, one: int, other: int) -> str:
        """Return a subtraction as the figures are printed, "" where the unit has no scale."""
        if self.unit.scale == 1:
            return ""
        apart = with_places(self.values[one] - self.values[other], self.places)
        return f"; {self.figure(one)} − {self.figure(other)} = {apart}"

    def figure(self, at: int) -> str:
        """Return one value as it is written."""
        return with_places(self.values[at], places_of((self.values[at],)))


def terms_of(subject: str, sought: Sequence[Sought], operands: Sequence[Operand]) -> Terms:
    """Bring operands to the unit of the first, with a line for each and for each conversion."""
    first = operands[0].unit
    lines: list[Line] = []
    values: list[Decimal] = []
    for at, (one, operand) in enumerate(zip(sought, operands, strict=True)):
        edition = f" ({operand.edition})" if operand.edition not in ("", one.label) else ""
        told = operand_text(operand)
        lines.append(Line(f"{one.label}: {told}{edition}", told, (at,)))
        value = operand.value
        if operand.low != operand.high:
            low, high = plain(operand.low), plain(operand.high)
            middle = f"Mid-point: ({low} + {high}) ÷ 2 = {plain(value)}"
            lines.append(Line(middle, plain(value), (at,)))
        unit = operand.unit
        factor = unit_factor(unit.symbol, first.symbol) * unit.scale / first.scale
        if factor != 1:
            turned = value * factor
            told = first.amount(plain(turned))
            lines.append(Line(f"{unit.amount(plain(value))} = {told}", told, (at,)))
            value = turned
        values.append(value)
    labels = tuple(one.label for one in sought)
    return Terms(subject, tuple(values), labels, first, tuple(lines))


def operand_text(operand: Operand) -> str:
    """Return the figure of an operand with its unit and basis, as the source has it."""
    figure = plain(operand.low)
    if operand.low != operand.high:
        figure = f"{figure} to {plain(operand.high)}"
    return operand.unit.amount(figure)
