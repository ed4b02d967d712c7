"""The unit and basis of a cell from the words of its own row, column and table.

Tables of cells state units in more places than printed pages do: in a column of their own, in
one word of a machine ("metric_tons_reo_equivalent"), and in notes that each row repeats.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.tables.units import Measure, Stated, find_measure, said_unit, split_basis

_SIZE = r"(?:(?:hundred|thousand|million|billion|trillion)s?\s+(?:of\s+)?)?"
_KIND = r"(?:(?:metric|short|long|dry|wet|troy|cubic|square|current|constant|nominal)\s+)*"
_NOUN = (
    r"(?:tons?|tonnes?|kilotons?|kilograms?|grams?|milligrams?|kg|kt|mt|t|g|lbs?|pounds?|ounces?"
    r"|carats?|lit(?:er|re)s?|met(?:er|re)s?|hectares?|barrels?|flasks?|number|percent(?:age)?"
    r"|per cent|%|ppm|(?:US|A|C)?\s?\$|(?:U\.?S\.? )?dollars?|USD|EUR|€|euros?|yuan|RMB|CNY|yen"
    r"|JPY|won|KRW|rupees?|INR|GBP|AUD|CAD|cents?"
    r"|thousands|millions|billions|persons?|people|employees|MW|MWh|GW|GWh|TWh)"
)
_UNIT = re.compile(
    rf"[(\[]?{_SIZE}{_KIND}{_NOUN}\b{{0}}(?:(?:\s*[/,(]|\s+(?:per|of|a|in|reo|rare|contained|gross))"
    r"[^;]{0,60})?[)\]]?".replace(r"\b{0}", r"(?![A-Za-z])"),
    re.IGNORECASE,
)
_LINE_LEAD = re.compile(
    r"(?:units?(?: of measure(?:ment)?)?\s?[:：]\s?)?"
    r"(?:(?:all\s+)?(?:data|quantities|values|figures|amounts)\s+(?:are\s+)?(?:in\s+)?|in\s+)?",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\s\((?:t|kg|kt|Mt|g|lb|%)\)")
_EXCEPTION = re.compile(r",?\s*\b(?:unless|except)\b.*", re.IGNORECASE)
_BASIS_NAME = (
    r"(?:rare[- ]earth[- ]oxide\s(?:\(REO\)\s)?|(?:T?REO|Y2O3|Sc2O3|Nb2O5|Ta2O5|WO3|V2O5)\s)"
    r"(?:equivalent(?:\s+content)?|content)|gross\s+(?:weight|basis)|metal\s+(?:basis|content)"
    r"|oxide\s+(?:basis|equivalent)|contained\s+\w+"
)
_BASIS = re.compile(rf"\b(?:{_BASIS_NAME})(?![\w-])", re.IGNORECASE)
_BASIS_START = re.compile(
    rf"\s+(?:(?:of|in)\s+)?(?={_BASIS_NAME}|of\s+total\b|(?:T?REO|Y2O3|Sc2O3|Nb2O5|Ta2O5)$)",
    re.IGNORECASE,
)
_OF_OXIDES = re.compile(r"([^()]+?)\s*\(((?:rare[- ]earth|T?REO)[^()]*)\)", re.IGNORECASE)
_MASS = re.compile(
    r"\b(?:tons?|tonnes?|kilotons?|kilograms?|grams?|kg|kt|mt|pounds|lbs?|t)\b", re.I
)
_MONEY = re.compile(r"(?:US|A|C)?\$|€|£|¥")
_FIRST_AND_TOTAL = 2  # cells that a column's sign is printed at
_THOUSANDS = re.compile(r"\d[,  ]\d{3}|\d{4}")
_SCALE = re.compile(r"(?:U\.?S\.? )?(?:US\$|\$)?\s?(?:thousands|millions|billions)\b", re.I)
_MONEY_NAMES = {"$": "dollars", "US$": "US dollars", "€": "euros", "£": "pounds", "¥": "yuan"}
_BEHIND = re.compile(r"[<>≤≥~≈±+−–-]{0,2}\s?\d[\d.,]*\s?([^\W\d][^\d]{0,30})")  # "297,000 t"
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")


@dataclass(frozen=True, slots=True)
class Around:
    """What is said around the value whose measure is asked.

    `labels` are those of its row and groups, the nearest first; `unit` is the row's own unit,
    `table_unit` that of the whole table, `sign` the currency or % at another cell of the column.
    """

    printed: str
    column: str
    labels: Sequence[str]
    caption: str
    unit: str = ""
    table_unit: str = ""
    notes: Sequence[str] = ()
    sign: str = ""


def is_unit(words: str) -> bool:
    """Tell whether words name a unit and nothing else: "metric tons", "US$/kg", "(kilograms)"."""
    words = words.replace("_", " ") if " " not in words else words
    return len(words) <= 80 and bool(_UNIT.fullmatch(words))


def is_unit_line(line: str) -> bool:
    """Tell whether a line above a table says the unit of all of it, in brackets or without."""
    bare = _SYMBOL.sub("", _bare(line.strip().strip("()[]")))
    return bool(_UNIT.fullmatch(_EXCEPTION.sub("", bare).strip(" ,:"))) and len(line) <= 160


def measure(around: Around) -> Measure:
    """Return unit and basis of a value: what stands nearest to it counts."""
    found = _stated(around)
    if not found.unit or found.basis:
        return found
    return Measure(found.unit, _basis(found.unit, around))


@lru_cache(maxsize=1024)
def parse_unit(words: str) -> Measure:
    """Return unit and basis of "(Metric tons, REO equivalent, unless otherwise noted)"."""
    if " " not in words:
        words = words.replace("_", " ")
    if of := _OF_OXIDES.fullmatch(_bare(words.strip())):
        return Measure(_lower(of[1]), of[2])
    words = _EXCEPTION.sub("", _SYMBOL.sub("", _bare(words.strip().strip("()[]")))).strip(" ,:")
    unit, *basis = _BASIS_START.split(words, maxsplit=1)
    found = split_basis(unit)
    if basis:
        stated = re.sub(r"^reo\b", "REO", basis[0])
        found = Measure(found.unit, ", ".join(part for part in (found.basis, stated) if part))
    if re.fullmatch(r"percentages?|per cent|%", found.unit, re.IGNORECASE):
        return Measure("percent", found.basis)
    return Measure(_lower(found.unit), found.basis)


def _bare(words: str) -> str:
    lead = _LINE_LEAD.match(words)
    return words[lead.end() :] if lead else words


def _lower(unit: str) -> str:
    """Return a unit in lower case, unless it is an abbreviation such as "Mt" or "US$"."""
    return unit[:1].lower() + unit[1:] if re.match(r"[A-Z][a-z]{2}", unit) else unit


def _stated(around: Around) -> Measure:
    if "%" in around.printed:
        return Measure("percent")
    behind = _BEHIND.fullmatch(around.printed)
    if behind and is_unit(behind[1]):
        return parse_unit(behind[1])
    for words in reversed(_IN_BRACKETS.findall(around.column)):
        if is_unit(words.lstrip("0123456789’'., ")):
            return parse_unit(words)
    lowest = around.column.rsplit(" > ", 1)[-1]
    if lowest != around.column and is_unit(lowest):
        return parse_unit(lowest)
    if around.sign == "%" and not any(map(str.isdigit, around.printed)):
        return Measure("percent")
    if around.unit:
        return parse_unit(around.unit)
    table = parse_unit(around.table_unit) if around.table_unit else Measure()
    is_scale = bool(_SCALE.match(table.unit)) and around.sign != "%"
    found = find_measure(
        Stated(
            around.printed,
            around.column,
            around.labels,
            around.table_unit if is_scale else "",
            "" if table.unit else around.caption,
            "",
            around.sign == "%",
        )
    )
    if found.unit and not found.basis and " " in found.unit:
        found = parse_unit(found.unit)
    if around.sign in _MONEY_NAMES and not found.unit:
        return Measure(_MONEY_NAMES[around.sign])
    return found if found.unit else table


def _basis(unit: str, around: Around) -> str:
    """Return what a mass is of, if its row, column, table or notes say so."""
    if not _MASS.search(unit):
        return ""
    for words in (*around.labels[:1], around.column, *around.labels[1:]):
        if named := _BASIS.search(words):
            return _lower(named[0])
    for words in (around.table_unit, *around.notes, around.caption):
        for stated in _units_in(words):
            if stated.unit == unit and stated.basis:
                return stated.basis
    named = _BASIS.search(around.caption)
    return _lower(named[0]) if named else ""


@lru_cache(maxsize=1024)
def _units_in(words: str) -> tuple[Measure, ...]:
    found = [parse_unit(words)] if is_unit_line(words) else []
    if said := said_unit(words):
        at = words.find(said)
        found.append(parse_unit(words[at : _end(words, at)]))
    return tuple(found)


def _end(words: str, start: int) -> int:
    """Return where the bracket closes in which a stretch begins, or the end of the words."""
    depth = 0
    for position in range(start, len(words)):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(words[position], 0)
        if depth < 0:
            return position
    return len(words)


def currency_of(cells: Iterable[str]) -> str:
    """Return the sign of currency or % that a cell of a column is printed with, or "".

    A % beside money or figures of thousands is that of its own row, and so is one that many cells
    are printed with, as then those without it are of something else.
    """
    told = list(cells)
    if sign := next((found for cell in told if (found := _MONEY.search(cell))), None):
        return sign[0]
    is_share = 0 < sum("%" in cell for cell in told) <= _FIRST_AND_TOTAL
    return "%" if is_share and not any(_THOUSANDS.search(cell) for cell in told) else ""
