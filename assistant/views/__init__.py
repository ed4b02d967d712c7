"""Views of the ledger: figures side by side, dated statements in order, two editions compared."""

from assistant.views.edition_changes import (
    ChangedText,
    EditionComparison,
    Paragraph,
    compare_editions,
    comparison_to_json,
)
from assistant.views.fact_pairs import ChangedFact
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
from assistant.views.view_tables import changes_table, timeline_table, write_table

__all__ = [
    "UNDATED",
    "ChangedFact",
    "ChangedText",
    "DatedStatement",
    "EditionComparison",
    "Figure",
    "FigureKind",
    "FoundFigures",
    "Paragraph",
    "Pivot",
    "PivotRow",
    "SeriesBy",
    "Standing",
    "Timeline",
    "changes_table",
    "compare_editions",
    "comparison_to_json",
    "figures_of",
    "kinds_of",
    "pivot",
    "series",
    "statements_of",
    "timeline_table",
    "timeline_to_json",
    "write_table",
]
