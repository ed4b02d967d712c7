"""Charts: where values lie, what is left out, and that nothing is drawn of nothing."""

from pathlib import Path

import pytest
from evaluation_runs import run_in, without_gold

from assistant.evaluation.comparing import Difference
from assistant.evaluation.metrics.refusal import CalibrationBin
from assistant.evaluation.reports.charts.axes import Scale
from assistant.evaluation.reports.charts.case_charts import latency_chart, outcome_chart
from assistant.evaluation.reports.charts.curve_charts import calibration_chart, hit_chart
from assistant.evaluation.reports.charts.measure_charts import difference_chart, headline_chart
from assistant.evaluation.reports.charts.shapes import Box, Chart, Dot, Line, Words, shortened
from assistant.evaluation.reports.reported_cases import report_cases
from assistant.evaluation.summary import Latency, Mean, Refusals, Slice


def drawn(chart: Chart | None) -> Chart:
    assert chart is not None
    return chart


def test_scale_places_values_and_holds_those_beyond_its_ends() -> None:
    scale = Scale(0, 2, 100, 300)
    assert [scale(value) for value in (-1, 0, 0.5, 2, 3)] == [100, 100, 150, 300, 300]


def test_headline_chart_has_a_bar_and_an_interval_for_each_scored_measure() -> None:
    means = (
        Mean("page_hit_1", 0.5, 0.25, 0.75, 4, 0, 0),
        Mean("page_hit_3", 1.0, 1.0, 1.0, 4, 0, 0),  # no headline measure
        Mean("answer_right", 1.0, None, None, 1, 3, 0),
        Mean("status_right", None, None, None, 0, 4, 0),
    )
    chart = drawn(headline_chart(means))
    bars = [(box.x, box.width, box.tip) for box in chart.shapes if isinstance(box, Box)]
    assert bars == [
        (150, 216, "Answer right 1.000, 1 case"),
        (150, 108, "Page hit@1 0.500 (0.25–0.75), 4 cases"),
    ]
    intervals = [s.points for s in chart.shapes if isinstance(s, Line) and s.style == "interval"]
    assert intervals[0] == ((204, 47), (312, 47))
    assert chart.facts == tuple(tip for _, _, tip in bars)


def test_outcomes_are_stacked_by_kind_with_all_first(tmp_path: Path) -> None:
    chart = drawn(outcome_chart(report_cases(run_in(tmp_path))))
    assert [fact for fact in chart.facts if fact.startswith("all")] == [
        "all: 2 answered right",
        "all: 1 rightly refused",
        "all: 1 refused though answerable",
        "all: 1 otherwise not right",
        "all: 1 wrong answer shown",
        "all: 1 failed",
    ]
    of_all = [box for box in chart.shapes if isinstance(box, Box) and box.tip.startswith("all")]
    assert sum(box.width + 1 for box in of_all) == pytest.approx(372 - 140)
    assert "no gold" not in {meaning for _, meaning in chart.legend}


def test_nothing_is_drawn_of_answers_without_gold(tmp_path: Path) -> None:
    assert outcome_chart(report_cases(without_gold(tmp_path))) is None
    assert headline_chart((Mean("answer_right", None, None, None, 0, 3, 0),)) is None
    assert hit_chart(Slice("all", "all", 0, 0, 0, ())) is None
    assert calibration_chart(Refusals((), (), None)) is None
    assert latency_chart([0.5], ()) is None
    assert difference_chart(()) is None


def test_hit_chart_draws_a_curve_by_depth() -> None:
    means = tuple(
        Mean(f"page_hit_{depth}", value, None, None, 2, 0, 0)
        for depth, value in ((1, 0.0), (3, 0.5), (5, 0.5), (10, 1.0))
    )
    chart = drawn(hit_chart(Slice("all", "all", 2, 0, 0, means)))
    curve = next(s for s in chart.shapes if isinstance(s, Line) and s.style == "series-1")
    assert [y for _, y in curve.points] == [214, 114, 114, 14]
    assert chart.legend == (("series-1", "page"),)


def test_calibration_chart_shows_how_many_answers_each_point_stands_on() -> None:
    bins = (CalibrationBin(0.0, 0.1, 3, 0.05, 0.0), CalibrationBin(0.9, 1.0, 1200, 1.0, 0.75))
    chart = drawn(calibration_chart(Refusals((), bins, 0.25)))
    assert [(dot.x, dot.y) for dot in chart.shapes if isinstance(dot, Dot)] == [
        (62.2, 214),
        (408, 64),
    ]
    counts = [s.text for s in chart.shapes if isinstance(s, Words) and "small" in s.style]
    assert counts == ["3", "1,200"]
    assert chart.facts == (
        "confidence 0.0–0.1: 3 answers, 0% answerable",
        "confidence 0.9–1.0: 1,200 answers, 75% answerable",
    )
    assert chart.note.endswith("Expected calibration error 0.250.")


def test_slowest_cases_share_the_last_bar() -> None:
    seconds = [0.1] * 98 + [2.0, 60.0]
    chart = drawn(latency_chart(seconds, (Latency("whole", 100, 0.1, 0.1, 0.1, 2.0),)))
    assert chart.facts == ("up to 0.105 s: 98 cases", "0.115 s and more: 2 cases")
    assert Words(408, 149, "to 60 s", "end", "quiet") in chart.shapes
    assert chart.note == "whole: median 0.10 s, 95 % within 0.10 s."


@pytest.mark.parametrize(
    ("name", "first", "second", "style", "x"),
    [
        ("answer_right", 0.5, 0.75, "gained", 354),
        ("answer_right", 0.75, 0.5, "lost", 150),
        ("answer_right", 0.5, 0.5, "level", 252),
        ("wrong_answer_shown", 0.5, 0.75, "lost", 354),
        ("wrong_answer_shown", 0.75, 0.5, "gained", 150),
    ],
)
def test_difference_is_drawn_as_what_it_means(
    name: str, first: float, second: float, style: str, x: float
) -> None:
    one = Difference(name, 4, first, second, None, None, 0.5, None, 0, 0)
    chart = drawn(difference_chart([one]))
    assert [(s.style, s.x) for s in chart.shapes if isinstance(s, Dot)] == [(style, x)]


def test_long_names_are_shortened() -> None:
    assert (shortened("number unit year", 16), shortened("number unit year", 9)) == (
        "number unit year",
        "number u…",
    )
