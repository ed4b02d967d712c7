"""What a question requires: the words that say what is asked, and which of them is the thing."""

import pytest

from assistant.requirements import AskedWord, Requirements, asked_words, requirements
from assistant.subjects import Subject
from assistant.times import Times
from index.question import analyze


def words(question: str) -> list[str]:
    return [word.text for word in requirements(analyze(question), {}).words]


def test_requirements_of_a_question_are_taken_apart() -> None:
    question = analyze("What fee per ton of ore did Norvik Minerals pay in 2024?")
    assert requirements(question, {"fee": 4.0, "ore": 2.5}) == Requirements(
        question=question,
        subjects=(Subject("Norvik Minerals"),),
        sources=(),
        words=(
            AskedWord("fee", 5, 8, frozenset(["fee"]), 4.0),
            AskedWord("ton", 13, 16, frozenset(["tonnes"]), 0.0),
            AskedWord("ore", 20, 23, frozenset(["ore"]), 2.5),
            AskedWord("pay", 44, 47, frozenset(["pay"]), 0.0),
        ),
        times=Times(frozenset([2024])),
        wanted="money",
        focus=(0,),
    )


def test_whose_word_is_asked_for_stands_apart_from_the_subjects() -> None:
    found = requirements(analyze("How much did Nigeria mine according to USGS?"), {})
    assert [one.text for one in found.subjects] == ["Nigeria"]
    assert [one.text for one in found.sources] == ["USGS"]
    assert [word.text for word in found.words] == ["mine"]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who owns the separation plant of Norvik Minerals?", ["owns", "separation", "plant"]),
        ("What share of magnets is recycled?", ["magnets", "recycled"]),
        ("How many tonnes of concentrate were shipped?", ["concentrate", "shipped"]),
        ("How many tonnes of concentrate were shipped in May 2024?", ["concentrate", "shipped"]),
        ("What did it ship in the first quarter of the fiscal year?", ["ship"]),
        ("On what date was the loan signed?", ["loan", "signed"]),
        ("How many tonnes of RE compounds came out of the plant?", ["compounds", "plant"]),
        ("What was shipped in 2020-23?", ["shipped"]),
        ("Why?", []),
    ],
)
def test_asked_words_are_without_names_times_and_what_tells_the_kind(
    question: str, asked: list[str]
) -> None:
    assert words(question) == asked


def test_asked_words_keep_their_place_in_the_question() -> None:
    question = "What did the Amber plant's cracking-and-leaching line cost?"
    found = requirements(analyze(question), {}).words
    assert [question[word.start : word.end] for word in found] == [word.text for word in found]
    assert len(found) > 2


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("What fee does the mine pay?", ["fee"]),
        ("What licence fee does the mine pay?", ["licence", "fee"]),
        ("What annual licence fee does the mine pay?", ["licence", "fee"]),
        ("Who owns the plant?", ["owns"]),
        ("Who buys heavy bolts?", ["buys"]),
        ("Whose magnets does the plant use?", ["magnets"]),
        ("Dysprosium oxide price in the port", ["oxide", "price"]),
        ("How many shafts, pits and adits are there?", ["shafts"]),
        ("How many tonnes were dug?", []),
        ("Why?", []),
    ],
)
def test_focus_is_the_thing_that_is_asked_for(question: str, focus: list[str]) -> None:
    found = requirements(analyze(question), {})
    assert [found.words[index].text for index in found.focus] == focus


@pytest.mark.parametrize(
    ("question", "wants_figure"),
    [
        ("How many tons were mined?", True),
        ("What did it cost?", True),
        ("What share is recycled?", True),
        ("How many plants are there?", True),
        ("How much is left?", True),
        ("How long does it last?", True),
        ("When did it open?", False),
        ("Who opened it?", False),
        ("Why did it open?", False),
    ],
)
def test_a_figure_is_wanted_by_questions_for_an_amount(question: str, wants_figure: bool) -> None:
    assert requirements(analyze(question), {}).wants_figure is wants_figure


def test_rarity_is_needed_of_each_word_once_as_it_is_written() -> None:
    question = analyze("What fee does the fee board of Lynas’s mines take?")
    assert asked_words(question) == (
        "what", "fee", "does", "the", "board", "of", "lynas", "mines", "take",
    )  # fmt: skip


def test_what_is_counted_is_asked_for_and_not_its_number() -> None:
    asked = requirements(analyze("What is the number of employees of Lynas?"), {})
    assert [asked.words[index].text for index in asked.focus] == ["employees"]
