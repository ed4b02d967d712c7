"""Quantities in texts: found with their units, brought to base units, and compared."""

from assistant.quantities.agreement import agree
from assistant.quantities.finding import find_quantities
from assistant.quantities.quantity import TIME_KINDS, Bound, Quantity

__all__ = ["TIME_KINDS", "Bound", "Quantity", "agree", "find_quantities"]
