"""Draws the cases of a run as a list with filters, the worst first, and the one picked whole."""

from collections import Counter
from collections.abc import Collection, Sequence

import streamlit as st

from assistant.evaluation.explaining import VERDICTS
from assistant.evaluation.reports.rendering import visible
from assistant.evaluation.reports.reported_cases import ReportedCase
from ui.resources import OpenRun
from ui.runs.case_drawing import draw_case
from ui.runs.note_drawing import draw_note

_ROWS_HEIGHT = 320


def draw_cases(opened: OpenRun, known: Collection[str]) -> None:
    """Draw filters, the list of what they leave, and the picked case of the run."""
    cases, run = opened.cases, opened.run.name
    left = _filtered(cases, run)
    if not left:
        st.info("No case is left by these filters.", icon=":material/filter_alt_off:")
        return
    st.caption(f"{len(left):,} of {len(cases):,} cases, the worst first. Select a row to read it.")
    picked = _pick(left, run)
    with st.container(border=True):
        draw_case(picked, known)
        draw_note(opened.run.folder, picked.case.id)


def _filtered(cases: Sequence[ReportedCase], run: str) -> list[ReportedCase]:
    counts = Counter(one.verdict for one in cases)
    kinds = Counter(one.case.kind for one in cases)
    verdicts = st.pills(
        "Verdict",
        [verdict for verdict in VERDICTS if counts[verdict]],
        selection_mode="multi",
        format_func=lambda verdict: f"{verdict} ({counts[verdict]:,})",
        key=f"verdicts of {run}",
        persist_state="session",
    )
    at_left, at_right = st.columns(2)
    chosen = at_left.multiselect(
        "Kind",
        sorted(kinds),
        format_func=lambda kind: f"{visible(kind)} ({kinds[kind]:,})",
        placeholder="Any",
        key=f"kinds of {run}",
        persist_state="session",
    )
    words = at_right.text_input(
        "Words of the question, the answer or the id",
        key=f"words of {run}",
        persist_state="session",
    )
    wanted = words.casefold().split()
    return [
        one
        for one in cases
        if (not verdicts or one.verdict in verdicts)
        and (not chosen or one.case.kind in chosen)
        and all(word in _searched(one) for word in wanted)
    ]


def _searched(one: ReportedCase) -> str:
    return f"{one.case.id}\n{one.case.question}\n{one.text}".casefold()


def _pick(cases: Sequence[ReportedCase], run: str) -> ReportedCase:
    """Draw the list and return the case whose row is selected; at first that is the worst."""
    table = st.dataframe(
        {
            "Verdict": [one.verdict for one in cases],
            "Kind": [visible(one.case.kind.replace("_", " ")) for one in cases],
            "Question": [visible(one.case.question) for one in cases],
            "Status": [one.seen.status.replace("_", " ") for one in cases],
            "Reasons": [visible("; ".join(one.reasons) or one.result.error) for one in cases],
            "Seconds": [one.result.seconds for one in cases],
            "Id": [visible(one.case.id) for one in cases],
        },
        # Other cases are another list: the row that was picked in this one is none of its own.
        key=f"cases of {run}: {hash(tuple(one.case.id for one in cases))}",
        on_select="rerun",
        selection_mode="single-row-required",
        hide_index=True,
        height=_ROWS_HEIGHT if len(cases) > 8 else "auto",
        column_config={
            "Verdict": st.column_config.TextColumn(width=140),
            "Kind": st.column_config.TextColumn(width=125),
            "Question": st.column_config.TextColumn(width=370),
            "Status": st.column_config.TextColumn(width=95),
            "Reasons": st.column_config.TextColumn(width=210),
            "Seconds": st.column_config.NumberColumn(width=65, format="%.2f"),
            "Id": st.column_config.TextColumn(width=75),
        },
    )
    return cases[table.selection.rows[0] if table.selection.rows else 0]
