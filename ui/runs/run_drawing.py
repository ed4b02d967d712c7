"""Draws which runs there are, and of one what was run, how far it is and what to take along."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.evaluation.reports.html_report import REPORT_FILE, write_report
from assistant.evaluation.reports.rendering import visible
from assistant.evaluation.reports.run_facts import run_facts, run_line
from assistant.evaluation.reports.shown_numbers import counted, shown_time
from assistant.evaluation.reports.spreadsheets.tables import (
    ANSWERS_FILE,
    WORKBOOK_FILE,
    write_tables,
)
from ui.resources import OpenRun, run_head
from ui.runs.case_drawing import pairs_html, shown

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_no_runs() -> None:
    """Say how cases are made."""
    st.markdown(
        "There is no run yet. A file of cases is JSON lines, CSV or XLSX; a plain list of "
        "questions does too. Or draft cases from your own sources, and review them under "
        "*Review drafts*:"
    )
    st.code("rare-earth eval draft", language=None)


def choose_run(folders: Sequence[Path]) -> Path:
    """Draw a picker of runs and return what is chosen, at first the newest."""
    by_name = {folder.name: folder for folder in folders}
    name = st.selectbox(
        "Run",
        list(by_name),
        format_func=lambda name: _line(by_name[name]),
        key="run",
        persist_state="session",
    )
    return by_name[name]


def choose_other_run(folders: Sequence[Path]) -> Path | None:
    """Draw a picker of runs to compare with, and return what is chosen, at first none."""
    by_name = {folder.name: folder for folder in folders}
    name = st.selectbox(
        "Compare with",
        list(by_name),
        index=None,
        format_func=lambda name: _line(by_name[name]),
        placeholder="Choose an earlier run" if folders else "There is no other run",
        disabled=not folders,
        key="other_run",
        persist_state="session",
    )
    return None if name is None else by_name[name]


def _line(folder: Path) -> str:
    """Return a run as a picker names it.

    Of a run that is under way it holds nothing that changes meanwhile: a choice is kept by name.
    """
    head = run_head(folder)
    if head.error:
        return f"{visible(head.name)} · cannot be read"
    mean = head.right.mean if head.right else None
    right = "" if mean is None else f"{mean:.0%} of the answers right"
    came_to = right if head.is_finished else "not finished"
    told = (visible(head.name), shown_time(head.started), counted(head.cases, "case"), came_to)
    return " · ".join(filter(None, told))


def draw_run(opened: OpenRun) -> None:
    """Draw what was run, how far it is, and its files to take along."""
    run, overall = opened.run, opened.summary.overall
    st.html(f'<div class="quiet">{shown(" · ".join(run_line(run)))}</div>')
    if overall.not_run:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(
                f"{overall.not_run:,} of {counted(overall.cases, 'case')} not run yet. If the run "
                "was stopped, start it again to go on.",
                icon=":material/hourglass_empty:",
            )
            st.button("Look again", icon=":material/refresh:")
    _draw_downloads(opened)


def draw_facts(opened: OpenRun) -> None:
    """Draw all that is recorded of a run, folded."""
    with st.expander("What was run"):
        st.html(
            "".join(
                f'<div class="part">{shown(title)}</div>'
                + pairs_html(((name, f"{value}") for name, value in facts), "beside")
                for title, facts in run_facts(opened.run, opened.summary)
            )
        )


def _draw_downloads(opened: OpenRun) -> None:
    """Draw buttons for the reports; each is made when it is asked for."""

    def report() -> bytes:
        return write_report(opened.run, opened.summary).read_bytes()

    def table(name: str) -> bytes:
        paths = write_tables(opened.run, opened.summary)
        return next(path for path in paths if path.name == name).read_bytes()

    files = (
        ("Report (HTML)", report, REPORT_FILE, "text/html"),
        ("Answers (CSV)", lambda: table(ANSWERS_FILE), ANSWERS_FILE, "text/csv"),
        ("All tables (XLSX)", lambda: table(WORKBOOK_FILE), WORKBOOK_FILE, _XLSX),
    )
    with st.container(horizontal=True):
        for label, made, name, kind in files:
            st.download_button(
                label,
                made,
                f"{opened.run.name}-{name}",
                kind,
                on_click="ignore",
                icon=":material/download:",
            )
