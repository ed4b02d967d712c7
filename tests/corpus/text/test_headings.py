"""What a line of plain text must be to count as a heading: neither a date, a name nor a rest."""

import pytest

from corpus.document import Block
from corpus.text.blocks import find_blocks

PROSE = "The mine sold its ore to a buyer who will ship it to the south in the coming year."


def headings(text: str) -> list[str]:
    """Return the headings that a text is found to have."""

    def words(block: Block) -> str:
        return text[block.start : block.end]

    return [words(block) for block in find_blocks(text) if block.kind == "heading"]


@pytest.mark.parametrize("line", ["Ores of Norvik", "Supply and Demand", "Executive Summary"])
def test_a_short_line_of_capitalised_words_above_prose_is_a_heading(line: str) -> None:
    assert headings(f"{PROSE}\n\n{line}\n\n{PROSE}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "40",
        "CL",
        "August 2021",
        "Oct 9, 2025 | 4:12 PM",
        "Norvik, 25 March 2025",
        "By Anna Berg",
        "Von Anna Berg",
        "Par Marie Roux – 08.04.25 – Le Monde",
    ],
)
def test_a_number_a_date_or_a_byline_is_no_heading(line: str) -> None:
    assert headings(f"{PROSE}\n\n{line}\n\n{PROSE}") == []


def test_the_first_line_of_a_wrapped_paragraph_is_no_heading() -> None:
    text = f"{PROSE}\n\nNorvik Opens\nits mine in May and hopes to sell all of its ore by June."
    assert headings(text) == []
