"""A question that asks for the source of a claim holds the claim."""

import pytest

from assistant.citing import claim_of

CLAIM = "Burma mined 22,000 tons in 2025."


@pytest.mark.parametrize(
    "question",
    [
        f'Find a citation for: "{CLAIM}"',
        f"Find a source for: {CLAIM}",
        f"Find a source for the claim that {CLAIM}",
        f"What is the source for the statement that {CLAIM}",
        f"Please give me the source for this claim: “{CLAIM}”",
        f"Which source says that {CLAIM}",
        f"Is there a reference for the following statement: {CLAIM}",
        f"Cite: {CLAIM}",
        f'Verify the claim "{CLAIM}"',
        f"Is it true that {CLAIM}",
    ],
)
def test_a_request_for_a_source_holds_its_claim(question: str) -> None:
    assert claim_of(question).rstrip(".") == CLAIM.rstrip(".")


@pytest.mark.parametrize(
    "question",
    [
        "What did Burma mine in 2025?",
        "Which source of rare earths is the largest?",
        "Find the price of terbium.",
        "What do the sources say about the mine that opened in Peru in 2024?",
        "Cite Lynas.",
    ],
)
def test_a_question_is_no_request_for_a_source(question: str) -> None:
    assert claim_of(question) == ""
