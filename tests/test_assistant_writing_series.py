"""A sentence that gives a thing now and before says two things."""

import pytest

from assistant.writing.series import each_part, series_parts

SERIES = [
    (
        "Burma mined 22,000 metric tons in 2025, down from 27,000 in 2024.",
        (
            "Burma mined 22,000 metric tons in 2025.",
            "Burma mined 27,000 metric tons in 2024.",
        ),
    ),
    (
        "In 2022, Burma mined 12,000 t, after 34,700 t in 2021.",
        ("In 2022, Burma mined 12,000 t.", "In 2021, Burma mined 34,700 t."),
    ),
    (
        "Revenue was A$5 million in FY25, up from A$4 million in FY24.",
        ("Revenue was A$5 million in FY25.", "Revenue was A$4 million in FY24."),
    ),
]


@pytest.mark.parametrize(("sentence", "parts"), SERIES)
def test_two_values_are_two_sentences(sentence: str, parts: tuple[str, ...]) -> None:
    assert series_parts(sentence) == parts


def test_up_from_more_is_no_series() -> None:
    assert series_parts("Burma mined 22,000 t in 2025, up from 27,000 t in 2024.") == ()


def test_other_sentences_have_no_parts() -> None:
    assert series_parts("Burma mined 22,000 t in 2025.") == ()
    assert each_part("Burma and Laos mined ore.") == ()


def test_each_of_two_is_told_by_itself() -> None:
    assert each_part("Japan and Estonia each supplied 5%.") == (
        "Japan supplied 5%.",
        "Estonia supplied 5%.",
    )
