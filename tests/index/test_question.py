"""What a question asks: kind, words, names, materials, years and editions."""

import pytest

from index.query import parse_query
from index.question import AnswerKind, Question, analyze, editions


def test_a_question_is_taken_apart() -> None:
    text = "What was CNRE's revenue in 2024 according to MCS 2026?"
    asked = analyze(text)
    assert asked == Question(
        text=text,
        query=parse_query(text),
        words=("cnre", "revenue"),
        names=("CNRE",),
        figures=frozenset({2024.0, 2026.0}),
    )
    assert (asked.years, asked.editions, asked.materials) == ((2024,), ("MCS 2026",), ())
    assert (asked.wants_list, asked.wants_latest) == (False, False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("When did Lynas open Mount Weld?", "date"),
        ("In which month was the plant finished?", "date"),
        ("What share of global refining does China control?", "percent"),
        ("What grade has the ore?", "percent"),
        ("What did the project cost?", "money"),
        ("How many dollars did it cost?", "money"),
        ("What was the revenue in 2024?", "money"),
        ("How many people does Baogang employ?", "figure"),
        ("How many shares were sold?", "figure"),
        ("What is the capacity of the facility?", "figure"),
        ("What was Australia's production?", "figure"),
        ("Why did the price rise?", "other"),
        ("Which company paid for it?", "other"),
        ("Which mine produces bastnaesite?", "other"),
    ],
)
def test_kind_of_answer_wanted(text: str, kind: AnswerKind) -> None:
    told = analyze(text).query.value_kind
    named = {"share": "percent", "any": "other", "names": "other"}
    assert named.get(told, told) == kind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Who runs MP Materials?", ("MP Materials",)),
        ("When did Lynas open Mount Weld?", ("Lynas", "Mount Weld")),
        ("What were Australia's reserves?", ("Australia",)),
        ("Does the Department of the Interior say so?", ("Department of the Interior",)),
        ("Does Announcement No 18 apply?", ("Announcement No 18",)),
        ("What does the mine hold?", ()),
        ("In May, what happened?", ()),
        ("What was Lynas Q1 2024 revenue, and in H1?", ("Lynas",)),
        ("What was the revenue of SSE:600111 and of MP Materials?", ("SSE:600111", "MP Materials")),
        ("AAPL iPad sales and iPhones", ("AAPL", "iPad", "iPhones")),
        ("Sketch how Ostvik runs its mill.", ("Ostvik",)),
        ("Despite the ban, does Lynas export?", ("Lynas",)),
        ("Going by the survey, did Line Gold close?", ("Line Gold",)),
        ("Does DFARS 225.7018 ban them?", ("DFARS",)),
        ("Angola REO mine output 2025", ("Angola",)),
    ],
)
def test_names_are_kept_as_written(text: str, names: tuple[str, ...]) -> None:
    assert analyze(text).names == names


def test_elements_and_minerals_are_materials_and_no_names() -> None:
    asked = analyze("Is dysprosium found in monazite or in iron?")
    assert (asked.materials, asked.names) == (("dysprosium", "monazite"), ())


def test_years_stand_apart_from_the_words() -> None:
    asked = analyze("How far did production fall from 2023 to 2024?")
    assert (asked.years, asked.words) == ((2023, 2024), ("production",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("according to MCS 2025", ("MCS 2025",)),
        ("Mineral Commodity Summaries 2026 and MCS 2025", ("MCS 2026", "MCS 2025")),
        ("MCS 2026, and again MCS 2026", ("MCS 2026",)),
        ("the 2025 edition", ("MCS 2025",)),
        ("production in 2025", ()),
    ],
)
def test_editions_a_text_names(text: str, expected: tuple[str, ...]) -> None:
    assert editions(text) == expected


def test_year_of_an_edition_is_no_year_of_the_figure() -> None:
    assert analyze("What does MCS 2026 say about Nigeria?").years == ()


def test_year_of_a_yearbook_is_no_year_of_the_figure() -> None:
    text = "What was production in 2019 in the Minerals Yearbook 2022 tables?"
    assert analyze(text).years == (2019,)


@pytest.mark.parametrize(
    ("text", "wants_list", "wants_latest"),
    [
        ("List the projects.", True, False),
        ("Which two elements are not critical?", True, False),
        ("Compare Burma with Nigeria.", True, False),
        ("What is the latest price?", False, True),
        ("What is the price now?", False, True),
        ("What was the price?", False, False),
    ],
)
def test_lists_and_the_latest_are_noticed(text: str, wants_list: bool, wants_latest: bool) -> None:
    asked = analyze(text)
    assert (asked.wants_list, asked.wants_latest) == (wants_list, wants_latest)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Which project did CRS mention in Dec. 2013?", ("CRS",)),
        ("What did the GAO December 2025 report find?", ("GAO",)),
        ("What did it cost on 12 Sept. 2025 in Europe?", ("Europe",)),
        ("What did Jan Smith say?", ("Jan Smith",)),
        ("How much did Cape May produce in 2020?", ("Cape May",)),
    ],
)
def test_month_of_a_date_is_no_name(text: str, names: tuple[str, ...]) -> None:
    assert analyze(text).names == names


def test_times_and_materials_are_those_of_the_query() -> None:
    asked = analyze("What did terbium oxide cost in the last quarter of 2023, and NdPr?")
    assert asked.materials == ("terbium", "neodymium", "praseodymium")
    asked = analyze("Which mines opened between 2019 and 2022?")
    assert (asked.years, asked.wants_list) == ((2019, 2022), True)


@pytest.mark.parametrize(
    ("text", "wants_overview"),
    [
        ("What do the sources say about the mill at Ostvik?", True),
        ("Ostvik mill overview: owner, output", True),
        ("Sum up the disputes over the Ostvik mill.", True),
        ("Paint me a picture of the dust that the Ostvik mill leaves.", True),
        ("Ostvik mill: owner, output, summary", True),
        ("How much did the mill make, going by the 2025 summary?", False),
        ("What does the mill at Ostvik make?", False),
        ("How has the price of the concentrate been set since 2023?", False),
    ],
)
def test_a_question_for_all_that_is_known_is_noticed(text: str, wants_overview: bool) -> None:
    assert analyze(text).wants_overview == wants_overview
