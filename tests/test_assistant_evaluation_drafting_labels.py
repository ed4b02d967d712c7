"""Labels of statistics as noun phrases."""

import pytest

from assistant.evaluation.drafting.labels import Measured, is_adjective, names_quantity, read_label


@pytest.mark.parametrize(
    ("label", "measured"),
    [
        (
            "Consumption, apparent: Silicon carbide",
            Measured("apparent consumption", "Silicon carbide"),
        ),
        ("Consumption: Apparent", Measured("apparent consumption")),
        (
            "Production: Fused aluminum oxide, crude",
            Measured("production", "Fused aluminum oxide, crude"),
        ),
        ("Production, refinery: Primary", Measured("primary refinery production")),
        ("Bauxite, mine production: rounded", Measured("mine production", "Bauxite")),
        ("Mica (Sheet): Reserves", Measured("reserves", "Mica (Sheet)")),
        ("Total REO production", Measured("total production", "REO")),
        ("NdPr production", Measured("production", "NdPr")),
        (
            "Imports: Metals: Rare-earth metals and alloys",
            Measured("imports", "Rare-earth metals and alloys"),
        ),
        ("Exports, value, million dollars", Measured("value of exports")),
        ("Imports of compounds, metric tons REO", Measured("imports", "compounds")),
        (
            "Employment, mine and mill, annual average, number",
            Measured("average mine and mill employment"),
        ),
        ("Stocks, consumer, yearend", Measured("consumer yearend stocks")),
        (
            "Price, average, dollars per kilogram: Cerium oxide, 99.5% minimum",
            Measured("average price", "Cerium oxide, 99.5% minimum"),
        ),
        (
            "Price, average unit value of imports, dollars per metric ton: Metallic abrasives",
            Measured("average unit value of imports", "Metallic abrasives"),
        ),
        (
            "Net import reliance as a percentage of apparent consumption: Hafnium",
            Measured("net import reliance as a percentage of apparent consumption", "Hafnium"),
        ),
        ("Mine production: Iron content", Measured("mine production", "", ("Iron content",))),
        ("Net income", Measured("net income")),
    ],
)
def test_label_says_what_is_counted(label: str, measured: Measured) -> None:
    assert read_label(label) == measured


@pytest.mark.parametrize(
    "label",
    [
        "Mischmetal, 65% cerium, 35% lanthanum",  # names no quantity
        "Imports for consumption: Other forms",  # of what, it does not say
        "Mine production: includes steatite",
        "Revenue of metal",  # of no material
        "Australia, Canada and Namibia were estimated to have reserves of 200,000 tons",
    ],
)
def test_label_that_is_not_understood_whole_says_nothing(label: str) -> None:
    assert read_label(label) is None


@pytest.mark.parametrize(
    ("quantity", "plural"),
    [
        ("imports for consumption", True),
        ("mine production", False),
        ("reserves", True),
        ("average price", False),
        ("value of exports", False),
        ("net import reliance", False),
    ],
)
def test_quantities_that_take_were(quantity: str, plural: bool) -> None:
    assert Measured(quantity).plural is plural


def test_quantity_is_named_outside_of_brackets() -> None:
    assert names_quantity("Mine production, tons")
    assert not names_quantity("Oxide (price list)")


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Natural", True), ("crude and beneficiated", True), ("Ores", False), ("Refined zinc", False)],
)
def test_words_that_only_say_of_which_kind(words: str, expected: bool) -> None:
    assert is_adjective(words) is expected
