"""Two runs held against each other, case by case: what changed, and whether that is chance."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from assistant.evaluation.case import Case
from assistant.evaluation.measures import MEASURE_OF, MEASURES, Measure
from assistant.evaluation.metrics.statistics import holm, paired_interval, randomization_test
from assistant.evaluation.results import CaseResult, Run
from assistant.evaluation.thresholds import Thresholds

_SIGNIFICANT = 0.05
_TELLING = 0.05  # a loss that matters
_FEWEST_WORSE = 6  # cases that must all be worse before the test can tell (p = 2 / 2 ** 6)
_ANSWERING = ("answer_right", "wrong_answer_shown", "status_right")
_SAME = 1e-9

Verdict = Literal["nothing to compare", "worse", "too few cases to tell", "better", "no worse"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One score in both runs, over the cases that are scored in both.

    `low` and `high` bound `second - first` with 95 % confidence (paired bootstrap); `p` is that of
    a two-sided paired randomisation test, `adjusted_p` the same after Holm over the headline
    measures (None for others). `better` and `worse` count cases, in the sense of the measure.
    """

    name: str
    cases: int
    first: float
    second: float
    low: float | None
    high: float | None
    p: float | None
    adjusted_p: float | None
    better: int
    worse: int

    @property
    def difference(self) -> float:
        """How much higher the second run is."""
        return self.second - self.first

    @property
    def unseen_loss(self) -> float:
        """The largest loss that may be there without the test having been able to tell it."""
        worst = self.low if MEASURE_OF[self.name].higher_is_better else self.high
        lost = abs(worst) if worst is not None and _gain(MEASURE_OF[self.name], 0, worst) < 0 else 0
        return min(1.0, max(_FEWEST_WORSE / self.cases, lost))


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A score of one case in both runs; `gain` is above 0 where the second is better."""

    name: str
    first: float
    second: float
    gain: float


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """A case whose scores differ between the runs, or that failed in one of them only."""

    case: Case
    first: CaseResult
    second: CaseResult
    changes: tuple[ScoreChange, ...]

    @property
    def is_worse(self) -> bool:
        """Whether the answer got worse, or finding and citing did and the answer no better.

        An error that was none before is worse than anything.
        """
        if bool(self.second.error) != bool(self.first.error):
            return bool(self.second.error)
        answering = [c.gain for c in self.changes if c.name in _ANSWERING]
        if answering:
            return min(answering) < 0
        return sum(c.gain for c in self.changes if MEASURE_OF[c.name].headline) < -_SAME


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second run against the first.

    `regressions` are sentences, one each; none, and nothing `undecided`, means that the second may
    replace the first.
    `other_cases` have the same id and other contents, and are not compared.
    """

    first: Path
    second: Path
    shared: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    other_cases: tuple[str, ...]
    differences: tuple[Difference, ...]
    changed: tuple[ChangedCase, ...]
    regressions: tuple[str, ...]

    @property
    def undecided(self) -> tuple[str, ...]:
        """Sentences on the headline measures of which too few cases tell whether they lost."""
        return tuple(
            f"{one.name} may be worse by up to {one.unseen_loss:.2f}: {one.cases} cases are too few"
            f" to tell a loss of {_TELLING:.2f} from chance"
            for one in self.differences
            if MEASURE_OF[one.name].headline and one.unseen_loss > _TELLING
        )

    @property
    def verdict(self) -> Verdict:
        """What the second run is against the first, as far as these cases tell."""
        if not self.shared:
            return "nothing to compare"
        if self.regressions:
            return "worse"
        if self.undecided:
            return "too few cases to tell"
        return "better" if any(map(_is_beyond_chance, self.differences)) else "no worse"


def compare(first: Run, second: Run, thresholds: Thresholds = Thresholds()) -> Comparison:
    """Compare two runs over the cases that are the same in both.

    A regression is a bound of the thresholds that does not hold, a headline measure that is worse
    beyond chance (Holm-adjusted p below 0.05), a case that fails or has not run in the second run
    alone, and that there is nothing to compare.
    """
    cases = {case.id: case for case in first.cases}
    seconds = {case.id: case for case in second.cases}
    both = [case for case in first.cases if seconds.get(case.id) == case]
    results = first.results_by_id(), second.results_by_id()
    ran = [case for case in both if case.id in results[0] and case.id in results[1]]
    differences = _with_holm(
        [
            difference
            for measure in MEASURES
            if (difference := _difference(measure, ran, *results)) is not None
        ]
    )
    changed = [
        one for case in ran if (one := _changed(case, *(r[case.id] for r in results))) is not None
    ]
    changed.sort(key=lambda one: (not one.is_worse, one.case.id))
    return Comparison(
        first.folder,
        second.folder,
        len(ran),
        tuple(id for id in cases if id not in seconds),
        tuple(id for id in seconds if id not in cases),
        tuple(id for id in cases if id in seconds and seconds[id] != cases[id]),
        differences,
        tuple(changed),
        (
            *_not_comparable(both, *results),
            *_newly_failed(changed),
            *_beyond_chance(differences),
            *thresholds.broken(_own_means(ran, *results)),
        ),
    )


def comparison_to_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as `eval compare --json` prints it."""
    return {
        "verdict": comparison.verdict,
        "shared": comparison.shared,
        "regressions": list(comparison.regressions),
        "undecided": list(comparison.undecided),
        "differences": [asdict(one) for one in comparison.differences],
        "worse": [one.case.id for one in comparison.changed if one.is_worse],
        "changed": [one.case.id for one in comparison.changed],
    }


def _difference(
    measure: Measure,
    cases: Sequence[Case],
    first: Mapping[str, CaseResult],
    second: Mapping[str, CaseResult],
) -> Difference | None:
    pairs = [
        (one, other)
        for case in cases
        if (one := getattr(first[case.id].scores, measure.name)) is not None
        and (other := getattr(second[case.id].scores, measure.name)) is not None
    ]
    if not pairs:
        return None
    ones, others = [one for one, _ in pairs], [other for _, other in pairs]
    interval = paired_interval(ones, others)
    gains = [_gain(measure, one, other) for one, other in pairs]
    return Difference(
        measure.name,
        len(pairs),
        sum(ones) / len(ones),
        sum(others) / len(others),
        interval.low if interval else None,
        interval.high if interval else None,
        randomization_test(ones, others),
        None,
        sum(gain > _SAME for gain in gains),
        sum(gain < -_SAME for gain in gains),
    )


def _gain(measure: Measure, one: float, other: float) -> float:
    return other - one if measure.higher_is_better else one - other


def _with_holm(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    tested = [d for d in differences if MEASURE_OF[d.name].headline and d.p is not None]
    adjusted = holm([d.p for d in tested if d.p is not None])
    by_name = {d.name: p for d, p in zip(tested, adjusted, strict=True)}
    return tuple(replace(d, adjusted_p=by_name.get(d.name)) for d in differences)


def _changed(case: Case, first: CaseResult, second: CaseResult) -> ChangedCase | None:
    changes = []
    for measure in MEASURES:
        one, other = getattr(first.scores, measure.name), getattr(second.scores, measure.name)
        if one is None or other is None or abs(other - one) <= _SAME:
            continue
        changes.append(ScoreChange(measure.name, one, other, _gain(measure, one, other)))
    if not changes and bool(first.error) == bool(second.error):
        return None
    return ChangedCase(case, first, second, tuple(changes))


def _own_means(
    cases: Sequence[Case], first: Mapping[str, CaseResult], second: Mapping[str, CaseResult]
) -> dict[str, tuple[float | None, float | None]]:
    """Return by score the mean of each run over all its own cases that are scored.

    Whether some scores apply depends on the answer: what only one run cites or refuses counts, too.
    """

    def mean(name: str, results: Mapping[str, CaseResult]) -> float | None:
        values = [getattr(results[case.id].scores, name) for case in cases]
        scored = [value for value in values if value is not None]
        return sum(scored) / len(scored) if scored else None

    return {m.name: (mean(m.name, first), mean(m.name, second)) for m in MEASURES}


def _not_comparable(
    both: Sequence[Case], first: Mapping[str, CaseResult], second: Mapping[str, CaseResult]
) -> list[str]:
    if not any(case.id in first and case.id in second for case in both):
        return ["nothing to compare: no case ran in both runs"]
    missing = [case.id for case in both if case.id in first and case.id not in second]
    return (
        [_counted(missing, "has not run", "have not run", " in the second run")] if missing else []
    )


def _counted(ids: Sequence[str], one: str, several: str, more: str) -> str:
    told = ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
    return f"{f'1 case {one}' if len(ids) == 1 else f'{len(ids)} cases {several}'}{more}: {told}"


def _newly_failed(changed: Sequence[ChangedCase]) -> list[str]:
    failed = [one.case.id for one in changed if one.second.error and not one.first.error]
    if not failed:
        return []
    return [_counted(failed, "fails", "fail", " that did not before")]


def _is_beyond_chance(one: Difference) -> bool:
    """Tell whether a headline measure differs by more than chance does."""
    return one.adjusted_p is not None and one.adjusted_p < _SIGNIFICANT


def _beyond_chance(differences: Sequence[Difference]) -> list[str]:
    told = []
    for one in differences:
        if _is_beyond_chance(one) and _gain(MEASURE_OF[one.name], one.first, one.second) < 0:
            told.append(
                f"{one.name} went from {one.first:.3f} to {one.second:.3f} over {one.cases} cases "
                f"({one.worse} worse, {one.better} better, p = {one.adjusted_p:.3f})"
            )
    return told
