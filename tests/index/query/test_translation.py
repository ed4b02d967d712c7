"""Questions in German, French and Chinese become English ones, phrase by phrase."""

import pytest

from index.query import parse_query, translated


@pytest.mark.parametrize(
    ("question", "english"),
    [
        (
            "Wie hoch war die Förderung Seltener Erden in den USA im Jahr 2025?",
            "how high was the mine production rare earths in the USA in 2025?",
        ),
        (
            "Quel était le prix moyen de l'oxyde de terbium en 2025 ?",
            "what was the average price of the terbium oxide in 2025?",
        ),
        ("盛和资源2024年的营业收入是多少?", "Shenghe Resources 2024 of revenue how much is?"),
    ],
)
def test_phrases_of_the_table_and_names_become_english(question: str, english: str) -> None:
    assert translated(question) == english


@pytest.mark.parametrize(
    ("question", "measure", "names", "period"),
    [
        (
            "Wie viele Tonnen Seltene Erden förderte Australien 2024?",
            "mine production",
            {"rare-earths", "australia"},
            "2024",
        ),
        (
            "Combien de tonnes d'oxyde de dysprosium la Chine a-t-elle exportées en 2023 ?",
            "exports",
            {"dysprosium", "china"},
            "2023",
        ),
        ("2025年氧化镝的价格是多少?", "price", {"dysprosium"}, "2025"),
    ],
)
def test_a_question_is_read_as_its_english_one(
    question: str, measure: str, names: set[str], period: str
) -> None:
    query = parse_query(translated(question))
    assert query.wanted.measure == measure
    assert {one.id for one in query.wanted.named()} == names
    assert [one.text for one in query.periods] == [period]


def test_what_neither_lexicon_nor_table_knows_stays_as_it_is() -> None:
    assert "Zwetschgenwasser" in translated("Wie viele Tonnen Zwetschgenwasser exportierte China?")


@pytest.mark.parametrize(
    "question",
    [
        "How much did Burma mine in 2024?",
        "Tb oxide avg px 2025 $/kg",
        "CN mine 2022 less 2021 t",
        "Was die Lynas plant in Kuantan closed?",
        "Neo Performance Materials",
        "レアアースの生産量は?",
        "2024?",
        "",
    ],
)
def test_an_english_question_is_left_alone(question: str) -> None:
    assert translated(question) == question
