"""The site is built without a warning, and its pages load nothing from another host."""

import functools
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import markdown
import pytest
from browsers import open_chromium
from lxml import html
from mkdocs.config import load_config

from bench.site_pages import on_config, on_page_markdown

ROOT = Path(__file__).parents[1]
LATER = {"people.md"}  # left out of the navigation as long as it is not there
LOADED = "//script/@src | //link[not(@rel='canonical')]/@href | //img/@src | //iframe/@src"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve the site."""
    handler = functools.partial(SilentHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class SilentHandler(SimpleHTTPRequestHandler):
    """Answers with files, and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Do nothing."""


def places(entries: list[dict[str, object]]) -> set[str]:
    """Return all pages of a navigation."""
    found = set[str]()
    for entry in entries:
        for place in entry.values():
            found |= places(place) if isinstance(place, list) else {str(place)}
    return found


def test_only_a_page_of_a_later_version_is_left_out_of_the_navigation() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    told = places(config.nav or [])
    assert told - places(on_config(config).nav or []) <= LATER


def test_a_list_goes_on_behind_a_block_and_links_lead_into_the_site() -> None:
    page = "1. One:\n\n   ```toml\n   a = [\n     1]\n   ```\n2. [Two](../CHANGELOG.md)\n"
    config = load_config(str(ROOT / "mkdocs.yml"))
    drawn = on_page_markdown(page, page=None, config=config, files=None)  # type: ignore[arg-type]
    told = html.fromstring(markdown.markdown(drawn, extensions=["pymdownx.superfences"]))
    assert len(told.xpath("//ol")) == 1
    assert len(told.xpath("//ol/li")) == 2
    assert told.xpath("//a/@href") == ["CHANGELOG.md"]


@pytest.mark.slow
def test_no_page_names_anything_of_another_host_to_load(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        loaded = html.fromstring(page.read_bytes()).xpath(LOADED)
        assert [one for one in loaded if urlsplit(one).netloc] == [], page
        assert [
            one
            for one in html.fromstring(page.read_bytes()).xpath("//img/@src")
            if not (page.parent / one).exists()
        ] == [], page


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_reader_finds_a_page_by_its_words_and_nothing_else_is_asked(
    address: str, scheme: str
) -> None:
    asked = list[str]()
    with open_chromium() as browser:
        page = browser.new_context(color_scheme=scheme).new_page()  # type: ignore[arg-type]
        page.on("request", lambda request: asked.append(request.url))
        for place in ("", "tour/", "gallery/", "reference/commands/"):
            page.goto(address + place)
            page.wait_for_load_state("networkidle")
        drawn = page.locator("body").get_attribute("data-md-color-scheme")
        assert drawn == {"light": "default", "dark": "slate"}[scheme]
        page.get_by_role("textbox", name="Search").click()
        page.keyboard.type("proof bundle")
        page.locator(".md-search-result__link[href*='proofs/']").first.wait_for()
    assert {urlsplit(one).netloc for one in asked} == {urlsplit(address).netloc}
