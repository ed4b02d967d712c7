"""A quantity: a figure of a text in the base unit of its dimension."""

from dataclasses import dataclass
from typing import Literal

from assistant.quantities.units import QuantityKind

Bound = Literal["", "above", "below", "about"]
TIME_KINDS: tuple[QuantityKind, ...] = ("year", "date", "label", "edition")  # that measure nothing


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at `text[start:end]`; `low` is `high` unless it is a range.

    Values are in `unit`, the base unit of their dimension: "t", "t/year", "USD", "USD/kg",
    "CNY/t", "%", "pp" (percentage points), "year", "day", "°C"; "" for a count or a figure whose
    unit is unknown. A date is yyyymmdd, with 0 for what is not said ("4 April" is 404), and a
    range of days for a month. `place` is the worth of the last digit that was written, closing
    zeros not counted: what rounding may have taken away.
    """

    start: int
    end: int
    text: str
    low: float
    high: float
    unit: str = ""
    bound: Bound = ""
    kind: QuantityKind = "count"
    place: float = 0.0
