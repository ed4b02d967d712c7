"""What a sentence adds to the words that it was written from."""

import pytest

from assistant.citing import adds_words
from index.embedding import Embedder

SAID = (
    "Norvik sold 40 tons of dysprosium oxide to Orla in 2024.",
    "The plant in Narva has three furnaces.",
)
AROUND = ("Norvik annual report", "tons, oxide basis", "What did Norvik sell?")


@pytest.mark.parametrize(
    "sentence",
    [
        "Norvik sold Orla 40 tons of dysprosium oxide in 2024.",
        "In 2024 Orla got 40 tons of dysprosium oxide from Norvik.",
        "In addition, the Narva plant has three furnaces.",
    ],
)
def test_a_sentence_in_other_words_adds_nothing(sentence: str, embedder: Embedder) -> None:
    assert not adds_words(sentence, SAID, AROUND, embedder)


@pytest.mark.parametrize(
    "sentence",
    [
        "Norvik sold 40 tons of dysprosium oxide in 2024 because of the earthquake.",
        "Norvik sold all of its dysprosium oxide to Orla.",
        "Orla is the largest buyer of dysprosium oxide.",
        "The plant in Narva has four furnaces.",
        "Orla sold 40 tons of dysprosium oxide to Norvik in 2024.",
    ],
    ids=["thing", "all", "superlative", "count", "roles"],
)
def test_a_thing_a_degree_a_count_or_a_role_is_added(sentence: str, embedder: Embedder) -> None:
    assert adds_words(sentence, SAID, AROUND, embedder)
