"""Sentences held against each other where the ledger has no fact of them."""

import pytest

from assistant.radar.same_thing.same_figure import is_printed_anew
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
        (
            "Announcement No. 57 of 2025 took effect on 8 November 2025.",
            "Announcement No. 57 is suspended until 10 November 2026.",
            ComparedSentence(
                "other value",
                "took effect on 8 November 2025",
                "suspended until 10 November 2026",
            ),
        ),
        (
            "The export ban on magnet technology is in force.",
            "The export ban on magnet technology has been lifted.",
            ComparedSentence("other value", "in force", "lifted"),
        ),
        ("Notice 57 is in force.", "Notice 18 is suspended.", OTHER),
        (
            "China made 268,000 tonnes of rare earths in 2024.",
            "China made 274,000 tonnes of rare earths in 2025; for 2024 it is 266,000 tonnes.",
            ComparedSentence("other value", "268,000 tonnes", "266,000 tonnes"),
        ),
        (
            "China made 268,000 tonnes of rare earths in 2024.",
            "China made 274,000 tonnes of rare earths in 2025, after 268,000 tonnes in 2024.",
            ComparedSentence("same"),
        ),
        (
            "China made 268,000 tonnes of rare earths in 2024.",
            "China made 274,000 tonnes of rare earths in 2025, after 252,000 tonnes in 2023.",
            OTHER,
        ),
        (
            "Phase 1 of the Narva plant can make 2,000 tonnes of magnets a year.",
            "Phase 2 of the Narva plant can make 5,000 tonnes of magnets a year.",
            OTHER,
        ),
    ],
)
def test_sentences_are_compared(held: str, said: str, expected: ComparedSentence) -> None:
    assert compare_sentences(held, said) == expected


def test_a_sentence_without_a_name_is_of_whom_the_one_before_it_names() -> None:
    held = "The Narva plant can make 2,000 tonnes of magnets a year."
    said = "It can make 900 tonnes of magnets a year."
    before = "We visited the Narva plant."
    other = ComparedSentence(
        "other value", "2,000 tonnes of magnets a year", "900 tonnes of magnets a year"
    )
    assert compare_sentences(held, said) == OTHER
    assert compare_sentences(held, said, before=before) == other


def test_one_voice_that_prints_another_number_has_revised_it_and_another_may_have_rounded() -> None:
    held = "The Narva plant can make 2,000 tonnes of magnets a year."
    less = held.replace("2,000", "1,900")
    other = ComparedSentence(
        "other value", "2,000 tonnes of magnets a year", "1,900 tonnes of magnets a year"
    )
    assert compare_sentences(held, less) == ComparedSentence("same")
    assert compare_sentences(held, less, is_printed_anew) == other
    assert compare_sentences(held, held.replace("2,000", "1,400")).relation == "other value"
