"""Measures under the titles of their groups, answering first; what is not scored is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evaluation.measures import MEASURES, Group, Measure
from assistant.evaluation.scoring import Scores
from assistant.evaluation.summary import Mean, Refusals, Slice

_TITLES: dict[Group, str] = {
    "answering": "Answering",
    "refusing": "Refusing",
    "citing": "Citing",
    "finding": "Finding",
}


@dataclass(frozen=True, slots=True)
class ShownScore:
    """A score of one case; `is_short` where it is not the best there is."""

    title: str
    value: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class MeasuredMean:
    """A measure with its mean over some cases."""

    measure: Measure
    mean: Mean


@dataclass(frozen=True, slots=True)
class ConfidenceFigure:
    """How far the confidence of a run's answers can be trusted, over so many answers."""

    name: str
    title: str
    definition: str
    higher_is_better: bool
    value: float
    low: float | None
    high: float | None
    answers: int


def measure_groups() -> Iterator[tuple[str, list[Measure]]]:
    """Yield the measures by the titles of their groups."""
    for group, title in _TITLES.items():
        yield title, [measure for measure in MEASURES if measure.group == group]


def score_groups(scores: Scores) -> tuple[tuple[str, tuple[ShownScore, ...]], ...]:
    """Return the scores of a case by the titles of their groups."""
    return tuple(
        (title, shown)
        for title, measures in measure_groups()
        if (shown := tuple(one for m in measures if (one := _shown(m, scores)) is not None))
    )


def mean_groups(part: Slice) -> tuple[tuple[str, tuple[MeasuredMean, ...]], ...]:
    """Return the means of a slice by the titles of their groups."""
    means = {mean.name: mean for mean in part.means if mean.scored}
    return tuple(
        (title, rows)
        for title, measures in measure_groups()
        if (rows := tuple(MeasuredMean(m, means[m.name]) for m in measures if m.name in means))
    )


def headline_means(part: Slice) -> tuple[MeasuredMean, ...]:
    """Return the headline means of a slice, in the order in which they are shown."""
    return tuple(row for _, rows in mean_groups(part) for row in rows if row.measure.headline)


def headlines() -> tuple[Measure, ...]:
    """Return the headline measures in the order in which they are shown."""
    return tuple(m for _, measures in measure_groups() for m in measures if m.headline)


def headlines_of(parts: Sequence[Slice]) -> tuple[Measure, ...]:
    """Return the headline measures that are scored in at least one of the slices."""
    names = {mean.name for part in parts for mean in part.means if mean.scored}
    return tuple(measure for measure in headlines() if measure.name in names)


def confidence_figures(refusals: Refusals) -> tuple[ConfidenceFigure, ...]:
    """Return the figures of confidence that there are."""
    return (
        *(
            ConfidenceFigure(
                "auroc" if one.name == "all" else f"auroc_{one.name.replace(' ', '_')}",
                "AUROC of confidence" + ("" if one.name == "all" else f", {one.name}"),
                "of a question that the sources answer and one that they do not"
                + ("" if one.name == "all" else f" ({one.name} alone)")
                + f", the chance that the first has the higher confidence; {one.answerable:,} "
                f"against {one.unanswerable:,}",
                True,
                one.auroc,
                one.low,
                one.high,
                one.answerable + one.unanswerable,
            )
            for one in refusals.separations
            if one.auroc is not None
        ),
        *(
            ConfidenceFigure(
                "calibration_error",
                "Calibration error",
                "mean distance of confidence from the share of questions that the sources answer, "
                "over tenths of confidence (Naeini et al. 2015)",
                False,
                error,
                None,
                None,
                sum(one.count for one in refusals.bins),
            )
            for error in (refusals.calibration_error,)
            if error is not None
        ),
    )


def _shown(measure: Measure, scores: Scores) -> ShownScore | None:
    value: float | None = getattr(scores, measure.name)
    if value is None:
        return None
    best = 1 if measure.higher_is_better else 0
    return ShownScore(measure.title, f"{value:.3g}", abs(value - best) > 1e-9)
