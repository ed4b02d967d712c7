"""The pages of the ledger in a real browser: words to rows, a point of a chart to its page."""

import inspect
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import PATIENCE_SECONDS, open_chromium, serving, wait_until_drawn, watched_screen
from fakes import write_files
from ledger_files import LEDGER_FILES
from playwright.sync_api import Browser, Page, expect

from ui.resources import get_assistant

pytestmark = pytest.mark.slow

APP = Path(inspect.getfile(inspect.unwrap(get_assistant))).with_name("app.py")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("ledger")
    write_files(folder / "documents", LEDGER_FILES)
    environment = os.environ | {"RARE_EARTH_HOME": str(folder / "home")}
    subprocess.run(
        [sys.executable, "-m", "assistant.cli", "add", str(folder / "documents")],
        env=environment,
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    with serving(environment, tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


@pytest.fixture
def screen(chromium: Browser, address: str) -> Iterator[Page]:
    with watched_screen(chromium, address) as page:
        page.get_by_role("link", name="Figures", exact=True).click()
        yield page


def look_up(screen: Page, words: str) -> None:
    box = screen.get_by_role("textbox", name="What to look up")
    box.fill(words)
    box.press("Enter")
    expect(screen.locator(".facts tbody tr").first).to_be_visible()
    wait_until_drawn(screen)


def test_words_give_rows_whose_link_opens_the_marked_quote(screen: Page) -> None:
    look_up(screen, "Peru mine production 2025")
    expect(screen).to_have_url(f"{screen.url.split('?')[0]}?facts=Peru+mine+production+2025")
    row = screen.locator(".facts tbody tr", has_text="conflicting: 300 t (Nordkap Institute)")
    expect(row).to_contain_text("900")
    with screen.context.expect_page() as opened:
        row.get_by_role("link", name="Survey of Andean Mines").click()
    expect(opened.value.locator(".stored-text mark", has_text="900")).to_be_visible()


def test_point_of_a_chart_opens_its_source_beside_it(screen: Page) -> None:
    look_up(screen, "Chile mine production REO")
    screen.get_by_role("radio", name="Chart").click()
    points = screen.locator('[role="graphics-symbol"][aria-roledescription="point"]')
    points.last.click()
    expect(screen.locator("mark", has_text="1,400").first).to_be_visible()
    screen.get_by_role("link", name="Open the page").click()
    expect(screen.locator(".source-title")).to_have_text("Mine Output Review 2026")
    expect(screen.locator(".stored-text mark", has_text="1,400")).to_be_visible()


def test_two_editions_are_compared_and_each_place_opened(screen: Page) -> None:
    screen.get_by_role("radio", name="Editions").click()
    older = screen.get_by_role("option", name="Mine Output Review 2025")
    screen.get_by_role("combobox", name="Before").click()
    older.click()
    wait_until_drawn(screen)
    screen.get_by_role("combobox", name="After").click()
    expect(older).to_have_count(0)  # the list is that of the run with what was chosen before
    screen.get_by_role("option", name="Mine Output Review 2026").click()
    wait_until_drawn(screen)
    row = screen.locator(".edition-row", has_text="1,100 t")
    expect(row).to_contain_text("1,200 t")
    screen.reload()
    expect(row).to_contain_text("1,200 t")
    wait_until_drawn(screen)
    with screen.expect_download() as download:
        screen.get_by_role("button", name="Download as XLSX").click()
    assert download.value.suggested_filename == "changes.xlsx"
    for link, value in ((row.locator("a").first, "1,100"), (row.locator("a").last, "1,200")):
        with screen.context.expect_page() as opened:
            link.click()
        expect(opened.value.locator(".stored-text mark", has_text=value)).to_be_visible()
