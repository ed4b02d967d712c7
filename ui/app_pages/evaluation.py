"""Runs of evaluation: started and watched, how right answers are, each case, two runs compared."""

import streamlit as st

from assistant.evaluation.results import list_runs
from ui.resources import compare_runs, get_assistant, open_run, run_head
from ui.runs.case_list import draw_cases
from ui.runs.comparison_drawing import draw_comparison
from ui.runs.figure_drawing import draw_figures, draw_trend
from ui.runs.run_drawing import choose_other_run, choose_run, draw_facts, draw_no_runs, draw_run
from ui.runs.run_starting import draw_progress, draw_start

assistant = get_assistant()
runs = assistant.runs
folders = list_runs(runs.folder)
known = {record.source.id for record in assistant.sources() if record.pages}

st.title("Evaluation", anchor=False)
draw_start(assistant, is_first=not folders)
draw_progress(assistant)
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
        draw_trend([run_head(one) for one in folders], run_head(folder))
        draw_facts(opened)
if cases.open:
    with cases:
        draw_cases(opened, known)
if differences.open:
    with differences:
        other = choose_other_run([one for one in folders if one != folder])
        if other is not None:
            first = open_run(other)
            draw_comparison(compare_runs(first, opened), first, opened, known)
