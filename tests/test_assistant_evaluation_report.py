"""Means worked out by hand, the tables of the terminal, and the page."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Turn
from assistant.errors import RunMismatchError
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.report import Mean, summarize, summary_lines, write_report
from assistant.evaluation.results import CaseResult, write_results
from assistant.evaluation.scoring import SCORE_NAMES, Scores, score

CASES = (
    Case(id="a", question="?", kind="fact"),
    Case(id="b", question="?", kind="fact"),
    Case(id="c", question="?", kind="unanswerable", answerable=False),
    Case(id="d", question="?", kind="fact"),
    Case(id="e", question="?", kind="unanswerable"),
)
RESULTS = (
    CaseResult("a", {}, Scores(answer_right=1.0, quotes_verbatim=0.5)),
    CaseResult("b", {}, Scores(answer_right=0.0)),
    CaseResult("c", {}, Scores(status_right=1.0)),
    CaseResult("d", None, Scores(), "ValueError: no"),
    CaseResult("z", {}, Scores(answer_right=1.0)),
)


def means(group_means: tuple[Mean, ...]) -> dict[str, Mean]:
    return {mean.name: mean for mean in group_means}


def test_means_state_what_was_scored_not_scored_and_failed() -> None:
    overall = summarize(CASES, RESULTS).overall
    assert (overall.cases, overall.failed, overall.not_run) == (5, 1, 1)
    assert tuple(mean.name for mean in overall.means) == SCORE_NAMES
    got = means(overall.means)
    assert got["answer_right"] == Mean("answer_right", 0.5, 2, 1, 1)
    assert got["quotes_verbatim"] == Mean("quotes_verbatim", 0.5, 1, 2, 1)
    assert got["status_right"] == Mean("status_right", 1.0, 1, 2, 1)
    assert got["page_hit_1"] == Mean("page_hit_1", None, 0, 3, 1)


def test_kinds_have_their_own_means_in_the_order_of_the_cases() -> None:
    fact, unanswerable = summarize(CASES, RESULTS).by_kind
    assert (fact.name, fact.cases, fact.failed, fact.not_run) == ("fact", 3, 1, 0)
    assert means(fact.means)["answer_right"] == Mean("answer_right", 0.5, 2, 0, 1)
    assert (unanswerable.name, unanswerable.cases, unanswerable.not_run) == ("unanswerable", 2, 1)
    assert means(unanswerable.means)["answer_right"] == Mean("answer_right", None, 0, 1, 0)


def test_terminal_tables_are_aligned() -> None:
    assert summary_lines(summarize(CASES, RESULTS)) == [
        "5 cases, 1 failed, 1 not run",
        "",
        "score                mean  scored  not scored  failed",
        "page_hit_1              –       0           3       1",
        "page_hit_3              –       0           3       1",
        "page_hit_5              –       0           3       1",
        "page_hit_10             –       0           3       1",
        "page_cited              –       0           3       1",
        "answer_right        0.500       2           1       1",
        "status_right        1.000       1           2       1",
        "wrong_answer_shown      –       0           3       1",
        "quotes_verbatim     0.500       1           2       1",
        "",
        "kind          cases  answer_right  status_right  page_hit_5  page_cited"
        "  wrong_answer_shown  failed",
        "fact              3         0.500             –           –           –"
        "                   –       1",
        "unanswerable      2             –         1.000           –           –"
        "                   –       0",
    ]


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
        return re.sub(r"\s+", " ", "".join(self.words))


CITATION: dict[str, Any] = {
    "number": 1,
    "source": {
        "id": "s",
        "title": "Title <b>of</b> it",
        "publisher": "",
        "published": "",
        "edition": "",
        "path": "a.pdf",
        "url": "https://example.org/",
    },
    "page": 2,
    "page_label": "iv",
    "start": 0,
    "end": 5,
    "quote": '<img src="https://example.org/x.png"> 67 t',
    "context": {"section": "", "caption": "", "header": [], "unit": "", "notes": []},
    "verified": True,
}
PLACE = ExpectedPlace("a.pdf", 2)
RUN = (
    Case(id="right", question="How much?", answer="67 t", must_include=(("67",),)),
    Case(id="hit", question="Where?", evidence=(PLACE,), turns=(Turn("user", "Earlier"),)),
    Case(id="unsaid", question="Who?", answer="Nobody", expected_status=("not_found",)),
    Case(id="wrong", question="<script>alert(1)</script>", must_include=(("68", "69"),)),
    Case(id="failed", question="Why?"),
    Case(id="claim", question="Find a citation for: 67 t", use="cite"),
    Case(id="not-run", question="When?"),
)


def answer(text: str, status: str = "answered") -> dict[str, Any]:
    evidence = [
        {
            "source_id": "s",
            "path": f"e{number}.pdf",
            "page": number,
            "page_label": "iv",
            "start": 0,
            "end": 4,
            "text": "67 t",
        }
        for number in range(1, 8)
    ]
    return {"status": status, "text": text, "citations": [CITATION], "evidence": evidence}


CLAIMS = {
    "claims": [{"claim": "67 t", "verdict": "supported", "citations": [], "says": ""}],
    "evidence": [],
}


@pytest.fixture
def run_dir(tmp_path: Path) -> Path:
    record = {
        "settings": {"passages": 40},
        "fingerprint": "f1f2",
        "cases_sha256": "c1c2",
        "cases": len(RUN),
        "cases_file": "cases.jsonl",
        "versions": {"rare-earth-assistant": "0.1"},
        "started": "2026-03-01T00:00:00+00:00",
    }
    (tmp_path / "run.json").write_text(json.dumps(record))
    answers = {
        "right": answer("It is 67 t [1]."),
        "hit": answer("There [1]."),
        "unsaid": answer("It is not published [1].", "not_disclosed"),
        "wrong": answer("It is <i>67</i> t [1]."),
        "claim": CLAIMS,
    }
    by_id = {case.id: case for case in RUN}
    results = [CaseResult(key, value, score(by_id[key], value)) for key, value in answers.items()]
    results.append(CaseResult("failed", None, Scores(), "ValueError: <no>"))
    write_results(tmp_path, results)
    return tmp_path


def test_report_is_one_page_that_loads_and_runs_nothing(run_dir: Path) -> None:
    path = write_report(run_dir, RUN)
    assert path == run_dir / "report.html"
    html = path.read_text(encoding="utf-8")
    tags = Page(html).tags
    assert not {tag for tag, _ in tags} & {"script", "img", "link", "iframe", "a", "i", "object"}
    assert not [attrs for _, attrs in tags if {"src", "href", "style"} & set(attrs)]
    assert "url(" not in html
    assert "@import" not in html
    assert "prefers-color-scheme: dark" in html
    assert ("meta", "default-src 'none'; style-src 'unsafe-inline'") in [
        (tag, attrs.get("content")) for tag, attrs in tags
    ]


def test_report_lists_failures_first(run_dir: Path) -> None:
    tags = Page(write_report(run_dir, RUN).read_text(encoding="utf-8")).tags
    assert [attrs["id"] for tag, attrs in tags if tag == "details"] == [
        "case-failed",
        "case-wrong",
        "case-unsaid",
        "case-hit",
        "case-right",
        "case-claim",
    ]


def test_report_shows_each_case_with_what_is_needed_to_judge_it(run_dir: Path) -> None:
    text = Page(write_report(run_dir, RUN).read_text(encoding="utf-8")).text
    assert "7 cases, 1 failed, 1 not run." in text
    assert "failed failed unspecified Why? What fell short ValueError: <no> Expected" in text
    assert (
        "<script>alert(1)</script> What fell short answer_right: nothing says '68' or '69'" in text
    )
    assert (
        "Expected answered: 67 t Got answered: It is 67 t [1]. "
        "Citations [1] Title <b>of</b> it, page iv (page 2 of the file) "
        '<img src="https://example.org/x.png"> 67 t '
        "First evidence e1.pdf, page iv (page 1 of the file) e2.pdf, page iv (page 2 of the file) "
        "e3.pdf, page iv (page 3 of the file) e4.pdf, page iv (page 4 of the file) "
        "e5.pdf, page iv (page 5 of the file) Scores page_hit_1 –,"
    ) in text
    assert "Earlier turns user: Earlier" in text
    assert "Citations none" in text


def test_report_shows_the_run_and_its_means(run_dir: Path) -> None:
    text = Page(write_report(run_dir, RUN).read_text(encoding="utf-8")).text
    assert "fingerprint of the index f1f2 " in text
    assert "setting passages 40 " in text
    assert "version of rare-earth-assistant 0.1 " in text
    assert "answer_right 0.600 5 0 1 " in text


def test_rebuilding_a_report_changes_nothing(run_dir: Path) -> None:
    first = write_report(run_dir, RUN).read_bytes()
    assert write_report(run_dir, RUN).read_bytes() == first


def test_folder_that_is_no_run_has_no_report(tmp_path: Path) -> None:
    with pytest.raises(RunMismatchError, match="cannot be read as the record"):
        write_report(tmp_path, RUN)
