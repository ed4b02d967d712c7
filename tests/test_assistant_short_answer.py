"""The direct answer in a few words, given only where a statement leaves no choice."""

import pytest
from assistants import weighing

from assistant.short_answer import short_answer
from index.passage import Evidence


def short(question: str, found: str | Evidence) -> str:
    weighed = weighing(question, (found, 1.0))
    return short_answer(weighed.required, weighed.statements[0])


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (
            "How many tons were mined?",
            "In 2024 it mined 5,000 metric tons of ore.",
            "5,000 metric tons",
        ),
        (
            "How many tons were mined?",
            "It mined more than 5,000 tons of ore.",
            "more than 5,000 tons",
        ),
        (
            "How many tons were mined?",
            "It mined less than 5,000 tons of ore.",
            "less than 5,000 tons",
        ),
        ("How many tons were mined?", "It mined about 5,000 tons of ore.", "about 5,000 tons"),
        ("How many tons were mined?", "It mined 5 kt of ore (Reuters, 2024).", "5 kt"),
        ("What did it cost?", "The plant of 5,000 tons cost $7 million.", "$7 million"),
        ("What did it cost?", "The oxide cost $7 per kilogram in 2024.", "$7 per kilogram"),
        ("What share was sold?", "It sold 60% of 500 tons.", "60%"),
        ("What was production?", "Output was 500 tons in 2024.", "500 tons"),
        ("How long does it last?", "It lasts 15 years.", "15 years"),
        ("When did it open?", "It opened in May 2012 with 5 men.", "May 2012"),
        ("When did it open?", "It opened in 2012.", "2012"),
        ("When did it open?", "It opened in 2012 (Reuters, 2024).", "2012"),
    ],
)
def test_the_one_value_of_the_kind_is_the_short_answer(
    question: str, text: str, value: str
) -> None:
    assert short(question, text) == value


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many tons were mined?", "It mined 5,000 tons, after 4,000 tons."),
        ("What did it cost?", "It cost $5 million or 6 million euros."),
        ("What share was sold?", "It sold 60% to 70% one year, then 80%."),
        ("When did it open?", "It opened in May 2012 and closed in June 2013."),
        ("How many tons does the 500-ton line make?", "The line makes 500 tons."),
        ("What did it cost?", "It cost 500 tons of ore."),
        ("How many plants are there?", "There are 5 plants."),
        ("Who owns it?", "Norvik Minerals has 5% of it."),
        ("Why did it open?", "It opened for 500 tons of ore."),
    ],
)
def test_there_is_none_where_two_values_or_none_are_told(question: str, text: str) -> None:
    assert short(question, text) == ""


def test_a_value_that_the_question_gives_leaves_the_other_one() -> None:
    question = "How many tons does the 500-ton line make?"
    text = "The line of 500 tons makes 300 tons."
    assert short(question, text) == "300 tons"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It mined 5 tons in 2024, after 4 tons in 2023.", "5 tons"),
        ("It mined 4 tons in 2023, after 5 tons in 2024.", "5 tons"),
        ("In 2024 it mined 5 tons, in 2023 it mined 4 tons.", "5 tons"),
        ("It mined 5 tons and 6 tons in 2024.", ""),
    ],
)
def test_of_the_values_of_several_years_that_of_the_year_is_told(text: str, value: str) -> None:
    assert short("How many tons were mined in 2024?", text) == value


def test_a_value_that_is_told_twice_is_one() -> None:
    question = "How many tons were mined?"
    text = "It mined 5,000 tons, that is, 5 kt."
    assert short(question, text) == "5 kt"
