"""What a sentence leaves to the one before it is put into words, to be checked."""

import pytest

from assistant.writing.referring import in_year_asked, leans, resolved

BEFORE = "The United States mined 51,000 t in 2025."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("It exported 40,000 t.", "United States exported 40,000 t."),
        ("Its reserves are 1.9 million t.", "United States's reserves are 1.9 million t."),
        ("The country exported 40,000 t.", "United States exported 40,000 t."),
        ("Lynas sold more that year.", "Lynas sold more in 2025."),
        ("Lynas sold less a year earlier.", "Lynas sold less in 2024."),
        ("Lynas sells more in the following year.", "Lynas sells more in 2026."),
        ("Lynas sold 3,000 t.", "Lynas sold 3,000 t."),
    ],
)
def test_pronouns_and_pointing_times_are_put_into_words(sentence: str, told: str) -> None:
    assert resolved(sentence, BEFORE) == told


def test_without_a_subject_before_it_a_pronoun_stays() -> None:
    assert resolved("It sold more.", "Prices rose.") == "It sold more."


@pytest.mark.parametrize(
    "sentence",
    ["It sold more.", "That was more than before.", "Lynas sold more that year.", "These fell."],
)
def test_a_sentence_that_points_elsewhere_leans(sentence: str) -> None:
    assert leans(sentence)


def test_a_sentence_that_names_its_matter_does_not_lean() -> None:
    assert not leans("Lynas sold more in 2025.")


@pytest.mark.parametrize(
    ("sentence", "question", "told"),
    [
        (
            "China mined 270,000 t.",
            "What did China mine in 2025?",
            "China mined 270,000 t in 2025.",
        ),
        ("China mined 240,000 t in 2023.", "What did China mine in 2025?", None),
        ("China mined 270,000 t.", "What does China mine?", None),
        ("China mined 270,000 t.", "Did China mine more in 2025 than in 2024?", None),
    ],
)
def test_the_year_asked_is_that_of_a_sentence_without_one(
    sentence: str, question: str, told: str | None
) -> None:
    assert in_year_asked(sentence, question) == (told or sentence)
