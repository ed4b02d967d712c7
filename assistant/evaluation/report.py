"""Means of a run, and the report that rebuilds from its results without calling a model."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from assistant.evaluation.case import Case
from assistant.evaluation.results import CaseResult, load_results, load_run_record, write_whole
from assistant.evaluation.scoring import SCORE_NAMES, Scores, Shown, explain, shown

REPORT_FILE = "report.html"

_EVIDENCE_SHOWN = 5
_VERDICTS = ("failed", "wrong answer shown", "not right", "right, but", "right")  # shown so ordered
_KIND_COLUMNS = ("answer_right", "status_right", "page_hit_5", "page_cited", "wrong_answer_shown")


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of one score over the cases it applies to; None where there is none.

    `not_scored` cases ran, but the score does not apply to them; `failed` ones have no scores.
    """

    name: str
    mean: float | None
    scored: int
    not_scored: int
    failed: int


@dataclass(frozen=True, slots=True)
class Group:
    """The means over a group of cases; `not_run` of them have no result yet."""

    name: str
    cases: int
    failed: int
    not_run: int
    means: tuple[Mean, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The means over all cases, and over those of each kind in the order of the case file."""

    overall: Group
    by_kind: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class ReportedCase:
    """One case as the report shows it; `seen` holds nothing where the case failed."""

    case: Case
    result: CaseResult
    seen: Shown
    verdict: str
    reasons: tuple[str, ...]


def summarize(cases: Sequence[Case], results: Iterable[CaseResult]) -> Summary:
    """Return the means of a run; results of other cases are left out."""
    by_id = {result.id: result for result in results}
    kinds = dict.fromkeys(case.kind for case in cases)
    return Summary(
        overall=_group("all", cases, by_id),
        by_kind=tuple(
            _group(kind, [case for case in cases if case.kind == kind], by_id) for kind in kinds
        ),
    )


def summary_lines(summary: Summary) -> list[str]:
    """Return the summary as two aligned tables for a terminal: by score, then by kind."""
    overall = summary.overall
    rows = [["score", "mean", "scored", "not scored", "failed"]]
    rows += [
        [mean.name, format_mean(mean), str(mean.scored), str(mean.not_scored), str(mean.failed)]
        for mean in overall.means
    ]
    kinds = [["kind", "cases", *_KIND_COLUMNS, "failed"]]
    for group in summary.by_kind:
        means = {mean.name: format_mean(mean) for mean in group.means}
        kinds.append(
            [
                group.name,
                str(group.cases),
                *(means[name] for name in _KIND_COLUMNS),
                str(group.failed),
            ]
        )
    head = f"{overall.cases} cases, {overall.failed} failed, {overall.not_run} not run"
    return [head, "", *_aligned(rows), "", *_aligned(kinds)]


def write_report(run_dir: Path, cases: Sequence[Case]) -> Path:
    """Write `report.html` of a run from its files, one page that loads nothing, and return it.

    Raises `RunMismatchError` if the folder is not that of a run.
    """
    from jinja2 import Environment, StrictUndefined

    record = load_run_record(run_dir)
    results = load_results(run_dir)
    template = files("assistant.evaluation").joinpath("report.html.j2").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["mean"] = format_mean
    html = environment.from_string(template).render(
        record=record,
        summary=summarize(cases, results),
        score_names=SCORE_NAMES,
        reported=_reported(cases, results),
        evidence_shown=_EVIDENCE_SHOWN,
    )
    path = run_dir / REPORT_FILE
    write_whole(path, html.encode("utf-8", "replace"))
    return path


def format_mean(mean: Mean) -> str:
    """Return a mean with three decimals, or a dash where no case was scored."""
    return "–" if mean.mean is None else f"{mean.mean:.3f}"


def _group(name: str, cases: Sequence[Case], by_id: Mapping[str, CaseResult]) -> Group:
    results = [by_id[case.id] for case in cases if case.id in by_id]
    ran = [result for result in results if not result.error]
    failed = len(results) - len(ran)
    means = []
    for score_name in SCORE_NAMES:
        values = [getattr(result.scores, score_name) for result in ran]
        scored = [value for value in values if value is not None]
        means.append(
            Mean(
                score_name,
                sum(scored) / len(scored) if scored else None,
                len(scored),
                len(ran) - len(scored),
                failed,
            )
        )
    return Group(name, len(cases), failed, len(cases) - len(results), tuple(means))


def _reported(cases: Sequence[Case], results: Sequence[CaseResult]) -> list[ReportedCase]:
    """Return the cases that have a result: errors, then wrong answers, then what fell short."""
    by_id = {result.id: result for result in results}
    reported = [_report_case(case, by_id[case.id]) for case in cases if case.id in by_id]
    return sorted(reported, key=lambda item: _VERDICTS.index(item.verdict))


def _report_case(case: Case, result: CaseResult) -> ReportedCase:
    if result.answer is None:
        return ReportedCase(case, result, Shown("", "", (), ()), "failed", (result.error,))
    reasons = explain(case, result.answer)
    return ReportedCase(
        case, result, shown(case, result.answer), _verdict(result.scores, reasons), reasons
    )


def _verdict(scores: Scores, reasons: Sequence[str]) -> str:
    if scores.wrong_answer_shown:
        return "wrong answer shown"
    if scores.answer_right == 0 or scores.status_right == 0:
        return "not right"
    return "right, but" if reasons else "right"


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
