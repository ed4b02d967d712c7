"""What the cases of a run come to: means with intervals, over all and over slices of the cases."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.answer import Tokens
from assistant.evaluation.case import Case
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.metrics.refusal import (
    CalibrationBin,
    auroc,
    calibration,
    expected_calibration_error,
)
from assistant.evaluation.metrics.statistics import bootstrap_auroc, bootstrap_mean, percentile
from assistant.evaluation.results import CaseResult, ExpectedSource, Run
from assistant.evaluation.scoring import confidence, spent_tokens
from index.question import analyze

Dimension = Literal["all", "kind", "publisher", "year", "answerable", "near miss", "turns"]


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of one score over the cases it applies to; None where there is none.

    `low` and `high` bound it with 95 % confidence (bootstrap over cases), None for fewer than two
    cases. `not_scored` cases ran, but the score does not apply to them; `failed` ones have no
    scores.
    """

    name: str
    mean: float | None
    low: float | None
    high: float | None
    scored: int
    not_scored: int
    failed: int


@dataclass(frozen=True, slots=True)
class Slice:
    """The means over the cases that have a value of a dimension; `not_run` have no result yet."""

    dimension: Dimension
    name: str
    cases: int
    failed: int
    not_run: int
    means: tuple[Mean, ...]


@dataclass(frozen=True, slots=True)
class Separation:
    """How well the confidence of answers tells answerable from unanswerable questions (AUROC)."""

    name: str  # "all", or "near misses": of the unanswerable those alone
    auroc: float | None
    low: float | None
    high: float | None
    answerable: int
    unanswerable: int


@dataclass(frozen=True, slots=True)
class Refusals:
    """The confidence of answers held against whether the sources answer the question.

    `bins` is the calibration curve: by confidence, the share of questions that are answerable;
    `calibration_error` is the expected calibration error over them.
    """

    separations: tuple[Separation, ...]
    bins: tuple[CalibrationBin, ...]
    calibration_error: float | None


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles of the seconds that a part of answering took."""

    part: str  # "retrieve", "answer", "whole": the case as it ran
    count: int
    median: float
    p90: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class ModelWords:
    """What became of what a language model wrote: `shown` of the `answers` put to it show words.

    For `failed` of them the model could not be asked, or did not finish. Of its `sentences` some
    were kept; the others were left out.
    """

    answers: int
    shown: int
    failed: int
    sentences: int
    kept: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A run in figures. `slices` hold the values of each dimension in order."""

    overall: Slice
    slices: tuple[Slice, ...]
    refusals: Refusals
    latencies: tuple[Latency, ...]
    tokens: Tokens
    model_words: ModelWords
    statuses: Mapping[str, int]  # how many answers have each, the most frequent first

    def by(self, dimension: Dimension) -> tuple[Slice, ...]:
        """Return the slices of one dimension."""
        return tuple(one for one in self.slices if one.dimension == dimension)


def summarize(run: Run) -> Summary:
    """Return the figures of a run; results of other cases are left out."""
    results = {result.id: result for result in run.results}
    ran = [
        (case, results[case.id])
        for case in run.cases
        if case.id in results and not results[case.id].error
    ]
    return Summary(
        overall=_slice("all", "all", run.cases, results),
        slices=tuple(_slices(run.cases, results, run.sources)),
        refusals=_refusals(ran),
        latencies=tuple(_latencies([result for _, result in ran])),
        tokens=_tokens([result for _, result in ran]),
        model_words=_model_words([result for _, result in ran]),
        statuses=_statuses([one.answer for _, one in ran if one.answer]),
    )


def _statuses(answers: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    statuses = (answer.get("status", "") for answer in answers)
    return dict(Counter(filter(None, statuses)).most_common())


def slice_values(case: Case, sources: Mapping[str, ExpectedSource]) -> dict[Dimension, str]:
    """Return by dimension the value of a case; a dimension that does not apply is left out.

    The publisher is that of the first expected source that is known, the year the last that the
    question names.
    """
    values: dict[Dimension, str] = {"kind": case.kind}
    source = next((sources[p.file] for p in case.evidence if p.file in sources), None)
    if source is not None:
        values["publisher"] = source.publisher or "unknown"
    if years := analyze(case.question).years:
        values["year"] = str(years[-1])
    if case.answerable is False:
        values["near miss"] = "near miss" if case.near_miss else "unanswerable otherwise"
    if case.answerable is not None:
        values["answerable"] = "answerable" if case.answerable else "unanswerable"
    single = "claim" if case.use == "cite" else "single question"
    values["turns"] = "follow-up" if case.turns else single
    return values


def _slices(
    cases: Sequence[Case],
    results: Mapping[str, CaseResult],
    sources: Mapping[str, ExpectedSource],
) -> Iterator[Slice]:
    values = [slice_values(case, sources) for case in cases]
    dimensions: tuple[Dimension, ...] = (
        "kind",
        "publisher",
        "year",
        "answerable",
        "near miss",
        "turns",
    )
    for dimension in dimensions:
        names = dict.fromkeys(value[dimension] for value in values if dimension in value)
        for name in sorted(names) if dimension == "year" else names:
            members = [
                case
                for case, value in zip(cases, values, strict=True)
                if value.get(dimension) == name
            ]
            yield _slice(dimension, name, members, results)


def _slice(
    dimension: Dimension, name: str, cases: Sequence[Case], by_id: Mapping[str, CaseResult]
) -> Slice:
    results = [by_id[case.id] for case in cases if case.id in by_id]
    failed = sum(bool(result.error) for result in results)
    means = tuple(mean_of(measure.name, results) for measure in MEASURES)
    return Slice(dimension, name, len(cases), failed, len(cases) - len(results), means)


def mean_of(name: str, results: Sequence[CaseResult]) -> Mean:
    """Return the mean of one score over results, with its interval."""
    ran = [result for result in results if not result.error]
    values = [getattr(result.scores, name) for result in ran]
    scored = [value for value in values if value is not None]
    interval = bootstrap_mean(scored)
    return Mean(
        name,
        sum(scored) / len(scored) if scored else None,
        interval.low if interval else None,
        interval.high if interval else None,
        len(scored),
        len(ran) - len(scored),
        len(results) - len(ran),
    )


def _refusals(ran: Sequence[tuple[Case, CaseResult]]) -> Refusals:
    """Judge the confidence of the answers to questions; claims have none."""
    judged = [
        (case, confidence(result.answer))
        for case, result in ran
        if case.answerable is not None and case.use == "ask" and result.answer is not None
    ]
    near = [(case, sure) for case, sure in judged if case.answerable or case.near_miss]
    bins = calibration([sure for _, sure in judged], [bool(c.answerable) for c, _ in judged])
    return Refusals(
        (_separation("all", judged), _separation("near misses", near)),
        bins,
        expected_calibration_error(bins),
    )


def _separation(name: str, judged: Sequence[tuple[Case, float]]) -> Separation:
    answerable = [bool(case.answerable) for case, _ in judged]
    sure = [confidence for _, confidence in judged]
    interval = bootstrap_auroc(answerable, sure)
    return Separation(
        name,
        auroc(answerable, sure),
        interval.low if interval else None,
        interval.high if interval else None,
        sum(answerable),
        len(answerable) - sum(answerable),
    )


def _latencies(results: Sequence[CaseResult]) -> Iterator[Latency]:
    parts: dict[str, list[float]] = {"retrieve": [], "answer": [], "whole": []}
    for result in results:
        for part, seconds in ((result.answer or {}).get("seconds") or {}).items():
            if seconds or part != "model":
                parts.setdefault(part, []).append(seconds)
        if result.seconds:
            parts["whole"].append(result.seconds)
    for part, values in parts.items():
        if values:
            median, p90, p95, p99 = (percentile(values, q) or 0.0 for q in (50, 90, 95, 99))
            yield Latency(part, len(values), median, p90, p95, p99)


def _tokens(results: Iterable[CaseResult]) -> Tokens:
    spent = [spent_tokens(result.answer) for result in results if result.answer is not None]
    return Tokens(sum(prompt for prompt, _ in spent), sum(completion for _, completion in spent))


def _model_words(results: Iterable[CaseResult]) -> ModelWords:
    given = (result.answer or {} for result in results)
    answers = [answer for answer in given if answer.get("written")]
    written = [answer["written"] for answer in answers]
    return ModelWords(
        answers=len(written),
        shown=sum(answer["model"] != "extractive" for answer in answers),
        failed=sum(bool(one.get("fault")) for one in written),
        sentences=sum(one["sentences"] for one in written),
        kept=sum(one["kept"] for one in written),
    )
