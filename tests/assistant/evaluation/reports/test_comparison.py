"""The page that holds two runs against each other."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from evaluation_runs import CASES, HOSTILE, SHOWN_HOSTILE, answer, run_in

from assistant.evaluation.comparing import Comparison, compare
from assistant.evaluation.reports.comparison import change_of, write_comparison
from assistant.evaluation.results import CaseResult
from assistant.evaluation.scoring import Scores, score


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


@pytest.fixture
def comparison(tmp_path: Path) -> Comparison:
    """Return a comparison in which one case is refused, one is better, one fails, one runs."""
    first = run_in(tmp_path / "before")
    results = {result.id: result for result in first.results}
    for id, told in (
        ("right", answer("", "not_found")),
        ("short", answer(f"China {HOSTILE} [1].")),
        ("failed <1>", answer("x")),
    ):
        case = next(case for case in CASES if case.id == id)
        results[id] = CaseResult(id, told, score(case, told), "", 0.2)
    results["but"] = CaseResult("but", None, Scores(), "TimeoutError: too slow", 60.0, 2)
    second = replace(first, folder=tmp_path / "after", results=tuple(results.values()))
    return compare(first, second)


def page_of(comparison: Comparison, folder: Path) -> Page:
    path = write_comparison(comparison, folder / "new" / "comparison.html")
    assert path == folder / "new" / "comparison.html"
    return Page(path.read_text(encoding="utf-8"))


def test_regressions_stand_first(comparison: Comparison, tmp_path: Path) -> None:
    text = page_of(comparison, tmp_path).text
    assert "after against before 8 cases in both runs · 4 cases changed" in text
    assert "Regressions 1 case fails that did not before: but Measures" in text


def test_comparison_of_few_cases_says_that_they_tell_nothing(tmp_path: Path) -> None:
    run = run_in(tmp_path)
    text = page_of(compare(run, run), tmp_path).text
    assert "Regressions Too few cases to tell: " in text
    assert "answer_right may be worse by up to 1.00: 4 cases are too few" in text
    assert "No case came out otherwise." in text
    assert "Answer right 0.500 0.500 0.000 0.00 to 0.00 1.000 1.000 0 0 4" in text


def test_changed_cases_stand_worse_first_with_what_they_are_filtered_by(
    comparison: Comparison, tmp_path: Path
) -> None:
    page = page_of(comparison, tmp_path)
    cases = [attrs for tag, attrs in page.tags if (attrs.get("class") or "") == "case"]
    assert [(one["data-id"], one["data-change"]) for one in cases] == [
        ("but", "worse"),
        ("right", "worse"),
        ("failed <1>", "better"),
        ("short", "better"),
    ]
    scores = (cases[1]["data-scores"] or "").split()
    assert {"answer_right", "page_cited", "answerable_refused"} <= set(scores)
    controls = [attrs["data-filter"] for _, attrs in page.tags if "data-filter" in attrs]
    assert controls == ["text", "change", "scores", "kind"]


def test_changed_case_is_shown_side_by_side(comparison: Comparison, tmp_path: Path) -> None:
    text = page_of(comparison, tmp_path).text
    case = text[text.index("worse right single fact") :]
    assert case.index("Verdict right → not right") < case.index("Scores that changed")
    assert "Answer right 1 0" in case
    assert "Answerable refused ↓ 0 1" in case
    assert case.index("before answered It mined 270,000 t [1].") < case.index(
        "after not found status_right: the status is not_found, expected was answered"
    )


def test_error_of_a_case_that_newly_fails_is_shown(comparison: Comparison, tmp_path: Path) -> None:
    text = page_of(comparison, tmp_path).text
    assert "Verdict right, but → failed" in text
    assert "after TimeoutError: too slow" in text


def test_words_of_documents_are_shown_as_they_are(comparison: Comparison, tmp_path: Path) -> None:
    page = page_of(comparison, tmp_path)
    assert f"China {SHOWN_HOSTILE} [1]." in page.text
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not {tag for tag, _ in page.tags} & {"img", "link", "iframe", "object", "form"}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]


def test_cases_that_are_not_compared_are_named(tmp_path: Path) -> None:
    first, second = run_in(tmp_path / "before"), run_in(tmp_path / "after")
    other = replace(CASES[1], answer="another")
    second = replace(second, cases=(other, *second.cases[2:]))
    text = page_of(compare(first, second), tmp_path).text
    assert "1 case only in before, not compared right" in text
    assert "1 case in both under one id with other contents, not compared but" in text
    assert "only in after" not in text


def test_change_that_touches_no_headline_measure_is_neither_worse_nor_better(
    tmp_path: Path,
) -> None:
    run = run_in(tmp_path)
    result = run.results[0]
    deeper = replace(result, scores=replace(result.scores, page_hit_10=0.0))
    comparison = compare(run, replace(run, results=(deeper, *run.results[1:])))
    assert [change_of(one) for one in comparison.changed] == ["changed otherwise"]
