"""The whole way of an answer from a model's endpoint to a terminal and a browser, on loopback."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import cast

import pytest
from browsers import PATIENCE_SECONDS, open_chromium, watched_screen
from browsers import serving as serving_app
from documents import FILES
from fakes import write_files
from fault_server import HEAD, Connection, FaultServer
from fault_server import serving as serving_model
from playwright.sync_api import expect
from terminals import terminal
from written_replies import with_quotes

import ui.resources
from assistant.language_model import Message

pytestmark = pytest.mark.slow

APP = Path(ui.resources.__file__).with_name("app.py")
QUESTION = "What was the price of dysprosium oxide in 2023?"
TRUE = "Dysprosium oxide cost 330 dollars per kilogram in 2023."
LIE = "Terbium oxide cost 999 dollars per kilogram in 2023."
KEY = "sk-planted-0123456789"


@pytest.fixture(autouse=True)
def _obeying(obeying_interrupts: None) -> None:
    """Programs that are started inherit whether Ctrl-C is ignored."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with a few documents."""
    home = tmp_path_factory.mktemp("home")
    documents = write_files(tmp_path_factory.mktemp("documents"), FILES)
    subprocess.run(
        [sys.executable, "-m", "assistant.cli", "--home", str(home), "add", str(documents)],
        check=True,
        timeout=PATIENCE_SECONDS * 3,
    )
    return home


@contextmanager
def model_that_waits(going_on: Event) -> Iterator[FaultServer]:
    """Serve a model that writes a true sentence and a lie, and waits before it judges the lie."""

    def reply(connection: Connection) -> None:
        connection.send(HEAD)
        told = cast("list[dict[str, str]]", connection.received.body["messages"])
        prompt = [Message("user", one["content"]) for one in told]
        if "<sentence s1>" in prompt[-1].content:
            connection.text('{"id": "s1", "verdict": "supported"}\n')
            going_on.wait(PATIENCE_SECONDS)
            verdict = '{"id": "s2", "verdict": "contradicted", "fault": "it is 330"}'
            connection.text(verdict, finish="stop")
        elif "<evidence" in prompt[-1].content:
            connection.text(with_quotes([TRUE, LIE], prompt))
            connection.text(" <img src=http://evil.example/x> that is all.", finish="stop")
        else:
            connection.text("{}", finish="stop")
        connection.end()

    with serving_model(reply) as server:
        yield server


def environment(home: Path, address: str) -> Mapping[str, str]:
    return {
        "RARE_EARTH_HOME": str(home),
        "RARE_EARTH_MODEL": "some-model",
        "RARE_EARTH_MODEL_ADDRESS": address,
        "RARE_EARTH_MODEL_KEY": KEY,
        "RARE_EARTH_MODEL_SECONDS": str(PATIENCE_SECONDS * 2),  # on a machine that is at its limit
    }


def test_terminal_shows_what_is_true_while_the_model_writes(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going_on = Event()
    with model_that_waits(going_on) as server:
        for name, value in environment(home, server.address).items():
            monkeypatch.setenv(name, value)
        with terminal(["-m", "assistant.cli", "ask", QUESTION]) as screen:
            screen.wait_for(f"{TRUE} [1]")
            assert "written by" not in screen.seen
            going_on.set()
            assert screen.end() == 0
    assert screen.seen.count(TRUE) == 1
    assert "written by some-model in " in screen.seen
    assert f"not in the answer (contradicted): {LIE}" in screen.seen
    for hidden in ("evil", KEY):
        assert hidden not in screen.seen


def test_browser_shows_what_is_true_while_the_model_writes(home: Path, tmp_path: Path) -> None:
    going_on = Event()
    with model_that_waits(going_on) as server, open_chromium() as chromium:
        environ = os.environ | environment(home, server.address)
        with (
            serving_app(environ, tmp_path) as address,
            watched_screen(chromium, address) as page,
        ):
            box = page.get_by_test_id("stChatInput").get_by_role("textbox")
            box.fill(QUESTION)
            box.press("Enter")
            expect(page.locator(".answer")).to_have_text([f"{TRUE} [1]"])
            doing = "Each sentence is verified against its quotes"
            expect(page.get_by_text(doing)).to_be_visible()
            going_on.set()
            expect(page.locator(".quote .said")).to_have_text("Dysprosium oxide | 382 | 330 | 257")
            expect(page.locator(".answer")).to_have_text([f"{TRUE} [1]"])
            written = "Written by some-model, each sentence verified against its quotes"
            expect(page.get_by_text(written)).to_be_visible()
            expect(page.get_by_text("Contradicted by the source (1)")).to_be_visible()
            expect(page.get_by_text(LIE)).not_to_be_visible()
            shown = page.content()
    for hidden in ("evil", KEY):
        assert hidden not in shown
    assert KEY not in (tmp_path / "log").read_text(encoding="utf-8")


def test_interrupt_ends_the_request(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with model_that_waits(Event()) as server:
        for name, value in environment(home, server.address).items():
            monkeypatch.setenv(name, value)
        with terminal(["-m", "assistant.cli", "ask", QUESTION]) as screen:
            screen.wait_for(f"{TRUE} [1]")
            screen.type("\x03")
            assert screen.end() == 0
    assert "warning: The answer was stopped while the model was writing." in screen.seen
    assert f"{TRUE} [1]" in screen.seen
