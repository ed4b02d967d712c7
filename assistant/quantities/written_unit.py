"""The unit that stands beside a figure, or that a table records for its column."""

import re
from functools import lru_cache

from assistant.quantities.units import CURRENCIES, SCALES, WrittenUnit, plain_unit, unit_per

_SIGNS = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
SIGN = rf"(?:(?:{_SIGNS})(?![a-z]))"
_UNIT = re.compile(
    r"[\s\u00a0-]?(?:of\s)?(?P<unit>%|°\s?[CF]|℃|(?:US|A|C)\$|[€$¥]|"
    r"(?:metric|short|long|percentage|percent|US|U\.S\.|Australian|Canadian|per|degrees?)[\s-]"
    r"[A-Za-z]+|parts? per million|t/a\b|[A-Za-z]+)"
)
_RATE = re.compile(
    r"(?P<what>(?:\s(?:of|REO|TREO|NdPr|oxides?|metal)){0,3}?)\s?"
    r"(?:/\s?|\b(?:per|an?)\s(?!cent\b|\w+ (?:earlier|ago|before|later|after)\b))"
    r"(?P<per>(?:metric|short|long)\s\w+|\w+)",
    re.IGNORECASE,
)
_ANNUM = frozenset(("annum", "y", "yr", "a"))
_SCALE_WORD = re.compile(
    r"\b(?:in\s)?(?P<scale>thousands?|millions?|billions?|bn|mn|mln)\b(?:\sof\b)?", re.IGNORECASE
)


def unit_after(text: str, end: int, sign: str) -> tuple[WrittenUnit | None, int]:
    """Return the unit of a figure that ends at a place, and where the unit ends."""
    written = sign
    if not sign:
        match = _UNIT.match(text, end)
        if not match:
            return None, end
        written = match["unit"]
        if plain_unit(written) is None:
            written = re.split(r"[\s-]", written)[0]
        if plain_unit(written) is None:
            return None, end
        end = match.start("unit") + len(written)
    rate = _RATE.match(text, end)
    if rate:
        per = "year" if rate["per"].lower() in _ANNUM else rate["per"]
        if found := unit_per(written, per):
            return found, rate.end()
        per = re.split(r"\s", per)[0]
        if found := unit_per(written, per):
            return found, rate.start("per") + len(per)
    if re.match(r"\s(?:annually|yearly)\b", text[end:]) and (found := unit_per(written, "year")):
        return found, end
    return plain_unit(written), end


@lru_cache(maxsize=4096)
def recorded_unit(written: str) -> WrittenUnit | None:
    """Return what a table records of a column: "thousand metric tons, REO equivalent"."""
    if not written:
        return None
    scale = _SCALE_WORD.search(written)
    rest = _SCALE_WORD.sub("", written, count=1).strip() if scale else written.strip()
    unit, _ = unit_after(f"1 {rest}", 1, "")
    if unit is None:
        return WrittenUnit("", "count", SCALES[scale["scale"].lower()]) if scale else None
    if scale is None:
        return unit
    factor = unit.factor * SCALES[scale["scale"].lower()]
    return WrittenUnit(unit.unit, unit.kind, factor, unit.offset)
