"""What a search tells of a home's sources: who files, and how a company counts its months."""

from pathlib import Path

import pytest
from one_file_ledger import search_of

from corpus.language.periods import parse_period

REPORT = """---
title: Norvik Minerals Inc., {form} for the quarter
publisher: Norvik Minerals Inc.
edition: {form} Q2 2023
---
# Statements of operations

Table 1. Net sales (in millions):
| | Three months ended July 1, 2023 | Nine months ended July 1, 2023 |
|---|---|---|
| Total net sales | $ 55 | $ 170 |
"""


@pytest.mark.parametrize(("form", "name"), [("10-Q", "Norvik Minerals Inc."), ("Letter", "")])
def test_a_company_is_known_by_what_it_files(tmp_path: Path, form: str, name: str) -> None:
    with search_of(tmp_path, REPORT.format(form=form)) as search:
        filer = search.filer_of(search.parse("Norvik Minerals Inc. net sales"))
    assert (filer.text if filer else "") == name


@pytest.mark.parametrize(
    ("asked", "times"),
    [
        ("FY2023-Q3", ["FY2023-Q3", "P9M/2023-07-01"]),
        ("FY2023-Q2", ["P3M/2023-07-01", "P9M/2023-07-01"]),
        ("FY2023-Q1/FY2023-Q3", ["P3M/2023-07-01", "FY2023-Q1/FY2023-Q3"]),
    ],
)
def test_months_are_the_quarter_that_their_company_counts(
    tmp_path: Path, asked: str, times: list[str]
) -> None:
    with search_of(tmp_path, REPORT.format(form="10-Q")) as search:
        [source] = search.ledger.sources()
        facts = search.told_at((source, 1, 0, 1000))
        counted = search.as_counted(facts, parse_period(asked))
    assert [one.fact.period and one.fact.period.text for one in counted] == times
