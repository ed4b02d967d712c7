"""When the words of a source may answer what no facts of the ledger make together."""

from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.figures import may_be_stated
from index.query import parse_query

REFUSED = Answer("q", "q", "not_found", "This cannot be calculated: no source has a figure.")


@pytest.mark.parametrize(
    ("question", "is_open"),
    [
        ("Which of the mills of Lynas grew fastest in 2024?", True),
        ("Compare the output of Lynas and MP Materials in 2024.", True),
        ("What was the total output of Lynas and MP Materials in 2024?", False),
        ("What was the ratio of the output of Lynas to that of MP Materials in 2024?", False),
    ],
)
def test_figures_to_be_put_together_are_never_told_in_words(question: str, is_open: bool) -> None:
    assert may_be_stated(REFUSED, parse_query(question)) == is_open


def test_what_cannot_be_compared_stays_refused() -> None:
    query = parse_query("Compare the output of Lynas and MP Materials in 2024.")
    assert not may_be_stated(replace(REFUSED, confidence=0.2), query)
