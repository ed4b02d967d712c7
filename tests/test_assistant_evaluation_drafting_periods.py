"""Times and editions that the words of a table name."""

import pytest

from assistant.evaluation.drafting.periods import (
    Edition,
    Period,
    take_edition,
    take_period,
    trimmed,
)


@pytest.mark.parametrize(
    ("words", "period", "rest"),
    [
        ("2024", Period("in 2024", 2024), ""),
        ("2025 (estimate)", Period("in 2025", 2025), ""),
        ("Mine production 2024", Period("in 2024", 2024), "Mine production"),
        ("2024, full year", Period("in the full year 2024", 2024), ""),
        ("Full year 2024", Period("in the full year 2024", 2024), ""),
        ("2022, first batch", Period("in 2022", 2022), "first batch"),
        ("Fourth quarter 2024", Period("in the fourth quarter of 2024", 2024), ""),
        ("First half of 2025", Period("in the first half of 2025", 2025), ""),
        ("Q3 2024", Period("in the third quarter of 2024", 2024), ""),
        ("H1 2023", Period("in the first half of 2023", 2023), ""),
        (
            "FY 2025 Potential acquisitions",
            Period("in fiscal year 2025", 2025),
            "Potential acquisitions",
        ),
        ("19 September 2025", Period("on 19 September 2025", 2025), ""),
        ("December 2023", Period("in December 2023", 2023), ""),
        ("2021–24", Period("from 2021 to 2024", 2024), ""),
        ("2018 to 2022", Period("from 2018 to 2022", 2022), ""),
        (
            "quarter from July to September 2024 (Q1 FY25)",
            Period("in the quarter from July to September 2024", 2024),
            "",
        ),
        ("Terbium oxide, 2021", Period("in 2021", 2021), "Terbium oxide"),
        ("2846.10.0000", None, "2846.10.0000"),
        ("12,000", None, "12,000"),
        ("Reserves", None, "Reserves"),
    ],
)
def test_period_of_words(words: str, period: Period | None, rest: str) -> None:
    assert take_period(words) == (period, rest)


@pytest.mark.parametrize(
    ("words", "edition", "rest"),
    [
        ("2024 (MCS 2025)", Edition("MCS 2025", "mcs", 2025), "2024"),
        ("MCS 2026 v1.3", Edition("MCS 2026 v1.3", "mcs", 2026), ""),
        ("Burma, Minerals Yearbook 2022", Edition("Minerals Yearbook 2022", "myb", 2022), "Burma"),
        (
            "Minerals Yearbook 2022 tables",
            Edition("Minerals Yearbook 2022 tables", "myb", 2022),
            "",
        ),
        ("Mine production 2025", None, "Mine production 2025"),
    ],
)
def test_edition_of_words(words: str, edition: Edition | None, rest: str) -> None:
    assert take_edition(words) == (edition, rest)


def test_what_is_left_has_no_loose_stops_or_brackets() -> None:
    assert trimmed("Burma , ( ) :") == "Burma"
