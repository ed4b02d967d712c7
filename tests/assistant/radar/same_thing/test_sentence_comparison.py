"""Sentences held against each other where the ledger has no fact of them."""

import pytest

from assistant.radar.same_thing.sentence_comparison import ComparedSentence, compare_sentences

OTHER = ComparedSentence("other thing")


@pytest.mark.parametrize(
    ("held", "said", "expected"),
    [
        (
            "The licence is valid for six months.",
            "The licence is valid for twelve months.",
            ComparedSentence("other value", "six months", "twelve months"),
        ),
        (
            "Applications must reach the department by 30 June 2025.",
            "Applications must reach the department by 31 August 2025.",
            ComparedSentence("other value", "by 30 June 2025", "by 31 August 2025"),
        ),
        (
            "Dysprosium oxide cost 230 US dollars per kilogram in May 2025.",
            "Dysprosium oxide cost 240 US dollars per kilogram in June 2025.",
            OTHER,
        ),
        (
            "Dysprosium oxide cost 230 US dollars per kilogram in May 2025.",
            "Terbium oxide cost 905 US dollars per kilogram in May 2025.",
            OTHER,
        ),
        (
            "Fees for a licence are 500 crowns.",
            "The fees for a licence are 500 crowns.",
            ComparedSentence("same"),
        ),
        ("The licence is valid for six months.", "The plant employs six people.", OTHER),
    ],
)
def test_sentences_are_compared(held: str, said: str, expected: ComparedSentence) -> None:
    assert compare_sentences(held, said) == expected
