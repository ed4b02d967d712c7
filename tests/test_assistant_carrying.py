"""What a source's statement carries is shown; what it does not carry is not."""

import pytest
from assistants import evidence, row, statement

from assistant.carrying import carried
from corpus.document import Cell

QUESTION = "How many tons did Nigeria mine in 2024?"
MINED = "Nigeria mined 1,500 tons in 2024, after 7,200 tons in 2023."
CELL = Cell("1,500", 0, 0, "2024", 2024, "tons")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MINED, "supported"),
        ("Nigeria mined 1,500 tons in 2024.", "supported"),
        ("Nigeria mined 1,600 tons in 2024.", "contradicted"),
        ("Nigeria mined 7,200 tons in 2024.", "contradicted"),
        ("Yttrium glows red in old television tubes.", "not_found"),
    ],
)
def test_a_sentence_is_held_against_its_statement(text: str, expected: str) -> None:
    assert carried(text, statement(QUESTION, evidence(MINED))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nigeria — 2024: 1,500 (Mine production in 2 lines; tons)", "supported"),
        ("Nigeria — 2024: 1,600 (tons)", "not_found"),
        ("1,500 tons", "supported"),
        ("2,500 tons", "not_found"),
    ],
)
def test_each_figure_told_of_a_row_stands_in_the_row_or_beside_it(text: str, expected: str) -> None:
    found = row("Nigeria", CELL, caption="Mine production in 2 lines")
    assert carried(text, statement(QUESTION, found)) == expected
