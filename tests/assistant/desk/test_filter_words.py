"""Filters in words: why none fits, what is near, which filter shuts out a source that answers."""

from dataclasses import replace

import pytest
from fake_assistant import MCS_2025, MCS_2026, MINED, PRICES, citation

from assistant.assistant import Assistant
from assistant.desk.filter_words import NOTHING_ADDED, shut_out, told_filters, why_none
from assistant.errors import NoSourceError
from index.passage import Filters

SOURCES = (replace(MCS_2026, rank="official"), MCS_2025, PRICES)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(publisher="geological"),
        Filters(published_from="2025-06", data_year=2025),
        Filters(source_ids=("prices",)),
    ],
)
def test_filters_that_admit_a_source_are_left_alone(filters: Filters) -> None:
    assert why_none(filters, SOURCES) == ""


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(publisher="USGS"), "publisher USGS; near it: U.S. Geological Survey"),
        (Filters(publisher="Geologcal"), "publisher Geologcal; near it: U.S. Geological Survey"),
        (
            Filters(publisher="Zzz"),
            "publisher Zzz; there is: U.S. Geological Survey, The Price $Letter$",
        ),
        (Filters(source_type="oficial"), "type oficial; near it: official"),
        (Filters(language="xx"), "language xx; there is: en"),
        (Filters(data_year=1999), "data year 1999; there is: 2020 to 2025"),
        (
            Filters(published_from="2027"),
            "published from 2027; there is: 2025-01 to 2026-02",
        ),
        (Filters(source="mcs2027.pdf"), "source mcs2027.pdf; near it: usgs/mcs2026.pdf"),
        (Filters(source="nonexistent"), "source nonexistent; rare-earth sources list shows them"),
    ],
)
def test_a_value_that_no_source_has_is_told_with_those_that_are_near(
    filters: Filters, told: str
) -> None:
    assert why_none(filters, SOURCES).startswith(f"no source fits {told}")


def test_filters_that_fit_each_alone_are_told_together() -> None:
    filters = Filters(publisher="Price", data_year=2021)
    assert why_none(filters, SOURCES) == (
        "no source fits all of publisher Price, data year 2021; leave one out"
    )


@pytest.mark.parametrize("date", ["June 2025", "2025-13", "2025-6", "25"])
def test_a_date_that_is_none_is_told_before_it_admits_all(date: str) -> None:
    filters = Filters(published_to=date)
    assert why_none(filters, SOURCES) == (
        f"published to {date} is no date; give 2025, 2025-06 or 2025-06-30"
    )


def test_dates_that_admit_nothing_by_their_order_are_told() -> None:
    filters = Filters(published_from="2026", published_to="2025-06")
    assert why_none(filters, SOURCES) == (
        "published from 2026 is after published to 2025-06; give them in their order"
    )
    within = Filters(published_from="2025-01", published_to="2025")
    assert why_none(within, SOURCES) == ""


def test_an_empty_home_says_how_to_add() -> None:
    assert why_none(Filters(), ()) == NOTHING_ADDED


def test_the_filter_that_shuts_out_a_cited_source_is_named() -> None:
    filters = Filters(publisher="Price", data_year=2025)
    assert shut_out(filters, MINED.citations) == (
        "The filter publisher Price shuts out a source that answers this: "
        "“Mineral Commodity Summaries 2026: Rare Earths”, p. 153 (PDF page 2)."
    )
    inside = citation(1, PRICES, 1, "Dysprosium oxide cost $239/kg")
    assert shut_out(filters, (inside,)) == ""


def test_set_filters_are_told() -> None:
    filters = Filters(publisher="Price", data_year=2021, source_ids=("a", "b"))
    told = ("publisher Price", "data year 2021", "collection of 2 sources")
    assert told_filters(filters) == told


@pytest.mark.slow
def test_a_refusal_names_the_filter_that_shuts_the_answer_out(library: Assistant) -> None:
    question = "How much did China mine in 2025?"
    [warning] = library.ask(question, (), Filters(source="africa")).warnings
    assert warning.startswith("The filter source africa shuts out a source that answers this: “")
    assert library.ask("Who won the cup in 1931?", (), Filters(source="africa")).warnings == ()


@pytest.mark.slow
def test_all_that_takes_filters_refuses_those_that_admit_nothing(library: Assistant) -> None:
    nothing = Filters(publisher="Zzz")
    asking = (
        lambda: library.ask("How much?", (), nothing),
        lambda: library.tabulate("How much?", (), nothing),
        lambda: library.search("How much?", 3, nothing),
        lambda: library.cite("China mined 1 t.", nothing),
        lambda: library.facts("China", 3, nothing),
        lambda: library.conflicts(nothing),
    )
    for ask in asking:
        with pytest.raises(NoSourceError, match="no source fits publisher Zzz"):
            ask()
