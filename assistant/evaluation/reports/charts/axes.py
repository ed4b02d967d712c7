"""Axes of charts: scales, grid lines with their figures, intervals."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.evaluation.reports.charts.shapes import Line, Shape, Words

WIDTH = 420  # of a chart, in units of about a pixel
SHARES = tuple((tick, f"{tick:g}") for tick in (0, 0.25, 0.5, 0.75, 1))


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the values from `low` to `high` lie between two places of a picture."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a value; one beyond the ends is placed there."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)


@dataclass(frozen=True, slots=True)
class Rows:
    """A chart of rows: a name to the left, a value along the scale, a figure to the right."""

    scale: Scale
    count: int
    height: float = 26

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return 8 + self.height * self.count

    @property
    def chart_height(self) -> float:
        """The height of the chart with the figures below its rows."""
        return self.bottom + 22

    def middle(self, row: int) -> float:
        """Return the height at which a row is centred."""
        return 8 + self.height * (row + 0.5)

    def grid(self, ticks: Iterable[tuple[float, str]]) -> list[Shape]:
        """Return upright lines at the ticks with their texts below."""
        shapes: list[Shape] = []
        for tick, text in ticks:
            x = self.scale(tick)
            shapes.append(Line(((x, 4), (x, self.bottom)), "grid"))
            shapes.append(Words(x, self.bottom + 15, text, "middle", "quiet"))
        return shapes

    def name(self, row: int, text: str, tip: str = "") -> Words:
        """Return the name of a row."""
        return Words(self.scale.start - 8, self.middle(row) + 4, text, "end", tip=tip)

    def figure(self, row: int, text: str) -> Words:
        """Return the figure at the end of a row."""
        return Words(self.scale.end + 8, self.middle(row) + 4, text, style="figure")

    def interval(self, row: int, low: float | None, high: float | None) -> list[Shape]:
        """Return the line of an interval with its ends; nothing where there is none."""
        if low is None or high is None:
            return []
        y, left, right = self.middle(row), self.scale(low), self.scale(high)
        ends = [Line(((x, y - 4), (x, y + 4)), "interval") for x in (left, right)]
        return [Line(((left, y), (right, y)), "interval"), *ends]


@dataclass(frozen=True, slots=True)
class Plane:
    """A chart of points between two scales, `up` from the bottom."""

    across: Scale
    up: Scale

    @property
    def bottom(self) -> float:
        """Where the plane ends below."""
        return self.up.start

    def grid(
        self, across: Iterable[tuple[float, str]], up: Iterable[tuple[float, str]]
    ) -> list[Shape]:
        """Return level lines at the ticks of `up`, and the texts of both scales."""
        shapes: list[Shape] = []
        for tick, text in up:
            y = self.up(tick)
            shapes.append(Line(((self.across.start, y), (self.across.end, y)), "grid"))
            shapes.append(Words(self.across.start - 6, y + 4, text, "end", "quiet"))
        for tick, text in across:
            shapes.append(Words(self.across(tick), self.bottom + 15, text, "middle", "quiet"))
        return shapes

    def interval(
        self, value: float, low: float | None, high: float | None, style: str
    ) -> list[Shape]:
        """Return the upright line of an interval; nothing where there is none."""
        if low is None or high is None:
            return []
        x = self.across(value)
        return [Line(((x, self.up(low)), (x, self.up(high))), style)]
