"""The words of a look-up read into a Query: in full, in shorthand, by tickers and symbols."""

import pytest

from corpus.facts import Query
from corpus.language.names import Name
from index.query import OwnName, parse_query

OWN = (
    OwnName("Norvik Minerals Inc.", Name("Norvik Minerals Inc.")),
    OwnName("norvik minerals", Name("Norvik Minerals Inc.")),
    OwnName("NVK", Name("Norvik Minerals Inc.")),
)


def named(query: Query) -> list[str]:
    """Return the arguments as "role: key"."""
    return [f"{a.role}: {a.name.key}" for a in query.wanted.arguments]


def times(query: Query) -> list[str]:
    return [period.text for period in query.periods]


@pytest.mark.parametrize(
    ("words", "measure", "arguments", "periods"),
    [
        ("NdPr oxide avg px 2025", "price", ["material: ndpr oxide"], ["2025"]),
        ("ndpr oxide px 25", "price", ["material: ndpr oxide"], ["2025"]),
        ("ndpr oxide px 2025 in USD/kg", "price", ["material: ndpr oxide"], ["2025"]),
        ("Oz REO output 24", "production", ["place: australia"], ["2024"]),
        ("Tb px 24", "price", ["material: terbium"], ["2024"]),
        ("La oxide px FY24", "price", ["material: lanthanum oxide"], ["FY2024"]),
        ("dy2o3 price 2023", "price", ["material: dysprosium oxide"], ["2023"]),
        ("tb price 2023", "price", ["material: terbium"], ["2023"]),
        ("oxide prices of terbium", "price", ["material: terbium oxide"], []),
        ("LYC rev FY24", "revenue", ["subject: lynas"], ["FY2024"]),
        ("600111 net profit 2024", "net income", ["subject: china-northern-rare-earth"], ["2024"]),
        ("Baotou Steel Rare-Earth revenue 2024", "revenue",
         ["subject: china-northern-rare-earth"], ["2024"]),
        ("Hitachi Metals revenue FY2021", "revenue", ["subject: proterial"], ["FY2021"]),
        ("MP capex 2025", "capital expenditure", ["subject: mp-materials"], ["2025"]),
        ("NVK Q3 23 net sales", "revenue", ["subject: norvik minerals inc"], ["2023-Q3"]),
        ("Norvik Minerals Q3 23 rev", "revenue", ["subject: norvik minerals inc"], ["2023-Q3"]),
        ("Mtn Pass capa", "capacity", ["place: mountain-pass"], []),
        ("Myanmar output H1 25", "production", ["place: burma"], ["2025-H1"]),
        ("world reserves", "reserves", ["place: world"], []),
        ("US NIR 24", "net import reliance", ["place: united-states"], ["2024"]),
        ("China mine production 2019-2021", "mine production", ["place: china"],
         ["2019/2021", "2019", "2020", "2021"]),
        ("China mine output 22-24", "mine production", ["place: china"],
         ["2022/2024", "2022", "2023", "2024"]),
        ("China mining quota 2023 first batch", "mining quota", ["place: china"], ["2023-B1"]),
        ("separation capacity of Neo", "separation capacity",
         ["subject: neo-performance-materials"], []),
        ("中国 稀土 矿产量 2024", "mine production",
         ["place: china", "material: rare-earths"], ["2024"]),
        ("镨钕氧化物 均价 2025年", "price", ["material: ndpr oxide"], ["2025"]),
        ("北方稀土 营业收入 2024", "revenue", ["subject: china-northern-rare-earth"], ["2024"]),
        ("NdPr demand by 2030", "demand", ["material: ndpr"], ["../2030"]),
        ("tb oxide usd/kg 2022", "price", ["material: terbium oxide"], ["2022"]),
        ("share buybacks MP 2025", "share repurchases", ["subject: mp-materials"], ["2025"]),
    ],
)  # fmt: skip
def test_slots_are_filled(
    words: str, measure: str, arguments: list[str], periods: list[str]
) -> None:
    query = parse_query(words, OWN)
    assert (query.wanted.measure, named(query), times(query)) == (measure, arguments, periods)
    assert query.rest == ()


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("magnet exports from China to Japan 2024", ["origin: china", "destination: japan"]),
        ("US imports from Malaysia", ["place: united-states", "origin: malaysia"]),
        ("DoD loan to MP Materials", ["subject: dod", "borrower: mp-materials"]),
        ("stake in Iluka", ["owned: iluka"]),
        ("Lynas stake held by Sojitz", ["subject: lynas", "owner: sojitz"]),
    ],
)
def test_words_before_a_name_give_its_role(words: str, arguments: list[str]) -> None:
    assert named(parse_query(words)) == arguments


def test_editions_are_no_times() -> None:
    query = parse_query("MCS 2026 v1.3 China reserves")
    assert (query.editions, query.periods) == (("MCS 2026 v1.3",), ())
    assert parse_query("Vietnam reserves MCS 2026 vs 2025").editions == ("MCS 2026", "MCS 2025")
    assert parse_query("2025 Minerals Yearbook imports").editions == ("MYB 2025",)
    query = parse_query("MCS 2026 China mine production 2025")
    assert (query.editions, times(query)) == (("MCS 2026",), ["2025"])


@pytest.mark.parametrize(
    ("words", "slot", "said"),
    [
        ("NdPr oxide avg px", "statistic", "average"),
        ("US imports gross weight", "basis", "gross weight"),
        ("Ce oxide 99.5% price", "specification", "99.5%"),
        ("Dy oxide price fob China", "price_basis", "fob"),
        ("NdPr demand forecast 2030", "status", "forecast"),
        ("mine output 2025e", "status", "estimated"),
        ("China share of refining", "stage", "separation"),
        ("separation quota", "stage", "separation"),
    ],
)
def test_other_slots_are_filled(words: str, slot: str, said: str) -> None:
    query = parse_query(words)
    assert getattr(query.wanted, slot) == said
    assert query.rest == ()


def test_the_world_is_the_whole_of_a_share() -> None:
    query = parse_query("China share of world mine production 2024")
    assert (query.wanted.of, named(query)) == ("mine production", ["place: china"])
    assert named(parse_query("yttrium share of US imports from China")) == [
        "material: yttrium",
        "place: united-states",
        "origin: china",
    ]


def test_the_place_of_an_incoterm_is_no_place_of_the_fact() -> None:
    assert named(parse_query("Dy oxide price fob China")) == ["material: dysprosium oxide"]


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("NdPr output in kt", "kt"),
        ("NdPr px $/kg", "USD/kg"),
        ("NdPr px usd/lb", "USD/lb"),
        ("NdPr px yuan per tonne", "CNY/t"),
        ("NdPr output in million metric tons", "t"),
        ("NdPr imports $", "USD"),
        ("NdPr imports (€)", "EUR"),
        ("NdPr output t -> lb", "lb"),
        ("NdPr output in t", "t"),
        ("NdPr output given in kilos in tonnes", "t"),
        ("NdPr oxide price of 99.5 percent purity in dollars per pound", "USD/lb"),
        ("NdPr imports in Australian dollars", "AUD"),
        ("NdPr output", ""),
    ],
)
def test_a_unit_may_be_asked_for(words: str, unit: str) -> None:
    query = parse_query(words)
    assert (query.unit, query.rest) == (unit, ())
    assert {one.role for one in query.wanted.arguments} == {"material"}


@pytest.mark.parametrize(
    ("words", "scale"), [("NdPr imports in $bn", 1e9), ("NdPr imports in millions of euros", 1e6)]
)
def test_a_unit_is_asked_for_in_a_scale(words: str, scale: float) -> None:
    assert parse_query(words).scale == scale


def test_a_rate_of_exchange_is_read_beside_a_time_and_a_name() -> None:
    query = parse_query("Lynas revenue 2024 in EUR at 1.65 AUD/EUR")
    rate = query.calculation.rate
    assert rate
    assert (rate.value, rate.unit, query.unit) == (1.65, "AUD/EUR", "EUR")


def test_when_behind_an_amount_asks_for_no_date() -> None:
    query = parse_query("How many tons did China mine in 2024, when the file has kilos?")
    assert (query.value_kind, query.wanted.measure) == ("figure", "mine production")


def test_what_is_made_a_year_may_be_told_in_any_unit() -> None:
    assert not parse_query("How much NdPr oxide is the mine planned to make a year?").unit
    assert parse_query("How many tons a year does the mine make?").unit == "t/yr"


def test_what_is_counted_in_a_unit_is_no_part_of_it() -> None:
    query = parse_query("How many tons of magnets were made in Vietnam?")
    assert (query.unit, query.wanted.measure) == ("t", "magnet production")


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("US REO output 1899 t", ("1899",)),  # no quantity that the question gives
        ("China Ann. 18 end date", ("ann. 18", "end")),
        ("China phase 2 end date", ("phase 2", "end")),
    ],
)
def test_a_figure_that_tells_which_must_be_found(words: str, rest: tuple[str, ...]) -> None:
    assert parse_query(words).rest == rest


@pytest.mark.parametrize("when", ["latest year", "most recent year", "latest available year"])
def test_the_latest_year_is_the_latest_figure(when: str) -> None:
    query = parse_query(f"How much did China mine in the {when}?")
    assert (query.latest, query.rest) == (True, ())


def test_words_that_only_ask_are_no_subject() -> None:
    query = parse_query("What is the latest price of terbium oxide, please?")
    assert (query.wanted.measure, named(query)) == ("price", ["material: terbium oxide"])
    assert query.latest
    assert query.rest == ()
    assert parse_query("When did Molycorp go into bankruptcy?").value_kind == "date"
    assert parse_query("Who owns Lynas?").value_kind == "names"
    assert parse_query("yoy growth of China quota 2023").operation == "growth"
    empty = parse_query("what is the")
    assert (empty.wanted.measure, empty.wanted.arguments, empty.rest) == ("", (), ())


def test_what_no_slot_takes_is_the_rest() -> None:
    assert parse_query("NVK Q3 23 net sales iPhone", OWN).rest == ("iphone",)
    assert parse_query("LCD panel shipments Freedonia 2024").rest == ("lcd", "panel", "freedonia")


def test_things_listed_are_asked_one_by_one() -> None:
    query = parse_query("Nd and Dy oxide price 2024")
    assert [named(part) for part in query.parts] == [
        ["material: neodymium oxide"],
        ["material: dysprosium oxide"],
    ]
    query = parse_query("mine production China vs Australia, US 2024")
    assert [named(part) for part in query.parts] == [
        ["place: china"],
        ["place: australia"],
        ["place: united-states"],
    ]
    assert parse_query("exports from China to Japan").parts == ()


def test_things_that_each_have_the_same_measure_are_asked_one_by_one() -> None:
    query = parse_query("dysprosium oxide price vs terbium oxide price 2021-2025")
    assert [named(part) for part in query.parts] == [
        ["material: dysprosium oxide"],
        ["material: terbium oxide"],
    ]
    assert {part.wanted.measure for part in query.parts} == {"price"}


@pytest.mark.parametrize(
    "words",
    [
        "Where do US rare earth imports come from?",
        "Who is the largest supplier of rare earths to the United States?",
        "rare earths, US import sources",
        "Which countries supplied most imports of rare earths into the United States?",
    ],
)
def test_where_imports_come_from_is_asked_by_country(words: str) -> None:
    query = parse_query(words)
    assert (query.operation, query.group_by) == ("rank", ("place",))
    assert query.wanted.measure == "import sources"
    assert {one.partition(": ")[2] for one in named(query)} == {"rare-earths", "united-states"}
    assert not query.rest


def test_the_share_of_one_origin_is_no_ranking() -> None:
    query = parse_query("What share of US rare earth imports came from China?")
    assert (query.wanted.measure, query.group_by) == ("import sources", ())


def test_a_ticker_needs_its_capitals() -> None:
    assert named(parse_query("has Lynas REO output")) == ["subject: lynas"]  # HAS is a ticker


def test_two_figures_behind_an_article_are_no_year() -> None:
    assert times(parse_query("critical rare earths as % of the 17")) == []


def test_a_measure_is_of_the_kind_of_the_unit_that_is_asked_for() -> None:
    tons = parse_query("How many metric tons of low-purity gallium were produced in 2024?")
    assert (tons.wanted.measure, tons.wanted.statistic) == ("production", "")
    assert parse_query("purity of gallium in percent").wanted.measure == "purity"
    assert parse_query("How much was returned in share repurchases?").unit == ""


def test_what_is_put_together_is_no_comparison() -> None:
    words = "What did the court award Voss against Norvik in 2022 and 2023 together?"
    assert parse_query(words).operation == "total"


def test_how_far_apart_things_are_is_their_difference() -> None:
    words = "Exports were counted for 2024 and for 2025 up to July. How far apart are the counts?"
    assert parse_query(words).operation == "difference"


def test_what_each_of_them_holds_is_a_list() -> None:
    words = "Who owned Norvik in December 2021, and what percentage did each of them hold?"
    assert parse_query(words).operation == "list"


def test_two_figures_before_a_word_count_it() -> None:
    assert times(parse_query("capacity of the 24 trucks of Norvik")) == []
    assert times(parse_query("Norvik capacity 24")) == ["2024"]
    assert named(parse_query("what did Announcement 61 ban")) == ["subject: announcement-61"]


@pytest.mark.parametrize(
    "words",
    [
        "China's reserves according to the 2025 commodity summary",
        "China's reserves, mcs 2025",
        "reserves of China in the 2025 mineral commodity summaries",
    ],
)
def test_an_edition_is_named_without_capitals(words: str) -> None:
    query = parse_query(words)
    assert (query.editions, query.periods, query.rest) == (("MCS 2025",), (), ())


def test_what_is_counted_is_no_publication_without_its_capitals() -> None:
    query = parse_query("China's share of world mineral production 2024")
    assert (query.editions, times(query)) == ((), ["2024"])
    assert parse_query("China in World Mineral Production 2024").editions == ("WMP 2024",)


def test_an_edition_may_leave_its_series_unsaid() -> None:
    query = parse_query("China reserves in the 2025 edition")
    assert (query.editions, query.periods, query.rest) == (("MCS 2025",), (), ())


@pytest.mark.parametrize(
    "words",
    [
        "China reserves, 2025 USGS report",
        "China reserves in the 2025 USGS edition",
        "China reserves by the 2025 U.S. Geological Survey summary",
        "China reserves, version of 2025",
    ],
)
def test_an_edition_is_named_by_its_publisher(words: str) -> None:
    query = parse_query(words)
    assert (query.editions, query.periods, query.rest) == (("MCS 2025",), (), ())


@pytest.mark.parametrize(
    ("words", "measure", "unit"),
    [
        ("how much did Canada dig up in 2023", "mine production", ""),
        ("how much came out of Brazilian ground in 2023", "mine production", ""),
        ("which country sits on the most", "reserves", ""),
        ("how much yttrium did Japan buy from abroad", "imports", ""),
        ("how big was Japan's bill for scandium bought from abroad", "import value", "USD"),
        ("how much lanthanum did Estonia sell abroad", "exports", ""),
        ("how much did terbium oxide go for", "price", ""),
    ],
)
def test_a_measure_is_asked_for_in_other_words(words: str, measure: str, unit: str) -> None:
    query = parse_query(words)
    assert (query.wanted.measure, query.unit, query.rest) == (measure, unit, ())


def test_words_beside_times_say_no_more_of_them() -> None:
    query = parse_query("yttrium imports of Japan over the four years from 2020 to 2023 together")
    assert query.rest == ()
    assert parse_query("capacity of the four kilns").rest == ("four", "kilns")


def test_other_words_measure_nothing_where_no_amount_is_asked() -> None:
    assert parse_query("who brings in the ore").wanted.measure == ""
    assert parse_query("how long did the kiln take to build").wanted.measure == ""


@pytest.mark.parametrize(
    ("words", "measure", "rest"),
    [
        ("when did the Narva magnet plant open", "commissioning date", ()),
        ("when did the CRMA enter into force", "effective date", ()),
        ("Molycorp bankruptcy date", "bankruptcy date", ()),
        ("when was Silmet closed", "", ("closed",)),
        ("day in 2010 on which shipments to Japan stopped", "", ("shipments", "stopped")),
    ],
)
def test_a_date_is_asked_by_its_event(words: str, measure: str, rest: tuple[str, ...]) -> None:
    query = parse_query(words)
    assert (query.value_kind, query.wanted.measure, query.rest) == ("date", measure, rest)


def test_other_words_for_a_line_a_holding_and_a_year() -> None:
    assert parse_query("NVK pretax profit 2023", OWN).wanted.measure == "income before taxes"
    query = parse_query("owners of Iluka")
    assert (query.wanted.measure, query.value_kind, named(query)) == (
        "stake",
        "names",
        ["owned: iluka"],
    )
    query = parse_query("Chile mine production 1998 tonnes")
    assert (times(query), query.unit) == (["1998"], "t")
    assert parse_query("White Mesa capacity phase 2").rest == ("phase 2",)
    assert times(parse_query("NVK stocks end of Q2 2023", OWN)) == ["2023-Q2"]
    assert parse_query("value of mine production Chile").wanted.measure == "production value"


def test_a_share_an_alloy_and_the_end_of_a_month_are_asked_in_short() -> None:
    query = parse_query("Nd % of TREO Mount Weld")
    assert (query.wanted.measure, query.wanted.basis) == ("share", "TREO")
    assert named(parse_query("Sc-Al 2% alloy px 2023")) == ["material: scandium-aluminium"]
    assert parse_query("NVK stocks end-June 2023", OWN).rest == ()
    assert parse_query("US import bill 2018").wanted.measure == "import value"


def test_initials_of_a_segment_need_their_capitals() -> None:
    own = (*OWN, OwnName("DUST", Name("Drills and US Tools"), in_capitals=True))
    assert "subject: drills and us tools" in named(parse_query("NVK DUST revenue", own))
    assert parse_query("NVK dust revenue", own).rest == ("dust",)


def test_words_for_nothing_but_a_course_are_read() -> None:
    assert parse_query("growth of growth").operation == "growth"


@pytest.mark.parametrize(
    ("words", "operation", "group_by", "order", "most"),
    [
        ("mine production by country and year", "table", ("place", "year"), "", 0),
        ("consumption by end use", "table", ("use",), "", 0),
        ("top 5 mine producers 2022", "rank", ("who",), "largest", 5),
        ("the three smallest countries by reserves", "rank", ("place",), "smallest", 3),
        (
            "Who dug the most? Name the leading two nations",
            "rank",
            ("place",),
            "largest",
            2,
        ),
        (
            "which countries' reserves changed since 2024",
            "list",
            ("place",),
            "changed",
            0,
        ),
        ("which country supplied most of US imports", "rank", ("place",), "largest", 0),
        ("prices of dysprosium oxide 2021-2025 as a table", "table", (), "", 0),
        ("capacity planned by year 2030", "look-up", (), "", 0),
        ("Who were the largest producers in 2024?", "rank", ("who",), "largest", 0),
        ("AAPL segs by net sales, high to low", "rank", ("segment",), "largest", 0),
        ("NVDA revenue by market platform, qtr to 30 Oct 2022", "table", ("segment",), "", 0),
        ("erbium, US import origins 2021-24", "rank", ("place",), "", 0),
        ("dysprosium oxide price trend 2021-2025", "table", (), "", 0),
        ("China share of world mine production over time", "table", (), "", 0),
        (
            "In which year was the price of dysprosium oxide highest?",
            "table",
            ("year",),
            "largest",
            0,
        ),
        ("When did China's mine output peak?", "table", ("year",), "largest", 0),
        ("lowest terbium oxide price 2021-2025", "table", ("year",), "smallest", 0),
        ("highest terbium oxide price 2022", "look-up", (), "largest", 0),
        ("How is NdPr separated?", "explain", (), "", 0),
        ("How did NdPr output run in 2022?", "look-up", (), "", 0),
    ],
)
def test_the_shape_of_what_is_asked_for_is_read(
    words: str, operation: str, group_by: tuple[str, ...], order: str, most: int
) -> None:
    query = parse_query(words)

    assert (query.operation, query.group_by) == (operation, group_by)
    assert (query.order, query.most) == (order, most)


@pytest.mark.parametrize(
    ("words", "measures"),
    [
        ("revenue and net income of MP Materials", ["revenue", "net income"]),
        ("mining and separation quotas of China", ["mining quota", "separation quota"]),
        ("growth of revenue", []),
    ],
)
def test_listed_measures_are_parts(words: str, measures: list[str]) -> None:
    assert [part.wanted.measure for part in parse_query(words).parts] == measures


@pytest.mark.parametrize(
    ("words", "measure", "of"),
    [
        ("How much of the world's magnets does China make?", "share", "magnet production"),
        ("How much of global mine output comes from China?", "share", "mine production"),
        ("How dependent is the US on imports of rare earths?", "net import reliance", ""),
    ],
)
def test_a_share_may_be_asked_for_without_the_word(words: str, measure: str, of: str) -> None:
    wanted = parse_query(words).wanted

    assert (wanted.measure, wanted.of) == (measure, of)


def test_years_in_short_behind_a_unit_are_no_part_of_it() -> None:
    assert times(parse_query("Sc oxide imports t 2021 22 23")) == ["2021", "2022", "2023"]


@pytest.mark.parametrize("number", ["element 66", "element number 66", "atomic number 66"])
def test_an_element_is_named_by_its_number(number: str) -> None:
    assert named(parse_query(f"price of {number} in 2024")) == ["material: dysprosium"]


def test_a_measure_within_a_name_is_none() -> None:
    query = parse_query("What is the capacity of Iluka Resources?")
    assert query.calculation.measures == ("capacity",)


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("How many grams of cerium sit in one ton of the crust?", []),  # a rate
        ("Convert 1 t of NdPr oxide into lb", [1.0]),
        ("1 t Nd2O3 = ? kg Nd metal contained", [1.0]),
    ],
)
def test_one_of_a_unit_is_converted_where_nothing_else_is_asked(
    words: str, stated: list[float]
) -> None:
    assert [one.value for one in parse_query(words).calculation.stated] == stated


@pytest.mark.parametrize(
    "words",
    [
        "Which countries other than China and Burma mined most in 2024?",
        "Leaving China and Burma aside, which three countries mined most in 2024?",
        "top 3 countries by mine production 2024, ex China and Burma",
    ],
)
def test_names_that_are_left_out_of_a_ranking_are_none_that_it_is_of(words: str) -> None:
    query = parse_query(words)
    assert [name.id for name in query.without] == ["china", "burma"]
    assert (query.wanted.arguments, query.operation, query.rest) == ((), "rank", ())


def test_what_stands_outside_a_country_is_no_ranking() -> None:
    query = parse_query("What did exports outside China come to in 2022?")
    assert (query.without, query.rest) == ((), ("outside",))


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("loans of Aug + Nov 2025", ["2025-08", "2025-11"]),
        ("loans of July, August and October 2022", ["2022-07", "2022-08", "2022-10"]),
        ("loans of August 2022", ["2022-08"]),
    ],
)
def test_months_share_the_year_behind_the_last_of_them(words: str, times: list[str]) -> None:
    query = parse_query(words)
    assert [one.text for one in query.periods] == times
    assert not query.rest


def test_who_is_ranked_and_the_rest_of_them_are_no_subject() -> None:
    words = "Which countries supplied US gallium imports in 2024, and what share all others?"
    assert not parse_query(words).rest
