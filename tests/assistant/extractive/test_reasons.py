"""Whether a question asks why, and whether a statement says so."""

import pytest
from assistants import SOURCE, evidence, ranking, row

from assistant.extractive.candidates import Candidate
from assistant.extractive.comparison import asks_reason, gives_reason, with_reason_behind
from assistant.extractive.not_found import not_found_text
from assistant.extractive.ranking import giving_reasons
from corpus.document import Cell
from index.question import analyze


@pytest.mark.parametrize(
    "question",
    [
        "Why did the kiln of Lynas stop in May?",
        "Kiln of Lynas idle since May - reason?",
        "What made Lynas stop the kiln?",
        "How come the kiln stands idle?",
        "For what reason did the kiln stop?",
        "On which grounds was the permit refused?",
        "What was the cause of the fire at the kiln?",
    ],
)
def test_a_question_why_is_told_by_its_asking_words(question: str) -> None:
    assert asks_reason(analyze(question))


@pytest.mark.parametrize(
    "question",
    [
        "When did the kiln of Lynas stop?",
        "Which two kilns were stopped, and for what reason?",
        "What do the sources say about the reasons why the kiln stopped?",
        "How many kilns have a cause of fire on record?",
    ],
)
def test_what_asks_for_something_else_first_is_no_question_why(question: str) -> None:
    assert not asks_reason(analyze(question))


@pytest.mark.parametrize(
    "text",
    [
        "The kiln stopped because its lining had cracked.",
        "The kiln stopped owing to a crack in its lining.",
        "The stop of the kiln follows a crack in its lining.",
        "The kiln stopped as its lining had cracked.",
        "The kiln was stopped when its lining cracked.",
        "The kiln was stopped to save gas.",
        "The lining had cracked; the kiln therefore stood idle.",
        "The firm stopped the kiln, on the ground that the state had not paid its share.",
    ],
)
def test_words_and_clauses_of_cause_say_why(text: str) -> None:
    assert gives_reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "The kiln stopped in May, and 40 people went home.",
        "The kiln has stood idle since May 2024.",
        "As of May 2024 the kiln stood idle.",
        "As Reuters reported, the kiln stood idle.",
        "The report gives no reason for the stop of the kiln.",
        "The list does not explain it.",
    ],
)
def test_the_fact_alone_or_a_reason_denied_says_not_why(text: str) -> None:
    assert not gives_reason(text)


def test_the_reason_in_the_sentence_behind_is_taken_with_the_fact() -> None:
    fact = "The kiln stopped in May."
    told = evidence(f"{fact}  That was due to a crack. Lynas is a firm.")
    found = with_reason_behind(Candidate(told, fact, 0, len(fact)))
    assert found.text == "The kiln stopped in May. That was due to a crack."
    assert found.quote == "The kiln stopped in May.  That was due to a crack."


WHY = "Why did output at the Kiln Works fall?"
FACT = "Output at the Kiln Works fell by a fifth in the year."


def test_only_statements_with_a_reason_answer_why() -> None:
    reason = evidence("Output at the Kiln Works fell because gas was dear.", start=200)
    number = row("Output", Cell("40", 0, 0, "2024", 2024, "tons"), caption="Kiln Works")
    found = ranking(WHY, (evidence(FACT), 3.0), (number, 2.0), (reason, 1.0))
    assert [one.candidate.evidence for one in giving_reasons(found).candidates] == [reason]
    other = ranking("Did output at the Kiln Works fall?", (evidence(FACT), 3.0), (number, 2.0))
    assert giving_reasons(other) == other


def test_the_reason_of_something_else_answers_not_why() -> None:
    question = "Why did the output of Lynas fall?"
    fact = evidence("The output of Lynas fell by a fifth.")
    other = evidence("The output of Iluka fell because gas was dear.", start=100)
    assert giving_reasons(ranking(question, (fact, 3.0), (other, 2.0))).candidates == ()


def test_a_refusal_says_that_the_fact_is_stated_without_a_reason() -> None:
    told = evidence(FACT)
    text = not_found_text(ranking(WHY, (told, 3.0)), [told])
    assert text == f"The sources do not say. Nearest: {SOURCE.title} (it gives no reason)."
