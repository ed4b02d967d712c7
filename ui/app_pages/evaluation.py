"""Runs of evaluation: how right the answers are, each case, and where two runs differ."""

import streamlit as st

from assistant.evaluation.results import list_runs
from ui.case_list import draw_cases
from ui.drawing.comparison_drawing import draw_comparison
from ui.drawing.figure_drawing import draw_figures
from ui.drawing.run_drawing import choose_other_run, choose_run, draw_facts, draw_no_runs, draw_run
from ui.resources import compare_runs, get_assistant, open_run

assistant = get_assistant()
folders = list_runs(assistant.settings.home / "runs")
known = {record.source.id for record in assistant.sources() if record.pages}

st.title("Evaluation", anchor=False)
if not folders:
    draw_no_runs()
    st.stop()

folder = choose_run(folders)
opened = open_run(folder)
draw_run(opened)
figures, cases, differences = st.tabs(
    ["Figures", "Cases", "Compare"], key="evaluation_tab", on_change="rerun"
)
if figures.open:
    with figures:
        draw_figures(opened)
        draw_facts(opened)
if cases.open:
    with cases:
        draw_cases(opened.cases, opened.run.name, known)
if differences.open:
    with differences:
        other = choose_other_run([one for one in folders if one != folder])
        if other is not None:
            first = open_run(other)
            draw_comparison(compare_runs(first, opened), first, opened, known)
