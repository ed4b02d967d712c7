"""Which questions ask for a table, and what for."""

import json
from pathlib import Path

import pytest

from assistant.tabulating import asks_table
from assistant.tabulating.request import TableRequest, parse_request
from index.wording import stem

SHIPPED = Path(__file__).parents[1] / "assistant" / "evaluation" / "cases" / "shipped.jsonl"


@pytest.mark.parametrize(
    "question",
    [
        "Production by country 2018 to 2025",
        "NdPr price by year",
        "Which countries' reserves changed between MCS 2025 and 2026?",
        "China's quotas by year",
        "List the prices of dysprosium and terbium oxide 2021-2025 as a table",
        "Compare Lynas and MP Materials NdPr output by quarter",
        "Give me a table of U.S. net import reliance",
        "What were the prices of terbium oxide from 2021 to 2025?",
        "How much did each country's reserves amount to in MCS 2026?",
        "Show world mine production for each year since 2018",
        "World production by year 1990 to 2000",
        "Output year by year of Mountain Pass",
        "List annual exports of magnets",
    ],
)
def test_a_question_that_names_rows_or_columns_to_run_over_asks_for_a_table(question: str) -> None:
    assert asks_table(question)


@pytest.mark.parametrize(
    "question",
    [
        "What does Table 8 of the yearbook show?",
        "How much did China mine in 2025?",
        "How much did Chinese production rise from 2020 to 2024?",
        "How many tons per year can the Narva plant produce?",
        "Which edition lists production by country?",
        "By what percentage did Lynas increase output by year-end 2025?",
        "Which country mined most in 2025?",
        "Which countries supplied most imports to the United States from 2021 to 2024?",
        "Is yttrium in the periodic table?",
        "Who holds the quota by group?",
        "List the plants that make 850 tons per year",
        "What are the imports of the EU by 2030?",
        "What will the output be by year 2030?",
        "Which countries changed their export rules?",
    ],
)
def test_a_question_for_one_thing_asks_for_no_table(question: str) -> None:
    assert not asks_table(question)


def test_no_shipped_question_is_taken_for_a_request() -> None:
    questions = [json.loads(line)["question"] for line in SHIPPED.read_text("utf-8").splitlines()]
    assert [question for question in questions if asks_table(question)] == []


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("production by country 2018 to 2020", (2018, 2019, 2020)),
        ("production by country, 2018–20", (2018, 2019, 2020)),
        ("prices between 2021 and 2023 as a table", (2021, 2022, 2023)),
        ("prices in 2021 and 2023 as a table", (2021, 2023)),
        ("production by year", ()),
        ("reserves by country in MCS 2025 and MCS 2026", ()),
        ("production in 2024 by country in MCS 2025 and 2026", (2024,)),
    ],
)
def test_years_are_those_named_and_those_of_a_span(question: str, years: tuple[int, ...]) -> None:
    assert parse_request(question).years == years


@pytest.mark.parametrize(
    ("question", "editions"),
    [
        ("reserves that changed between MCS 2025 and 2026", ["MCS 2025", "MCS 2026"]),
        ("reserves in the 2025 and 2026 editions", ["MCS 2025", "MCS 2026"]),
        ("reserves in MCS 2026 v1.0 and v1.3", ["MCS 2026 v1.0", "MCS 2026 v1.3"]),
        ("output in Minerals Yearbook 2022 by country", ["MYB 2022"]),
        ("reserves by country", []),
    ],
)
def test_editions_are_those_named_in_any_form(question: str, editions: list[str]) -> None:
    assert [str(edition) for edition in parse_request(question).editions] == editions


@pytest.mark.parametrize(
    ("question", "rows", "columns"),
    [
        ("production by country 2018 to 2025", "country", "year"),
        ("capacity by company", "company", "time"),
        ("NdPr price by year", "named", "year"),
        ("Lynas NdPr output by quarter", "named", "part"),
        ("Lynas NdPr output by quarter and year", "named", "year and part"),
        ("U.S. net import reliance by edition", "named", "edition"),
        ("consumption by end use", "any", "time"),
    ],
)
def test_rows_and_columns(question: str, rows: str, columns: str) -> None:
    request = parse_request(question)
    assert (request.rows, request.columns) == (rows, columns)


def test_names_are_told_from_what_is_measured() -> None:
    request = parse_request("Compare Lynas and MP Materials NdPr output by year")
    assert request.actors == ("lynas", "mp-materials")
    assert request.goods == ("ndpr",)
    assert request.measure_words == "output"
    assert request.qualifiers == frozenset()


def test_whose_imports_are_asked_by_country_is_no_row() -> None:
    request = parse_request("U.S. imports of compounds by country")
    assert (request.actors, request.owners) == ((), ("united-states",))


def test_several_measures_are_alternatives_and_one_of_two_words_is_one() -> None:
    def measures(question: str) -> int:
        return len(parse_request(question).measures)

    assert measures("revenue and net income of Lynas by year") == 2
    assert measures("U.S. net import reliance by year") == 1


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Scandium oxide and metal prices by year", ["oxide", "metal"]),
        ("Chinese mining and separation quotas by year", ["mining", "separation"]),
        ("Chinese smelting-and-separation quotas by year", ["smelting separation"]),
        ("Mine production and reserves by country", []),
    ],
)
def test_what_is_said_of_each_of_several_things(question: str, said: list[str]) -> None:
    expected = tuple(frozenset(map(stem, words.split())) for words in said)
    assert parse_request(question).alternatives == expected


def test_countries_side_by_side_are_rows_where_several_things_are_asked_of_them() -> None:
    request = parse_request("Table of Brazil and Russia: mine production 2025 and reserves")
    assert (request.rows, request.actors) == ("country", ("brazil", "russia"))
    assert parse_request("Table of mine production of Brazil and Russia").rows == "named"


def test_production_by_year_of_no_one_is_that_of_the_world() -> None:
    request: TableRequest = parse_request("mine production by year")
    assert (request.actors, request.rows) == (("world",), "named")


@pytest.mark.parametrize(
    ("question", "change"),
    [
        ("which countries' output changed between 2023 and 2024", "any"),
        ("which companies' revenue fell between 2023 and 2024", "down"),
        ("which countries' output rose between 2023 and 2024", "up"),
        ("production by country 2023 to 2024", "none"),
    ],
)
def test_a_wish_for_changes_is_read(question: str, change: str) -> None:
    assert parse_request(question).change == change


def test_a_wish_for_a_unit_is_read() -> None:
    assert parse_request("output by country in kilograms").unit == {"kg"}
