"""Words that only lead into a sentence are taken off it."""

import pytest

from assistant.writing.lead_ins import without_lead_in

FACT = "China mined 270,000 t."


@pytest.mark.parametrize(
    "lead",
    [
        "Based on the evidence, ",
        "According to the provided sources, ",
        "The evidence states that ",
        "Answer: ",
        "The answer to the question is: ",
        "In summary, according to the documents, ",
    ],
)
def test_lead_in_goes_and_the_fact_stays(lead: str) -> None:
    told = FACT[0].lower() + FACT[1:]
    assert without_lead_in(lead + told) == FACT
    assert without_lead_in(lead + FACT) == FACT


@pytest.mark.parametrize(
    "sentence",
    [FACT, "According to the USGS, China mined 270,000 t.", "The source is the USGS."],
)
def test_a_sentence_that_says_whom_it_is_from_stays(sentence: str) -> None:
    assert without_lead_in(sentence) == sentence
