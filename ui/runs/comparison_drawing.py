"""Draws two runs side by side: regressions, differences with their intervals, changed cases."""

from collections.abc import Collection, Sequence

import streamlit as st

from assistant.evaluation.comparing import ChangedCase, Comparison, Difference
from assistant.evaluation.measures import MEASURE_OF
from assistant.evaluation.reports.rendering import visible
from assistant.evaluation.reports.reported_cases import report_case
from assistant.evaluation.reports.shown_numbers import (
    counted,
    shown_change,
    shown_p,
    shown_range,
    shown_score,
)
from assistant.evaluation.reports.verdict import told_verdict
from ui.drawing.drawing import literal
from ui.resources import OpenRun
from ui.runs.case_drawing import answer_html, asked_html, expected_html, reasons_html, shown
from ui.runs.charts import BAD, GOOD, LEVEL, Bar, interval_chart
from ui.runs.note_drawing import draw_note

_ROWS_HEIGHT = 320


def draw_comparison(
    comparison: Comparison, first: OpenRun, second: OpenRun, known: Collection[str]
) -> None:
    """Draw the second run against the first; pages of `known` sources are linked to."""
    _draw_verdict(comparison)
    if not comparison.shared:
        return
    st.caption(_told_of_cases(comparison))
    _draw_changed(comparison.changed, first, second, known)
    with st.expander("Figures for experts"):
        _draw_differences(comparison.differences)


def _draw_verdict(comparison: Comparison) -> None:
    """Draw what two runs come to in one sentence, and below it what decides."""
    reasons = comparison.regressions or comparison.undecided if comparison.shared else ()
    lead, told = told_verdict(comparison)
    lines = (f"**{literal(lead)}** {literal(told)}\n", *(f"- {literal(one)}" for one in reasons))
    words = "\n".join(lines).strip()
    match comparison.verdict:
        case "worse":
            st.error(words, icon=":material/trending_down:")
        case "too few cases to tell":
            st.warning(words, icon=":material/help:")
        case "nothing to compare":
            st.info(words, icon=":material/info:")
        case _:
            st.success(words, icon=":material/check_circle:")


def _told_of_cases(comparison: Comparison) -> str:
    told = [f"Over the {counted(comparison.shared, 'case')} that ran in both."]
    alone = len(comparison.only_first) + len(comparison.only_second)
    if alone:
        told.append(f"{counted(alone, 'case is', 'cases are')} in one of them only.")
    if comparison.other_cases:
        other = counted(len(comparison.other_cases), "case has", "cases have")
        told.append(f"{other} the same id and other contents, and stay out.")
    return " ".join(told)


def _draw_differences(differences: Sequence[Difference]) -> None:
    st.subheader("Differences", anchor=False)
    if not differences:
        st.markdown("No measure is scored in both runs.")
        return
    headline = [one for one in differences if MEASURE_OF[one.name].headline]
    if headline:
        ends = [end for one in headline for end in (one.low, one.high, one.difference)]
        reach = max(0.05, *(abs(end) for end in ends if end is not None))
        chart = interval_chart([_bar(one) for one in headline], -reach, reach)
        st.altair_chart(chart, alt="Differences of the headline measures")
        st.caption("Lines are 95 % intervals. Of measures with a ↓ lower is better.")
    differences = sorted(differences, key=lambda one: not MEASURE_OF[one.name].headline)
    st.dataframe(
        {
            "Measure": [_named(one) for one in differences],
            "Before": [shown_score(one.first) for one in differences],
            "This run": [shown_score(one.second) for one in differences],
            "Difference": [shown_change(one.difference) for one in differences],
            "95 % interval": [shown_range(one.low, one.high) for one in differences],
            "p": [shown_p(one.p) for one in differences],
            "p (Holm)": [shown_p(one.adjusted_p) for one in differences],
            "Better": [one.better for one in differences],
            "Worse": [one.worse for one in differences],
            "Cases": [one.cases for one in differences],
        },
        hide_index=True,
        height=_ROWS_HEIGHT,
        column_config={
            "Difference": st.column_config.TextColumn(help="Of this run from the other one"),
            "p": st.column_config.TextColumn(help="Of a two-sided paired randomisation test"),
            "p (Holm)": st.column_config.TextColumn(
                help="The same after Holm, as the headline measures are many"
            ),
            "Better": st.column_config.NumberColumn(help="Cases"),
            "Worse": st.column_config.NumberColumn(help="Cases"),
            "Cases": st.column_config.NumberColumn(help="Scored in both runs"),
        },
    )


def _named(one: Difference) -> str:
    measure = MEASURE_OF[one.name]
    return measure.title if measure.higher_is_better else f"{measure.title} ↓"


def _bar(one: Difference) -> Bar:
    figure = f"{shown_change(one.difference)} ({shown_range(one.low, one.high)})"
    return Bar(_named(one), one.difference, one.low, one.high, figure, _colour(one))


def _colour(one: Difference) -> str:
    if abs(one.difference) < 1e-9:
        return LEVEL
    return GOOD if (one.difference > 0) == MEASURE_OF[one.name].higher_is_better else BAD


def _draw_changed(
    changed: Sequence[ChangedCase], first: OpenRun, second: OpenRun, known: Collection[str]
) -> None:
    st.subheader(f"Changed cases ({len(changed):,})", anchor=False)
    if not changed:
        st.markdown("No case has another score.")
        return
    table = st.dataframe(
        {
            "Change": ["worse" if one.is_worse else "not worse" for one in changed],
            "Question": [visible(one.case.question) for one in changed],
            "Scores": [_told_of_change(one) for one in changed],
            "Kind": [visible(one.case.kind.replace("_", " ")) for one in changed],
            "Id": [visible(one.case.id) for one in changed],
        },
        key=f"changes of {first.run.name} and {second.run.name}",
        on_select="rerun",
        selection_mode="single-row-required",
        hide_index=True,
        height=_ROWS_HEIGHT if len(changed) > 8 else "auto",
        column_config={
            "Change": st.column_config.TextColumn(width=90),
            "Question": st.column_config.TextColumn(width=420),
            "Scores": st.column_config.TextColumn(width=420),
        },
    )
    row = table.selection.rows[0] if table.selection.rows else 0
    with st.container(border=True):
        _draw_both(changed[row], first, second, known)
        draw_note(second.run.folder, changed[row].case.id)


def _told_of_change(one: ChangedCase) -> str:
    if bool(one.first.error) != bool(one.second.error):
        return "fails now" if one.second.error else "failed before"
    changes = sorted(one.changes, key=lambda c: (not MEASURE_OF[c.name].headline, c.gain))
    return "; ".join(f"{MEASURE_OF[c.name].title} {c.first:.3g} → {c.second:.3g}" for c in changes)


def _draw_both(
    changed: ChangedCase, first: OpenRun, second: OpenRun, known: Collection[str]
) -> None:
    """Draw the answers of both runs to one case, side by side, below what was expected."""
    asked, expected = st.columns(2, gap="large")
    asked.html(asked_html(changed.case))
    expected.html(expected_html(changed.case))
    results = ((first, changed.first), (second, changed.second))
    for column, (opened, result) in zip(st.columns(2, gap="large"), results, strict=True):
        one = report_case(changed.case, result, opened.run.sources)
        column.html(
            f'<div class="part">{shown(opened.run.name)}</div>{answer_html(one, known)}'
            f"{reasons_html(one.reasons)}"
        )
