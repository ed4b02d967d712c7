"""The radar in a real browser: a change is told, followed to its conversation, marked as seen."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import PATIENCE_SECONDS, open_chromium, serving, wait_until_drawn, watched_screen
from fakes import write_files
from playwright.sync_api import Page, expect
from radar_site import SAID, STATISTICS, statistics

pytestmark = pytest.mark.slow

MINED = "How much rare earths did the world mine in 2024?"


def run(home: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "assistant.cli", "--home", str(home), *arguments],
        check=True,
        timeout=PATIENCE_SECONDS,
        capture_output=True,
    )


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Page]:
    home, documents, elsewhere = (tmp_path / name for name in ("home", "site", "elsewhere"))
    elsewhere.mkdir()
    write_files(documents, {STATISTICS: statistics(SAID)})
    run(home, "add", str(documents))
    environment = os.environ | {"RARE_EARTH_HOME": str(home)}
    with (
        open_chromium() as chromium,
        serving(environment, elsewhere) as address,
        watched_screen(chromium, address) as page,
    ):
        box = page.get_by_test_id("stChatInput").get_by_role("textbox")
        box.fill(MINED)
        box.press("Enter")
        expect(page.get_by_text("390,000", exact=False).first).to_be_visible()
        wait_until_drawn(page)
        write_files(documents, {STATISTICS: statistics(SAID.replace("390,000", "420,000"))})
        run(home, "add", str(documents))
        yield page


def test_a_change_is_followed_to_its_conversation_and_marked_as_seen(screen: Page) -> None:
    screen.get_by_role("link", name="Radar", exact=True).click()
    screen.get_by_role("button", name="Look now").click()
    change = screen.locator(".changes")
    expect(change).to_contain_text("390,000 tonnes to 420,000 tonnes")
    change.get_by_role("link", name=MINED).click()
    expect(screen.get_by_text("390,000", exact=False).first).to_be_visible()
    wait_until_drawn(screen)
    screen.get_by_role("link", name="Radar", exact=True).click()
    screen.get_by_role("button", name="Mark as seen").click()
    expect(screen.get_by_text("Nothing has changed for what is kept.")).to_be_visible()
    expect(screen.locator(".changes")).to_have_count(0)
