"""Figures of cells and the forms that an answer may write them in."""

from decimal import Decimal

import pytest

from assistant.evaluation.drafting.figure_forms import (
    Figure,
    figure_forms,
    is_range,
    read_figure,
)
from assistant.evaluation.matching import contains_form


@pytest.mark.parametrize(
    ("printed", "figure"),
    [
        ("6,300,000", Figure("6,300,000", Decimal(6_300_000))),
        ("1.00", Figure("1.00", Decimal("1.00"))),
        (">95", Figure(">95", Decimal(95), sign=">")),
        ("$2,150,000", Figure("$2,150,000", Decimal(2_150_000), currency="$")),
        ("€75 million", Figure("€75 million", Decimal(75), scale="million", currency="€")),
        ("5.5% ad valorem.", Figure("5.5% ad valorem.", Decimal("5.5"), percent=True)),
        ("about 1 million", Figure("about 1 million", Decimal(1), scale="million", sign="about")),
        ("NA", None),
        ("—", None),
        ("2805.30.0000", None),
        ("890–1,000", None),
    ],
)
def test_figure_of_a_cell(printed: str, figure: Figure | None) -> None:
    assert read_figure(printed) == figure


@pytest.mark.parametrize(
    ("printed", "unit", "forms"),
    [
        ("6,300,000", "metric tons", ("6,300,000", "6.3 million")),
        ("3,080", "thousand metric tons", ("3,080", "3,080 thousand", "3,080,000", "3.08 million")),
        ("25.6", "million metric tons", ("25.6", "25.6 million", "25,600,000")),
        ("912.29", "million RMB", ("912.29", "912.29 million", "912,290,000")),
        (">95", "percent", (">95", "more than 95", "greater than 95", "over 95")),
        ("€75 million", "euros", ("€75 million", "€75,000,000")),
        ("99.500", "percent", ("99.5",)),
        ("1.00", "US$ per kilogram", ("1.00",)),
    ],
)
def test_forms_of_a_figure(printed: str, unit: str, forms: tuple[str, ...]) -> None:
    figure = read_figure(printed)
    assert figure is not None
    assert figure_forms(figure, unit) == forms


@pytest.mark.parametrize("text", ["was 3,080 thousand metric tons", "was 3.08 million metric tons"])
def test_a_form_of_each_way_of_writing_is_found_in_an_answer(text: str) -> None:
    forms = figure_forms(Figure("3,080", Decimal(3080)), "thousand metric tons")
    assert any(contains_form(text, form) for form in forms)


def test_range_is_told_from_a_figure() -> None:
    assert is_range("890–1,000")
    assert not is_range("-5")
