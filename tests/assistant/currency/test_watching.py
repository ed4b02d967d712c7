"""Folders watched: synced at once, on each change and by schedule, until the watch is stopped."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from radar_site import SAID, Site, open_site, statistics

from assistant.currency.watching import Chore, Watch
from index.storage.store import PassageStore

PATIENCE_SECONDS = 60.0


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path, stats_html=statistics(SAID)) as opened:
        yield opened


@contextmanager
def watched(site: Site, chores: Sequence[Chore] = ()) -> Iterator[list[str]]:
    """Yield the lines that a watch over the site tells; it is stopped at the end."""
    lines: list[str] = []
    watch = Watch(site.assistant, [site.folder.resolve()], 3_600.0, lines.append, chores)
    thread = threading.Thread(target=watch.run)
    thread.start()
    try:
        yield lines
    finally:
        watch.stop()
        thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()
    assert lines[-1] == "stopped"


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


def test_a_chore_is_done_when_it_is_due(site: Site) -> None:
    done: list[float] = []

    def due() -> float:
        return 0.0 if not done else time.time() + 3_600

    with watched(site, [Chore("fetch", due, lambda: done.append(time.time()))]) as lines:
        wait_for(lines, "0 new")
        while not done:
            time.sleep(0.05)
    assert len(done) == 1


def test_a_folder_that_goes_is_told_and_ends_nothing(site: Site) -> None:
    with watched(site) as lines:
        wait_for(lines, "0 new")
        (site.folder / "stats.html").unlink()
        site.folder.rmdir()
        wait_for(lines, "does not exist")
    assert [one.source.path for one in site.assistant.sources()] == ["stats.html"]
