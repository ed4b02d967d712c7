"""Units: what they measure and how they convert, by how they are written; and where they stand."""

import pytest

from corpus.language.quantities import find_unit
from corpus.language.table_words import (
    column_use,
    printed_units,
    states_unit,
    unit_alone,
    unit_line,
    whole_unit,
)
from corpus.language.units import convert


@pytest.mark.parametrize(
    ("written", "base", "factor"),
    [
        ("t", "kg", 1000.0),
        ("mt", "kg", 1000.0),
        ("Mt", "kg", 1e9),
        ("kt", "kg", 1e6),
        ("short ton", "kg", 907.18474),
        ("lb", "kg", 0.45359237),
        ("MTU", "kg", 10.0),
        ("yuan/t", "CNY/kg", 0.001),
        ("US$/kg", "USD/kg", 1.0),
        ("cents per pound", "USD/kg", 0.0220462262),
        ("万元/吨", "CNY/kg", 10.0),
        ("thousand metric dry tons", "kg", 1e6),
        ("dollars in thousands", "USD", 1e3),
    ],
)
def test_units_are_known_by_how_they_are_written(written: str, base: str, factor: float) -> None:
    unit, scale = find_unit(written)
    assert convert(scale, unit, base) == pytest.approx(factor)


def test_unit_of_some_grams_is_no_unit_of_a_gram() -> None:
    assert find_unit("dollars per 50 grams") == ("USD/50 grams", 1.0)


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("Production, in metric tons of REO", [("metric tons", "REO")]),
        ("Reserves, million metric tons REO equivalent (MYB 2022)",
         [("million metric tons", "REO equivalent")]),
        ("Output (t REO/yr)", [("t REO/yr", "")]),
        ("Price, yuan/t (incl. 13% VAT)", [("yuan/t", "")]),
        ("Lots of 5 to 100 kg", []),
        ("Net of tax of $5", []),
        ("Magnets", []),
        ("Real estate", []),
        ("Employment, annual average, number", [("number", "")]),
        ("Remaining term (years)", [("years", "")]),
        ("Import reliance as a percentage of consumption", [("percent", "")]),
        ("net income in millions and shares in thousands",
         [("millions", ""), ("thousands", "")]),
    ],
)  # fmt: skip
def test_units_are_found_as_they_are_printed(words: str, units: list[tuple[str, str]]) -> None:
    assert [(unit.printed, unit.basis) for unit in printed_units(words)] == units


@pytest.mark.parametrize(
    ("words", "unit", "basis"),
    [
        ("metric_tons_reo_equivalent", "metric tons", "REO equivalent"),
        ("(Percentage of total rare-earth oxide)", "percent", "of total rare-earth oxide"),
        ("metric tons, elemental iodine", "metric tons", "elemental iodine"),
    ],
)
def test_unit_and_basis_of_words_that_state_nothing_else(words: str, unit: str, basis: str) -> None:
    found = whole_unit(words)
    assert found is not None
    assert (found.printed, found.basis) == (unit, basis)


def test_line_states_the_unit_of_a_table() -> None:
    line = "[All quantities in metric tons (t) rare-earth oxide equivalent unless otherwise noted]"
    found = unit_line(line)
    assert found is not None
    assert (found.printed, found.basis) == ("metric tons", "rare-earth oxide equivalent")
    assert unit_line("Tons were mined in three places.") is None


@pytest.mark.parametrize(
    "head", ["Year", "Country", "Company", "Item", "Unit", "Month", "Percentage change", "Share"]
)
def test_head_of_a_column_is_no_line_of_a_unit(head: str) -> None:
    assert not states_unit(head)
    assert unit_alone(head) is None


@pytest.mark.parametrize(
    ("head", "use"),
    [
        ("Qty Unit", "unit"),
        ("Fiscal year", "period"),
        ("source id", "code"),
        ("Price notes", "notes"),
        ("2024 > Value", ""),
    ],
)
def test_head_says_what_the_cells_of_a_column_are_for(head: str, use: str) -> None:
    assert column_use(head) == use
