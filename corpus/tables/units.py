"""The unit and basis of a table's cell, from the nearest words that state one.

The words of units are read by `corpus.language`; here is which of them governs a cell: tables
state units in the cell, its column, a column of units, the row's labels, lines above and notes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.language.measures import find_measures, find_terms
from corpus.language.quantities import find_units
from corpus.language.table_words import (
    PrintedUnit,
    find_basis,
    find_currency_sign,
    leading_unit,
    money_words,
    printed_units,
    unit_alone,
    unit_line,
    whole_unit,
)
from corpus.language.units import dimension
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import content_words

_CODE = re.compile(r"\d+\.\d+\.\d[\d.]*")
_BEHIND = re.compile(r"\d\)?\s?([^\W\d]\D{0,30})$")  # "297,000 t", "2.5 years"
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_PER_SHARE = re.compile(r"(?<!\d )\bper (?:\w+ )?share\b(?=\s*(?:$|[,:;(]|or\b))", re.IGNORECASE)
_PER_EACH = re.compile(r"\bper (?:\w+ )?(?:share|rsu|unit|option)\b", re.IGNORECASE)
_EXCEPT_SHARES = re.compile(r"\b(?:except|and) (?:for )?(?:number of )?shares?\b", re.IGNORECASE)
_FIRST_AND_TOTAL = 2  # cells that a column's sign is printed at
_THOUSANDS = re.compile(r"\d[,  ]\d{3}|\d{4}")
_MONEY = frozenset(("", "money", "price", "money per share", "shares"))
_MASSES = frozenset(("mass", "mass rate", "price"))


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure counts, and on which basis: "metric tons" of "REO equivalent"."""

    unit: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What is said around the value whose measure is asked.

    `labels` are those of its row and groups, the nearest first; `unit` is the row's own unit,
    `table_unit` that of the whole table, `page_unit` that of the page, `sign` the currency or % at
    another cell of the column.
    """

    printed: str
    column: str
    labels: Sequence[str]
    caption: str
    unit: str = ""
    table_unit: str = ""
    page_unit: str = ""
    notes: Sequence[str] = ()
    sign: str = ""


def is_unit(words: str) -> bool:
    """Tell whether words name a unit and nothing else: "metric tons", "US$/kg", "(kilograms)"."""
    return unit_alone(words) is not None


def is_unit_line(line: str) -> bool:
    """Tell whether a line above a table says the unit of all of it, in brackets or without."""
    return unit_line(line) is not None


def measure(around: Around) -> Measure:
    """Return unit and basis of a value: what stands nearest to it counts."""
    if _CODE.fullmatch(around.printed):
        return Measure()
    unit, basis, symbol = _stated(around)
    if unit and not basis and (dimension(symbol) in _MASSES or "/" in symbol):
        basis = _basis(symbol, around)
    return Measure(unit, basis)


def currency_of(cells: Iterable[str]) -> str:
    """Return the sign of currency or % that a cell of a column is printed with, or "".

    A % beside money or figures of thousands is that of its own row, and so is one that many cells
    are printed with, as then those without it are of something else.
    """
    told = list(cells)
    if sign := next((found for cell in told if (found := find_currency_sign(cell))), None):
        return sign
    is_share = 0 < sum("%" in cell for cell in told) <= _FIRST_AND_TOTAL
    return "%" if is_share and not any(_THOUSANDS.search(cell) for cell in told) else ""


_Told = tuple[str, str, str]  # unit and basis as printed, and the unit's symbol
_PERCENT: _Told = ("percent", "", "percent")


def _stated(around: Around) -> _Told:
    if "%" in around.printed:
        return _PERCENT
    column, sign = around.column, find_currency_sign(around.printed) or around.sign
    if found := _of_value(around.printed) or _of_head(column):
        return found
    if sign == "%" and not any(map(str.isdigit, around.printed)):
        return _PERCENT
    if around.unit:
        return _parsed(around.unit)
    of_column = _first(column)
    is_count = of_column is not None and dimension(of_column[2]) == "count"
    of_labels = _of_labels(around.labels, _counts_shares(around.labels))
    if found := (of_labels if is_count and of_labels else of_column) or of_labels:
        return found
    if per := _PER_EACH.search(column):
        return per[0].lower(), "", ""
    if sign == "%":
        return _PERCENT
    of_table = (around.table_unit, around.caption, around.page_unit)
    found = next((told for words in of_table if (told := _of_table(words, around))), None)
    if sign and not (found and dimension(found[2]) in _MONEY):
        return money_words(sign), "", ""
    return found or ("", "", "")


@lru_cache(maxsize=4096)
def _of_value(printed: str) -> _Told | None:
    """Return the unit that is printed behind a figure."""
    behind = _BEHIND.search(printed)
    unit = whole_unit(behind[1]) if behind else None
    if unit is None or behind is None or find_units(printed[: behind.start()]):
        return None  # one of several amounts
    return _told(unit)


@lru_cache(maxsize=4096)
def _of_head(column: str) -> _Told | None:
    """Return the unit that a column's head gives in brackets, or alone below other heads."""
    for words in reversed(_IN_BRACKETS.findall(column)):
        if unit := unit_alone(words):
            return _told(unit)
    lowest = column.rsplit(" > ", 1)[-1]
    unit = unit_alone(lowest) if lowest != column else None
    return _told(unit) if unit else None


@lru_cache(maxsize=4096)
def _first(words: str) -> _Told | None:
    units = printed_units(words)
    return _told(units[0]) if units else None


def _of_labels(labels: Sequence[str], counts_shares: bool) -> _Told | None:
    return next((found for label in labels if (found := _of_label(label, counts_shares))), None)


@lru_cache(maxsize=4096)
def _of_label(label: str, counts_shares: bool) -> _Told | None:
    if (per := _PER_SHARE.search(label)) and not counts_shares:
        return f"dollars {per[0].lower()}", "", "USD/share"
    if found := _first(label):
        return found
    counted = [one.meaning.dimension for one in find_measures(label)]
    return ("number", "", "item") if counted[:1] == ["people"] else None


def _of_table(words: str, around: Around) -> _Told | None:
    """Return what is said of a whole table; each of several units is for what it is said of."""
    units = printed_units(words)
    if not units:
        return _parsed(words) if words and words == around.table_unit else None
    if _counts_shares(around.labels) and _EXCEPT_SHARES.search(words) and len(units) == 1:
        has_sign = bool(find_currency_sign(around.printed))
        return _told(units[0]) if has_sign else ("shares", "", "share")
    if len(units) == 1 or find_currency_sign(around.printed):
        return _told(units[0])
    own = frozenset().union(*map(_nouns, (*around.labels, around.column)))
    return _told(next((one for one in units[1:] if own & _nouns(one.noun)), units[0]))


@lru_cache(maxsize=4096)
def _nouns(words: str) -> frozenset[str]:
    """Return the words that say of what a label or a unit is, without what is added to them.

    "Value" is one of them: "gross weight in kilograms and value in dollars".
    """
    first = re.split(r"[,:;(]", words.lstrip(" ,:;("))[0]
    figures = (first[one.start : one.end].casefold() for one in find_terms("markers", first))
    named = {word for word in figures if word in _figure_words()}
    return frozenset(word.rstrip("s") for word in (*content_words(first), *named))


@lru_cache(maxsize=1)
def _figure_words() -> frozenset[str]:
    return frozenset(load_vocabulary().words("markers", "figures"))


@lru_cache(maxsize=4096)
def _parsed(words: str) -> _Told:
    """Return unit and basis of words that state a unit, all of them where none is known."""
    unit = whole_unit(words) or unit_line(words) or next(iter(printed_units(words)), None)
    return _told(unit) if unit else (words.strip("()[] "), "", "")


def _told(unit: PrintedUnit) -> _Told:
    return unit.printed, unit.basis, unit.mention.unit


def _counts_shares(labels: Sequence[str]) -> bool:
    return any(map(_names_shares, labels))


@lru_cache(maxsize=4096)
def _names_shares(label: str) -> bool:
    """Tell whether a row counts shares, rather than money for each."""
    if any(one.meaning.dimension == "shares" for one in find_measures(label)):
        return True
    return any(one.unit == "share" and one.start == 0 for one in find_units(label))


def _basis(symbol: str, around: Around) -> str:
    """Return what a mass is of, if its row, column, table or notes say so."""
    for words in (*around.labels[:1], around.column, *around.labels[1:]):
        if named := find_basis(words):
            return named
    for words in (around.table_unit, *around.notes, around.caption):
        stated = (leading_unit(words), *printed_units(words)) if words else ()
        for unit in filter(None, stated):
            if unit.mention.unit == symbol and unit.basis:
                return unit.basis
    return find_basis(around.caption)
