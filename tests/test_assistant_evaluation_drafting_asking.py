"""Questions worded from their parts."""

from dataclasses import replace

import pytest

from assistant.evaluation.drafting.asking import Ask, question

MINED = Ask(
    quantity="mine production",
    of="antimony",
    owner="Bolivia",
    period="in 2024",
    year=2024,
    unit="tons",
    basis="antimony content",
)
EXPORTS = Ask(
    quantity="exports",
    of="cerium compounds",
    owner="the United States",
    partner="to Canada",
    period="in 2021",
    year=2021,
    unit="kilograms",
    basis="gross weight",
    plural=True,
)
PRICE = Ask(
    quantity="average price",
    of="NdPr oxide, 99% minimum",
    period="in 2024",
    year=2024,
    unit="US$ per kilogram",
)
WORK = Ask("mine and mill employment", "gold", "the United States", period="in 2025", unit="number")


@pytest.mark.parametrize(
    ("turn", "asked"),
    [
        (0, "How much antimony did Bolivia mine in 2024, in tons (antimony content)?"),
        (1, "What was Bolivia's mine production of antimony in 2024, in tons (antimony content)?"),
        (3, "What was Bolivia's mine production of antimony in 2024 (tons, antimony content)?"),
    ],
)
def test_one_ask_is_worded_in_several_ways(turn: int, asked: str) -> None:
    assert question(MINED, turn) == asked


@pytest.mark.parametrize(
    ("ask", "asked"),
    [
        (
            replace(MINED, owner="the world"),
            "What was world mine production of antimony in 2024 (tons, antimony content)?",
        ),
        (
            replace(MINED, edition="MCS 2025"),
            "What was Bolivia's mine production of antimony in 2024 according to MCS 2025 (tons, "
            "antimony content)?",
        ),
        (
            EXPORTS,
            "What were U.S. exports of cerium compounds to Canada in 2021 (kilograms, gross "
            "weight)?",
        ),
        (
            replace(EXPORTS, quantity="value of exports", unit="dollars", basis="", plural=False),
            "What was the value of U.S. exports of cerium compounds to Canada in 2021 (dollars)?",
        ),
        (
            replace(EXPORTS, quantity="total exports", partner=""),
            "What were total U.S. exports of cerium compounds in 2021 (kilograms, gross weight)?",
        ),
        (
            Ask("reserves", "rare earths", "Brazil", unit="metric tons", plural=True),
            "What are Brazil's reserves of rare earths (metric tons)?",
        ),
        (
            PRICE,
            "What was the average price of NdPr oxide, 99% minimum, in 2024 (US$ per kilogram)?",
        ),
        (
            replace(PRICE, of="selenium", notes=("Europe",)),
            "What was the average price of selenium in 2024 (Europe; US$ per kilogram)?",
        ),
        (WORK, "How many people worked in U.S. gold mines and mills in 2025?"),
        (
            replace(WORK, quantity="average mine employment"),
            "How many people worked on average in U.S. gold mines in 2025?",
        ),
        (
            replace(WORK, quantity="employment"),
            "How many people worked in the U.S. gold industry in 2025?",
        ),
        (
            replace(WORK, quantity="employment", owner="Peru"),
            "How many people worked in Peru's gold industry in 2025?",
        ),
        (
            replace(WORK, quantity="net import reliance", unit="percent", of="zinc"),
            "What was U.S. net import reliance for zinc in 2025, in percent?",
        ),
        (
            Ask(
                "share of imports",
                "alumina",
                "the United States",
                "from Brazil",
                "from 2021 to 2024",
                unit="percent",
                frame="share of imports",
            ),
            "What share of U.S. imports of alumina came from Brazil from 2021 to 2024?",
        ),
        (
            Ask(
                "lanthanum",
                "bastnaesite from Weishan, China",
                unit="percent",
                basis="of total rare-earth oxide",
                frame="content",
            ),
            "What share of total rare-earth oxide in bastnaesite from Weishan, China, is "
            "lanthanum, in percent?",
        ),
    ],
)
def test_asks_are_worded(ask: Ask, asked: str) -> None:
    assert question(ask, 3) == asked


def test_a_plural_thing_is_asked_for_by_quantity() -> None:
    asked = "What quantity of rare earths did Bolivia mine in 2024, in tons (antimony content)?"
    assert question(replace(MINED, of="rare earths"), 0) == asked
