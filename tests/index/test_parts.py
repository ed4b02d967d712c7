"""The parts of a question that asks two things: what is taken apart, and what stays whole."""

import pytest

from index.parts import question_parts

EARN = "What did {} earn in 2024?"
COMPANIES = ("Lynas", "Iluka", "MP Materials", "Energy Fuels", "Arafura")


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Which plant does Lynas run in Malaysia, and what was China's quota of 2024?",
            ("Which plant does Lynas run in Malaysia?", "what was China's quota of 2024?"),
        ),
        (
            "Which plant does Lynas run in Malaysia and what was China's quota of 2024",
            ("Which plant does Lynas run in Malaysia?", "what was China's quota of 2024?"),
        ),
        (
            "What is monazite? Where is monazite mined in Brazil?",
            ("What is monazite?", "Where is monazite mined in Brazil?"),
        ),
        (
            "Who runs Mountain Pass?\n\nWho runs Mount Weld?",
            ("Who runs Mountain Pass?", "Who runs Mount Weld?"),
        ),
        (
            "What was the price of dysprosium in 2023, and was terbium dearer in 2024?",
            ("What was the price of dysprosium in 2023?", "was terbium dearer in 2024?"),
        ),
        (
            "What did the GAO say of magnets AND HOW much does Japan import?",
            ("What did the GAO say of magnets?", "HOW much does Japan import?"),
        ),
        (
            "How is China's quota set, and could Japan's stock of dysprosium cover demand?",
            ("How is China's quota set?", "could Japan's stock of dysprosium cover demand?"),
        ),
        (
            "What did the U.S. import? And who mines monazite?",
            ("What did the U.S. import?", "who mines monazite?"),
        ),
        (
            "What did Lynas earn in 2024; and what did Iluka earn?",
            ("What did Lynas earn in 2024?", "what did Iluka earn?"),
        ),
        (
            "What did Lynas earn in 2024 and what did Iluka earn? Where is monazite refined?",
            ("What did Lynas earn in 2024?", "what did Iluka earn?", "Where is monazite refined?"),
        ),
    ],
)
def test_question_that_asks_two_things_is_taken_apart(
    question: str, parts: tuple[str, ...]
) -> None:
    assert question_parts(question) == parts


@pytest.mark.parametrize("signs", ["?!", "!", ".", "...", ":", ";", ",", ""])
def test_closing_signs_of_a_part_give_way_to_a_question_mark(signs: str) -> None:
    asked = f"What did Lynas earn in 2024{signs} and what did Iluka earn{signs}"
    assert question_parts(asked) == ("What did Lynas earn in 2024?", "what did Iluka earn?")


@pytest.mark.parametrize("signs", ["?", "??", "!?", ".?", " ?"])
def test_part_ends_with_one_question_mark(signs: str) -> None:
    asked = f"What did Lynas earn in 2024{signs} What did Iluka earn{signs}"
    assert question_parts(asked) == ("What did Lynas earn in 2024?", "What did Iluka earn?")


@pytest.mark.parametrize(
    "question",
    [
        "What did Lynas earn in 2024? The same as Iluka in 2023?",
        "What did Lynas earn in 2024? Please answer by the figures of Iluka.",
        "What did Lynas earn in 2024? List the mines of Brazil.",
        "What did Lynas earn in 2024? And the mines of Brazil?",
        "Is the oxide of China dearer? Dysprosium oxide of Japan?",
    ],
)
def test_what_follows_a_question_mark_without_a_question_word_stays(question: str) -> None:
    assert question_parts(question) == (question,)


@pytest.mark.parametrize(
    "second",
    ["what does MCS 2026 say", "what did the 2025 edition say", "is the MCS 2024 edition free"],
)
def test_part_that_names_only_an_edition_stands_alone(second: str) -> None:
    asked = f"What did China mine in 2024, and {second}?"
    assert question_parts(asked) == ("What did China mine in 2024?", f"{second}?")


@pytest.mark.parametrize(
    "question",
    [
        "What was China's quota of 2024?",
        "How much did Burma and Nigeria mine in 2024?",
        "What are the prices of neodymium and praseodymium?",
        "Compare the reserves of Brazil and of Vietnam in MCS 2025 and MCS 2026.",
        "Which mines does Lynas own and operate?",
        "",
        "?",
        " Why? ",
    ],
)
def test_question_that_asks_one_thing_stays_whole(question: str) -> None:
    assert question_parts(question) == (question,)


@pytest.mark.parametrize(
    "question",
    [
        "Which plant does Lynas run in Malaysia, and how much did Lynas pay for it?",
        "Who owns Mountain Pass, and what is its output of dysprosium?",
        "What quota did China set in 2024, and which Chinese companies shared them?",
        "Which mines in Australia are open, and are Lynas and Iluka building refineries there?",
        "What did Lynas earn in 2024, and did Iluka earn the same?",
        "When did China ban exports? Did Japan protest against this?",
    ],
)
def test_second_half_that_leans_on_the_first_keeps_it_whole(question: str) -> None:
    assert question_parts(question) == (question,)


def test_first_half_may_lean_on_what_was_said_before() -> None:
    assert question_parts("Who owns it, and what did Lynas earn?") == (
        "Who owns it?",
        "what did Lynas earn?",
    )


@pytest.mark.parametrize(
    "question",
    [
        "Who runs Mountain Pass and when was the plant finished?",
        "What was the price of dysprosium, and how far did prices fall?",
        "What did Lynas earn? How many people work in the industry?",
    ],
)
def test_second_half_that_names_nothing_keeps_it_whole(question: str) -> None:
    assert question_parts(question) == (question,)


@pytest.mark.parametrize(
    "question",
    [
        "Who leads Lynas? Iluka?",
        "And Lynas? What did MP Materials earn?",
        "What did Lynas earn and can Iluka?",
        "Who leads Lynas? What did Iluka earn? Why China?",
        "What did Lynas earn? Who? What did Iluka earn?",
    ],
)
def test_part_of_fewer_than_three_words_keeps_it_whole(question: str) -> None:
    assert question_parts(question) == (question,)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_up_to_four_parts_are_taken_apart(count: int) -> None:
    parts = tuple(EARN.format(company) for company in COMPANIES[:count])
    assert question_parts(" ".join(parts)) == parts


def test_more_than_four_parts_stay_whole() -> None:
    question = " ".join(EARN.format(company) for company in COMPANIES)
    assert question_parts(question) == (question,)


@pytest.mark.parametrize(
    "question",
    [
        "Which plant does Lynas run in Malaysia, and what was China's quota of 2024?",
        "What did Lynas earn in 2024 and what did Iluka earn? Where is monazite refined?",
        "Who runs Mountain Pass? Who runs Mount Weld?",
    ],
)
def test_part_is_not_taken_apart_again(question: str) -> None:
    parts = question_parts(question)
    assert [question_parts(part) for part in parts] == [(part,) for part in parts]


@pytest.mark.parametrize(
    "question",
    [
        "Which companies own mines and are listed in Australia?",
        "Which plants were built in Malaysia and were financed by Japan?",
    ],
)
def test_one_thing_told_twice_stays_whole(question: str) -> None:
    assert question_parts(question) == (question,)


def test_second_question_may_begin_with_a_preposition_or_a_later_verb() -> None:
    assert question_parts("Who runs Mountain Pass? In which year did Iluka open Eneabba?") == (
        "Who runs Mountain Pass?",
        "In which year did Iluka open Eneabba?",
    )
    assert question_parts("Who runs Mountain Pass? Will Lynas open Kalgoorlie?") == (
        "Who runs Mountain Pass?",
        "Will Lynas open Kalgoorlie?",
    )
