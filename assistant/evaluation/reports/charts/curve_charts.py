"""Charts of curves: what is found by depth, and confidence against truth."""

from assistant.evaluation.metrics.refusal import CalibrationBin
from assistant.evaluation.reports.charts.axes import SHARES, WIDTH, Plane, Scale
from assistant.evaluation.reports.charts.measure_charts import told_of_mean
from assistant.evaluation.reports.charts.shapes import Box, Chart, Dot, Line, Words
from assistant.evaluation.reports.shown_numbers import counted, shown_score
from assistant.evaluation.summary import Refusals, Slice

_HITS = (
    ("page", "series-1", (1, 3, 5, 10)),
    ("document", "series-2", (1, 5, 10)),
)
_UP = Scale(0, 1, 214, 14)
_BEHIND_HEIGHT = 44  # of the bars behind a curve that say how many answers it stands on


def hit_chart(overall: Slice) -> Chart | None:
    """Return the share of questions whose page or document is found, by depth; None for none."""
    means = {mean.name: mean for mean in overall.means if mean.mean is not None}
    plane = Plane(Scale(0.5, 10.5, 44, 408), _UP)
    shapes = plane.grid([(depth, str(depth)) for depth in (1, 3, 5, 10)], SHARES)
    told, legend = [], []
    for name, style, depths in _HITS:
        found = [(d, means[f"{name}_hit_{d}"]) for d in depths if f"{name}_hit_{d}" in means]
        if not found:
            continue
        legend.append((style, name))
        curve = tuple((plane.across(depth), plane.up(mean.mean or 0)) for depth, mean in found)
        shapes.append(Line(curve, style))
        for (depth, mean), (x, y) in zip(found, curve, strict=True):
            shapes += plane.interval(depth, mean.low, mean.high, f"{style} thin")
            shapes.append(Dot(x, y, 4, style, told_of_mean(mean)))
            told.append(told_of_mean(mean))
    if not legend:
        return None
    return Chart(
        "Found by depth (hit@k)",
        tuple(told),
        WIDTH,
        plane.bottom + 22,
        tuple(shapes),
        tuple(legend),
        "The share of questions of which an expected page, or a page of an expected document, is "
        "among the first so many pages. Lines are 95 % intervals.",
    )


def calibration_chart(refusals: Refusals) -> Chart | None:
    """Return the share of answerable questions by confidence; None where nothing was answered."""
    if not refusals.bins:
        return None
    plane = Plane(Scale(0, 1, 44, 408), _UP)
    shapes = plane.grid([(tick / 5, f"{tick / 5:g}") for tick in range(6)], SHARES)
    most = max(one.count for one in refusals.bins)
    for one in refusals.bins:
        left, right = plane.across(one.low) + 1, plane.across(one.high) - 1
        height = max(2, _BEHIND_HEIGHT * one.count / most)
        top = plane.bottom - height
        shapes.append(Box(left, top, right - left, height, "behind", _told(one)))
        middle = (left + right) / 2
        shapes.append(Words(middle, top - 3, f"{one.count:,}", "middle", "quiet small"))
    shapes.append(Line(((plane.across(0), plane.up(0)), (plane.across(1), plane.up(1))), "ideal"))
    curve = tuple((plane.across(one.confidence), plane.up(one.right)) for one in refusals.bins)
    shapes.append(Line(curve, "series-1"))
    for one, (x, y) in zip(refusals.bins, curve, strict=True):
        shapes.append(Dot(x, y, 4, "series-1", _told(one)))
    error = refusals.calibration_error
    return Chart(
        "Confidence against truth",
        tuple(map(_told, refusals.bins)),
        WIDTH,
        plane.bottom + 22,
        tuple(shapes),
        (("series-1", "share that the sources answer"), ("ideal", "ideal"), ("behind", "answers")),
        "By the confidence of the answer, the share of questions that the sources answer."
        + ("" if error is None else f" Expected calibration error {shown_score(error)}."),
    )


def _told(one: CalibrationBin) -> str:
    answers = counted(one.count, "answer")
    return f"confidence {one.low:.1f}–{one.high:.1f}: {answers}, {one.right:.0%} answerable"
