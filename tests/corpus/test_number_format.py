"""Numbers and dates as a spreadsheet shows them."""

from datetime import date, datetime, time, timedelta

import pytest

from corpus.number_format import show


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (270000, "#,##0", "270,000"),
        (2.8, "#,##0.00", "2.80"),
        (882.2, "#,##0", "882"),
        (2.5, "0", "3"),
        (0.125, "0.0%", "12.5%"),
        (2150000, '"$"#,##0', "$2,150,000"),
        (-5.5, "#,##0.0_);(#,##0.0)", "(5.5)"),
        (-3, "0", "-3"),
        (0, '0;-0;"–"', "–"),
        (1234567, "#,##0,", "1,235"),
        (1200000, "[$€-407] #,##0.00", "€ 1,200,000.00"),
        (3.1, "0.##", "3.1"),
        (3.0, "0.##", "3"),
        (0.5, "#.##", ".5"),
        (5, '0 "t"', "5 t"),
        (3, "[Red][>5]0;0", "3"),
        (1000, "#\\ ##0", "1 000"),
        (1.5, "0.0E+00", "1.5E+0"),
        (0.0008, "0.00", "0.0008"),  # no rounding to nothing
        (0.1 + 0.2, "General", "0.3"),
        (1234567.891234, "General", "1234567.8912"),
        (12345678901234, "General", "12345678901234"),
        (1.5e20, "General", "1.5000000000E+20"),
        (2018, "@", "2018"),
        (5551234, "000-0000", "5551234"),
        (1e300, "0.00", "1.0000000000E+300"),
        (float("nan"), "0", "nan"),
        (7, '"x"', "x"),
        (5, ";;;", "5"),
        (12, "# ?/?", "12"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        ("NA", "#,##0", "NA"),
        (datetime(2024, 3, 5), "mm-dd-yy", "2024-03-05"),
        (datetime(2024, 3, 5), "mmm-yy", "2024-03"),
        (datetime(2024, 3, 5), "yyyy", "2024"),
        (datetime(2024, 3, 5, 10, 30), "m/d/yy h:mm", "2024-03-05 10:30"),
        (date(2024, 3, 5), "General", "2024-03-05"),
        (time(10, 30), "h:mm", "10:30:00"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
    ],
)
def test_value_is_shown_as_its_format_says(value: object, number_format: str, shown: str) -> None:
    assert show(value, number_format) == shown
