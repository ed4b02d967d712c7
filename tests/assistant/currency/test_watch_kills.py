"""A watch that is killed at any moment leaves the home whole, and each change is told once."""

import random
import signal
import time
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from fakes import HashingEmbedder, write_files
from processes import start
from radar_site import SAID, STATISTICS, statistics

from assistant.assistant import Assistant
from assistant.settings import Settings
from index.embedding import PACKAGED_MODEL, embedder_name

KILLS = 10
SEED = 20261130
FILES = 40
PATIENCE_SECONDS = 60.0
MINED = "How much rare earths did the world mine in 2024?"
WATCH = """
    import sys
    from fakes import HashingEmbedder
    from index.embedding import PACKAGED_MODEL, embedder_name
    import assistant.loaded_models

    embedder = HashingEmbedder(embedder_name(PACKAGED_MODEL))
    assistant.loaded_models.load_embedder = lambda _: embedder
    from assistant.cli.main import app

    print("started", flush=True)
    app(["--home", sys.argv[1], "watch", sys.argv[2], "--every", "10s"])
"""


def write(folder: Path, version: int) -> str:
    """Write the site in a version; return the figure that it gives."""
    value = f"{390 + version},500"  # not a round one, which could be the one before, rounded
    mines = {f"mine{n}.md": f"# Mine {n}\n\nIt put out {n + version} t.\n" for n in range(FILES)}
    write_files(folder, mines | {STATISTICS: statistics(SAID.replace("390,000", value))})
    return f"{value} tonnes"


def check_whole(assistant: Assistant) -> None:
    """Check that every source that was indexed is there, with passages that its pages have."""
    records = assistant.sources()
    assert len(records) == FILES + 1
    for found in assistant.search("mine put out tonnes", 50):
        page = assistant.store.catalog.page(found.source.id, found.passage.page)
        assert page.text[found.passage.start : found.passage.end] == found.passage.text


@pytest.mark.slow
def test_a_killed_watch_loses_nothing_and_each_change_is_told_once(
    tmp_path: Path, times: Callable[[int], int]
) -> None:
    randomly = random.Random(SEED)
    home, folder = tmp_path / "home", tmp_path / "site"
    folder.mkdir()
    first = write(folder, 0)
    embedder = HashingEmbedder(embedder_name(PACKAGED_MODEL))
    with closing(Assistant(Settings(home), embedder)) as assistant:
        assistant.add([folder], lambda _: None)
        assistant.keep(assistant.ask(MINED))
        assistant.look()
    for version in range(1, times(KILLS) + 1):
        last = write(folder, version)
        with start(WATCH, home, folder) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(randomly.uniform(0.0, 5.0))
            process.send_signal(signal.SIGKILL)
        with closing(Assistant(Settings(home), embedder)) as assistant:
            check_whole(assistant)
    with (
        start(WATCH, home, folder) as process,
        closing(Assistant(Settings(home), embedder)) as assistant,
    ):
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and last not in {
            one.finding.after for one in assistant.radar.changes()
        }:
            time.sleep(0.2)
        process.terminate()
    told = [one.finding for one in reversed(assistant.radar.changes())]
    assert {one.kind for one in told} == {"newer value"}
    assert told[0].before == first
    assert told[-1].after == last
    assert all(one.after == later.before for one, later in pairwise(told))
