"""Folders watched: synced at once, on each change and by schedule, until the watch is stopped."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from radar_site import SAID, Site, open_site, statistics
from web_server import Website, website

from assistant.assistant import Assistant
from assistant.currency.watching import Watch
from assistant.settings import Settings
from index.storage.store import PassageStore

PATIENCE_SECONDS = 60.0


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path, stats_html=statistics(SAID)) as opened:
        yield opened


@contextmanager
def watched(site: Site) -> Iterator[list[str]]:
    """Yield the lines that a watch over the site's folder tells; it is stopped at the end."""
    lines: list[str] = []
    with running(Watch(site.assistant, [site.folder.resolve()], 3_600.0, lines.append), lines):
        yield lines


@contextmanager
def running(watch: Watch, lines: Sequence[str]) -> Iterator[None]:
    """Run a watch, and stop it at the end."""
    thread = threading.Thread(target=watch.run)
    thread.start()
    try:
        yield
    finally:
        watch.stop()
        thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()
    assert lines[-1] == "stopped"


def _following(home: Path, web: Website) -> Assistant:
    settings = Settings(home, web_hosts=(web.host,), web_delay=0.0)
    return Assistant(settings, HashingEmbedder())


def wait_for(lines: Sequence[str], words: str) -> None:
    """Wait until a line has these words."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not any(words in line for line in lines):
        assert time.monotonic() < end, lines
        time.sleep(0.05)


def test_what_is_there_is_synced_at_once(site: Site) -> None:
    with watched(site) as lines:
        wait_for(lines, "0 new, 0 changed, 0 removed")


def test_a_change_is_synced_and_looked_at(site: Site) -> None:
    site.keep("How much rare earths did the world mine in 2024?")
    with watched(site) as lines:
        wait_for(lines, "0 new, 0 changed")
        changed = statistics(SAID.replace("390,000", "420,000"))
        (site.folder / "stats.html").write_text(changed, encoding="utf-8")
        wait_for(lines, "1 changed")
        wait_for(lines, "radar: 1 not seen yet")


def test_a_file_that_is_removed_is_followed(site: Site) -> None:
    with watched(site) as lines:
        wait_for(lines, "0 new")
        (site.folder / "stats.html").unlink()
        wait_for(lines, "1 removed")


def test_a_home_that_another_writes_to_is_waited_for(site: Site) -> None:
    other = PassageStore(site.assistant.settings.home, site.assistant.store.embedder_name)
    with watched(site) as lines:
        with other.writing():
            (site.folder / "next.html").write_text(statistics(SAID), encoding="utf-8")
            wait_for(lines, "waits")
        wait_for(lines, "1 new")
    other.close()


def test_the_web_is_looked_at_when_it_is_due(tmp_path: Path) -> None:
    with website() as web, closing(_following(tmp_path / "home", web)) as assistant:
        web.html("/quota", "China set a quota of 270,000 tons for 2024.")
        assistant.web.follow([web.at("/quota")], 86_400)
        lines: list[str] = []
        with running(Watch(assistant, [], 3_600.0, lines.append), lines):
            wait_for(lines, "web: 1 new, 0 changed, 0 gone, 0 failed")
        assert [one.source.url for one in assistant.sources()] == [web.at("/quota")]


def test_a_folder_that_goes_is_told_and_ends_nothing(site: Site) -> None:
    with watched(site) as lines:
        wait_for(lines, "0 new")
        (site.folder / "stats.html").unlink()
        site.folder.rmdir()
        wait_for(lines, "does not exist")
    assert [one.source.path for one in site.assistant.sources()] == ["stats.html"]
