"""The page of a run: safe, whole, and readable without its script."""

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from evaluation_runs import (
    CASES,
    HOSTILE,
    PASSAGE,
    QUOTE,
    SHOWN_HOSTILE,
    citation,
    result_of,
    run_in,
    without_gold,
)

from assistant.evaluation.reports.html_report import write_report
from assistant.evaluation.reports.rendering import visible
from assistant.evaluation.results import Run
from assistant.evaluation.scoring import Scores
from assistant.evaluation.summary import summarize


class Page(HTMLParser):
    """The tags of a page with their attributes, the text of each section, its script and style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.inside = ""
        self.raw = {"script": "", "style": ""}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag if tag in self.raw else ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.raw[self.inside] += data
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


def page_of(run: Run) -> Page:
    return Page(write_report(run, summarize(run)).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return page_of(run_in(tmp_path_factory.mktemp("run")))


def test_page_may_run_its_own_script_and_load_nothing(page: Page) -> None:
    digest = b64encode(hashlib.sha256(page.raw["script"].encode()).digest()).decode()
    policy = [
        attrs["content"]
        for tag, attrs in page.tags
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy == [
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    ]


def test_page_has_nothing_that_loads_acts_or_leads_away(page: Page) -> None:
    tags = [tag for tag, _ in page.tags]
    assert tags.count("script") == 1
    assert not set(tags) & {"img", "link", "iframe", "object", "form", "base", "image", "use"}
    names = {name for _, attrs in page.tags for name in attrs}
    assert not {name for name in names if name.startswith("on")}
    assert not names & {"src", "style", "action", "srcset", "xlink:href"}
    links = {attrs["href"] for tag, attrs in page.tags if tag == "a"}
    assert all(link and link.startswith("#") for link in links)
    assert "url(" not in page.raw["style"]
    assert "@import" not in page.raw["style"]


def test_words_of_documents_are_shown_as_they_are(page: Page) -> None:
    assert page.text.count(f"It will mine {SHOWN_HOSTILE} [1].") == 1
    assert f"ValueError: {SHOWN_HOSTILE}" in page.text
    for sign in ("\u202e", "\x00", "\x1b"):
        assert sign not in page.text
        assert not [attrs for _, attrs in page.tags if sign in "".join(map(str, attrs.values()))]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\r\nc\rd\n", "a\tb\nc\nd\n"),
        ("\u2067x\u2069\u200f", "⟨U+2067⟩x⟨U+2069⟩\u200f"),
        ("\ud800\ufffe\x85", "⟨U+D800⟩⟨U+FFFE⟩⟨U+0085⟩"),
        ("Nd₂O₃ 氧化钕 🧲", "Nd₂O₃ 氧化钕 🧲"),
    ],
)
def test_only_what_hides_or_reorders_is_changed(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_cases_stand_worst_first_with_what_they_are_filtered_by(page: Page) -> None:
    cases = [attrs for tag, attrs in page.tags if (attrs.get("class") or "") == "case"]
    assert [(one["data-id"], one["data-verdict"], one["data-short"]) for one in cases] == [
        ("failed <1>", "failed", "yes"),
        ("wrong", "wrong answer shown", "yes"),
        ("short", "not right", "yes"),
        ("claim", "not right", "yes"),
        ("but", "right, but", "no"),
        ("right", "right", "no"),
        ("refused", "right", "no"),
        ("plain", "no gold", "no"),
    ]
    assert [one["id"] for one in cases][:2] == ["case=failed%20%3C1%3E", "case=wrong"]
    of_right = next(one for one in cases if one["data-id"] == "right")
    assert (of_right["data-kind"], of_right["data-publisher"], of_right["data-year"]) == (
        "single_fact",
        "U.S. Geological Survey",
        "",
    )


def test_filters_hold_the_values_of_the_cases_with_their_counts(page: Page) -> None:
    controls = [attrs["data-filter"] for _, attrs in page.tags if "data-filter" in attrs]
    assert controls == ["text", "verdict", "status", "kind", "year", "short"]
    verdicts = ("failed", "wrong answer shown", "not right", "right, but", "right", "no gold")
    options = [attrs["value"] for tag, attrs in page.tags if tag == "option"]
    assert options[: 1 + len(verdicts)] == ["", *verdicts]
    assert "wrong answer shown (1)" in page.text
    assert "right (2)" in page.text


def test_case_shows_answer_quote_in_context_gold_and_why(page: Page) -> None:
    before, after = PASSAGE.split(QUOTE)
    quoted = (
        "[1] Rare Earths , p. 153 (PDF page 2) U.S. Geological Survey · 2026-02 · MCS 2026 · "
        f"usgs/mcs2026.pdf {before} {QUOTE} {after} section Production table Mine production "
        "columns 2025 unit metric tons notes Estimated."
    )
    case = page.text[page.text.index("right, but but follow up And in 2024?") :]
    squeezed = re.sub(r"\s+", " ", quoted)
    assert case.startswith(
        "right, but but follow up And in 2024? "
        "Earlier turns user How much did China mine? assistant 270,000 t "
        "Answer answered It mined as much [1]. understood as: How much did China mine in 2024? "
        f"{squeezed} What fell short page_hit_1: not among the first 1: usgs/mcs2026.pdf p. 2 "
        "Expected Status answered Answer as much Must say as much or the same "
        f"Place usgs/mcs2026.pdf, page 2 {QUOTE} First evidence "
        "Rare Earths , p. 152 (PDF page 1) 0.0328 Rare Earths , p. 153 (PDF page 2) 0.0328 expected"
    )


def test_forbidden_words_labels_and_what_was_not_found_are_shown(page: Page) -> None:
    case = page.text[page.text.index("not right short single fact Who mined most?") :]
    assert (
        "Must say China or PRC Must not say Laos unless MCS 2020 Place other.pdf, page iv" in case
    )
    assert "none of 8 at an expected place" in case


def test_summary_tells_what_was_run_and_what_it_came_to(page: Page) -> None:
    assert (
        "9 questions of questions.jsonl · 1 March 2026, 09:30 UTC · sources f1f2 · "
        "answered in the sources' own words"
    ) in page.text
    assert (
        "1 no gold 2 right 1 right, but 2 not right 1 wrong answer shown 1 failed 1 not run "
        "Answer right 0.500"
    ) in page.text
    assert "Tokens 1,234 1,200 taken 34 given" in page.text
    assert "1 case has no result yet waiting" in page.text
    assert "stopped without an end" in page.text


def test_measures_stand_in_groups_with_interval_counts_and_meaning(page: Page) -> None:
    assert "Answering Answer right 0.500 0.00–1.00 4 3 1 of answerable questions" in page.text
    assert "Wrong answer shown ↓ 0.167" in page.text
    abbreviations = {attrs["title"] for tag, attrs in page.tags if tag == "abbr"}
    assert "a citation lies at an expected page" in abbreviations
    assert "AUROC of confidence 0.583" in page.text


def test_failed_cases_stand_apart_with_their_errors(page: Page) -> None:
    assert f"Case Error Attempts failed <1> ValueError: {SHOWN_HOSTILE} 2" in page.text


def test_charts_have_names_and_their_facts_in_words(page: Page) -> None:
    named = [attrs["aria-label"] for tag, attrs in page.tags if attrs.get("role") == "img"]
    assert [name.split(":")[0] for name in named if name] == [
        "Headline measures",
        "How the answers came out",
        "Found by depth (hit@k)",
        "Confidence against truth",
        "Time a case took",
    ]
    assert page.text.count("In words") == 5


def test_slice_is_marked_where_it_is_worse_beyond_its_interval(tmp_path: Path) -> None:
    def case(number: int) -> tuple[str, str, float]:
        return f"c{number}", "weak" if number < 8 else "strong", float(number >= 8)

    base, told = CASES[0], result_of(CASES[0])
    cases = tuple(
        replace(base, id=id, kind=kind, evidence=()) for id, kind, _ in map(case, range(40))
    )
    results = tuple(
        replace(told, id=id, scores=Scores(status_right=right))
        for id, _, right in map(case, range(40))
    )
    run = replace(run_in(tmp_path), cases=cases, results=results)
    assert "all cases 40 0 0.80 40 weak 8 0 ▼ 0.00 8 strong 32 0 1.00 32" in page_of(run).text


def test_questions_without_gold_give_a_table_of_answers_in_their_order(tmp_path: Path) -> None:
    page = page_of(without_gold(tmp_path))
    rows = [attrs["data-id"] for tag, attrs in page.tags if (attrs.get("class") or "") == "case"]
    assert rows == ["right", "but", "short", "wrong", "refused", "failed <1>", "plain"]
    assert "Answers to questions.jsonl" in page.text
    assert "4 answered 2 not found 1 failed 1 not run" in page.text
    assert "right How much did China mine? It mined 270,000 t [1]." in page.text
    assert "failed: ValueError" in page.text
    assert "[1] Rare Earths, p. 153 (PDF page 2)" in page.text
    for word in ("Measures", "Charts", "Slices", "Scores", "Expected", "Page hit"):
        assert word not in page.text


def test_rebuilding_a_report_changes_nothing(tmp_path: Path) -> None:
    run = run_in(tmp_path)
    first = write_report(run, summarize(run)).read_bytes()
    assert write_report(run, summarize(run)).read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_run_of_which_nothing_has_run_has_a_report(tmp_path: Path) -> None:
    run = replace(run_in(tmp_path), results=())
    page = page_of(run)
    assert "9 cases have no result yet" in page.text
    assert "0 cases" in page.text


def test_quote_that_is_not_verbatim_is_marked(tmp_path: Path) -> None:
    result = result_of(CASES[0])
    assert result.answer is not None
    told = dict(result.answer) | {"citations": [citation(verified=False)]}
    run = replace(run_in(tmp_path), cases=CASES[:1], results=(replace(result, answer=told),))
    assert "p. 153 (PDF page 2) not verbatim" in page_of(run).text


def test_hostile_words_are_hostile() -> None:
    assert re.search(r"</script>.*onerror.*\u202e.*\x00", HOSTILE)
