"""What a question asks to be worked out, and which lookups it is taken apart into."""

from decimal import Decimal

import pytest

from assistant.calculating import asks_calculation, calculation_asked


def parts(question: str) -> tuple[str, tuple[str, ...]]:
    """Return the operation of a question with its lookups."""
    calculation = calculation_asked(question)
    return calculation.operation, tuple(sought.question for sought in calculation.sought)


@pytest.mark.parametrize(
    ("question", "operation", "sought"),
    [
        (
            "By how many percent did China's mine production rise from 2019 to 2024?",
            "percent change",
            ("China's mine production in 2019", "China's mine production in 2024"),
        ),
        (
            "How much more did the United States mine in 2025 than in 2020?",
            "change",
            (
                "the United States' mine production in 2020",
                "the United States' mine production in 2025",
            ),
        ),
        (
            "How much more did China's mining quota allow in 2024 than in 2021?",
            "change",
            ("China's mining quota in 2021", "China's mining quota in 2024"),
        ),
        (
            "What was Thailand's mine production increase from 2024 to 2025 in percent?",
            "percent change",
            ("Thailand's mine production in 2024", "Thailand's mine production in 2025"),
        ),
        (
            "What did Madagascar's mine production gain from 2024 to 2025?",
            "change",
            ("Madagascar's mine production in 2024", "Madagascar's mine production in 2025"),
        ),
        (
            "What was China's mine production in 2018 as a percentage of the world's?",
            "share",
            ("China's mine production in 2018", "world mine production in 2018"),
        ),
        (
            "What was the drop in the scandium oxide import volume from 2024 to 2025?",
            "change",
            ("imports of scandium oxide in 2024", "imports of scandium oxide in 2025"),
        ),
        (
            "What share of world mine production was China's in 2025?",
            "share",
            ("China's mine production in 2025", "world mine production in 2025"),
        ),
        (
            "Total production of Australia and Brazil in 2025",
            "total",
            ("Australia's production in 2025", "Brazil's production in 2025"),
        ),
        (
            "What was the average NdPr oxide price of 2021 to 2023?",
            "average",
            (
                "price of NdPr oxide in 2021",
                "price of NdPr oxide in 2022",
                "price of NdPr oxide in 2023",
            ),
        ),
        (
            "Which changed more from 2023 to 2025, terbium oxide or dysprosium oxide prices?",
            "larger change",
            (
                "prices of terbium oxide in 2023",
                "prices of terbium oxide in 2025",
                "prices of dysprosium oxide in 2023",
                "prices of dysprosium oxide in 2025",
            ),
        ),
        (
            "How much did the price of cerium oxide change in 2025 compared with the year before?",
            "change",
            ("price of cerium oxide in 2024", "price of cerium oxide in 2025"),
        ),
        (
            "How much did Lynas' NdPr output grow from FY24 to FY25?",
            "change",
            ("Lynas' output of NdPr in FY2024", "Lynas' output of NdPr in FY2025"),
        ),
        (
            "How much lower are Brazil's reserves in MCS 2026 than in MCS 2025?",
            "change",
            ("Brazil's reserves in MCS 2025", "Brazil's reserves in MCS 2026"),
        ),
        (
            "By what factor did world mine production grow from 2018 to 2025?",
            "factor",
            ("world mine production in 2018", "world mine production in 2025"),
        ),
        (
            "How many short tons did the United States mine in 2024?",
            "conversion",
            ("the United States' mine production in 2024",),
        ),
    ],
)
def test_question_is_taken_apart_into_lookups(
    question: str, operation: str, sought: tuple[str, ...]
) -> None:
    assert parts(question) == (operation, sought)


@pytest.mark.parametrize(
    "question",
    [
        "What was the average price of NdPr oxide in 2025?",
        "What was U.S. net import reliance for compounds and metals in 2024?",
        "What was the growth of the quota in 2024?",
        "Serra Verde got $465 million from the DFC and then another $565 million. How much is "
        "that together?",
        "How big was the import volume of the United States in 2025, compounds and metals "
        "together?",
        "How many tonnes of rare-earth magnets left China in July 2025?",
        "Lutetium oxide, average for 2023, USD/kg?",
        "What is the total rare-earth oxide grade at Mount Weld?",
        "Who chairs the board of Lynas?",
    ],
)
def test_question_that_sources_answer_themselves_is_no_calculation(question: str) -> None:
    assert not asks_calculation(question)


def test_stated_price_is_converted_with_tax_and_rate_of_the_question() -> None:
    calculation = calculation_asked(
        "What is 600,000 yuan per metric ton without 13% VAT in dollars per kilogram at 7.25 yuan "
        "per dollar?"
    )
    conversion = calculation.conversion
    assert calculation.operation == "conversion"
    assert [stated.value for stated in calculation.stated] == [Decimal(600_000)]
    assert (conversion.vat_percent, conversion.rate) == (Decimal(13), Decimal("7.25"))
    assert (conversion.rate_in, conversion.rate_of) == ("RMB", "US$")
    assert conversion.unit.words == "US$ per kilogram"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What is the difference between China's mining quota and its mine production in 2024?",
         "a quota is a permission"),
        ("What do China's mining quota and its separation quota for 2024 add up to?",
         "at two stages"),
        ("What is the difference between the capacity and the production of Lynas in FY25?",
         "a capacity is what could be made"),
        ("What is 435,000 yuan per metric ton in dollars per kilogram?", "no exchange rate"),
        ("What is 100 t of NdPr oxide in metal?", "the mix of neodymium and praseodymium"),
        ("What is 100 t of mixed rare-earth oxides in metal?", "the mix of elements"),
        ("What is 100 t of dysprosium and terbium oxides in metal?", "the mix of elements"),
        ("What is 600,000 yuan per metric ton without VAT?", "no rate of value-added tax"),
        ("What is 16,500 t gross weight of rare-earth compounds in REO?", "gross weight and REO"),
        ("What do the concentrate and the oxide of MP Materials in 2025 come to together?",
         "stages of one material"),
    ],
)  # fmt: skip
def test_unlike_bases_in_the_question_are_an_obstacle(question: str, reason: str) -> None:
    assert reason in calculation_asked(question).obstacle
