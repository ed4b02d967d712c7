"""Killed at any moment while fetching, a home loses nothing, shows nothing half, and can go on."""

import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from followed_sites import FollowingHome, following_home
from processes import start

FIRST = "Mine {} put out 410 tons in 2024."
SECOND = "Mine {} put out 520 tons in 2025."
PAGES = 12
KILLS = 8

FETCH = """
    import os, signal, sys
    from datetime import datetime
    from pathlib import Path
    from pkgutil import resolve_name
    from fakes import HashingEmbedder
    from corpus.web.fetching import Fetcher
    from corpus.web.guard import WebRules
    from index.storage.store import PassageStore
    from index.web.following import fetch_due

    home, host, now, moment = sys.argv[1:]
    if moment:
        owner, _, name = moment.rpartition(".")
        setattr(resolve_name(owner), name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
    print("started", flush=True)
    fetcher = Fetcher(WebRules(hosts=(host,), delay_seconds=0.0))
    store = PassageStore(Path(home), "hashing")
    fetch_due(store, HashingEmbedder, datetime.fromisoformat(now), lambda done: None, fetcher)
    store.close()
"""
OLD, NEW = False, True
MOMENTS = {  # where the process dies, and whether the new version is there by then
    "corpus.web.fetching.get": OLD,
    "index.web.following.keep_page": OLD,
    "index.web.kept:os.fsync": OLD,
    "index.web.following.take_page": OLD,
    "index.web.versions.read_apart": OLD,
    "index.storage.store:StoreWriter.put_vectors": OLD,
    "index.storage.changes:CatalogChange.put_retired": OLD,
    "index.storage.changes:CatalogChange.finish": OLD,
    "index.web.versions.drop_unnamed": NEW,
    "index.web.followed:FollowedFile.put": NEW,
}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[FollowingHome]:
    with following_home(tmp_path) as opened:
        yield opened


def fetching(home: FollowingHome, moment: str = "") -> "subprocess.Popen[str]":
    """Start a process that looks at what is due, and dies at a moment."""
    return start(FETCH, home.store.home, home.site.host, home.now.isoformat(), moment)


def write(home: FollowingHome, text: str, count: int) -> None:
    for number in range(count):
        home.site.html(f"/{number}", text.format(number))


def check_whole(home: FollowingHome) -> None:
    """Check that what the catalog names is there: pages, files and vectors."""
    with home.store.writing() as writer:
        assert writer.missing() == set()
        writer.sweep()
    records = home.store.catalog.sources()
    assert all(Path(one.source.location).is_file() for one in records)
    for one in records:
        assert bool(one.passages) == (one.state == "indexed")


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_a_moment_the_page_is_as_it_was_or_as_it_is(
    home: FollowingHome, moment: str
) -> None:
    write(home, FIRST, 1)
    home.follow("/0")
    home.fetch()
    write(home, SECOND, 1)
    home.now = home.now.replace(day=home.now.day + 1)
    assert fetching(home, moment).wait(120) == -signal.SIGKILL
    texts = dict(home.texts().values())
    expected = SECOND if MOMENTS[moment] else FIRST
    assert expected.format(0) in texts["indexed"]
    assert ("set aside" in texts) == MOMENTS[moment]
    check_whole(home)
    report = home.fetch()
    assert len(report.unchanged if MOMENTS[moment] else report.changed) == 1
    texts = dict(home.texts().values())
    assert SECOND.format(0) in texts["indexed"]
    assert FIRST.format(0) in texts["set aside"]
    assert len(home.texts()) == len(home.files()) == 2
    check_whole(home)


@pytest.mark.slow
def test_killed_again_and_again_the_same_command_ends_as_an_unbroken_one(
    home: FollowingHome,
) -> None:
    randomly = random.Random(20261130)
    write(home, FIRST, PAGES)
    home.follow(*(f"/{number}" for number in range(PAGES)))
    home.fetch()
    write(home, SECOND, PAGES)
    home.now = home.now.replace(day=home.now.day + 1)
    killed = 0
    for _ in range(KILLS):
        process = fetching(home)
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        time.sleep(randomly.uniform(0.2, 4.0))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        check_whole(home)
        indexed = [text for state, text in home.texts().values() if state == "indexed"]
        assert len(indexed) == PAGES
    assert killed >= KILLS // 3
    home.fetch()
    for number in range(PAGES):
        page = home.page(f"/{number}").source.id
        assert SECOND.format(number) in home.store.catalog.page(page, 1).text
        (earlier,) = home.earlier(f"/{number}")
        assert FIRST.format(number) in home.store.catalog.page(earlier.source.id, 1).text
    assert len(home.files()) == 2 * PAGES
    check_whole(home)
