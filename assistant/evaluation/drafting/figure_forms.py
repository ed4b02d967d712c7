"""A figure in the forms it may be written in, for the gold of a case."""

import re
from dataclasses import dataclass
from decimal import Decimal

_FIGURE = re.compile(
    r"(?P<sign>[<>≤≥~≈]\s?|(?:about|over|more than|less than|up to|around)\s)?"
    r"(?P<figure>(?P<currency>(?:US|A|C|HK|NZ)?\$|€|£|¥)?\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>\s(?:thousand|million|billion|trillion))?)"
    r"(?P<percent>\s?%|\spercent)?(?P<behind>\s(?:ad valorem\.?|[a-z][a-z ]{0,30}))?"
)
_RANGE = re.compile(r"\d[\d.,]*\s?[–-]\s?\d[\d.,]*")
_SCALES = {
    "thousand": Decimal(10**3),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
_MORE = {">": ("more than", "greater than", "over"), "<": ("less than", "under", "below")}


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed value: its worth as printed, and the scale that stands behind it ("million")."""

    printed: str
    number: Decimal
    scale: str = ""
    sign: str = ""
    currency: str = ""
    percent: bool = False

    @property
    def worth(self) -> Decimal:
        """The number with its scale applied."""
        return self.number * _SCALES.get(self.scale, Decimal(1))


def read_figure(printed: str) -> Figure | None:
    """Return the figure that a cell is, None where it is words, a sign or a range of figures."""
    match = _FIGURE.fullmatch(printed.strip())
    if match is None:
        return None
    return Figure(
        printed=printed.strip(),
        number=Decimal(match["number"].replace(",", "")),
        scale=(match["scale"] or "").strip(),
        sign=(match["sign"] or "").strip(),
        currency=match["currency"] or "",
        percent=bool(match["percent"]),
    )


def is_range(printed: str) -> bool:
    """Tell whether a cell is a range: "890–1,000"."""
    return bool(_RANGE.fullmatch(printed.strip()))


def figure_forms(figure: Figure, unit: str) -> tuple[str, ...]:
    """Return the forms in which an answer may write a figure that stands under a unit.

    >>> figure_forms(Figure("6,300,000", Decimal(6300000)), "metric tons")
    ('6,300,000', '6.3 million')
    >>> figure_forms(Figure("3,080", Decimal(3080)), "thousand metric tons")
    ('3,080', '3,080 thousand', '3,080,000', '3.08 million')
    """
    signs: tuple[str, ...] = ("",)
    if figure.sign:
        signs = (f"{figure.sign} " if figure.sign.isalpha() else figure.sign,)
        signs += tuple(f"{words} " for words in _MORE.get(figure.sign, ()))
    bare = _written(figure.number)
    before, behind = figure.currency, "%" if figure.percent else ""
    numbers = [f"{before}{bare}{f' {figure.scale}' if figure.scale else ''}{behind}"]
    under = unit.split(" ")[0].rstrip("s")
    worth = figure.worth
    if under in _SCALES and not figure.scale:
        numbers.append(f"{before}{bare} {under}")
        worth *= _SCALES[under]
    if worth != figure.number:
        numbers.append(f"{before}{_written(worth)}")
    for scale in ("million", "billion"):
        scaled = worth / _SCALES[scale]
        if 1 <= scaled < 1000 and scaled == round(scaled, 3) and not behind:
            numbers.append(f"{before}{_written(scaled)} {scale}")
    return tuple(dict.fromkeys(f"{sign}{number}" for number in numbers for sign in signs))


def _written(number: Decimal) -> str:
    """Return a number with commas; decimals are as printed, but none of a scaled whole number."""
    if number == number.to_integral_value() and number >= 1000:
        return f"{int(number):,}"
    whole, _, decimals = f"{number:,f}".partition(".")
    decimals = decimals if len(decimals) <= 2 else decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole
