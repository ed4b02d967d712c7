"""Everyday words, shorthand and quarters by their months, as somebody types them."""

import pytest

from corpus.language.names import Name
from corpus.language.vocabulary import load_vocabulary
from index.query import OwnName, parse_query
from index.query.normalization import plain_words


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Peru cpds val 24", "Peru compounds value 24"),
        ("smelt+sep quota 2021", "smelting and separation quota 2021"),
        ("how many people worked at Iluka", "how many employment at Iluka"),
        ("Iluka zircon made 2024", "Iluka zircon production 2024"),
        ("profit made by Iluka", "profit made by Iluka"),
        ("quota 2022 full yr", "quota 2022"),
        ("stockpile cerium buy FY2022", "stockpile cerium potential acquisitions FY2022"),
        ("magnets shipped from Japan to India", "magnets exports from Japan to India"),
        ("valuation of valves", "valuation of valves"),
        ("Amazon consolidated revenue 2023", "Amazon total revenue 2023"),
        ("a company consolidated by Intel", "a company consolidated by Intel"),
        ("price 2021->2024", "price 2021 – 2024"),
        ("price May -> Sept 2025", "price May – Sept 2025"),
        ("output t -> lb", "output t -> lb"),
    ],
)
def test_everyday_words_are_put_in_those_of_the_tables(words: str, plain: str) -> None:
    assert plain_words(words, load_vocabulary()) == plain


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("revenue qtr to Apr 2022", "P3M/2022-04-30"),
        ("revenue quarter ended June 2021", "P3M/2021-06-30"),
        ("revenue Jan 2024 quarter", "P3M/2024-01-31"),
        ("revenue Apr-Jun 2022", "P3M/2022-06-30"),
        ("revenue Dec quarter 2023", "P3M/2023-12-31"),
        ("revenue Q2 2022", "2022-Q2"),
        ("price April 2022", "2022-04"),
    ],
)
def test_a_month_beside_a_quarter_names_its_three_months(words: str, period: str) -> None:
    query = parse_query(words)
    assert ([one.text for one in query.periods], query.rest) == ([period], ())


def test_the_value_of_a_tonnage_is_money() -> None:
    assert parse_query("value of mine production Chile 2023").unit == "USD"
    assert parse_query("mine production Chile 2023").unit == ""


def test_whose_a_figure_is_may_be_said_with_an_apostrophe() -> None:
    own = (OwnName("norvik", Name("Norvik Minerals Inc.")),)
    query = parse_query("Norvik's revenue 2023", own)
    assert [a.name.text for a in query.wanted.arguments] == ["Norvik Minerals Inc."]
    assert query.rest == ()


def test_the_time_of_a_correction_is_no_time_of_the_fact() -> None:
    query = parse_query("Peru reserves after the April 2021 revision")
    assert (query.periods, query.rest) == ((), ("revision",))


def test_growth_alone_is_growth_of_what_is_named() -> None:
    for words in ("Xbox growth", "Xbox revenue growth"):
        assert parse_query(words).operation == "growth"
    assert parse_query("Xbox growth").wanted.measure == ""


def test_forms_that_are_listed_belong_to_one_material() -> None:
    for words in ("REE compounds and metals", "RE cpds/metal", "rare-earth compounds & metal"):
        (argument,) = parse_query(f"US imports {words} 2021").wanted.arguments[1:]
        assert argument.name.form == "compounds and metal"


def test_a_share_of_ore_is_of_the_bare_element() -> None:
    assert parse_query("Ce share of ore").wanted.arguments[0].name.form == ""
