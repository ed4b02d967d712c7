"""Words as answering compares them: folded, stemmed, and alike where they mean the same."""

import pytest

from assistant.wording import content_words, fold, stem, stems, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  “It’s” – a\u00a0TEST ", '"it\'s" - a test'),
        ("heavy\u2011rare \u2212 earths", "heavy-rare - earths"),
        ("Straße ﬁne", "strasse fine"),
        ("", ""),
    ],
)
def test_folding_leaves_one_kind_of_case_dash_quote_and_space(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["“It’s” – a\u00a0TEST", "ﬁne  Y₂O₃", "U.S. — No. 18"])
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,300 tons, 6.3 million", ("1300", "tons", "6.3", "million")),
        ("Y2O3 at 99.9%", ("y2o3", "at", "99.9")),
        ("the mine’s “North-South” line", ("the", "mine", "north", "south", "line")),
        ("China Northern Rare Earth (Group) or CNRE", ("cnre", "or", "cnre")),
        ("United States, US, U.S., USA", ("usa", "usa", "usa", "usa")),
        ("tell us", ("tell", "us")),
        ("U.S. Department of Defense and Department of Energy", ("dod", "and", "doe")),
        ("U.S. Geological Survey’s report", ("usgs", "report")),
        ("— …", ()),
    ],
)
def test_words_are_folded_and_names_are_one_word(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("employees", "people"),
        ("revenue", "sales"),
        ("price", "costs"),
        ("mined", "production"),
        ("burma", "myanmar"),
        ("australian", "australia"),
        ("projects", "project"),
    ],
)
def test_words_that_mean_the_same_have_the_same_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("imports", "exports"), ("rise", "fall"), ("revenue", "profit")]
)
def test_words_that_mean_different_things_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_stems_are_those_of_all_words() -> None:
    assert stems("Sales of sales, mines") == {stem("revenue"), "of", stem("mine")}


def test_content_words_say_what_a_question_is_about_each_once() -> None:
    question = "What was the price of the dysprosium oxide in 2025, and the price?"
    assert content_words(question) == ("price", "dysprosium", "oxide", "2025")


def test_a_question_of_scaffolding_alone_has_no_content() -> None:
    assert content_words("What is it, and which?") == ()
