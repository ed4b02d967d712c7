"""The pictures of the documentation: `python -m bench.gallery --home HOME [--out docs/gallery]`.

Opens the app over a home of the shipped documents, asks and looks up what an analyst would, and
takes a picture of each screen. A copy of the home is used, so that nothing is left in it.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.screens import DRAWN, PATIENCE_SECONDS, chromium, served

_WIDE = (1440, 900)
_PHONE = (390, 844)
_SETTLED_MILLISECONDS = 1500  # what slides and fades
_DRAFT = (
    "China mined 240,000 metric tons of rare earths in 2025. "
    "The price of dysprosium oxide averaged $239 per kilogram in 2025. "
    "MP Materials restarted Mountain Pass in 2016. We expect demand to stay strong."
)
_ASKED_OF_COUNTRIES = "How much did {} mine in 2025?\nHow large are the reserves of {}?"
_COUNTRIES = "China\nUnited States\nAustralia\nBrazil\nVietnam"


def main() -> int:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="a home of the shipped documents")
    parser.add_argument("--out", type=Path, default=Path("docs/gallery"))
    parser.add_argument("--only", help="the name of one picture")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        home = Path(folder) / "home"
        shutil.copytree(given.home, home)
        with served(home) as address:
            for name, draw in _PICTURES.items():
                if given.only in (None, name):
                    _take(browser, f"{address}/", given.out / f"{name}.png", draw)
    return 0


def _take(browser: Browser, address: str, out: Path, draw: Callable[[Page], None]) -> None:
    width, height = _PHONE if out.stem.startswith("phone") else _WIDE
    is_dark = out.stem.startswith("dark")
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if is_dark else "light",
    )
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    page = context.new_page()
    page.goto(address)
    _settle(page)
    draw(page)
    _settle(page)
    page.screenshot(path=out)
    context.close()
    print(out, file=sys.stderr)


def _settle(page: Page) -> None:
    page.locator(DRAWN).wait_for()
    page.wait_for_timeout(_SETTLED_MILLISECONDS)


def _open(page: Page, path: str) -> None:
    page.goto(f"{page.url.rstrip('/')}/{path}")
    page.get_by_role("heading", level=1).first.wait_for()
    page.locator(DRAWN).wait_for()


def _asking(question: str) -> Callable[[Page], None]:
    def ask(page: Page) -> None:
        box = page.get_by_test_id("stChatInput").get_by_role("textbox")
        box.fill(question)
        box.press("Enter")
        page.locator('[class*="st-key-tools_"]').first.wait_for()

    return ask


def _looking_up(query: str) -> Callable[[Page], None]:
    return lambda page: _open(page, f"figures?{query}")


def _compare_editions(page: Page) -> None:
    _open(page, "figures?view=Editions")
    for label, edition in (("Before", "March"), ("After", "September")):
        box = page.get_by_role("combobox", name=label)
        box.click()
        box.press_sequentially("market note")
        page.get_by_role("option", name=f"Rare-earth market note ({edition}").first.click()
        page.locator(DRAWN).wait_for()
    page.locator(".edition-row").nth(1).wait_for()


def _fill_grid(page: Page) -> None:
    _open(page, "grid")
    page.get_by_label("Questions, one a line").fill(_ASKED_OF_COUNTRIES)
    page.get_by_role("textbox", name="Words of the rows").fill(_COUNTRIES)
    page.get_by_role("button", name="Fill the grid").click()
    page.get_by_role("button", name="New grid").wait_for()


def _check_draft(page: Page) -> None:
    _open(page, "check")
    page.get_by_label("Or paste a sentence or a text", exact=True).fill(_DRAFT)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".draft [aria-current]").wait_for()


_PICTURES: Mapping[str, Callable[[Page], None]] = {
    "beginning": _settle,
    "figure": _asking("How much did China mine in 2025?"),
    "comparison": _asking("Compare terbium and dysprosium oxide average prices in 2024 and 2025"),
    "overview": _asking("What do the sources say about the recycling of magnets?"),
    "claim": _asking("Is it true that China mined 75% of the world's rare earths in 2025?"),
    "refusal": _asking("What did thulium oxide cost in 2019?"),
    "rows": _looking_up("facts=rare-earth+reserves+by+country&view=Rows"),
    "chart": _looking_up("facts=China+mine+production+2018-2025&view=Chart"),
    "timeline": _looking_up("facts=export+controls&view=Timeline"),
    "editions": _compare_editions,
    "grid": _fill_grid,
    "draft": _check_draft,
    "sources": lambda page: _open(page, "sources"),
    "dark-figure": _asking("What did dysprosium oxide cost in 2025?"),
    "phone-figure": _asking("How much did China mine in 2025?"),
}


if __name__ == "__main__":
    sys.exit(main())
