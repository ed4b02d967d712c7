"""Two runs held against each other: differences by hand, chance, bounds, and what changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import ThresholdsError
from assistant.evaluation.case import Case
from assistant.evaluation.comparing import ChangedCase, Comparison, ScoreChange, compare
from assistant.evaluation.results import CaseResult, Run
from assistant.evaluation.scoring import Scores
from assistant.evaluation.thresholds import Bound, Thresholds, load_thresholds


def run(name: str, scores: dict[str, Scores | str], question: str = "?") -> Run:
    """Return a run of one case for each of the scores; words are the error of a case."""
    results = tuple(
        CaseResult(id, None, Scores(), told) if isinstance(told, str) else CaseResult(id, {}, told)
        for id, told in scores.items()
    )
    cases = tuple(Case(id=id, question=question) for id in scores)
    return Run(Path(name), {"sources": {}}, cases, results)


def right(*values: float) -> dict[str, Scores | str]:
    return {f"c{n:02d}": Scores(answer_right=value) for n, value in enumerate(values)}


def compared(*values: tuple[float, float]) -> Comparison:
    return compare(
        run("a", right(*(one for one, _ in values))), run("b", right(*(two for _, two in values)))
    )


def test_difference_counts_the_cases_that_are_better_and_worse() -> None:
    (one,) = compared((0, 1), (1, 1), (1, 0), (0, 1)).differences
    assert (one.name, one.cases, one.first, one.second) == ("answer_right", 4, 0.5, 0.75)
    assert (one.better, one.worse, one.difference) == (2, 1, 0.25)
    assert one.low is not None
    assert one.high is not None
    assert one.low <= 0.25 <= one.high
    assert one.p == 1.0  # of 8 ways to set 3 signs, 6 differ by 1 and 2 by 3: all at least as much


def test_score_that_is_better_when_lower_is_counted_so() -> None:
    first = run("a", {"c": Scores(wrong_answer_shown=0.0)})
    second = run("b", {"c": Scores(wrong_answer_shown=1.0)})
    comparison = compare(first, second)
    assert (comparison.differences[0].better, comparison.differences[0].worse) == (0, 1)
    assert comparison.changed[0].is_worse
    assert comparison.changed[0].changes == (ScoreChange("wrong_answer_shown", 0.0, 1.0, -1.0),)


def test_same_runs_have_no_regression_and_nothing_changed() -> None:
    comparison = compared(*[(1, 1)] * 8)
    assert (comparison.changed, comparison.regressions) == ((), ())
    assert comparison.differences[0].p == 1.0


def test_too_few_cases_are_said_to_tell_nothing_and_many_to_tell() -> None:
    few = compared(*([(1.0, 1.0)] * 40))
    assert [sentence for sentence in few.undecided if "answer_right" in sentence] == [
        "answer_right may be worse by up to 0.15: 40 cases are too few to tell a loss of 0.05 "
        "from chance"
    ]
    assert compared(*([(1.0, 1.0)] * 130)).undecided == ()
    wavering = compared(*([(1.0, 0.0), (0.0, 1.0)] * 60), *([(1.0, 1.0)] * 60))
    assert wavering.undecided  # as many better as worse, and an interval that is wide


def test_loss_beyond_chance_is_a_regression_and_a_gain_is_none() -> None:
    comparison = compared(*[(1, 0)] * 7, *[(1, 1)] * 5)
    assert comparison.regressions == (
        "answer_right went from 1.000 to 0.417 over 12 cases (7 worse, 0 better, p = 0.016)",
    )
    assert compared(*[(0, 1)] * 7, *[(1, 1)] * 5).regressions == ()


def test_loss_that_may_be_chance_is_shown_and_is_no_regression() -> None:
    comparison = compared(*[(1, 0)] * 3, *[(1, 1)] * 9)
    assert comparison.regressions == ()
    assert [one.is_worse for one in comparison.changed] == [True] * 3


def test_chance_is_corrected_for_the_number_of_headline_measures() -> None:
    scores = Scores(answer_right=1, status_right=1, page_hit_1=1, page_hit_5=1)
    first = run("a", {f"c{n}": scores for n in range(6)})
    second = run("b", {f"c{n}": replace(scores, answer_right=0) for n in range(6)})
    (difference,) = [d for d in compare(first, second).differences if d.name == "answer_right"]
    assert difference.p == pytest.approx(2 / 64)
    assert difference.adjusted_p == pytest.approx(4 * 2 / 64)
    assert compare(first, second).regressions == ()


def test_measures_that_are_no_headline_are_not_watched() -> None:
    first = run("a", {f"c{n}": Scores(token_f1=1.0) for n in range(12)})
    second = run("b", {f"c{n}": Scores(token_f1=0.0) for n in range(12)})
    comparison = compare(first, second)
    assert comparison.regressions == ()
    assert comparison.differences[0].adjusted_p is None
    assert not any(one.is_worse for one in comparison.changed)


def test_case_that_newly_fails_is_a_regression() -> None:
    first, second = run("a", right(1, 1)), run("b", {**right(1), "c01": "OSError: no"})
    comparison = compare(first, second)
    assert comparison.regressions == ("1 case fails that did not before: c01",)
    assert comparison.changed == (
        ChangedCase(first.cases[1], first.results[1], second.results[1], ()),
    )
    assert compare(second, first).regressions == ()


def test_cases_of_one_run_alone_and_other_questions_are_not_compared() -> None:
    first = run("a", right(1, 1, 1))
    second = run("b", {"c01": Scores(answer_right=0), "x": Scores(answer_right=0)})
    comparison = compare(first, second)
    assert (comparison.shared, comparison.only_first, comparison.only_second) == (
        1,
        ("c00", "c02"),
        ("x",),
    )
    other = compare(first, run("b", right(0, 0, 0), question="Another?"))
    assert (other.shared, other.other_cases) == (0, ("c00", "c01", "c02"))
    assert other.differences == ()


@pytest.mark.parametrize(
    ("first", "second", "is_worse"),
    [
        (Scores(page_mrr=0.5, answer_right=0), Scores(page_mrr=0.2, answer_right=1), False),
        (Scores(page_mrr=0.2, answer_right=1), Scores(page_mrr=0.5, answer_right=0), True),
        (
            Scores(page_hit_5=0, wrong_answer_shown=0),
            Scores(page_hit_5=1, wrong_answer_shown=1),
            True,
        ),
        (Scores(page_mrr=0.5, page_hit_1=0), Scores(page_mrr=0.2, page_hit_1=1), False),
        (Scores(page_mrr=0.5), Scores(page_mrr=0.2), True),
        (Scores(token_f1=1), Scores(token_f1=0), False),
    ],
)
def test_what_is_said_decides_whether_a_case_got_worse_then_what_is_found(
    first: Scores, second: Scores, is_worse: bool
) -> None:
    (changed,) = compare(run("a", {"c": first}), run("b", {"c": second})).changed
    assert changed.is_worse is is_worse


def test_nothing_to_compare_is_a_regression() -> None:
    first = run("a", right(1, 1))
    empty = replace(first, results=())
    other = run("b", right(1, 1), question="Another?")
    for second in (empty, other):
        assert compare(first, second).regressions == (
            "nothing to compare: no case ran in both runs",
        )


def test_case_that_has_not_run_again_is_a_regression() -> None:
    first = run("a", right(1, 1, 1))
    comparison = compare(first, replace(first, results=first.results[:1]))
    assert comparison.regressions == ("2 cases have not run in the second run: c01, c02",)


def test_bounds_take_what_one_run_alone_is_scored_for() -> None:
    first = run("a", {f"c{n}": Scores(refusal_precision=1.0 if n < 2 else None) for n in range(8)})
    second = run("b", {f"c{n}": Scores(refusal_precision=float(n < 2)) for n in range(8)})
    bounds = Thresholds((Bound("refusal_precision", "min", 0.9),))
    assert compare(first, second, bounds).regressions == (
        "refusal_precision: min = 0.9 does not hold: 1.000 before, 0.250 now",
    )


def test_worse_cases_come_first() -> None:
    changed = compared((0, 1), (1, 0), (0, 1), (1, 0)).changed
    assert [one.case.id for one in changed] == ["c01", "c03", "c00", "c02"]


@pytest.mark.parametrize(
    ("kind", "value", "first", "second", "holds"),
    [
        ("min", 0.8, 0.0, 0.8, True),
        ("min", 0.8, 1.0, 0.79, False),
        ("max", 0.1, 0.0, 0.1, True),
        ("max", 0.1, 0.0, 0.11, False),
        ("max_drop", 0.02, 0.90, 0.88, True),
        ("max_drop", 0.02, 0.90, 0.87, False),
        ("max_drop", 0.0, 0.5, 0.9, True),
        ("max_rise", 0.0, 0.1, 0.1, True),
        ("max_rise", 0.0, 0.1, 0.2, False),
    ],
)
def test_bounds(kind: str, value: float, first: float, second: float, holds: bool) -> None:
    bound = Bound("answer_right", kind, value)  # type: ignore[arg-type]
    assert bound.holds(first, second) is holds


def test_broken_bounds_are_regressions_also_where_chance_explains_them() -> None:
    bounds = Thresholds((Bound("answer_right", "max_drop", 0.0), Bound("page_cited", "min", 0.5)))
    comparison = compare(run("a", right(1, 1)), run("b", right(1, 0)), bounds)
    assert comparison.regressions == (
        "answer_right: max_drop = 0 does not hold: 1.000 before, 0.500 now",
        "page_cited: min = 0.5 does not hold: no case was scored",
    )


def test_thresholds_are_read_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    path.write_text("[page_cited]\nmin = 0.9\nmax_drop = 0\n[wrong_answer_shown]\nmax = 0.1\n")
    assert load_thresholds(path) == Thresholds(
        (
            Bound("page_cited", "min", 0.9),
            Bound("page_cited", "max_drop", 0.0),
            Bound("wrong_answer_shown", "max", 0.1),
        )
    )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[", "cannot be read as TOML"),
        ("[answer_rite]\nmin = 1", "there is no measure 'answer_rite'; there are page_hit_1, "),
        ("answer_right = 0.8", r"answer_right takes a table such as \[answer_right\]"),
        ("[answer_right]\nleast = 1", "answer_right takes min, max, max_drop, max_rise, not"),
        ("[answer_right]\nmin = '1'", "answer_right.min is a number, not '1'"),
        ("[answer_right]\nmin = true", "answer_right.min is a number, not True"),
    ],
)
def test_thresholds_that_cannot_be_used_are_refused(
    tmp_path: Path, content: str, complaint: str
) -> None:
    path = tmp_path / "t.toml"
    path.write_text(content)
    with pytest.raises(ThresholdsError, match=complaint):
        load_thresholds(path)


def test_missing_thresholds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ThresholdsError, match="cannot be read"):
        load_thresholds(tmp_path / "none.toml")
