"""The report in a real browser, opened from disk with the network refused."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browsers import open_chromium
from evaluation_runs import CASES, result_of, run_in, without_gold
from playwright.sync_api import Browser, Page, expect

from assistant.evaluation.comparing import compare
from assistant.evaluation.reports.comparison import write_comparison
from assistant.evaluation.reports.html_report import write_report
from assistant.evaluation.results import Run
from assistant.evaluation.summary import summarize

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # A proxy where nothing listens: what is asked of the network fails.
    with open_chromium("--proxy-server=127.0.0.1:9") as browser:
        yield browser


@pytest.fixture
def screen(chromium: Browser) -> Iterator[Page]:
    """Return a fresh screen; fails if a page told the console anything or asked the network."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: (told.append("dialog"), dialog.dismiss())[0])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert told == []
    assert {url.split(":")[0] for url in asked} == {"file"}
    assert len({url.split("#")[0] for url in asked}) == 1


def _open(screen: Page, run: Run, fragment: str = "") -> str:
    address = write_report(run, summarize(run)).as_uri()
    screen.goto(address + fragment)
    return address


def _shown(screen: Page) -> list[str | None]:
    return [case.get_attribute("data-id") for case in screen.locator(".case:visible").all()]


def test_cases_are_filtered_counted_and_the_address_says_so(screen: Page, tmp_path: Path) -> None:
    address = _open(screen, run_in(tmp_path))
    count = screen.locator("#count")
    expect(count).to_have_text("8 cases")

    screen.get_by_label("Verdict").select_option("not right")
    expect(count).to_have_text("2 of 8 cases")
    assert _shown(screen) == ["short", "claim"]

    screen.get_by_label("Kind", exact=True).select_option("claim")
    expect(count).to_have_text("1 of 8 cases")
    assert screen.url == f"{address}#verdict=not+right&kind=claim"

    screen.get_by_role("button", name="Clear filters").click()
    expect(count).to_have_text("8 cases")
    assert screen.url == address

    screen.get_by_label("only what fell short").check()
    expect(count).to_have_text("4 of 8 cases")
    assert _shown(screen) == ["failed <1>", "wrong", "short", "claim"]


def test_all_words_that_are_typed_must_be_there(screen: Page, tmp_path: Path) -> None:
    _open(screen, run_in(tmp_path))
    search = screen.get_by_label("Search")
    search.fill("CHINA 2030")
    expect(screen.locator("#count")).to_have_text("1 of 8 cases")
    assert _shown(screen) == ["wrong"]
    search.fill("no such words")
    expect(screen.locator("#count")).to_have_text("0 of 8 cases")


def test_address_with_filters_opens_so(screen: Page, tmp_path: Path) -> None:
    _open(screen, run_in(tmp_path), "#text=mined&verdict=right&short=no")
    expect(screen.locator("#count")).to_have_text("1 of 8 cases")
    expect(screen.get_by_label("Search")).to_have_value("mined")
    assert _shown(screen) == ["right"]


def test_address_of_a_case_opens_it_whatever_is_chosen(screen: Page, tmp_path: Path) -> None:
    _open(screen, run_in(tmp_path), "#verdict=right")
    case = screen.locator('.case[data-id="failed <1>"]')
    expect(case).to_be_hidden()
    screen.locator("#failed a").click()
    expect(case.get_by_text("asked 2 times")).to_be_visible()
    expect(case).to_be_in_viewport()
    expect(screen.get_by_label("Verdict")).to_have_value("right")


def test_cases_open_with_the_keyboard_and_all_at_once(screen: Page, tmp_path: Path) -> None:
    _open(screen, run_in(tmp_path))
    first = screen.locator(".case").first
    first.locator("summary").focus()
    screen.keyboard.press("Enter")
    assert screen.locator(".case[open]").count() == 1
    screen.get_by_label("Verdict").select_option("not right")
    screen.get_by_role("button", name="Open all shown").click()
    assert screen.locator(".case[open]").count() == 3
    screen.get_by_role("button", name="Clear filters").click()
    screen.get_by_role("button", name="Close all").click()
    assert screen.locator(".case[open]").count() == 0


def test_answers_without_gold_are_a_table_that_filters(screen: Page, tmp_path: Path) -> None:
    _open(screen, without_gold(tmp_path))
    screen.get_by_label("Status").select_option("not found")
    expect(screen.locator("#count")).to_have_text("2 of 7 cases")
    assert _shown(screen) == ["short", "refused"]


def test_changed_cases_are_filtered_by_what_changed(screen: Page, tmp_path: Path) -> None:
    first = run_in(tmp_path)
    result = first.results[0]
    worse = replace(result, scores=replace(result.scores, answer_right=0.0, page_hit_10=0.0))
    other = first.results[1]
    better = replace(other, scores=replace(other.scores, page_hit_1=1.0))
    second = replace(first, results=(worse, better, *first.results[2:]))
    path = write_comparison(compare(first, second), tmp_path / "comparison.html")
    screen.goto(path.as_uri())
    expect(screen.locator("#count")).to_have_text("2 cases")
    screen.get_by_label("Change", exact=True).select_option("better")
    assert _shown(screen) == ["but"]
    screen.get_by_role("button", name="Clear filters").click()
    screen.get_by_label("Score that changed").select_option("page_hit_1")
    expect(screen.locator("#count")).to_have_text("1 of 2 cases")
    assert _shown(screen) == ["but"]


def test_report_is_read_without_its_script(chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    _open(page, run_in(tmp_path))
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator("#count")).to_have_text("8 cases")
    page.locator(".case summary").first.click()
    expect(page.get_by_text("asked 2 times")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_no_wider_than_the_screen(
    chromium: Browser, tmp_path: Path, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    for run in (run_in(tmp_path), without_gold(tmp_path)):
        _open(page, run)
        page.get_by_role("button", name="Open all shown").click()
        assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_two_thousand_cases_stay_usable(screen: Page, tmp_path: Path) -> None:
    cases = [case for case in CASES if case.id != "waiting"]
    many = tuple(replace(case, id=f"{case.id}-{number}") for number in range(250) for case in cases)
    results = tuple(
        replace(result_of(case), id=f"{case.id}-{number}")
        for number in range(250)
        for case in cases
    )
    _open(screen, replace(run_in(tmp_path), cases=many, results=results))
    expect(screen.locator("#count")).to_have_text("2,000 cases")
    seconds = screen.evaluate(
        """() => {
          const search = document.querySelector("input[type=search]");
          const started = performance.now();
          search.value = "2030";
          search.dispatchEvent(new Event("input", { bubbles: true }));
          return new Promise((done) => {
            const count = document.getElementById("count");
            new MutationObserver(() => done((performance.now() - started) / 1000))
              .observe(count, { childList: true });
          });
        }"""
    )
    expect(screen.locator("#count")).to_have_text("250 of 2,000 cases")
    assert seconds < 5
