"""The values of a table that goes to a spreadsheet, and what of a text a spreadsheet can hold."""

import re
from dataclasses import dataclass
from typing import Literal

Cell = str | int | float | None
Width = Literal["narrow", "middle", "wide"]

_MOST_UNITS = 32_767  # of UTF-16, in one cell of Excel
_CUT = " […]"
# What XML cannot hold: controls other than tab and line ends, half surrogate pairs, no characters.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?\s*%?")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how wide it is shown, and with how many decimals its numbers.

    A year may be its title, as a number.
    """

    title: str | int
    width: Width = "narrow"
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; each row has a cell a column."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def cell_text(text: str) -> str:
    """Return what of a text a cell can hold: no control characters, cut with a sign if too long."""
    text = _REFUSED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) <= _MOST_UNITS // 2 or _units(text) <= _MOST_UNITS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (_MOST_UNITS - len(_CUT))]
    return kept.decode("utf-16-le", "ignore") + _CUT


def is_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula; a number it does not."""
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
