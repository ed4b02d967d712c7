"""Evaluation: cases in, a scored run out, and a report that rebuilds from the run."""

__all__: list[str] = []
