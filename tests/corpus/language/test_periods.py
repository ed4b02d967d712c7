"""Times in one canonical form, whatever way they are written."""

import pytest

from corpus.language.periods import contains, find_periods, parse_period, same_period


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("mine production in 2024", ["2024"]),
        ("the third quarter of 2022", ["2022-Q3"]),
        ("3Q23", ["2023-Q3"]),
        ("H1 2025 and H2'24", ["2025-H1", "2024-H2"]),
        ("2019, first half", ["2019-H1"]),
        ("Q4 FY2023", ["FY2023-Q4"]),
        ("the first quarter of fiscal 2024", ["FY2024-Q1"]),
        ("FY24", ["FY2024"]),
        ("the first nine months of fiscal year 2023", ["FY2023-Q1/FY2023-Q3"]),
        ("9M FY24 and 9M 2023", ["FY2024-Q1/FY2024-Q3", "2023-01/2023-09"]),
        ("6M23 against 1H22", ["2023-H1", "2022-H1"]),
        ("9M to Sep 2023", ["P9M/2023-09-30"]),
        ("the September 2023 quarter and the Jun-22 qtr", ["2023-Q3", "P3M/2022-06-30"]),
        ("three months ended July 1, 2023", ["P3M/2023-07-01"]),
        ("thirty-nine weeks ended October 28, 2023", ["P9M/2023-10-28"]),
        ("fiscal year ended January 28, 2024", ["P12M/2024-01-28"]),
        ("July-Sept. 2024", ["2024-Q3"]),
        ("October 2024 to September 2025", ["2024-10/2025-09"]),
        ("from 2021 through 2024", ["2021/2024"]),
        ("imports 2021–24", ["2021/2024"]),
        ("yearend 2023", ["2023-12-31"]),
        ("as of September 30, 2024", ["2024-09-30"]),
        ("30 September 2024", ["2024-09-30"]),
        ("by 2030", ["../2030"]),
        ("until 10 November 2026", ["../2026-11-10"]),
        ("since April 2025", ["2025-04/.."]),
        ("the 1990s", ["1990/1999"]),
        ("first batch of 2024", ["2024-B1"]),
        ("the first 2024 batch", ["2024-B1"]),
        ("the financial year to March 2026", ["P12M/2026-03-31"]),
        ("quarter ended June 2025", ["P3M/2025-06-30"]),
        ("2025年上半年", ["2025-H1"]),
        ("截至2024年9月30日", ["2024-09-30"]),
        ("im ersten Halbjahr 2024", ["2024-H1"]),
        ("au 1er trimestre 2023", ["2023-Q1"]),
    ],
)
def test_a_time_is_read_in_its_canonical_form(text: str, periods: list[str]) -> None:
    assert [one.period.text for one in find_periods(text)] == periods


@pytest.mark.parametrize(
    "text",
    [
        "2,024 tons",
        "2846.10.0000",
        "10 USC 4872",
        "45,500",
        "US$9M 23",
        "$2000",
        "a ratio of 20 to 25",
    ],
)
def test_figures_and_codes_are_no_times(text: str) -> None:
    assert find_periods(text) == ()


def test_the_mark_beside_a_year_is_kept() -> None:
    (found,) = find_periods("2025e")
    assert (found.period.text, found.mark) == ("2025", "e")


def test_a_quarter_is_its_three_months_and_lies_in_its_year() -> None:
    quarter = parse_period("2023-Q2")
    assert same_period(quarter, parse_period("P3M/2023-07-01"))
    assert contains(parse_period("2023"), quarter)
    assert not same_period(quarter, parse_period("2023-Q3"))


@pytest.mark.parametrize(
    "text", ["2025", "2024-Q3", "FY2024-Q1", "2021/2024", "P6M/2023-04-01", "../2030", "2015/.."]
)
def test_a_canonical_form_is_read_again_as_itself(text: str) -> None:
    assert parse_period(text).text == text
