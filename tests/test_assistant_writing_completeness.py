"""Whether what is left of a model's sentences tells what the sources answer."""

import pytest
from assistants import evidence, row, statement, weighing
from fakes import HashingEmbedder

from assistant.candidates import Candidate
from assistant.choosing import Choice
from assistant.finding import Asked, Found, Part
from assistant.weighing import Weighing
from assistant.writing.attribution import Attributed
from assistant.writing.completeness import Completeness
from index.passage import Evidence

QUESTION = "How much did Lynas sell in 2025?"
SOLD = evidence("Lynas sold 3,000 t of oxides in 2025.")
REVISED = evidence("Lynas sold 3,100 t of oxides in 2025.", start=100)
BESIDE = statement(QUESTION, evidence("Lynas was founded in Australia.", start=200))


def part(weighed: Weighing, chosen: int = 1, conflicting: bool = False) -> Part:
    return Part(weighed, 0.9, Choice(weighed.statements[:chosen], conflicting))


def completeness(*parts: Part) -> Completeness:
    asked = Asked(QUESTION, QUESTION, (SOLD, REVISED), 0.0)
    return Completeness(Found(asked, parts, 0.0), HashingEmbedder())


def carried(text: str, by: Candidate = BESIDE) -> Attributed:
    return Attributed(text, (by,), "kept")


def of(item: Evidence) -> Candidate:
    return statement(QUESTION, item)


def test_what_the_best_statement_carries_answers() -> None:
    told = carried("They sold 3,000 t.", of(SOLD))
    assert completeness(part(weighing(QUESTION, (SOLD, 2.0)))).answers([told])


def test_where_a_figure_is_asked_for_a_sentence_without_it_answers_nothing() -> None:
    told = carried("Lynas sold oxides in 2025.", of(SOLD))
    assert not completeness(part(weighing(QUESTION, (SOLD, 2.0)))).answers([told])


def test_where_none_is_asked_for_none_is_needed() -> None:
    question = "What did Lynas sell in 2025?"
    told = carried("Lynas sold oxides in 2025.", of(SOLD))
    assert completeness(part(weighing(question, (SOLD, 2.0)))).answers([told])


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Lynas sold 3,000 t of oxides in 2025.", True),
        ("In 2025 Lynas sold 3,000 t.", True),
        ("Lynas was founded in Australia.", False),
        ("Iluka sold 3,000 t.", False),
    ],
)
def test_what_another_statement_carries_answers_where_it_says_the_same(
    text: str, answers: bool
) -> None:
    assert completeness(part(weighing(QUESTION, (SOLD, 2.0)))).answers([carried(text)]) is answers


def test_no_sentence_answers_nothing() -> None:
    assert not completeness(part(weighing(QUESTION, (SOLD, 2.0)))).answers([])


@pytest.mark.parametrize(("score", "answers"), [(1.5, True), (0.5, False)])
def test_a_statement_that_answers_as_well_may_be_told_instead(score: float, answers: bool) -> None:
    weighed = weighing(QUESTION, (SOLD, 2.0), (REVISED, score))
    told = carried("Lynas sold 3,100 t of oxides in 2025.", of(REVISED))
    assert completeness(part(weighed)).answers([told]) is answers


def test_of_values_that_conflict_each_must_be_told() -> None:
    whole = completeness(part(weighing(QUESTION, (SOLD, 2.0), (REVISED, 1.9)), 2, True))
    told = [carried("It sold 3,000 t.", of(SOLD)), carried("It sold 3,100 t.", of(REVISED))]
    assert not whole.answers(told[:1])
    assert whole.answers(told)


def test_each_thing_that_is_asked_and_answered_must_be_told() -> None:
    sold = part(weighing(QUESTION, (SOLD, 2.0)))
    founded = part(weighing("Where was Lynas founded?", (BESIDE.evidence, 2.0)))
    unanswered = part(weighing("Who leads Lynas?", (SOLD, -3.0)), chosen=0)
    told = [carried("Lynas sold 3,000 t of oxides in 2025.", of(SOLD))]
    assert completeness(sold, unanswered).answers(told)
    assert not completeness(sold, founded, unanswered).answers(told)


def test_of_a_row_a_cell_in_common_is_the_same_statement() -> None:
    item = row("Lynas", "2,500", "3,000", header=("Sales", "2024", "2025"), unit="t")
    both = statement("How much did Lynas sell in 2024 and 2025?", item)
    older = statement("How much did Lynas sell in 2024?", item)
    whole = completeness(part(weighing(QUESTION, (item, 2.0))))
    assert whole.answers([carried("They were 2,500 and 3,000 t.", both)])
    assert not whole.answers([carried("They were 2,500 t.", older)])


def test_of_a_list_all_that_was_chosen_must_be_told() -> None:
    question = "Which companies sold oxides in 2025?"
    other = evidence("Iluka sold oxides in 2025.", start=300)
    found = weighing(question, (SOLD, 2.0), (other, 1.9))
    whole = completeness(part(found, 2))
    told = [carried("Lynas sold 3,000 t of oxides in 2025."), carried("Iluka sold oxides in 2025.")]
    assert not whole.answers(told[:1])
    assert whole.answers(told)


def test_of_several_things_asked_about_each_must_be_named() -> None:
    question = "How much did Lynas and Iluka sell in 2025?"
    both = evidence("In 2025 Lynas sold 3,000 t and Iluka 2,000 t.", start=400)
    whole = completeness(part(weighing(question, (both, 2.0))))
    carrier = statement(question, both)
    assert not whole.answers([carried("Lynas sold 3,000 t in 2025.", carrier)])
    assert whole.answers([carried("Lynas sold 3,000 t and Iluka 2,000 t in 2025.", carrier)])


def test_without_the_asked_words_that_the_best_statement_has_nothing_is_answered() -> None:
    question = "How much of the output of Lynas in 2025 was sold under long contracts?"
    best = evidence("Under long contracts Lynas sold 3,000 t of its output in 2025.", start=500)
    whole = completeness(part(weighing(question, (best, 2.0))))
    carrier = statement(question, best)
    assert not whole.answers([carried("Lynas sold 3,000 t in 2025.", carrier)])
    assert whole.answers(
        [carried("Lynas sold 3,000 t of its output under long contracts.", carrier)]
    )
