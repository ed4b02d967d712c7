"""Tables of what was measured, and of what was run."""

from assistant.evaluation.measures import MEASURE_OF
from assistant.evaluation.reports.measure_groups import (
    ConfidenceFigure,
    confidence_figures,
    mean_groups,
)
from assistant.evaluation.reports.run_facts import run_facts
from assistant.evaluation.reports.spreadsheets.table import Cell, Column, Table
from assistant.evaluation.results import Run
from assistant.evaluation.summary import Mean, Slice, Summary

_FIGURES = (
    Column("mean", decimals=3),
    Column("low", decimals=3),
    Column("high", decimals=3),
    Column("scored"),
    Column("not scored"),
    Column("failed"),
)


def measures_table(summary: Summary) -> Table:
    """Return a row a measure, over all cases, with its definition."""
    columns = (Column("group"), Column("measure"), Column("title", "middle"), *_FIGURES)
    means = (
        (title, row.measure.name, row.measure.title, *_figures(row.mean), row.measure.definition)
        for title, rows in mean_groups(summary.overall)
        for row in rows
    )
    confidence = (
        ("Confidence", one.name, one.title, *_confidence(one), one.definition)
        for one in confidence_figures(summary.refusals)
    )
    return Table("Measures", (*columns, Column("what it is", "wide")), (*means, *confidence))


def slices_table(summary: Summary) -> Table:
    """Return a row a measure and slice, all cases first; what is scored nowhere is left out."""
    scored = {mean.name for mean in summary.overall.means if mean.scored}
    columns = (
        Column("dimension"),
        Column("slice", "middle"),
        Column("cases"),
        Column("measure"),
        Column("title", "middle"),
        *_FIGURES,
    )
    rows = [
        (*_slice(part), mean.name, MEASURE_OF[mean.name].title, *_figures(mean))
        for part in (summary.overall, *summary.slices)
        for mean in part.means
        if mean.name in scored
    ]
    confidence = (
        (*_slice(summary.overall), one.name, one.title, *_confidence(one))
        for one in confidence_figures(summary.refusals)
    )
    return Table("By slice", columns, (*rows, *confidence))


def run_table(run: Run, summary: Summary) -> Table:
    """Return a row a fact of the run."""
    columns = (Column("part"), Column("name", "middle"), Column("value", "wide"))
    rows = tuple(
        (title, name, value) for title, facts in run_facts(run, summary) for name, value in facts
    )
    return Table("Run", columns, rows)


def _slice(part: Slice) -> tuple[Cell, ...]:
    return part.dimension, part.name, part.cases


def _figures(mean: Mean) -> tuple[Cell, ...]:
    bounds = (_rounded(mean.mean), _rounded(mean.low), _rounded(mean.high))
    return (*bounds, mean.scored, mean.not_scored, mean.failed)


def _confidence(one: ConfidenceFigure) -> tuple[Cell, ...]:
    return _rounded(one.value), _rounded(one.low), _rounded(one.high), one.answers, None, None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
