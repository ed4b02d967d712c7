"""Calculations over the facts of a small home: results, steps, citations, refusals."""

from collections.abc import Iterator

import pytest
from one_file_ledger import search_of

from assistant.answer import Answer
from assistant.calculating import answer_by_calculation, with_unit_asked
from assistant.figures import FactSearch

LETTER = """\
---
title: Narva Letter
publisher: Narva Desk
published: 2026-03-01
---
# Mine production

Table 1. Mine production of rare earths, metric tons REO:
| Country | 2022 | 2023 | 2024 |
|---|---|---|---|
| China | 210,000 | 255,000 | 270,000 |
| Burma | 12,000 | 43,000 | 31,000 |
| Thailand | 7,100 | W | 13,000 |
| World | 300,000 | 376,000 | 390,000 |

# Prices

Table 2. Prices of rare-earth oxides, US$ per kilogram:
| Oxide | 2023 | 2024 |
|---|---|---|
| Neodymium oxide | 78 | 56 |
| Scandium oxide | 1,000 to 1,200 | 800 to 900 |

# Trade

Yttrium metal prices increased by 22% in 2024 compared with those in 2023.

In the first quarter of 2024 NdPr of Lynas rose by 12% against the first quarter of 2023.

Table 3. Revenue of Iluka, million A$:
| Year | Revenue |
|---|---|
| 2023 | 1,238.0 |
| 2024 | 1,129.5 |

Table 7. Net income of Iluka, million A$:
| Year | Net income |
|---|---|
| 2023 | 343 |
| 2024 | -288 |

Iluka's revenue decreased by 30% from 2022 to 2023.

Table 5. Revenue of Iluka by line, million A$:
| Line | 2023 | 2024 |
|---|---|---|
| Tollwork | 600.0 | 500.0 |
| Siterent | 400.0 | 420.0 |

Table 6. Imports of yttrium oxide of the United States:
| Origin | 2024, kg | Value in 2024, US$ |
|---|---|---|
| Estonia | 2,000 | 50,000 |

Table 4. Mining quotas of China, metric tons REO:
| Year | Mining quota |
|---|---|
| 2024 | 270,000 |
"""


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactSearch]:
    with search_of(tmp_path_factory.mktemp("home"), LETTER) as found:
        yield found


def ask(search: FactSearch, question: str) -> Answer:
    return answer_by_calculation(question, search.parse(question), search)


def test_growth_is_told_with_both_figures_and_the_formula(search: FactSearch) -> None:
    answer = ask(search, "By how many percent did China's mine production rise from 2022 to 2024?")
    assert answer.text == (
        "China's mine production rose by 28.6% from 2022 to 2024 (210,000 t REO to 270,000 t REO), "
        "a difference of 60,000 t REO. [1]"
    )
    assert [(step.text, step.citations) for step in answer.steps] == [
        ("2022: 210,000 t REO", (1,)),
        ("2024: 270,000 t REO", (1,)),
        ("(270,000 − 210,000) ÷ 210,000 × 100 = 28.6%, rounded to one decimal", (1,)),
    ]
    assert [c.quote for c in answer.citations] == ["China | 210,000 | 255,000 | 270,000"]
    assert (answer.status, answer.model) == ("answered", "calculation")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("China mine production 2024 vs yr ago, % chg", "rose by 5.9% from 2023 to 2024"),
        ("China mine prod 22->24, % up", "rose by 28.6% from 2022 to 2024"),
        ("How did mine production change from 2023 to 2024?", "376,000 t REO to 390,000 t REO"),
        ("How has China's mine production changed since 2022?", "60,000 t REO from 2022 to 2024"),
        ("What share of world mine production was Burma's in 2024?", "7.9% of the world's"),
        ("Total mine production of China and Burma in 2024?", "301,000 t REO in total"),
        ("Average China's mine production over 2022 to 2024.", "245,000 t REO on average of 3"),
        ("By what factor did Burma's mine production grow from 2022 to 2023?", "3.58 times"),
        ("What was the CAGR of China's mine production, 2022 to 2024?", "by 13.4% a year"),
        ("How many more tons did China mine than Burma in 2024?", "China: 239,000 t REO more"),
        ("What was Burma's mine production of 2024 in long tons?", "30,510 long ton REO"),
        ("By how much did Iluka's revenue fall from 2023 to 2024?", "by A$108.5 million"),
        ("Which fell more from 2023 to 2024, the mid-point of the price of scandium oxide, or "
         "that of neodymium oxide?", "Scandium oxide changed more in the price"),
        ("Iluka tollwork % of revenue, 2024", "Tollwork: 44.3% of Iluka Resources' revenue"),
        ("Iluka revenue 2024: Tollwork + Siterent", "A$920 million in total (Tollwork: 500;"),
        ("By how much did Iluka's revenue of Tollwork and Siterent change from 2023 to 2024?",
         "Tollwork changed more in Iluka Resources' revenue"),
        ("By how many percent did yttrium metal prices rise from 2023 to 2024?", "rose by 22%"),
        ("By how many percent did Lynas' NdPr output grow in Q1 2024 against a year earlier?",
         "rose by 12% from the first quarter of 2023"),
    ],
)  # fmt: skip
def test_result_is_told(search: FactSearch, question: str, told: str) -> None:
    answer = ask(search, question)
    assert told in answer.text
    assert answer.status == "answered"
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (
            "How much did China's mine production change from 2017 to 2024?",
            "no source has a figure for 2017 (China's mine production). Found: 2024: 270,000 t REO",
        ),
        ("How much did Thailand mine more in 2024 than in 2023?", "2023 is withheld (W)"),
        (
            "What is the difference between China's mining quota and its mine production in 2024?",
            "a quota is a permission",
        ),
        ("Total mine production of China and the world in 2024?", "already contains"),
        ("By how much did the price of scandium oxide fall from 2023 to 2024?", "is a range"),
        ("What is 435,000 yuan per metric ton in dollars per kilogram?", "no exchange rate"),
        ("What is 100 t of NdPr oxide in metal?", "the mix of elements"),
        ("How many yen was the revenue of Iluka in 2024?", "as A$1,129.5 million, and no exchange"),
        ("What do the two notes add up to?", "not clear which figures"),
        ("What is 600,000 yuan per metric ton without VAT?", "no rate of value-added tax"),
    ],
)
def test_refusal_says_what_stands_in_the_way(
    search: FactSearch, question: str, reason: str
) -> None:
    answer = ask(search, question)
    assert reason in answer.text
    assert (answer.status, answer.sentences) == ("not_found", ())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is 270,000 t of neodymium oxide in metal?", "231,390 t of neodymium metal"),
        ("1 t Nd2O3 = ? kg Nd", "857 kg of neodymium metal"),
        ("How much neodymium is in 2 t of neodymium oxide?", "1.714 t of neodymium metal"),
        ("How much dysprosium oxide is needed for 10 t of dysprosium metal?", "11.48 t of"),
        ("What is $110 per kilogram per pound?", "US$110/kg is US$49.90/lb"),
        ("How many kilograms are 920 pounds?", "920 lb is 417.3 kg"),
        ("What is 600,000 yuan per metric ton without 13% VAT?", "530,973 RMB/t"),
        (
            "What is 600,000 yuan per metric ton, 13% VAT taken off, in dollars per kilogram at "
            "7.25 yuan per dollar?",
            "US$73.24/kg",
        ),
    ],
)
def test_figure_of_the_question_is_converted(search: FactSearch, question: str, told: str) -> None:
    answer = ask(search, question)
    assert told in answer.text
    assert answer.steps
    assert answer.warnings == ("The figure is the question's own: no source is cited for it.",)


@pytest.mark.parametrize(
    "question",
    ["How much did China mine in 2024?", "Why did prices fall in 2024?", "Who mines rare earths?"],
)
def test_what_asks_for_no_calculation_is_left_to_others(search: FactSearch, question: str) -> None:
    assert ask(search, question).text == ""


def shown(search: FactSearch) -> Answer:
    """Return an answer in the words of a row of the letter."""
    cited = search.citations()
    cited.cite(search.find_in_words(search.parse("China mine production 2024")).facts[0])
    return Answer("", "", "answered", "China: 270,000 [1]", citations=cited.citations)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("China mine production 2024 in kg", "That is 270,000,000 kg REO: 1 t = 1,000 kg"),
        ("China mine production 2024 in t", ""),  # as it is given
        ("China mine production 2024", ""),
        ("China mine production in kg", ""),  # of three years
        ("China mine production 2024 in US$", ""),
    ],
)
def test_figure_shown_in_words_of_a_row_is_told_in_the_unit_asked_for(
    search: FactSearch, question: str, told: str
) -> None:
    answer = shown(search)
    found = with_unit_asked(answer, search.parse(question), search)
    added = found.text.removeprefix(answer.text)
    assert added.strip().startswith(told)
    assert bool(added) is bool(told)
    assert [(one.result, one.citations) for one in found.steps] == (
        [("270,000,000 kg REO", (1,))] if told else []
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was the value per kilogram of U.S. yttrium oxide imports from Estonia in 2024?",
         "That is US$25.00/kg: US$50,000 for 2,000 kg."),
        ("US yttrium oxide imports from Estonia 2024, $/t", "That is US$25,000/t: "),
    ],
)  # fmt: skip
def test_money_beside_a_weight_is_told_as_a_price(
    search: FactSearch, question: str, told: str
) -> None:
    query = search.parse(question)
    cited = search.citations()
    asked = search.parse("US imports of yttrium oxide from Estonia 2024")
    cited.cite(search.find_in_words(asked).facts[0])
    answer = Answer("", "", "answered", "Estonia [1]", citations=cited.citations)
    assert told in with_unit_asked(answer, query, search).text
