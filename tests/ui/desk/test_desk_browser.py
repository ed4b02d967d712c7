"""The Ask page as a desk, in a real browser over the shipped documents."""

import inspect
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import (
    PATIENCE_SECONDS,
    open_chromium,
    serving,
    wait_until_drawn,
    watched_screen,
)
from playwright.sync_api import Browser, Page, expect

from assistant.evaluation.drafting.review import load_drafts
from corpus.document import Source
from ui.resources import get_assistant

pytestmark = pytest.mark.slow

APP = Path(inspect.getfile(inspect.unwrap(get_assistant))).with_name("app.py")
DOCUMENTS = Path(inspect.getfile(Source)).with_name("documents")
NAMES = ("african-producers.html", "policy-handbook.pdf")
MINED = "How much did China mine in 2025?"
NIGERIA = "How large was Nigeria's mine production in 2024?"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that holds two of the shipped documents."""
    home = tmp_path_factory.mktemp("home")
    files = [str(DOCUMENTS / name) for name in NAMES]
    run(home, "add", *files)
    return home


def run(home: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "assistant.cli", "--home", str(home), *arguments],
        check=True,
        timeout=PATIENCE_SECONDS * 3,
    )


@pytest.fixture(scope="module")
def address(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    environment = os.environ | {"RARE_EARTH_HOME": str(home)}
    with serving(environment, tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


@pytest.fixture
def screen(chromium: Browser, address: str) -> Iterator[Page]:
    with watched_screen(chromium, address) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


def ask(screen: Page, question: str) -> None:
    answers = screen.locator('[class*="st-key-tools_"]')
    wait_until_drawn(screen)
    before = answers.count()
    box = screen.get_by_test_id("stChatInput").get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    expect(answers).to_have_count(before + 1)
    wait_until_drawn(screen)


def press(screen: Page, name: str) -> None:
    screen.get_by_role("button", name=name, exact=True).first.click()
    wait_until_drawn(screen)


def test_a_number_shows_its_source_beside_the_answer_without_a_reload(screen: Page) -> None:
    ask(screen, NIGERIA)
    screen.evaluate("window.isTheSamePage = true")
    beside = screen.locator(".st-key-beside")
    expect(beside.locator(".stored-table")).not_to_have_count(0)
    expect(beside.locator("mark").first).to_be_in_viewport()
    expect(screen.locator("a.marker[aria-current]").first).to_have_text("[1]")  # clicks are heard
    screen.locator("a.marker", has_text="[2]").first.focus()
    screen.keyboard.press("Enter")
    expect(beside.locator(".reference-head")).to_contain_text("[2]")
    expect(screen.locator("a.marker[aria-current]").first).to_have_text("[2]")
    press(screen, "Next citation")
    expect(beside.locator(".reference-head")).to_contain_text("[1]")
    assert screen.evaluate("window.isTheSamePage")
    assert len(screen.context.pages) == 1
    with screen.context.expect_page() as opened:
        beside.get_by_role("link", name="Open in a tab").click()
    expect(opened.value.locator(".stored-text mark").first).to_be_in_viewport()


def test_a_printed_page_is_a_picture_with_the_quote_marked(screen: Page) -> None:
    ask(screen, MINED)
    beside = screen.locator(".st-key-beside")
    expect(beside.get_by_role("img", name="Quote, as printed")).to_be_visible()
    beside.get_by_text("Whole page", exact=True).click()
    expect(beside.get_by_role("img", name="Whole page, as printed")).to_be_visible()
    beside.get_by_text("Stored text", exact=True).click()
    expect(beside.locator(".stored-text mark").first).to_be_in_viewport()


def test_a_reload_goes_on_with_the_conversation(screen: Page) -> None:
    ask(screen, MINED)
    assert "?conversation=" in screen.url
    screen.reload()
    expect(screen.locator(".question")).to_have_text([MINED])
    expect(screen.locator(".st-key-beside .reference-head")).to_be_visible()
    ask(screen, "and in 2024?")
    screen.reload()
    expect(screen.locator(".question")).to_have_text([MINED, "and in 2024?"])
    expect(screen.get_by_text("Understood as:")).to_be_visible()


def test_a_reload_shows_the_citation_that_was_looked_at(screen: Page) -> None:
    ask(screen, NIGERIA)
    beside = screen.locator(".st-key-beside")
    press(screen, "Next citation")
    expect(beside.locator(".reference-head")).to_contain_text("[2]")
    screen.reload()
    expect(beside.locator(".reference-head")).to_contain_text("[2]")
    ask(screen, MINED)
    expect(beside.locator(".reference-head")).to_contain_text("[1]")
    assert "cited" not in screen.url


def test_an_old_conversation_is_found_renamed_and_deleted(screen: Page) -> None:
    ask(screen, "Did Burundi mine rare earths in 2018?")
    press(screen, "New conversation")
    expect(screen.locator(".question")).to_have_count(0)
    ask(screen, NIGERIA)
    search = screen.get_by_label("Search conversations")
    search.fill("burundi")
    search.press("Enter")
    found = screen.locator(".st-key-conversations button")
    expect(found).to_have_count(1)
    found.click()
    expect(screen.locator(".question")).to_have_text(["Did Burundi mine rare earths in 2018?"])
    wait_until_drawn(screen)
    screen.get_by_role("button", name="Conversation").last.click()
    title = screen.get_by_label("Title", exact=True)
    title.fill("Burundi before 2020")
    title.press("Enter")
    expect(found).to_have_text("Burundi before 2020")
    wait_until_drawn(screen)
    delete = screen.get_by_role("button", name="Delete conversation")
    expect(delete).to_be_disabled()
    screen.get_by_text("Delete it; the records of its answers stay").click()
    expect(delete).to_be_enabled()
    delete.click()
    expect(screen.get_by_text("No title, question or answer has these words.")).to_be_visible()
    expect(screen.locator(".question")).to_have_count(0)


def test_an_answer_is_copied_linked_and_exported(screen: Page, tmp_path: Path) -> None:
    ask(screen, MINED)
    screen.get_by_role("button", name="Copy with citations").click()
    told = screen.get_by_text("Copied", exact=True)
    expect(told).to_be_visible()
    copied = screen.evaluate("navigator.clipboard.readText()")
    assert "China mined 270,000 t" in copied
    assert "\n\n[1] " in copied
    expect(told).to_have_count(0)
    screen.get_by_role("button", name="Copy link").click()
    expect(told).to_be_visible()
    link = screen.locator("a[href^='?record=']").first.get_attribute("href") or ""
    tools = screen.locator(".st-key-tools_0")
    tools.get_by_role("button", name="Export").click()
    with screen.expect_download() as download:
        screen.get_by_role("button", name="Markdown").click()
    file = tmp_path / "answer.md"
    download.value.save_as(file)
    assert f"## {MINED}" in file.read_text("utf-8")
    screen.goto(f"{screen.url.partition('?')[0]}{link}")
    expect(screen.locator(".question")).to_have_text([MINED])
    expect(screen.locator(".st-key-beside .reference-head")).to_be_visible()
    wait_until_drawn(screen)
    screen.get_by_role("button", name="Ask again").click()
    expect(screen.get_by_text("nothing has changed")).to_be_visible()


def test_an_answer_rated_down_becomes_a_case(screen: Page, home: Path) -> None:
    ask(screen, NIGERIA)
    screen.locator(".st-key-thumbs_0 button").nth(1).click()
    wait_until_drawn(screen)  # what is typed while it is drawn anew is lost
    reason = screen.get_by_label("What is wrong with this answer?")
    reason.fill("the older edition first")
    reason.press("Enter")
    wait_until_drawn(screen)
    screen.reload()
    expect(screen.get_by_label("What is wrong with this answer?")).to_have_value(
        "the older edition first"
    )
    run(home, "eval", "draft", "--ratings")
    drafts = load_drafts(home / "drafts" / "rated.jsonl")
    assert [(one.case.question, one.note) for one in drafts] == [
        (NIGERIA, "the older edition first")
    ]


def test_two_sessions_at_once_are_not_mixed_up(chromium: Browser, address: str) -> None:
    with watched_screen(chromium, address) as one, watched_screen(chromium, address) as other:
        ask(one, MINED)
        ask(other, NIGERIA)
        ask(one, "and in 2024?")
        expect(other.locator(".question")).to_have_text([NIGERIA])
        one.reload()
        other.reload()
        expect(one.locator(".question")).to_have_text([MINED, "and in 2024?"])
        expect(other.locator(".question")).to_have_text([NIGERIA])


def test_on_a_narrow_screen_the_source_stands_below(screen: Page) -> None:
    screen.set_viewport_size({"width": 390, "height": 844})
    ask(screen, MINED)
    screen.locator("a.marker").first.click()
    expect(screen.locator(".st-key-beside .reference-head")).to_be_in_viewport()
    assert screen.evaluate("document.documentElement.scrollWidth") <= 390
    screen.get_by_role("link", name="Back to the answer").click()
    expect(screen.locator(".answer").first).to_be_in_viewport()
