"""Draws the figures of a run: headline measures, times, groups of cases, confidence."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from assistant.evaluation.measures import MEASURE_OF
from assistant.evaluation.reports.measure_groups import headline_means, mean_groups
from assistant.evaluation.reports.shown_numbers import (
    counted,
    shown_interval,
    shown_score,
    shown_seconds,
)
from assistant.evaluation.summary import Dimension, Mean, Slice, Summary
from ui.resources import OpenRun, RunHead
from ui.runs.charts import (
    TrendPoint,
    calibration_chart,
    group_bar,
    interval_chart,
    latency_chart,
    measure_bar,
    outcome_chart,
    outcome_legend,
    trend_chart,
)

_TILES = ("answer_right", "wrong_answer_shown", "refusal_recall", "page_cited")
_DIMENSIONS: dict[Dimension, str] = {
    "kind": "Kind",
    "publisher": "Publisher",
    "year": "Year",
    "answerable": "Answerable",
    "near miss": "Near miss",
    "turns": "Follow-up",
}
_MOST_SLICES = 20


def draw_figures(opened: OpenRun) -> None:
    """Draw the figures of a run, the most telling first."""
    summary = opened.summary
    if all(case.answerable is None for case in opened.run.cases):
        st.info(
            "These questions come without known answers, so the answers are not scored. Read them "
            "under *Cases*, or take them along as a table.",
            icon=":material/info:",
        )
        _draw_times(opened)
        return
    means = {mean.name: mean for mean in summary.overall.means}
    *columns, last = st.columns(len(_TILES) + 1)
    for column, name in zip(columns, _TILES, strict=True):
        with column:
            _draw_tile(means[name])
    with last:
        _draw_failed(summary.overall)
    _draw_headline(summary.overall)
    with st.expander("Figures for experts"):
        _draw_times(opened)
        _draw_groups(opened)
        _draw_confidence(summary)
        _draw_measures(summary.overall)


def draw_trend(heads: Sequence[RunHead], chosen: RunHead) -> None:
    """Draw how many answers were right in all finished runs over the cases of the chosen one."""
    over = [one for one in heads if one.cases_sha256 == chosen.cases_sha256 and one.right]
    if len(over) < 2:
        return
    st.subheader("Answers right from run to run", anchor=False)
    told = [TrendPoint(one.name, one.started, one.right) for one in over if one.right]
    st.altair_chart(trend_chart(told), alt="Answers right in each run over the same cases")
    st.caption("Over the same cases, with 95 % intervals.")


def _draw_tile(mean: Mean) -> None:
    measure = MEASURE_OF[mean.name]
    interval = "" if mean.low is None else f"{shown_interval(mean.low, mean.high)} · "
    st.metric(
        measure.title,
        shown_score(mean.mean),
        f"{interval}{counted(mean.scored, 'case')}",
        delta_color="off",
        delta_arrow="off",
        help=f"{measure.definition}. Below it the 95 % interval and the number of cases.",
        border=True,
    )


def _draw_failed(overall: Slice) -> None:
    st.metric(
        "Failed",
        f"{overall.failed:,}",
        f"of {overall.cases - overall.not_run:,} that ran",
        delta_color="off",
        delta_arrow="off",
        help="Cases that ended in an error. They count in no score.",
        border=True,
    )


def _draw_headline(overall: Slice) -> None:
    st.subheader("Headline measures", anchor=False)
    bars = [measure_bar(row.mean) for row in headline_means(overall)]
    if not bars:
        st.markdown("Nothing is scored yet.")
        return
    st.altair_chart(interval_chart(bars), alt="Headline measures with their 95 % intervals")
    st.caption("Lines are 95 % intervals. Of measures with a ↓ lower is better.")


def _draw_times(opened: OpenRun) -> None:
    """Draw how long cases took as they ran, and below it the parts of answering."""
    st.subheader("Time a case took", anchor=False)
    latencies = opened.summary.latencies
    seconds = [one.seconds for one in opened.run.results if one.seconds and not one.error]
    whole = next((one for one in latencies if one.part == "whole"), None)
    if whole and len(seconds) > 1:
        chart = latency_chart(seconds, [("median", whole.median), ("95 %", whole.p95)])
        st.altair_chart(chart, alt="How many cases took how long")
    if not latencies:
        st.markdown("No times were recorded.")
        return
    st.dataframe(
        {
            "Part": [one.part for one in latencies],
            "Median": [shown_seconds(one.median) for one in latencies],
            "90 %": [shown_seconds(one.p90) for one in latencies],
            "95 %": [shown_seconds(one.p95) for one in latencies],
            "99 %": [shown_seconds(one.p99) for one in latencies],
        },
        hide_index=True,
    )


def _draw_groups(opened: OpenRun) -> None:
    """Draw how the cases of each group came out, and one measure beside it."""
    overall = opened.summary.overall
    there = [name for name in _DIMENSIONS if len(opened.summary.by(name)) > 1]
    scored = [row.mean.name for _, rows in mean_groups(overall) for row in rows]
    if not there or not scored:
        return
    st.subheader("By group of cases", anchor=False)
    at_left, at_right = st.columns(2, gap="large")
    dimension = at_left.segmented_control(
        "Group by",
        there,
        format_func=_DIMENSIONS.__getitem__,
        default=there[0],
        required=True,
        key="dimension",
        persist_state="session",
    )
    name = at_right.selectbox(
        "Measure",
        scored,
        format_func=lambda name: MEASURE_OF[name].title,
        key="measure",
        persist_state="session",
    )
    slices = opened.summary.by(dimension)
    shown = _largest(slices)
    outcomes = [
        (
            one.name,
            Counter(c.outcome for c in opened.cases if c.values.get(dimension) == one.name),
        )
        for one in shown
    ]
    at_left.altair_chart(outcome_chart(outcomes), alt="How the cases of each group came out")
    at_left.html(outcome_legend(outcomes))
    bars = [
        group_bar(mean, one.name)
        for one in shown
        for mean in one.means
        if mean.name == name and mean.scored
    ]
    if bars:
        at_right.altair_chart(interval_chart(bars), alt=f"{MEASURE_OF[name].title} of each group")
    else:
        at_right.markdown("It applies to no case of these groups.")
    at_right.caption(f"{MEASURE_OF[name].title}: {MEASURE_OF[name].definition}.")
    if len(shown) < len(slices):
        st.caption(f"The {len(shown)} largest of {len(slices)} groups are shown.")


def _largest(slices: Sequence[Slice]) -> list[Slice]:
    """Return the slices in their order; of very many those with the most cases."""
    kept = sorted(slices, key=lambda one: -one.cases)[:_MOST_SLICES]
    return [one for one in slices if one in kept]


def _draw_confidence(summary: Summary) -> None:
    refusals = summary.refusals
    if not refusals.bins:
        return
    st.subheader("Confidence of the answers", anchor=False)
    drawn, told = st.columns(2, gap="large")
    drawn.altair_chart(
        calibration_chart(refusals.bins), alt="Share of answerable questions by confidence"
    )
    with told:
        st.markdown(
            "By the confidence of the answer, the share of questions that the sources answer. "
            "The larger a dot, the more answers. On the dashed line confidence would be a "
            "probability; what matters here is that it rises."
        )
        st.dataframe(
            {
                "Unanswerable questions": [one.name for one in refusals.separations],
                "AUROC": [shown_score(one.auroc) for one in refusals.separations],
                "95 % interval": [
                    shown_interval(one.low, one.high) for one in refusals.separations
                ],
                "Answerable": [one.answerable for one in refusals.separations],
                "Not": [one.unanswerable for one in refusals.separations],
            },
            hide_index=True,
        )
        error = shown_score(refusals.calibration_error)
        st.caption(
            "AUROC is the chance that of two questions the answerable one has the higher "
            f"confidence. The expected calibration error is {error}."
        )


def _draw_measures(overall: Slice) -> None:
    st.subheader("All measures", anchor=False)
    rows = [(group, row) for group, rows in mean_groups(overall) for row in rows]
    st.dataframe(
        {
            "Of": [group for group, _ in rows],
            "Measure": [row.measure.title for _, row in rows],
            "Mean": [shown_score(row.mean.mean) for _, row in rows],
            "95 % interval": [shown_interval(row.mean.low, row.mean.high) for _, row in rows],
            "Cases": [row.mean.scored for _, row in rows],
            "Does not apply": [row.mean.not_scored for _, row in rows],
            "Definition": [row.measure.definition for _, row in rows],
        },
        hide_index=True,
        height="content",
        column_config={"Definition": st.column_config.TextColumn(width="large")},
    )
