"""Questions in which times, editions and members of a list share their words with each other."""

import pytest

from corpus.facts import Query
from index.query import parse_query


def times(query: Query) -> list[str]:
    return [period.text for period in query.periods]


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        ("Lynas revenue Q1, Q2 and Q3 FY23", ["FY2023-Q1", "FY2023-Q2", "FY2023-Q3"]),
        ("price from the first to the second quarter of 2024", ["2024-Q1", "2024-Q2"]),
        ("revenue in the second quarters of 2021 and 2022", ["2021-Q2", "2022-Q2"]),
        ("revenue from the second quarter of 2021 to that of 2022", ["2021-Q2", "2022-Q2"]),
        ("revenue in the third quarter of fiscal 2021 vs fiscal 2022", ["FY2021-Q3", "FY2022-Q3"]),
        ("revenue in the first nine months of 2021 and 2022",
         ["2021-01/2021-09", "2022-01/2022-09"]),
        ("revenue by market, qtr ended Jun 24 2023", ["P3M/2023-06-24"]),
        ("revenue in the first two quarters of 2024", ["2024-Q1", "2024-Q2"]),
        ("revenue, quarter ended Jun-24", ["P3M/2024-06-30"]),
        ("rank the firms by 2024 revenue", ["2024"]),
        ("capacity of the firm by 2030", ["../2030"]),
    ],
)  # fmt: skip
def test_each_time_has_the_words_that_it_shares(words: str, periods: list[str]) -> None:
    assert times(parse_query(words)) == periods


def test_an_oxide_is_known_as_traders_write_it() -> None:
    parts = parse_query("NdPrO vs DyO px 2024").parts
    named = [f"{a.name.text} {a.name.form}" for one in parts for a in one.wanted.arguments]
    assert named == ["neodymium-praseodymium oxide", "dysprosium oxide"]


@pytest.mark.parametrize(
    ("words", "editions"),
    [
        ("China reserves MCS24 vs MCS25", ("MCS 2024", "MCS 2025")),
        ("the 2024 and the 2025 editions of the Mineral Commodity Summaries on Brazil's reserves",
         ("MCS 2024", "MCS 2025")),
        ("US exports 2023, Jan 2024 sheet", ("MCS 2024",)),
        ("the March 2011 edition of a report on reserves", ()),
    ],
)  # fmt: skip
def test_each_edition_has_the_words_that_it_shares(words: str, editions: tuple[str, ...]) -> None:
    assert parse_query(words).editions == editions


@pytest.mark.parametrize(
    ("words", "order", "most", "group_by", "rest"),
    [
        ("Which three nations head the ranking by reserves?", "largest", 3, ("place",), ()),
        ("ctries by reserves, lo to hi", "smallest", 0, ("place",), ()),
        ("rank the four named destinations of Chinese exports, highest first", "largest", 4,
         ("place",), ()),
    ],
)  # fmt: skip
def test_words_that_only_rank_are_no_subject(
    words: str, order: str, most: int, group_by: tuple[str, ...], rest: tuple[str, ...]
) -> None:
    query = parse_query(words)
    assert (query.order, query.most, query.group_by) == (order, most, group_by)
    assert query.rest == rest


def test_names_that_are_not_known_are_members_of_a_list() -> None:
    query = parse_query("grade of Mount Weld, Tolvanen and Bayan Obo")
    assert [(*(a.name.id for a in part.wanted.arguments), *part.rest) for part in query.parts] == [
        ("mount-weld",), ("tolvanen",), ("bayan-obo",),
    ]  # fmt: skip
    assert query.rest == ()


def test_members_joined_by_a_sign_of_addition_are_added_up() -> None:
    assert parse_query("Brazil + India reserves").operation == "total"
    assert parse_query("Brazil and India reserves").operation != "total"


def test_words_for_a_publication_do_not_say_what_is_counted() -> None:
    assert parse_query("Brazil's reserves in the table of the chapter").rest == ()


def test_a_letter_or_number_belongs_to_the_word_before_it() -> None:
    assert parse_query("Lynas revenue of Buyer C").rest == ("buyer c",)


def test_a_share_of_a_line_is_of_the_company_that_has_it() -> None:
    query = parse_query("Lynas kilnwork % of revenue 2024")
    assert (query.operation, query.wanted.of, query.rest) == ("share", "revenue", ("kilnwork",))


def test_a_total_before_a_measure_is_a_line_of_a_list_of_times() -> None:
    assert parse_query("Lynas total revenue 2021, 2022, 2023").operation == "look-up"
    assert parse_query("Lynas total revenue 2021 to 2023").operation == "total"


def test_a_word_beside_a_member_belongs_to_it_alone() -> None:
    query = parse_query("stocks of NdPr oxide, NdFeB block and SmCo alloy")
    assert [part.rest for part in query.parts] == [(), ("block",), ()]


def test_a_word_right_before_a_metal_says_its_form() -> None:
    names = parse_query("imports of unalloyed lanthanum metal").wanted.named("material")
    assert [name.form for name in names] == ["not alloyed"]
    names = parse_query("price of lanthanum metal (not oxide)").wanted.named("material")
    assert [name.form for name in names] == ["metal"]


def test_years_of_months_may_be_short_where_none_is_in_full() -> None:
    assert times(parse_query("NVK obligations: Jun 23, Apr 1 24")) == ["2023-06", "2024-04-01"]
    assert times(parse_query("price on Jun 23, 2024")) == ["2024-06-23"]
