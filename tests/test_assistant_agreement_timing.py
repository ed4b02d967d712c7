"""Whether statements speak of the year, the part of a year and the edition asked for."""

from dataclasses import replace

import pytest
from assistants import SOURCE, evidence, required, row, statement

from assistant.agreement.timing import (
    edition_agreement,
    part_agreement,
    statement_times,
    time_agreement,
)
from corpus.document import Cell, Context
from index.passage import Evidence

ASKED = "What was production in 2024?"


def prose(text: str, section: str = "") -> Evidence:
    return evidence(text, context=Context(section=section))


@pytest.mark.parametrize(
    ("text", "section", "agreement"),
    [
        ("Production was 5 tons in 2024.", "", 1.0),
        ("Production was 5 tons in 2023.", "", 0.0),
        ("Production grew from 2022 to 2025.", "", 0.7),
        ("Production was 5 tons.", "Results of 2024", 0.98),
        ("Production was 5 tons.", "Results of 2023", 0.35),
        ("It opened in 2024. Production was 5 tons.", "", 0.98),
        ("It opened in 2021. Production was 5 tons.", "Results of 2024", 0.35),
        ("Production was 5 tons.", "", 0.5),
        ("Production of 2023 was not disclosed.", "", 0.6),
        ("Against the same quarter of 2023 it grew by 63%.", "Results of 2024", 0.98),
        ("Against the same quarter of 2023 it grew by 63%.", "", 0.0),
        ("Production was 5 tons (Reuters, August 2024).", "", 0.5),
    ],
)
def test_a_statement_speaks_of_the_year_it_names_else_of_the_nearest(
    text: str, section: str, agreement: float
) -> None:
    found = statement(ASKED, prose(text, section))
    assert time_agreement(required(ASKED), found) == pytest.approx(agreement)
    assert time_agreement(required("What was production?"), found) == 1.0


@pytest.mark.parametrize(
    ("data_years", "agreement"), [((2024,), 0.6), ((2023, 2024), 0.6), ((2023,), 0.5), ((), 0.5)]
)
def test_a_statement_without_years_may_be_of_those_of_its_source(
    data_years: tuple[int, ...], agreement: float
) -> None:
    found = statement(
        ASKED, evidence("Output was 5 t.", source=replace(SOURCE, data_years=data_years))
    )
    assert time_agreement(required(ASKED), found) == agreement


@pytest.mark.parametrize(
    ("item", "agreement"),
    [
        (row("Nigeria", "5", header=("Country", "2024")), 1.0),
        (row("Nigeria", "5", header=("Country", "2023")), 0.0),
        (row("2024", "5", header=("Year", "Production")), 1.0),
        (row("2023", "5", header=("Year", "Production")), 0.0),
        (row("Nigeria", "5", header=("Country", "Production"), caption="Output in 2024"), 0.98),
        (row("Nigeria", "5", header=("Country", "Production"), caption="Output in 2023"), 0.35),
        (row("Nigeria", "5", header=("Country", "2024"), caption="Output, 2020 to 2023"), 1.0),
        (row("Nigeria", "5", header=("Country", "Production"), section="In 2024"), 0.98),
        (row("Nigeria", "5", header=("Country", "Production")), 0.5),
    ],
)
def test_a_row_speaks_of_the_year_of_its_cell_else_of_its_caption(
    item: Evidence, agreement: float
) -> None:
    assert time_agreement(required(ASKED), statement(ASKED, item)) == pytest.approx(agreement)


def test_of_a_row_of_years_the_cell_of_the_year_asked_for_counts() -> None:
    item = row("Nigeria", "5", "6", header=("Country", "2023", "2024"))
    times, sure = statement_times(statement(ASKED, item))
    assert (times.years, sure) == (frozenset([2024]), 1.0)
    times, _ = statement_times(statement("What was production in 2023?", item))
    assert times.years == frozenset([2023])


def test_year_of_a_row_by_product_may_stand_in_another_of_its_cells() -> None:
    item = row("Licence", "from March 2024", "300", header=("Kind", "Given", "Fee"))
    times, sure = statement_times(statement("What is the fee?", item))
    assert (times.years, sure) == (frozenset([2024]), 1.0)


def test_a_column_named_after_an_edition_does_not_date_its_cell() -> None:
    cell = Cell("5", 0, 0, "MCS 2026", 2026)
    times, sure = statement_times(statement("?", row("Nigeria", cell)))
    assert (times.years, sure) == (frozenset(), 0.0)


@pytest.mark.parametrize(
    ("question", "text", "agreement"),
    [
        ("What was revenue in 2024?", "In the first half of 2024 revenue was $5.", 0.2),
        ("What was full-year revenue in 2024?", "In the first half of 2024 it was $5.", 0.0),
        ("What was full-year revenue in 2024?", "In May 2024 revenue was $5.", 0.5),
        ("What was revenue in 2024?", "In 2024 revenue was $5.", 1.0),
        ("What was revenue in 2024?", "In 2024 it was $1, $2, $3 and $4 in Q1, Q2, Q3, Q4.", 1.0),
        ("What was revenue in H1 2024?", "In the first half of 2024 revenue was $5.", 1.0),
        ("What was revenue in Q1 2024?", "In the June quarter 2024 revenue was $5.", 0.0),
        ("What was revenue in Q1 2024?", "In the March quarter of 2024 revenue was $5.", 1.0),
        ("What was revenue in Q1 2024?", "In 2024 revenue was $5.", 0.3),
        ("What was revenue in Q1 2024?", "In May 2024 revenue was $5.", 0.5),
        ("What was revenue in May 2024?", "In May 2024 revenue was $5.", 1.0),
        ("What was revenue in May 2024?", "In June 2024 revenue was $5.", 0.0),
        ("What was revenue in May 2024?", "In the first half of 2024 revenue was $5.", 0.2),
        ("What was revenue in May 2024?", "In 2024 revenue was $5.", 0.4),
        ("When was the second phase done?", "The first phase was done in 2024.", 0.0),
        ("When was the second phase done?", "The 2nd phase was done in 2024.", 1.0),
        ("When was the second phase done?", "The project was done in 2024.", 0.4),
        ("How many tons was the quota for 2024?", "The first batch for 2024 was 5 tons.", 0.3),
        ("Why did revenue fall in 2024?", "In the first half of 2024 revenue was $5.", 1.0),
        ("What was the loan of 2024 worth?", "In the first half of 2024 it was $5.", 1.0),
        ("What did it cost in autumn 2024?", "In October 2024 it cost $5.", 1.0),
        ("What did it cost in autumn 2024?", "In May 2024 it cost $5.", 0.0),
    ],
)
def test_a_part_of_the_year_is_not_the_year_nor_another_part(
    question: str, text: str, agreement: float
) -> None:
    assert part_agreement(required(question), statement(question, text)) == agreement


@pytest.mark.parametrize(
    ("text", "agreement"), [("In 2025 a need of $5 was named.", 1.0), ("It needs $5.", 0.8)]
)
def test_year_of_what_is_cited_is_no_year_that_is_asked_for(text: str, agreement: float) -> None:
    question = "How much does the mine need, by its 2025 study?"
    assert time_agreement(required(question), statement(question, text)) == agreement


def test_part_of_the_year_may_stand_in_the_section_of_prose() -> None:
    question = "What was revenue in Q2 2024?"
    for section, agreement in (("Second quarter", 1.0), ("Third quarter", 0.0)):
        found = statement(question, prose("Revenue was $5 in 2024.", section))
        assert part_agreement(required(question), found) == agreement


def test_a_statement_without_a_year_has_part_and_batch_of_where_its_year_stands() -> None:
    section = "First batch, second quarter of 2024"
    times, sure = statement_times(statement("?", prose("The quota was 5 tons.", section)))
    assert (times.years, times.parts, times.steps, sure) == (
        frozenset([2024]), frozenset(["Q2"]), frozenset(["first batch"]), 0.8,
    )  # fmt: skip
    times, _ = statement_times(statement("?", prose("The quota of Q3 was 5 tons.", section)))
    assert (times.years, times.parts) == (frozenset([2024]), frozenset(["Q3"]))


@pytest.mark.parametrize(
    ("label", "header", "agreement"),
    [
        ("Q2 2024", ("Quarter", "Revenue"), 1.0),
        ("Q3 2024", ("Quarter", "Revenue"), 0.0),
        ("Revenue", ("", "Q2 2024"), 1.0),
        ("Revenue", ("", "Q3 2024"), 0.0),
        ("Revenue", ("", "2024"), 0.3),
    ],
)
def test_a_row_speaks_of_the_part_of_its_label_or_column(
    label: str, header: tuple[str, str], agreement: float
) -> None:
    question = "What was revenue in Q2 2024?"
    found = statement(question, row(label, "5", header=header))
    assert part_agreement(required(question), found) == agreement


@pytest.mark.parametrize(
    ("caption", "agreement"), [("Sales of the second quarter", 1.0), ("Sales of Q3", 0.0)]
)
def test_a_row_that_tells_no_part_has_that_of_its_table(caption: str, agreement: float) -> None:
    question = "What were sales in Q2 2024?"
    found = statement(question, row("Sales", "5", header=("", "2024"), caption=caption))
    assert part_agreement(required(question), found) == agreement


@pytest.mark.parametrize(
    ("question", "agreement"),
    [
        ("What were sales in 2024?", 0.4),
        ("What were full-year sales in 2024?", 0.1),
        ("What were sales in May 2024?", 1.0),
    ],
)
def test_a_row_of_one_month_is_not_the_year(question: str, agreement: float) -> None:
    found = statement(question, row("Sales", "5", header=("", "May 2024")))
    assert part_agreement(required(question), found) == agreement


@pytest.mark.parametrize(
    ("edition", "text", "agreement"),
    [
        ("MCS 2025", "The mine was idle then.", 1.0),
        ("MCS 2026", "The mine was idle then.", 0.0),
        ("", "The mine was idle, says MCS 2025.", 1.0),
        ("", "So says MCS 2025. The mine was idle then.", 0.8),
        ("", "So says MCS 2025. The mine was idle, says MCS 2026.", 0.2),
        ("", "The mine was idle then.", 0.4),
    ],
)
def test_an_edition_asked_for_is_the_source_or_is_named(
    edition: str, text: str, agreement: float
) -> None:
    found = statement("?", evidence(text, source=replace(SOURCE, edition=edition)))
    assert edition_agreement(required("What says MCS 2025 of the mine?"), found) == agreement
    assert edition_agreement(required("What of the mine?"), found) == 1.0
