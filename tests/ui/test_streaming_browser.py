"""Answers that come sentence by sentence, in a real browser; nothing of a model's text acts."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import open_chromium, serving, watched_screen
from paced_assistant import HOSTILE, QUESTION, SENTENCES, allow, pause
from playwright.sync_api import Browser, Locator, Page, expect

import ui.resources

pytestmark = pytest.mark.slow

APP = Path(ui.resources.__file__).with_name("app.py")
PROGRAM = str(Path(__file__).parents[1].joinpath("paced_assistant.py"))
FIRST, _, LAST = (sentence.text for sentence in SENTENCES)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Yield the folder that paces the model, and the address of the application."""
    folder = tmp_path_factory.mktemp("pace")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    program = (PROGRAM, str(folder), "screens", "run", str(APP))
    with serving(os.environ, elsewhere, program) as address:
        yield folder, address


@pytest.fixture
def pace(served: tuple[Path, str]) -> Path:
    """Return the folder that paces the model, which writes nothing yet."""
    pause(served[0])
    return served[0]


@pytest.fixture
def screen(chromium: Browser, served: tuple[Path, str], pace: Path) -> Iterator[Page]:
    """Yield a fresh screen; fails if it asked anything beyond loopback, or a script of data ran."""
    with watched_screen(chromium, served[1]) as page:
        yield page
        allow(pace, 4)


def _ask(screen: Page, question: str = QUESTION) -> None:
    box = screen.get_by_test_id("stChatInput").get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    expect(screen.locator(".question").last).to_have_text(question)


def _answers(screen: Page) -> Locator:
    """Return the answers; ask for the text of all, as a list: a stale one stays for a moment."""
    return screen.locator(".answer")


def test_sentences_appear_before_the_answer_is_whole(screen: Page, pace: Path) -> None:
    _ask(screen)
    expect(screen.get_by_text("The model is writing")).to_be_visible()
    allow(pace, 1)
    expect(_answers(screen)).to_have_text([f"{FIRST} [1]"])
    allow(pace, 3)
    expect(_answers(screen)).to_contain_text([LAST])
    expect(screen.get_by_text("The model is writing")).to_be_visible()
    assert screen.locator(".reference-head").count() == 0
    allow(pace, 4)
    expect(screen.get_by_text("Record k3pt2me")).to_be_visible()
    expect(screen.locator(".quote")).to_have_count(3)
    expect(_answers(screen)).to_have_count(1)
    expect(screen.get_by_text("The model is writing")).to_have_count(0)


def test_question_stays_where_it_is_when_the_answer_is_whole(screen: Page, pace: Path) -> None:
    for question in (QUESTION, "And then?"):
        pause(pace)
        _ask(screen, question)
        allow(pace, 3)
        expect(_answers(screen).last).to_contain_text(LAST)
        time.sleep(1.5)  # in which a page comes to rest
        before = screen.locator(".question").last.bounding_box()
        allow(pace, 4)
        expect(screen.get_by_text("Record k3pt2me").last).to_be_attached()
        time.sleep(1.5)
        after = screen.locator(".question").last.bounding_box()
        assert before is not None
        assert after is not None
        assert abs(before["y"] - after["y"]) < 20
        expect(screen.locator(".question").last).to_be_in_viewport()


def test_stop_gives_what_was_written(screen: Page, pace: Path) -> None:
    _ask(screen)
    allow(pace, 1)
    expect(_answers(screen)).to_have_text([f"{FIRST} [1]"])
    screen.get_by_role("button", name="Stop").click()
    expect(screen.get_by_text("The model was stopped")).to_be_visible()
    expect(_answers(screen)).to_have_text([f"{FIRST} [1]"])
    expect(screen.get_by_role("button", name="Stop")).to_have_count(0)


def test_model_that_was_down_is_asked_again_once_it_is_back(screen: Page, pace: Path) -> None:
    (pace / "absent").touch()
    allow(pace, 4)
    _ask(screen)
    again = screen.get_by_role("button", name="Ask the model again")
    expect(again).to_be_visible()
    (pace / "absent").unlink()
    again.click()
    expect(_answers(screen)).to_contain_text([LAST])
    expect(again).to_have_count(0)
    expect(screen.locator(".question")).to_have_text([QUESTION])


def test_answer_goes_on_while_the_reader_is_elsewhere(screen: Page, pace: Path) -> None:
    _ask(screen)
    allow(pace, 1)
    expect(_answers(screen)).to_contain_text([FIRST])
    screen.get_by_role("link", name="Sources", exact=True).click()
    expect(screen.get_by_text("Choose one to read it")).to_be_visible()
    screen.get_by_role("link", name="Ask", exact=True).click()
    expect(screen.get_by_text("The model is writing")).to_be_visible()
    allow(pace, 2)
    expect(_answers(screen)).to_contain_text(["$1,010/kg"])
    screen.get_by_role("link", name="Check a draft", exact=True).click()
    expect(screen.get_by_label("Or paste a sentence or a text", exact=True)).to_be_visible()
    allow(pace, 4)
    screen.get_by_role("link", name="Ask", exact=True).click()
    expect(screen.get_by_text("Record k3pt2me")).to_be_visible()
    expect(_answers(screen)).to_have_count(1)


def test_filter_changed_meanwhile_loses_nothing(screen: Page, pace: Path) -> None:
    _ask(screen)
    allow(pace, 1)
    expect(_answers(screen)).to_contain_text([FIRST])
    screen.get_by_role("combobox", name="Publisher").click()
    screen.get_by_role("option", name="U.S. Geological Survey").click()
    expect(screen.get_by_text("Filtered by")).to_be_visible()
    allow(pace, 4)
    expect(screen.get_by_text("Record k3pt2me")).to_be_visible()
    expect(_answers(screen)).to_have_count(1)


def test_two_questions_typed_quickly_are_both_answered(screen: Page, pace: Path) -> None:
    _ask(screen)
    _ask(screen, "And then?")
    expect(screen.get_by_text("Waits for the answer above")).to_be_visible()
    allow(pace, 4)
    expect(screen.get_by_text("Record k3pt2me")).to_have_count(2)
    expect(screen.locator(".question")).to_have_text([QUESTION, "And then?"])


def test_nothing_that_a_model_wrote_is_rendered(screen: Page, pace: Path) -> None:
    _ask(screen)
    allow(pace, 2)
    expect(_answers(screen)).to_contain_text([HOSTILE])
    allow(pace, 4)
    expect(screen.get_by_text("Record k3pt2me")).to_be_visible()
    expect(_answers(screen)).to_contain_text([HOSTILE])
    for acting in ("img", "a[href*='evil']", "strong", ".katex"):
        assert _answers(screen).locator(acting).count() == 0


def test_answer_goes_nowhere_when_the_reader_has_left(
    chromium: Browser, served: tuple[Path, str], pace: Path
) -> None:
    with watched_screen(chromium, served[1]) as page:
        _ask(page, "A question whose reader leaves")
        expect(page.get_by_text("The model is writing")).to_be_visible()
    stopped = pace / "stopped"
    end = time.monotonic() + 30
    while not stopped.exists():
        assert time.monotonic() < end, "the model writes on for nobody"
        time.sleep(0.1)
