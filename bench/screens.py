"""How long the app makes one wait: `python -m bench.screens [--sessions 20] [--rounds 5]`.

Opens the app over the shipped documents by `rare-earth ui`, on loopback and in Chromium. Prints the
seconds from the command to the served address, from there to the first screen, and to the first
answer and later ones from the key that asks, eight while models still load and eight others after
that; then so many sessions ask at once, each of mines that only this bench knows, some rounds long.
Exit 1 where an answer failed or was another session's.
"""

import argparse
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from bench.commands import command, run_command
from corpus.build_pdfs import DOCUMENTS

_MINES = 40
PATIENCE_SECONDS = 120.0
_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_ASKED_FIRST = "How much did China mine in 2025?"
_ASKED_LATER = (
    "What did dysprosium oxide cost in 2025?",
    "Which countries have the largest reserves?",
    "What is ion-adsorption clay?",
    "Which exports did China control in April 2025?",
    "Compare the mine production of Australia and the United States in 2024",
    "Who owns Mountain Pass?",
    "How much did Vietnam mine in 1985?",
    "What share of its rare earths does the United States import from China?",
)
_ASKED_AFTER = (
    "What did terbium oxide cost in 2024?",
    "Which companies separate heavy rare earths outside China?",
    "How is neodymium metal made?",
    "What did the United States agree with MP Materials?",
    "Compare the reserves of Brazil and India",
    "What is bastnasite?",
    "How much did Myanmar mine in 2024?",
    "Why are magnets hard to recycle?",
)
DRAWN = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_BOX = '[data-testid="stChatInput"] textarea'
_TOOLS = '[class*="st-key-tools_"]'  # what can be done with an answer stands below a whole one
_WATCH = f"""() => {{
  const before = document.querySelectorAll('{_TOOLS}').length;
  const asked = performance.now();
  window.waited = null;
  const watcher = new MutationObserver(() => {{
    if (document.querySelectorAll('{_TOOLS}').length > before) {{
      window.waited = (performance.now() - asked) / 1000;
      watcher.disconnect();
    }}
  }});
  watcher.observe(document.body, {{ childList: true, subtree: true }});
}}"""


@dataclass(frozen=True, slots=True)
class Opened:
    """Seconds of a start: until the address is served, the screen drawn, the answer shown.

    Of `later` answers those that are asked for as soon as the one before is drawn, while models
    still load; of those `after`, when they are.
    """

    served: float
    drawn: float
    first: float
    later: tuple[float, ...]
    after: tuple[float, ...]


def main() -> int:
    """Open the app, ask and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        home, mines = Path(folder) / "home", Path(folder) / "mines"
        mines.mkdir()
        for number in range(_MINES):
            text = f"# Mine Q{number}\n\n{_said(number)}\n"
            (mines / f"mine{number}.md").write_text(text, encoding="utf-8")
        run_command(home, "add", DOCUMENTS, mines)
        opened = _open(home, browser)
        seconds, faults = _ask_at_once(home, browser, given.sessions, given.rounds)
    _print(opened, seconds, faults, given.sessions)
    return int(bool(faults))


def _said(number: int) -> str:
    return f"Mine Q{number} produced {1_000 + 37 * number} t of REO in 2024."


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_FLAGS])
        yield browser
        browser.close()


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Yield the address of the app once it is served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (home.parent / "log").open("wb") as log:
        process = subprocess.Popen(command(home, "ui", "--port", port), stdout=log, stderr=log)
    address, end = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE_SECONDS
    try:
        while not _answers(f"{address}/_stcore/health"):
            if time.monotonic() > end or process.poll() is not None:
                raise SystemExit(f"the app did not start: {(home.parent / 'log').read_text()}")
            time.sleep(0.02)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5).is_success
    except httpx.HTTPError:
        return False


@contextmanager
def _tab(browser: Browser) -> Iterator[Page]:
    """Yield an empty page of a browser, in a session of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    yield context.new_page()
    context.close()


@contextmanager
def _screen(browser: Browser, address: str) -> Iterator[Page]:
    """Yield the first screen of the app, whole."""
    with _tab(browser) as page:
        _draw(page, address)
        yield page


def _draw(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(_BOX).wait_for()
    page.locator(DRAWN).wait_for()


def _open(home: Path, browser: Browser) -> Opened:
    """Return the seconds of a start, of the first answer after it, and of later ones."""
    with _tab(browser) as page:
        started = time.perf_counter()
        with served(home) as address:
            reached = time.perf_counter()
            _draw(page, address)
            drawn = time.perf_counter()
            first = _asked(page, _ASKED_FIRST)
            later = tuple(_asked(page, question) for question in _ASKED_LATER)
            after = tuple(_asked(page, question) for question in _ASKED_AFTER)
    return Opened(reached - started, drawn - reached, first, later, after)


def _asked(page: Page, question: str) -> float:
    """Ask on a screen and return the seconds until the answer stood there whole."""
    _ask(page, question)
    seconds = _waited(page)
    page.locator(DRAWN).wait_for()
    return seconds


def _ask(page: Page, question: str) -> None:
    page.locator(_BOX).fill(question)
    page.evaluate(_WATCH)
    page.locator(_BOX).press("Enter")


def _waited(page: Page) -> float:
    return float(page.wait_for_function("window.waited").json_value())


def _ask_at_once(
    home: Path, browser: Browser, sessions: int, rounds: int
) -> tuple[list[float], list[str]]:
    """Return the seconds of answers to sessions that ask at once, and what went wrong."""
    with served(home) as address:
        opened = [_screen(browser, address) for _ in range(sessions)]
        screens = [one.__enter__() for one in opened]
        seconds, faults = [], []
        for turn in range(rounds):
            numbers = [(7 * turn + at) % _MINES for at in range(sessions)]
            for page, number in zip(screens, numbers, strict=True):
                _ask(page, f"How much REO did Mine Q{number} produce in 2024?")
            for page, number in zip(screens, numbers, strict=True):
                seconds.append(_waited(page))
                faults += _mixed_up(page, number)
            for page in screens:
                page.locator(DRAWN).wait_for()
        for one in opened:
            one.__exit__(None, None, None)
    return seconds, faults


def _mixed_up(page: Page, number: int) -> list[str]:
    """Return what is wrong with the last answer on a screen."""
    told = page.locator(".answer").last.inner_text()
    plain = re.sub(r"\s+", " ", told)
    return [] if _said(number) in plain else [f"asked of Mine Q{number}, told {plain[:200]}"]


def _print(opened: Opened, seconds: Sequence[float], faults: Sequence[str], sessions: int) -> None:
    print(f"served {opened.served:.1f} s after the command, drawn {opened.drawn:.1f} s later")
    print(f"first answer {opened.first:.1f} s after it was asked, with the first screen")
    for when, later in (("while models load", opened.later), ("then", opened.after)):
        print(f"later answers, {when}: {median(later):.2f} s in the median, {max(later):.2f} most")
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    print(f"{sessions} sessions at once: {len(seconds)} answers, {len(faults)} faults")
    print(f"an answer: {median(seconds):.2f} s in the median, {p95:.2f} s in 19 of 20")
    for fault in faults[:5]:
        print(fault)


if __name__ == "__main__":
    sys.exit(main())
