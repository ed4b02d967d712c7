"""The chart of an answer that is a table: series along times, comparisons, nothing else."""

from dataclasses import replace

import pytest
from fake_assistant import MINED

from assistant.answer.answer_table import NOT_GIVEN, AnswerTable, TableCell, TableRow
from ui.drawing.table_chart import table_points


def table(*rows: tuple[str, ...], columns: tuple[str, ...], unit: str = "t") -> AnswerTable:
    """Return a table of cells that the first citation carries."""
    made = tuple(
        TableRow(head, tuple(TableCell(text, () if text == NOT_GIVEN else (1,)) for text in cells))
        for head, *cells in rows
    )
    return AnswerTable("Mine production", unit, "REO", "Country", columns, made)


def drawn(one: AnswerTable) -> list[tuple[str, str, float]]:
    points = table_points(replace(MINED, table=one), one)
    return [(point.entity, point.at, point.value) for point in points]


def test_series_is_drawn_along_its_years() -> None:
    one = table(("China", "255,000", "270,000"), ("Peru", "W", "300"), columns=("2023", "2024"))
    assert drawn(one) == [
        ("China", "2023", 255_000),
        ("China", "2024", 270_000),
        ("Peru", "2024", 300),
    ]


def test_years_in_rows_are_times_as_well() -> None:
    one = table(("2023", "255,000"), ("2024", "270,000"), columns=("China",))
    assert drawn(one) == [("China", "2023", 255_000), ("China", "2024", 270_000)]


def test_comparison_is_drawn_by_entity() -> None:
    one = table(("China", "270,000"), ("Peru", "300"), columns=("2024",))
    assert drawn(one) == [("China", "2024", 270_000), ("Peru", "2024", 300)]


@pytest.mark.parametrize(
    "one",
    [
        table(("China", "270,000"), ("Peru", "300"), columns=("2024",), unit=""),
        table(("China", "270,000"), ("Peru", NOT_GIVEN), columns=("2024",)),
        table(("China", "1", "2"), ("Peru", "3", "4"), columns=("Output", "Quota")),
        table(*((f"Mine {at}", "1", "2") for at in range(9)), columns=("2023", "2024")),
    ],
    ids=["no unit", "one number", "no times", "too many lines"],
)
def test_what_is_no_series_and_no_comparison_is_not_drawn(one: AnswerTable) -> None:
    assert drawn(one) == []


def test_point_names_the_source_of_its_cell() -> None:
    one = table(("China", "270,000"), ("Peru", "300"), columns=("2024",))
    [first, _] = table_points(replace(MINED, table=one), one)
    assert (first.told, first.source) == ("270,000 t", MINED.citations[0].source.title)
