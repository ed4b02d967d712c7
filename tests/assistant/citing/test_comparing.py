"""Facts of sources beside a claim's: which carry it, which say otherwise, which do neither."""

from dataclasses import replace

import pytest

from assistant.citing.comparing import compare_with_sources
from corpus.document import Source
from corpus.facts import Absent, Argument, Change, Fact
from corpus.facts.fact import Value
from corpus.language.names import Name
from corpus.language.periods import parse_period
from corpus.language.quantities import Quantity
from index.facts import LedgerFact

SOURCE = Source("s1", "/survey.md", "survey.md", "A survey", "markdown", "0")
CLAIM = Fact(
    Quantity(4800, 4800, "t"),
    "mine production",
    (Argument("place", Name("Thailand", "thailand", "country")),),
    parse_period("2025"),
    stage="mining",
    basis="REO",
)
STOCK = replace(CLAIM, measure="reserves", stage="", period=None)


def outcome(claim: Fact, said: Fact) -> str:
    compared = compare_with_sources(claim, [LedgerFact(1, said, SOURCE, "same", "words", "1", "5")])
    return "carries" if compared.carrying else "denies" if compared.rivals else "says neither"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Quantity(4800, 4800, "t"), "carries"),
        (Quantity(2100, 2100, "t"), "denies"),
        (Absent("zero", "—"), "denies"),
        (Absent("not available", "NA"), "says neither"),
    ],
)
def test_a_figure_is_carried_or_denied_by_another_of_its_thing_and_time(
    value: Value, told: str
) -> None:
    assert outcome(CLAIM, replace(CLAIM, value=value)) == told


def test_a_source_that_names_no_basis_counts_as_oxide_what_is_counted_so() -> None:
    assert outcome(CLAIM, replace(CLAIM, basis="")) == "carries"


def test_what_is_in_stock_is_denied_without_a_time_and_what_is_made_is_not() -> None:
    other = Quantity(3500, 3500, "t")
    assert outcome(STOCK, replace(STOCK, value=other)) == "denies"
    made = replace(CLAIM, period=None)
    assert outcome(made, replace(made, value=other)) == "says neither"


def test_a_rise_is_denied_by_a_fall() -> None:
    change = Change("percent", "up", "2024")
    claim = replace(CLAIM, value=Quantity(7, 7, "percent"), change=change)
    assert outcome(claim, claim) == "carries"
    for percent in (7, 9):
        fall = replace(claim, value=Quantity(percent, percent, "percent"))
        fall = replace(fall, change=replace(change, direction="down"))
        assert outcome(claim, fall) == "denies"
