"""Quantities of texts: what is found, in which unit, and which claims follow from which figures."""

import pytest

from assistant.quantities import agree, find_quantities


def _found(text: str, unit: str = "") -> list[tuple[float, float, str, str, str]]:
    return [(q.low, q.high, q.unit, q.bound, q.kind) for q in find_quantities(text, unit)]


@pytest.mark.parametrize(
    ("text", "low", "unit", "kind"),
    [
        ("270 kt", 270_000, "t", "amount"),
        ("0.27 Mt", 270_000, "t", "amount"),
        ("270,000 metric tons", 270_000, "t", "amount"),
        ("0.27 million tonnes", 270_000, "t", "amount"),
        ("270 thousand metric tons", 270_000, "t", "amount"),
        ("5 mt", 5, "t", "amount"),
        ("a 2000-ton facility", 2_000, "t", "amount"),
        ("500 kg", 0.5, "t", "amount"),
        ("100 short tons", 90.718474, "t", "amount"),
        ("100 long tons", 101.60469088, "t", "amount"),
        ("1,000 lb", 0.45359237, "t", "amount"),
        ("1,300 tonnes per year", 1_300, "t/year", "amount"),
        ("1.3 ktpa", 1_300, "t/year", "amount"),
        ("$69 per kilogram", 69, "USD/kg", "price"),
        ("US$1,010/kg", 1_010, "USD/kg", "price"),
        ("69,000 dollars per metric ton", 69, "USD/kg", "price"),
        ("435,000 yuan/t", 435_000, "CNY/t", "price"),
        ("RMB 435 per kg", 435_000, "CNY/t", "price"),
        ("A$1.8 billion", 1.8e9, "AUD", "money"),
        ("C$5 million", 5e6, "CAD", "money"),
        ("€75 m", 75e6, "EUR", "money"),
        ("$20.5 million", 20.5e6, "USD", "money"),
        ("85 per cent", 85, "%", "percent"),
        ("500 ppm", 0.05, "%", "percent"),
        ("5 percentage points", 5, "pp", "percent"),
        ("a quarter of output", 25, "%", "percent"),
        ("80 °C", 80, "°C", "temperature"),
        ("18 months", 1.5, "year", "time"),
        ("a 10-year deal", 10, "year", "time"),
        ("in 2025", 2025, "", "year"),
        ("in FY25", 2025, "", "year"),
        ("MCS 2026", 2026, "", "edition"),
        ("Announcement 18", 18, "", "label"),
        ("v1.3", 1.3, "", "label"),
        ("seven elements", 7, "", "count"),
        ("2021-24", 2021, "", "year"),
        ("from $812 a year earlier", 812, "USD", "money"),
        ("on 4 April 2025", 20250404, "", "date"),
        ("April 4, 2025", 20250404, "", "date"),
    ],
)
def test_a_written_quantity_is_found_in_its_base_unit(
    text: str, low: float, unit: str, kind: str
) -> None:
    [(value, high, found_unit, _, found_kind)] = _found(text)
    assert value == pytest.approx(low)
    assert high == pytest.approx(low)
    assert (found_unit, found_kind) == (unit, kind)


@pytest.mark.parametrize("text", ["Nd2O3", "GAO-16-161", "Section 45X", "one of them", "F-35"])
def test_digits_in_words_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,100 to 18,400 tons", [(12_100, 18_400, "t", "", "amount")]),
        ("150–200 t/yr", [(150, 200, "t/year", "", "amount")]),
        ("between 5 and 8 percent", [(5, 8, "%", "", "percent")]),
        ("A$1.7-1.8 billion", [(1.7e9, 1.8e9, "AUD", "", "money")]),
        (
            "rose from 5.2 million to 8 million tons",
            [(5.2e6, 5.2e6, "t", "", "amount"), (8e6, 8e6, "t", "", "amount")],
        ),
        ("5, 6 and 7 percent", [(n, n, "%", "", "percent") for n in (5, 6, 7)]),
        ("more than 85%", [(85, 85, "%", "above", "percent")]),
        ("no less than 3 plants", [(3, 3, "", "above", "count")]),
        ("no more than 3 plants", [(3, 3, "", "below", "count")]),
        ("up to $400 million", [(4e8, 4e8, "USD", "below", "money")]),
        ("about 1,600 tons", [(1_600, 1_600, "t", "about", "amount")]),
    ],
)
def test_ranges_lists_and_bounds(text: str, expected: list[tuple[object, ...]]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    ("text", "unit", "low", "found_unit"),
    [
        ("270,000", "metric tons, REO equivalent", 270_000, "t"),
        ("44", "thousand metric tons", 44_000, "t"),
        ("2025", "metric tons", 2_025, "t"),
        ("69", "dollars per kilogram", 69, "USD/kg"),
        ("$69", "dollars per kilogram", 69, "USD/kg"),
        ("1,234", "dollars in millions", 1.234e9, "USD"),
        ("9,066", "kilograms, gross weight", 9.066, "t"),
        ("80", "percent", 80, "%"),
    ],
)
def test_a_cell_has_the_unit_that_is_recorded_for_it(
    text: str, unit: str, low: float, found_unit: str
) -> None:
    [quantity] = find_quantities(text, unit)
    assert quantity.low == pytest.approx(low)
    assert quantity.unit == found_unit


def _agree(claimed: str, held: str) -> bool:
    [one], [other] = find_quantities(claimed), find_quantities(held)
    return agree(one, other)


@pytest.mark.parametrize(
    ("claimed", "held"),
    [
        ("270 kt", "270,000 metric tons"),
        ("270,000", "270,000 metric tons"),
        ("1,000 t", "1,000 tonnes a year"),
        ("about 1,600 tons", "1,570 tons"),
        ("45,000 tons", "45,455 tons"),
        ("1,600 tons", "an estimated 1,600 tons"),
        ("more than 85%", "85.3%"),
        ("more than 85%", "over 85%"),
        ("less than 5%", "4.8%"),
        ("up to 200 t", "up to 200 t"),
        ("150 to 200 t", "150–200 t"),
        ("2025", "4 April 2025"),
        ("April 2025", "4 April 2025"),
        ("4 April", "4 April 2025"),
        ("a quarter", "25%"),
        ("two years", "24 months"),
    ],
)
def test_a_claim_that_follows(claimed: str, held: str) -> None:
    assert _agree(claimed, held)


@pytest.mark.parametrize(
    ("claimed", "held"),
    [
        ("270 t", "270 kt"),
        ("270,000 tons", "270,000"),
        ("270,000 tons", "$270,000"),
        ("85%", "more than 85%"),
        ("more than 85%", "85% or less"),
        ("more than 85%", "84%"),
        ("less than 5%", "more than 5%"),
        ("more than 10 tons", "500 tons"),
        ("45,455 tons", "45,000 tons"),
        ("1,600 tons", "1,700 tons"),
        ("300 tons", "250 tons"),
        ("90%", "91.2%"),
        ("175 t", "150–200 t"),
        ("5%", "5 percentage points"),
        ("$100", "A$100"),
        ("$69/kg", "$69/t"),
        ("2025", "2024"),
        ("2025", "2025 tons"),
        ("4 April 2025", "April 2025"),
        ("May 2025", "4 April 2025"),
    ],
)
def test_a_claim_that_does_not_follow(claimed: str, held: str) -> None:
    assert not _agree(claimed, held)
