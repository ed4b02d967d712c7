"""Units as sources write them, and what one is in another."""

from decimal import Decimal

import pytest

from assistant.calculating.units import Measure, factor_between, read_measure, unit_constant


@pytest.mark.parametrize(
    ("written", "measure"),
    [
        ("metric tons, REO equivalent", Measure(mass="metric_ton")),
        ("thousand metric tons", Measure(1_000, mass="metric_ton")),
        ("million RMB", Measure(1_000_000, "RMB")),
        ("A$ million", Measure(1_000_000, "A$")),
        ("US$ per kilogram, f.o.b. China", Measure(currency="US$", per="kilogram")),
        ("dollars per pound", Measure(currency="US$", per="pound")),
        ("thousand yuan per metric ton", Measure(1_000, "RMB", per="metric_ton")),
        ("yuan/t", Measure(currency="RMB", per="metric_ton")),
        ("short tons", Measure(mass="short_ton")),
        ("Mt", Measure(mass="megatonne")),
        ("mt", Measure(mass="metric_ton")),
        ("percent, of total rare-earth oxide", Measure(other="percent")),
        ("number", Measure(other="number")),
        ("reported by Reuters", Measure()),
    ],
)
def test_unit_is_taken_apart(written: str, measure: Measure) -> None:
    assert read_measure(written) == measure


def test_masses_convert_by_their_definitions() -> None:
    assert factor_between("pound", "kilogram") == Decimal("0.45359237")
    assert factor_between("short_ton", "pound").quantize(Decimal("1e-6")) == 2000
    assert factor_between("long_ton", "pound").quantize(Decimal("1e-6")) == 2240
    assert factor_between("kilotonne", "metric_ton") == 1000


def test_constant_is_told_as_a_reader_knows_it() -> None:
    assert unit_constant("kilogram", "pound") == "1 pound = 0.45359237 kilograms"
    assert unit_constant("metric_ton", "kilotonne") == "1 kt = 1,000 metric tons"
