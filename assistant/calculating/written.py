"""How figures of a calculation are written: with the digits that their operands carry."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

_LEAST_DIGITS = 3
_WHOLE_FROM = 1000


def plain(value: Decimal) -> str:
    """Return a figure in full, without closing zeros of its decimals: "1,238", "78.8"."""
    exponent = value.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"{value:,.{places}f}"


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


def digits_of(value: Decimal) -> int:
    """Return the digits of a figure, closing zeros not counted, at least three."""
    digits = value.normalize().as_tuple().digits
    return max(_LEAST_DIGITS, len(digits))


def converted(value: Decimal, is_money: bool) -> str:
    """Return a converted figure: whole from 1,000 on, money with two decimals, else four digits."""
    size = abs(value)
    if size >= _WHOLE_FROM:
        return with_places(value, 0)
    if is_money:
        return with_places(value, 2)
    whole = len(str(int(size))) if size >= 1 else 0
    return plain(Decimal(with_places(value, 4 - whole).replace(",", "")))


def to_digits(value: Decimal, digits: int) -> str:
    """Return a figure rounded to so many significant digits."""
    if not value:
        return "0"
    rounded = round(value, digits - 1 - value.adjusted())
    return plain(rounded)


def rounded(places: int) -> str:
    """Return in words what a figure was rounded to."""
    words = {0: "a whole number", 1: "one decimal", 2: "two decimals"}
    return f"rounded to {words.get(places, f'{places} decimals')}"


def capital(text: str) -> str:
    """Return a text with its first letter as a sentence begins."""
    return text[:1].upper() + text[1:]


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
