"""What the tables of sources say: times, editions, units, measures, and whose figures they are."""

from dataclasses import replace

import pytest
from assistants import SOURCE, row

from assistant.tabulating.measures import speaks_of, suits_unit, unit_key
from assistant.tabulating.observation import RowTable, is_figure, observe, says_something
from assistant.tabulating.periods import (
    Edition,
    find_editions,
    find_period,
    without_editions,
    without_period,
)
from assistant.tabulating.subjects import subjects_of, without_names
from index.passage import Evidence
from index.wording import stem


@pytest.mark.parametrize(
    ("text", "period", "year"),
    [
        ("2024", "2024", 2024),
        ("2025 (estimate)", "2025", 2025),
        ("Full year 2024", "2024", 2024),
        ("Mine production 2024", "2024", 2024),
        ("FY25", "FY25", 2025),
        ("First quarter of 2026", "First quarter of 2026", 2026),
        ("July-Sept. 2024", "July-Sept. 2024", 2024),
        ("Jan.-June 2025", "Jan.-June 2025", 2025),
        ("2020 to 2023", "2020 to 2023", 2023),
        ("Reserves", "", 0),
        ("2023 and 2024", "", 0),
    ],
)
def test_the_time_of_a_head(text: str, period: str, year: int) -> None:
    found = find_period(text)
    assert (str(found), found.year) == (period, year)


def test_parts_of_a_year_come_before_it_in_their_order() -> None:
    heads = ["2025", "FY24", "Fourth quarter 2024", "2024", "July-Sept. 2024", "Q1 2024"]
    ordered = sorted(map(find_period, heads), key=lambda period: period.order)
    assert [str(p) for p in ordered] == [
        "Q1 2024", "July-Sept. 2024", "Fourth quarter 2024", "FY24", "2024", "2025",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "editions", "rest"),
    [
        ("2024 (MCS 2025)", ["MCS 2025"], "2024"),
        ("MCS 2026 v1.3", ["MCS 2026 v1.3"], ""),
        ("Burma, Minerals Yearbook 2022", ["MYB 2022"], "Burma"),
        ("Mineral Commodity Summaries 2025", ["MCS 2025"], ""),
        ("Data Series 140", ["Data Series 140"], ""),
        ("Reported in 2025", [], "Reported in 2025"),
    ],
)
def test_editions_are_no_times(text: str, editions: list[str], rest: str) -> None:
    assert [str(edition) for edition in find_editions(text)] == editions
    assert without_editions(text).strip(" ,") == rest


def test_a_head_without_its_time() -> None:
    assert without_period("Mine production 2024") == "Mine production"
    assert without_period("2025 (estimate)") == ""
    assert without_period("Output, FY25") == "Output"


def test_newer_editions_and_versions_rank_higher() -> None:
    old, first, third = (
        Edition("MCS", 2025),
        Edition("MCS", 2026, "1.0"),
        Edition("MCS", 2026, "1.3"),
    )
    assert old.rank < first.rank < third.rank
    assert third.covers(2024)
    assert not third.covers(2015)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("metric tons, REO equivalent", "metric tons, rare-earth-oxide (REO) equivalent", True),
        ("metric tons REO", "tonnes of rare-earth oxide equivalent", True),
        ("US$ per kilogram", "dollars per kilogram", True),
        ("US$/kg", "US$ per kilogram", True),
        ("US$ per kilogram, f.o.b.", "US$ per kilogram, f.o.b", True),
        ("US$ per kilogram, f.o.b.", "US$ per kilogram", False),
        ("yuan per metric ton", "US$ per metric ton", False),
        ("metric tons, REO equivalent", "metric tons, gross weight", False),
        ("million metric tons REO", "metric tons REO", False),
    ],
)
def test_units_are_the_same_however_written(one: str, other: str, same: bool) -> None:
    assert (unit_key(one) == unit_key(other)) == same


def measure(word: str) -> frozenset[str]:
    return frozenset(map(stem, word.split()))


@pytest.mark.parametrize(
    ("asked", "near", "around", "speaks"),
    [
        ("production", ["Mine production"], ["World Mine Production and Reserves"], True),
        ("reserves", ["Mine production"], ["World Mine Production and Reserves"], False),
        ("production", ["Reserves"], ["World Mine Production and Reserves"], False),
        ("production", ["China"], ["World mine production by country"], True),
        ("reserves", ["China"], ["World mine production by country", "Reserves"], False),
        ("imports", ["Net import reliance"], [], False),
        ("production", ["Mining"], ["Full-year totals", "Chinese production quotas"], False),
        ("quotas", ["Mining"], ["Full-year totals", "Chinese production quotas"], True),
        ("production", ["Capacity"], ["Production plants"], False),
        ("price", ["NdPr oxide"], ["Price, average, dollars per kilogram"], True),
        ("price", ["NdPr oxide"], ["Output of oxides"], False),
        ("export quota", ["Exports"], ["Quota against reported exports"], False),
        ("export quota", ["Quota"], ["Quota against reported exports"], True),
    ],
)
def test_the_nearest_words_say_what_a_figure_is_of(
    asked: str, near: list[str], around: list[str], speaks: bool
) -> None:
    assert speaks_of(measure(asked), near, around) == speaks


def test_a_measure_suits_its_units_alone() -> None:
    dollars, tons, percent = unit_key("US$/kg"), unit_key("metric tons"), unit_key("percent")
    assert suits_unit(measure("price"), dollars, in_shares=False)
    assert not suits_unit(measure("price"), tons, in_shares=False)
    assert not suits_unit(measure("production"), dollars, in_shares=False)
    assert not suits_unit(measure("production"), percent, in_shares=False)
    assert suits_unit(measure("consumption"), percent, in_shares=True)
    assert suits_unit(measure("production"), frozenset(), in_shares=False)


def test_actors_goods_and_other_words_are_told_apart() -> None:
    found = subjects_of("MP Materials, NdPr oxide sold")
    assert (found.actors, found.goods) == (("mp-materials",), ("ndpr",))
    assert set(found.rest) == {stem("oxide"), stem("sold")}
    assert subjects_of("World total").actors == ("world",)
    assert subjects_of("Light rare earths").goods == ()


def test_who_was_sold_to_or_only_reports_acts_in_nothing() -> None:
    assert subjects_of("Price of concentrate sold to Lynas").actors == ()
    assert subjects_of("Output as reported by Lynas").actors == ()


def test_a_text_without_its_names() -> None:
    assert without_names("output of Lynas in China's mines").split() == [
        "output",
        "of",
        "in",
        "mines",
    ]


@pytest.mark.parametrize("text", ["270,000", "about 6,500", ">95", "890–1,000", "US$171.8", "-288"])
def test_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize(
    "text", ["NA", "8 November 2025", "2026", "2846.10.0000", "Reuters, 2024", "", "planned"]
)
def test_no_figures(text: str) -> None:
    assert not is_figure(text)


def test_signs_and_refusals_say_something_and_gaps_do_not() -> None:
    assert all(map(says_something, ["NA", "W", "—", "not published", "12"]))
    assert not any(map(says_something, ["", "not quoted", "not covered", "see below"]))


def table(*rows: Evidence, caption: str = "Mine production") -> RowTable:
    return RowTable(SOURCE, "", caption, rows)


def test_a_row_by_year_gives_a_figure_for_each_year() -> None:
    rows = [row("China", "1", "2", header=("", "2023", "2024"), caption="Mine production")]
    found = observe(table(*rows))
    assert [(o.label, str(o.period), o.cell.text) for o in found] == [
        ("China", "2023", "1"),
        ("China", "2024", "2"),
    ]
    assert [o.actors for o in found] == [("china",)] * 2


def test_year_and_edition_of_a_column_are_told_apart() -> None:
    found = observe(table(row("China", "1", header=("", "2024 (MCS 2026)"))))
    assert [(str(o.period), str(o.edition), o.column) for o in found] == [("2024", "MCS 2026", "")]


def test_period_and_edition_may_stand_in_cells_beside() -> None:
    header = ("", "Period", "Output", "Basis", "Edition")
    found = observe(table(row("Lynas", "FY25", "6,558", "oxide", "MCS 2026", header=header)))
    assert [(str(o.period), str(o.edition), o.cell.text) for o in found] == [
        ("FY25", "MCS 2026", "6,558")
    ]


def test_the_source_names_the_edition_where_no_head_does() -> None:
    source = replace(SOURCE, edition="MCS 2026", version="v1.3")
    one = row("China", "1", header=("", "2024"), source=source)
    [found] = observe(RowTable(source, "", "", (one,)))
    assert found.edition == Edition("MCS", 2026, "1.3")


def test_columns_of_words_give_no_figures() -> None:
    header = ("Year", "Quota", "Reported by")
    rows = [row(y, "100", "Reuters, 8 May 2020", header=header) for y in ("2019", "2020")]
    assert [(o.label, str(o.period), o.column) for o in observe(table(*rows))] == [
        ("", "2019", "Quota"),
        ("", "2020", "Quota"),
    ]


def test_a_refusal_has_the_unit_of_the_figures_above_it() -> None:
    header, unit = ("", "Mining"), "metric tons"
    rows = [
        row("2024", "270,000", header=header, unit=unit),
        row("2025", "not published", header=header),
    ]
    found = observe(table(*rows))
    assert [o.unit for o in found] == [unit_key(unit)] * 2
    assert [o.is_figure for o in found] == [True, False]


def test_a_sign_is_explained_unless_the_source_does() -> None:
    [plain] = observe(table(row("Burma", "NA", header=("", "Reserves")), row("China", "1")))[:1]
    assert plain.notes == ("NA usually means not available.",)


def test_a_row_without_a_label_begins_with_its_first_year() -> None:
    found = observe(table(row("1", "6", header=("2021", "2022"), unit="metric tons")))
    assert [(o.label, str(o.period), o.cell.text, o.unit) for o in found] == [
        ("", "2021", "1", unit_key("metric tons")),
        ("", "2022", "6", unit_key("metric tons")),
    ]


def test_the_scale_of_a_head_belongs_to_the_unit() -> None:
    rows = [row("Russia", "21", header=("", "Million metric tons"), unit="metric tons")]
    [found] = observe(table(*rows, caption="Reserves"))
    assert found.cell.unit == "million metric tons"
    assert found.unit == unit_key("million metric tons")


def test_a_quarter_in_a_caption_is_no_whole_year() -> None:
    caption = "Lynas, quarter from July to September 2024"
    [found] = observe(table(row("NdPr", "1,677", header=("", "Value"), caption=caption)))
    assert (found.period.year, bool(found.period.part)) == (2024, True)


def test_the_basis_that_a_cell_beside_names_is_noted() -> None:
    header = ("", "Period", "Output", "Basis", "Reported by")
    [found] = observe(table(row("Lynas", "FY25", "6,558", "as reported", "ASX", header=header)))
    assert found.notes == ("Basis: as reported",)
