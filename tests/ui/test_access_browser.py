"""Access for everybody, in a real browser: axe-core over each page, and the keyboard alone."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import pytest
from access_checks import LOOKS, grave_faults
from browsers import PATIENCE_SECONDS, open_chromium, serving, wait_until_drawn, watched_screen
from evaluation_runs import run_in
from evaluation_screens import store_run
from fakes import write_files
from ledger_files import LEDGER_FILES
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.drafting.review import write_drafts

pytestmark = pytest.mark.slow

DRAFTED = Case(
    id="d-1",
    question="How much did Chile mine in 2025?",
    answer="1,400 t",
    answers=("1,400 t",),
    must_include=(("1,400",),),
    evidence=(ExpectedPlace("review_2026.md", 1, "1", "| Chile | 1,200 | 1,400 |"),),
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the app over a home in which each page has something to show."""
    folder = tmp_path_factory.mktemp("access")
    home = folder / "home"
    write_files(folder / "documents", LEDGER_FILES)
    environment = os.environ | {"RARE_EARTH_HOME": str(home)}
    for words in (
        ("add", str(folder / "documents")),
        ("collections", "make", "Andes", "Survey of Andean Mines"),
    ):
        subprocess.run(
            [sys.executable, "-m", "assistant.cli", *words],
            env=environment,
            check=True,
            timeout=PATIENCE_SECONDS,
        )
    store_run(run_in(home / "runs" / "march"), "2026-03-01T08:00:00+00:00")
    write_drafts(home / "drafts" / "drafts.jsonl", (DRAFTED,))
    with serving(environment, tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


@pytest.fixture
def screen(chromium: Browser, address: str) -> Iterator[Page]:
    with watched_screen(chromium, address) as page:
        yield page


def open_page(screen: Page, path: str) -> None:
    """Open a page by its address."""
    screen.goto(f"{screen.url.rstrip('/')}/{path}")
    screen.get_by_role("heading", level=1).first.wait_for()
    wait_until_drawn(screen)


def ask(screen: Page) -> None:
    box = screen.get_by_test_id("stChatInput").get_by_role("textbox")
    box.fill("How much did Chile mine in 2025?")
    box.press("Enter")
    expect(screen.locator(".answer").first).to_contain_text("1,400")


def figures(view: str) -> Callable[[Page], None]:
    def look_up(screen: Page) -> None:
        open_page(screen, f"figures?facts=mine+production+REO&view={view}")

    return look_up


def timeline(screen: Page) -> None:
    open_page(screen, "figures?facts=Alto&view=Timeline")
    expect(screen.locator(".timeline li").first).to_be_visible()


def editions(screen: Page) -> None:
    open_page(screen, "figures?view=Editions")
    for label, year in (("Before", "2025"), ("After", "2026")):
        screen.get_by_role("combobox", name=label).click()
        screen.get_by_role("option", name=f"Mine Output Review {year}").click()
        wait_until_drawn(screen)
    expect(screen.locator(".edition-row").nth(1)).to_be_visible()


def filled_grid(screen: Page) -> None:
    open_page(screen, "grid")
    screen.get_by_label("Questions, one a line").fill("How much did {} mine in 2025?")
    screen.get_by_role("textbox", name="Words of the rows").fill("Chile\nAtlantis")
    screen.get_by_role("button", name="Fill the grid").click()
    expect(screen.get_by_role("button", name="New grid")).to_be_visible()


def checked_draft(screen: Page) -> None:
    open_page(screen, "check")
    claims = "Chile mined 1,500 t of rare earths in 2025. The mine of Alto was opened in May 2019."
    screen.get_by_label("Or paste a sentence or a text", exact=True).fill(claims)
    screen.get_by_role("button", name="Check", exact=True).click()
    expect(screen.locator(".draft [aria-current]")).to_have_count(1)


def picked_sources(screen: Page) -> None:
    open_page(screen, "sources")
    screen.get_by_role("combobox", name="Publisher").click()
    screen.get_by_role("option", name="Riga Metal Desk").click()
    screen.keyboard.press("Escape")
    expect(screen.get_by_text("1 of 3 sources")).to_be_visible()
    wait_until_drawn(screen)
    screen.get_by_role("checkbox", name="Pick Survey of Andean Mines").press("Space")
    expect(screen.get_by_text("1 picked")).to_be_visible()


def collections(screen: Page) -> None:
    open_page(screen, "sources")
    screen.get_by_role("tab", name="Collections").click()
    screen.get_by_text("Andes (1)").click()
    expect(screen.get_by_role("button", name="Take out")).to_be_visible()


def source(screen: Page) -> None:
    open_page(screen, "sources")
    screen.get_by_role("button", name="Mine Output Review 2025").click()
    screen.get_by_text("Facts that were read from it").click()
    expect(screen.get_by_role("region", name="Facts")).to_be_visible()


def cited_page(screen: Page) -> None:
    ask(screen)
    place = screen.get_by_role("link", name="Open in a tab").get_attribute("href")
    screen.goto(urljoin(screen.url, str(place)))
    expect(screen.locator(".stored-text mark").first).to_be_visible()


SCREENS: dict[str, Callable[[Page], None]] = {
    "beginning": lambda screen: expect(screen.get_by_test_id("stChatInput")).to_be_visible(),
    "answer": ask,
    "rows": figures("Rows"),
    "pivot": figures("Pivot"),
    "chart": figures("Chart"),
    "timeline": timeline,
    "editions": editions,
    "grid form": lambda screen: open_page(screen, "grid"),
    "grid": filled_grid,
    "draft form": lambda screen: open_page(screen, "check"),
    "draft": checked_draft,
    "sources": picked_sources,
    "collections": collections,
    "source": source,
    "page": cited_page,
    "evaluation": lambda screen: open_page(screen, "evaluation"),
    "review": lambda screen: open_page(screen, "review"),
    "model": lambda screen: open_page(screen, "model"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_grave_stands_against_a_page(
    screen: Page, name: str, times: Callable[[int], int]
) -> None:
    SCREENS[name](screen)
    wait_until_drawn(screen)
    found = grave_faults(screen, looks=max(2, times(len(LOOKS))))
    assert not found, "\n".join(found)


def tab_to(screen: Page, wanted: Locator, most: int = 60) -> None:
    """Press Tab until an element has the focus; fail where it is not reached."""
    for _ in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        screen.keyboard.press("Tab")
    pytest.fail(f"not reached by {most} times Tab: {wanted}")


def type_into(screen: Page, field: Locator, words: str) -> None:
    tab_to(screen, field)
    screen.keyboard.type(words)


def test_figures_are_looked_up_and_opened_by_the_keyboard(screen: Page) -> None:
    open_page(screen, "figures")
    type_into(screen, screen.get_by_role("textbox", name="What to look up"), "Chile mine output")
    screen.keyboard.press("Enter")
    row = screen.locator(".facts tbody tr").first
    expect(row).to_be_visible()
    wait_until_drawn(screen)
    tab_to(screen, row.get_by_role("link"))
    with screen.context.expect_page() as opened:
        screen.keyboard.press("Enter")
    expect(opened.value.locator(".stored-text mark").first).to_be_visible()


def test_view_of_figures_is_chosen_by_the_keyboard(screen: Page) -> None:
    open_page(screen, "figures?facts=mine+production+REO")
    tab_to(screen, screen.get_by_role("radio", name="Rows"))
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("Space")
    expect(screen.get_by_role("region", name="Figures by entity and period")).to_be_visible()


def test_sources_are_picked_collected_and_opened_by_the_keyboard(screen: Page) -> None:
    open_page(screen, "sources")
    tab_to(screen, screen.get_by_role("checkbox", name="Pick Mine Output Review 2026"))
    screen.keyboard.press("Space")
    expect(screen.get_by_text("1 picked")).to_be_visible()
    wait_until_drawn(screen)
    screen.get_by_test_id("stMain").focus()
    type_into(screen, screen.get_by_role("combobox", name="Collection"), "Chile")
    screen.keyboard.press("Enter")
    tab_to(screen, screen.get_by_role("button", name="Make a collection"))
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("1 picked")).to_have_count(0)
    wait_until_drawn(screen)
    tab_to(screen, screen.get_by_role("button", name="Mine Output Review 2026", exact=True))
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("link", name="Read the source")).to_be_visible()


def test_grid_is_filled_by_the_keyboard(screen: Page) -> None:
    open_page(screen, "grid")
    questions = screen.get_by_label("Questions, one a line")
    type_into(screen, questions, "How much did {} mine in 2025?")
    type_into(screen, screen.get_by_role("textbox", name="Words of the rows"), "Chile")
    tab_to(screen, screen.get_by_role("button", name="Fill the grid"))
    screen.keyboard.press("Enter")
    marker = screen.locator(".grid a.marker").first
    expect(screen.get_by_role("button", name="New grid")).to_be_visible()
    tab_to(screen, marker)
    with screen.context.expect_page() as opened:
        screen.keyboard.press("Enter")
    expect(opened.value.locator(".stored-text mark").first).to_be_visible()


def test_draft_is_checked_and_decided_on_by_the_keyboard(screen: Page) -> None:
    open_page(screen, "check")
    field = screen.get_by_label("Or paste a sentence or a text", exact=True)
    type_into(screen, field, "Chile mined 1,500 t of rare earths in 2025.")
    tab_to(screen, screen.get_by_role("button", name="Check", exact=True))
    screen.keyboard.press("Enter")
    expect(screen.locator(".draft [aria-current]")).to_have_count(1)
    wait_until_drawn(screen)
    tab_to(screen, screen.get_by_role("button", name="Dismiss"))
    screen.keyboard.press("Space")
    reason = screen.get_by_role("combobox", name="Why does this verdict not count?")
    type_into(screen, reason, "an old draft")
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("Dismissed: an old draft")).to_be_visible()
