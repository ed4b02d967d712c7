"""The times of a text: years and their parts, but not when what it cites was published."""

import pytest

from assistant.times import Times, names_edition, times_asked, times_told, without_citations


def told(
    *years: int,
    within: tuple[int, ...] = (),
    months: str = "",
    parts: str = "",
    steps: tuple[str, ...] = (),
    whole_year: bool = False,
) -> Times:
    """Return times, their months and parts given as words with spaces between them."""
    return Times(
        frozenset(years),
        frozenset(within),
        frozenset(months.split()),
        frozenset(parts.split()),
        frozenset(steps),
        whole_year,
    )


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("The mine reopened.", told()),
        ("Output rose in 2023 and again in 2025.", told(2023, 2025)),
        ("A batch of 2,024 tons left the port.", told()),
        ("Revenue of FY25 was lower.", told(2025)),
        ("Revenue of fiscal year 24 was lower.", told(2024)),
        ("Revenue of fiscal year 2024 was lower.", told(2024)),
        ("Revenue of FY2024 was lower.", told(2024)),
        ("Sales grew from 2020 to 2023.", told(2020, 2023, within=(2021, 2022))),
        ("Sales grew in 2020–23.", told(2020, 2023, within=(2021, 2022))),
        ("Sales grew in 2020-2022.", told(2020, 2022, within=(2021,))),
        ("Sales grew between 2020 and 2022.", told(2020, 2022, within=(2021,))),
        ("Sales grew from 2020 to 2022, but not in 2021.", told(2020, 2021, 2022)),
        ("From 1950 to 2020 the mine was open.", told(1950, 2020)),
        ("Prices fell from 2023 to 20% less.", told(2023)),
    ],
)
def test_years_are_those_named_and_those_inside_a_range(text: str, times: Times) -> None:
    assert times_told(text) == times


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("The plant opened in January 2024.", "january"),
        ("It shipped from Feb. to Sept. of that year.", "february september"),
        ("Exports rose in March, April and December.", "march april december"),
        ("The rule took effect on 4 May 2025.", "may"),
        ("The rule took effect in May.", "may"),
        ("The rule took effect in May 2025.", "may"),
        ("The rule runs from May to July.", "may july"),
        ("The holder may export the oxide.", ""),
        ("Exports may not begin before the licence is given.", ""),
        ("The marching band decided so.", ""),
    ],
)
def test_months_are_named_in_full_or_cut_short_and_may_is_also_a_verb(
    text: str, months: str
) -> None:
    assert times_told(text).months == frozenset(months.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("In the first half of the year sales rose.", "H1"),
        ("The half-year report is out.", "H1"),
        ("H2 was better than H1.", "H1 H2"),
        ("Over the last six months prices fell.", "H2"),
        ("In the first nine months prices fell.", "9M"),
        ("In the first quarter prices fell.", "Q1"),
        ("In the March quarter prices fell.", "Q1"),
        ("Imports of Jan–Mar fell.", "Q1"),
        ("In the 2nd quarter prices fell.", "Q2"),
        ("In the June quarter prices fell.", "Q2"),
        ("Third-quarter sales rose.", "Q3"),
        ("Imports of July to September rose.", "Q3"),
        ("In Q4 prices fell.", "Q4"),
        ("In the final quarter prices fell.", "Q4"),
        ("A quarter of the output is sold.", ""),
        ("Half of the output is sold.", ""),
    ],
)
def test_quarters_and_halves_are_told_however_they_are_written(text: str, parts: str) -> None:
    assert times_told(text).parts == frozenset(parts.split())


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("The first batch of the quota was set.", ("first batch",)),
        ("The 2nd phase follows.", ("second phase",)),
        ("Phase 2 follows, then stage three.", ("second phase", "third stage")),
        ("The first mine opened.", ()),
    ],
)
def test_batches_and_phases_are_told_by_their_number(text: str, steps: tuple[str, ...]) -> None:
    assert times_told(text).steps == frozenset(steps)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Full-year sales rose.", True),
        ("Sales of the whole year rose.", True),
        ("Sales of calendar 2024 rose.", True),
        ("In 2024 as a whole sales rose.", True),
        ("Sales of the year rose.", False),
    ],
)
def test_the_whole_of_a_year_is_told_by_its_words(text: str, whole: bool) -> None:
    assert times_told(text).whole_year is whole


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("MCS 2026 gives 390,000 tons.", "  gives 390,000 tons."),
        ("In Mineral Commodity Summaries 2025 it is higher.", "In   it is higher."),
        ("The 2024 edition has less.", "The   has less."),
        ("The Minerals Yearbook 2022 tables say so.", "The   say so."),
        ("It closed (Reuters, August 2025).", "It closed  ."),
        ("It closed (Rare Earth Exchanges, 20 August 2025).", "It closed  ."),
        ("It closed (Ore Gazette via Mine Wire, 2024) again.", "It closed   again."),
        ("It closed (after a fire in 2024).", "It closed (after a fire in 2024)."),
        ("It closed in 2024.", "It closed in 2024."),
    ],
)
def test_editions_and_what_is_cited_in_brackets_are_left_out(text: str, left: str) -> None:
    assert without_citations(text) == left


def test_years_of_citations_are_no_times_of_a_text() -> None:
    text = "Output fell in 2023 (Reuters, August 2025), says MCS 2026."
    assert times_told(text) == told(2023)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("MCS 2026", True),
        ("2024, MCS 2025", True),
        ("the 2025 edition", True),
        ("2025", False),
        ("the edition", False),
    ],
)
def test_names_of_editions_are_noticed(text: str, named: bool) -> None:
    assert names_edition(text) is named


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("No time at all.", (0, 0)),
        ("In 2023 and 2024.", (2024, 0)),
        ("From March to October 2024.", (2024, 10)),
        ("In the first half of 2025.", (2025, 6)),
        ("In the third quarter of 2025, and in August.", (2025, 9)),
        ("In the first nine months, and in November 2024.", (2024, 11)),
        ("In the first nine months of 2024.", (2024, 9)),
        ("In the fourth quarter.", (0, 12)),
    ],
)
def test_latest_time_is_the_last_year_and_the_end_of_its_last_part(
    text: str, latest: tuple[int, int]
) -> None:
    assert times_told(text).latest == latest


@pytest.mark.parametrize(
    ("text", "years", "published"),
    [
        ("What does it need, by its 2025 study?", (), (2025,)),
        ("In GAO's 2016 comparison, how many?", (), (2016,)),
        ("What did it need in 2024, by its 2025 report?", (2024,), (2025,)),
        ("What did the 2024 annual report say?", (2024,), ()),
        ("What did it need in 2025?", (2025,), ()),
    ],
)
def test_year_of_what_a_question_cites_stands_apart(
    text: str, years: tuple[int, ...], published: tuple[int, ...]
) -> None:
    found = times_asked(text)
    assert (found.years, found.published) == (frozenset(years), frozenset(published))


@pytest.mark.parametrize(
    ("text", "months", "parts"),
    [
        ("in autumn 2025", ("september", "october", "november"), ()),
        ("in the spring of 2024", ("march", "april", "may"), ()),
        ("prices fall 5%", (), ()),
        ("in the December 2024 quarter", ("december",), ("Q4",)),
        ("for the quarter ended 30 September 2024", ("september",), ("Q3",)),
        ("for the half year to December 2024", ("december",), ("H2",)),
        ("for the year to June 2023", (), ()),
    ],
)
def test_seasons_and_ends_of_periods_are_told(
    text: str, months: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    found = times_told(text)
    assert (found.months, found.parts) == (frozenset(months), frozenset(parts))


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Sold after December 31, 2032, it is nothing.", 2033),
        ("Sold after the end of 2032, it is nothing.", 2033),
        ("Made before January 1, 2027, it may be sold.", 2026),
        ("Sold after May 2032, it is nothing.", 2032),
    ],
)
def test_what_comes_after_a_year_is_not_of_it(text: str, year: int) -> None:
    assert times_told(text).years == {year}
