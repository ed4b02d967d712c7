"""Times that questions name, and shifting them."""

import pytest

from assistant.conversation.times import find_times, shifted, with_year


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in 2024 and Q3 2025", [("year", 2024, 0), ("quarter", 2025, 3)]),
        ("the third quarter of 2025", [("quarter", 2025, 3)]),
        ("in the September quarter of 2024", [("quarter", 2024, 3)]),
        ("three months ended June 30, 2025", [("quarter", 2025, 2)]),
        ("the year ended 30 June 2024", [("year", 2024, 1)]),
        ("H1 2024, second half of 2023", [("half", 2024, 1), ("half", 2023, 2)]),
        ("on 12 February 2026", [("day", 2026, 2)]),
        ("in May and in July 2025", [("month", 0, 5), ("month", 2025, 7)]),
        ("the first batch of 2023", [("batch", 2023, 1)]),
        ("in FY25", [("year", 2025, 0)]),
        ("MCS 2026, 2,025 tons, $2024, May it be", [("month", 0, 5)]),
        ("Mineral Commodity Summaries 2025 and Minerals Yearbook 2022", []),
    ],
)
def test_times_are_found(text: str, found: list[tuple[str, int, int]]) -> None:
    assert [(time.unit, time.year, time.index) for time in find_times(text)] == found


@pytest.mark.parametrize(
    ("text", "unit", "count", "told"),
    [
        ("2024", "year", -2, "2022"),
        ("FY25", "year", 1, "FY26"),
        ("Q1 2025", "quarter", -1, "Q4 2024"),
        ("third quarter of 2025", "quarter", -2, "first quarter of 2025"),
        ("September quarter of 2024", "quarter", 2, "March quarter of 2025"),
        ("three months ended June 30, 2025", "quarter", -1, "three months ended March 31, 2025"),
        ("third quarter of 2025", "year", -1, "third quarter of 2024"),
        ("second half of 2024", "half", 1, "first half of 2025"),
        ("July 2025", "month", -8, "November 2024"),
        ("12 February 2026", "week", -2, "29 January 2026"),
        ("February 3, 2025", "day", -5, "January 29, 2025"),
        ("31 March 2025", "month", -1, "28 February 2025"),
        ("first batch of 2023", "batch", 1, "second batch of 2023"),
        ("2024", "quarter", -1, ""),
        ("May", "year", -1, ""),
    ],
)
def test_a_shifted_time_is_written_as_it_was(text: str, unit: str, count: int, told: str) -> None:
    assert shifted(find_times(text)[0], unit, count) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [("third quarter", "third quarter of 2025"), ("Q3", "Q3 2025"), ("May", "May 2025"),
     ("May 2024", "May 2024")],
)  # fmt: skip
def test_a_time_takes_a_year_where_it_has_none(text: str, told: str) -> None:
    assert with_year(find_times(text)[0], 2025) == told
