"""A summary and a comparison on a terminal, and how numbers are written."""

from dataclasses import replace
from pathlib import Path

import pytest
from evaluation_runs import CASES, result_of

from assistant.evaluation.comparing import ChangedCase, Comparison, Difference, ScoreChange
from assistant.evaluation.reports.lines import comparison_lines, summary_lines
from assistant.evaluation.reports.shown_numbers import (
    counted,
    shown_change,
    shown_interval,
    shown_p,
    shown_range,
    shown_score,
    shown_seconds,
    shown_time,
)
from assistant.evaluation.summary import (
    Latency,
    Mean,
    ModelWords,
    Refusals,
    Separation,
    Slice,
    Summary,
    Tokens,
)

RIGHT = Mean("answer_right", 0.8931, 0.81, 0.9649, 1200, 3, 1)
SHOWN_WRONG = Mean("wrong_answer_shown", 0.05, None, None, 1, 1202, 1)
UNSCORED = Mean("page_hit_5", None, None, None, 0, 1203, 1)
DEEP = Mean("page_hit_10", 1.0, 1.0, 1.0, 3, 0, 1)  # no headline measure
OVERALL = Slice("all", "all", 1206, 1, 2, (RIGHT, SHOWN_WRONG, UNSCORED, DEEP))
SUMMARY = Summary(
    overall=OVERALL,
    slices=(
        Slice("kind", "fact", 1200, 0, 0, (RIGHT, SHOWN_WRONG, UNSCORED)),
        Slice("kind", "unanswerable", 6, 1, 2, (replace(RIGHT, mean=None), SHOWN_WRONG, UNSCORED)),
        Slice("year", "2026", 6, 1, 2, (RIGHT,)),
    ),
    refusals=Refusals(
        (
            Separation("all", 0.9, 0.85, 0.95, 1000, 203),
            Separation("near misses", None, None, None, 1000, 0),
        ),
        (),
        None,
    ),
    latencies=(Latency("whole", 1204, 0.004, 0.5, 1.0, 12.4),),
    tokens=Tokens(12_000, 340),
    model_words=ModelWords(9, 4, 2, 30, 6),
    statuses={"answered": 1_000, "not_found": 203},
)
NOTHING = Summary(
    Slice("all", "all", 1, 0, 0, (replace(RIGHT, mean=None, scored=0),)),
    (Slice("kind", "unspecified", 1, 0, 0, (replace(RIGHT, mean=None, scored=0),)),),
    Refusals((), (), None),
    (),
    Tokens(0, 0),
    ModelWords(0, 0, 0, 0, 0),
    {},
)


def test_summary_tells_means_with_intervals_kinds_time_and_tokens() -> None:
    assert summary_lines(SUMMARY) == [
        "1,206 cases, 1 failed, 2 not run: 1,000 answered, 203 not found",
        "",
        "measure                           mean (95 % interval)  cases",
        "Answer right                         0.893 (0.81-0.96)  1,200",
        "Wrong answer shown (low is good)                 0.050      1",
        "AUROC of confidence                  0.900 (0.85-0.95)  1,203",
        "",
        "kind          cases  answer right  wrong answer shown  failed",
        "fact          1,200         0.893               0.050       0",
        "unanswerable      6             -               0.050       1",
        "",
        "time   median    90 %    95 %  99 %  cases",
        "whole  4.0 ms  0.50 s  1.00 s  12 s  1,204",
        "tokens: 12,000 taken, 340 given",
        "model: 4 of 9 answers show its words, for 2 it failed; of 30 sentences 6 kept",
    ]


def test_summary_of_answers_without_gold_has_no_scores() -> None:
    assert summary_lines(NOTHING) == ["1 case, 0 failed, 0 not run"]


def changed(id: str, gain: float) -> ChangedCase:
    case = replace(CASES[0], id=id)
    result = replace(result_of(CASES[0]), id=id)
    change = ScoreChange("answer_right", 0.5, 0.5 + gain, gain)
    return ChangedCase(case, result, result, (change,))


COMPARISON = Comparison(
    first=Path("runs/before"),
    second=Path("runs/after"),
    shared=1200,
    only_first=("a",),
    only_second=(),
    other_cases=("b", "c"),
    differences=(
        Difference("page_hit_10", 9, 0.5, 0.75, 0.0, 0.5, 0.5, None, 3, 0),
        Difference("page_cited", 9, 0.5, 0.5, None, None, 1.0, 1.0, 0, 0),
        Difference("answer_right", 1200, 0.9, 0.7, -0.3, -0.0001, 0.0002, 0.0004, 4, 244),
    ),
    changed=(*(changed(f"w{number}", -0.5) for number in range(11)), changed("better", 0.5)),
    regressions=("answer_right went from 0.900 to 0.700",),
)


def test_comparison_tells_regressions_differences_and_who_got_worse() -> None:
    assert comparison_lines(COMPARISON) == [
        "after against before: 1,200 cases in both, 12 changed, 11 of them worse",
        "not compared: 1 case only in before",
        "not compared: 2 cases with other contents under one id",
        "",
        "measure       first  second  difference (95 % interval)  p (Holm)  better  worse  cases",
        "Answer right  0.900   0.700     -0.200 (-0.30 to +0.00)   < 0.001       4    244  1,200",
        "Page cited    0.500   0.500                      +0.000     1.000       0      0      9",
        "",
        "regression: answer_right went from 0.900 to 0.700",
        "",
        "worse: w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, ...",
    ]


def test_comparison_without_regression_says_so() -> None:
    same = Comparison(Path("a"), Path("b"), 1, (), (), (), (), (), ())
    assert comparison_lines(same) == [
        "b against a: 1 case in both, 0 changed, 0 of them worse",
        "",
        "no regression",
    ]


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (shown_score(None), "–"),
        (shown_score(0.66666), "0.667"),
        (shown_interval(0.8149, 1.0), "0.81–1.00"),
        (shown_interval(None, None), "–"),
        (shown_range(-0.123, 0.03), "−0.12 to +0.03"),
        (shown_range(None, None), "–"),
        (shown_change(-0.0001), "0.000"),
        (shown_change(-0.0306), "−0.031"),
        (shown_change(0.25), "+0.250"),
        (shown_p(None), "–"),
        (shown_p(0.0009), "< 0.001"),
        (shown_p(0.0412), "0.041"),
        (shown_seconds(0.0042), "4.2 ms"),
        (shown_seconds(0.384), "0.38 s"),
        (shown_seconds(1234.5), "1,234 s"),
        (shown_time("2026-03-01T09:37:45+00:00"), "1 March 2026, 09:37 UTC"),
        (shown_time("2026-03-01T09:37:45"), "1 March 2026, 09:37"),
        (shown_time("yesterday"), "yesterday"),
        (counted(1, "case"), "1 case"),
        (counted(2000, "case"), "2,000 cases"),
        (counted(2, "case has", "cases have"), "2 cases have"),
    ],
)
def test_numbers_are_written_for_readers(shown: str, text: str) -> None:
    assert shown == text
