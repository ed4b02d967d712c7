"""A run in figures, held against means worked out by hand."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Turn
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.results import CaseResult, Run
from assistant.evaluation.scoring import SCORE_NAMES, Scores
from assistant.evaluation.summary import (
    Dimension,
    Mean,
    ModelWords,
    Separation,
    Slice,
    Tokens,
    summarize,
)

USGS = ExpectedPlace("mcs.pdf", 1)
CASES = (
    Case(id="a", question="How much in 2024, and in 2025?", kind="fact", evidence=(USGS,)),
    Case(id="b", question="?", kind="fact", evidence=(ExpectedPlace("gone.pdf"),)),
    Case(id="c", question="?", kind="none", answerable=False, near_miss=True),
    Case(id="d", question="?", kind="fact", evidence=(USGS,)),
    Case(id="e", question="?", kind="none", answerable=False),
    Case(id="f", question="And?", kind="fact", turns=(Turn("user", "How much?"),)),
)


def said(confidence: float, retrieve: float, tokens: int = 0) -> dict[str, Any]:
    return {
        "confidence": confidence,
        "seconds": {"retrieve": retrieve, "answer": 1.0},
        "tokens": {"prompt": tokens, "completion": 1},
    }


RESULTS = (
    CaseResult("a", said(0.9, 0.1, 10), Scores(answer_right=1.0, quotes_verbatim=0.5), "", 2.0),
    CaseResult("b", said(0.4, 0.3, 20), Scores(answer_right=0.0), "", 4.0),
    CaseResult("c", said(0.4, 0.5), Scores(status_right=1.0), "", 3.0),
    CaseResult("d", None, Scores(), "ValueError: no"),
    CaseResult("e", said(0.1, 0.7), Scores(status_right=0.0)),
    CaseResult("z", said(0.1, 9.0, 5), Scores(answer_right=1.0)),
)
RECORD = {"sources": {"mcs.pdf": {"publisher": "USGS", "published": "2026-02"}}}
RUN = Run(Path("run"), RECORD, CASES, RESULTS)


def means(group: Slice) -> dict[str, Mean]:
    return {mean.name: mean for mean in group.means}


def test_every_score_is_a_measure_with_a_definition() -> None:
    assert tuple(measure.name for measure in MEASURES) == SCORE_NAMES
    assert all(measure.definition and measure.title for measure in MEASURES)


def test_means_state_what_was_scored_not_scored_and_failed() -> None:
    overall = summarize(RUN).overall
    assert (overall.cases, overall.failed, overall.not_run) == (6, 1, 1)
    got = means(overall)
    assert got["answer_right"] == Mean("answer_right", 0.5, 0.0, 1.0, 2, 2, 1)
    assert got["quotes_verbatim"] == Mean("quotes_verbatim", 0.5, None, None, 1, 3, 1)
    assert got["page_hit_1"] == Mean("page_hit_1", None, None, None, 0, 4, 1)


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [
        ("kind", [("fact", 4, 1, 1), ("none", 2, 0, 0)]),
        ("publisher", [("USGS", 2, 1, 0)]),
        ("year", [("2025", 1, 0, 0)]),
        ("answerable", [("answerable", 4, 1, 1), ("unanswerable", 2, 0, 0)]),
        ("near miss", [("near miss", 1, 0, 0), ("unanswerable otherwise", 1, 0, 0)]),
        ("turns", [("single question", 5, 1, 0), ("follow-up", 1, 0, 1)]),
    ],
)
def test_slices_hold_the_cases_that_have_their_value(
    dimension: Dimension, expected: list[tuple[str, int, int, int]]
) -> None:
    slices = summarize(RUN).by(dimension)
    assert [(s.name, s.cases, s.failed, s.not_run) for s in slices] == expected


def test_slice_has_means_of_its_own() -> None:
    fact, none = summarize(RUN).by("kind")
    assert means(fact)["answer_right"] == Mean("answer_right", 0.5, 0.0, 1.0, 2, 0, 1)
    assert means(none)["status_right"] == Mean("status_right", 0.5, 0.0, 1.0, 2, 0, 0)


def test_confidence_is_held_against_what_is_answerable() -> None:
    refusals = summarize(RUN).refusals
    # Pairs of answerable and not: (0.9, 0.4), (0.9, 0.1), (0.4, 0.4) a tie, (0.4, 0.1).
    everything, near = refusals.separations
    assert (everything.name, everything.auroc) == ("all", pytest.approx(3.5 / 4))
    assert (everything.answerable, everything.unanswerable) == (2, 2)
    assert near == Separation("near misses", 0.75, None, None, 2, 1)
    assert [(one.count, one.right) for one in refusals.bins] == [(1, 0.0), (2, 0.5), (1, 1.0)]
    assert refusals.calibration_error == pytest.approx((0.1 + 2 * 0.1 + 0.1) / 4)


def test_percentiles_leave_failed_and_untimed_cases_out() -> None:
    retrieve, answer, whole = summarize(RUN).latencies
    # Of 0.1, 0.3, 0.5, 0.7 and the 9.0 of a case that is not among the cases: not counted.
    percentiles = (retrieve.median, retrieve.p90, retrieve.p95, retrieve.p99)
    assert (retrieve.part, retrieve.count) == ("retrieve", 4)
    assert percentiles == pytest.approx((0.4, 0.64, 0.67, 0.694))
    assert (answer.count, answer.median) == (4, 1.0)
    assert (whole.part, whole.count, whole.median) == ("whole", 3, 3.0)


def test_what_became_of_a_models_sentences_is_added_up() -> None:
    written = [
        {"sentences": 5, "kept": 2, "removed": {"figure": 2}},
        {"sentences": 3, "kept": 0, "removed": {"unsupported": 3}, "fault": "slow"},
        None,
    ]
    results = tuple(
        replace(
            RUN.results[0], id=case.id, answer=said(0.5, 0.1) | {"written": one, "model": model}
        )
        for case, one, model in zip(
            RUN.cases, written, ("scribe", "extractive", "extractive"), strict=False
        )
    )
    assert summarize(replace(RUN, results=results)).model_words == ModelWords(2, 1, 1, 8, 2)


def test_tokens_are_added_up() -> None:
    assert summarize(RUN).tokens == Tokens(30, 4)


def test_run_without_results_has_no_figures() -> None:
    summary = summarize(Run(Path("run"), RECORD, CASES, ()))
    assert (summary.overall.failed, summary.overall.not_run) == (0, 6)
    assert {mean.mean for mean in summary.overall.means} == {None}
    assert (summary.latencies, summary.refusals.bins) == ((), ())
    assert summary.refusals.separations[0].auroc is None


def test_documentation_names_every_score_with_its_definition() -> None:
    documentation = Path(__file__).parents[3] / "docs" / "evaluation.md"
    rows = documentation.read_text(encoding="utf-8").splitlines()
    for measure in MEASURES:
        name = f"**`{measure.name}`**" if measure.headline else f"`{measure.name}`"
        assert f"| {name} | {measure.title}: {measure.definition} |" in rows
