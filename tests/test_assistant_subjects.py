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


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What did the Shenzhen-listed firm Lynas earn?", ["Lynas"]),
        ("What was EBITDA of Lynas in FY24?", ["Lynas"]),
        ("Turnover of Norvik in 2024?", ["Norvik"]),
        ("When were the Interim Measures of July published?", ["Interim Measures"]),
        ("What would Phase 2 at Lynas yield?", ["Lynas"]),
        ("What did the Survey print for Nigeria?", ["Nigeria"]),
    ],
)
def test_periods_measures_and_what_describes_are_no_subjects(
    question: str, named: list[str]
) -> None:
    found, _ = subjects_named(analyze(question))
    assert [one.text for one in found] == named


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did Nigeria mine, says USGS?", True),
        ("What did Nigeria mine, in USGS's 2025 comparison?", True),
        ("What did Nigeria mine, by figures from USGS?", True),
        ("What did Nigeria get from USGS?", False),
    ],
)
def test_an_agency_tells_where_its_word_is_cited(question: str, told: bool) -> None:
    found, sources = subjects_named(analyze(question))
    assert (USGS in sources, USGS in found) == (told, not told)


def test_a_subject_is_told_by_what_is_its_own() -> None:
    found, _ = subjects_named(analyze("What do Australian loans for Browns Range come to?"))
    assert [(one.text, one.also) for one in found] == [
        ("Australian", frozenset(["browns-range"])),
        ("Browns Range", frozenset()),
    ]
    found, _ = subjects_named(analyze("What does MP sell to Hanoi?"))
    assert [(one.text, one.also) for one in found] == [
        ("MP", frozenset(["mp-materials"])),
        ("Hanoi", frozenset(["vietnam"])),
    ]
