"""What questions say: the same in other words, and not the same where one thing differs."""

import pytest

from assistant.rewriting.said import Said, find_said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How much did the U.S. mine in 2024?",
         "What was the mine production of the United States in 2024?"),
        ("What does Nd2O3 cost per kg in RMB? What is the price of Nd2O3?",
         "What is the price of neodymium oxide in yuan per kilogram?"),
        ("What did Lynas sell in Q3 2025?", "What did Lynas sell in the third quarter of 2025?"),
        ("Was it 5 kt of REO?", "Was it 5,000 tonnes of REO?"),
        ("What does MCS 2026 say?", "What does the Mineral Commodity Summaries 2026 say?"),
    ],
)  # fmt: skip
def test_questions_in_other_words_say_the_same(one: str, other: str) -> None:
    kinds = {"country", "material", "form", "year", "time", "edition", "figure", "measure", "unit"}
    told = [{said for said in find_said(text) if said.kind in kinds} for text in (one, other)]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("one", "other", "lost"),
    [
        ("in March 2024", "in May 2024", Said("time", "month 3 2024")),
        ("in 2024", "since 2024", Said("year", "2024")),
        ("dysprosium oxide", "dysprosium metal", Said("form", "dysprosium oxid")),
        ("more than 5%", "less than 5%", Said("figure", "above 5 5 %")),
        ("in pounds", "in kilograms", Said("unit", "lb")),
        ("exports to Japan", "exports from Japan", Said("way", "to japan")),
        ("the largest", "the smallest", Said("scope", "largest")),
        ("without VAT", "with VAT", Said("tax", "without")),
        ("a quota for mining", "a plan for mining", Said("measure", "quota")),
    ],
)
def test_a_thing_that_differs_is_told(one: str, other: str, lost: Said) -> None:
    assert lost in find_said(one)
    assert (lost in find_said(other)) == (lost.kind == "year")
    assert find_said(one) != find_said(other)
