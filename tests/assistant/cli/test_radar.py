"""The commands of the radar and of the watch, from a shell's point of view."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from radar_site import SAID, Site, open_site, statistics
from typer.testing import CliRunner

from assistant.cli.currency import looking
from assistant.cli.main import app
from index.errors import FollowingError

MINED = "How much rare earths did the world mine in 2024?"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with open_site(tmp_path, stats_html=statistics(SAID)) as opened:
        monkeypatch.setattr(looking, "open_assistant", lambda _: nullcontext(opened.assistant))
        yield opened


def run(*words: str) -> str:
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


@pytest.fixture
def changed(site: Site) -> Site:
    site.keep(MINED)
    site.write(stats_html=statistics(SAID.replace("390,000", "420,000")))
    return site


def test_radar_alone_looks_and_tells(changed: Site) -> None:  # noqa: ARG001
    told = run("radar")
    assert (
        "390,000 tonnes to 420,000 tonnes in Rare Earth Statistics 2025: touches 1 answer" in told
    )
    assert MINED in told


def test_changes_are_told_as_json(changed: Site) -> None:  # noqa: ARG001
    (change,) = json.loads(run("radar", "look", "--json"))["changes"]
    assert (change["kind"], change["after"]) == ("newer value", "420,000 tonnes")
    assert [one["kind"] for one in change["touches"]] == ["answer"]


def test_changes_are_written_as_feed_and_digest(changed: Site, tmp_path: Path) -> None:  # noqa: ARG001
    atom, digest = tmp_path / "radar.atom", tmp_path / "radar.eml"
    run("radar", "--atom", str(atom), "--digest", str(digest))
    assert b"420,000 tonnes" in atom.read_bytes()
    assert b"Subject: Radar: 1 change" in digest.read_bytes()


def test_a_digest_of_another_form_is_refused(changed: Site) -> None:  # noqa: ARG001
    done = CliRunner().invoke(app, ["radar", "--digest", "radar.pdf"])
    assert done.exit_code == 2
    assert ".eml" in done.output


def test_changes_that_were_seen_are_not_told_again(changed: Site) -> None:  # noqa: ARG001
    run("radar")
    assert run("radar", "seen") == "1 change seen\n"
    assert "420,000" not in run("radar")
    assert "420,000" in run("radar", "--all")


def test_questions_are_saved_listed_and_dropped(site: Site) -> None:  # noqa: ARG001
    run("radar", "save", "Who mines terbium?")
    assert "Who mines terbium?" in run("radar", "list")
    assert json.loads(run("radar", "list", "--json"))["kept"][0]["kind"] == "question"
    run("radar", "drop", "Who mines terbium?")
    assert "Who mines terbium?" not in run("radar", "list")


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_follows_a_folder_until_it_is_told_to_end(tmp_path: Path, sent: int) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "stats.html").write_text(statistics(SAID), encoding="utf-8")
    command = [sys.executable, "-m", "assistant.cli", "--home", str(tmp_path / "home")]
    with (tmp_path / "told").open("wb") as told:
        process = subprocess.Popen([*command, "watch", str(folder)], stderr=told, env=os.environ)
    wait_for(tmp_path / "told", "1 new")
    (folder / "more.html").write_text(statistics("Peru mined 5 t in 2024."), encoding="utf-8")
    wait_for(tmp_path / "told", "1 new, 0 changed", 2)
    process.send_signal(sent)
    assert process.wait(timeout=60) == 0
    assert (tmp_path / "told").read_text().splitlines()[-1] == "stopped"


def wait_for(file: Path, words: str, times: int = 1) -> None:
    """Wait until words stand so often in a file."""
    end = time.monotonic() + 120
    while file.read_text().count(words) < times:
        assert time.monotonic() < end, file.read_text()
        time.sleep(0.1)


def test_a_span_that_is_none_is_refused() -> None:
    done = CliRunner().invoke(app, ["watch", "--every", "often"])
    assert isinstance(done.exception, FollowingError)
    assert "give one from 10s to 52w" in str(done.exception)
