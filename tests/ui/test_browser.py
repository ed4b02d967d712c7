"""The real application in a real browser, over the shipped documents; nothing leaves loopback."""

import inspect
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import (
    open_chromium,
    serving,
    wait_until_drawn,
    watched_screen,
)
from docx import Document
from playwright.sync_api import Browser, Page, expect
from word_files import word_file

from assistant.drafts import read_draft
from corpus.document import Source
from ui.resources import get_assistant

pytestmark = pytest.mark.slow

APP = Path(inspect.getfile(inspect.unwrap(get_assistant))).with_name("app.py")
DOCUMENTS = Path(inspect.getfile(Source)).with_name("documents")
QUESTION = "How much did China mine in 2025?"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def environment(library_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of a home that holds the shipped documents."""
    home = shutil.copytree(library_home, tmp_path_factory.mktemp("library") / "home")
    return os.environ | {"RARE_EARTH_HOME": str(home)}


@pytest.fixture(scope="module")
def address(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the running application."""
    folder = tmp_path_factory.mktemp("elsewhere")  # no configuration but the shipped one
    with serving(environment, folder) as address:
        yield address


@pytest.fixture
def screen(chromium: Browser, address: str) -> Iterator[Page]:
    """Return a fresh screen on the application; fails if it asked anything beyond loopback."""
    with watched_screen(chromium, address) as page:
        yield page


def _ask(screen: Page, question: str) -> None:
    box = screen.get_by_test_id("stChatInput").get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    expect(screen.locator(".answer")).to_have_count(1)


def test_sources_are_listed_and_read(screen: Page) -> None:
    screen.get_by_role("link", name="Sources", exact=True).click()
    expect(screen.get_by_text("Choose one to read it")).to_be_visible()
    screen.get_by_role("button", name="African rare earths").click()
    screen.get_by_role("link", name="Read the source").click()
    expect(screen.locator(".stored-text")).to_be_visible()


def test_draft_is_uploaded_its_false_figure_found_and_its_remark_downloaded(
    screen: Page, tmp_path: Path
) -> None:
    false = "China mined 290,000 metric tons REO in 2025."
    file = tmp_path / "draft.docx"
    file.write_bytes(word_file(lambda document: document.add_paragraph(f"{false} We would wait.")))
    screen.get_by_role("link", name="Check a draft", exact=True).click()
    screen.locator("input[type=file]").set_input_files(file)
    expect(screen.get_by_text(file.name)).to_be_visible()
    screen.get_by_role("button", name="Check", exact=True).click()
    expect(screen.locator(".draft .contradicted")).to_have_text(false)
    expect(screen.get_by_text("Contradicted", exact=True)).to_be_visible()
    screen.get_by_role("link", name="Open the page").first.wait_for()
    screen.get_by_role("button", name="Take the correction").click()
    expect(screen.get_by_role("button", name="Leave it as it was")).to_be_visible()
    back_again = screen.get_by_role("button", name="The corrected draft")
    expect(back_again).to_have_count(1)
    wait_until_drawn(screen)
    with screen.expect_download() as download:
        back_again.click()
    back = tmp_path / download.value.suggested_filename
    download.value.save_as(back)
    told = [comment.text for comment in Document(str(back)).comments]
    assert any(text.startswith("Corrected") for text in told)
    assert "China mined 270,000 t REO in 2025." in [one.text for one in read_draft(back).sentences]


def test_what_is_decided_on_a_draft_outlasts_a_reload(screen: Page, tmp_path: Path) -> None:
    true, false = "China mined 270,000 metric tons REO in 2025.", "Nigeria mined 9,000 t in 2025."
    file = tmp_path / "decided.docx"
    file.write_bytes(word_file(lambda document: document.add_paragraph(f"{true} {false}")))

    def check() -> None:
        screen.get_by_role("heading", name="Check a draft").wait_for()
        wait_until_drawn(screen)
        screen.locator("input[type=file]").set_input_files(file)
        expect(screen.get_by_text(file.name)).to_be_visible()
        wait_until_drawn(screen)
        screen.get_by_role("button", name="Check", exact=True).click()
        expect(screen.locator(".draft [aria-current]")).to_have_count(1)

    screen.get_by_role("link", name="Check a draft", exact=True).click()
    check()
    screen.get_by_role("button", name="Insert all citations").click()
    expect(screen.locator(".draft sup")).to_have_count(1)
    wait_until_drawn(screen)
    screen.get_by_role("button", name="Dismiss").click()
    screen.get_by_role("combobox", name="Why does this verdict not count?").fill("an old draft")
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("Dismissed: an old draft")).to_be_visible()
    screen.reload()
    check()
    expect(screen.get_by_text("Dismissed 1")).to_be_visible()
    wait_until_drawn(screen)
    with screen.expect_download() as download:
        screen.get_by_role("button", name="The draft with remarks").click()
    back = tmp_path / download.value.suggested_filename
    download.value.save_as(back)
    [told] = [comment.text for comment in Document(str(back)).comments]
    assert told == "Checked: 1 supported, 1 dismissed."
    sentences = [one.text for one in read_draft(back).sentences]
    assert sentences[1] == false
    assert any("rare-earth-assistant project" in one for one in sentences[2:])  # the footnote


def test_claim_is_checked(screen: Page) -> None:
    screen.get_by_role("link", name="Check a draft", exact=True).click()
    claim = "China mined 270,000 metric tons REO in 2025."
    screen.get_by_label("Or paste a sentence or a text", exact=True).fill(claim)
    screen.get_by_role("button", name="Check", exact=True).click()
    expect(screen.locator("mark").first).to_be_visible()
    quote = screen.locator("mark").first.inner_text()
    assert "270000" in quote.replace(",", "")  # a data file writes it without


def test_settings_beside_the_script_are_read(screen: Page) -> None:
    expect(screen.get_by_text("Ask about rare earths")).to_be_visible()
    assert screen.get_by_role("button", name="Deploy").count() == 0


def test_document_is_uploaded_asked_and_removed(screen: Page, tmp_path: Path) -> None:
    file = tmp_path / "quonnit.md"
    file.write_text("# Quonnit Mine\n\nThe Quonnit mine produced 4,321 t of REO in 2025.\n")
    screen.get_by_role("link", name="Sources", exact=True).click()
    screen.get_by_text("Add documents").click()
    screen.locator("input[type=file]").set_input_files(file)
    expect(screen.get_by_text("quonnit.md")).to_be_visible()
    wait_until_drawn(screen)
    screen.get_by_role("button", name="Add the files").click()
    expect(screen.locator("li", has_text="quonnit.md")).to_contain_text("Added")
    screen.get_by_role("link", name="Ask", exact=True).click()
    _ask(screen, "How much did the Quonnit mine produce in 2025?")
    expect(screen.locator(".answer")).to_contain_text("4,321")
    screen.get_by_role("link", name="Sources", exact=True).click()
    screen.get_by_label("Search titles, publishers and texts").fill("Quonnit")
    screen.keyboard.press("Enter")
    wait_until_drawn(screen)
    screen.get_by_role("button", name="Quonnit Mine").press("Enter")
    screen.get_by_role("button", name="Remove", exact=True).click()
    screen.get_by_role("button", name="Remove this source").click()
    expect(screen.get_by_text("of 57 sources")).to_be_visible()
    expect(screen.get_by_role("button", name="Quonnit Mine")).to_have_count(0)


def test_collection_is_made_and_asked_within(screen: Page) -> None:
    screen.get_by_role("link", name="Sources", exact=True).click()
    screen.get_by_label("Search titles, publishers and texts").fill("African rare earths")
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("of 57 sources")).to_be_visible()
    screen.get_by_role("checkbox", name="Pick African rare earths").press("Space")
    name = screen.get_by_role("combobox", name="Collection")
    name.fill("Africa")
    name.press("Enter")
    screen.get_by_role("button", name="Make a collection").click()
    expect(screen.get_by_text("1 picked")).to_have_count(0)
    screen.get_by_role("link", name="Ask", exact=True).click()
    screen.get_by_role("combobox", name="Collection").click()
    screen.get_by_role("option", name="Africa").click()
    expect(screen.get_by_text("Filtered by Collection: Africa")).to_be_visible()
    box = screen.get_by_test_id("stChatInput").get_by_role("textbox")
    box.fill(QUESTION)
    box.press("Enter")
    expect(screen.get_by_text("shuts out a source that answers this")).to_be_visible()
    expect(screen.get_by_text("Nearest to it")).to_be_visible()


def test_grid_is_filled_and_is_there_after_a_reload(screen: Page) -> None:
    screen.get_by_role("link", name="Grid", exact=True).click()
    screen.get_by_label("Questions, one a line").fill("How much did {} mine in 2025?")
    screen.get_by_role("textbox", name="Words of the rows").fill("China\nAtlantis")
    screen.get_by_role("button", name="Fill the grid").click()
    expect(screen.get_by_role("button", name="New grid")).to_be_visible()
    cells = screen.locator(".grid tbody td")
    expect(cells.nth(0)).to_contain_text("270,000")
    expect(cells.nth(1)).to_have_text("not stated")
    screen.reload()
    expect(cells.nth(0)).to_contain_text("270,000")
    screen.get_by_role("link", name="Sources", exact=True).click()
    screen.get_by_role("link", name="Grid", exact=True).click()
    expect(cells.nth(0)).to_contain_text("270,000")
    wait_until_drawn(screen)
    screen.reload()
    expect(cells.nth(0)).to_contain_text("270,000")
    with screen.context.expect_page() as opened:
        screen.locator(".grid a.marker").first.click()
    expect(opened.value.locator(".stored-text mark").first).to_be_in_viewport()
    opened.value.close()  # behind it the page has few moments to answer a click
    screen.bring_to_front()
    wait_until_drawn(screen)
    with screen.expect_download() as download:
        screen.get_by_role("button", name="Workbook").click()
    assert download.value.suggested_filename == "grid.xlsx"
