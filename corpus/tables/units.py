"""The unit and basis of a table's cell, from the nearest words that state one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_UNIT = re.compile(
    r"(?<![\w-])(?:(?:thousands?|millions?|billions?)\s+(?:of\s+)?)?(?:(?:metric|short)\s+)?"
    r"(?:tons|tonnes|kilograms|kg\b|kt\b|percent\b|per cent|US\$|A\$|\$|US dollars|dollars|euros"
    r"|yuan|RMB)[^;()\]>]*(?:\(REO\)[^;()\]>]*)?"
)
_PERCENT = re.compile(r"%|\bpercent(?:age)?\b|\bper cent\b", re.IGNORECASE)
_PERCENTAGE = re.compile(r"\bpercentage\b", re.IGNORECASE)
_CODE = re.compile(r"\d+\.\d+\.\d[\d.]*")
_PER_SHARE = re.compile(r"\bper (?:\w+ )?share\b", re.IGNORECASE)
_SHARES = re.compile(r"\bshares\b", re.IGNORECASE)
_SHARES_UNIT = re.compile(r"shares[^,;)]*,? (?:which are )?(?:reflected )?in (\w+)", re.IGNORECASE)
_EXCEPT_SHARES = re.compile(r"\b(?:except|and) (?:for )?(?:number of )?shares?\b", re.IGNORECASE)
_PER_EACH = re.compile(r"\bper (?:\w+ )?(?:share|rsu|unit|option)\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?:weighted|shares|number of|equity awards)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\([^()]*\d[^()]*\)|(?:US)?\$\s?\(?\d[\d.,]*\)?(?: (?:million|billion))?")
_WORTH = re.compile(r"\b(?:value|amount|price|dollar)", re.IGNORECASE)
_PEOPLE = re.compile(r"(?:Employment|Number of (?:employees|workers))(?:$|[ ,:])", re.IGNORECASE)
_MEASURE = re.compile(r"\d\)?\s?(years?|months?|days?|pts|bps)\.?$")
_BRACKETED = re.compile(
    r"\(((?:in )?(?:years?|months?|weeks?|days?|hours?|minutes?|shares|units|persons|people"
    r"|employees|ounces|carats|thousands?|millions?|billions?)[a-z .%]{0,14})\)$"
)
# "incl. 13% VAT", "75 percent iron": shares that are said of a thing do not count its figures.
_SHARE = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d+)?\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_EXCEPTION = re.compile(r",?\s*(?:\bunless|\bexcept|\band (?:shares|per)\b)", re.IGNORECASE)
_BASIS = re.compile(r",\s*|\s+of\s+(?=rare|REO|contained|gross|oxide|metal)", re.IGNORECASE)
_IN_DOLLARS = re.compile(r"\$(?:\s?(?:/|per\b|thousand|million|billion)|$)")
_UNIT_WORDS = re.compile(
    r"\b(?:in|as)\s+((?:US\$|U\.S\. dollars|\$)?\s?(?:thousands|millions|billions|percent|metric"
    r"|tons|tonnes|kilograms|dollars|a percentage)[^()\[\];]*)|^[(\[]?((?:dollars|percent|thousands"
    r"|millions|tons)\b[^()\[\];]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure counts, and on which basis: "metric tons" of "REO equivalent"."""

    unit: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What may state the unit of a cell, from the cell itself to the page.

    `labels` are those of the row and its groups, the nearest first; `table` is the unit said above
    the table, `page` that of the page. `in_percent` says that a cell of the column has a % sign.
    """

    printed: str
    column: str
    labels: Sequence[str]
    table: str
    caption: str
    page: str
    in_percent: bool


def find_measure(stated: Stated) -> Measure:
    """Return unit and basis of a cell; both are empty for words and for numbers of a tariff."""
    if _CODE.fullmatch(stated.printed):
        return Measure()
    if "%" in stated.printed:
        return Measure("percent")
    if measure := _MEASURE.search(stated.printed):
        return Measure(measure[1])
    if _is_in_percent(stated.column):
        return Measure("percent")
    if unit := said_unit(stated.column) or _bracketed(stated.column):
        return split_basis(unit)
    return (
        _of_labels(stated)
        or _of_each(stated.column)
        or _of_table(stated)
        or (Measure("percent") if stated.in_percent else None)
        or _named_in(stated.column, stated.caption)
        or split_basis(stated.page)
    )


@lru_cache(maxsize=1024)
def _is_in_percent(column: str) -> bool:
    return bool(_PERCENT.search(_SHARE.sub("", column)))


def _of_labels(stated: Stated) -> Measure | None:
    counted = _counts(stated)
    return next((found for label in stated.labels if (found := _of_label(label, counted))), None)


@lru_cache(maxsize=4096)
def _of_label(label: str, counted: bool) -> Measure | None:
    label = _AMOUNT.sub("", label)
    if _PERCENTAGE.search(label) or label.endswith((" %", "(%)")):
        return Measure("percent")
    if label.endswith(", number") or _PEOPLE.match(label):
        return Measure("number")
    if _PER_SHARE.search(label) and not counted:
        return Measure(f"dollars {_PER_SHARE.findall(label)[0].lower()}")
    unit = said_unit(label) or _named(label)
    return Measure(unit) if unit else None


def _of_each(column: str) -> Measure | None:
    per = _PER_EACH.search(column)
    return Measure(per[0].lower()) if per else None


def _of_table(stated: Stated) -> Measure | None:
    """Return what is said above the table; shares may be counted in another unit than money."""
    for words in (stated.table, _AMOUNT.sub("", stated.caption)):
        if unit := said_unit(words):
            shares = _SHARES_UNIT.search(words)
            counts = _counts(stated) or bool(_SHARES.search(stated.column))
            if shares and counts and "$" not in stated.printed and not _WORTH.search(stated.column):
                return Measure(shares[1])
            if counts and _EXCEPT_SHARES.search(words) and "$" not in stated.printed:
                return Measure("shares")
            return split_basis(unit)
    return None


def _named_in(*places: str) -> Measure | None:
    return next((split_basis(unit) for words in places if (unit := _named(words))), None)


def _counts(stated: Stated) -> bool:
    """Tell whether a row counts things, such as shares, rather than money."""
    return any(_COUNTED.match(label) for label in stated.labels)


def _bracketed(column: str) -> str:
    """Return the unit in brackets that closes a column's head: "Remaining Term (years)"."""
    match = _BRACKETED.search(column)
    return match[1] if match else ""


def unit_of(words: str) -> str:
    """Return the unit that a table's caption or a row's label names, or ""."""
    match = _UNIT.search(words)
    return match.group().strip(" .:,") if match else ""


@lru_cache(maxsize=4096)
def said_unit(words: str) -> str:
    """Return the unit of words such as "(In millions, except per share amounts)"."""
    match = _UNIT_WORDS.search(words)
    if not match:
        return ""
    unit = match[1] or match[2]
    return _EXCEPTION.split(unit)[0].strip(" ,:")


@lru_cache(maxsize=4096)
def _named(words: str) -> str:
    """Return the unit that a label or caption names, its amounts of money aside."""
    unit = unit_of(_SHARE.sub("", _AMOUNT.sub("", words)))
    return "" if unit.startswith("$") and not _IN_DOLLARS.match(unit) else unit


def split_basis(unit: str) -> Measure:
    """Return unit and basis of "metric tons of rare-earth-oxide (REO) equivalent, unless ..."."""
    parts = _BASIS.split(_EXCEPTION.split(unit)[0].strip(" ,:"), maxsplit=1)
    return Measure(parts[0].strip(), parts[1].strip(" ,") if len(parts) > 1 else "")
