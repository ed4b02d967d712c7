"""A sentence is cut where something was added to it."""

import pytest

from assistant.writing.cutting import cuts

CUT = [
    (
        "China mined 270,000 t in 2025, by far the largest amount.",
        "China mined 270,000 t in 2025.",
    ),
    ("Prices rose to $60/kg because demand was strong.", "Prices rose to $60/kg."),
    (
        "Driven by demand, Lynas sold 3,000 t in 2025.",
        "Lynas sold 3,000 t in 2025.",
    ),
    ("Lynas sold 3,000 t (its best year).", "Lynas sold 3,000 t."),
    (
        "The quota was not disclosed, which suggests that it grew.",
        "The quota was not disclosed.",
    ),
]


@pytest.mark.parametrize(("sentence", "part"), CUT)
def test_what_is_left_without_an_addition_is_offered(sentence: str, part: str) -> None:
    assert part in cuts(sentence)


def test_the_longest_part_comes_first() -> None:
    offered = list(cuts("Lynas sold 3,000 t in 2025, up from 2024, which was good."))
    assert offered[0] == "Lynas sold 3,000 t in 2025, up from 2024."
    assert len(offered) == len(set(offered))


def test_no_figure_is_cut_apart() -> None:
    assert all("270 t" not in part and "270." not in part for part in cuts("It mined 270,000 t."))


def test_a_sentence_of_one_part_has_no_shorter_ones() -> None:
    assert list(cuts("China mined 270,000 t in 2025.")) == []
