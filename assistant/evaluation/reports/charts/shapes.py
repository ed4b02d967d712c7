"""The values that a chart is drawn from: shapes in the units of its picture, y downwards.

`charts.j2` draws them. A shape's `style` is one or more class names of `report.css`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `tip` is shown while the pointer rests on it."""

    x: float
    y: float
    width: float
    height: float
    style: str
    tip: str = ""
    kind: str = "box"


@dataclass(frozen=True, slots=True)
class Line:
    """Straight lines from point to point."""

    points: tuple[tuple[float, float], ...]
    style: str
    kind: str = "line"


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    style: str
    tip: str = ""
    kind: str = "dot"


@dataclass(frozen=True, slots=True)
class Words:
    """Text on a line; `anchor` says which part of it stands at x."""

    x: float
    y: float
    text: str
    anchor: str = "start"  # "middle", "end"
    style: str = ""
    tip: str = ""
    kind: str = "words"


Shape = Box | Line | Dot | Words


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its title, and what it shows as `facts`, for who cannot see it.

    `legend` pairs the style of a colour with its meaning; `note` stands below the picture.
    """

    title: str
    facts: tuple[str, ...]
    width: float
    height: float
    shapes: tuple[Shape, ...]
    legend: tuple[tuple[str, str], ...] = ()
    note: str = ""


def shortened(text: str, chars: int) -> str:
    """Return a text that takes no more room than so many characters."""
    return text if len(text) <= chars else text[: chars - 1].rstrip() + "…"
