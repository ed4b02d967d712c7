"""Figures, their worth and their kind; years; and what rounding explains."""

import pytest

from corpus.figures import Figure, figures_differ, find_figures
from corpus.language.periods import find_years


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("45,500 tons", [Figure(0, 6, 45500.0, "number")]),
        ("6.3 million tons", [Figure(0, 11, 6.3e6, "number")]),
        ("about 12 thousand", [Figure(6, 17, 12e3, "number")]),
        ("$1.2 billion", [Figure(0, 12, 1.2e9, "money")]),
        ("US$60/kg", [Figure(0, 5, 60.0, "money")]),
        ("500 yuan", [Figure(0, 8, 500.0, "money")]),
        ("80%", [Figure(0, 3, 80.0, "percent")]),
        ("53 percent of", [Figure(0, 10, 53.0, "percent")]),
        ("7 per cent", [Figure(0, 10, 7.0, "percent")]),
        ("in 2024", [Figure(3, 7, 2024.0, "year")]),
        ("2,024 t", [Figure(0, 5, 2024.0, "number")]),
        ("2024 million", [Figure(0, 12, 2024e6, "number")]),
        ("12\u00a0000 t", [Figure(0, 6, 12000.0, "number")]),
        ("5 kg", [Figure(0, 1, 5.0, "number")]),
        ("3m tons", [Figure(0, 2, 3e6, "number")]),
        ("Y2O3 and GAO-16 and 12th", [Figure(13, 15, 16.0, "number")]),
        ("", []),
        ("no figures", []),
    ],
)
def test_figures_of_a_text(text: str, figures: list[Figure]) -> None:
    assert list(find_figures(text)) == figures


def test_figure_stretches_stand_in_the_text() -> None:
    text = "From US$ 1,300 in 2020 to 2.5 million dollars (12 %) in 2025."
    assert [text[f.start : f.end] for f in find_figures(text)] == [
        "US$ 1,300",
        "2020",
        "2.5 million dollars",
        "12 %",
        "2025",
    ]


def test_years_are_named_once_in_order() -> None:
    assert find_years("2025, then 1899, 2025 and 2,024, $2000, 20251 and 1.2024") == (2025, 1899)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("1,300", "1,298", False),
        ("13,000", "1,500", True),
        ("80", "53", True),
        ("1,500", "1,500", False),
        ("6.3", "6.34", False),
        ("6.3", "6.4", True),
        ("NA", "1,500", False),
        ("W", "NA", False),
        ("$60", "60", False),
    ],
)
def test_figures_differ_by_more_than_rounding(one: str, other: str, differ: bool) -> None:
    assert figures_differ(one, other) is differ
    assert figures_differ(other, one) is differ
