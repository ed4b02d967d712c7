"""Follow-ups: what a short question means after the turns before it."""

import pytest

from assistant.answer import Turn
from assistant.conversation import standalone_question

MINED = "How much did Australia mine in 2024?"
BOTH = "What do dysprosium and terbium cost?"
PRICE = "What was the price of dysprosium oxide?"


def after(earlier: str, question: str, answer: str = "The sources do not say.") -> str:
    return standalone_question(question, [Turn("user", earlier), Turn("assistant", answer)])


@pytest.mark.parametrize(
    ("earlier", "question", "meant"),
    [
        (MINED, "And its reserves?", "Australia's reserves (2024)?"),
        (MINED, "And its reserves in 2023?", "Australia's reserves in 2023?"),
        (MINED, "What was it two years earlier?", "How much did Australia mine in 2022?"),
        (MINED, "And 10 years ago?", "How much did Australia mine in 2014?"),
        (MINED, "How about the year before?", "How much did Australia mine in 2023?"),
        (MINED, "And the following year?", "How much did Australia mine in 2025?"),
        (MINED, "And a year later?", "How much did Australia mine in 2025?"),
        (MINED, "And in 2023?", "How much did Australia mine in 2023?"),
        (MINED, "What about Brazil?", "How much did Brazil mine in 2024?"),
        (MINED, "Who runs it?", "Who runs Australia (2024)?"),
        (MINED, "Why?", "Why (Australia, 2024)?"),
        ("What did Burma mine in 2023?", "What about Laos?", "What did Laos mine in 2023?"),
        ("What was CNRE's revenue?", "What about Lynas?", "What was Lynas's revenue?"),
        ("What does the USGS say of Nigeria?", "And of Burma?", "What does the USGS say of Burma?"),
        ("What did the USGS publish?", "And Lynas?", "What did the USGS publish (Lynas)?"),
        (PRICE, "And in 2023?", "What was the price of dysprosium oxide in 2023?"),
        (PRICE, "What about terbium?", "What was the price of terbium oxide?"),
        (PRICE, "And Terbium oxide?", "What was the price of terbium oxide?"),
        (PRICE, "What about Japan?", "What was the price of dysprosium oxide (Japan)?"),
        (PRICE, "And of the metal?", f"{PRICE} And of the metal?"),
        (BOTH, "And yttrium?", f"{BOTH} And yttrium?"),
    ],
)  # fmt: skip
def test_a_follow_up_takes_what_it_leaves_out(earlier: str, question: str, meant: str) -> None:
    assert after(earlier, question) == meant


def test_a_year_shift_counts_from_the_answer_where_the_question_named_no_year() -> None:
    meant = after(PRICE, "What was it two years earlier?", "Dysprosium oxide — 2024: 230 [1]")
    assert meant == "What was the price of dysprosium oxide in 2022?"


@pytest.mark.parametrize(
    "question",
    [
        "When did MP Materials open the Mountain Pass mine?",
        "How many people does Lynas employ?",
        "What is the price of dysprosium oxide in Europe today?",
    ],
)
def test_a_new_topic_carries_nothing(question: str) -> None:
    assert after(MINED, question) == question


@pytest.mark.parametrize("turns", [[], [Turn("assistant", "Ask me about Australia in 2024.")]])
def test_without_an_earlier_question_it_comes_back_as_it_is(turns: list[Turn]) -> None:
    assert standalone_question("And its reserves?", turns) == "And its reserves?"


def test_the_last_question_counts() -> None:
    turns = [
        Turn("user", MINED),
        Turn("assistant", "x"),
        Turn("user", "What did Burma mine in 2023?"),
    ]
    assert standalone_question("And in 2022?", turns) == "What did Burma mine in 2022?"
