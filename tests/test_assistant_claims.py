"""Claims as they are given: wrapped in a request, or made of two parts."""

import pytest

from assistant.claims import claim_of, parts_of, spelled_out

CLAIM = "Burma mined 22,000 tons in 2025."


@pytest.mark.parametrize(
    "question",
    [
        f'Find a citation for: "{CLAIM}"',
        f"Find a source for: {CLAIM}",
        f"What is the source for the statement that {CLAIM}",
        f"Please give me the source for this claim: “{CLAIM}”",
        f"Which source says that {CLAIM}",
        f"Cite: {CLAIM}",
        f'Verify the claim "{CLAIM}"',
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
        "Cite Lynas.",
    ],
)
def test_a_question_is_no_request_for_a_source(question: str) -> None:
    assert claim_of(question) == ""


def test_a_claim_of_two_parts_is_parted_and_the_second_given_its_subject() -> None:
    claim = "Molycorp filed for Chapter 11 in June 2015; it left bankruptcy in August 2016."
    assert parts_of(claim) == (
        "Molycorp filed for Chapter 11 in June 2015",
        "Molycorp left bankruptcy in August 2016.",
    )


def test_a_claim_of_one_part_stays_whole() -> None:
    assert parts_of("Samarium, europium and gadolinium are rare.") == (
        "Samarium, europium and gadolinium are rare.",
    )


def test_what_is_only_denied_of_a_sentence_is_no_part_of_its_own() -> None:
    claim = "The first list includes all of the second, but not the other way round."
    assert parts_of(claim) == (claim,)


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (
            "It cost $1,010 a kilogram in 2025, up from $812 a year earlier.",
            "It cost $1,010 a kilogram in 2025, up from $812 a kilogram in 2024.",
        ),
        (
            "Output was 500 tons in 2025, compared with 400 the year before.",
            "Output was 500 tons in 2025, compared with 400 in 2024.",
        ),
        ("Revenue in 2025 was 45% more than a year earlier.",) * 2,
        ("It rose to $5 a kilogram from $4 a kilogram.",) * 2,
    ],
)
def test_what_a_second_figure_leaves_to_the_first_is_written_out(claim: str, told: str) -> None:
    assert spelled_out(claim) == told
