"""Calculations step by step from cited facts: differences, growth, shares, totals, conversions."""

from assistant.calculating.answering import answer_by_calculation, with_unit_asked

__all__ = ["answer_by_calculation", "with_unit_asked"]
