"""A figure is looked up strictly: entity, year, measure, form and edition; near is not enough."""

from dataclasses import replace

import pytest
from assistants import SOURCE, evidence, row

from assistant.calculating.calculation import Operand, Sought
from assistant.calculating.cell_facts import read_value
from assistant.calculating.operands import find_operands
from index.passage import Evidence

MINED = "Mine production of rare earths, metric tons REO equivalent"
UNIT = "metric tons, REO equivalent"
CHINA = row(
    "China", "132,000", "270,000",
    caption=MINED, header=("Country", "2019", "2024"), unit=UNIT,
)  # fmt: skip
PRICES = "Prices of rare-earth oxides, US$ per kilogram"


def found(question: str, *items: Evidence) -> list[Operand]:
    """Return what answers a lookup."""
    return list(find_operands(Sought(question, "it"), items))


def texts(question: str, *items: Evidence) -> list[str]:
    """Return the figures that answer a lookup, as printed."""
    return [operand.text for operand in found(question, *items)]


def test_cell_of_the_row_and_year_is_found_with_unit_and_basis() -> None:
    (operand,) = found("China's mine production in 2019", CHINA)
    assert (operand.text, operand.measure.words) == ("132,000", "metric tons")
    assert (operand.kind, operand.bases) == ("production", {"REO"})


@pytest.mark.parametrize(
    "question",
    [
        "China's mine production in 2020",
        "Burma's mine production in 2019",
        "world mine production in 2019",
        "China's mining quota in 2019",
        "China's reserves in 2019",
        "China's mine production of terbium in 2019",
        "China Northern Rare Earth's production in 2019",
    ],
)
def test_near_miss_is_not_found(question: str) -> None:
    assert texts(question, CHINA) == []


def test_mining_column_of_a_table_of_quotas_is_a_quota() -> None:
    quotas = row(
        "2024", "270,000", caption="Quotas of China, metric tons REO", header=("Year", "Mining"),
        unit=UNIT,
    )  # fmt: skip
    quotas = replace(
        quotas,
        passage=replace(
            quotas.passage,
            cells=(quotas.passage.cells[0], replace(quotas.passage.cells[1], year=2024)),
        ),
    )
    assert texts("China's mining quota in 2024", quotas) == ["270,000"]
    assert texts("China's mine production in 2024", quotas) == []


def test_oxide_and_metal_are_kept_apart() -> None:
    header = ("Product", "2025")
    oxide = row("Yttrium oxide", "9", caption=PRICES, header=header, unit="US$ per kilogram")
    metal = row("Yttrium metal", "40", caption=PRICES, header=header, unit="US$ per kilogram")
    assert texts("price of yttrium oxide in 2025", oxide, metal) == ["9"]
    assert texts("price of yttrium metal in 2025", oxide, metal) == ["40"]


def test_mixed_product_is_no_price_of_one_element() -> None:
    ndpr = row("NdPr oxide", "69", caption=PRICES, header=("", "2025"), unit="US$ per kilogram")
    assert texts("price of neodymium oxide in 2025", ndpr) == []
    assert texts("price of NdPr oxide in 2025", ndpr) == ["69"]


def test_year_of_an_edition_is_not_the_year_of_its_figure() -> None:
    both = row(
        "Burma", "31,000", "27,000",
        caption="Mine production in 2024 by edition, metric tons REO",
        header=("Country", "MCS 2025", "MCS 2026"), unit=UNIT,
    )  # fmt: skip
    operands = found("Burma's mine production in 2024", both)
    assert [(o.text, o.edition) for o in operands] == [
        ("31,000", "MCS 2025"),
        ("27,000", "MCS 2026"),
    ]
    assert texts("Burma's mine production in 2025", both) == []
    assert texts("Burma's mine production in 2024 in MCS 2026", both) == ["27,000"]


def test_part_of_a_year_is_no_year() -> None:
    first = row(
        "China", "135,000", caption="Mine production, metric tons REO",
        header=("Country", "First half of 2024"), unit=UNIT,
    )  # fmt: skip
    assert texts("China's mine production in 2024", first) == []


def test_another_commodity_is_not_found() -> None:
    gypsum = row(
        "China", "20,000", caption="Mine production of gypsum", header=("", "2019"),
        unit="metric tons",
    )  # fmt: skip
    assert texts("China's mine production in 2019", gypsum) == []


def test_sentence_answers_where_no_table_does() -> None:
    source = replace(SOURCE, title="Rare-earth news")
    said = evidence("MP Materials produced 45,455 metric tons of REO in 2024.", source=source)
    planned = evidence("MP Materials plans to produce 60,000 metric tons of REO in 2024.", start=99)
    operands = found("MP Materials' production in 2024", said, planned)
    assert [(o.text, o.measure.words) for o in operands] == [("45,455 metric tons", "metric tons")]
    assert operands[0].candidate.quote == said.passage.text


def test_figure_of_a_sentence_goes_with_its_year() -> None:
    said = evidence(
        "China's rare-earth mine production rose from 120,000 metric tons in 2018 to 270,000 "
        "metric tons in 2025."
    )
    assert texts("China's mine production in 2018", said) == ["120,000 metric tons"]
    assert texts("China's mine production in 2025", said) == ["270,000 metric tons"]
    assert texts("China's mine production in 2020", said) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "state"),
    [
        ("1,238", 1238, 1238, "value"),
        ("890–1,000", 890, 1000, "range"),
        (">75,000,000", 75_000_000, 75_000_000, "bound"),
        ("about 12", 12, 12, "value"),
        ("A$739.3", 739.3, 739.3, "value"),
        ("-288", -288, -288, "value"),
        ("7.23 million", 7_230_000, 7_230_000, "value"),
        ("NA", 0, 0, "withheld"),
        ("not published", 0, 0, "withheld"),
    ],
)
def test_cell_is_read_as_a_figure(text: str, low: float, high: float, state: str) -> None:
    value = read_value(text)
    assert (float(value.low), float(value.high), value.state) == (low, high, state)


@pytest.mark.parametrize("text", ["", "Reuters via Kitco, 20 August 2025", "magnets", "—"])
def test_words_are_no_figure(text: str) -> None:
    with pytest.raises(ValueError, match="no figure"):
        read_value(text)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("China's mining quota in 2024", ["270,000"]),
        ("China's separation quota in 2024", ["254,000"]),
        ("China's quota in 2024", []),
    ],
)
def test_quota_for_one_stage_is_none_for_another(question: str, figures: list[str]) -> None:
    both = row(
        "China", "270,000", "254,000", caption="Quotas of 2024, metric tons REO",
        header=("", "Mining, 2024", "Smelting and separation, 2024"), unit=UNIT,
    )  # fmt: skip
    assert texts(question, both) == figures


def test_first_batch_of_a_year_is_no_year() -> None:
    batch = row(
        "China, 2024 first", "135,000", caption="Quotas, metric tons REO",
        header=("Batch", "Mining"), unit=UNIT,
    )  # fmt: skip
    assert texts("China's mining quota in 2024", batch) == []
