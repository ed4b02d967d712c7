"""Cases as reports show them: outcome, order, place and quote."""

from pathlib import Path

import pytest
from evaluation_runs import CASES, PASSAGE, QUOTE, citation, evidence, run_in

from assistant.evaluation.reports.cited_places import (
    QuoteInPassage,
    cited_place,
    place_in_file,
    quote_in_passage,
    titled_place,
    told_beside_quote,
    told_of_source,
)
from assistant.evaluation.reports.reported_cases import report_cases, worst_first


def test_each_case_with_a_result_has_a_verdict_and_an_outcome_worst_first(tmp_path: Path) -> None:
    reported = worst_first(report_cases(run_in(tmp_path)))
    assert [(one.case.id, one.verdict, one.outcome, one.fell_short) for one in reported] == [
        ("failed <1>", "failed", "failed", True),
        ("wrong", "wrong answer shown", "wrong answer shown", True),
        ("short", "not right", "refused though answerable", True),
        ("claim", "not right", "otherwise not right", True),
        ("but", "right, but", "answered right", False),
        ("right", "right", "answered right", False),
        ("refused", "right", "rightly refused", False),
        ("plain", "no gold", "no gold", False),
    ]


def test_cases_stand_in_the_order_of_the_run_until_they_are_sorted(tmp_path: Path) -> None:
    reported = report_cases(run_in(tmp_path))
    assert [one.case.id for one in reported] == [case.id for case in CASES if case.id != "waiting"]


def test_answer_to_a_claim_is_its_verdict_and_what_the_source_says(tmp_path: Path) -> None:
    by_id = {one.case.id: one for one in report_cases(run_in(tmp_path))}
    assert by_id["claim"].text == "contradicted: China mined. [1]\nthe source says: No"
    assert by_id["right"].text == "It mined 270,000 t [1]."
    assert by_id["failed <1>"].text == ""


def test_place_of_the_first_expected_evidence_is_told(tmp_path: Path) -> None:
    by_id = {one.case.id: one for one in report_cases(run_in(tmp_path))}
    places = {name: by_id[name].first_expected for name in ("right", "but", "short", "wrong")}
    assert places == {"right": 1, "but": 2, "short": 0, "wrong": 0}


def test_follow_up_tells_how_it_was_understood(tmp_path: Path) -> None:
    by_id = {one.case.id: one for one in report_cases(run_in(tmp_path))}
    assert by_id["but"].understood_as == "How much did China mine in 2024?"
    assert by_id["right"].understood_as == ""


@pytest.mark.parametrize(
    ("path", "page", "label", "told"),
    [
        ("a.pdf", 2, "153", "p. 153 (PDF page 2)"),
        ("a.PDF", 2, "2", "p. 2"),
        ("a.pdf", 2, "", "p. 2"),
        ("a.txt", 1, "1", ""),
        ("a.md", 1, "", ""),
        ("a.html", 3, "3", "3"),
        ("a.xlsx", 1, "Salient", "sheet Salient"),
        ("a.pptx", 1, "1", "slide 1"),
    ],
)
def test_page_is_named_as_its_format_is_read(path: str, page: int, label: str, told: str) -> None:
    assert place_in_file(path, page, label) == told


def test_citation_is_told_with_source_place_and_what_stands_beside() -> None:
    assert cited_place(citation()) == "p. 153 (PDF page 2)"
    assert titled_place(citation()) == "Rare Earths, p. 153 (PDF page 2)"
    assert told_of_source(citation()) == (
        "U.S. Geological Survey",
        "2026-02",
        "MCS 2026",
        "usgs/mcs2026.pdf",
    )
    assert told_beside_quote(citation()) == (
        ("section", "Production"),
        ("table", "Mine production"),
        ("columns", "2025"),
        ("unit", "metric tons"),
        ("notes", "Estimated."),
    )


def test_quote_stands_among_the_words_of_its_passage() -> None:
    before, after = PASSAGE.split(QUOTE)
    assert quote_in_passage(citation(), [evidence(1), evidence()]) == QuoteInPassage(
        before, QUOTE, after
    )


@pytest.mark.parametrize(
    "entry",
    [evidence(3), evidence(source_id="other"), evidence(text=PASSAGE.upper()), evidence(start=140)],
    ids=["another page", "another source", "other words", "begins within the quote"],
)
def test_quote_that_no_evidence_holds_stands_alone(entry: dict[str, object]) -> None:
    assert quote_in_passage(citation(), [entry]) == QuoteInPassage("", QUOTE, "")


def test_long_passage_is_cut_between_words() -> None:
    around = "word " * 200
    entry = evidence(start=0, text=around + QUOTE + " word" * 200)
    start = len(around)
    cited = citation(start=start, end=start + len(QUOTE))
    shown = quote_in_passage(cited, [entry])
    assert shown.before.startswith("… word word")
    assert shown.after.endswith(" word …")
    assert (len(shown.before), len(shown.after)) == (237, 237)
