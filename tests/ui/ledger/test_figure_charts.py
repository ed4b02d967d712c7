"""What the charts of figures are drawn from, and what a click on them picks."""

from typing import Any

from evaluation_runs import HOSTILE, SHOWN_HOSTILE

from ui.ledger.figure_charts import PICKED, Point, bar_chart, line_chart

POINTS = (
    Point(7, "Chile", "2024", 1_200, "1,200 t", "Review"),
    Point(8, "Peru", "2024", 300, "300 t", "Review", is_firm=False),
    Point(9, "Peru", "2024", 900, "900 t", "Survey"),
    Point(10, "Chile", "2025", 1_400, "1,400 t", "Review"),
)


def rows(spec: dict[str, Any], part: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows that a part of a chart is drawn from."""
    data = part.get("data", spec.get("data", {}))
    return data["values"] if "values" in data else spec["datasets"][data["name"]]


def layers(spec: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    lines, dots = spec["layer"]
    return lines, dots


def test_each_value_is_a_point_and_a_line_goes_through_the_first_of_a_time() -> None:
    spec = line_chart(POINTS, "t").to_dict()
    lines, dots = layers(spec)
    assert [row["key"] for row in rows(spec, dots)] == [7, 8, 9, 10]
    assert [row["key"] for row in rows(spec, lines)] == [7, 8, 10]


def test_times_stand_in_the_order_in_which_they_come() -> None:
    lines, _ = layers(line_chart(POINTS, "t").to_dict())
    assert lines["encoding"]["x"]["sort"] == ["2024", "2025"]


def test_entities_differ_in_colour_and_shape() -> None:
    _, dots = layers(line_chart(POINTS, "t").to_dict())
    for channel in ("color", "shape"):
        scale = dots["encoding"][channel]["scale"]
        assert scale["domain"] == ["Chile", "Peru"]
        assert len(set(scale["range"])) == 2


def test_values_stand_on_an_axis_from_zero() -> None:
    _, dots = layers(line_chart(POINTS, "t").to_dict())
    assert dots["encoding"]["y"]["scale"] == {"zero": True}


def test_a_click_picks_the_key_of_a_point() -> None:
    for chart in (line_chart(POINTS, "t"), bar_chart(POINTS, "t")):
        [picking] = chart.to_dict()["params"]
        assert picking["name"] == PICKED
        assert picking["select"]["fields"] == ["key"]


def test_bars_stand_in_their_order() -> None:
    spec = bar_chart(POINTS, "t").to_dict()
    assert spec["encoding"]["y"]["sort"] == ["Chile", "Peru"]
    assert spec["encoding"]["x"]["title"] == "t"


def test_hostile_name_is_data_alone() -> None:
    spec = bar_chart([Point(1, HOSTILE, "2024", 1, "1 t", HOSTILE)], "t").to_dict()
    [row] = rows(spec, spec)
    assert (row["entity"], row["source"]) == (SHOWN_HOSTILE, SHOWN_HOSTILE)
    assert "evil" not in str({**spec["encoding"], "y": {**spec["encoding"]["y"], "sort": []}})
