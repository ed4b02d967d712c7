"""What small models trail off into is told from sentences."""

import pytest

from assistant.writing.wholeness import says_something


@pytest.mark.parametrize(
    "words",
    [
        "2025",
        "1,010.",
        "The answer is:",
        "Molycorp was also a part of the mining company Molycorp.",
        "Controls were put on dysprosium, terbium, dysprosium, lutetium, dysprosium, dysprosium.",
        "The process of the process was the process of a process in 2025.",
    ],
)
def test_fragments_and_circles_say_nothing(words: str) -> None:
    assert not says_something(words)


@pytest.mark.parametrize(
    "sentence",
    [
        "Terbium prices fell.",
        "China mined 270,000 t in 2025.",
        "China's reserves are larger than those of Brazil.",
        "China mined 270,000 t in 2024 and China mined as much in 2025.",
    ],
)
def test_sentences_say_something(sentence: str) -> None:
    assert says_something(sentence)
