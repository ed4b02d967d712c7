"""The report of a run: one page for a reader, which rebuilds from the run without a model."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.measures import Measure
from assistant.evaluation.reports.charts.case_charts import latency_chart, outcome_chart
from assistant.evaluation.reports.charts.curve_charts import calibration_chart, hit_chart
from assistant.evaluation.reports.charts.measure_charts import headline_chart
from assistant.evaluation.reports.charts.shapes import Chart
from assistant.evaluation.reports.choices import case_choices
from assistant.evaluation.reports.measure_groups import (
    confidence_figures,
    headlines_of,
    mean_groups,
)
from assistant.evaluation.reports.rendering import render_page
from assistant.evaluation.reports.reported_cases import (
    EVIDENCE_SHOWN,
    ReportedCase,
    report_cases,
    worst_first,
)
from assistant.evaluation.reports.run_facts import run_facts, run_line
from assistant.evaluation.reports.tiles import headline_tiles, plain_tiles, verdict_counts
from assistant.evaluation.results import Run
from assistant.evaluation.summary import Dimension, Mean, Slice, Summary
from assistant.evaluation.whole_files import write_whole

REPORT_FILE = "report.html"

_FEW = 5  # cases, with fewer of which a slice is not said to be worse
_SLICED: tuple[tuple[Dimension, str], ...] = (
    ("kind", "Kind of question"),
    ("publisher", "Publisher of the expected source"),
    ("year", "Year that the question asks about"),
    ("answerable", "Whether the sources answer it"),
    ("near miss", "Questions that the sources do not answer"),
    ("turns", "Place in a conversation"),
)


@dataclass(frozen=True, slots=True)
class SliceTable:
    """The slices of one dimension under the measures that are scored in them."""

    title: str
    measures: tuple[Measure, ...]
    rows: tuple[Slice, ...]

    def mean(self, row: Slice, measure: Measure) -> Mean:
        """Return the mean of a measure over a slice."""
        return next(mean for mean in row.means if mean.name == measure.name)


def write_report(run: Run, summary: Summary) -> Path:
    """Write `report.html` of a run, one page that loads nothing, and return its path.

    Of cases none of which has gold it is a table of answers.
    """
    has_gold = any(case.answerable is not None for case in run.cases)
    cases = worst_first(report_cases(run)) if has_gold else report_cases(run)
    ran = {one.case.id for one in cases}
    page = render_page(
        "run.html.j2",
        {
            "run": run,
            "summary": summary,
            "told_line": run_line(run),
            "facts": run_facts(run, summary),
            "has_gold": has_gold,
            "tiles": headline_tiles(summary) if has_gold else plain_tiles(summary),
            "verdicts": verdict_counts(cases),
            "charts": tuple(_charts(summary, cases)) if has_gold else (),
            "groups": mean_groups(summary.overall) if has_gold else (),
            "confidence": confidence_figures(summary.refusals) if has_gold else (),
            "slice_tables": tuple(_slice_tables(summary)) if has_gold else (),
            "is_worse": _worse_than(summary.overall),
            "cases": cases,
            "failed": [one for one in cases if has_gold and one.verdict == "failed"],
            "not_run": [case.id for case in run.cases if case.id not in ran],
            "choices": case_choices(cases),
            "evidence_shown": EVIDENCE_SHOWN,
        },
    )
    path = run.folder / REPORT_FILE
    write_whole(path, page)
    return path


def _charts(summary: Summary, cases: Sequence[ReportedCase]) -> Iterator[Chart]:
    seconds = [one.result.seconds for one in cases if one.result.seconds and not one.result.error]
    drawn = (
        headline_chart(summary.overall.means),
        outcome_chart(cases),
        hit_chart(summary.overall),
        calibration_chart(summary.refusals),
        latency_chart(seconds, summary.latencies),
    )
    yield from (chart for chart in drawn if chart is not None)


def _slice_tables(summary: Summary) -> Iterator[SliceTable]:
    """Yield the dimensions that tell cases apart."""
    for dimension, title in _SLICED:
        rows = summary.by(dimension)
        measures = headlines_of(rows)
        if len(rows) > 1 and measures:
            yield SliceTable(title, measures, rows)


def _worse_than(overall: Slice) -> Callable[[Measure, Mean], bool]:
    """Return what tells whether a slice's mean is worse than all cases', beyond its interval."""
    means = {mean.name: mean.mean for mean in overall.means}

    def is_worse(measure: Measure, mean: Mean) -> bool:
        whole = means[measure.name]
        if whole is None or mean.low is None or mean.high is None or mean.scored < _FEW:
            return False
        return mean.high < whole if measure.higher_is_better else mean.low > whole

    return is_worse
