"""Whether what is claimed of a quantity follows from what a source holds.

Agreement is one-sided: "more than 85%" follows from 85.3%, and 85% does not follow from "more
than 85%". Rounding in the claim is no conflict; digits that the source does not have are.
"""

import math

from assistant.quantities.quantity import Quantity

_EQUAL = 1e-6
_ROUNDED = 0.025  # of the value: how far a figure that is given as exact may be rounded
_ABOUT = 0.05  # and one that says that it is rounded
_FAR = 1.5  # "more than 10" says something else than 100, though 100 is more
_RATES = {"t/year": "t"}  # "a plant of 1,000 t" and "1,000 t a year" are the same


def agree(claimed: Quantity, held: Quantity) -> bool:
    """Tell whether a claimed quantity follows from one that a source holds.

    A claim without a unit follows from a figure with any; a claim with one needs it. A year
    follows from a date in it, a month from a day of it. A figure does not follow from a bound
    ("more than 85%") or a range, a range only from a range, a bound from what lies near it on its
    side.
    """
    if "date" in (claimed.kind, held.kind):
        return _dates_agree(claimed, held)
    if not _same_dimension(claimed, held):
        return False
    if claimed.kind in ("year", "label", "edition") or held.kind in ("year", "label", "edition"):
        return claimed.low == held.low
    if claimed.bound in ("above", "below"):
        return _bound_holds(claimed, held)
    if held.bound in ("above", "below") and claimed.bound != "about":
        return False
    return _equal(claimed.low, held.low, claimed) and _equal(claimed.high, held.high, claimed)


def same_dimension(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities could be held against each other: same unit and kind."""
    return _same_dimension(one, other) and _same_dimension(other, one)


def _same_dimension(claimed: Quantity, held: Quantity) -> bool:
    timeless = ("year", "label", "edition")
    if claimed.kind in timeless or held.kind in timeless:
        return claimed.kind == held.kind
    if claimed.kind == "count" and not claimed.unit:
        return held.kind not in ("money", "price", "percent", "time")
    return _RATES.get(claimed.unit, claimed.unit) == _RATES.get(held.unit, held.unit)


def _bound_holds(claimed: Quantity, held: Quantity) -> bool:
    if claimed.bound == "above":
        if held.bound == "below" or held.low < claimed.low * (1 - _EQUAL):
            return False
        return held.bound == "above" or held.low <= claimed.low * _FAR
    if held.bound == "above" or held.high > claimed.high * (1 + _EQUAL):
        return False
    return held.bound == "below" or held.high >= claimed.high / _FAR


def _equal(claimed: float, held: float, claim: Quantity) -> bool:
    if math.isclose(claimed, held, rel_tol=_EQUAL, abs_tol=1e-9):
        return True
    off = abs(claimed - held)
    share = off / max(abs(held), 1e-9)
    if claim.bound == "about" and share <= _ABOUT:
        return True
    return off <= claim.place / 2 * (1 + _EQUAL) and share <= (
        _ABOUT if claim.bound == "about" else _ROUNDED
    )


def _dates_agree(claimed: Quantity, held: Quantity) -> bool:
    if claimed.kind == "year":
        return held.low // 10_000 == claimed.low
    if claimed.kind != held.kind:
        return False
    low, high = held.low, held.high
    if claimed.low < 10_000 or low < 10_000:  # without a year
        return claimed.low % 10_000 <= low % 10_000 and high % 10_000 <= claimed.high % 10_000
    return claimed.low <= low and high <= claimed.high
