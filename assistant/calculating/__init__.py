"""Calculations step by step from cited figures: differences, shares, totals, growth, units."""

from assistant.calculating.answering import answer_by_calculation
from assistant.calculating.understanding import asks_calculation, calculation_asked

__all__ = ["answer_by_calculation", "asks_calculation", "calculation_asked"]
