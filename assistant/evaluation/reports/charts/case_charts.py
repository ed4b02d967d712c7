"""Charts of cases: how they came out, by kind, and how long they took."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

from assistant.evaluation.reports.charts.axes import WIDTH, Plane, Rows, Scale
from assistant.evaluation.reports.charts.shapes import Box, Chart, Words, shortened
from assistant.evaluation.reports.reported_cases import OUTCOMES, Outcome, ReportedCase
from assistant.evaluation.reports.shown_numbers import counted, shown_seconds
from assistant.evaluation.summary import Latency

_BARS = 140, 372
_NAME_CHARS = 21
_FIGURE_WIDTH = 9  # of a digit in a bar, and some air
_TIME_BARS = 24
_STYLES: Mapping[Outcome, str] = {
    "answered right": "right",
    "rightly refused": "right-refused",
    "refused though answerable": "refused",
    "otherwise not right": "not-right",
    "wrong answer shown": "wrong",
    "failed": "failed",
    "no gold": "level",
}


def outcome_chart(cases: Sequence[ReportedCase]) -> Chart | None:
    """Return by kind the shares of right, refused and wrong; None where nothing has gold."""
    cases = [one for one in cases if one.outcome != "no gold"]
    if not any(one.outcome != "failed" for one in cases):
        return None
    kinds = dict.fromkeys(one.case.kind for one in cases)
    groups = [("all", Counter(one.outcome for one in cases))]
    groups += [
        (kind, Counter(one.outcome for one in cases if one.case.kind == kind)) for kind in kinds
    ]
    groups[1:] = sorted(groups[1:], key=lambda group: -group[1].total())
    rows = Rows(Scale(0, 1, *_BARS), len(groups))
    shapes = rows.grid((share, f"{share:.0%}") for share in (0, 0.5, 1))
    told = []
    for row, (kind, counts) in enumerate(groups):
        shapes.append(rows.name(row, shortened(kind.replace("_", " "), _NAME_CHARS), kind))
        shapes.append(rows.figure(row, f"{counts.total():,}"))
        before = 0
        for outcome in OUTCOMES:
            count = counts[outcome]
            if not count:
                continue
            left = rows.scale(before / counts.total())
            before += count
            width = rows.scale(before / counts.total()) - left
            tip = f"{kind}: {count:,} {outcome}"
            told.append(tip)
            style = _STYLES[outcome]
            shapes.append(Box(left, rows.middle(row) - 9, width - 1, 18, style, tip))
            if width > _FIGURE_WIDTH * len(f"{count:,}"):
                x, y = left + width / 2, rows.middle(row) + 4
                shapes.append(Words(x, y, f"{count:,}", "middle", f"on-{style}", tip))
    there = {one.outcome for one in cases}
    return Chart(
        "How the answers came out",
        tuple(told),
        WIDTH,
        rows.chart_height,
        tuple(shapes),
        tuple((_STYLES[outcome], outcome) for outcome in OUTCOMES if outcome in there),
    )


def latency_chart(seconds: Sequence[float], latencies: Sequence[Latency]) -> Chart | None:
    """Return how many cases took how long; None for fewer than two. The slowest share one bar."""
    if len(seconds) < 2 or max(seconds) <= 0:
        return None
    ordered = sorted(seconds)
    step = _round_step(ordered[ceil(0.98 * len(ordered)) - 1] / (_TIME_BARS - 1))
    counts = Counter(min(floor(one / step), _TIME_BARS - 1) for one in ordered)
    most = max(counts.values())
    plane = Plane(Scale(0, _TIME_BARS * step, 44, 408), Scale(0, most, 134, 14))
    ticks = [(index * step, f"{index * step:g} s") for index in range(0, _TIME_BARS, 6)]
    shapes = plane.grid(ticks, [(0, "0"), (most, f"{most:,}")])
    told = []
    for index, count in sorted(counts.items()):
        left, right = plane.across(index * step), plane.across((index + 1) * step)
        last = index == _TIME_BARS - 1
        span = f"{index * step:.4g} s and more" if last else f"up to {(index + 1) * step:.4g} s"
        told.append(f"{span}: {counted(count, 'case')}")
        top = plane.up(count)
        height = max(1, plane.bottom - top)
        box = Box(left, plane.bottom - height, right - left - 1, height, "series-1", told[-1])
        shapes.append(box)
    if ordered[-1] >= _TIME_BARS * step:
        text = f"to {shown_seconds(ordered[-1])}"
        shapes.append(Words(408, plane.bottom + 15, text, "end", "quiet"))
    notes = [
        f"{one.part}: median {shown_seconds(one.median)}, 95 % within {shown_seconds(one.p95)}"
        for one in latencies
    ]
    return Chart(
        "Time a case took",
        tuple(told),
        WIDTH,
        plane.bottom + 22,
        tuple(shapes),
        (("series-1", "cases"),),
        ". ".join(notes) + ("." if notes else ""),
    )


def _round_step(least: float) -> float:
    """Return the first of 1, 2, 2.5, 5, 10 ... times a power of ten that is not smaller."""
    power = 10.0 ** floor(log10(max(least, 1e-6)))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= least * 0.999)
