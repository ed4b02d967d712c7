"""Quantities in a text: figures with their units, in base units, and whether two agree.

"270 kt", "270,000 metric tons" and "0.27 million tonnes" are all 270,000 "t".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.quantities.bounds import with_bound
from assistant.quantities.dates import find_dates
from assistant.quantities.quantity import Quantity
from assistant.quantities.units import SCALES, QuantityKind, WrittenUnit
from assistant.quantities.written_unit import SIGN, recorded_unit, unit_after

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"[Tt]housands?|[Mm]illions?|[Bb]illions?|[Tt]rillion|bn|bln|mn|mln|tn|[kmb](?![\w/])"
_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_WORTH = {word: float(number) for number, word in enumerate(_NUMBER_WORDS, start=2)}
_WORTH |= {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "one": 1.0}
_NUMBER = re.compile(
    rf"(?P<sign>{SIGN})?\s?(?P<minus>(?<![\w.,)])[\u2212-])?"
    rf"(?:(?<![A-Za-z0-9_])|(?<=\bv)|(?<=\bFY))(?<!\d[.,])(?P<digits>{_DIGITS})(?!\d)"
    rf"(?:[\s\u00a0-]?(?P<scale>{_SCALE})\b)?"
)
_WORDED = re.compile(
    rf"\b(?P<digits>{'|'.join(sorted(_WORTH, key=len, reverse=True))})"
    rf"(?:[\s-](?P<scale>hundred|thousand|million|billion)\b)?(?![\w-]*teen)\b",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?:(?<!first )(?<!second )(?<!other )(?P<half>(?:one )?half)(?= (?:of|the|its|their|as)\b)|"
    r"(?P<top>a|one|two|three|four)[\s-]"
    r"(?P<part>half|thirds?|quarters?|fifths?|tenths?)(?!\s*(?:of|in)\s*(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_TOPS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_RANGE = re.compile(r"\s?(?:[\u2010-\u2015-]|\bto\b|\band\b)\s?", re.IGNORECASE)
_SCALED = re.compile(rf"\d[\s\u00a0-]?({_SCALE})", re.IGNORECASE)
_EDITION = re.compile(
    r"(?:\bMCS|\bMineral Commodity Summar(?:y|ies)|\bMYB|\bMinerals Yearbook|"
    r"\bedition(?: of)?),?\s$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:\b(?:No|Nos|Art|Sec|p|pp|v|ver)\.?|\b(?:Announcements?|Notices?|Articles?|Sections?|"
    r"Version|Table|Figure|Page|Phase|Stage|Chapter|Annex|Regulation|Group|Title|Train|Line|"
    r"USC|U\.S\.C\.|CFR|DFARS|F|Part|Note|Column)|§+)[\s\u00a0-]?(?:\d+(?:, | and |[-–]))*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_FIRST_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d[\u2010-\u2015-]$")
_LISTED = re.compile(r"(?:,| and| or| to|, and| in (?:19|20)\d\d(?:,| and|, and))\s")


def find_quantities(text: str, unit: str = "") -> tuple[Quantity, ...]:
    """Return the quantities of a text in order; `unit` is what a table records for its cell.

    Digits inside words ("Y2O3", "GAO-16") are none; "No. 18" and "MCS 2026" are a label and an
    edition.
    """
    return _find(text, unit)


@lru_cache(maxsize=20_000)
def _find(text: str, unit: str) -> tuple[Quantity, ...]:
    recorded = recorded_unit(unit)
    dates = find_dates(text) if not unit else ()
    taken = [(date.start, date.end) for date in dates]
    found = [
        Quantity(d.start, d.end, text[d.start : d.end], d.low, d.high, "", "", "date")
        for d in dates
    ]
    single: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        start = match.start("sign") if match["sign"] else match.start("digits")
        if any(s < match.end("digits") and start < e for s, e in taken):
            continue
        if quantity := _quantity(text, match, recorded):
            single.append(quantity)
    single += [_fraction(text, match) for match in _FRACTION.finditer(text)]
    worded = [q for m in _WORDED.finditer(text) if (q := _worded(text, m))]
    single += [q for q in worded if not any(_overlap(q, other) for other in single)]
    single.sort(key=lambda quantity: quantity.start)
    joined = [with_bound(text, q) for q in _share_units(text, _join_ranges(text, single))]
    return tuple(sorted((*found, *joined), key=lambda quantity: quantity.start))


def _overlap(one: Quantity, other: Quantity) -> bool:
    return one.start < other.end and other.start < one.end


def _quantity(text: str, match: re.Match[str], recorded: WrittenUnit | None) -> Quantity | None:
    digits, scale = match["digits"], match["scale"] or ""
    start, end = match.start("sign" if match["sign"] else "digits"), match.end()
    start -= 2 * text[:start].endswith("FY")
    before = text[: match.start("digits")]
    hyphened = re.search(r"[A-Za-z][-\u2010\u2011](?:\d+-)*$", before) and not match["sign"]
    if len(digits) == 2 and _FIRST_YEAR.search(before):
        return None  # "2021-24" ends in no figure
    if hyphened and not _YEAR.fullmatch(digits):
        return None
    value = float(re.sub(r"[,\u00a0\u202f]", "", digits)) * SCALES.get(scale.lower(), 1.0)
    if match["minus"]:
        value = -value
        start = min(start, match.start("minus"))
    unit, unit_end = unit_after(text, end, match["sign"] or "")
    if unit is None and not scale and re.match(r"[A-Za-z]", text[end : end + 1]):
        return None
    kind: QuantityKind = "count"
    if unit is None and not scale and not recorded:
        kind = _unmeasured(text, match)
        value += 2000 * (kind == "year" and value < 100)  # "FY25"
    if recorded and (unit is None or recorded.unit.split("/")[0] == unit.unit):
        # A sign beside the figure says less than the unit of its column: "$69" is per kilogram.
        own = SCALES.get(scale.lower(), 1.0)
        told_twice = own > 1.0 and recorded.factor >= own
        unit = replace(recorded, factor=recorded.factor / own) if told_twice else recorded
    if unit is not None:
        kind = unit.kind
        value = value * unit.factor + unit.offset
    factor = SCALES.get(scale.lower(), 1.0) * (unit.factor if unit else 1.0)
    return Quantity(
        start,
        unit_end,
        text[start:unit_end],
        value,
        value,
        unit.unit if unit else "",
        "",
        kind,
        _place(digits) * factor,
    )


def _place(digits: str) -> float:
    """Return the worth of the last digit that is not a closing zero; of tens, that of the ones."""
    whole, _, decimals = re.sub(r"[,\u00a0\u202f]", "", digits).partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    zeros = len(whole) - len(whole.rstrip("0") or "0")
    return float(10**zeros) if len(whole) > 2 else 1.0


def _unmeasured(text: str, match: re.Match[str]) -> QuantityKind:
    digits, before = match["digits"], text[: match.start("digits")]
    if _EDITION.search(before) or re.match(r"\s(?:MCS|edition)\b", text[match.end() :]):
        return "edition"
    if _LABEL.search(before):
        return "label"
    if before.endswith("FY"):
        return "year"
    return "year" if _YEAR.fullmatch(digits) else "count"


def _worded(text: str, match: re.Match[str]) -> Quantity | None:
    word, scale = match["digits"].lower(), match["scale"] or ""
    unit, end = unit_after(text, match.end(), "")
    if word == "one" and unit is None and not scale:
        return None  # mostly a pronoun
    value = _WORTH[word] * SCALES.get(scale.lower(), 1.0) * (unit.factor if unit else 1.0)
    start = match.start()
    written = unit.unit if unit else ""
    kind: QuantityKind = unit.kind if unit else "count"
    return Quantity(start, end, text[start:end], value, value, written, "", kind)


def _fraction(text: str, match: re.Match[str]) -> Quantity:
    share = 50.0
    if match["part"]:
        share = 100 * _TOPS[match["top"].lower()] / _PARTS[match["part"].lower().rstrip("s")]
    start, end = match.span()
    return Quantity(start, end, text[start:end], share, share, "%", "", "percent", 1.0)


def _share_units(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Give a figure in a list the unit that the last of the list has: "5, 6 and 7 percent"."""
    shared = list(found)
    for at in range(len(shared) - 2, -1, -1):
        this, following = shared[at], shared[at + 1]
        between = text[this.end : following.start]
        bare = this.kind == "count" and not this.unit
        if bare and following.text[0].isdigit() and _LISTED.fullmatch(between):
            scale = _SCALED.search(following.text) if _SCALED.search(this.text) else None
            factor = _factor(following) / (SCALES[scale[1].lower()] if scale else 1.0)
            shared[at] = _in_unit_of(this, following, factor)
    return shared


def _join_ranges(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if last is None or not _RANGE.fullmatch(text[last.end : quantity.start]):
            joined.append(quantity)
            continue
        low, high = _alike(last, quantity)
        if _is_range(text, low, high):
            joined[-1] = replace(low, end=high.end, text=text[low.start : high.end], high=high.high)
        else:
            joined.append(quantity)
    return joined


def _alike(low: Quantity, high: Quantity) -> tuple[Quantity, Quantity]:
    """Give the ends of a range the unit and the scale word that only one of them has written."""
    if low.unit and not high.unit:  # a sign stands before the first: "A$1.7-1.8 billion"
        high = replace(high, unit=low.unit, kind=low.kind)
    elif high.unit and not low.unit and low.kind == "count":
        return _in_unit_of(low, high, _factor(high)), high
    scale = _SCALED.search(high.text)
    if scale and not _SCALED.search(low.text) and low.low < high.low / 100:
        low = _in_unit_of(low, high, SCALES[scale[1].lower()])
    return low, high


def _factor(quantity: Quantity) -> float:
    """Return what one of a quantity's written figure is worth in its unit."""
    written = re.search(_DIGITS, quantity.text)
    number = float(re.sub(r"[,\u00a0\u202f]", "", written[0])) if written else 0.0
    return quantity.low / number if number and quantity.low else 1.0


def _in_unit_of(figure: Quantity, like: Quantity, factor: float) -> Quantity:
    low = figure.low * factor
    place = figure.place * factor
    return replace(figure, low=low, high=low, unit=like.unit, kind=like.kind, place=place)


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    between = text[low.end : high.start]
    if low.unit != high.unit or low.low >= high.low:
        return False
    if low.kind in ("year", "label", "edition", "date") or high.kind in ("year", "label"):
        return False
    before = text[max(0, low.start - 20) : low.start]
    if "and" in between.lower():
        return bool(re.search(r"\bbetween (?:about |some )?$", before, re.IGNORECASE))
    # "rose from 5 to 8" gives two figures, not a range.
    return not re.search(r"\b(?:from|by) (?:about |some )?$", before, re.IGNORECASE)
