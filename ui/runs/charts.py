"""Charts of a run and of two, for both colour schemes; numbers stand beside what is drawn.

Names that come from sources or cases are data of a chart, never part of its description.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import altair as alt

from assistant.evaluation.measures import MEASURE_OF, Measure
from assistant.evaluation.metrics.refusal import CalibrationBin
from assistant.evaluation.reports.rendering import visible
from assistant.evaluation.reports.reported_cases import OUTCOMES, Outcome
from assistant.evaluation.reports.shown_numbers import shown_interval, shown_score, shown_seconds
from assistant.evaluation.summary import Mean

GOOD, BAD, LEVEL = "#3d8fa8", "#c9453c", "#87929a"  # told apart by colour-blind readers too
_COLOURS: Mapping[Outcome, str] = {
    "answered right": GOOD,
    "rightly refused": "#9cc9d6",
    "refused though answerable": "#e2bd4f",
    "otherwise not right": "#e08a3c",
    "wrong answer shown": BAD,
    "failed": "#6b7780",
    "no gold": LEVEL,
}
_WORDS = "#727d86"  # readable on both backgrounds; the theme colours no text inside a chart
_ROW_HEIGHT = 26
_NAME_WIDTH = 240
_NAMES = alt.Axis(labelLimit=_NAME_WIDTH, labelFlush=False, labelBound=False)
_PLOT_HEIGHT = 260
_TIME_BARS = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with the bounds of its 95 % interval, and how it is written beside its row."""

    name: str
    value: float
    low: float | None
    high: float | None
    figure: str
    colour: str = GOOD


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """What share of the answers of a run was right, and when the run began (ISO 8601)."""

    name: str
    started: str
    right: Mean


def measure_bar(mean: Mean) -> Bar:
    """Return the bar of a measure that is scored, with its interval in figures."""
    measure = MEASURE_OF[mean.name]
    title = measure.title if measure.higher_is_better else f"{measure.title} ↓"
    interval = "" if mean.low is None else f" ({shown_interval(mean.low, mean.high)})"
    figure = f"{shown_score(mean.mean)}{interval}, n = {mean.scored:,}"
    return Bar(title, mean.mean or 0.0, mean.low, mean.high, figure, _colour(measure))


def group_bar(mean: Mean, name: str) -> Bar:
    """Return the bar of a measure over a group of cases, which is named."""
    figure = f"{shown_score(mean.mean)}, n = {mean.scored:,}"
    colour = _colour(MEASURE_OF[mean.name])
    return Bar(name.replace("_", " "), mean.mean or 0.0, mean.low, mean.high, figure, colour)


def _colour(measure: Measure) -> str:
    return GOOD if measure.higher_is_better else BAD


def interval_chart(bars: Sequence[Bar], least: float = 0.0, most: float = 1.0) -> alt.LayerChart:
    """Return a row a bar: a dot at the value, its interval, and the figure at the right."""
    rows = [
        {
            "name": visible(bar.name),
            "value": bar.value,
            "low": bar.value if bar.low is None else bar.low,
            "high": bar.value if bar.high is None else bar.high,
            "figure": bar.figure,
            "colour": bar.colour,
            "end": most,
        }
        for bar in bars
    ]
    ticks = [least + (most - least) * step / 4 for step in range(5)]
    y = alt.Y("name:N", sort=None, title=None, axis=_NAMES)
    x = alt.X(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[least, most], nice=False),
        axis=alt.Axis(values=ticks, format="+.2f" if least < 0 else ".2f"),
    )
    colour = alt.Color("colour:N", scale=None)
    told = [alt.Tooltip("name:N", title="Of"), alt.Tooltip("figure:N", title="Value")]
    base = _chart(rows).encode(y=y, tooltip=told)
    layers = [
        base.mark_rule(strokeWidth=2).encode(
            x=alt.X("low:Q", title=None), x2="high:Q", color=colour
        ),
        base.mark_point(filled=True, size=90, opacity=1).encode(x=x, color=colour),
        base.mark_text(align="left", dx=12, fontSize=12, color=_WORDS).encode(
            x="end:Q", text="figure:N"
        ),
    ]
    return _layered(*layers).properties(height=alt.Step(_ROW_HEIGHT))


def trend_chart(points: Sequence[TrendPoint]) -> alt.LayerChart:
    """Return a line through the runs in the order in which they began, each with its interval."""
    rows = [
        {
            "name": visible(one.name),
            "started": one.started,
            "value": one.right.mean,
            "low": one.right.mean if one.right.low is None else one.right.low,
            "high": one.right.mean if one.right.high is None else one.right.high,
            "figure": f"{shown_score(one.right.mean)}, n = {one.right.scored:,}",
        }
        for one in sorted(points, key=lambda one: one.started)
    ]
    x = alt.X("started:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelLimit=160))
    y = alt.Y(
        "value:Q", title="Answers right", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")
    )
    told = [
        alt.Tooltip("name:N", title="Run"),
        alt.Tooltip("figure:N", title="Right"),
        alt.Tooltip("started:N", title="Begun"),
    ]
    base = _chart(rows).encode(x=x, tooltip=told)
    layers = [
        base.mark_line(color=GOOD).encode(y=y),
        base.mark_rule(strokeWidth=2, color=GOOD).encode(y=alt.Y("low:Q"), y2="high:Q"),
        base.mark_point(filled=True, size=90, opacity=1, color=GOOD).encode(y=y),
    ]
    return _layered(*layers).properties(height=_PLOT_HEIGHT)


def outcome_chart(counts: Sequence[tuple[str, Mapping[Outcome, int]]]) -> alt.Chart:
    """Return a row a group of cases, divided by how many of them came out how."""
    rows = [
        {
            "name": f"{visible(name.replace('_', ' '))} ({sum(outcomes.values()):,})",
            "outcome": outcome,
            "order": OUTCOMES.index(outcome),
            "cases": count,
        }
        for name, outcomes in counts
        for outcome, count in outcomes.items()
    ]
    there = [outcome for outcome in OUTCOMES if any(row["outcome"] == outcome for row in rows)]
    colours = alt.Scale(domain=there, range=[_COLOURS[outcome] for outcome in there])
    chart: alt.Chart = (
        _chart(rows)
        .mark_bar(height=16)
        .encode(
            y=alt.Y("name:N", sort=None, title=None, axis=_NAMES),
            x=alt.X("cases:Q", stack="normalize", title=None, axis=alt.Axis(format="%")),
            color=alt.Color(
                "outcome:N",
                scale=colours,
                legend=None,  # `outcome_legend` wraps where it is narrow
            ),
            order="order:Q",
            tooltip=[
                alt.Tooltip("name:N", title="Of"),
                alt.Tooltip("outcome:N", title="Outcome"),
                alt.Tooltip("cases:Q", title="Cases"),
            ],
        )
        .properties(height=alt.Step(_ROW_HEIGHT))
    )
    return chart


def outcome_legend(counts: Sequence[tuple[str, Mapping[Outcome, int]]]) -> str:
    """Return the colours of the outcomes that there are, as HTML."""
    there = {outcome for _, outcomes in counts for outcome in outcomes}
    entries = "".join(
        f'<span><i style="background:{_COLOURS[outcome]}"></i>{outcome}</span>'
        for outcome in OUTCOMES
        if outcome in there
    )
    return f'<div class="legend">{entries}</div>'


def calibration_chart(bins: Sequence[CalibrationBin]) -> alt.LayerChart:
    """Return the share of answerable questions by confidence, beside the line of the ideal."""
    rows = [
        {
            "confidence": one.confidence,
            "right": one.right,
            "answers": one.count,
            "span": f"{one.low:.1f} to {one.high:.1f}",
        }
        for one in bins
    ]
    unit = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("confidence:Q", title="Confidence of the answer", scale=unit)
    y = alt.Y("right:Q", title="Share that the sources answer", scale=unit)
    told = [
        alt.Tooltip("span:N", title="Confidence"),
        alt.Tooltip("right:Q", title="Answerable", format=".0%"),
        alt.Tooltip("answers:Q", title="Answers"),
    ]
    ends = [{"confidence": 0, "right": 0}, {"confidence": 1, "right": 1}]
    ideal = _chart(ends).mark_line(color=LEVEL, strokeDash=[4, 4])
    curve = _chart(rows).encode(x=x, y=y)
    dots = curve.mark_point(filled=True, color=GOOD, opacity=1).encode(
        size=alt.Size("answers:Q", legend=None, scale=alt.Scale(range=[40, 400])), tooltip=told
    )
    line = curve.mark_line(color=GOOD, strokeWidth=1.5)
    return _layered(ideal.encode(x=x, y=y), line, dots).properties(height=_PLOT_HEIGHT)


def latency_chart(seconds: Sequence[float], marks: Sequence[tuple[str, float]]) -> alt.LayerChart:
    """Return how many cases took how long, with named times marked; the slowest share a bar."""
    ordered = sorted(seconds)
    most = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))] or 1e-6
    step = most / (_TIME_BARS - 1)
    counts = [0] * _TIME_BARS
    for one in ordered:
        counts[min(int(one / step), _TIME_BARS - 1)] += 1
    rows = [
        {
            "start": index * step,
            "end": (index + 0.92) * step,
            "cases": count,
            "none": 0,
            "span": _span(index * step, (index + 1) * step, index == _TIME_BARS - 1),
        }
        for index, count in enumerate(counts)
        if count
    ]
    room = max(counts) * 1.15  # for the names of the marks, above the bars
    y = alt.Scale(domain=[0, room], nice=False)
    bars = (
        _chart(rows)
        .mark_rect(color=GOOD)
        .encode(
            x=alt.X("start:Q", title="Seconds a case took", scale=alt.Scale(nice=False)),
            x2="end:Q",
            y=alt.Y("cases:Q", title="Cases", scale=y, axis=alt.Axis(tickMinStep=1)),
            y2="none:Q",
            tooltip=[
                alt.Tooltip("span:N", title="Took"),
                alt.Tooltip("cases:Q", title="Cases"),
            ],
        )
    )
    named = [{"name": name, "at": at} for name, at in marks if at <= most]
    lines = _chart(named).mark_rule(color=LEVEL, strokeDash=[3, 3]).encode(x="at:Q")
    names = [
        _chart([one])
        .mark_text(
            align="left" if at < most / 2 else "right",
            dx=4 if at < most / 2 else -4,
            color=_WORDS,
        )
        .encode(x="at:Q", y=alt.datum(room * 0.96), text="name:N")
        for one, (_, at) in zip(named, marks, strict=False)
    ]
    return _layered(bars, lines, *names).properties(height=_PLOT_HEIGHT)


def _chart(rows: Sequence[Mapping[str, object]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(rows)))


def _layered(*charts: alt.Chart) -> alt.LayerChart:
    return cast(alt.LayerChart, alt.layer(*charts))  # it facets only what is faceted before


def _span(start: float, end: float, is_last: bool) -> str:
    if is_last:
        return f"{shown_seconds(start)} and more"
    return f"{shown_seconds(start)} to {shown_seconds(end)}"
