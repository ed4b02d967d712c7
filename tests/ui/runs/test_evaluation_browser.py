"""Runs and drafts in a real browser: charts are painted, keys work, files come down."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from browsers import PATIENCE_SECONDS, open_chromium, serving, wait_until_drawn, watched_screen
from evaluation_runs import CASES, HOSTILE, answer, run_in
from evaluation_screens import reviews, store_run
from fakes import write_files
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.drafting.review import load_drafts, write_drafts
from assistant.evaluation.loading.case_files import load_cases, write_cases
from assistant.evaluation.results import CaseResult, Run
from assistant.evaluation.scoring import score

pytestmark = pytest.mark.slow

CHARTS = "[data-testid=stVegaLiteChart] svg.marks"

TEXT = "# Cerium\n\n" + "Cerium is used in catalysts.\n\n" * 80 + "Cerium cost $2/kg in 2025.\n"
COST = Case(
    id="d-1",
    question="What did cerium cost in 2025?",
    answer="$2/kg",
    answers=("$2/kg",),
    must_include=(("$2/kg",),),
    evidence=(ExpectedPlace("cerium.md", 1, "1", "Cerium cost $2/kg in 2025."),),
)
TWIN = Case(
    id="d-2",
    question="What did cerium cost in 2031?",
    expected_status=("not_found",),
    answerable=False,
)


def worse(run: Run) -> Run:
    """Return a run in which one answer is not right any more."""
    told = answer("It mined much.")
    other = CaseResult("right", told, score(CASES[0], told), "", 0.4)
    results = tuple(other if result.id == "right" else result for result in run.results)
    return replace(run, results=results)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with one document and two runs."""
    home = tmp_path_factory.mktemp("home")
    documents = write_files(tmp_path_factory.mktemp("documents"), {"cerium.md": TEXT})
    subprocess.run(
        [sys.executable, "-m", "assistant.cli", "--home", str(home), "add", str(documents)],
        check=True,
        timeout=PATIENCE_SECONDS * 3,
    )
    store_run(run_in(home / "runs" / "march"), "2026-03-01T08:00:00+00:00")
    store_run(worse(run_in(home / "runs" / "april")), "2026-04-01T08:00:00+00:00")
    return home


@pytest.fixture(scope="module")
def address(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    environment = os.environ | {"RARE_EARTH_HOME": str(home)}
    with serving(environment, tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


@pytest.fixture
def runs(chromium: Browser, address: str) -> Iterator[Page]:
    """Return the page of runs."""
    with watched_screen(chromium, f"{address}/evaluation") as page:
        expect(page.get_by_text("Headline measures")).to_be_visible()
        yield page


@pytest.fixture
def drafts(home: Path) -> Path:
    """Return a fresh file of drafts."""
    path = home / "drafts" / "drafts.jsonl"
    for file in path.parent.glob("*.jsonl"):
        file.unlink()
    write_drafts(path, (COST, TWIN))
    return path


@pytest.fixture
def review(chromium: Browser, address: str, drafts: Path) -> Iterator[Page]:
    """Return the page of drafts."""
    assert reviews(drafts) == {"d-1": "open", "d-2": "open"}
    with watched_screen(chromium, f"{address}/review") as page:
        expect(_question(page)).to_have_value(COST.question)
        yield page


def _question(page: Page) -> Locator:
    """Return the field of the question; below it one of the draft before may still be fading."""
    return page.get_by_label("Question").first


def test_charts_are_painted(runs: Page) -> None:
    runs.get_by_text("Figures for experts").click()
    charts = runs.locator(CHARTS)
    expect(charts).to_have_count(5)
    for chart in charts.all():
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 100


def test_hostile_name_in_a_chart_is_text(runs: Page) -> None:
    runs.get_by_text("Figures for experts").click()
    expect(runs.locator(CHARTS)).to_have_count(5)
    bar = runs.locator("path[aria-label*='Of: odd']").first
    tip = runs.locator("#vg-tooltip-element").filter(has_text="odd </script><img src=")
    for wait in (100, 400, 1500, 5000):
        bar.hover()  # scrolls to it, and waits until it stands still
        runs.wait_for_timeout(wait)  # the tip is drawn a moment later
        if tip.is_visible():
            break
        runs.mouse.move(0, 0)
    expect(tip).to_be_visible()
    assert runs.locator("img[src*='example.org']").count() == 0


def test_picked_case_is_shown(runs: Page) -> None:
    runs.get_by_role("tab", name="Cases").click()
    expect(runs.locator(".verdict").first).to_have_text("failed")
    expect(runs.locator(".question")).to_contain_text(HOSTILE[:20])
    runs.locator(".dvn-scroller").click(position={"x": 18, "y": 122})
    expect(runs.locator(".verdict").first).to_have_text("wrong answer shown")
    expect(runs.locator(".question")).to_have_text("What will China mine in 2030?")
    expect(runs.locator(".passage mark").first).to_be_visible()


def test_filtered_cases_start_with_their_own_worst(runs: Page) -> None:
    runs.get_by_role("tab", name="Cases").click()
    runs.locator(".dvn-scroller").click(position={"x": 18, "y": 157})
    runs.get_by_role("button", name="right, but").click()
    expect(runs.get_by_text("1 of 8 cases, the worst first.")).to_be_visible()
    expect(runs.locator(".question")).to_have_text("And in 2024?")


def test_runs_are_compared_side_by_side(runs: Page) -> None:
    runs.get_by_role("tab", name="Compare").click()
    runs.get_by_label("Compare with").click()
    runs.get_by_role("option").filter(has_text="march").click()
    expect(runs.get_by_text("Changed cases (1)")).to_be_visible()
    expect(runs.locator(".answer").nth(0)).to_have_text("It mined 270,000 t [1].")
    expect(runs.locator(".answer").nth(1)).to_have_text("It mined much.")


def start(page: Page, name: str, content: bytes) -> None:
    """Start a run over a case file."""
    wait_until_drawn(page)
    if not page.locator("details[open]").filter(has_text="Start a run").count():
        page.get_by_text("Start a run").click()
    page.get_by_text("A case file of your own").click()
    file = FilePayload(name=name, mimeType="text/plain", buffer=content)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("button", name=f"Remove {name}")).to_be_visible()
    page.wait_for_timeout(1_000)  # the page is run for the file; a press before that is lost
    wait_until_drawn(page)
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_test_id("stProgress")).to_contain_text(f"{name.partition('.')[0]}-")


def test_a_run_is_started_stopped_and_two_are_compared(
    chromium: Browser, home: Path, tmp_path: Path
) -> None:
    copytree(home, tmp_path / "home", ignore=ignore_patterns("runs"))
    environment = os.environ | {"RARE_EARTH_HOME": str(tmp_path / "home")}
    questions = "".join(f"What did cerium cost in {year}?\n" for year in range(1500, 2026))
    write_cases(tmp_path / "cases.jsonl", (COST, TWIN))
    cases = (tmp_path / "cases.jsonl").read_bytes()
    (tmp_path / "app").mkdir()
    with (
        serving(environment, tmp_path / "app") as address,
        watched_screen(chromium, f"{address}/evaluation") as page,
    ):
        stop = page.get_by_test_id("stMain").get_by_role("button", name="Stop")
        start(page, "long.txt", questions.encode())
        stop.click()
        expect(page.get_by_text("stopping after the case under way")).to_be_visible()
        expect(page.get_by_text("cases not run yet")).to_be_visible()
        expect(stop).to_have_count(0)
        for name in ("before.jsonl", "after.jsonl"):
            start(page, name, cases)
            expect(page.get_by_text(f"2 questions of {name}")).to_be_visible()
            expect(stop).to_have_count(0)
        page.get_by_role("tab", name="Compare").click()
        page.get_by_label("Compare with").click()
        page.get_by_role("option").filter(has_text="before-").click()
        expect(page.get_by_text("Too few cases to tell.")).to_be_visible()
        expect(page.get_by_text("Changed cases (0)")).to_be_visible()


@pytest.mark.parametrize(
    ("label", "name", "start"),
    [
        ("Report (HTML)", "april-report.html", b"<!doctype html>"),
        ("Answers (CSV)", "april-answers.csv", b"\xef\xbb\xbfid,"),
        ("All tables (XLSX)", "april-report.xlsx", b"PK\x03\x04"),
    ],
)
def test_reports_are_made_when_asked_for(
    runs: Page, tmp_path: Path, label: str, name: str, start: bytes
) -> None:
    with runs.expect_download() as download:
        runs.get_by_role("button", name=label).click()
    assert download.value.suggested_filename == name
    download.value.save_as(tmp_path / name)
    assert (tmp_path / name).read_bytes()[: len(start)].lower() == start.lower()


def test_quote_of_a_draft_is_in_view(review: Page) -> None:
    mark = review.locator(".stored-text mark")
    expect(mark).to_have_text("Cerium cost $2/kg in 2025.")
    expect(mark).to_be_in_viewport()


def test_drafts_are_decided_with_keys(review: Page, drafts: Path) -> None:
    review.keyboard.press("a")
    expect(_question(review)).to_have_value(TWIN.question)
    expect(review.get_by_text("1 of 2 drafts decided")).to_be_visible()
    assert reviews(drafts) == {"d-1": "accepted", "d-2": "open"}
    review.keyboard.press("x")
    expect(review.get_by_text("2 of 2 drafts decided")).to_be_visible()
    assert reviews(drafts) == {"d-1": "accepted", "d-2": "rejected"}
    review.keyboard.press("z")
    expect(review.get_by_text("1 of 2 drafts decided")).to_be_visible()
    expect(_question(review)).to_have_value(TWIN.question)
    assert reviews(drafts) == {"d-1": "accepted", "d-2": "open"}


def test_keys_typed_into_a_field_decide_nothing(review: Page, drafts: Path) -> None:
    field = _question(review)
    field.click()
    field.press("End")
    field.press_sequentially(" axsz")
    field.press("Control+Enter")
    expect(field).to_have_value(f"{COST.question} axsz")
    expect(review.get_by_role("button", name="Undo")).to_be_enabled()
    assert reviews(drafts) == {"d-1": "open", "d-2": "open"}
    assert load_drafts(drafts)[0].case.question == f"{COST.question} axsz"


def test_what_was_just_typed_is_accepted_with_the_draft(review: Page, drafts: Path) -> None:
    _question(review).fill("What was the price of cerium in 2025?")
    review.get_by_test_id("stBaseButton-primary").click()
    expect(_question(review)).to_have_value(TWIN.question)
    draft = load_drafts(drafts)[0]
    assert (draft.state, draft.case.question) == (
        "accepted",
        "What was the price of cerium in 2025?",
    )


def test_decisions_outlast_a_reload_and_become_a_case_file(review: Page, drafts: Path) -> None:
    review.keyboard.press("a")
    expect(_question(review)).to_have_value(TWIN.question)
    review.reload()
    expect(review.get_by_text("1 of 2 drafts decided")).to_be_visible()
    review.get_by_role("button", name="Write the accepted cases").click()
    file = drafts.with_name("drafts.accepted.jsonl")
    expect(review.get_by_text(f"rare-earth eval run {file}")).to_be_visible()
    assert load_cases(file) == (COST,)
    with review.expect_download() as download:
        review.get_by_role("button", name="Download the cases").click()
    assert download.value.suggested_filename == file.name
