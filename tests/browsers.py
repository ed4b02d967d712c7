"""The real application in a real browser: started as a process, with an eye on what it asks."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

PATIENCE_SECONDS = 120
_FLAGS = (
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


@contextmanager
def open_chromium(*flags: str) -> Iterator[Browser]:
    """Yield Chromium started with these flags, too; skip the test where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        _without_browser("no chromium on the path; install it to test the screens in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_FLAGS, *flags])
        yield browser
        browser.close()


def free_port() -> int:
    """Return a port of this machine that nobody serves on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def serving(
    environment: Mapping[str, str],
    folder: Path,
    program: Sequence[str] = ("-m", "ui"),
    port: int = 0,
) -> Iterator[str]:
    """Yield the address of the application, started in an empty folder that gets its log.

    A `program` other than the app's own takes the same arguments.
    """
    port = port or free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *program, "--server.port", str(port)],
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


def wait_until_drawn(page: Page) -> None:
    """Wait until the application has run for what was last done on a screen.

    What is pressed while it runs, such as the button of a file that is written when it is asked
    for, belongs to the screen before.
    """
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


@contextmanager
def watched_screen(browser: Browser, address: str) -> Iterator[Page]:
    """Yield a fresh screen; fail if it asked anything beyond loopback, or a script of data ran."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    asked: list[str] = []
    dialogs: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: asked.append(socket.url)))
    page = context.new_page()
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss())[0])
    page.goto(address)
    yield page
    context.close()
    assert any(url.startswith("ws://") for url in asked)
    beyond = [
        url
        for url in asked
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).hostname != "127.0.0.1"
    ]
    assert (beyond, dialogs) == ([], [])
