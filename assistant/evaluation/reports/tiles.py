"""The figures at the head of a report."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evaluation.explaining import VERDICTS
from assistant.evaluation.reports.measure_groups import confidence_figures, headline_means
from assistant.evaluation.reports.reported_cases import ReportedCase
from assistant.evaluation.reports.shown_numbers import (
    counted,
    shown_interval,
    shown_score,
    shown_seconds,
)
from assistant.evaluation.summary import Latency, Summary


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its title; `details` stand below it, `tip` says what it means."""

    title: str
    value: str
    details: tuple[str, ...]
    tip: str = ""


def headline_tiles(summary: Summary) -> tuple[Tile, ...]:
    """Return the headline measures with interval and count, then what else a run comes to."""
    return (*_measure_tiles(summary), *plain_tiles(summary))


def plain_tiles(summary: Summary) -> tuple[Tile, ...]:
    """Return what is counted in any run: time, and tokens where a language model took any."""
    return (*_time_tiles(summary.latencies), *_token_tiles(summary))


def verdict_counts(cases: Sequence[ReportedCase]) -> tuple[tuple[str, int], ...]:
    """Return how many cases have each verdict, the best first; without gold, each status."""
    counts = Counter(one.verdict for one in cases)
    if set(counts) <= {"no gold", "failed"}:
        return tuple(Counter(one.status for one in cases).most_common())
    return tuple((verdict, counts[verdict]) for verdict in reversed(VERDICTS) if counts[verdict])


def _measure_tiles(summary: Summary) -> Iterator[Tile]:
    for row in headline_means(summary.overall):
        mean = row.mean
        arrow = "" if row.measure.higher_is_better else " ↓"
        details = shown_interval(mean.low, mean.high), counted(mean.scored, "case")
        tip = row.measure.definition + ("" if not arrow else "; lower is better")
        yield Tile(row.measure.title + arrow, shown_score(mean.mean), details, tip)
    for one in confidence_figures(summary.refusals):
        if one.name == "auroc":
            details = shown_interval(one.low, one.high), counted(one.answers, "answer")
            yield Tile(one.title, shown_score(one.value), details, one.definition)


def _time_tiles(latencies: Sequence[Latency]) -> Iterator[Tile]:
    for one in latencies:
        if one.part == "whole" or len(latencies) == 1:
            yield Tile(
                "Median time",
                shown_seconds(one.median),
                (f"95 % within {shown_seconds(one.p95)}", counted(one.count, "case")),
                "of a case, as it ran",
            )


def _token_tiles(summary: Summary) -> Iterator[Tile]:
    tokens = summary.tokens
    if tokens.prompt or tokens.completion:
        yield Tile(
            "Tokens",
            f"{tokens.prompt + tokens.completion:,}",
            (f"{tokens.prompt:,} taken", f"{tokens.completion:,} given"),
            "taken and given by the language model, all cases together",
        )
