"""Tests of assistant.support.context and pairing: what stands around, and what stands together."""

import pytest

from assistant.support import check_whole
from assistant.support.context import in_words
from assistant.support.statement import Statement

_TITLE = "Kestrel Ridge Minerals: results for the second quarter of 2024"
_LISTED = Statement(
    "As of June 25, 2022 and September 25, 2021, the Company had $11.0 billion and $6.0 billion of "
    "commercial paper outstanding, respectively.",
    title="Apple Inc., Form 10-Q",
)


def test_the_company_is_the_one_of_the_title_and_the_time_too() -> None:
    statement = Statement("The company sold 612 tonnes of oxide.", title=_TITLE)
    told = [one.quote for one in in_words(statement)]
    assert told[0] == "Kestrel Ridge Minerals sold 612 tonnes of oxide."
    assert told[-1].endswith("sold 612 tonnes of oxide in the second quarter of 2024.")


def test_a_plan_and_a_sentence_with_a_time_are_not_given_the_time_of_the_title() -> None:
    for quote in ("It plans to sell 612 tonnes.", "Cash was $5 million in the first quarter."):
        told = [one.quote for one in in_words(Statement(quote, title=_TITLE))]
        assert not [one for one in told if "second quarter" in one]


def test_the_company_is_the_one_that_the_sentence_before_names() -> None:
    before = "According to Aldermoor Magnetics, its works used 780 tonnes."
    statement = Statement("The firm expects more.", before=before, title=_TITLE)
    assert [one.quote for one in in_words(statement)] == ["Aldermoor Magnetics expects more."]


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Apple had $11.0 billion of commercial paper outstanding as of June 25, 2022.", True),
        ("Apple had $6.0 billion of commercial paper outstanding as of June 25, 2022.", False),
        ("Apple had $6.0 billion of commercial paper outstanding.", False),
    ],
)
def test_of_two_lists_the_first_goes_with_the_first(sentence: str, verdict: bool) -> None:
    assert (check_whole(sentence, _LISTED).verdict == "supported") is verdict


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (
            "The rise was driven by higher sales of Macs.",
            "The rise was driven by higher sales of phones, partially offset by sales of Macs.",
        ),
        (
            "Whoever exports it is liable to a fine and imprisonment.",
            "Whoever exports it is liable to a fine or imprisonment.",
        ),
        (
            "The works used 780 tonnes of recycled metal.",
            "The works used 780 tonnes of metal, of which 95 tonnes came from recycled magnets.",
        ),
        (
            "Sales to customers in Norway made up 65% of revenue.",
            "Sales to customers outside of Norway made up 65% of revenue.",
        ),
        ("The oxide cost about $55.5 per kilogram.", "The oxide cost $54 per kilogram."),
        (
            "It expects 63% of it in more than a year.",
            "It expects 63% of it in less than a year, and 2% in greater than three years.",
        ),
    ],
)
def test_what_stands_apart_is_not_put_together(sentence: str, quote: str) -> None:
    assert check_whole(sentence, Statement(quote)).verdict == "not_found"
    assert check_whole(quote, Statement(quote)).verdict == "supported"
