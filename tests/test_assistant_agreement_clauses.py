"""The clauses of a sentence, and those that hold a figure."""

import pytest

from assistant.agreement.clauses import clauses, clauses_with_figures


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It made 5 tons.", ("It made 5 tons.",)),
        ("It made 5 tons; it sold 4.", ("It made 5 tons", "it sold 4.")),
        ("It made 5 tons, and sold 4.", ("It made 5 tons", "and sold 4.")),
        ("It made 5 tons while Lynas made 9.", ("It made 5 tons", "while Lynas made 9.")),
        ("It made 5 tons (of 9).", ("It made 5 tons", "of 9", ".")),
        ("Output: 5 tons and more.", ("Output", "5 tons and more.")),
        ("", ()),
    ],
)
def test_a_sentence_is_parted_into_clauses(text: str, parts: tuple[str, ...]) -> None:
    assert clauses(text) == parts


def test_a_year_or_a_day_is_no_figure_of_a_clause() -> None:
    text = "On 5 May 2024 it opened; it made 5 tons; in 2025 it closed."
    assert clauses_with_figures(text) == ("it made 5 tons",)
