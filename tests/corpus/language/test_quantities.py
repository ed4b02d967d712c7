"""Quantities: value, range, bound and unit, however they are written."""

import pytest

from corpus.language.quantities import (
    Quantity,
    find_quantities,
    find_unit,
    keeps_to,
    same_quantity,
)
from corpus.language.units import convert, dimension


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("270,000 t", ["270000 t"]),
        ("1.25 million tonnes", ["1250000 t"]),
        ("A$1.25 billion", ["1250000000 AUD"]),
        ("US$110/kg", ["110 USD/kg"]),
        ("$(43)", ["-43 USD"]),
        ("12.5–13%", ["12.5 to 13 percent"]),
        ("17% until 2018", ["17 percent"]),
        ("more than 90 percent", [">90 percent"]),
        ("about 46,000 metric tons", ["~46000 t"]),
        ("435,000 yuan/t", ["435000 CNY/t"]),
        ("$239 and $1,010 per kilogram", ["239 USD/kg", "1010 USD/kg"]),
        ("850-1,000 tpa", ["850 to 1000 t/yr"]),
        ("5,000 tonnes of NdPr per annum", ["5000 t/yr"]),
        ("RMB 18.87 bn", ["18870000000 CNY"]),
        ("1.2亿元", ["120000000 CNY"]),
        ("25 万吨", ["250000 t"]),
        ("超过90%", [">90 percent"]),
        ("5 m", ["5 m"]),
        ("$5 m", ["5000000 USD"]),
        ("three million tons", ["3000000 t"]),
        ("4.2 percentage points", ["4.2 point"]),
        ("between $50 and $60", ["50 to 60 USD"]),
    ],
)
def test_a_quantity_is_read_with_its_unit(text: str, quantities: list[str]) -> None:
    assert [str(one.quantity) for one in find_quantities(text)] == quantities


@pytest.mark.parametrize(
    "text", ["1C902", "Y2O3", "Nd2Fe14B", "GAO-16-161", "Section 232", "No. 61", "2846.10.0000"]
)
def test_codes_formulas_and_numbers_of_laws_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == ()


def test_yen_or_yuan_is_told_by_who_is_named_and_else_left_open() -> None:
    units = [
        find_quantities(text)[0].quantity.unit
        for text in ("¥120 per kilogram in Japan", "¥120 per kilogram in China", "¥120 a kilogram")
    ]
    assert units == ["JPY/kg", "CNY/kg", "¥/kg"]


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Metric tons, REO equivalent", ("t", 1.0)),
        ("thousand metric tons", ("t", 1000.0)),
        ("dollars per kilogram", ("USD/kg", 1.0)),
        ("US$ per kilogram", ("USD/kg", 1.0)),
        ("in millions of dollars", ("USD", 1e6)),
        ("(thousands)", ("", 1000.0)),
        ("Value", ("", 1.0)),
    ],
)
def test_the_unit_that_words_state_comes_with_its_scale(words: str, unit: object) -> None:
    assert find_unit(words) == unit


def test_rounding_conversion_and_bounds_are_no_difference() -> None:
    def read(text: str) -> Quantity:
        return find_quantities(text)[0].quantity

    assert same_quantity(read("45,500 t"), read("about 46,000 t"))
    assert same_quantity(read("0.27 million tonnes"), read("270 kt"))
    assert same_quantity(read("more than 90 percent"), read("95%"))
    assert not same_quantity(read("more than 90 percent"), read("85%"))
    assert not same_quantity(read("45,500 t"), read("51,000 t"))
    assert not same_quantity(read("100 USD"), read("100 AUD"))


def test_degrees_are_turned_by_their_zero_too() -> None:
    assert convert(1663, "degC", "degF") == pytest.approx(3025.4)
    assert convert(0, "kelvin", "degC") == pytest.approx(-273.15)


def test_units_convert_within_what_they_measure_and_currencies_never() -> None:
    assert convert(1, "t", "kg") == 1000
    assert convert(1, "USD/kg", "USD/t") == pytest.approx(1000)
    assert dimension("CNY/t") == "price"
    with pytest.raises(ValueError, match="do not measure the same"):
        convert(1, "USD", "AUD")


@pytest.mark.parametrize("text", ["270,000 t", "12.5–13%", "more than 90 percent", "US$110/kg"])
def test_a_quantity_written_out_is_read_again_as_itself(text: str) -> None:
    quantity = find_quantities(text)[0].quantity
    again = find_quantities(str(quantity))[0].quantity
    assert (again.low, again.high, again.unit, again.bound) == (
        quantity.low,
        quantity.high,
        quantity.unit,
        quantity.bound,
    )


@pytest.mark.parametrize(
    ("quantity", "limit", "expected"),
    [
        ("12,000 t", "more than 10 kt", True),
        ("10 kt", "more than 10,000 t", False),
        ("10 kt", "at least 10,000 t", True),
        ("5 to 12 kt", "more than 10 kt", False),
        ("US$9/kg", "below $10/kg", True),
        ("US$9/kg", "below 10 t", False),
        ("more than 12 kt", "more than 10 kt", True),
        ("more than 5 t", "less than 10 t", False),
    ],
)
def test_a_quantity_keeps_to_a_limit(quantity: str, limit: str, expected: bool) -> None:
    [told], [bound] = find_quantities(quantity), find_quantities(limit)
    assert keeps_to(told.quantity, bound.quantity) is expected
