"""Charts of figures of one kind, for both colour schemes: by period, by edition, by entity.

What names an entity is data of a chart, never part of its description. `PICKED` names the
selection: the `key` of the point that is clicked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import altair as alt

from assistant.evaluation.reports.rendering import visible

PICKED = "picked"
MOST_ENTITIES = 8
# Of a lightness that is seen on white and on black, and told apart by shape as well.
_COLOURS = (
    "#3d8fa8", "#e08a3c", "#7a9a3a", "#c9453c", "#9b72c4", "#b8902f", "#d06fa0", "#6d82d6",
)  # fmt: skip
_SHAPES = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-right",
    "triangle-left",
)
_HEIGHT = 360
_ROW_HEIGHT = 28
_LABEL_WIDTH = 150
_LEGEND_WIDTH = 320  # of a name with its grade
_MOST_LABELS = 24  # of periods, each of which is told


@dataclass(frozen=True, slots=True)
class Point:
    """A value to be drawn at `at`, of an entity; `told` is how it reads, `is_firm` unless it is
    estimated, forecast or planned."""

    key: int
    entity: str
    at: str
    value: float
    told: str
    source: str
    is_firm: bool = True


def line_chart(points: Sequence[Point], unit: str) -> alt.LayerChart:
    """Return a line an entity along periods or editions, which stand in their order."""
    order = list(dict.fromkeys(point.at for point in points))
    labels = alt.Axis(labelAngle=-40, labelLimit=120, labelOverlap=len(order) > _MOST_LABELS)
    x = alt.X("at:N", sort=order, title=None, axis=labels)
    y = alt.Y("value:Q", title=visible(unit), scale=alt.Scale(zero=True), axis=_numbers())
    firsts: dict[tuple[str, str], Point] = {}
    for point in points:
        firsts.setdefault((point.entity, point.at), point)
    lines = _chart(list(firsts.values())).mark_line(strokeWidth=1.5)
    base = lines.encode(x=x, y=y, color=_colour(points))
    dots = (
        _chart(points)
        .mark_point(size=90, filled=True, opacity=1, cursor="pointer")
        .encode(x=x, y=y, color=_colour(points), shape=_shape(points), **_of_point())
    )
    return cast(
        alt.LayerChart, alt.layer(base, dots.add_params(_picking())).properties(height=_HEIGHT)
    )


def bar_chart(points: Sequence[Point], unit: str) -> alt.Chart:
    """Return a bar an entity, in their order."""
    order = list(dict.fromkeys(visible(point.entity) for point in points))
    names = alt.Axis(labelLimit=_LABEL_WIDTH)
    chart: alt.Chart = (
        _chart(points)
        .mark_bar(height=16, color=_COLOURS[0], cursor="pointer")
        .encode(
            y=alt.Y("entity:N", sort=order, title=None, axis=names),
            x=alt.X("value:Q", title=visible(unit), axis=_numbers()),
            **_of_point(),
        )
        .add_params(_picking())
        .properties(height=alt.Step(_ROW_HEIGHT))
    )
    return chart


def _chart(points: Sequence[Point]) -> alt.Chart:
    rows: list[Mapping[str, object]] = [
        {
            "key": point.key,
            "entity": visible(point.entity),
            "at": visible(point.at),
            "value": point.value,
            "told": visible(point.told),
            "source": visible(point.source),
            "firm": point.is_firm,
        }
        for point in points
    ]
    return alt.Chart(alt.InlineData(values=rows))


def _of_point() -> dict[str, Any]:
    """Return what a point tells, and how it stands out: hollow where it is no firm value."""
    return {
        "fillOpacity": alt.condition("datum.firm", alt.value(1), alt.value(0.4)),
        "strokeOpacity": alt.value(1),
        "tooltip": [
            alt.Tooltip("entity:N", title="Of"),
            alt.Tooltip("at:N", title="At"),
            alt.Tooltip("told:N", title="Value"),
            alt.Tooltip("source:N", title="Source"),
        ],
    }


def _numbers() -> alt.Axis:
    return alt.Axis(format=",~f", tickCount=5)


def _colour(points: Sequence[Point]) -> alt.Color:
    names = _entities(points)
    scale = alt.Scale(domain=names, range=[_COLOURS[at % 8] for at in range(len(names))])
    return alt.Color("entity:N", title=None, scale=scale, legend=_legend())


def _shape(points: Sequence[Point]) -> alt.Shape:
    names = _entities(points)
    scale = alt.Scale(domain=names, range=[_SHAPES[at % 8] for at in range(len(names))])
    return alt.Shape("entity:N", title=None, scale=scale, legend=_legend())


def _legend() -> alt.Legend:
    return alt.Legend(orient="bottom", columns=2, labelLimit=_LEGEND_WIDTH)


def _entities(points: Sequence[Point]) -> list[str]:
    return list(dict.fromkeys(visible(point.entity) for point in points))


def _picking() -> alt.Parameter:
    return alt.selection_point(name=PICKED, fields=["key"], toggle=False)
