"""What the shipped model of statements says of questions that it did not learn from."""

import pytest
from assistants import SOURCE, evidence, statement

from assistant.extractive.candidates import Candidate
from assistant.extractive.statement_model import (
    StatementModel,
    load_statement_model,
    statement_text,
)
from corpus.document import Context

LEASE = "The lease of the Ostvik shed ends in March 2031."
RENT = "Rent for the Ostvik shed is 4,200 euros a month."
BIRDS = "Swallows nest under the roof of the Ostvik shed every summer."


@pytest.fixture(scope="module")
def model() -> StatementModel:
    return load_statement_model()


def told(*texts: str) -> list[Candidate]:
    return [statement("What?", text) for text in texts]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Until when is the Ostvik shed leased?", LEASE),
        ("ostvik shed lease expiry", LEASE),
        ("What does the tenant of the Ostvik shed pay?", RENT),
        ("Which birds nest at the Ostvik shed?", BIRDS),
    ],
)
def test_what_answers_is_likelier_than_what_stands_beside_it(
    model: StatementModel, question: str, best: str
) -> None:
    texts = [LEASE, RENT, BIRDS]
    judged = model.judge(question, told(*texts))
    assert texts[judged.index(max(judged))] == best


@pytest.mark.slow
def test_a_statement_is_judged_by_itself(model: StatementModel) -> None:
    together = model.judge("Ostvik rent?", told(LEASE, RENT))
    assert together == [model.judge("Ostvik rent?", [one])[0] for one in told(LEASE, RENT)]
    assert model.judge("Ostvik rent?", []) == []


def test_a_statement_is_read_behind_its_title_and_heading() -> None:
    found = statement("What?", evidence(LEASE, context=Context(section="## Sheds")))
    assert statement_text(found) == f"{SOURCE.title} | Sheds || {LEASE}"


def test_a_statement_is_read_behind_the_sentence_before_it() -> None:
    found = statement("What?", evidence(f"{BIRDS} {LEASE}\nIt was signed in 2011."))
    assert statement_text(found) == f"{SOURCE.title} | {LEASE} || It was signed in 2011."
    found = statement("What?", evidence(f"Until when? {LEASE}"))
    assert statement_text(found) == f"{SOURCE.title} || {LEASE}"
    found = statement("What?", evidence(f"{BIRDS}\n\n{LEASE}"))
    assert statement_text(found) == f"{SOURCE.title} || {LEASE}"
