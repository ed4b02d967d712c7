"""The real application in a real browser, over the shipped documents; nothing leaves loopback."""

import inspect
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from corpus.document import Source
from ui.resources import get_assistant

pytestmark = pytest.mark.slow

APP = Path(inspect.getfile(inspect.unwrap(get_assistant))).with_name("app.py")
DOCUMENTS = Path(inspect.getfile(Source)).with_name("documents")
QUESTION = "How much did China mine in 2025?"
PATIENCE_SECONDS = 120
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _without_browser(reason: str) -> NoReturn:
    if os.environ.get("RARE_EARTH_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        _without_browser("no chromium on the path; install it to test the screens in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of a home that holds the shipped documents."""
    home = tmp_path_factory.mktemp("home")
    environment = os.environ | {"RARE_EARTH_HOME": str(home)}
    subprocess.run(
        [sys.executable, "-m", "assistant.cli", "add", str(DOCUMENTS)],
        env=environment,
        check=True,
        timeout=PATIENCE_SECONDS * 3,
    )
    return environment


@pytest.fixture(scope="module")
def address(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the running application."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("elsewhere")  # no configuration but the shipped one
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port)],
            env=environment,
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/_stcore/health", process, folder / "log")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(PATIENCE_SECONDS * 5):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the application did not start: {log.read_text(errors='replace')}")


@pytest.fixture
def screen(chromium: Browser, address: str) -> Iterator[Page]:
    """Return a fresh screen on the application; fails if it asked anything beyond loopback."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: asked.append(socket.url)))
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()
    assert any(url.startswith("ws://") for url in asked)
    beyond = [
        url
        for url in asked
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).hostname != "127.0.0.1"
    ]
    assert beyond == []


def _ask(screen: Page, question: str) -> None:
    box = screen.get_by_test_id("stChatInput").get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    expect(screen.locator(".answer")).to_have_count(1)


def test_answer_leads_to_the_marked_quote_of_its_source(screen: Page) -> None:
    _ask(screen, QUESTION)
    expect(screen.locator(".answer")).to_contain_text("270,000")
    quote = screen.locator(".passage mark").first.inner_text()
    title = screen.locator(".reference-head").first.inner_text().removeprefix("[1]").strip()

    screen.get_by_role("link", name="Open the page").first.click()
    expect(screen.locator(".source-title")).to_have_text(title)
    expect(screen.locator(".stored-text mark")).to_have_text(quote)
    expect(screen.locator(".stored-text mark")).to_be_in_viewport()

    screen.get_by_role("link", name="Ask", exact=True).click()
    expect(screen.locator(".answer")).to_contain_text("270,000")


def test_marker_of_a_sentence_opens_its_page_in_a_new_tab(screen: Page) -> None:
    _ask(screen, QUESTION)
    with screen.context.expect_page() as opened:
        screen.locator("a.marker").first.click()
    expect(opened.value.locator(".stored-text mark")).to_be_in_viewport()
    expect(screen.locator(".answer")).to_have_count(1)


def test_sources_are_listed_and_read(screen: Page) -> None:
    screen.get_by_role("link", name="Sources", exact=True).click()
    expect(screen.get_by_text("Select a row to read its source.")).to_be_visible()
    screen.locator(".dvn-scroller").click(position={"x": 18, "y": 52})
    screen.get_by_role("link", name="Read the source").click()
    expect(screen.locator(".stored-text")).to_be_visible()


def test_claim_is_checked(screen: Page) -> None:
    screen.get_by_role("link", name="Check a claim", exact=True).click()
    screen.get_by_label("Claim", exact=True).fill("China mined 270,000 metric tons REO in 2025.")
    screen.get_by_role("button", name="Check", exact=True).click()
    expect(screen.locator(".passage mark").first).to_be_visible()
    assert "270,000" in screen.locator(".passage mark").first.inner_text()


def test_settings_beside_the_script_are_read(screen: Page) -> None:
    expect(screen.get_by_text("Ask about rare earths")).to_be_visible()
    assert screen.get_by_role("button", name="Deploy").count() == 0
