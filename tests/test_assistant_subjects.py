"""Whom and what a question names, told apart from whose word it asks for."""

import pytest

from assistant.subjects import Subject, subjects_named
from index.question import analyze

NIGERIA = Subject("Nigeria", "nigeria", "country")
LYNAS = Subject("Lynas", "lynas", "company")
USGS = Subject("USGS", "usgs", "agency")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What was the revenue of Lynas in 2024?", (LYNAS,)),
        ("What did Nigeria mine?", (NIGERIA,)),
        ("What did Nigeria sell to Lynas?", (NIGERIA, LYNAS)),
        (
            "What does the yard at Mountain Pass hold?",
            (Subject("Mountain Pass", "mountain-pass", "mine"),),
        ),
        (
            "What did neodymium and terbium cost?",
            (
                Subject("neodymium", "neodymium", "element"),
                Subject("terbium", "terbium", "element"),
            ),
        ),
        ("Who runs Norvik Minerals?", (Subject("Norvik Minerals"),)),
        ("What did Lynas pay Norvik Minerals?", (LYNAS, Subject("Norvik Minerals"))),
        ("What is mined there?", ()),
    ],
)
def test_names_are_those_of_the_lexicon_first_and_then_any_in_capitals(
    question: str, named: tuple[Subject, ...]
) -> None:
    assert subjects_named(analyze(question)) == (named, ())


def test_an_entry_that_is_named_twice_is_one_subject() -> None:
    assert subjects_named(analyze("Did Lynas and Lynas Rare Earths merge?")) == ((LYNAS,), ())


@pytest.mark.parametrize(
    "question",
    ["What is the output in REO?", "What did it cost in US$?", "Norvik grew how fast?"],
)
def test_units_and_the_word_that_opens_a_question_are_no_subjects(question: str) -> None:
    assert subjects_named(analyze(question)) == ((), ())


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("What does USGS say of Nigeria?", USGS),
        ("What are the reserves of Nigeria according to USGS?", USGS),
        (
            "How is Nigeria rated by the U.S. Geological Survey?",
            Subject("U.S. Geological Survey", "usgs", "agency"),
        ),
        ("What are USGS's figures for Nigeria?", USGS),
        ("What did MCS 2026 give for Nigeria?", Subject("MCS", "mcs", "publication")),
        ("What did Argus report of Nigeria?", Subject("Argus", "argus", "publisher")),
    ],
)
def test_a_publication_or_an_agency_that_tells_is_no_subject(
    question: str, source: Subject
) -> None:
    assert subjects_named(analyze(question)) == ((NIGERIA,), (source,))


def test_an_agency_that_acts_is_a_subject() -> None:
    assert subjects_named(analyze("Did USGS hire Lynas?")) == ((USGS, LYNAS), ())
