"""A summary and a comparison as lines of a terminal."""

from collections.abc import Iterator, Sequence

from assistant.evaluation.comparing import Comparison
from assistant.evaluation.measures import MEASURE_OF
from assistant.evaluation.reports.measure_groups import (
    confidence_figures,
    headline_means,
    headlines,
    headlines_of,
)
from assistant.evaluation.reports.shown_numbers import counted, shown_p, shown_seconds
from assistant.evaluation.summary import Slice, Summary

_KIND_COLUMNS = ("answer_right", "wrong_answer_shown", "status_right", "page_hit_5", "page_cited")
_NAMED = 10  # cases that are named


def summary_lines(summary: Summary) -> list[str]:
    """Return what was asked, the headline means with intervals and counts, kinds, time, tokens."""
    overall = summary.overall
    head = [
        counted(overall.cases, "case"),
        f"{overall.failed:,} failed",
        f"{overall.not_run:,} not run",
    ]
    statuses = [f"{count:,} {name.replace('_', ' ')}" for name, count in summary.statuses.items()]
    told = ", ".join(head) + (f": {', '.join(statuses)}" if statuses else "")
    parts = [[told], _measures(summary), _kinds(summary), list(_spent(summary))]
    return _apart(parts)


def comparison_lines(comparison: Comparison) -> list[str]:
    """Return the regressions, or that there is none, the headline differences and who got worse."""
    first, second = comparison.first.name, comparison.second.name
    worse = [one.case.id for one in comparison.changed if one.is_worse]
    head = [
        f"{second} against {first}: {counted(comparison.shared, 'case')} in both, "
        f"{len(comparison.changed):,} changed, {len(worse):,} of them worse"
    ]
    for told, ids in (
        (f"only in {first}", comparison.only_first),
        (f"only in {second}", comparison.only_second),
        ("with other contents under one id", comparison.other_cases),
    ):
        if ids:
            head.append(f"not compared: {counted(len(ids), 'case')} {told}")
    regressions = [f"regression: {sentence}" for sentence in comparison.regressions]
    undecided = [f"too few cases to tell: {sentence}" for sentence in comparison.undecided]
    verdict = regressions or undecided or ["no regression"]
    named = [f"worse: {_named(worse)}"] if worse else []
    return _apart([head, _differences(comparison), verdict, named])


def _measures(summary: Summary) -> list[str]:
    rows = [
        [
            _titled(row.measure.name),
            _bounded(row.mean.mean, row.mean.low, row.mean.high),
            f"{row.mean.scored:,}",
        ]
        for row in headline_means(summary.overall)
    ]
    rows += [
        [one.title, _bounded(one.value, one.low, one.high), f"{one.answers:,}"]
        for one in confidence_figures(summary.refusals)
        if one.name.startswith("auroc")
    ]
    return _aligned([["measure", "mean (95 % interval)", "cases"], *rows]) if rows else []


def _kinds(summary: Summary) -> list[str]:
    kinds = summary.by("kind")
    scored = {measure.name for measure in headlines_of(kinds)}
    names = [name for name in _KIND_COLUMNS if name in scored]
    if len(kinds) < 2 or not names:
        return []
    head = ["kind", "cases", *(MEASURE_OF[name].title.lower() for name in names), "failed"]
    return _aligned([head, *(_kind_row(kind, names) for kind in kinds)])


def _kind_row(kind: Slice, names: Sequence[str]) -> list[str]:
    means = {mean.name: mean.mean for mean in kind.means}
    cells = ["-" if means[name] is None else f"{means[name]:.3f}" for name in names]
    return [kind.name, f"{kind.cases:,}", *cells, f"{kind.failed:,}"]


def _spent(summary: Summary) -> Iterator[str]:
    rows = [
        [one.part, *map(shown_seconds, (one.median, one.p90, one.p95, one.p99)), f"{one.count:,}"]
        for one in summary.latencies
    ]
    if rows:
        yield from _aligned([["time", "median", "90 %", "95 %", "99 %", "cases"], *rows])
    tokens = summary.tokens
    if tokens.prompt or tokens.completion:
        yield f"tokens: {tokens.prompt:,} taken, {tokens.completion:,} given"
    words = summary.model_words
    if words.answers:
        yield (
            f"model: {words.shown:,} of {counted(words.answers, 'answer')} show its words, for "
            f"{words.failed:,} it failed; of "
            f"{counted(words.sentences, 'sentence')} {words.kept:,} kept"
        )


def _differences(comparison: Comparison) -> list[str]:
    by_name = {one.name: one for one in comparison.differences}
    rows = []
    for one in (by_name[measure.name] for measure in headlines() if measure.name in by_name):
        bounded = one.low is not None and one.high is not None
        interval = f" ({_signed(one.low, 2)} to {_signed(one.high, 2)})" if bounded else ""
        rows.append(
            [
                _titled(one.name),
                f"{one.first:.3f}",
                f"{one.second:.3f}",
                f"{_signed(one.difference, 3)}{interval}",
                "-" if one.adjusted_p is None else shown_p(one.adjusted_p),
                f"{one.better:,}",
                f"{one.worse:,}",
                f"{one.cases:,}",
            ]
        )
    head = [
        "measure",
        "first",
        "second",
        "difference (95 % interval)",
        "p (Holm)",
        "better",
        "worse",
    ]
    return _aligned([[*head, "cases"], *rows]) if rows else []


def _titled(name: str) -> str:
    measure = MEASURE_OF[name]
    return measure.title if measure.higher_is_better else f"{measure.title} (low is good)"


def _bounded(value: float | None, low: float | None, high: float | None) -> str:
    interval = "" if low is None or high is None else f" ({low:.2f}-{high:.2f})"
    return "-" if value is None else f"{value:.3f}{interval}"


def _signed(value: float | None, decimals: int) -> str:
    """Return a number with its sign, and no sign of a zero below zero."""
    return f"{round(value or 0, decimals) + 0.0:+.{decimals}f}"


def _named(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_NAMED]) + (", ..." if len(ids) > _NAMED else "")


def _apart(parts: Sequence[Sequence[str]]) -> list[str]:
    """Return the parts that have lines, with an empty line between them."""
    lines: list[str] = []
    for part in parts:
        if part:
            lines += [*([""] if lines else []), *part]
    return lines


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows with the first column to the left and the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if position == 0 else cell.rjust(width)
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
