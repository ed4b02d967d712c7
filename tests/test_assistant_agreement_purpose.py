"""How far it is said what a figure goes to, or is for."""

import pytest
from assistants import required

from assistant.agreement import purpose_said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What percentage of ore went to catalysts?", 0.2),
        ("What percentage of ore went into big catalysts in 2020?", 0.2),
        ("How many tons of ore for catalysts were dug?", 0.2),
        ("How many tons for catalysts and for magnets were dug?", 0.9),
        ("How many tons went to China and for catalysts?", 1.0),
        ("How many tons for a year were dug?", 1.0),
        ("How many tons of ore were dug?", 1.0),
        ("For how many years was ore used for catalysts?", 1.0),
        ("Why is ore used for catalysts?", 1.0),
    ],
)
def test_a_figure_is_of_what_it_goes_to(question: str, said: float) -> None:
    strengths = {"catalysts": 0.2, "magnets": 0.9, "ore": 1.0}
    asked = required(question)
    assert purpose_said(asked, [strengths.get(word.text, 0.0) for word in asked.words]) == said
