"""What a question asks to be done, by its words: the learned model, and what is made of it."""

import json
from pathlib import Path

import pytest

import bench
from index.query import parse_query
from index.query.question_kind import likely_kinds, words_and_pairs

SETS = Path(next(iter(bench.__path__))) / "figures_gold"
CALLED = {"compare": "comparison", "convert": "conversion"}


def test_words_are_read_with_the_next_one_and_digits_as_one() -> None:
    read = words_and_pairs("Dy px FY24 vs FY23, % chg")
    assert read == words_and_pairs("dy PX fy19 VS fy20, % chg")
    assert {"fy00", "fy00 vs", "vs fy00", "%", "% chg"} <= read


@pytest.mark.parametrize(
    "question", ["", "?", "Dy", "鏑", "How much more did Lynas make in 2024 than in 2023?"]
)
def test_likelihoods_make_one(question: str) -> None:
    likely = likely_kinds(question)
    assert sum(likely.values()) == pytest.approx(1)
    assert min(likely.values()) >= 0


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("MP and Lynas output 2024 combined", "total"),
        ("By how much did Norvik's output rise from 2022 to 2023?", "difference"),
        ("Norvik output 2023 v 2022 % chg", "growth"),
        ("What slice of US imports came from China in 2022?", "share"),
        ("Top five producers of terbium by output in 2024", "rank"),
        ("Why did Norvik close its plant?", "words"),
    ],
)
def test_kind_is_told_by_words(question: str, kind: str) -> None:
    likely = likely_kinds(question)
    assert max(likely, key=lambda one: likely[one]) == kind


@pytest.mark.parametrize("name", sorted(one.name for one in SETS.iterdir()))
def test_most_kinds_are_right_of_questions_that_others_wrote(name: str) -> None:
    asked = [json.loads(line) for f in sorted((SETS / name).glob("*.jsonl")) for line in f.open()]
    right = 0
    for one in asked:
        likely = likely_kinds(one["question"])
        told = max(likely, key=lambda kind: likely[kind])
        right += told == CALLED.get(one["kind"], one["kind"])
    assert right / len(asked) >= 0.55


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("Canada REO exports 2024 v 2023 %", "growth"),
        ("Norvik loan Feb 2026 v Nov 2025, US$m diff", "difference"),
        ("China REO output 2024", "look-up"),  # one figure: there is nothing to work out
        ("Which of China and India has the larger reserves?", "compare"),
    ],
)
def test_calculation_is_asked_for_by_all_words_where_there_are_operands(
    question: str, operation: str
) -> None:
    assert parse_query(question).operation == operation


@pytest.mark.parametrize(
    ("question", "is_list"),
    [
        ("Which mines opened in 2020?", True),
        ("Which heavy rare earths did China add?", True),
        ("Who are the customers of Lynas?", True),
        ("Lynas - founding shareholders?", True),
        ("Which process does Lynas use?", False),
        ("What is MP Materials?", False),
        ("what are US reserves", False),
        ("What are the reserves of Vietnam?", False),
        ("What were the exports of China in 2024?", False),
        ("What are the uses of dysprosium?", True),
        ("mount weld reserves", False),
    ],
)
def test_a_plural_asks_for_several_unless_it_is_a_figure(question: str, is_list: bool) -> None:
    assert (parse_query(question).operation == "list") is is_list


def test_what_goods_cost_somewhere_is_their_price() -> None:
    assert parse_query("What did yttrium oxide cost in Europe?").wanted.measure == "price"
    assert parse_query("What did the Lynas plant cost?").wanted.measure == "cost"


@pytest.mark.parametrize(
    ("question", "group", "limit", "order"),
    [
        ("countries with reserves above 1 million tonnes", "place", ">1000000 t", "largest"),
        (
            "Which companies made revenue of at least US$5 bn?",
            "subject",
            ">=5000000000 USD",
            "largest",
        ),
        ("elements with oxide price below $10/kg in 2025", "material", "<10 USD/kg", "smallest"),
    ],
)
def test_a_group_is_screened_by_a_limit(question: str, group: str, limit: str, order: str) -> None:
    query = parse_query(question)
    assert (query.operation, query.group_by, query.order) == ("rank", (group,), order)
    assert str(query.limit) == limit


def test_a_limit_without_a_group_or_without_a_unit_screens_nothing() -> None:
    assert parse_query("Did China mine more than 10,000 t in 2025?").limit is None
    assert parse_query("Which mines opened after 2010?").limit is None
