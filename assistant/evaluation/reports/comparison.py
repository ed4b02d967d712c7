"""The page that holds two runs against each other: what got worse first, each case side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.evaluation.comparing import ChangedCase, Comparison, Difference, ScoreChange
from assistant.evaluation.measures import MEASURE_OF, Measure
from assistant.evaluation.reports.charts.measure_charts import difference_chart
from assistant.evaluation.reports.choices import Choice, choice
from assistant.evaluation.reports.measure_groups import measure_groups
from assistant.evaluation.reports.rendering import render_page
from assistant.evaluation.reports.reported_cases import EVIDENCE_SHOWN, ReportedCase, report_case
from assistant.evaluation.whole_files import write_whole

Change = Literal["worse", "better", "changed otherwise"]


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A score that changed, with what it measures."""

    measure: Measure
    change: ScoreChange


@dataclass(frozen=True, slots=True)
class ComparedCase:
    """One case as it came out in either run."""

    change: Change
    first: ReportedCase
    second: ReportedCase
    scores: tuple[ShownChange, ...]


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A measure in both runs; `is_sure` where the difference is hardly chance."""

    measure: Measure
    difference: Difference
    gain: float
    is_sure: bool


def write_comparison(comparison: Comparison, path: Path) -> Path:
    """Write a comparison to `path` as one page that loads nothing, and return the path."""
    cases = [_compared(one) for one in comparison.changed]
    page = render_page(
        "comparison.html.j2",
        {
            "comparison": comparison,
            "first": comparison.first.name,
            "second": comparison.second.name,
            "chart": difference_chart(comparison.differences),
            "groups": _groups(comparison.differences),
            "cases": cases,
            "choices": _choices(cases),
            "evidence_shown": EVIDENCE_SHOWN,
            "left_out": (
                (f"only in {comparison.first.name}", comparison.only_first),
                (f"only in {comparison.second.name}", comparison.only_second),
                ("in both under one id with other contents", comparison.other_cases),
            ),
        },
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, page)
    return path


def _groups(
    differences: Sequence[Difference],
) -> tuple[tuple[str, tuple[DifferenceRow, ...]], ...]:
    by_name = {one.name: one for one in differences}
    groups = (
        (title, tuple(_row(by_name[m.name], m) for m in measures if m.name in by_name))
        for title, measures in measure_groups()
    )
    return tuple((title, rows) for title, rows in groups if rows)


def _row(one: Difference, measure: Measure) -> DifferenceRow:
    gain = one.difference if measure.higher_is_better else -one.difference
    p = one.p if one.adjusted_p is None else one.adjusted_p
    return DifferenceRow(measure, one, gain, p is not None and p < 0.05)


def _compared(one: ChangedCase) -> ComparedCase:
    scores = tuple(ShownChange(MEASURE_OF[change.name], change) for change in one.changes)
    return ComparedCase(
        change_of(one),
        report_case(one.case, one.first, {}),
        report_case(one.case, one.second, {}),
        scores,
    )


def change_of(one: ChangedCase) -> Change:
    """Return whether a case got worse or better; other changes touch no headline measure."""
    if one.is_worse:
        return "worse"
    newly_ran = bool(one.first.error) and not one.second.error
    rose = any(change.gain > 0 and MEASURE_OF[change.name].headline for change in one.changes)
    return "better" if newly_ran or rose else "changed otherwise"


def _choices(cases: Sequence[ComparedCase]) -> tuple[Choice, ...]:
    changed = [shown.measure.name for one in cases for shown in one.scores]
    choices = (
        choice("change", "Change", sorted((one.change for one in cases), reverse=True)),
        choice("scores", "Score that changed", changed, by_word=True),
        choice("kind", "Kind", [one.first.case.kind for one in cases]),
    )
    return tuple(one for one in choices if len(one.values) > 1)
