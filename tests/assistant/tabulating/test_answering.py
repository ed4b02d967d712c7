"""Tables on request over small homes and over the shipped documents."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from assistants import check_answer, open_assistant
from fakes import HashingEmbedder, write_files

from assistant.answer import Answer, answer_to_json
from assistant.answer.answer_table import NOT_GIVEN
from assistant.assistant import Assistant
from assistant.tabulating.writing import CSV_COLUMNS, table_csv, table_text
from bench.tabulating import faults, load_table_cases
from index.embedding import Embedder
from index.passage import Filters

pytestmark = pytest.mark.slow

HEAD = "---\ntitle: {title}\npublisher: U.S. Geological Survey\npublished: {published}\n---\n\n"
MCS_2025 = """# Mineral Commodity Summaries 2025: rare earths

## World mine production

Table 1. World mine production and reserves, metric tons REO equivalent

| Country | Mine production 2023 | Mine production 2024 | Reserves |
|---|---|---|---|
| China | 255,000 | 270,000 | 44,000,000 |
| Nigeria | 7,200 | 13,000 | NA |
| India | 2,900 | 2,900 | 6,900,000 |
| World total | 376,000 | 390,000 | >90,000,000 |
"""
MCS_2026 = """# Mineral Commodity Summaries 2026: rare earths

## World mine production

Table 1. World mine production and reserves, metric tons REO equivalent

| Country | Mine production 2024 | Mine production 2025 | Reserves |
|---|---|---|---|
| China | 270,000 | 270,000 | 44,000,000 |
| Nigeria | 1,500 | 1,500 | NA |
| India | 2,900 | 2,900 | NA |
| World total | 380,000 | 390,000 | >75,000,000 |
"""
CHINESE_PRICES = """# Oxide prices

Table 1. Price of dysprosium oxide, yuan per kilogram

| Oxide | 2023 | 2024 |
|---|---|---|
| Dysprosium oxide | 2,310 | 1,790 |

Table 2. Price of dysprosium oxide, US$ per kilogram

| Oxide | 2022 | 2023 | 2024 |
|---|---|---|---|
| Dysprosium oxide | 382 | 330 | 257 |
| =HYPERLINK("http://evil.example") oxide | 1 | 2 | 3 |
"""
SALIENT = """# Salient statistics of the United States

Table 1. Salient Statistics, United States: price, average, dollars per kilogram

| Price | 2021 | 2022 | 2023 | 2024 |
|---|---|---|---|---|
| Holmium oxide, 99.5% minimum | 111 | 102 | 93 | 84 |

# Prices of two years

Table 2. Average prices of rare-earth oxides, dollars per kilogram

| Oxide | Purity | 2021 | 2022 |
|---|---|---|---|
| Holmium oxide | 99.5 | 111 | 102 |
"""
YUAN = """# Terbium metal and dysprosium metal

Table 1. Price of terbium metal, yuan per ton

| Date | 26 March 2025 | 10 April 2025 |
|---|---|---|
| Terbium metal | 1.64 million | 1.68 million |

Table 2. Price of terbium metal, thousand yuan per ton

| Date | 12 February 2026 |
|---|---|
| Terbium metal | 1,470 |
"""
EUROPIUM = """# Europium

Table 1. Price of europium oxide, dollars per kilogram

| Oxide | 2021 | 2022 | 2023 | 2024 |
|---|---|---|---|---|
| Europium oxide | 31 | 40 | 24 | 27 |
"""
CREDIT = """# The scrap credit

Table 1. Share of the scrap credit by year, percent

| Law | 2030 | 2031 |
|---|---|---|
| Act of 3 May 2022 | 100 | 90 |
| Act of 9 June 2025 | 100 | 60 |
"""
DIVISIONS = """# Norvik Minerals: divisions

Table 1. Norvik Minerals, revenue by division, million US$

| Division | 2024 | 2025 |
|---|---|---|
| Northern | 410 | 530 |
| Southern | 120 | 90 |
| Overseas | 35 | 41 |
| Coatings and Other | 20 | 30 |
| Consolidated | 585 | 691 |

Table 2. Norvik Minerals, million US$

| | 2024 | 2025 |
|---|---|---|
| Net income | 12 | (3) |
"""
MARKETS = """# Tessaly Trading Inc.: sales

Table 1. Tessaly Trading Inc., million US$

| | 2024 | 2025 |
|---|---|---|
| Net sales by reportable segment: | | |
| Americas | 40 | 49 |
| Greater China | 21 | 23 |
| Japan | 31 | 27 |
| Net sales by category: | | |
| Lamps | 52 | 60 |
| Motors | 40 | 39 |
"""
HEAVY = """# Rare Earths (Heavy)

Table 1. Salient statistics: price, average, dollars per kilogram

| Price | 2016 | 2017 |
|---|---|---|
| Thulium oxide | 210 | 220 |
| Ytterbium oxide | 15 | 16 |
| Lutetium oxide | 800 | 820 |
"""


@pytest.fixture(scope="module")
def small(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("small")
    files = write_files(
        folder / "files",
        {
            "mcs2025.md": MCS_2025,
            "mcs2026.md": MCS_2026,
            "prices.md": CHINESE_PRICES,
            "credit.md": CREDIT,
            "yuan.md": YUAN,
            "europium.md": EUROPIUM,
            "salient.md": SALIENT,
            "divisions.md": DIVISIONS,
            "heavy.md": HEAVY,
            "markets.md": MARKETS,
        },
    )
    assistant, _ = open_assistant(folder / "home", embedder, files)
    yield assistant
    assistant.close()


def grid(answer: Answer) -> dict[str, list[str]]:
    """Return the cells of a table by the heads of its rows."""
    assert answer.table
    return {row.head: [cell.text for cell in row.cells] for row in answer.table.rows}


def test_what_is_the_sum_of_the_other_rows_is_not_ranked_with_them(small: Assistant) -> None:
    answer = small.ask("Norvik Minerals revenue by division 2024 and 2025")
    check_answer(small, answer)
    assert answer.sentences[0].text == (
        "Highest revenue in 2025: Northern with 530 million USD, then Southern (90) and Overseas "
        "(41)."
    )
    assert list(grid(answer)) == [
        "Northern",
        "Southern",
        "Overseas",
        "Coatings and Other",
        "Consolidated",
    ]


def test_regions_and_categories_may_be_the_segments_of_a_company(small: Assistant) -> None:
    answer = small.ask("Norvik Minerals revenue by category 2025")
    check_answer(small, answer)
    assert grid(answer)["Northern"] == ["530"]


@pytest.mark.parametrize(
    "question",
    [
        "Tessaly Trading: top 2 regions by net sales in 2025",
        "Net sales of Tessaly Trading in each of its three reportable segments in 2025",
    ],
)
def test_places_below_a_heading_of_segments_are_regions(small: Assistant, question: str) -> None:
    answer = small.ask(question)
    check_answer(small, answer)
    assert grid(answer)["Americas"] == ["49"]
    assert grid(answer)["Japan"] == ["27"]
    assert "Lamps" not in grid(answer)


def test_from_a_profit_to_a_loss_no_percentage_is_told(small: Assistant) -> None:
    answer = small.ask("Norvik Minerals net income 2024 and 2025")
    check_answer(small, answer)
    assert answer.sentences[0].text == (
        "The net income fell from $12 million in 2024 to a loss of $3 million in 2025."
    )


def test_editions_make_one_table_and_the_newest_figure_is_shown(small: Assistant) -> None:
    answer = small.ask("Mine production by country 2023 to 2025")
    check_answer(small, answer)
    assert answer.table
    assert answer.table.columns == ("2023", "2024", "2025")
    assert grid(answer) == {
        "China": ["255,000", "270,000", "270,000"],
        "Nigeria": ["7,200", "1,500", "1,500"],
        "India": ["2,900", "2,900", "2,900"],
        "World total": ["376,000", "380,000", "390,000"],
    }
    assert answer.status == "conflicting"
    nigeria = answer.table.rows[1].cells[1]
    assert nigeria.notes == ("MCS 2025: 13,000, superseded",)
    [number] = nigeria.others
    assert "| 13,000 |" in answer.citations[number - 1].quote


def test_a_measure_without_a_year_has_a_column_of_its_own(small: Assistant) -> None:
    answer = small.ask("Mine production 2024 and 2025 and reserves by country in a table")
    assert answer.table
    assert answer.table.columns == ("Mine production 2024", "Mine production 2025", "Reserves")
    assert grid(answer)["Nigeria"] == ["1,500", "1,500", "NA"]
    assert grid(answer)["World total"] == ["380,000", "390,000", ">75,000,000"]


def test_what_is_asked_for_and_not_in_the_table_is_named(small: Assistant) -> None:
    answer = small.ask("Mine production and employment by country, 2024 and 2025, in a table")
    assert answer.table
    told = "Asked for, and not in this table: employment."
    assert told in answer.table.remarks


def test_each_cell_is_cited_by_its_own_row(small: Assistant) -> None:
    answer = small.ask("Mine production by country 2023 to 2025")
    assert answer.table
    for row in answer.table.rows:
        for cell in row.cells:
            [number] = cell.citations
            citation = answer.citations[number - 1]
            assert cell.text in [one.text for one in citation.cells]
            assert citation.quote.startswith(row.head)


def test_rows_that_did_not_change_are_left_out(small: Assistant) -> None:
    answer = small.ask("Which countries' reserves changed between MCS 2025 and MCS 2026?")
    check_answer(small, answer)
    assert grid(answer) == {"India": ["6,900,000", "NA"]}
    assert answer.table
    assert answer.table.rows[0].cells[1].notes == ("NA: not available",)
    assert answer.status == "answered"


def test_a_year_for_which_nothing_is_found_is_named(small: Assistant) -> None:
    answer = small.ask("Mine production by country 2021 to 2024")
    assert answer.table
    assert "Years for which nothing was found: 2021, 2022." in answer.table.remarks


def test_only_sources_that_filters_admit_are_read(small: Assistant) -> None:
    filters = Filters(source="mcs2025")
    answer = small.ask("Mine production by country", (), filters)
    assert answer.table
    assert answer.table.columns == ("2023", "2024")
    assert {citation.source.path for citation in answer.citations} == {"mcs2025.md"}


def test_another_unit_is_left_out_and_named(small: Assistant) -> None:
    answer = small.ask("Dysprosium oxide price by year")
    assert grid(answer) == {"Dysprosium oxide": ["382", "330", "257"]}
    assert answer.table
    assert answer.table.unit == "USD/kg"
    assert "Left out, as of another unit or basis: CNY/kg." in answer.table.remarks


def test_the_unit_that_is_asked_for_is_taken(small: Assistant) -> None:
    answer = small.ask("Dysprosium oxide price by year in yuan per kilogram")
    assert grid(answer) == {"Dysprosium oxide": ["2,310", "1,790"]}


def test_where_no_table_comes_out_it_is_said_what_was_looked_for(small: Assistant) -> None:
    answer = small.ask("Lithium production by country")
    assert (answer.status, answer.table, answer.citations) == ("not_found", None, ())
    assert "measure: production; material: lithium" in answer.text


def test_a_span_of_years_is_a_series_with_its_change_step_by_step(small: Assistant) -> None:
    answer = small.ask("What was the price of dysprosium oxide from 2022 to 2024?")
    check_answer(small, answer)
    assert grid(answer) == {"Dysprosium oxide": ["382", "330", "257"]}
    assert answer.sentences[0].text == (
        "The price of dysprosium oxide fell from $382 per kilogram in 2022 to $257 per kilogram "
        "in 2024 (-32.7%: (257 − 382) / 382)."
    )


def test_a_series_is_told_with_what_lies_beyond_both_its_ends(small: Assistant) -> None:
    answer = small.ask("Trend of the europium oxide price from 2021 to 2024")
    check_answer(small, answer)
    assert answer.sentences[0].text == (
        "The price of europium oxide fell from $31 per kilogram in 2021 to $27 per kilogram in "
        "2024 (-12.9%: (27 − 31) / 31), with a high of $40 per kilogram in 2022 and a low of $24 "
        "per kilogram in 2023."
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "In which year was the europium oxide price highest?",
            "The price of europium oxide was highest in 2022, with $40 per kilogram, of the "
            "figures from 2021 to 2024.",
        ),
        (
            "What was the lowest price of europium oxide between 2021 and 2024?",
            "The price of europium oxide was lowest in 2023, with $24 per kilogram, of the "
            "figures from 2021 to 2024.",
        ),
    ],
)
def test_the_highest_and_the_lowest_of_a_series_are_told_with_their_time(
    small: Assistant, question: str, told: str
) -> None:
    answer = small.ask(question)
    check_answer(small, answer)
    assert grid(answer) == {"Europium oxide": ["31", "40", "24", "27"]}
    assert answer.sentences[0].text == told


def test_a_series_of_prices_is_that_of_the_table_that_gives_most_of_it(small: Assistant) -> None:
    """Who prints a price does not make it another one."""
    answer = small.ask("Holmium oxide price each year from 2021 to 2024?")
    assert list(grid(answer).values()) == [["111", "102", "93", "84"]]


def test_the_first_of_a_ranking_are_shown_and_the_world_is_none_of_them(small: Assistant) -> None:
    answer = small.ask("Top 2 countries by mine production in 2025")
    check_answer(small, answer)
    assert grid(answer) == {
        "China": ["270,000"],
        "India": ["2,900"],
        "World total": ["390,000"],
    }
    assert answer.sentences[0].text == (
        "Highest mine production in 2025: China with 270,000 t REO, then India (2,900)."
    )


@pytest.mark.parametrize(
    "asked",
    ["heavy REOs by 2017 price, high to low", "Which two heavy oxides had the highest 2017 price?"],
)
def test_the_members_of_a_class_are_ranked_that_a_title_names(small: Assistant, asked: str) -> None:
    answer = small.ask(asked)
    check_answer(small, answer)
    assert list(grid(answer))[:2] == ["Lutetium oxide", "Thulium oxide"]


def test_who_is_left_out_of_a_ranking_is_no_row_of_it(small: Assistant) -> None:
    answer = small.ask("Which two countries other than China mined most in 2025?")
    check_answer(small, answer)
    assert list(grid(answer)) == ["India", "Nigeria", "World total"]
    assert answer.sentences[0].text == (
        "Highest mine production in 2025 without China: India with 2,900 t REO, then Nigeria "
        "(1,500)."
    )


def test_what_is_compared_at_no_time_is_compared_at_the_last(small: Assistant) -> None:
    answer = small.ask("Compare the mine production of Nigeria and India")
    check_answer(small, answer)
    assert list(grid(answer).values()) == [["1,500"], ["2,900"]]
    assert answer.sentences[0].text == (
        "Highest mine production in 2025: India with 2,900 t REO, then Nigeria (1,500)."
    )


def test_the_figures_of_a_row_are_told_in_one_scale(small: Assistant) -> None:
    answer = small.ask("Price of terbium metal in yuan per ton, over time")
    check_answer(small, answer)
    cells = next(row.cells for row in answer.table.rows) if answer.table else ()
    assert [cell.number for cell in cells] == [1.64, 1.68, 1.47]
    assert "1,470 stands for" in " ".join(cells[-1].notes)


def test_the_last_of_a_ranking_come_first_where_they_are_asked_for(small: Assistant) -> None:
    answer = small.ask("Which countries had the smallest mine production in 2025?")
    assert list(grid(answer)) == ["Nigeria", "India", "China", "World total"]
    assert answer.sentences[0].text.startswith("Lowest mine production in 2025: Nigeria with 1,500")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Which countries mined more than 2,000 t in 2025?",
            "Mine production of more than 2,000 t in 2025: China (270,000) and India (2,900).",
        ),
        (
            "countries with mine production below 5 kt in 2024",
            "Mine production of less than 5 kt in 2024: Nigeria (1,500) and India (2,900).",
        ),
    ],
)
def test_those_are_listed_whose_newest_figures_keep_to_a_limit(
    small: Assistant, question: str, told: str
) -> None:
    answer = small.ask(question)
    check_answer(small, answer)
    assert answer.sentences[0].text == told
    assert len(grid(answer)) == 2  # Nigeria's 13,000 of an older edition is none, nor the world


def test_where_nothing_keeps_to_a_limit_it_is_said(small: Assistant) -> None:
    answer = small.ask("Which countries mined more than 900,000 t in 2025?")
    assert answer.status == "not_found"
    assert answer.text == (
        "The sources do not say: none of 4 figures is more than 900,000 t. Taken from: Table 1. "
        "World mine production and reserves, metric tons REO equivalent."
    )


def test_lines_of_one_measure_are_told_apart_by_their_labels(small: Assistant) -> None:
    answer = small.ask("Share of the scrap credit by year, as a table")
    assert grid(answer) == {"Act of 3 May 2022": ["100", "90"], "Act of 9 June 2025": ["100", "60"]}


def test_a_table_as_text_has_marks_and_notes_below(small: Assistant) -> None:
    answer = small.ask("Mine production by country 2024 to 2025")
    assert answer.table
    lines = table_text(answer.table).splitlines()
    assert lines[0] == "Mine production by country (t, REO)"
    assert lines[2].split() == ["Country", "2024", "2025"]
    nigeria = next(line for line in lines if line.startswith("Nigeria"))
    assert nigeria.split() == ["Nigeria", "1,500", "[2]a[5]", "1,500", "[2]"]
    assert "a  MCS 2025: 13,000, superseded" in lines


def test_a_table_as_csv_has_a_line_a_cell_with_its_source(small: Assistant) -> None:
    answer = small.ask("Mine production by country 2023 to 2025")
    lines = list(csv.DictReader(io.StringIO(table_csv(answer))))
    assert tuple(lines[0]) == CSV_COLUMNS
    assert len(lines) == 12
    assert [(line["row"], line["column"], line["value"]) for line in lines[:2]] == [
        ("China", "2023", "255,000"),
        ("China", "2024", "270,000"),
    ]
    assert lines[0]["path"] == "mcs2025.md"
    assert lines[0]["quote"] == "China | 255,000 | 270,000 | 44,000,000"
    assert (lines[0]["unit"], lines[0]["basis"]) == ("t", "REO")


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("+x", "'+x"), ("@x", "'@x"), ("-x", "'-x"), ("-288", "-288"), ("5", "5")],
)
def test_no_word_of_a_source_is_a_formula_in_csv(small: Assistant, text: str, written: str) -> None:
    answer = small.ask("Dysprosium oxide price by year")
    assert answer.table
    head = replace(answer.table.rows[0], head=text)
    table = replace(answer.table, rows=(head,))
    lines = list(csv.DictReader(io.StringIO(table_csv(replace(answer, table=table)))))
    assert {line["row"] for line in lines} == {written}


def test_a_table_as_json_has_its_cells(small: Assistant) -> None:
    told = answer_to_json(small.ask("Mine production by country 2024 to 2025"))["table"]
    assert told["columns"] == ["2024", "2025"]
    assert told["rows"][1]["cells"][0] == {
        "text": "1,500", "citations": [2], "notes": ["MCS 2025: 13,000, superseded"], "others": [5],
    }  # fmt: skip
    assert answer_to_json(small.ask("What is dysprosium?"))["table"] is None


def test_a_table_that_was_asked_for_beside_the_question_is_replayed_as_one(
    small: Assistant,
) -> None:
    question = "What was the price of dysprosium oxide from 2022 to 2024?"
    kept = small.keep(small.tabulate(question), as_table=True)
    replay = small.replay(kept.id)
    assert replay.changes == ()
    assert replay.now.answer["table"] == replay.record.answer["table"]


# Its table names who buys, whom the reader takes for whom it is of.
_LOST = ("concentrate-price-quarters",)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.xfail(strict=True) if case.id in _LOST else ())
        for case in load_table_cases()
    ],
    ids=[case.id for case in load_table_cases()],
)
def test_requests_over_the_shipped_documents(library: Assistant, case: object) -> None:
    assert faults(case, library) == ()  # type: ignore[arg-type]


def test_a_cell_of_which_nothing_is_said_reads_so(library: Assistant) -> None:
    answer = library.ask("Production by country 2018 to 2025")
    check_answer(library, answer)
    assert answer.table
    nigeria = next(row for row in answer.table.rows if row.head == "Nigeria")
    assert (nigeria.cells[0].text, nigeria.cells[0].citations) == (NOT_GIVEN, ())
    assert answer.table.rows[-1].head == "World total"


def test_a_year_is_compared_by_its_average_and_not_by_its_days(tmp_path: Path) -> None:
    days = (
        "# Prices by day\n\nTable 1. Price of oxides, yuan per kilogram\n\n"
        "| Oxide | 26 March 2025 | 10 April 2025 | 4 September 2025 |\n|---|---|---|---|\n"
        "| Holmium oxide | 480 | 490 | 500 |\n| Erbium oxide | 300 | 310 | 320 |\n"
    )
    years = (
        "# Prices by year\n\nTable 1. Average price of oxides, US$ per kilogram\n\n"
        "| Oxide | 2024 | 2025 |\n|---|---|---|\n"
        "| Holmium oxide | 67 | 70 |\n| Erbium oxide | 43 | 46 |\n"
    )
    folder = write_files(tmp_path / "files", {"days.md": days, "years.md": years})
    assistant, _ = open_assistant(tmp_path / "home", HashingEmbedder(), folder)
    table = assistant.ask("Compare holmium and erbium oxide average prices in 2025").table
    assistant.close()
    assert table
    assert (table.columns, table.unit) == (("2025",), "USD/kg")
