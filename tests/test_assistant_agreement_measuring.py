"""Whether statements give the measure asked for."""

import pytest
from assistants import required, row, statement

from assistant.agreement.measuring import measure_agreement, share_agreement


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
