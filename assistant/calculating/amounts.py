"""How figures of a calculation are written: in the scale of their source, with its digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from corpus.language.units import convert, dimension, has_own_zero, written_units
from corpus.language.vocabulary import load_vocabulary, split_forms

_DIGITS = 12  # that a figure of the ledger is exact to
_LEAST_DIGITS = 3
_WHOLE_FROM = 1000
_SCALES = {Decimal("1e3"): "thousand", Decimal("1e6"): "million", Decimal("1e9"): "billion"}
_SIGNS = frozenset("$€£¥₹₽₩")  # currencies that stand before their figure
_PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its symbol with the scale that its figures are written in, and their basis."""

    symbol: str = ""
    scale: Decimal = Decimal(1)
    basis: str = ""

    @property
    def is_money(self) -> bool:
        """Whether it counts money, also for a weight."""
        return dimension(self.symbol.partition("/")[0]) == "money"

    def amount(self, figure: str) -> str:
        """Return a written figure with this unit: "US$69/kg", "270,000 t REO", "5 million RMB"."""
        if self.symbol == _PERCENT:
            return f"{figure}%"
        if self.symbol == "point":
            return f"{figure} percentage points"
        above, slash, below = self.symbol.partition("/")
        sign, per = _written(above), f"{slash}{_written(below)}"
        scale = _SCALES.get(self.scale, "")
        if self.is_money and sign[-1] in _SIGNS:
            minus, figure = ("−", figure[1:]) if figure.startswith("-") else ("", figure)
            told = f"{minus}{sign}{figure} {scale}".strip()
            return " ".join(filter(None, (f"{told}{per}", self.basis)))
        return " ".join(filter(None, (figure, scale, f"{sign}{per}", self.basis)))


def unit_factor(one: str, other: str) -> Decimal:
    """Return how many of a unit are in one of another; ValueError where they are unlike."""
    return exact(convert(1.0, one, other)) if one != other else Decimal(1)


def unit_constant(one: str, other: str) -> str:
    """Return the constant between two units in words: "1 lb = 0.45359237 kg"."""
    large, small = sorted((one, other), key=lambda unit: -unit_factor(unit, one))
    return f"1 {_written(large)} = {plain(unit_factor(large, small))} {_written(small)}"


def exact(value: float) -> Decimal:
    """Return a figure of the ledger as the decimal that was printed."""
    return Decimal(f"{value:.{_DIGITS}g}")


def plain(value: Decimal) -> str:
    """Return a figure in full, without closing zeros of its decimals: "1,238", "78.8"."""
    return f"{value:,.{_places(value)}f}"


def with_places(value: Decimal, places: int) -> str:
    """Return a figure rounded to so many decimals, halves up."""
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"


def places_of(values: Sequence[Decimal]) -> int:
    """Return the most decimals that figures are written with."""
    return max((_places(value) for value in values), default=0)


def percent_places(value: Decimal) -> int:
    """Return the decimals of a percentage: one, two below one percent, none from 1,000 on."""
    size = abs(value)
    return 2 if Decimal(0) < size < 1 else (0 if size >= _WHOLE_FROM else 1)


def converted(value: Decimal, is_money: bool) -> str:
    """Return a converted figure: whole from 1,000 on, money with two decimals, else four digits."""
    size = abs(value)
    if size >= _WHOLE_FROM:
        return with_places(value, 0)
    if is_money:
        return with_places(value, 2)
    whole = len(str(int(size))) if size >= 1 else 0
    return plain(Decimal(with_places(value, 4 - whole).replace(",", "")))


def at_precision(value: Decimal, given: Decimal) -> str:
    """Return a figure with as many significant digits as another has, at least three."""
    digits = max(_LEAST_DIGITS, len(given.normalize().as_tuple().digits))
    return plain(round(value, digits - 1 - value.adjusted())) if value else "0"


def rounded(places: int) -> str:
    """Return in words what a figure was rounded to."""
    words = {0: "a whole number", 1: "one decimal", 2: "two decimals"}
    return f"rounded to {words.get(places, f'{places} decimals')}"


def capital(text: str) -> str:
    """Return a text with its first letter as a sentence begins."""
    return text[:1].upper() + text[1:]


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _written(symbol: str) -> str:
    """Return how a unit is written: a currency or degrees by the first sign, others in words."""
    if has_own_zero(symbol):
        return written_units(load_vocabulary(), symbol)[0]
    for row in load_vocabulary().rows("currencies"):
        if row["code"] == symbol:
            return split_forms(row["signs"])[0]
    return symbol.replace("_", " ")
