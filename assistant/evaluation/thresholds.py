"""Bounds for the scores of a run, for build pipelines: a TOML file, a table a measure.

[answer_right]
min = 0.85        # the second run's mean at least
max_drop = 0.02   # and at most so much below the first run's

[wrong_answer_shown]
max = 0.10        # the second run's mean at most
max_rise = 0.0    # and at most so much above the first run's
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from assistant.errors import ThresholdsError
from assistant.evaluation.measures import MEASURE_OF

BoundKind = Literal["min", "max", "max_drop", "max_rise"]


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound on the mean of one score."""

    name: str
    kind: BoundKind
    value: float

    def holds(self, first: float, second: float) -> bool:
        """Tell whether the bound holds for the means of two runs; a hair's breadth is forgiven."""
        excess = {
            "min": self.value - second,
            "max": second - self.value,
            "max_drop": first - second - self.value,
            "max_rise": second - first - self.value,
        }[self.kind]
        return excess <= 1e-9


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The bounds of a file, in its order."""

    bounds: tuple[Bound, ...] = ()

    def broken(self, means: Mapping[str, tuple[float | None, float | None]]) -> Iterator[str]:
        """Yield a sentence for each bound that does not hold, or whose score was not measured.

        `means` are by the name of the score those of the first and the second run.
        """
        for bound in self.bounds:
            told = f"{bound.name}: {bound.kind} = {bound.value:g} does not hold"
            first, second = means.get(bound.name, (None, None))
            if second is None or (first is None and bound.kind in ("max_drop", "max_rise")):
                yield f"{told}: no case was scored"
            elif not bound.holds(second if first is None else first, second):
                before = "none" if first is None else f"{first:.3f}"
                yield f"{told}: {before} before, {second:.3f} now"


def load_thresholds(path: Path) -> Thresholds:
    """Return the bounds of a file. Raises ThresholdsError for one that cannot be used."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ThresholdsError(f"{path}: cannot be read as TOML ({error})") from error
    bounds = []
    for name, table in content.items():
        if name not in MEASURE_OF:
            raise ThresholdsError(
                f"{path}: there is no measure {name!r}; there are {', '.join(MEASURE_OF)}"
            )
        if not isinstance(table, dict) or not table:
            raise ThresholdsError(f"{path}: {name} takes a table such as [{name}] with min = 0.8")
        for kind, value in table.items():
            if kind not in get_args(BoundKind):
                raise ThresholdsError(
                    f"{path}: {name} takes {', '.join(get_args(BoundKind))}, not {kind!r}"
                )
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ThresholdsError(f"{path}: {name}.{kind} is a number, not {value!r}")
            bounds.append(Bound(name, cast(BoundKind, kind), float(value)))
    return Thresholds(tuple(bounds))
