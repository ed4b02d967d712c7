"""Views of the ledger: figures side by side, dated statements in order, two editions compared."""

from assistant.views.figure_series import (
    UNDATED,
    Figure,
    FigureKind,
    FoundFigures,
    Pivot,
    PivotRow,
    SeriesBy,
    Standing,
    figures_of,
    kinds_of,
    pivot,
    series,
)

__all__ = [
    "UNDATED",
    "Figure",
    "FigureKind",
    "FoundFigures",
    "Pivot",
    "PivotRow",
    "SeriesBy",
    "Standing",
    "figures_of",
    "kinds_of",
    "pivot",
    "series",
]
