"""Whether statements give the measure asked for, and neither less of it nor a plan."""

import pytest
from assistants import required, row, statement

from assistant.agreement.measuring import (
    measure_agreement,
    not_a_plan,
    not_narrowed,
    same_thing,
    share_agreement,
)


@pytest.mark.parametrize(
    ("question", "text", "agreement"),
    [
        ("What did the oxide cost?", "The metal cost $5.", 0.0),
        ("What did the oxide cost?", "The oxide cost $5.", 1.0),
        ("What did the oxide cost?", "The oxide cost $5, the metal $9.", 1.0),
        ("What did the oxide cost?", "The powder cost $5.", 1.0),
        ("What did oxide and metal cost?", "The metal cost $5.", 1.0),
        ("What did oxide and metal cost?", "The alloy cost $5.", 1.0),
        ("How many tons of light ore?", "They dug 5 tons of heavy ore.", 0.0),
        ("What were imports of magnets?", "Exports of magnets were 5 tons.", 0.0),
        ("What was the revenue?", "The profit was $5.", 0.0),
        ("What are the reserves?", "The resources are 5 tons.", 0.0),
        ("What is the quota?", "The capacity is 5 tons.", 0.0),
    ],
)
def test_of_two_things_that_are_told_apart_the_other_is_no_answer(
    question: str, text: str, agreement: float
) -> None:
    assert same_thing(required(question), statement(question, text)) == agreement


def test_who_publishes_is_not_what_a_statement_is_about() -> None:
    question = "What did the metal cost?"
    text = "The oxide cost $5 (Shanghai Metals Market)."
    assert same_thing(required(question), statement(question, text)) == 0.0


@pytest.mark.parametrize(
    ("question", "text", "agreement"),
    [
        ("What was production?", "Output was 5 tons.", 1.0),
        ("What was production?", "The quota was 5 tons.", 0.3),
        ("What was production?", "Output under the quota was 5 tons.", 1.0),
        ("What was production?", "It was 5 tons.", 0.9),
        ("What was production?", "The production quota was 5 tons.", 0.3),
        ("What was production?", "The quota for production was 5 tons.", 0.3),
        ("What was production?", "Production fell; the quota was 5 tons.", 0.7),
        ("What was the production quota?", "The quota was 5 tons.", 1.0),
        ("How much did it mine?", "The quota was 5 tons.", 0.3),
        ("How many tons are in the mine?", "The quota was 5 tons.", 0.9),
        ("What was the profit?", "The profit was $5 a share.", 0.3),
        ("What was the profit per share?", "The profit was $5 a share.", 1.0),
        ("What does the oxide cost?", "The price is $5.", 1.0),
        ("What did it cost to produce the oxide?", "The price is $5.", 0.3),
        ("What did it cost to produce the oxide?", "The cost is $5.", 1.0),
        ("What was the price?", "Production was 5 tons.", 0.3),
        ("What was it in tons?", "Production was 5 tons.", 0.9),
        ("Why did production fall?", "The quota was cut.", 1.0),
    ],
)
def test_a_sentence_about_another_measure_is_a_near_miss(
    question: str, text: str, agreement: float
) -> None:
    assert measure_agreement(required(question), statement(question, text)) == agreement


@pytest.mark.parametrize(
    ("label", "column", "caption", "agreement"),
    [
        ("Nigeria", "Production", "", 1.0),
        ("Nigeria", "Reserves", "", 0.0),
        ("Nigeria", "", "Production", 1.0),
        ("Production", "", "", 1.0),
        ("Nigeria", "", "Production and reserves", 0.4),
        ("Nigeria", "Production", "Production and reserves", 1.0),
        ("Nigeria", "Quota", "Production", 0.0),
        ("Nigeria", "Production", "Production quota", 0.4),
        ("Nigeria", "Tons", "", 0.9),
    ],
)
def test_a_row_gives_the_measure_of_its_label_column_or_caption(
    label: str, column: str, caption: str, agreement: float
) -> None:
    question = "What was production of Nigeria?"
    found = statement(question, row(label, "5", header=("", column), caption=caption))
    assert measure_agreement(required(question), found) == agreement


def test_a_row_that_gives_every_measure_asked_for_agrees() -> None:
    question = "What were production and reserves of Nigeria?"
    item = row("Nigeria", "5", "6", header=("", "Production", "Reserves"))
    assert measure_agreement(required(question), statement(question, item)) == 1.0


@pytest.mark.parametrize(
    ("question", "text", "agreement"),
    [
        ("How many tons were shipped?", "They shipped 5 tons.", 1.0),
        ("How many tons were shipped?", "They shipped 5 tons from stocks.", 1 / 2),
        ("How many tons were shipped?", "An earlier 5 tons came from stocks.", 1 / 3),
        ("How many tons were shipped from stocks?", "They shipped 5 tons from stocks.", 1.0),
        ("Why were tons shipped?", "They shipped 5 tons from stocks.", 1.0),
    ],
)
def test_a_statement_about_less_than_is_asked_counts_less(
    question: str, text: str, agreement: float
) -> None:
    assert not_narrowed(required(question), statement(question, text)) == agreement


@pytest.mark.parametrize(
    ("column", "caption", "agreement"),
    [("2024", "Tons", 1.0), ("Stocks", "Tons", 1 / 2), ("Stocks", "Forecast", 1 / 3)],
)
def test_a_row_is_narrowed_by_its_column_and_caption(
    column: str, caption: str, agreement: float
) -> None:
    question = "How many tons were shipped?"
    found = statement(question, row("Nigeria", "5", header=("", column), caption=caption))
    assert not_narrowed(required(question), found) == agreement


@pytest.mark.parametrize(
    ("question", "text", "agreement"),
    [
        ("How many tons did it make?", "It plans to make 5 tons.", 0.0),
        ("How many tons did it make?", "It will make up to 5 tons.", 0.0),
        ("How many tons did it make?", "It made 5 tons.", 1.0),
        ("How many tons did it really make, of 9 planned?", "It plans to make 5 tons.", 0.0),
        ("How many tons did it make?", "It made 5 tons; more are planned.", 1.0),
        ("How many tons will it make?", "It plans to make 5 tons.", 1.0),
        ("How many tons did it plan to make, as planned?", "It planned 5 tons.", 1.0),
        ("How many tons a year?", "It plans to make 5 tons.", 1.0),
        ("Why did it stop?", "It plans to make 5 tons.", 1.0),
    ],
)
def test_a_plan_does_not_answer_what_was_done(question: str, text: str, agreement: float) -> None:
    assert not_a_plan(required(question), statement(question, text)) == agreement


def test_a_row_of_which_another_cell_says_that_it_is_planned_is_a_plan() -> None:
    question = "How many tons did it make in 2024?"
    item = row("Oxide", "5", "guidance", header=("", "2024", "State"))
    assert not_a_plan(required(question), statement(question, item)) == 0.0


@pytest.mark.parametrize(
    ("question", "text", "agreement"),
    [
        ("What share did it use?", "It grew by 5%.", 0.0),
        ("What share did it use?", "It was up 5%.", 0.0),
        ("What share did it use?", "It used up to 5%.", 1.0),
        ("What share did it use?", "Its share rose to 5%.", 1.0),
        ("What share did it use?", "It used 5% or more.", 1.0),
        ("By what percentage did it rise?", "It grew by 5%.", 1.0),
        ("How much did it use?", "It grew by 5%.", 1.0),
    ],
)
def test_a_change_in_percent_is_no_share(question: str, text: str, agreement: float) -> None:
    assert share_agreement(required(question), statement(question, text)) == agreement
