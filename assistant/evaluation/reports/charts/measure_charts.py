"""Charts of measures: the headline ones with their intervals, and how two runs differ."""

from collections.abc import Sequence

from assistant.evaluation.comparing import Difference
from assistant.evaluation.measures import MEASURE_OF
from assistant.evaluation.reports.charts.axes import SHARES, WIDTH, Rows, Scale
from assistant.evaluation.reports.charts.shapes import Box, Chart, Dot
from assistant.evaluation.reports.measure_groups import headlines
from assistant.evaluation.reports.shown_numbers import (
    counted,
    shown_change,
    shown_interval,
    shown_range,
    shown_score,
)
from assistant.evaluation.summary import Mean

_BARS = 150, 366  # from where to where bars reach; names stand before, figures behind
_DOTS = 150, 354  # of differences, whose figures have signs


def headline_chart(means: Sequence[Mean]) -> Chart | None:
    """Return bars of the means with their intervals; None where none is scored."""
    by_name = {mean.name: mean for mean in means if mean.mean is not None}
    scored = [by_name[measure.name] for measure in headlines() if measure.name in by_name]
    if not scored:
        return None
    rows = Rows(Scale(0, 1, *_BARS), len(scored))
    shapes = rows.grid(SHARES)
    for row, mean in enumerate(scored):
        measure = MEASURE_OF[mean.name]
        length = rows.scale(mean.mean or 0) - rows.scale.start
        style = "good" if measure.higher_is_better else "bad"
        shapes += [
            rows.name(row, measure.title, measure.definition),
            Box(rows.scale.start, rows.middle(row) - 7, length, 14, style, told_of_mean(mean)),
            *rows.interval(row, mean.low, mean.high),
            rows.figure(row, shown_score(mean.mean)),
        ]
    return Chart(
        "Headline measures",
        tuple(told_of_mean(mean) for mean in scored),
        WIDTH,
        rows.chart_height,
        tuple(shapes),
        (("good", "higher is better"), ("bad", "lower is better")),
        "Lines are 95 % intervals.",
    )


def difference_chart(differences: Sequence[Difference]) -> Chart | None:
    """Return the headline differences with their intervals about 0; None where there is none."""
    by_name = {one.name: one for one in differences}
    shown = [by_name[measure.name] for measure in headlines() if measure.name in by_name]
    if not shown:
        return None
    ends = [end for one in shown for end in (one.low, one.high, one.difference) if end is not None]
    reach = max(0.05, *map(abs, ends))
    rows = Rows(Scale(-reach, reach, *_DOTS), len(shown))
    shapes = rows.grid((tick, shown_change(tick, 2)) for tick in (-reach, 0, reach))
    for row, one in enumerate(shown):
        measure = MEASURE_OF[one.name]
        gain = one.difference if measure.higher_is_better else -one.difference
        style = "level" if abs(gain) < 1e-9 else "gained" if gain > 0 else "lost"
        shapes += [
            rows.name(row, named_with_direction(one.name), measure.definition),
            *rows.interval(row, one.low, one.high),
            Dot(rows.scale(one.difference), rows.middle(row), 5, style, _told(one)),
            rows.figure(row, shown_change(one.difference)),
        ]
    return Chart(
        "The second run against the first",
        tuple(map(_told, shown)),
        WIDTH,
        rows.chart_height,
        tuple(shapes),
        (("gained", "better"), ("lost", "worse"), ("level", "the same")),
        "Lines are 95 % intervals of the difference. Lower is better where the name has a ↓.",
    )


def told_of_mean(mean: Mean) -> str:
    """Return a mean in words: "Page cited 0.893 (0.81–0.96), 51 cases"."""
    interval = "" if mean.low is None else f" ({shown_interval(mean.low, mean.high)})"
    scored = counted(mean.scored, "case")
    return f"{MEASURE_OF[mean.name].title} {shown_score(mean.mean)}{interval}, {scored}"


def named_with_direction(name: str) -> str:
    """Return the title of a measure, with a sign where lower is better."""
    measure = MEASURE_OF[name]
    return measure.title if measure.higher_is_better else f"{measure.title} ↓"


def _told(one: Difference) -> str:
    interval = "" if one.low is None else f" ({shown_range(one.low, one.high)})"
    change, cases = shown_change(one.difference), counted(one.cases, "case")
    return f"{MEASURE_OF[one.name].title} {change}{interval}, {cases}"
