"""Tests of assistant.writing.elliptic: parts of a sentence that leave out the verb."""

import pytest

from assistant.writing.elliptic import elliptic_parts


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "China mined 270,000 tons in 2024 and the United States 45,000 tons.",
            ("China mined 270,000 tons in 2024.", "The United States mined 45,000 tons in 2024."),
        ),
        (
            "China's reserves are 44 million tons, and Brazil's 21 million.",
            ("China's reserves are 44 million tons.", "Brazil's reserves are 21 million tons."),
        ),
        (
            "Sorrow Bay, run by Nordvale, produced 790 tonnes, and Tarn Hill 310 tonnes.",
            ("Sorrow Bay, run by Nordvale, produced 790 tonnes.", "Tarn Hill produced 310 tonnes."),
        ),
        (
            "46% of the shipments went to Austria and 21% to Japan.",
            (
                "46% of the shipments went to Austria.",
                "21% of the shipments went to Japan.",
            ),
        ),
    ],
)
def test_each_part_is_given_the_verb(sentence: str, parts: tuple[str, ...]) -> None:
    assert elliptic_parts(sentence) == parts


@pytest.mark.parametrize(
    "sentence", ["Burma mined 300 tons.", "Burma mined 300 tons, up from 290 tons in 2023."]
)
def test_other_sentences_have_no_such_parts(sentence: str) -> None:
    assert elliptic_parts(sentence) == ()
