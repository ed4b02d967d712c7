"""What a follow-up says beside what it asks."""

import pytest

from assistant.answer import Turn
from assistant.conversation import standalone_question
from assistant.conversation.asides import without_asides

PRICE = "What was the price of dysprosium oxide in 2025?"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Fine, thanks. How much did they make?", "How much did they make?"),
        ("ok great! Who owns it?", "Who owns it?"),
        ("Makes sense, thanks - and its cost?", "and its cost?"),
        ("Thank you!", ""),
        ("good, noted", ""),
        ("In kilograms, please", "In kilograms"),
        ("Good magnets in Japan?", "Good magnets in Japan?"),
        ("Nice, France: what is made there?", "France: what is made there?"),
    ],
)
def test_thanks_are_no_question(text: str, asked: str) -> None:
    assert without_asides(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Sorry, I meant terbium, not dysprosium", "and terbium"),
        ("my mistake - the 2025 edition, not 2026", "and the 2025 edition"),
        ("no wait, not reserves, I need its production", "and its production"),
        ("No, Lynas I meant", "and Lynas"),
        ("Actually, what did Lynas say?", "what did Lynas say?"),
        ("No magnets were made?", "No magnets were made?"),
        ("Which mines are not in China?", "Which mines are not in China?"),
        ("And Brazil, not China?", "And Brazil, not China?"),
    ],
)
def test_what_is_meant_stands_in_the_place_of_what_was_said(text: str, asked: str) -> None:
    assert without_asides(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("just China", "and China"),
        ("neodymium only?", "and neodymium?"),
        ("terbium too?", "and terbium?"),
        ("What is only made in China?", "What is only made in China?"),
        ("only", "only"),
        ("only to Germany", "only to Germany"),
        ("+ Australia?", "and Australia?"),
        ("sorry, just terbium, I meant", "and terbium"),
    ],
)
def test_a_part_or_a_further_thing_is_asked_for_as_such(text: str, asked: str) -> None:
    assert without_asides(text) == asked


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("sorry, I meant terbium oxide, not dysprosium", PRICE.replace("dysprosium", "terbium")),
        ("no - 2024, not 2025", PRICE.replace("2025", "2024")),
        ("terbium oxide too?", PRICE.replace("dysprosium", "terbium")),
        ("terbium oxide same yr", PRICE.replace("dysprosium", "terbium")),
    ],
)
def test_a_correction_is_understood_after_the_question_that_it_corrects(
    question: str, meant: str
) -> None:
    assert standalone_question(question, [Turn("user", PRICE)]) == meant


def test_who_has_its_thing_is_told_from_the_question_before() -> None:
    turns = [Turn("user", "Who owned Molycorp in 2014?")]
    assert "Molycorp's mine" in standalone_question("who bought its mine afterwards?", turns)


def test_thanks_alone_change_no_topic() -> None:
    turns = [Turn("user", PRICE), Turn("user", "great, thanks")]
    assert standalone_question("and in 2022?", turns) == PRICE.replace("2025", "2022")
