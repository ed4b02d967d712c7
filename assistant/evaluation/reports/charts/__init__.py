"""The charts of a report as shapes, which templates draw."""
