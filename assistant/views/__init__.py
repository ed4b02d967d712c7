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
from assistant.views.timeline import DatedStatement, Timeline, statements_of, timeline_to_json

__all__ = [
    "UNDATED",
    "DatedStatement",
    "Figure",
    "FigureKind",
    "FoundFigures",
    "Pivot",
    "PivotRow",
    "SeriesBy",
    "Standing",
    "Timeline",
    "figures_of",
    "kinds_of",
    "pivot",
    "series",
    "statements_of",
    "timeline_to_json",
]
