"""Units and bases of table cells as a question says them."""

import re

from assistant.evaluation.drafting.captions import is_price_unit

_DOLLARS_OF_A_YEAR = re.compile(r"(?P<year>\d\d)?\$/t")
_PRICE_SAID = re.compile(r"(?:US\$|A\$|dollars|yuan|euros|cents) (?:per|a) [a-z]+(?: ton)?")
_SCALED_MONEY = re.compile(
    r"(?:thousand|million|billion) (?:U\.?S\.? dollars|US\$|dollars|A\$|C\$|euros|yuan|RMB)"
)
_BARE_MONEY = re.compile(r"(?:US )?dollars|US\$|\$|millions?")
_NO_BASIS = re.compile(
    r"(?:selected|calendar|fiscal) years.*|years ending.*|.*\bas reported|.*unless.*|by source"
    r"|annual averages?|range of .*",
    re.IGNORECASE,
)


def said_unit(written: str, quantity: str, caption: str) -> str:
    """Return a unit as it is said, "" where it cannot be that of the quantity.

    "98$/t" is "1998 dollars per metric ton"; a price under a unit of weight, and money whose
    millions only the caption names, have the unit of the caption.
    """
    if dated := _DOLLARS_OF_A_YEAR.fullmatch(written):
        return f"{'19' + dated['year'] + ' ' if dated['year'] else ''}dollars per metric ton"
    if "price" in quantity and not is_price_unit(written):
        found = _PRICE_SAID.search(caption)
        return found[0] if found else ""
    scaled = _SCALED_MONEY.search(caption)
    return scaled[0] if scaled and _BARE_MONEY.fullmatch(written) else written


def said_basis(written: str, unit: str) -> str:
    """Return a basis without remarks on the years and sources of its table."""
    parts = [part.strip() for part in " ".join(written.split()).split(", ")]
    kept = [part for part in parts if part and not _NO_BASIS.fullmatch(part)]
    if is_price_unit(unit):
        kept = [part for part in kept if part != "REO"]
    return re.sub(r"\bf\.o\.b$", "f.o.b.", ", ".join(kept))
