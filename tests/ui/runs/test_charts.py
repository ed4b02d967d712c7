"""What the charts of a run are drawn from."""

import re
from collections.abc import Iterator
from typing import Any

import altair as alt
import pytest
from evaluation_runs import HOSTILE, SHOWN_HOSTILE

from assistant.evaluation.metrics.refusal import CalibrationBin
from assistant.evaluation.summary import Mean
from ui.runs.charts import (
    BAD,
    GOOD,
    Bar,
    calibration_chart,
    group_bar,
    interval_chart,
    latency_chart,
    measure_bar,
    outcome_chart,
    outcome_legend,
)


def rows(chart: alt.Chart | alt.LayerChart) -> list[list[dict[str, Any]]]:
    """Return the rows that each part of a chart is drawn from, without repeats."""
    drawn: list[list[dict[str, Any]]] = []
    for values in _values(chart.to_dict()):
        if values not in drawn:
            drawn.append(values)
    return drawn


def _values(spec: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    yield from spec.get("datasets", {}).values()
    for part in (spec, *spec.get("layer", [])):
        if "values" in part.get("data", {}):
            yield part["data"]["values"]


def test_bar_of_a_measure_has_its_title_figure_and_colour() -> None:
    right = Mean("answer_right", 0.8, 0.7, 0.9, 40, 2, 1)
    assert measure_bar(right) == Bar(
        "Answer right", 0.8, 0.7, 0.9, "0.800 (0.70–0.90), n = 40", GOOD
    )


def test_bar_of_a_group_has_the_name_of_the_group() -> None:
    wrong = Mean("wrong_answer_shown", 0.0, None, None, 1, 0, 0)
    assert group_bar(wrong, "table_lookup") == Bar(
        "table lookup", 0.0, None, None, "0.000, n = 1", BAD
    )


def test_measure_of_which_lower_is_better_says_so() -> None:
    assert measure_bar(Mean("answerable_refused", 0.1, 0.0, 0.2, 9, 0, 0)).name == (
        "Answerable refused ↓"
    )


def test_bar_without_an_interval_is_drawn_at_its_value() -> None:
    (drawn,) = rows(interval_chart([Bar("one", 0.5, None, None, "0.500")]))
    assert [(row["value"], row["low"], row["high"]) for row in drawn] == [(0.5, 0.5, 0.5)]


def test_hostile_name_is_data_and_its_signs_act_on_nothing() -> None:
    chart = interval_chart([Bar(HOSTILE, 0.5, 0.4, 0.6, "0.500")])
    (drawn,) = rows(chart)
    assert drawn[0]["name"] == SHOWN_HOSTILE
    assert "evil" not in str([layer["encoding"] for layer in chart.to_dict()["layer"]])


@pytest.mark.parametrize(("least", "most"), [(0.0, 1.0), (-0.3, 0.3)])
def test_figures_stand_at_the_end_of_the_axis(least: float, most: float) -> None:
    chart = interval_chart([Bar("one", 0.1, 0.0, 0.2, "0.100")], least, most)
    axis = next(x for layer in chart.to_dict()["layer"] if "axis" in (x := layer["encoding"]["x"]))
    assert axis["scale"]["domain"] == [least, most]
    assert [row["end"] for row in rows(chart)[0]] == [most]


def test_outcomes_are_counted_by_group_in_one_order() -> None:
    chart = outcome_chart(
        [("a_b", {"failed": 1, "answered right": 3}), ("c", {"wrong answer shown": 2})]
    )
    (drawn,) = rows(chart)
    assert [(row["name"], row["outcome"], row["cases"]) for row in drawn] == [
        ("a b (4)", "failed", 1),
        ("a b (4)", "answered right", 3),
        ("c (2)", "wrong answer shown", 2),
    ]
    assert drawn[1]["order"] < drawn[2]["order"] < drawn[0]["order"]
    assert chart.to_dict()["encoding"]["color"]["scale"]["domain"] == [
        "answered right",
        "wrong answer shown",
        "failed",
    ]


def test_legend_names_the_outcomes_that_there_are_in_order() -> None:
    legend = outcome_legend([("a", {"failed": 1}), ("b", {"answered right": 3})])
    assert re.findall(r"</i>([^<]+)</span>", legend) == ["answered right", "failed"]


def test_calibration_curve_has_a_point_a_bin_beside_the_ideal() -> None:
    drawn = rows(calibration_chart([CalibrationBin(0.2, 0.3, 4, 0.26, 0.5)]))
    assert {"confidence": 0.26, "right": 0.5, "answers": 4, "span": "0.2 to 0.3"} in drawn[1]
    assert drawn[0] == [{"confidence": 0, "right": 0}, {"confidence": 1, "right": 1}]


def test_each_case_is_in_one_bar_of_the_times() -> None:
    seconds = [0.1, 0.1, 0.2, 0.35, 40.0]
    drawn = rows(latency_chart(seconds, []))[0]
    assert sum(row["cases"] for row in drawn) == len(seconds)
    assert all(row["start"] < row["end"] for row in drawn)


def test_slowest_cases_share_the_last_bar() -> None:
    seconds = [0.5 + 0.001 * n for n in range(300)] + [70.0, 90.0]
    drawn = rows(latency_chart(seconds, []))[0]
    assert drawn[-1]["span"].endswith("and more")
    assert drawn[-1]["end"] < 2
    assert drawn[-1]["cases"] == sum(one >= drawn[-1]["start"] for one in seconds) == 4
    assert sum(row["cases"] for row in drawn) == 302


def test_equal_times_can_be_drawn() -> None:
    drawn = rows(latency_chart([0.0, 0.0], []))[0]
    assert sum(row["cases"] for row in drawn) == 2


def test_named_times_stand_in_the_chart() -> None:
    drawn = rows(latency_chart([0.1, 0.2, 0.3], [("median", 0.2), ("95 %", 9.0)]))
    assert [{"name": "median", "at": 0.2}] in drawn
    assert "95 %" not in str(drawn)
