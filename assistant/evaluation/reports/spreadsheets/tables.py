"""A run as tables: CSV files and a workbook beside its report."""

from pathlib import Path

from assistant.evaluation.reports.reported_cases import report_cases
from assistant.evaluation.reports.spreadsheets.answer_tables import answers_table, citations_table
from assistant.evaluation.reports.spreadsheets.csv_files import write_csv
from assistant.evaluation.reports.spreadsheets.measure_tables import (
    measures_table,
    run_table,
    slices_table,
)
from assistant.evaluation.reports.spreadsheets.workbook import write_workbook
from assistant.evaluation.results import Run
from assistant.evaluation.summary import Summary

ANSWERS_FILE = "answers.csv"
CITATIONS_FILE = "citations.csv"
MEASURES_FILE = "measures.csv"
WORKBOOK_FILE = "report.xlsx"


def write_tables(run: Run, summary: Summary) -> tuple[Path, ...]:
    """Write a run's tables into its folder and return their paths, the answers first.

    Of cases none of which has gold there are no tables of measures.
    """
    has_gold = any(case.answerable is not None for case in run.cases)
    cases = report_cases(run)
    answers = answers_table(cases, has_gold=has_gold)
    citations = citations_table(cases)
    facts = run_table(run, summary)
    paths = [
        write_csv(answers, run.folder / ANSWERS_FILE),
        write_csv(citations, run.folder / CITATIONS_FILE),
    ]
    sheets = [answers, citations, facts]
    if has_gold:
        slices = slices_table(summary)
        paths.append(write_csv(slices, run.folder / MEASURES_FILE))
        sheets[2:2] = [measures_table(summary), slices]
    return (*paths, write_workbook(sheets, run.folder / WORKBOOK_FILE))
